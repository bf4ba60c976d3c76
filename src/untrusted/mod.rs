//! Input that cannot be trusted, made harmless: text for a terminal or a log, and JSON.

#![warn(unreachable_pub)]

pub mod json;

pub mod text;

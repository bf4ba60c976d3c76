//! The same meaning, no change: what means the same as before replaces nothing, calls no cloud and is no drift.
//!
//! `configured` has what a user may write otherwise, `told` what a cloud may tell otherwise, `imported` what may be told
//! of a thing that Terraform did not make.

mod configured;

mod imported;

mod told;

//! Vocabulary of all floors above: the names and features of clouds as validators see them, a cloud's error as a
//! diagnostic, and values in the forms in which Terraform and clouds write them.

pub mod messages;

pub mod attribute_support;

pub mod cloud_error;

pub mod cloud_feature;

pub mod cloud_name;

pub mod image;

pub mod number;

pub mod quantity;

pub mod reported;

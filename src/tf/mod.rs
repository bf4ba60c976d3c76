//! Terraform's vocabulary: values, schemas, validators, plan modifiers, semantic equality, diagnostics, and the traits
//! of what a provider serves.
//!
//! No protobuf, no I/O, nothing of a provider's own. Read `value` for what Terraform sends, `schema` for what a
//! provider declares, `semantic` for semantic equality and normalization, `model` for how one declaration gives both a
//! typed struct and a schema, `resource` for what a provider does.

#![warn(unreachable_pub)]

mod number;

mod types;

mod sorted;

mod value;

mod path;

mod message;

mod messages;

mod diagnostics;

mod schema;

pub mod validators;

mod display;

mod semantic;

mod description;

mod duration;

mod field;

mod model;

mod view;

mod context;

mod provider;

mod resource;

mod data_source;

mod function;

pub use context::{Context, Phase, Saved};
pub use data_source::{AnyDataSource, DataSource};
pub use diagnostics::{Diagnostic, Diagnostics, Severity};
pub use display::{describe, enum_names};
pub use duration::{format_duration, parse_duration};
pub use field::{Field, List, Map, Mismatch, Secret, Set, Tf};
pub use function::{Function, FunctionError, Parameter, Signature};
pub use message::{Message, MessageTable, Template};
pub use model::{Declared, Model, attribute_name, object_of, place, read_attribute};
pub use number::Number;
pub use path::{Path, Step};
pub use provider::Provider;
pub use resource::{AnyPlan, AnyResource, Change, Origin, Plan, Resource, StateUpgrader};
pub use schema::{
    Attribute, AttributeSpec, Doc, Mode, Nesting, OnChange, Schema, Shape, Tag, computed, optional, optional_computed,
    required,
};
pub use semantic::{Comparison, agrees, is_blank, normalizers, semantic_equal};
pub use sorted::Sorted;
pub use types::{Type, Types};
pub use value::{Name, Object, Value, attribute_mut};
#[cfg(test)]
pub use view::faults as view_faults;
pub use view::{View, Viewed, in_places};

/// The messages of this layer.
pub const MESSAGE_TABLES: &[MessageTable] = &[messages::MESSAGES];

//! The life of any object that Terraform manages, generic over a cloud's collections: create once, wait, read, find,
//! import, delete.
//!
//! Read `create` for a create whose answer may be lost (a non-idempotent POST, never retried blindly) and `ownership` for
//! what proves that an object is ours; `read` for a refresh, `wait` for polling up to a `deadline`, `delete_when_unused`
//! for a deletion; `leftovers`, `import` and `lookup` for objects that are there already; `multi_cloud` for data sources
//! over several clouds.

pub mod messages;

pub mod create;

pub mod deadline;

pub mod delete_when_unused;

pub mod id;

mod identity;

pub mod import;

pub mod leftovers;

pub mod lookup;

pub mod multi_cloud;

pub mod ownership;

pub mod read;

pub mod wait;

use crate::{
    clouds::{Cloud, Collection},
    resources::run::Cached,
    tf::{Diagnostics, Model, Tf},
};

/// An object that users of Terraform meet: as a resource, as a data source, or in an id that they write.
pub trait Managed: Cached {
    /// The summary for a text that is no id.
    const NOT_AN_ID: &'static str;

    /// The place where all of them are listed, such as "`data \"gpupod_pods\"`".
    const LISTED_BY: &'static str;

    /// Whether one that nobody knows of is paid for all the same.
    const COSTS_MONEY: bool = false;

    /// The collection at a cloud that `attribute` names; refused where the cloud has none.
    fn of<'c>(cloud: &'c dyn Cloud, attribute: &'static str) -> Result<&'c dyn Collection<Self>, Diagnostics>;
}

/// The model of a resource that manages an object.
pub trait ManagedModel: Model {
    type Object: Managed;

    fn identity(&self) -> Identity<'_>;

    /// The state of an import: the place of the object and nothing else.
    fn imported(cloud: Tf<String>, id: Tf<String>) -> Self;
}

/// The attributes that every resource has.
#[derive(Debug, Clone, Copy)]
pub struct Identity<'m> {
    pub cloud: &'m Tf<String>,
    pub id: &'m Tf<String>,
    pub name: &'m Tf<String>,
    pub created_at: &'m Tf<String>,
}

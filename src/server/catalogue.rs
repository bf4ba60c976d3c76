//! The registry of resources, data sources and functions, by their full names. Schemas are built lazily: some processes
//! need none.

use std::{
    collections::BTreeMap,
    sync::{Arc, OnceLock},
};

use super::messages;
use crate::tf::{AnyDataSource, AnyResource, Diagnostics, Function, Model, Path, Provider, Schema};

/// A resource or data source with its schema.
pub(super) struct Entry<T: ?Sized> {
    pub schema: Schema,
    pub handler: Box<T>,
}

pub(super) type ResourceEntry<S> = Entry<dyn AnyResource<S>>;
pub(super) type DataSourceEntry<S> = Entry<dyn AnyDataSource<S>>;

type Named<T> = BTreeMap<String, Arc<T>>;

/// Everything that a provider serves. Some processes need none of it: Terraform starts one for each step of a command.
pub(super) struct Catalogue<P: Provider> {
    pub provider: P,
    config: OnceLock<Schema>,
    resources: OnceLock<Named<ResourceEntry<P::Session>>>,
    data_sources: OnceLock<Named<DataSourceEntry<P::Session>>>,
    functions: OnceLock<BTreeMap<&'static str, Box<dyn Function>>>,
}

impl<P: Provider> Catalogue<P> {
    pub(super) fn new(provider: P) -> Self {
        Self {
            provider,
            config: OnceLock::new(),
            resources: OnceLock::new(),
            data_sources: OnceLock::new(),
            functions: OnceLock::new(),
        }
    }

    /// The schema of the provider block.
    pub(super) fn config(&self) -> &Schema {
        self.config.get_or_init(|| P::Config::schema(0))
    }

    pub(super) fn resources(&self) -> &Named<ResourceEntry<P::Session>> {
        self.resources.get_or_init(|| {
            let mut named = Named::new();
            for handler in self.provider.resources() {
                let schema = handler.schema();
                named.insert(full_name::<P>(handler.name()), Arc::new(Entry { schema, handler }));
            }
            named
        })
    }

    pub(super) fn data_sources(&self) -> &Named<DataSourceEntry<P::Session>> {
        self.data_sources.get_or_init(|| {
            let mut named = Named::new();
            for handler in self.provider.data_sources() {
                let schema = handler.schema();
                named.insert(full_name::<P>(handler.name()), Arc::new(Entry { schema, handler }));
            }
            named
        })
    }

    pub(super) fn functions(&self) -> &BTreeMap<&'static str, Box<dyn Function>> {
        self.functions.get_or_init(|| {
            let mut named = BTreeMap::new();
            for function in self.provider.functions() {
                named.insert(function.signature().name, function);
            }
            named
        })
    }

    pub(super) fn resource(&self, name: &str) -> Result<Arc<ResourceEntry<P::Session>>, Diagnostics> {
        self.resources()
            .get(name)
            .cloned()
            .ok_or_else(|| unknown_type("resource", name))
    }

    pub(super) fn data_source(&self, name: &str) -> Result<Arc<DataSourceEntry<P::Session>>, Diagnostics> {
        self.data_sources()
            .get(name)
            .cloned()
            .ok_or_else(|| unknown_type("data source", name))
    }
}

fn full_name<P: Provider>(name: &str) -> String {
    format!("{}_{name}", P::NAME)
}

fn unknown_type(kind: &str, name: &str) -> Diagnostics {
    Diagnostics::from_error(Path::root(), messages::unknown_type(kind, name))
}

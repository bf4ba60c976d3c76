//! The registry's pages, drawn from the declarations, the examples and the prose beside this file. Does no I/O.
//!
//! Read `page` for what every page has, `member` and `schema` for the attributes, `support` for what the clouds have.

#![warn(unreachable_pub)]

mod page;

mod prose;

mod example;

mod member;

mod schema;

mod function;

mod support;

use std::{collections::BTreeMap, iter};

use crate::{
    resources::{Gpupod, ProviderModel},
    tf::{Model, Provider, Schema, Signature},
};

use page::Page;

pub use support::overview;

/// The text of a file of the package, by its path from the root; `None` if there is no such file.
pub type Read<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Every page of the provider by its path. `read` is asked for the examples.
pub fn pages(provider: &Gpupod, read: Read<'_>) -> BTreeMap<String, String> {
    let resources = provider.resources();
    let data_sources = provider.data_sources();
    let functions = provider.functions();
    iter::once(index(read))
        .chain(resources.iter().map(|one| resource(one.name(), &one.schema(), read)))
        .chain(
            data_sources
                .iter()
                .map(|one| data_source(one.name(), &one.schema(), read)),
        )
        .chain(functions.iter().map(|one| function(&one.signature(), read)))
        .map(|page| (page.path.clone(), page.render()))
        .collect()
}

fn index(read: Read<'_>) -> Page {
    let schema = ProviderModel::schema(0);
    let path = "docs/index.md".to_owned();
    Page {
        title: format!("{} Provider", Gpupod::NAME),
        heading: format!("{} Provider", Gpupod::NAME),
        description: schema.doc.text(),
        sections: vec![
            example::usage(read, "examples/provider/provider.tf"),
            Some(support::clouds()),
            prose::of(&path).map(|prose| prose.usage.to_owned()),
            Some(schema::section(&schema)),
        ],
        path,
    }
}

fn resource(name: &str, schema: &Schema, read: Read<'_>) -> Page {
    let full_name = full_name(name);
    let path = format!("docs/resources/{name}.md");
    let folder = format!("examples/resources/{full_name}");
    let prose = prose::of(&path);
    Page {
        title: format!("{full_name} Resource"),
        heading: format!("{full_name} (Resource)"),
        description: schema.doc.text(),
        sections: vec![
            example::usage(read, &format!("{folder}/resource.tf")),
            prose.map(|prose| prose.usage.to_owned()),
            Some(schema::section(schema)),
            support::of_attributes(schema),
            example::import(read, &folder, prose.map_or("", |prose| prose.import)),
        ],
        path,
    }
}

fn data_source(name: &str, schema: &Schema, read: Read<'_>) -> Page {
    let full_name = full_name(name);
    let path = format!("docs/data-sources/{name}.md");
    Page {
        title: format!("{full_name} Data Source"),
        heading: format!("{full_name} (Data Source)"),
        description: schema.doc.text(),
        sections: vec![
            example::usage(read, &format!("examples/data-sources/{full_name}/data-source.tf")),
            prose::of(&path).map(|prose| prose.usage.to_owned()),
            Some(schema::section(schema)),
            support::of_attributes(schema),
        ],
        path,
    }
}

fn function(signature: &Signature, read: Read<'_>) -> Page {
    let name = signature.name;
    Page {
        path: format!("docs/functions/{name}.md"),
        title: format!("{name} function"),
        heading: format!("function: {name}"),
        description: signature.doc.to_owned(),
        sections: vec![
            example::usage(read, &format!("examples/functions/{name}/function.tf")),
            Some(function::signature(signature)),
            function::arguments(signature),
        ],
    }
}

fn full_name(name: &str) -> String {
    format!("{}_{name}", Gpupod::NAME)
}

//! The registry's pages and the examples they show: nothing missing, nothing stale.

use std::{
    collections::BTreeMap,
    env, fs,
    path::{Path, PathBuf},
};

use gpupod::{
    docs,
    resources::{Gpupod, ProviderModel},
    tf::{Attribute, Model, Provider, Schema},
};

use crate::files::{self, root};

/// Pages that people write.
const GUIDES: &str = "docs/guides/";

#[test]
fn pages_are_those_that_would_be_written_now() {
    let pages = pages();
    if env::var_os("UPDATE").is_some() {
        write(&pages);
    }
    let paths: Vec<String> = files::below("docs")
        .into_iter()
        .filter(|path| !path.starts_with(GUIDES))
        .collect();
    assert_eq!(
        paths,
        pages.keys().cloned().collect::<Vec<_>>(),
        "`UPDATE=1 cargo test docs` writes pages; delete those that are no more"
    );
    for (path, page) in pages {
        assert_eq!(
            files::read(&path),
            page,
            "{path} is stale: run `UPDATE=1 cargo test docs`"
        );
    }
}

#[test]
fn everything_that_can_be_named_has_a_page_and_an_example() {
    let pages = pages();
    let resources = Gpupod
        .resources()
        .into_iter()
        .map(|one| format!("resources/{}", one.name()));
    let data_sources = Gpupod
        .data_sources()
        .into_iter()
        .map(|one| format!("data-sources/{}", one.name()));
    let functions = Gpupod
        .functions()
        .into_iter()
        .map(|one| format!("functions/{}", one.signature().name));
    let names = resources
        .chain(data_sources)
        .chain(functions)
        .chain(["index".to_owned()]);
    for name in names {
        let page = pages.get(&format!("docs/{name}.md"));
        let page = page.unwrap_or_else(|| panic!("{name} has no page"));
        assert!(page.contains("## Example Usage"), "{name} has no example");
        assert!(
            !name.starts_with("resources/") || page.contains("## Import"),
            "{name} has no example of an import"
        );
    }
}

#[test]
fn every_attribute_has_a_doc_that_is_a_sentence() {
    for (name, schema) in schemas() {
        check_sentence(&name, &schema.doc.text());
        schema
            .attributes
            .iter()
            .for_each(|attribute| check_attribute(&name, attribute));
    }
}

/// What the facts say of an attribute, its doc leaves to them.
#[test]
fn no_doc_says_what_the_facts_say() {
    for (path, page) in pages() {
        for phrase in ["replaces the", "the default is"] {
            let said_twice = page
                .lines()
                .find(|line| line.to_lowercase().matches(phrase).count() > 1);
            assert_eq!(said_twice, None, "{path}");
        }
    }
}

fn pages() -> BTreeMap<String, String> {
    docs::pages(&Gpupod, &|path| fs::read_to_string(root().join(path)).ok())
}

fn write(pages: &BTreeMap<String, String>) {
    for (path, page) in pages {
        let file: PathBuf = root().join(path);
        fs::create_dir_all(file.parent().unwrap_or(Path::new("."))).unwrap();
        fs::write(file, page).unwrap();
    }
}

fn schemas() -> Vec<(String, Schema)> {
    let provider = ("provider".to_owned(), ProviderModel::schema(0));
    let resources = Gpupod
        .resources()
        .into_iter()
        .map(|one| (one.name().to_owned(), one.schema()));
    let data_sources = Gpupod
        .data_sources()
        .into_iter()
        .map(|one| (one.name().to_owned(), one.schema()));
    [provider].into_iter().chain(resources).chain(data_sources).collect()
}

fn check_attribute(within: &str, attribute: &Attribute) {
    let path = format!("{within}.{}", attribute.name);
    check_sentence(&path, &attribute.doc.text());
    attribute
        .nested()
        .iter()
        .for_each(|nested| check_attribute(&path, nested));
}

fn check_sentence(path: &str, text: &str) {
    let starts_well = text.starts_with(|first: char| first.is_uppercase() || "`[".contains(first));
    assert!(starts_well && text.ends_with('.'), "{path}: {text:?} is no sentence");
}

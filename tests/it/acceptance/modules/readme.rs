//! A module's README lists its variables and outputs as they are declared. `UPDATE=1` writes the lists anew.

use std::{env, fs};

use super::{MODULES, names, read};
use crate::files::root;

/// A variable or an output, as far as a reader wants to know it.
pub struct Declared {
    pub name: String,
    pub is_validated: bool,
    description: String,
    kind: String,
    is_required: bool,
}

#[test]
fn each_readme_lists_the_variables_and_outputs() {
    for module in names() {
        let readme = read(&module, "README.md");
        let (written, _) = readme.split_once("## Inputs").unwrap_or((&readme, ""));
        let expected = format!("{written}{}", lists(&module));
        if env::var_os("UPDATE").is_some() {
            fs::write(root().join(format!("{MODULES}/{module}/README.md")), &expected).unwrap();
            continue;
        }
        assert_eq!(
            readme, expected,
            "{module}: run `UPDATE=1 cargo test readme` after a change of variables or outputs"
        );
    }
}

#[test]
fn every_variable_and_output_of_a_module_is_described() {
    for module in names() {
        for one in variables(&module).iter().chain(&outputs(&module)) {
            let is_sentence = one.description.starts_with(char::is_uppercase) && one.description.ends_with('.');
            assert!(is_sentence, "{module}: the description of {} is no sentence", one.name);
        }
        for variable in variables(&module) {
            assert!(!variable.kind.is_empty(), "{module}: {} has no type", variable.name);
        }
    }
}

pub fn variables(module: &str) -> Vec<Declared> {
    declared(&read(module, "variables.tf"), "variable")
}

fn outputs(module: &str) -> Vec<Declared> {
    declared(&read(module, "outputs.tf"), "output")
}

fn lists(module: &str) -> String {
    let inputs = variables(module).into_iter().map(|one| {
        let need = if one.is_required { "required" } else { "optional" };
        format!("- `{}` ({}, {need}) {}\n", one.name, one.kind, one.description)
    });
    let outputs = outputs(module)
        .into_iter()
        .map(|one| format!("- `{}` {}\n", one.name, one.description));
    format!(
        "## Inputs\n\n{}\n## Outputs\n\n{}",
        inputs.collect::<String>(),
        outputs.collect::<String>()
    )
}

/// Reads blocks of formatted HCL: each begins and ends at the start of a line, and its own arguments are indented once.
fn declared(source: &str, keyword: &str) -> Vec<Declared> {
    let opening = format!("{keyword} \"");
    let blocks = source.split(&opening).skip(1);
    blocks
        .map(|block| {
            let (name, body) = block.split_once('"').unwrap();
            let body = body.split("\n}").next().unwrap_or_default();
            Declared {
                name: name.to_owned(),
                is_validated: body.contains("\n  validation {"),
                description: argument(body, "description").trim_matches('"').to_owned(),
                kind: in_words(argument(body, "type")),
                is_required: argument(body, "default").is_empty(),
            }
        })
        .collect()
}

/// What stands behind the equals sign, on the same line.
fn argument<'a>(body: &'a str, name: &str) -> &'a str {
    let lines = body
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.strip_prefix(name));
    let values = lines.filter_map(|rest| rest.trim_start().strip_prefix('='));
    values.map(str::trim).next().unwrap_or_default()
}

/// A type without its parts, which stand in `variables.tf`.
fn in_words(kind: &str) -> String {
    let words = kind.split('(').map(|word| word.trim_end_matches(')'));
    let outer = words.take_while(|word| !word.is_empty() && word.chars().all(char::is_alphabetic));
    outer.collect::<Vec<_>>().join(" of ")
}

//! The page of all messages, written as Markdown.

use std::fmt::Write;

use gpupod::tf::{MessageTable, Template};

use super::validators::Broken;

const HEAD: &str = "\
# Messages

Every error and every warning of the provider, for reading them side by side. `UPDATE=1 cargo test diagnostics` writes \
this file anew from the tables in the code; a test fails when it is out of date.

Each block is one message: its function, when it is given, its summary and its detail. `{…}` is what is filled in. A text \
without a summary is a part of the messages around it, or the error of a provider-defined function. `tests/tables/` has \
examples of most.
";

pub fn written<'a>(tables: impl Iterator<Item = &'a MessageTable>, validators: &[Broken]) -> String {
    let tables: Vec<String> = tables.map(section).collect();
    format!("{HEAD}{}{}", tables.concat(), of_validators(validators))
}

fn section(table: &MessageTable) -> String {
    let templates: Vec<String> = table.templates.iter().map(block).collect();
    format!("\n## `{}`\n{}", table.file, templates.concat())
}

fn block(template: &Template) -> String {
    let doc: Vec<&str> = template.doc.lines().map(str::trim).collect();
    let mut text = format!("\n### `{}`\n\n{}\n", template.function, doc.join(" ").trim());
    if let Some(summary) = template.summary {
        let _ = write!(text, "\n> **{}**\n>", shown(summary).replace('\n', " "));
    }
    let _ = writeln!(text, "\n{}", quoted(&shown(template.detail)));
    text
}

/// A template as its reader sees it: a hole in quotes is `"{name}"`, and a brace is one.
fn shown(template: &str) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once(":?}") {
        let (before, name) = before.rsplit_once('{').unwrap_or((before, ""));
        let _ = write!(text, "{before}\"{{{name}}}\"");
        rest = after;
    }
    text.push_str(rest);
    text.replace("{{", "{").replace("}}", "}")
}

fn quoted(text: &str) -> String {
    let lines = text.lines().map(|line| format!("> {line}").trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
}

fn of_validators(validators: &[Broken]) -> String {
    let mut text = String::from("\n## Validators of single attributes\n\nEach validator, broken once.\n");
    let mut owner = "";
    for one in validators {
        if one.owner != owner {
            owner = &one.owner;
            let _ = write!(
                text,
                "\n### `{owner}`\n\n| attribute | summary | detail |\n| --- | --- | --- |\n"
            );
        }
        let detail = shortened(&one.detail).replace('|', "\\|");
        let _ = writeln!(text, "| `{}` | {} | {detail} |", one.attribute, one.summary);
    }
    text
}

/// A long run of one letter says no more than a short one.
fn shortened(text: &str) -> String {
    let mut short = String::new();
    let mut run = 0;
    for letter in text.chars() {
        run = if short.ends_with(letter) { run + 1 } else { 0 };
        if run < 8 {
            short.push(letter);
        }
    }
    short
}

#[test]
fn holes_are_shown_as_a_reader_knows_them() {
    assert_eq!(
        shown("`{path}` is {name:?}, {{a}}, not {b:?}."),
        "`{path}` is \"{name}\", {a}, not \"{b}\"."
    );
}

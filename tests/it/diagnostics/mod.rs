//! The page of all messages, `tests/diagnostics.md`: written from the tables of every `messages.rs`, and from each
//! validator of each attribute, broken once. And no message shows a secret.

mod page;

mod secrets;

mod validators;

use std::{collections::BTreeSet, env, fs};

use gpupod::tf::MessageTable;

use crate::{architecture, files};

const PAGE: &str = "tests/diagnostics.md";

/// The tables of all layers, in the order of the page.
fn tables() -> impl Iterator<Item = &'static MessageTable> {
    let layers = [
        gpupod::resources::MESSAGE_TABLES,
        gpupod::server::MESSAGE_TABLES,
        gpupod::tf::MESSAGE_TABLES,
    ];
    layers.into_iter().flatten()
}

#[test]
fn every_message_is_on_the_page() {
    let written = page::written(tables(), &validators::broken());
    if env::var_os("UPDATE").is_some() {
        fs::write(files::root().join(PAGE), written).unwrap();
        return;
    }
    let kept = files::read(PAGE);
    let differs = kept
        .lines()
        .zip(written.lines())
        .find(|(kept, written)| kept != written);
    assert_eq!(
        differs, None,
        "{PAGE} is out of date: UPDATE=1 writes it anew, read the difference as a user would"
    );
    assert_eq!(
        kept.len(),
        written.len(),
        "{PAGE} is out of date: UPDATE=1 writes it anew"
    );
}

/// A file of messages that no list names would be on no page.
#[test]
fn every_file_of_messages_is_in_a_list() {
    let is_table = |file: &&architecture::File| file.path.ends_with("/messages.rs");
    let files: BTreeSet<&str> = architecture::files()
        .iter()
        .filter(is_table)
        .map(|file| file.path.as_str())
        .collect();
    let listed: BTreeSet<&str> = tables().map(|table| table.file).collect();
    assert_eq!(files, listed);
}

/// Whoever could make a message elsewhere would have one that is on no page.
#[test]
fn messages_are_declared_in_their_files_alone() {
    for file in architecture::files() {
        let makes = |word: &&str| ["from_template", "messages!"].contains(word);
        let is_place = file.path.ends_with("/messages.rs") || file.path == "src/tf/message.rs";
        assert!(is_place || !file.words().any(|word| makes(&word)), "{}", file.path);
    }
}

/// Two of the same name would be hard to tell apart on the page, and two of the same text are one too many.
#[test]
fn every_message_is_declared_once() {
    let mut seen = BTreeSet::new();
    for table in tables() {
        for template in table.templates {
            assert!(
                seen.insert((template.summary, template.detail)),
                "{}: {} is there already",
                table.file,
                template.function
            );
        }
    }
}

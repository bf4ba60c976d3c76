//! All that users are told when something is wrong, in one file to be read: `tests/diagnostics.md`.
//!
//! Read `place` for what is found in the code, `follow` for how its texts are traced to where they are written,
//! `samples` for where the examples are from, and `others` for what makes sure that nothing is left out.

mod code;

mod place;

mod text;

mod follow;

mod rules;

mod secrets;

mod samples;

mod others;

mod page;

use std::{env, fs};

use code::Code;
use page::Page;
use text::Text;

use crate::files;

const PAGE: &str = "tests/diagnostics.md";

#[test]
fn every_diagnostic_is_in_the_file() {
    let code = Code::read();
    let places = place::places(&code);
    let rules = rules::broken();
    let written = page::written(&Page {
        places: &places,
        advice: &place::advice(&code),
        rules: &rules,
        samples: &samples::samples(),
        others: &others::others(&code, &places, &rules),
    });
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

/// Another way to make a diagnostic would be one that the file does not know.
#[test]
fn there_is_no_other_way_to_make_a_diagnostic() {
    let expected = [
        "diagnostics",
        "warn",
        "of_error",
        "of_bug",
        "error",
        "warning",
        "bug",
        "add",
    ];
    assert_eq!(place::makers(&Code::read()), expected);
}

#[test]
fn a_text_is_found_with_its_holes_filled() {
    let text = Text::of_format("`{path}` is {found:?}, and there is {more}.", &[]);
    let check = |said: &str, expected: Option<&str>| assert_eq!(text.find_in(said), expected, "{said}");
    check("`a` is \"x\", and there is y.", Some("`a` is \"x\", and there is y."));
    check(
        "a: Wrong: `a` is \"x\", and there is y.",
        Some("`a` is \"x\", and there is y."),
    );
    check("`a` is 3, and there is y.", None);
    check("`a` is \"x\", and there is .", None);
    check("`a` is \"x\", and there is y. More.", None);
    assert_eq!(text.to_string(), "`{path}` is \"{found}\", and there is {more}.");
}

//! What tests hold that a user reads: rows of tables, and texts in the tests' own code.

use proc_macro2::TokenTree;

use super::{
    code::each_token,
    place::Place,
    text::{Text, string},
};
use crate::{architecture, files};

/// A message, or a text that holds its detail.
pub struct Sample {
    pub source: String,
    summary: Option<String>,
    text: String,
}

/// All samples: tables first, for they are the most like what a user reads.
pub fn samples() -> Vec<Sample> {
    let mut samples: Vec<Sample> = files::below("tests/tables")
        .iter()
        .flat_map(|path| of_table(path))
        .collect();
    let is_code = |path: &String| path.ends_with(".rs") && !path.starts_with("tests/it/diagnostics");
    for path in files::below("tests/it")
        .iter()
        .chain(&files::below("src"))
        .filter(|path| is_code(path))
    {
        samples.extend(of_tests(path));
    }
    samples
}

fn of_table(path: &str) -> Vec<Sample> {
    let text = files::read(path);
    let rows = text
        .lines()
        .filter_map(|line| line.split_once("` | "))
        .map(|(_, said)| said.trim_end_matches(" |"));
    rows.flat_map(|said| said.split("<br>"))
        .filter_map(|message| message.strip_prefix("**")?.split_once("** "))
        .map(|(summary, detail)| Sample {
            source: path.to_owned(),
            summary: Some(summary.to_owned()),
            text: detail.to_owned(),
        })
        .collect()
}

/// The texts of a file that are not the provider's own.
fn of_tests(path: &str) -> Vec<Sample> {
    let text = files::read(path);
    let all = texts(
        &text
            .parse::<proc_macro2::TokenStream>()
            .expect("Rust")
            .into_iter()
            .collect::<Vec<_>>(),
    );
    let own = match architecture::files().iter().find(|file| file.path == path) {
        Some(file) => texts(&architecture::source::tokens(&file.text)),
        None => Vec::new(),
    };
    let is_test = |text: &String| !own.contains(text);
    let sample = |text| Sample {
        source: path.to_owned(),
        summary: None,
        text,
    };
    all.into_iter().filter(is_test).map(sample).collect()
}

fn texts(tokens: &[TokenTree]) -> Vec<String> {
    let mut texts = Vec::new();
    each_token(tokens, &mut |run, index| {
        if let TokenTree::Literal(literal) = &run[index] {
            texts.extend(string(&literal.to_string()));
        }
    });
    texts
}

impl Sample {
    /// The detail, if it may come from this place, and how much speaks for it: the place's own letters, and an
    /// attribute that is the place's alone.
    pub fn of<'a>(&'a self, place: &Place) -> Option<(&'a str, usize)> {
        let is_its = |summary: &String| place.summaries.iter().any(|text| text.find_in(summary).is_some());
        if !self.summary.as_ref().is_none_or(is_its) {
            return None;
        }
        let fits = |detail: &Text| Some((detail.find_in(&self.text)?, detail.weight()));
        let (found, weight) = place
            .details
            .iter()
            .filter_map(fits)
            .max_by_key(|(_, weight)| *weight)?;
        let found = found
            .strip_prefix("Warning: ")
            .or(found.strip_prefix("Error: "))
            .unwrap_or(found);
        // A text with holes of its own is not what a user reads.
        let is_open = |rest: &str| rest.starts_with(|next: char| next == '}' || next.is_alphanumeric());
        // Of another attribute, in words that several places have.
        let is_open_path = place.path.is_empty() || place.path.starts_with('{');
        let names_another = found.starts_with('`') && !found.starts_with(&format!("`{}`", place.path));
        let is_anothers = !is_open_path && names_another;
        (!is_anothers && !found.split('{').skip(1).any(is_open)).then_some((found, weight + usize::from(!is_open_path)))
    }
}

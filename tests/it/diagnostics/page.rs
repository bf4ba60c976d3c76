//! Writes the page of all diagnostics.

use std::fmt::Write;

use super::{place::Place, rules::Broken, samples::Sample, text::Text};

const HEAD: &str = "\
# What users are told

Every error and every warning of the provider, for reading them side by side. `UPDATE=1 cargo test diagnostics` writes \
this file anew from the code; a test fails when it is out of date.

Each block is one place in the code: the summary, the attribute it points at, the detail, and an example that a test \
holds. `{…}` is what is filled in, as the code names it; where that is a text too, its forms are listed.
";

const REFUSALS: &str = "\
Refusals of a cloud

Errors without an attribute, whose detail is what the cloud said, and behind an empty line what to do.
";

const OTHERS: &str = "\
Parts of messages

Texts that fill holes of the messages above, or that are a cloud's answer in our words.
";

/// What is on the page.
pub struct Page<'a> {
    pub places: &'a [Place],
    /// What is said after a cloud's refusal.
    pub advice: &'a [Text],
    pub rules: &'a [Broken],
    pub samples: &'a [Sample],
    /// Texts that are in none of the places, with their files.
    pub others: &'a [(&'static str, Text)],
}

pub fn written(page: &Page<'_>) -> String {
    let (refusals, places): (Vec<&Place>, Vec<&Place>) = page.places.iter().partition(|place| place.is_refusal());
    let examples = examples(&places, page.samples);
    let all = places.into_iter().zip(examples);
    let (shown, others): (Vec<_>, Vec<_>) = all.partition(|(_, example)| example.is_some());
    format!(
        "{HEAD}{}{}{}{}{}",
        rules_table(page.rules),
        section("Messages with an example", &shown),
        section("Messages that no test holds word by word", &others),
        refusals_list(&refusals, page.advice),
        others_list(page.others),
    )
}

/// A detail as a user reads it.
#[derive(Clone, Copy)]
struct Example<'a> {
    detail: &'a str,
    source: &'a str,
    weight: usize,
}

/// The first example of each place. A sample that fits several places is of that with the most letters of its own.
fn examples<'a>(places: &[&Place], samples: &'a [Sample]) -> Vec<Option<Example<'a>>> {
    let mut examples = vec![None; places.len()];
    for sample in samples {
        let found = places.iter().map(|place| sample.of(place));
        let found = found.map(|found| {
            found.map(|(detail, weight)| Example {
                detail,
                source: &sample.source,
                weight,
            })
        });
        let found: Vec<Option<Example<'_>>> = found.collect();
        let heaviest = found.iter().flatten().map(|one| one.weight).max();
        for (example, found) in examples.iter_mut().zip(found) {
            let is_its = found.is_some_and(|found| Some(found.weight) == heaviest);
            if example.is_none() && is_its {
                *example = found;
            }
        }
    }
    examples
}

fn refusals_list(refusals: &[&Place], advice: &[Text]) -> String {
    let mut text = format!("\n## {REFUSALS}\n");
    for place in refusals {
        let summaries: Vec<String> = place.summaries.iter().map(|summary| format!("**{summary}**")).collect();
        let _ = writeln!(
            text,
            "- {}, in `{}` of `{}`",
            summaries.join(" or "),
            place.function,
            place.file
        );
        for (hole, texts) in &place.parts {
            let texts: Vec<String> = texts.iter().map(ToString::to_string).collect();
            let _ = writeln!(text, "  - `{{{hole}}}` may be: {}", texts.join("; "));
        }
    }
    text.push_str("\nWhat to do:\n\n");
    advice.iter().for_each(|one| {
        let _ = writeln!(text, "- {one}");
    });
    text
}

fn others_list(others: &[(&'static str, Text)]) -> String {
    let mut text = format!("\n## {OTHERS}");
    let mut last = "";
    for (file, one) in others {
        if *file != last {
            last = file;
            let _ = write!(text, "\n### `{file}`\n\n");
        }
        let _ = writeln!(text, "- {}", one.to_string().replace('\n', " "));
    }
    text
}

fn rules_table(rules: &[Broken]) -> String {
    let mut text = String::from("\n## Rules of single attributes\n\nEach rule, broken once.\n");
    let mut owner = "";
    for one in rules {
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

fn section(title: &str, blocks: &[(&Place, Option<Example<'_>>)]) -> String {
    let mut text = format!("\n## {title}\n");
    let mut file = "";
    for (place, example) in blocks {
        if place.file != file {
            file = place.file;
            let _ = write!(text, "\n### `{file}`\n");
        }
        text.push_str(&block(place));
        if let Some(example) = example {
            let _ = write!(
                text,
                "\nExample, from `{}`:\n\n{}\n",
                example.source,
                quoted(&shortened(example.detail))
            );
        }
    }
    text
}

fn block(place: &Place) -> String {
    let summaries: Vec<String> = place.summaries.iter().map(ToString::to_string).collect();
    let summary = match summaries.is_empty() {
        true => "(a function's error has no summary)".to_owned(),
        false => summaries.join(" / "),
    };
    let at = match place.path.as_str() {
        "" => "At no attribute".to_owned(),
        path => format!("At `{path}`"),
    };
    let mut text = format!(
        "\n#### {}: {summary}\n\n{at}, from `{}`.\n",
        place.severity, place.function
    );
    for detail in &place.details {
        let _ = write!(text, "\n{}\n", quoted(&detail.to_string()));
    }
    for (hole, texts) in &place.parts {
        let _ = write!(text, "\n`{{{hole}}}` may be:\n\n");
        texts.iter().for_each(|one| {
            let _ = writeln!(text, "- {}", one.to_string().replace('\n', " "));
        });
    }
    text
}

fn quoted(text: &str) -> String {
    let lines = text.lines().map(|line| format!("> {line}").trim_end().to_owned());
    lines.collect::<Vec<_>>().join("\n")
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

//! A table of rules, as a Markdown file holds it.

use serde_json::{Map, Value as Json};

/// A right configuration, and what becomes of it when some attributes change.
#[derive(Clone)]
pub struct Table {
    /// Everything before the rows, as it is.
    head: String,
    base: Map<String, Json>,
    pub rows: Vec<Row>,
}

#[derive(Clone, PartialEq)]
pub struct Row {
    /// The attributes that are different, as JSON; null leaves one out.
    text: String,
    pub changes: Map<String, Json>,
    pub messages: Vec<String>,
}

/// The line under the table's heading.
const RULE: &str = "| --- | --- |\n";

impl Table {
    pub fn read(text: &str) -> Self {
        let (head, body) = text.split_once(RULE).expect("a table of two columns");
        let base = head
            .split("```json")
            .nth(1)
            .and_then(|rest| rest.split("```").next())
            .expect("a base in JSON");
        Self {
            head: format!("{head}{RULE}"),
            base: serde_json::from_str(base).expect("the base is JSON"),
            rows: body
                .lines()
                .filter(|line| line.starts_with('|'))
                .map(Row::read)
                .collect(),
        }
    }

    /// The base with a row's changes.
    pub fn with(&self, changes: &Map<String, Json>) -> Json {
        let mut config = self.base.clone();
        config.extend(changes.iter().map(|(name, value)| (name.clone(), value.clone())));
        Json::Object(config)
    }

    pub fn written(&self) -> String {
        let rows = self
            .rows
            .iter()
            .map(|row| format!("| `{}` | {} |\n", row.text, row.told()));
        format!("{}{}", self.head, rows.collect::<String>())
    }

    /// The rows that say something else than the judged ones.
    pub fn differences(&self, judged: &Table) -> Vec<String> {
        let pairs = self
            .rows
            .iter()
            .zip(&judged.rows)
            .filter(|(row, judged)| row.told() != judged.told());
        pairs
            .map(|(row, judged)| format!("{} says {:?}, and the table {:?}", row.text, judged.told(), row.told()))
            .collect()
    }
}

impl Row {
    fn read(line: &str) -> Self {
        let (text, messages) = line
            .strip_prefix("| `")
            .and_then(|rest| rest.split_once("` | "))
            .unwrap_or_else(|| panic!("a row starts with `JSON`: {line}"));
        let messages = messages.trim_end_matches('|').trim();
        Self {
            text: text.to_owned(),
            changes: serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}")),
            messages: messages
                .split("<br>")
                .filter(|one| !one.is_empty() && *one != RIGHT)
                .map(str::to_owned)
                .collect(),
        }
    }

    fn told(&self) -> String {
        match self.messages.as_slice() {
            [] => RIGHT.to_owned(),
            messages => messages.join("<br>").replace('\n', " "),
        }
    }
}

/// What a row says that is no mistake.
const RIGHT: &str = "right";

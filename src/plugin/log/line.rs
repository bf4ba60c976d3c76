//! One line of the log. Clients are strict about it: one that they cannot read is shown raw.

use serde_json::{Map, Value};
use time::OffsetDateTime;
use tracing::Level;

/// Clients cut longer lines in two.
const LINE_LIMIT: usize = 64 * 1024;

/// How many characters of a text stay when the line is too long. Even if JSON makes six of each, ten such texts
/// fit.
const TEXT_LIMIT: usize = 1024;

pub(super) struct Line<'a> {
    pub level: Level,
    /// The path of the Rust module.
    pub module: &'a str,
    pub at: OffsetDateTime,
    /// What the event says, `message` among it.
    pub fields: Map<String, Value>,
}

impl Line<'_> {
    pub(super) fn into_json(mut self) -> String {
        // Clients fail if one of these is not text, so they come last and replace what has their names.
        let message = match self.fields.remove("message") {
            Some(Value::String(text)) => text,
            Some(other) => other.to_string(),
            None => String::new(),
        };
        self.insert("@level", self.level.as_str().to_lowercase());
        self.insert("@message", message);
        self.insert("@module", self.module.replace("::", "."));
        self.insert("@timestamp", timestamp(self.at));
        within_limit(self.fields)
    }

    fn insert(&mut self, name: &str, value: String) {
        self.fields.insert(name.to_owned(), Value::String(value));
    }
}

fn within_limit(mut fields: Map<String, Value>) -> String {
    let whole = print(&fields);
    if whole.len() < LINE_LIMIT {
        return whole;
    }
    fields.values_mut().for_each(shorten);
    let shortened = print(&fields);
    if shortened.len() < LINE_LIMIT {
        return shortened;
    }
    fields.retain(|name, _| name.starts_with('@'));
    print(&fields)
}

fn print(fields: &Map<String, Value>) -> String {
    let json = serde_json::to_string(fields).unwrap_or_default();
    json + "\n"
}

fn shorten(value: &mut Value) {
    if let Value::String(text) = value
        && let Some((end, _)) = text.char_indices().nth(TEXT_LIMIT)
    {
        text.truncate(end);
        text.push('…');
    }
}

/// Always six digits after the point: clients know no other form.
fn timestamp(at: OffsetDateTime) -> String {
    let at = at.to_offset(time::UtcOffset::UTC);
    let (year, month, day) = at.to_calendar_date();
    let (hour, minute, second, microsecond) = at.to_hms_micro();
    let month = u8::from(month);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{microsecond:06}Z")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use serde_json::json;

    use super::*;

    fn line(fields: Value) -> String {
        let Value::Object(fields) = fields else {
            panic!("not an object: {fields}")
        };
        let at = OffsetDateTime::UNIX_EPOCH + Duration::from_micros(1_795_219_016_000_042);
        Line {
            level: Level::WARN,
            module: "example::clouds::http",
            at,
            fields,
        }
        .into_json()
    }

    #[test]
    fn a_line_as_clients_want_it() {
        let expected = r#"{"@level":"warn","@message":"slow \"answer\"","@module":"example.clouds.http","@timestamp":"2026-11-20T23:56:56.000042Z","seconds":3}"#;
        assert_eq!(
            line(json!({ "message": "slow \"answer\"", "seconds": 3 })),
            format!("{expected}\n")
        );
    }

    #[test]
    fn what_must_be_text_is_text() {
        let line: Value = serde_json::from_str(&line(json!({ "message": 1, "@level": 2 }))).unwrap();
        assert_eq!((&line["@message"], &line["@level"]), (&json!("1"), &json!("warn")));
    }

    #[test]
    fn long_lines_are_shortened() {
        let long = "\u{1}é".repeat(LINE_LIMIT);
        let line = line(json!({ "message": long, "key": long, "seconds": 3 }));
        assert!(line.len() < LINE_LIMIT, "{}", line.len());
        let fields: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(fields["seconds"], 3);
    }

    #[test]
    fn lines_with_many_fields_lose_them() {
        let many: Map<_, _> = (0..9000).map(|n| (format!("field {n}"), json!(n))).collect();
        let line = line(Value::Object(many));
        assert!(
            line.len() < LINE_LIMIT && line.contains("@timestamp") && !line.contains("field 1"),
            "{line}"
        );
    }
}

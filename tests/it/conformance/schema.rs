//! A small JSON Schema, as far as the documents of the clouds use it for requests and answers.

use std::cmp::Ordering;

use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// What a schema of the document does not allow in a value. Stricter than OpenAPI: a field must be listed, since a
/// field that no document has is most likely misspelt.
pub fn mistakes(document: &Value, at: &str, schema: &Value, value: &Value) -> Vec<String> {
    if value.is_null() && schema["nullable"] == true {
        return Vec::new();
    }
    let place = Place {
        document,
        at,
        schema,
        value,
    };
    let keywords = schema.as_object().expect("a schema is an object");
    keywords
        .iter()
        .flat_map(|(keyword, limit)| place.mistakes(keyword, limit))
        .collect()
}

/// A value, where it stands, and what it is held against.
struct Place<'a> {
    document: &'a Value,
    at: &'a str,
    schema: &'a Value,
    value: &'a Value,
}

impl Place<'_> {
    fn mistakes(&self, keyword: &str, limit: &Value) -> Vec<String> {
        match keyword {
            "$ref" => mistakes(self.document, self.at, self.resolve(limit), self.value),
            "allOf" => elements(limit)
                .flat_map(|part| mistakes(self.document, self.at, part, self.value))
                .collect(),
            "anyOf" => self.unlike_any(limit),
            "required" => self.missing(limit),
            "properties" => self.fields(limit),
            "additionalProperties" => self.further_fields(limit),
            "items" => self.elements(limit),
            "description" | "default" | "example" | "nullable" | "readOnly" | "writeOnly" => Vec::new(),
            "exclusiveMinimum" => self.at_minimum(limit),
            _ if keyword.starts_with("x-") || keeps(self.value, keyword, limit) => Vec::new(),
            _ => vec![format!("{}: {} is against {keyword} {limit}", self.at, self.value)],
        }
    }

    fn unlike_any(&self, schemas: &Value) -> Vec<String> {
        let all = elements(schemas).map(|schema| mistakes(self.document, self.at, schema, self.value));
        match all.min_by_key(Vec::len) {
            Some(fewest) if !fewest.is_empty() => vec![format!("{}: {} is like none: {fewest:?}", self.at, self.value)],
            _ => Vec::new(),
        }
    }

    /// In these documents a flag on the minimum.
    fn at_minimum(&self, is_exclusive: &Value) -> Vec<String> {
        let minimum = &self.schema["minimum"];
        match *is_exclusive == true && compare(self.value, minimum) == Some(Ordering::Equal) {
            true => vec![format!("{}: {} is not above {minimum}", self.at, self.value)],
            false => Vec::new(),
        }
    }

    fn resolve(&self, reference: &Value) -> &Value {
        let pointer = text(reference).trim_start_matches('#');
        self.document.pointer(pointer).expect("a reference leads to a schema")
    }

    fn missing(&self, names: &Value) -> Vec<String> {
        let missing = elements(names).map(text).filter(|name| self.value.get(name).is_none());
        missing.map(|name| format!("{}: {name} is missing", self.at)).collect()
    }

    fn fields(&self, schemas: &Value) -> Vec<String> {
        let takes_others = self.schema.get("additionalProperties").is_some();
        let fields = self.value.as_object().into_iter().flatten();
        fields
            .flat_map(|(name, value)| match schemas.get(name) {
                Some(schema) => self.inside(name, schema, value),
                None if takes_others => Vec::new(),
                None => vec![format!("{}: {name} is in no document", self.at)],
            })
            .collect()
    }

    fn further_fields(&self, schema: &Value) -> Vec<String> {
        let fields = self.value.as_object().into_iter().flatten();
        let further = fields.filter(|(name, _)| self.schema["properties"].get(name).is_none());
        further
            .flat_map(|(name, value)| match schema {
                Value::Bool(true) => Vec::new(),
                Value::Bool(false) => vec![format!("{}: {name} is in no document", self.at)],
                schema => self.inside(name, schema, value),
            })
            .collect()
    }

    fn elements(&self, schema: &Value) -> Vec<String> {
        let numbered = elements(self.value).enumerate();
        numbered
            .flat_map(|(index, value)| self.inside(&index.to_string(), schema, value))
            .collect()
    }

    fn inside(&self, name: &str, schema: &Value, value: &Value) -> Vec<String> {
        mistakes(self.document, &format!("{}/{name}", self.at), schema, value)
    }
}

/// Whether a value keeps one limit. To a value of another type a limit does not apply, except for the type itself.
fn keeps(value: &Value, keyword: &str, limit: &Value) -> bool {
    match keyword {
        "type" => is_of_type(value, text(limit)),
        "format" => has_format(value, text(limit)),
        "enum" => elements(limit).any(|word| word == value),
        "minimum" => compare(value, limit) != Some(Ordering::Less),
        "maximum" => compare(value, limit) != Some(Ordering::Greater),
        "minLength" => compare(&length(value), limit) != Some(Ordering::Less),
        "maxLength" => compare(&length(value), limit) != Some(Ordering::Greater),
        "uniqueItems" => !repeats(value),
        "pattern" => value.as_str().is_none_or(|value| fits(value, text(limit))),
        unknown => panic!("the keyword {unknown} is not known here yet"),
    }
}

fn is_of_type(value: &Value, kind: &str) -> bool {
    match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.is_i64() || value.is_u64(),
        unknown => panic!("the type {unknown} is not known here yet"),
    }
}

fn has_format(value: &Value, format: &str) -> bool {
    match format {
        "date-time" => value
            .as_str()
            .is_none_or(|text| OffsetDateTime::parse(text, &Rfc3339).is_ok()),
        "int32" => !value.is_number() || value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
        "int64" => !value.is_number() || value.is_i64(),
        _ => true,
    }
}

/// `None` if one of the two is no number.
fn compare(value: &Value, limit: &Value) -> Option<Ordering> {
    value.as_f64()?.partial_cmp(&limit.as_f64()?)
}

/// In characters; null of what is no text.
fn length(value: &Value) -> Value {
    value.as_str().map(|text| text.chars().count()).into()
}

/// The patterns of the documents, each written out: they are few, and some look ahead.
fn fits(value: &str, pattern: &str) -> bool {
    match pattern {
        "^(?=[A-Za-z])[A-Za-z0-9@._-]{1,20}$" => {
            value.starts_with(|first: char| first.is_ascii_alphabetic())
                && value.len() <= 20
                && value
                    .chars()
                    .all(|letter| letter.is_ascii_alphanumeric() || "@._-".contains(letter))
        }
        unknown => panic!("the pattern {unknown} is not known here yet"),
    }
}

fn repeats(list: &Value) -> bool {
    let is_earlier = |(index, element)| elements(list).take(index).any(|earlier| earlier == element);
    elements(list).enumerate().any(is_earlier)
}

fn text(value: &Value) -> &str {
    value.as_str().expect("a text of the document")
}

fn elements(list: &Value) -> impl Iterator<Item = &Value> {
    list.as_array().into_iter().flatten()
}

fn check(schema: Value, value: Value, expected: &[&str]) {
    let document = json!({"components": {"schemas": {"Word": {"type": "string", "enum": ["A", "B"]}}}});
    assert_eq!(mistakes(&document, "it", &schema, &value), expected, "{schema}");
}

#[test]
fn what_a_schema_allows_is_right() {
    check(json!({"type": "integer", "format": "int64"}), json!(i64::MAX), &[]);
    check(json!({"$ref": "#/components/schemas/Word"}), json!("A"), &[]);
    check(json!({"type": "string", "nullable": true}), json!(null), &[]);
    check(json!({"type": "string", "maxLength": 2}), json!("äö"), &[]);
    check(
        json!({"properties": {}, "additionalProperties": true}),
        json!({"a": 1}),
        &[],
    );
    let any = json!({"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]});
    check(any.clone(), json!("a"), &[]);
    check(any, json!(["a"]), &[]);
    check(json!({"minimum": 0, "exclusiveMinimum": true}), json!(0.1), &[]);
    check(json!({"format": "date-time"}), json!("2026-01-01T00:00:00.5Z"), &[]);
    check(json!({"x-evidence": "seen", "readOnly": true}), json!(1), &[]);
}

#[test]
fn a_limit_of_a_value_can_be_broken() {
    let check = |schema: Value, value: Value| {
        assert_eq!(
            mistakes(&Value::Null, "it", &schema, &value).len(),
            1,
            "{schema} {value}"
        );
    };
    check(json!({"type": "integer"}), json!("1"));
    check(json!({"type": "integer"}), json!(1.5));
    check(json!({"type": "string"}), json!(null));
    check(json!({"format": "int32"}), json!(1_u64 << 31));
    check(json!({"format": "int64"}), json!(u64::MAX));
    check(json!({"enum": ["A"]}), json!("a"));
    check(json!({"minimum": 0}), json!(-1));
    check(json!({"minimum": 0, "exclusiveMinimum": true}), json!(0));
    check(json!({"anyOf": [{"type": "string"}, {"type": "integer"}]}), json!(1.5));
    check(json!({"format": "date-time"}), json!("yesterday"));
    check(json!({"maximum": 9}), json!(9.5));
    check(json!({"minLength": 1}), json!(""));
    check(json!({"maxLength": 1}), json!("ab"));
    check(json!({"uniqueItems": true}), json!([1, 1]));
    let name = json!({"pattern": "^(?=[A-Za-z])[A-Za-z0-9@._-]{1,20}$"});
    for value in ["", "1st", "a b", "a23456789012345678901"] {
        check(name.clone(), json!(value));
    }
}

#[test]
fn a_mistake_is_found_where_it_stands() {
    check(
        json!({"$ref": "#/components/schemas/Word"}),
        json!("a"),
        &[r#"it: "a" is against enum ["A","B"]"#],
    );
    check(
        json!({"allOf": [{"type": "string"}]}),
        json!(1),
        &[r#"it: 1 is against type "string""#],
    );
    check(
        json!({"items": {"type": "string"}}),
        json!(["a", 1]),
        &[r#"it/1: 1 is against type "string""#],
    );
    check(json!({"required": ["a"]}), json!({"b": 1}), &["it: a is missing"]);
    check(
        json!({"properties": {"a": {}}}),
        json!({"b": 1}),
        &["it: b is in no document"],
    );
    check(
        json!({"properties": {"a": {}}, "additionalProperties": false}),
        json!({"a": 1, "b": 1}),
        &["it: b is in no document"],
    );
    check(
        json!({"additionalProperties": {"type": "string"}}),
        json!({"b": 1}),
        &[r#"it/b: 1 is against type "string""#],
    );
}

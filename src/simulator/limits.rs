//! Schema validation of a JSON body against the limits that a cloud's document gives: fields, kinds, lengths, ranges,
//! words. Read leniently, as the cloud does, it may also be what the vendor's own clients send.

use std::fmt;

use serde_json::{Map, Value};

/// How closely a request is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    /// What no document has is refused.
    Strict,
    /// A field that no document has is passed over, and a value may be what the vendor's clients send.
    Lenient,
}

pub(super) struct Field {
    name: &'static str,
    required: bool,
    nullable: bool,
    kind: Kind,
}

pub(super) enum Kind {
    /// Text with its least and greatest length in characters.
    Text(usize, usize),
    /// Text that a rule must accept, and the rule in words.
    Pattern(fn(&str) -> bool, &'static str),
    OneOf(&'static [&'static str]),
    /// One of these words, in whatever case.
    AnyCase(&'static [&'static str]),
    /// A whole number with its least and greatest value.
    Integer(i64, i64),
    /// A whole number, or its digits as text: so do clients hand ids on that lose digits of large numbers.
    Digits,
    Number,
    /// A number that is more than nothing.
    AboveZero,
    Flag,
    List(&'static Kind),
    Object(&'static [Field]),
    /// An object that may have further fields.
    OpenObject(&'static [Field]),
    /// What the document has, and what the vendor's clients send.
    Wider(&'static Kind, &'static Kind),
}

/// What is wrong with one part of a body.
#[derive(Debug)]
pub(super) struct Mistake {
    /// Where, as in `pod.envVars[0].key`; empty for the body itself.
    pub at: String,
    pub wrong: Wrong,
}

#[derive(Debug)]
pub(super) enum Wrong {
    Unknown,
    Missing,
    Null,
    /// The limit in words.
    Against(String),
}

pub(super) const INT32: Kind = Kind::Integer(i32::MIN as i64, i32::MAX as i64);
pub(super) const INT64: Kind = Kind::Integer(i64::MIN, i64::MAX);
pub(super) const ANY_TEXT: Kind = Kind::Text(0, usize::MAX);
pub(super) const SOME_TEXT: Kind = Kind::Text(1, usize::MAX);

pub(super) const fn required(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        required: true,
        nullable: false,
        kind,
    }
}

/// Null is as good as left out.
pub(super) const fn optional(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        required: false,
        nullable: true,
        kind,
    }
}

/// May be left out, but is not null.
pub(super) const fn non_null(name: &'static str, kind: Kind) -> Field {
    Field {
        name,
        required: false,
        nullable: false,
        kind,
    }
}

/// The body's fields if it keeps every limit, else all mistakes. A field that no document names is one, and where it is
/// none it is left out.
pub(super) fn check(body: &Value, fields: &[Field], reading: Reading) -> Result<Map<String, Value>, String> {
    let mut check = Check::new(reading);
    check.names("", body, fields);
    check.object("", body, fields);
    let mut known = check.fields_of(body).map_err(|mistakes| told(&mistakes))?;
    known.retain(|name, _| fields.iter().any(|field| field.name == name));
    Ok(known)
}

/// The body's fields if it keeps every limit, else all mistakes. Further fields are none.
pub(super) fn check_open(body: &Value, fields: &[Field], reading: Reading) -> Result<Map<String, Value>, Vec<Mistake>> {
    let mut check = Check::new(reading);
    check.object("", body, fields);
    check.fields_of(body)
}

fn told(mistakes: &[Mistake]) -> String {
    let texts: Vec<String> = mistakes.iter().map(Mistake::to_string).collect();
    texts.join("; ")
}

impl Mistake {
    pub fn new(at: impl Into<String>, wrong: Wrong) -> Mistake {
        Mistake { at: at.into(), wrong }
    }

    pub fn against(at: impl Into<String>, limit: impl Into<String>) -> Mistake {
        Mistake::new(at, Wrong::Against(limit.into()))
    }
}

impl fmt::Display for Mistake {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.at.as_str() {
            "" => write!(formatter, "the body {}", self.wrong),
            at => write!(formatter, "{at}: {}", self.wrong),
        }
    }
}

impl fmt::Display for Wrong {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Wrong::Unknown => "unknown field",
            Wrong::Missing | Wrong::Null => "must not be null",
            Wrong::Against(limit) => limit,
        })
    }
}

struct Check {
    reading: Reading,
    mistakes: Vec<Mistake>,
}

impl Check {
    fn new(reading: Reading) -> Check {
        Check {
            reading,
            mistakes: Vec::new(),
        }
    }

    fn fields_of(self, body: &Value) -> Result<Map<String, Value>, Vec<Mistake>> {
        match body {
            Value::Object(object) if self.mistakes.is_empty() => Ok(object.clone()),
            _ => Err(self.mistakes),
        }
    }

    fn names(&mut self, at: &str, value: &Value, fields: &[Field]) {
        if self.reading == Reading::Lenient {
            return;
        }
        let names = value.as_object().into_iter().flat_map(Map::keys);
        let unknown = names.filter(|name| fields.iter().all(|field| field.name != name.as_str()));
        let mistakes = unknown.map(|name| Mistake::new(join(at, name), Wrong::Unknown));
        self.mistakes.extend(mistakes);
    }

    fn object(&mut self, at: &str, value: &Value, fields: &[Field]) {
        let Value::Object(object) = value else {
            return self.mistakes.push(Mistake::against(at, "must be an object"));
        };
        for field in fields {
            let at = join(at, field.name);
            match object.get(field.name) {
                None if field.required => self.mistakes.push(Mistake::new(at, Wrong::Missing)),
                None => {}
                Some(Value::Null) if field.nullable => {}
                Some(Value::Null) => self.mistakes.push(Mistake::new(at, Wrong::Null)),
                Some(value) => self.value(&at, value, &field.kind),
            }
        }
    }

    fn value(&mut self, at: &str, value: &Value, kind: &Kind) {
        match (kind, value) {
            (Kind::Wider(document, clients), _) => match self.reading {
                Reading::Strict => self.value(at, value, document),
                Reading::Lenient => self.value(at, value, clients),
            },
            (Kind::List(kind), Value::Array(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    self.value(&format!("{at}[{index}]"), element, kind);
                }
            }
            (Kind::Object(fields), _) => {
                self.names(at, value, fields);
                self.object(at, value, fields);
            }
            (Kind::OpenObject(fields), _) => self.object(at, value, fields),
            _ if accepts(kind, value) => {}
            _ => self.mistakes.push(Mistake::against(at, demand(kind))),
        }
    }
}

fn accepts(kind: &Kind, value: &Value) -> bool {
    match (kind, value) {
        (Kind::Text(least, most), Value::String(text)) => (*least..=*most).contains(&text.chars().count()),
        (Kind::Pattern(rule, _), Value::String(text)) => rule(text),
        (Kind::OneOf(words), Value::String(text)) => words.contains(&text.as_str()),
        (Kind::AnyCase(words), Value::String(text)) => words.iter().any(|word| word.eq_ignore_ascii_case(text)),
        (Kind::Digits, Value::String(text)) => text.parse::<i64>().is_ok(),
        (Kind::Digits, Value::Number(number)) => number.as_i64().is_some(),
        (Kind::Integer(least, most), Value::Number(number)) => {
            number.as_i64().is_some_and(|number| (*least..=*most).contains(&number))
        }
        (Kind::AboveZero, Value::Number(number)) => number.as_f64().is_some_and(|number| number > 0.0),
        (Kind::Number, Value::Number(_)) | (Kind::Flag, Value::Bool(_)) => true,
        _ => false,
    }
}

fn demand(kind: &Kind) -> String {
    match kind {
        Kind::Text(least, usize::MAX) => format!("must be text of at least {least} characters"),
        Kind::Text(least, most) => format!("must be text of {least} to {most} characters"),
        Kind::Pattern(_, words) => (*words).to_owned(),
        Kind::OneOf(words) | Kind::AnyCase(words) => format!("must be one of {}", words.join(", ")),
        Kind::Integer(least, most) => format!("must be a whole number from {least} to {most}"),
        Kind::Digits => "must be a whole number, or its digits as text".to_owned(),
        Kind::Number => "must be a number".to_owned(),
        Kind::AboveZero => "must be a number above 0".to_owned(),
        Kind::Flag => "must be true or false".to_owned(),
        Kind::List(_) => "must be a list".to_owned(),
        Kind::Object(_) | Kind::OpenObject(_) => "must be an object".to_owned(),
        Kind::Wider(document, _) => demand(document),
    }
}

fn join(at: &str, name: &str) -> String {
    if at.is_empty() {
        name.to_owned()
    } else {
        format!("{at}.{name}")
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const FIELDS: &[Field] = &[
        required("name", Kind::Text(1, 3)),
        optional("port", Kind::Integer(0, 65_535)),
        optional("kind", Kind::OneOf(&["HTTP", "TCP"])),
        optional("price", Kind::Number),
        optional("spot", Kind::Flag),
        optional("words", Kind::List(&SOME_TEXT)),
        optional("parts", Kind::List(&Kind::Object(&[required("key", SOME_TEXT)]))),
        optional("share", Kind::AboveZero),
        non_null("note", ANY_TEXT),
        optional("short", Kind::Pattern(|text| text.len() < 3, "must be short")),
    ];

    #[test]
    fn limits() {
        let check = |body: Value, expected: &str| {
            assert_eq!(
                super::check(&body, FIELDS, Reading::Strict).err().unwrap_or_default(),
                expected,
                "{body}"
            );
        };
        check(json!({"name": "a"}), "");
        check(
            json!({"name": "äöü", "port": 65535, "kind": "TCP", "price": 0.1, "spot": true, "words": ["a"]}),
            "",
        );
        check(
            json!({"name": "a", "port": null, "parts": [{"key": "k"}], "short": "ab"}),
            "",
        );
        check(json!(null), "the body must be an object");
        check(json!({"name": null}), "name: must not be null");
        check(json!({"name": ""}), "name: must be text of 1 to 3 characters");
        check(json!({"name": "abcd"}), "name: must be text of 1 to 3 characters");
        check(
            json!({"name": "a", "port": 65536}),
            "port: must be a whole number from 0 to 65535",
        );
        check(
            json!({"name": "a", "port": 1.5}),
            "port: must be a whole number from 0 to 65535",
        );
        check(
            json!({"name": "a", "port": "1"}),
            "port: must be a whole number from 0 to 65535",
        );
        check(json!({"name": "a", "kind": "http"}), "kind: must be one of HTTP, TCP");
        check(json!({"name": "a", "price": "1"}), "price: must be a number");
        check(json!({"name": "a", "words": "a"}), "words: must be a list");
        check(
            json!({"name": "a", "words": ["a", ""]}),
            "words[1]: must be text of at least 1 characters",
        );
        check(json!({"name": "a", "parts": [{}]}), "parts[0].key: must not be null");
        check(
            json!({"name": "a", "parts": [{"key": "k", "x": 1}]}),
            "parts[0].x: unknown field",
        );
        check(json!({"name": "a", "parts": [1]}), "parts[0]: must be an object");
        check(json!({"name": "a", "share": 0}), "share: must be a number above 0");
        check(json!({"name": "a", "note": null}), "note: must not be null");
        check(json!({"name": "a", "short": "abc"}), "short: must be short");
        check(
            json!({"name": 1, "spot": 1}),
            "name: must be text of 1 to 3 characters; spot: must be true or false",
        );
    }

    #[test]
    fn an_open_object_may_have_further_fields() {
        const FIELDS: &[Field] = &[required("inner", Kind::OpenObject(&[required("key", SOME_TEXT)]))];
        let check = |body: Value, expected: &str| {
            let mistakes = check_open(&body, FIELDS, Reading::Strict).err().unwrap_or_default();
            assert_eq!(told(&mistakes), expected, "{body}");
        };
        check(json!({"inner": {"key": "k", "x": 1}, "y": 2}), "");
        check(json!({"inner": {}, "y": 2}), "inner.key: must not be null");
        check(json!([]), "the body must be an object");
    }

    #[test]
    fn what_clients_send_is_taken_unless_it_is_read_strictly() {
        const PORT: &[Field] = &[optional(
            "protocol",
            Kind::Wider(&Kind::OneOf(&["HTTP"]), &Kind::AnyCase(&["HTTP", "SSH"])),
        )];
        const FIELDS: &[Field] = &[
            optional("ports", Kind::List(&Kind::Object(PORT))),
            optional("id", Kind::Wider(&INT64, &Kind::Digits)),
        ];
        let check = |body: Value, strictly: &str, leniently: &str| {
            let told = |reading| super::check(&body, FIELDS, reading).err().unwrap_or_default();
            assert_eq!(
                (told(Reading::Strict).as_str(), told(Reading::Lenient).as_str()),
                (strictly, leniently)
            );
        };
        check(json!({"ports": [{"protocol": "HTTP"}], "id": 1}), "", "");
        let one = "ports[0].protocol: must be one of HTTP";
        check(json!({"ports": [{"protocol": "http"}]}), one, "");
        check(json!({"ports": [{"protocol": "SSH"}]}), one, "");
        check(json!({"ports": [{"protocol": "UDP"}]}), one, &format!("{one}, SSH"));
        check(json!({"ports": [{"name": "web"}]}), "ports[0].name: unknown field", "");
        check(json!({"more": 1}), "more: unknown field", "");
        let range = format!("id: must be a whole number from {} to {}", i64::MIN, i64::MAX);
        check(json!({"id": "420522713875330018"}), &range, "");
        check(
            json!({"id": "x"}),
            &range,
            "id: must be a whole number, or its digits as text",
        );
        let kept = super::check(&json!({"id": 1, "more": "x"}), FIELDS, Reading::Lenient);
        assert_eq!(
            kept.map(Value::Object),
            Ok(json!({"id": 1})),
            "what is unknown is not kept"
        );
    }
}

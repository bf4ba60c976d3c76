//! Parser of error bodies, in every form that they commonly have: `message`, `error` as a text or an object,
//! FastAPI's `detail`, lists and maps of `errors`, problem details (RFC 9457), plain text, and the title of a page.

use serde_json::{Map, Value};

use super::tolerant::{FromJson, TextOrNumber};

/// Members that say why, the best first.
const COMMON: [&str; 12] = [
    "message",
    "detail",
    "error",
    "errors",
    "msg",
    "reason",
    "description",
    "error_description",
    "error_message",
    "errorMessage",
    "details",
    "data",
];
/// Those that add to another one.
const FURTHER: [&str; 2] = ["details", "errors"];
/// Members of an entry of a list that say what is wrong, and where.
const WHAT: [&str; 9] = [
    "msg",
    "message",
    "details",
    "detail",
    "error",
    "reason",
    "description",
    "title",
    "errors",
];
const WHERE: [&str; 6] = ["param", "loc", "field", "path", "pointer", "name"];
/// Members that repeat what was sent, which may be secret, or say nothing. A map of fields to their faults has none.
const SILENT: [&str; 14] = [
    "input",
    "ctx",
    "value",
    "body",
    "request",
    "url",
    "type",
    "code",
    "status",
    "statusCode",
    "instance",
    "timestamp",
    "trace",
    "stack",
];
const CODES: [&str; 3] = ["code", "error_code", "errorCode"];
const DEEPEST: u32 = 6;

/// As far as a response says it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Reason {
    pub message: Option<String>,
    pub code: Option<String>,
}

impl Reason {
    /// The reason in a body of JSON. The members of a cloud's `own` documents count before all others.
    pub fn of_json(body: &Value, own: &[&str]) -> Self {
        let Value::Object(fields) = body else {
            return Self {
                message: words(body, Faults::No, DEEPEST),
                code: None,
            };
        };
        let inner = COMMON.iter().filter_map(|name| fields.get(*name)?.as_object());
        Self {
            message: message(fields, own),
            code: code(fields).or_else(|| inner.filter_map(code).next()),
        }
    }

    /// The reason in what is no JSON: the title of a page, or a plain text.
    pub fn of_text(body: &str) -> Self {
        let text = body.trim_start_matches('\u{feff}').trim();
        let message = match text.chars().next() {
            Some('<') => title(text),
            // JSON that breaks off, or almost is some: it may repeat what was sent.
            Some('{' | '[' | '"') | None => None,
            Some(_) => Some(text.to_owned()),
        };
        Self { message, code: None }
    }
}

/// The text of the first of the named members that has one.
pub fn said_by(fields: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names
        .iter()
        .find_map(|name| words(fields.get(*name)?, faults(name), DEEPEST))
}

fn message(fields: &Map<String, Value>, own: &[&str]) -> Option<String> {
    // Where the list of errors should be, a bare word says less than anything else.
    let is_bare = |name: &str| name == "errors" && fields.get(name).is_some_and(Value::is_string);
    let names = own.iter().chain(&COMMON).copied();
    let names = names
        .clone()
        .filter(|name| !is_bare(name))
        .chain(names.filter(|name| is_bare(name)));
    let main = names
        .into_iter()
        .find_map(|name| Some((name, words(fields.get(name)?, faults(name), DEEPEST)?)));
    let title = fields.get("title").and_then(|title| words(title, Faults::No, DEEPEST));
    match main {
        // Problem details: the title is the kind of fault, the detail this one.
        Some(("detail", detail)) => Some(match title {
            Some(title) if title != detail => format!("{title}: {detail}"),
            _ => detail,
        }),
        Some((of, main)) => {
            let further = FURTHER.iter().filter(|name| **name != of);
            let further = further
                .filter_map(|name| words(fields.get(*name)?, faults(name), DEEPEST))
                .find(|further| *further != main);
            Some(match further {
                Some(further) => format!("{main}: {further}"),
                None => main,
            })
        }
        None => title,
    }
}

/// Whether a member's object maps fields to their faults.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Faults {
    No,
    /// Each field has a list of them.
    InLists,
    /// Each field has a text or a list of them.
    InTexts,
}

fn faults(name: &str) -> Faults {
    match name {
        "errors" => Faults::InTexts,
        "details" | "detail" | "error" => Faults::InLists,
        _ => Faults::No,
    }
}

/// The message in a text, an object or a list of them.
fn words(value: &Value, faults_are: Faults, deepest: u32) -> Option<String> {
    let deepest = deepest.checked_sub(1)?;
    match value {
        Value::String(text) => Some(text.clone()).filter(|text| !text.trim().is_empty()),
        Value::Array(parts) => {
            let parts: Vec<String> = parts
                .iter()
                .filter_map(|part| words(part, Faults::No, deepest))
                .collect();
            (!parts.is_empty()).then(|| parts.join("; "))
        }
        Value::Object(fields) => {
            let what = WHAT
                .iter()
                .find_map(|name| words(fields.get(*name)?, faults(name), deepest));
            let place = WHERE.iter().find_map(|name| place(fields.get(*name)?));
            match (place, what) {
                (Some(place), Some(what)) => Some(format!("{place}: {what}")),
                (None, Some(what)) => Some(what),
                (_, None) if faults_are != Faults::No => faults_by_field(fields, faults_are, deepest),
                // That it is about this field is better than nothing.
                (place, None) => place.filter(|_| fields.get("param").is_some_and(Value::is_string)),
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => None,
    }
}

/// `{"gpuCount": ["must be a power of two"]}`.
fn faults_by_field(fields: &Map<String, Value>, faults_are: Faults, deepest: u32) -> Option<String> {
    let faults: Vec<String> = fields
        .iter()
        .filter(|(field, faults)| {
            !SILENT.contains(&field.as_str()) && (faults_are == Faults::InTexts || faults.is_array())
        })
        .filter_map(|(field, faults)| Some(format!("{field}: {}", words(faults, faults_are, deepest)?)))
        .collect();
    (!faults.is_empty()).then(|| faults.join("; "))
}

/// Where a mistake stands, such as `pod.gpuCount`. That it is in the body goes without saying.
fn place(value: &Value) -> Option<String> {
    let steps: Vec<String> = match value {
        Value::Array(steps) => steps.iter().filter_map(step).collect(),
        one => vec![step(one)?],
    };
    let steps = steps.strip_prefix(&["body".to_owned()]).unwrap_or(&steps);
    (!steps.is_empty()).then(|| steps.join("."))
}

fn step(value: &Value) -> Option<String> {
    TextOrNumber::from_json(value.clone())
        .map(|TextOrNumber(step)| step)
        .filter(|step| !step.trim().is_empty())
}

fn code(fields: &Map<String, Value>) -> Option<String> {
    CODES.iter().find_map(|name| step(fields.get(*name)?))
}

/// The title of a page of HTML.
fn title(page: &str) -> Option<String> {
    // Made small, other characters may get longer or shorter.
    let small = page.to_ascii_lowercase();
    let tag = small.find("<title")?;
    let start = tag + small[tag..].find('>')? + 1;
    let end = start + small[start..].find("</title")?;
    let title = page[start..end]
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&nbsp;", " ")
        .replace("&amp;", "&");
    Some(title).filter(|title| !title.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::untrusted::json;

    #[track_caller]
    fn check(body: &str, message: impl Into<Option<&'static str>>, code: impl Into<Option<&'static str>>) {
        let value = json::parse(body.as_bytes()).expect("JSON");
        let found = Reason::of_json(&value, &[]);
        let expected = (message.into(), code.into());
        assert_eq!((found.message.as_deref(), found.code.as_deref()), expected, "{body}");
    }

    #[test]
    fn a_reason_is_read_in_every_common_form() {
        check(r#"{"message":"no money"}"#, "no money", None);
        check(r#"{"code":10001,"message":"no money"}"#, "no money", "10001");
        check(r#"{"detail":"no money"}"#, "no money", None);
        check(
            r#"{"detail":[{"loc":["body","pod","gpuCount"],"msg":"too many","type":"value_error","input":"hunter2"},{"msg":"bad"}]}"#,
            "pod.gpuCount: too many; bad",
            None,
        );
        check(r#"{"detail":{"message":"no money","code":"E1"}}"#, "no money", "E1");
        check(r#"{"error":"no money"}"#, "no money", None);
        check(r#"{"error":{"message":"no money","code":"E1"}}"#, "no money", "E1");
        check(r#"{"error":{"code":"E1"}}"#, None, "E1");
        check(
            r#"{"errors":[{"param":"name","details":"too long"},{"param":"image"}]}"#,
            "name: too long; image",
            None,
        );
        check(r#"{"errors":["too long","too wide"]}"#, "too long; too wide", None);
        check(
            r#"{"errors":{"image":"is missing","name":["is long","is bad"]}}"#,
            "image: is missing; name: is long; is bad",
            None,
        );
        check(
            r#"{"message":"Validation failed","errors":{"name":["is long"]}}"#,
            "Validation failed: name: is long",
            None,
        );
        check(
            r#"{"message":["a is bad","b is bad"],"error":"Bad Request","statusCode":400}"#,
            "a is bad; b is bad",
            None,
        );
        check(
            r#"{"message":"no pod","details":{"pod":["is gone"],"scope":"pods"}}"#,
            "no pod: pod: is gone",
            None,
        );
        check(
            r#"{"type":"https://e.example/x","title":"Out of credit","status":402,"detail":"Balance is 3.","instance":"/a"}"#,
            "Out of credit: Balance is 3.",
            None,
        );
        check(r#"{"title":"Out of credit"}"#, "Out of credit", None);
        check(
            r#"{"data":{"error":{"message":"no money","code":7}}}"#,
            "no money",
            None,
        );
        check(r#"{"data":{"detail":"no money"},"message":""}"#, "no money", None);
        check(r#""no money""#, "no money", None);
        check(r#"["no","money"]"#, "no; money", None);
        check(
            r#"{"error":"invalid_grant","error_description":"expired"}"#,
            "invalid_grant",
            None,
        );
    }

    #[test]
    fn what_says_nothing_is_no_reason() {
        for silent in [
            "null",
            "7",
            "true",
            "{}",
            "[]",
            r#"{"message":""}"#,
            r#"{"detail":[]}"#,
            r#"{"detail":[{}]}"#,
            r#"{"errors":{}}"#,
            r#"{"status":404,"path":"/v1/pods/7"}"#,
            r#"{"ok":false}"#,
            r#"{"data":7}"#,
        ] {
            check(silent, None, None);
        }
        let deep = format!("{}\"a\"{}", "[".repeat(100), "]".repeat(100));
        check(&deep, None, None);
    }

    #[test]
    fn what_was_sent_is_not_repeated() {
        for body in [
            r#"{"detail":[{"loc":["body","envVars",0],"msg":"bad","input":{"key":"A","value":"hunter2"},"ctx":{"error":"hunter2"}}]}"#,
            r#"{"detail":{"input":"hunter2","name":["bad"]}}"#,
            r#"{"errors":{"body":{"a":"hunter2"},"value":"hunter2","name":"bad"}}"#,
            r#"{"input":"hunter2","message":"bad"}"#,
        ] {
            let value = json::parse(body.as_bytes()).expect("JSON");
            let message = Reason::of_json(&value, &[]).message.unwrap_or_default();
            assert!(
                message.contains("bad") && !message.contains("hunter2"),
                "{body}: {message}"
            );
        }
    }

    #[test]
    fn a_clouds_own_form_counts_first() {
        let value = json::parse(br#"{"message":"theirs","errors":[{"param":"a","details":"ours"}]}"#).expect("JSON");
        assert_eq!(Reason::of_json(&value, &["errors"]).message.as_deref(), Some("a: ours"));
    }

    #[test]
    fn a_text_is_a_reason_and_a_page_has_a_title() {
        let check = |body: &str, expected: Option<&str>| assert_eq!(Reason::of_text(body).message.as_deref(), expected);
        check(" upstream timed out\n", Some("upstream timed out"));
        check(
            "<html><head><TITLE lang=en>502 Bad &amp; Gateway</TITLE></head><body>hunter2</body>",
            Some("502 Bad & Gateway"),
        );
        check("\u{feff}<!doctype html><title>Sign in</title>", Some("Sign in"));
        for silent in [
            "",
            " ",
            "<html>busy</html>",
            "<title>",
            "<title></title>",
            "{\"input\":\"hunter2",
            "[1",
            "\"x",
        ] {
            check(silent, None);
        }
    }
}

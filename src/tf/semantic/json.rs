//! Canonical JSON for semantic equality. Terraform writes such a text into a configuration that it generates as `jsonencode(...)`, and
//! spells it in its own way.

use serde_json::Value;

use crate::tf::Number;

/// An object or an array in one spelling; `None` for any other text. A text such as `1.0` or `true` is no JSON: it may
/// be a version or a word.
pub(super) fn normal(text: &str) -> Option<String> {
    let text = text.trim();
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let mut value: Value = serde_json::from_str(text).ok()?;
    settle(&mut value);
    Some(value.to_string())
}

/// Numbers in one spelling, and names in order.
fn settle(value: &mut Value) {
    match value {
        Value::Array(elements) => elements.iter_mut().for_each(settle),
        Value::Object(members) => {
            members.values_mut().for_each(settle);
            members.sort_keys();
        }
        Value::Number(number) => {
            if let Some(plain) = Number::parse(number.as_str())
                && let Ok(plain) = serde_json::from_str(&plain.to_string())
            {
                *number = plain;
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(one: &str, other: &str, is_same: bool) {
        assert_eq!(normal(one) == normal(other), is_same, "{one} {other}");
    }

    #[test]
    fn json_is_compared_by_what_it_says() {
        check(
            r#"{"a": 1, "b": [true, null]}"#,
            "{\"b\":[true,null],\n\"a\":1.0}\n",
            true,
        );
        check(r#"{"a": "<"}"#, r#"{"a": "\u003c"}"#, true);
        check("[1e3]", "[1000]", true);
        check("[1, 2]", "[2, 1]", false);
        check(r#"{"a": 1}"#, r#"{"a": "1"}"#, false);
    }

    #[test]
    fn what_only_looks_like_json_is_a_text() {
        for text in ["", "1.0", "true", "\"a\"", "{ echo a; }", "[ -f x ] && y", "echo {}"] {
            assert_eq!(normal(text), None, "{text}");
        }
    }
}

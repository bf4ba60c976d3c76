//! Texts: one harmless line, or verbatim.

use serde_json::{Map, Value};

use super::{FromJson, Tolerant};
use crate::untrusted::text;

/// An enumeration's word in capitals, whichever way it is written.
pub fn word(said: &Tolerant<String>) -> String {
    said.0.as_deref().unwrap_or_default().trim().to_ascii_uppercase()
}

/// For what is only shown: an empty text says nothing.
pub fn filled(said: Tolerant<String>) -> Option<String> {
    said.0.filter(|text| !text.trim().is_empty())
}

/// The text of a text or of a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextOrNumber(pub String);

impl FromJson for TextOrNumber {
    fn from_json(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(Self(harmless(text))),
            Value::Number(number) => Some(Self(harmless(number.as_str().to_owned()))),
            _ => None,
        }
    }
}

/// A cloud's word: one line of at most [`text::LONGEST_LINE`] characters, so that no place which shows or keeps it has to
/// look at it again. One that is like any name stays as it is, to the last character: it is compared with what was
/// configured. What has to stay as it is in any case is [`Verbatim`].
impl FromJson for String {
    fn from_json(value: Value) -> Option<Self> {
        match value {
            Value::String(text) => Some(harmless(text)),
            _ => None,
        }
    }
}

fn harmless(word: String) -> String {
    match text::has_control(&word) || word.len() > text::LONGEST_LINE {
        true if text::has_control(&word) => text::line(&word).into_owned(),
        true => text::shortened(&word, text::LONGEST_LINE).into_owned(),
        false => word,
    }
}

/// A text as it is, whatever is in it: a script, the value of a variable, a line of a log. One that is longer than
/// [`LONGEST_VERBATIM`] is none: cut, it would be another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verbatim(pub String);

/// The value of a variable has 128 KiB at most, by Linux (execve(2)).
const LONGEST_VERBATIM: usize = 1 << 20;

impl FromJson for Verbatim {
    fn from_json(value: Value) -> Option<Self> {
        match value {
            Value::String(text) if text.len() <= LONGEST_VERBATIM => Some(Self(text)),
            _ => None,
        }
    }
}

/// The same of a text or a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerbatimOrNumber(pub String);

impl FromJson for VerbatimOrNumber {
    fn from_json(value: Value) -> Option<Self> {
        match value {
            Value::Number(number) => Some(Self(number.as_str().to_owned())),
            other => Verbatim::from_json(other).map(|Verbatim(text)| Self(text)),
        }
    }
}

/// Names and values that belong to a user, as they are. A name that is none hides them all, as half of them would look
/// like a change.
pub fn pairs<T: FromJson>(object: Map<String, Value>) -> Option<Vec<(String, T)>> {
    let is_name = |name: &String| !text::has_control(name) && name.len() <= text::LONGEST_LINE;
    let pair = |(name, value)| Some((Some(name).filter(is_name)?, T::from_json(value)?));
    object.into_iter().map(pair).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::untrusted::json;

    #[test]
    fn a_word_is_one_line_of_limited_length() {
        let word = |text: &str| String::from_json(Value::from(text)).expect("a text");
        for name in ["trainer", " a  b\t", "👩\u{200d}🚀", &"ä".repeat(1_000)] {
            assert_eq!(word(name), name);
        }
        assert_eq!(
            word("RUN\u{1b}[31mNING\r\nError: forged\u{202e}"),
            "RUNNING Error: forged"
        );
        assert_eq!(word(&"x".repeat(10_000_000)).chars().count(), 1_001);
        let script = "line\r\n\u{1b}[0m";
        assert_eq!(
            Verbatim::from_json(Value::from(script)),
            Some(Verbatim(script.to_owned()))
        );
        assert_eq!(Verbatim::from_json(Value::from("x".repeat(LONGEST_VERBATIM + 1))), None);
        let TextOrNumber(id) = TextOrNumber::from_json(Value::from("a\nb")).expect("a text");
        assert_eq!(id, "a b");
    }

    #[test]
    fn names_that_are_none_hide_all_pairs() {
        let read = |json: &str| match json::parse(json.as_bytes()).expect("JSON") {
            Value::Object(object) => pairs::<String>(object),
            _ => None,
        };
        let private = "$serde_json::private::Number";
        let found = read(&format!(r#"{{"{private}":"1","b":"2"}}"#)).expect("pairs");
        assert_eq!(
            found,
            [(private.to_owned(), "1".to_owned()), ("b".to_owned(), "2".to_owned())]
        );
        assert_eq!(read(r#"{"a\nb":"1"}"#), None);
        assert_eq!(read(r#"{"a":[]}"#), None);
        assert_eq!(read(&format!(r#"{{"{}":"1"}}"#, "x".repeat(1_001))), None);
    }
}

//! Tolerant deserialization (tolerant reader): JSON need not be quite what its documents promise, a field of the wrong type
//! counts as absent.

use std::{
    num::{NonZeroU16, NonZeroU32},
    str::FromStr,
};

use rust_decimal::{Decimal, prelude::ToPrimitive};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};
use serde_json::{Map, Value};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::{PodId, RegistryAuthId, SshKeyId, VolumeId};
use crate::untrusted::{json, text};

/// What a cloud said in one field, or nothing. To be used with `#[serde(default)]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said<T>(pub Option<T>);

impl<T> Default for Said<T> {
    fn default() -> Self {
        Self(None)
    }
}

/// An enumeration's word in capitals, whichever way it is written.
pub fn word(said: &Said<String>) -> String {
    said.0.as_deref().unwrap_or_default().trim().to_ascii_uppercase()
}

/// For what is only shown: an empty text says nothing.
pub fn filled(said: Said<String>) -> Option<String> {
    said.0.filter(|text| !text.trim().is_empty())
}

/// Milliseconds since 1970 of a moment as RFC 3339. One without a zone, as FastAPI writes it of a moment that has none,
/// is taken as UTC (inferred).
pub fn moment(said: &Said<String>) -> Option<i64> {
    moment_in(said.0.as_deref()?)
}

/// The same of a text.
pub fn moment_in(text: &str) -> Option<i64> {
    let text = text.trim();
    let parse = |text: &str| OffsetDateTime::parse(text, &Rfc3339).ok();
    let moment = parse(text).or_else(|| parse(&format!("{text}Z")))?;
    let milliseconds = i64::try_from(moment.unix_timestamp_nanos() / 1_000_000).ok()?;
    // The beginning of a calendar is what some write where there is no moment.
    (milliseconds > 0).then_some(milliseconds)
}

impl<'de, T: FromJson> Deserialize<'de> for Said<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        json::read(deserializer).map(|value| Self(T::from_json(value)))
    }
}

/// A type that can be found in JSON. Numbers keep their text on the way: none passes through a float.
pub trait FromJson: Sized {
    fn from_json(value: Value) -> Option<Self>;
}

/// Takes a field out of an object, without a copy; `None` if it is not there or is something else.
pub fn take<T: FromJson>(object: &mut Map<String, Value>, name: &str) -> Option<T> {
    object.remove(name).and_then(T::from_json)
}

/// The fields of an object; an array is none, though serde would take it for one.
pub fn object<T: DeserializeOwned>(value: Value) -> Option<T> {
    match value {
        Value::Object(_) => serde_json::from_value(value).ok(),
        _ => None,
    }
}

/// A thing with its id, without which it could not be asked about again.
impl<Id: FromJson, Json: DeserializeOwned> FromJson for (Id, Json) {
    fn from_json(value: Value) -> Option<Self> {
        let id = Id::from_json(value.get("id")?.clone())?;
        Some((id, object(value)?))
    }
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

/// A number of things, or an amount, of which there is at least one. 0 is what a cloud writes where nothing was asked for,
/// and what no API takes in 32 bits nobody has asked for either.
impl FromJson for NonZeroU32 {
    fn from_json(value: Value) -> Option<Self> {
        NonZeroU32::new(FromJson::from_json(value)?).filter(|number| i32::try_from(number.get()).is_ok())
    }
}

/// The number of a port.
impl FromJson for NonZeroU16 {
    fn from_json(value: Value) -> Option<Self> {
        NonZeroU16::new(FromJson::from_json(value)?)
    }
}

/// The number, where a cloud said one.
pub fn count(said: &Said<NonZeroU32>) -> Option<u32> {
    said.0.map(NonZeroU32::get)
}

/// Milliseconds since 1970, up to the end of the year 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Milliseconds(pub i64);

impl FromJson for Milliseconds {
    fn from_json(value: Value) -> Option<Self> {
        Some(Self(FromJson::from_json(value)?)).filter(|Self(moment)| (1..253_402_300_800_000).contains(moment))
    }
}

impl FromJson for bool {
    fn from_json(value: Value) -> Option<Self> {
        value.as_bool()
    }
}

impl FromJson for Value {
    fn from_json(value: Value) -> Option<Self> {
        Some(value)
    }
}

impl FromJson for PodId {
    fn from_json(value: Value) -> Option<Self> {
        PodId::new(id(value)?).ok()
    }
}

impl FromJson for VolumeId {
    fn from_json(value: Value) -> Option<Self> {
        VolumeId::new(id(value)?).ok()
    }
}

impl FromJson for RegistryAuthId {
    fn from_json(value: Value) -> Option<Self> {
        RegistryAuthId::new(id(value)?).ok()
    }
}

impl FromJson for SshKeyId {
    fn from_json(value: Value) -> Option<Self> {
        SshKeyId::new(id(value)?).ok()
    }
}

/// A number is an id only if it is written as digits.
fn id(value: Value) -> Option<String> {
    let is_number = value.is_number();
    let TextOrNumber(text) = FromJson::from_json(value)?;
    (!is_number || text.bytes().all(|byte| byte.is_ascii_digit())).then_some(text)
}

impl FromJson for Decimal {
    fn from_json(value: Value) -> Option<Self> {
        let TextOrNumber(text) = FromJson::from_json(value)?;
        let text = text.trim();
        Decimal::from_str(text).or_else(|_| Decimal::from_scientific(text)).ok()
    }
}

/// A number without a fraction, however it is written.
fn whole(value: Value) -> Option<i128> {
    match value.as_i64() {
        Some(number) => Some(number.into()),
        None => {
            let number = Decimal::from_json(value)?;
            number.fract().is_zero().then(|| number.to_i128())?
        }
    }
}

impl FromJson for i64 {
    fn from_json(value: Value) -> Option<Self> {
        whole(value)?.try_into().ok()
    }
}

impl FromJson for u64 {
    fn from_json(value: Value) -> Option<Self> {
        whole(value)?.try_into().ok()
    }
}

impl FromJson for u32 {
    fn from_json(value: Value) -> Option<Self> {
        whole(value)?.try_into().ok()
    }
}

impl FromJson for u16 {
    fn from_json(value: Value) -> Option<Self> {
        whole(value)?.try_into().ok()
    }
}

/// Half a list would look like a change, so that one unreadable entry makes the list unreadable.
impl<T: FromJson> FromJson for Vec<T> {
    fn from_json(value: Value) -> Option<Self> {
        match value {
            Value::Array(entries) => entries.into_iter().map(T::from_json).collect(),
            _ => None,
        }
    }
}

/// The entries of a list that can be read, where each stands for itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Readable<T>(pub Vec<T>);

impl<T: FromJson> FromJson for Readable<T> {
    fn from_json(value: Value) -> Option<Self> {
        match value {
            Value::Array(entries) => Some(Self(entries.into_iter().filter_map(T::from_json).collect())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<T: FromJson>(json: &str) -> Option<T> {
        // Through an object, as in a response: a number must keep its text there as well.
        #[derive(Deserialize)]
        #[serde(bound = "T: FromJson")]
        struct Response<T> {
            #[serde(default)]
            field: Said<T>,
        }
        let json = serde_json::from_str(&format!(r#"{{"field":{json}}}"#)).expect("a test's JSON");
        object::<Response<T>>(json).expect("an object").field.0
    }

    #[test]
    fn moments_are_read() {
        let check = |text: &str, expected: Option<i64>| {
            assert_eq!(moment(&Said(Some(text.to_owned()))), expected, "{text}");
        };
        check("2025-06-01T12:00:00Z", Some(1_748_779_200_000));
        check("2025-06-01T12:00:00.123456Z", Some(1_748_779_200_123));
        check(" 2025-06-01T14:00:00+02:00 ", Some(1_748_779_200_000));
        check("2025-06-01T12:00:00.123456", Some(1_748_779_200_123));
        for odd in ["0001-01-01T00:00:00Z", "1970-01-01T00:00:00Z"] {
            check(odd, None);
        }
        for odd in ["", "yesterday", "2025-06-01", "2025-06-31T12:00:00Z", "1748779200"] {
            check(odd, None);
        }
        assert_eq!(moment(&Said(None)), None);
    }

    #[test]
    fn ids_are_exact() {
        let check = |json, expected: Option<&str>| {
            let found: Option<PodId> = read(json);
            assert_eq!(found.as_ref().map(PodId::as_str), expected, "{json}");
        };
        check("420522713875330018", Some("420522713875330018"));
        check(r#""420522713875330018""#, Some("420522713875330018"));
        check("18446744073709551615", Some("18446744073709551615"));
        check("18446744073709551616", Some("18446744073709551616"));
        check("9007199254740993", Some("9007199254740993"));
        for odd in [
            "1.0",
            "1e18",
            "-5",
            "null",
            "true",
            r#""""#,
            r#"" ""#,
            r#""a/b""#,
            r#""../x""#,
            "[1]",
            "{}",
        ] {
            check(odd, None);
        }
    }

    #[test]
    fn numbers_may_be_texts() {
        let check = |json, expected: Option<i64>| assert_eq!(read::<i64>(json), expected, "{json}");
        check("1700000000000", Some(1_700_000_000_000));
        check(r#"" 1700000000000 ""#, Some(1_700_000_000_000));
        check("1.7e12", Some(1_700_000_000_000));
        check("24.0", Some(24));
        check("-1", Some(-1));
        for odd in [
            "1.5",
            "1e400",
            "null",
            "false",
            r#""""#,
            r#""24 GB""#,
            "[]",
            "9223372036854775808",
        ] {
            check(odd, None);
        }
        check("-0", Some(0));
        check("-9223372036854775808", Some(i64::MIN));
        assert_eq!(read::<u64>("18446744073709551615"), Some(u64::MAX));
        assert_eq!(read::<u64>("18446744073709551616"), None);
        assert_eq!(read::<u32>("-1"), None);
        assert_eq!(read::<u16>("65536"), None);
    }

    #[test]
    fn nothing_is_no_number_of_things() {
        let check = |json, expected: Option<u32>| {
            assert_eq!(count(&Said(read::<NonZeroU32>(json))), expected, "{json}");
        };
        check("1", Some(1));
        check(r#""8""#, Some(8));
        check("2147483647", Some(2_147_483_647));
        for odd in ["0", "-1", "2147483648", "18446744073709551616", "1.5", "null", r#""""#] {
            check(odd, None);
        }
        assert_eq!(read::<NonZeroU16>("0"), None);
        assert_eq!(read::<NonZeroU16>("65536"), None);
        assert_eq!(read::<NonZeroU16>("65535").map(NonZeroU16::get), Some(65535));
        assert_eq!(read("1700000000000"), Some(Milliseconds(1_700_000_000_000)));
        for odd in ["0", "-1", "253402300800000"] {
            assert_eq!(read::<Milliseconds>(odd), None, "{odd}");
        }
    }

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

    #[test]
    fn decimals_are_exact() {
        let check = |json, expected: Option<&str>| {
            assert_eq!(
                read::<Decimal>(json).map(|number| number.to_string()).as_deref(),
                expected,
                "{json}"
            );
        };
        check("0.1", Some("0.1"));
        check(r#""0.65""#, Some("0.65"));
        check("0.30000000000000004", Some("0.30000000000000004"));
        check("6.5e-1", Some("0.65"));
        for odd in ["1e99", r#""free""#, r#""NaN""#, "null", "{}"] {
            check(odd, None);
        }
    }

    #[test]
    fn a_list_is_read_whole_or_not_at_all() {
        assert_eq!(read::<Vec<u32>>("[]"), Some(vec![]));
        assert_eq!(read::<Vec<u32>>(r#"[1,"2"]"#), Some(vec![1, 2]));
        assert_eq!(read::<Vec<u32>>("[1,null]"), None);
        assert_eq!(read::<Vec<u32>>("1"), None);
    }

    #[test]
    fn entries_that_stand_for_themselves_are_read_each() {
        assert_eq!(read::<Readable<u32>>(r#"[1,null,"2",{}]"#), Some(Readable(vec![1, 2])));
        assert_eq!(read::<Readable<u32>>("{}"), None);
    }
}

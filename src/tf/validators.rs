//! Validators of single attributes, with the texts of their diagnostics. They stand on a schema's lines.

use std::time::Duration;

use super::{Diagnostics, Number, Path, Value, enum_names, format_duration, messages, parse_duration};

/// A validator of an attribute's value. It is asked about known values alone: what is not known yet is never wrong.
#[derive(Debug)]
pub struct Validator {
    target: Target,
    summary: &'static str,
    /// What is allowed, as a sentence.
    pub allowed: String,
    /// It holds for what is to be sent, not for what is there: a plan asks it where a value is new or changed.
    pub is_for_changes: bool,
    /// The docs leave it out: it needs no word before somebody breaks it.
    pub is_undocumented: bool,
    check: Box<dyn Check>,
}

#[derive(Debug, Clone, Copy)]
enum Target {
    Value,
    Elements,
    Keys,
}

/// Gives what was found in a value that is not valid: "is 3".
trait Check: Fn(&Value) -> Option<String> + Send + Sync {}

impl<F: Fn(&Value) -> Option<String> + Send + Sync> Check for F {}

impl std::fmt::Debug for dyn Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("check")
    }
}

impl Validator {
    /// A validator of one's own: `check` gives what was found in a value that is not valid, such as "is 3".
    pub fn new(
        summary: &'static str,
        allowed: impl Into<String>,
        check: impl Fn(&Value) -> Option<String> + Send + Sync + 'static,
    ) -> Self {
        Self {
            target: Target::Value,
            summary,
            allowed: allowed.into(),
            is_for_changes: false,
            is_undocumented: false,
            check: Box::new(check),
        }
    }

    /// The same validator, which the docs leave out.
    pub fn undocumented(mut self) -> Self {
        self.is_undocumented = true;
        self
    }

    /// The same validator for values that are to be sent alone. What a service shows of a thing that is there may break it,
    /// and is no mistake of a configuration that repeats it.
    pub fn when_changed(mut self) -> Self {
        self.is_for_changes = true;
        self
    }

    /// The same validator for each element of a list, set or map.
    pub fn for_each(mut self) -> Self {
        self.target = Target::Elements;
        self
    }

    /// The same validator for each key of a map.
    pub fn for_keys(mut self) -> Self {
        self.target = Target::Keys;
        self
    }

    /// Adds an error for each place where a known value is not valid. A secret's value is not repeated.
    pub fn check(&self, value: &Value, path: &Path, is_secret: bool, diagnostics: &mut Diagnostics) {
        match (self.target, value) {
            (Target::Value, value) => self.check_one(value, path, is_secret, diagnostics),
            (Target::Elements, Value::List(elements) | Value::Set(elements)) => {
                for (index, element) in elements.iter().enumerate() {
                    self.check_one(element, &path.index(index), is_secret, diagnostics);
                }
            }
            (Target::Elements, Value::Map(elements)) => {
                for (key, element) in elements {
                    self.check_one(element, &path.key(key.as_ref()), is_secret, diagnostics);
                }
            }
            (Target::Keys, Value::Map(elements)) => {
                for key in elements.keys() {
                    if let Some(found) = (self.check)(&Value::string(key.as_ref())) {
                        let message = messages::invalid_key(self.summary, key, path, &found, &self.allowed);
                        diagnostics.add_error(path.key(key.as_ref()), message);
                    }
                }
            }
            _ => {}
        }
    }

    fn check_one(&self, value: &Value, path: &Path, is_secret: bool, diagnostics: &mut Diagnostics) {
        if value.is_null() || value.is_unknown() {
            return;
        }
        if let Some(found) = (self.check)(value) {
            let found = match is_secret && !is_empty(value) {
                true => "has a value that is not allowed",
                false => &found,
            };
            let message = messages::invalid_value(self.summary, path, found, &self.allowed);
            diagnostics.add_error(path.clone(), message);
        }
    }
}

/// An empty text is no secret.
fn is_empty(value: &Value) -> bool {
    value.as_str().is_some_and(str::is_empty)
}

/// A text of this many characters.
pub fn length(least: usize, most: usize) -> Validator {
    let allowed = match least {
        0 => format!("Use at most {most} characters."),
        least => format!("Use {least} to {most} characters."),
    };
    Validator::new("Text of the wrong length", allowed, move |value| {
        let characters = value.as_str()?.chars().count();
        let found = || match characters {
            0 => "is empty".to_owned(),
            1 => "has 1 character".to_owned(),
            more => format!("has {more} characters"),
        };
        (!(least..=most).contains(&characters)).then(found)
    })
}

/// A text on one line, with no white space around it. What a service makes of such space, it does not say, so that it is
/// never sent.
pub fn no_space_around() -> Validator {
    let allowed = "Remove the white space at its ends and every line break. `chomp(...)` takes the line break off that a \
                   file ends in.";
    Validator::new("White space around the text", allowed, |value| {
        let text = value.as_str()?;
        match text {
            _ if text.contains(['\n', '\r']) => Some(format!("is {text:?}, with a line break in it")),
            _ if text.trim() != text => Some(format!("is {text:?}, with white space at its ends")),
            _ => None,
        }
    })
    .undocumented()
    .when_changed()
}

/// A text that is not empty.
pub fn not_empty(allowed: &'static str) -> Validator {
    Validator::new("Text is empty", allowed, |value| {
        value.as_str()?.is_empty().then(|| "is empty".to_owned())
    })
    .undocumented()
}

/// One of these words.
pub fn one_of(words: &'static [&'static str]) -> Validator {
    Validator::new(
        "Not one of the allowed values",
        format!("Use {}.", enum_names(words)),
        move |value| {
            let text = value.as_str()?;
            (!words.contains(&text)).then(|| format!("is {text:?}"))
        },
    )
}

/// A whole number within bounds.
pub fn whole(least: i64, most: i64) -> Validator {
    let allowed = format!("Use a whole number from {least} to {most}.");
    Validator::new("Number out of range", allowed, move |value| {
        let number = number(value)?;
        let fits = number.as_i64().is_some_and(|whole| (least..=most).contains(&whole));
        (!fits).then(|| format!("is {number}"))
    })
}

/// A whole number from this one on. What an API cannot take in 32 bits is out of range all the same.
pub fn at_least(least: i64) -> Validator {
    const MOST: i64 = i32::MAX as i64;
    Validator::new(
        "Number out of range",
        format!("Use a whole number of at least {least}."),
        move |value| {
            let number = number(value)?;
            match number.as_i64() {
                Some(whole) if (least..=MOST).contains(&whole) => None,
                Some(whole) if whole > MOST => Some(format!("is {whole}, which is more than {MOST}")),
                _ => Some(format!("is {number}")),
            }
        },
    )
}

/// A duration such as `1h30m`, of at least this length.
pub fn duration(least: Duration) -> Validator {
    let allowed = match least {
        Duration::ZERO => "Use a duration such as `300ms`, `30s`, `20m` or `1h30m`.".to_owned(),
        least => format!(
            "Use a duration of at least `{}`, such as `30s` or `1h30m`.",
            format_duration(least)
        ),
    };
    Validator::new("Not a duration that can be used", allowed, move |value| {
        let text = value.as_str()?;
        let fits = parse_duration(text).is_some_and(|duration| duration >= least);
        (!fits).then(|| format!("is {text:?}"))
    })
}

fn number(value: &Value) -> Option<&Number> {
    match value {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(validator: Validator, value: impl Into<Value>, expected: &str) {
        let mut diagnostics = Diagnostics::new();
        validator.check(&value.into(), &Path::from("a"), false, &mut diagnostics);
        let details: Vec<String> = diagnostics.into_iter().map(|diagnostic| diagnostic.detail).collect();
        assert_eq!(details.join("\n"), expected);
    }

    fn map(key: &str, value: &str) -> Value {
        Value::map([(key.to_owned(), value.into())])
    }

    #[test]
    fn each_rule_says_what_was_found_and_what_is_allowed() {
        check(length(1, 3), "abc", "");
        check(length(1, 3), "", "`a` is empty. Use 1 to 3 characters.");
        check(length(1, 3), "äöüß", "`a` has 4 characters. Use 1 to 3 characters.");
        check(one_of(&["x", "y", "z"]), "X", "`a` is \"X\". Use `x`, `y` or `z`.");
        check(no_space_around(), "a b", "");
        for text in [" a", "a\t", "a\u{a0}", "a\n", "a\r\nb", "a\nb"] {
            let mut diagnostics = Diagnostics::new();
            no_space_around().check(&text.into(), &Path::from("a"), false, &mut diagnostics);
            assert!(diagnostics.has_errors(), "{text:?}");
        }
        check(whole(1, 9), 9, "");
        check(whole(1, 9), 10, "`a` is 10. Use a whole number from 1 to 9.");
        check(at_least(1), 1, "");
        check(at_least(1), 0, "`a` is 0. Use a whole number of at least 1.");
        check(
            at_least(1),
            4_294_967_296,
            "`a` is 4294967296, which is more than 2147483647. Use a whole number of at least 1.",
        );
        check(duration(Duration::from_millis(50)), "50ms", "");
        check(
            duration(Duration::from_millis(50)),
            "soon",
            "`a` is \"soon\". Use a duration of at least `50ms`, such as `30s` or `1h30m`.",
        );
    }

    #[test]
    fn a_fraction_is_no_whole_number() {
        let half = Value::Number(Number::parse("1.5").unwrap_or(Number::from(0_i64)));
        check(whole(1, 9), half, "`a` is 1.5. Use a whole number from 1 to 9.");
    }

    #[test]
    fn what_is_not_known_is_not_wrong() {
        check(length(1, 3), Value::Unknown, "");
        check(length(1, 3).for_each(), Value::List(vec![Value::Unknown]), "");
        check(length(1, 3), Value::Null, "");
    }

    #[test]
    fn elements_and_keys_are_checked_at_their_own_paths() {
        check(
            not_empty("Leave it out.").for_each(),
            map("k", ""),
            "`a[\"k\"]` is empty. Leave it out.",
        );
        check(
            not_empty("Name it.").for_keys(),
            map("", "v"),
            "The key \"\" of `a` is empty. Name it.",
        );
    }

    #[test]
    fn a_secret_is_not_repeated() {
        let mut diagnostics = Diagnostics::new();
        one_of(&["x"]).check(&"hunter2".into(), &Path::from("a"), true, &mut diagnostics);
        assert!(diagnostics.has_errors() && !format!("{diagnostics:?}").contains("hunter2"));

        let mut diagnostics = Diagnostics::new();
        not_empty("Give it.").check(&"".into(), &Path::from("a"), true, &mut diagnostics);
        let details: Vec<String> = diagnostics.into_iter().map(|one| one.detail).collect();
        assert_eq!(details, ["`a` is empty. Give it."]);
    }
}

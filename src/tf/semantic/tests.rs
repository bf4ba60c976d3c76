//! Which values are semantically equal, and which are not.

use super::*;
use crate::tf::{List, Map, Model, Number, Secret, Set, computed, optional, optional_computed, required};

crate::model! {
    /// A test.
    struct Item {
        /// Key.
        key: Number = required(),
        /// Mode.
        mode: String = optional_computed().default("rw").ignoring_case(),
        /// Place.
        place: String = optional().normalizer(normalizers::directory),
    }
}

crate::model! {
    /// A test.
    struct Wish {
        /// Zone.
        zone: String = optional(),
        /// Spare.
        spare: bool = optional().implied(false),
        /// Copies.
        copies: Number = optional_computed().default(1),
        /// Inner.
        inner: Item = optional(),
        /// Secret.
        pin_wo: Secret = optional().write_only(),
    }
}

crate::model! {
    /// A test.
    struct Thing {
        /// Text.
        text: String = optional(),
        /// Key.
        key: String = optional().case_matters(),
        /// Code.
        code: String = optional().ignoring_case(),
        /// Name.
        name: String = required().normalizer(normalizers::trimmed),
        /// Zone.
        zone: String = optional_computed(),
        /// State.
        state: String = optional_computed().default("on"),
        /// Labels.
        labels: Map<String> = optional(),
        /// Words.
        words: Set<String> = optional(),
        /// Items.
        items: List<Item> = optional().ignoring_order(),
        /// Ordered.
        ordered: List<Item> = optional(),
        /// Wish.
        wish: Wish = optional(),
        /// Status.
        status: String = computed(),
    }
}

fn object<const N: usize>(attributes: [(&str, Value); N]) -> Value {
    Value::map(attributes.map(|(name, value)| (name.to_owned(), value)))
}

fn wish<const N: usize>(attributes: [(&str, Value); N]) -> Value {
    filled(Wish::null().to_object(), attributes)
}

fn thing<const N: usize>(attributes: [(&str, Value); N]) -> Value {
    filled(Thing::null().to_object(), attributes)
}

fn item(key: i64, mode: Value, place: Value) -> Value {
    filled(
        Item::null().to_object(),
        [("key", key.into()), ("mode", mode), ("place", place)],
    )
}

fn filled<const N: usize>(mut object: Value, attributes: [(&str, Value); N]) -> Value {
    if let Value::Map(all) = &mut object {
        all.extend(attributes.map(|(name, value)| (name.to_owned().into(), value)));
    }
    object
}

#[track_caller]
fn check(name: &str, one: impl Into<Value>, other: impl Into<Value>, expected: bool) {
    check_in(Comparison::Config, name, one.into(), other.into(), expected);
}

#[track_caller]
fn check_told(name: &str, one: impl Into<Value>, other: impl Into<Value>, expected: bool) {
    check_in(Comparison::Remote, name, one.into(), other.into(), expected);
}

#[track_caller]
fn check_in(comparison: Comparison, name: &str, one: Value, other: Value, expected: bool) {
    let schema = Thing::schema(0);
    let attribute = schema.attribute(name).expect("is declared");
    assert_eq!(
        semantic_equal(attribute, &one, &other, comparison),
        expected,
        "{name}: {one:?} {other:?}"
    );
    assert_eq!(
        semantic_equal(attribute, &other, &one, comparison),
        expected,
        "{name}: {other:?} {one:?}"
    );
}

#[test]
fn what_is_empty_is_as_good_as_null() {
    check("text", "", Value::Null, true);
    check("text", "a", Value::Null, false);
    check("labels", object([]), Value::Null, true);
    check("labels", object([("a", Value::Null)]), Value::Null, true);
    check(
        "labels",
        object([("a", "1".into()), ("b", Value::Null)]),
        object([("a", "1".into())]),
        true,
    );
    check("labels", object([("a", "".into())]), object([]), false);
    check("words", Value::set(vec![]), Value::Null, true);
    check("words", Value::set(vec!["a".into()]), Value::Null, false);
    check("items", Value::List(vec![]), Value::Null, true);
    check("wish", wish([]), Value::Null, true);
}

#[test]
fn a_default_is_as_good_as_null_however_deep_it_is() {
    check("state", "on", Value::Null, true);
    check("state", "off", Value::Null, false);
    check(
        "wish",
        wish([("copies", 1_i64.into()), ("spare", false.into()), ("zone", "".into())]),
        Value::Null,
        true,
    );
    check("wish", wish([("copies", 2_i64.into())]), Value::Null, false);
    check("wish", wish([("spare", true.into())]), Value::Null, false);
    check(
        "wish",
        wish([("inner", filled(Item::null().to_object(), [("mode", "RW".into())]))]),
        Value::Null,
        true,
    );
    check("wish", wish([("pin_wo", "1234".into())]), Value::Null, true);
    check(
        "items",
        Value::List(vec![item(1, "rw".into(), Value::Null)]),
        Value::List(vec![item(1, Value::Null, "".into())]),
        true,
    );
    check(
        "items",
        Value::List(vec![item(1, "ro".into(), Value::Null)]),
        Value::List(vec![item(1, Value::Null, Value::Null)]),
        false,
    );
}

#[test]
fn order_means_something_only_where_it_is_said_to() {
    let list = |keys: [i64; 2]| Value::List(keys.map(|key| item(key, Value::Null, "/a/".into())).to_vec());
    check("items", list([1, 2]), list([2, 1]), true);
    check("items", list([1, 2]), list([1, 1]), false);
    check("ordered", list([1, 2]), list([2, 1]), false);
    let words = |words: [&str; 2]| Value::set(words.map(Value::from).to_vec());
    check("words", words(["a", "b"]), words(["b", "a"]), true);
}

#[test]
fn a_text_is_compared_in_its_form() {
    check("text", "a\r\nb\r\n", "a\nb", true);
    check("text", "a\n\n", "a", false);
    check("text", "a ", "a", false);
    check("text", r#"{"a":1}"#, "{ \"a\" : 1 }\n", true);
    check(
        "labels",
        object([("a", "x\r\n".into())]),
        object([("a", "x".into())]),
        true,
    );
    check(
        "labels",
        object([("a", "[1,2]".into())]),
        object([("a", "[1, 2]".into())]),
        true,
    );
    check("name", "a\n\n", "a", true);
    check(
        "items",
        Value::List(vec![item(1, Value::Null, "/a/".into())]),
        Value::List(vec![item(1, Value::Null, "/a".into())]),
        true,
    );
}

#[test]
fn only_an_answer_may_differ_in_case() {
    check("text", "a", "A", false);
    check_told("text", "ä", "Ä", true);
    check("code", "a", "A", true);
    check_told("key", "a", "A", false);
    check_told("labels", object([("a", "X".into())]), object([("a", "x".into())]), true);
    check_told(
        "labels",
        object([("a", "x".into())]),
        object([("A", "x".into())]),
        false,
    );
}

#[test]
fn what_is_not_known_means_nothing_yet() {
    check("text", Value::Unknown, Value::Null, false);
    check("wish", wish([("zone", Value::Unknown)]), Value::Null, false);
}

#[test]
fn a_handler_gets_what_is_said_and_answers_in_the_words_of_the_question() {
    let schema = Thing::schema(0);
    let asked = thing([
        ("name", "n".into()),
        ("text", "a\r\nb".into()),
        ("zone", "".into()),
        ("labels", object([("a", "1".into()), ("b", Value::Null)])),
        ("words", Value::set(vec![])),
        ("items", Value::List(vec![item(1, "rw".into(), "".into())])),
        ("wish", wish([])),
        ("status", "".into()),
    ]);
    let settled = thing([
        ("name", "n".into()),
        ("text", "a\nb".into()),
        ("labels", object([("a", "1".into())])),
        ("items", Value::List(vec![item(1, "rw".into(), Value::Null)])),
        ("status", "".into()),
    ]);
    assert_eq!(schema.normalized_input(&asked).as_ref(), Some(&settled));
    assert_eq!(
        schema.normalized_input(&settled),
        None,
        "there is nothing to settle twice"
    );
    assert_eq!(schema.preserve_equal(&asked, settled), asked);
    assert_eq!(schema.normalized_input(&Value::Null), None);
}

#[test]
fn a_read_keeps_the_words_of_the_state() {
    let schema = Thing::schema(0);
    let state = thing([
        ("name", "Name".into()),
        ("zone", "".into()),
        ("labels", object([("a", "1".into()), ("b", Value::Null)])),
        ("wish", wish([("zone", "East".into())])),
    ]);
    let found = thing([
        ("name", "name".into()),
        ("zone", "west".into()),
        ("labels", object([("a", "1".into())])),
        ("wish", wish([("zone", "east".into()), ("copies", 2_i64.into())])),
        ("status", "up".into()),
        ("state", "on".into()),
    ]);
    let expected = thing([
        ("name", "Name".into()),
        ("zone", "".into()),
        ("labels", object([("a", "1".into()), ("b", Value::Null)])),
        ("wish", wish([("zone", "East".into()), ("copies", 2_i64.into())])),
        ("status", "up".into()),
        ("state", "on".into()),
    ]);
    assert_eq!(schema.preserve_equal_on_read(&state, found), expected);
}

#[test]
fn an_answer_agrees_as_far_as_both_sides_tell() {
    let schema = Thing::schema(0);
    let asked = thing([
        ("name", "Name".into()),
        ("code", "X".into()),
        ("wish", wish([("zone", "east".into())])),
    ]);
    let check = |told: Value, expected: bool| {
        assert_eq!(agrees(&schema.attributes, &asked, &told), expected, "{told:?}");
    };
    check(thing([("name", "name".into()), ("zone", "west".into())]), true);
    check(thing([("name", "other".into())]), false);
    check(thing([("wish", wish([("zone", "WEST".into())]))]), false);
    check(thing([("wish", wish([("copies", 3_i64.into())]))]), true);
}

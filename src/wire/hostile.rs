//! Property tests with generated values and broken bytes: what is written reads the same, and nothing that is sent can do harm.

use fastrand::Rng;

use super::{
    DecodeProblem, decode, decode_state, encode, proto,
    testing::{bytes, type_of},
    type_from_json, type_to_json,
};
use crate::tf::{Number, Object, Type, Value};

const SEED: u64 = 6;

const STRINGS: [&str; 6] = [
    "",
    "a",
    "port",
    "e\u{301}",
    "\u{1f980}",
    "A text of more than the thirty-one bytes of a short one",
];

const NUMBERS: [&str; 8] = [
    "0",
    "-1",
    "80",
    "0.1",
    "-9223372036854775808",
    "18446744073709551615",
    "18446744073709551616",
    "1e400",
];

fn any_type(random: &mut Rng, depth: usize) -> Type {
    match random.usize(..if depth == 0 { 4 } else { 9 }) {
        0 => Type::Bool,
        1 => Type::Number,
        2 => Type::String,
        3 => Type::Dynamic,
        4 => Type::list(any_type(random, depth - 1)),
        5 => Type::set(any_type(random, depth - 1)),
        6 => Type::map(any_type(random, depth - 1)),
        7 => Type::Tuple((0..random.usize(..4)).map(|_| any_type(random, depth - 1)).collect()),
        _ => {
            let attributes = STRINGS.iter().take(random.usize(..5));
            Type::Object(
                attributes
                    .map(|name| ((*name).into(), any_type(random, depth - 1)))
                    .collect(),
            )
        }
    }
}

fn any_value(random: &mut Rng, value_type: &Type) -> Value {
    match random.usize(..8) {
        0 => Value::Null,
        1 => Value::Unknown,
        _ => any_known_value(random, value_type),
    }
}

fn any_known_value(random: &mut Rng, value_type: &Type) -> Value {
    match value_type {
        Type::Bool => Value::Bool(random.bool()),
        Type::Number => any_number(random),
        Type::String => any_string(random).into(),
        Type::Dynamic => {
            let brought = any_type(random, 1);
            let value = any_value(random, &brought);
            Value::Dynamic(Box::new((brought, value)))
        }
        Type::List(element) => Value::List(any_elements(random, element)),
        Type::Set(element) => Value::set(any_elements(random, element)),
        Type::Map(element) => {
            let length = random.usize(..4);
            let elements = (0..length).map(|_| (any_string(random), any_value(random, element)));
            Value::map(elements)
        }
        Type::Object(types) => {
            let attributes = types
                .iter()
                .map(|(name, inner)| (name.clone(), any_value(random, inner)));
            Value::Map(attributes.collect::<Object>())
        }
        Type::Tuple(types) => Value::List(types.iter().map(|inner| any_value(random, inner)).collect()),
    }
}

fn any_elements(random: &mut Rng, element: &Type) -> Vec<Value> {
    let length = random.usize(..20);
    (0..length).map(|_| any_value(random, element)).collect()
}

fn any_string(random: &mut Rng) -> &'static str {
    random.choice(STRINGS).unwrap_or_default()
}

fn any_number(random: &mut Rng) -> Value {
    let machine = Number::from(random.i64(..));
    let listed = random.choice(NUMBERS).and_then(Number::parse);
    Value::Number(if random.bool() {
        machine
    } else {
        listed.unwrap_or(machine)
    })
}

fn msgpack(bytes: Vec<u8>) -> proto::DynamicValue {
    proto::DynamicValue {
        msgpack: bytes.into(),
        ..Default::default()
    }
}

/// A value that has something of everything, its type, and its bytes.
fn big_value() -> (Type, Vec<u8>) {
    let value_type = type_of(
        r#"["object",{"name":"string","count":["list","number"],"tags":["map","string"],"ready":"bool",
            "any":["list","dynamic"],"expose":["set",["object",{"port":"number","pair":["tuple",["bool","string"]]}]]}]"#,
    );
    let random = &mut Rng::with_seed(SEED);
    let attributes = match &value_type {
        Type::Object(types) => types
            .iter()
            .map(|(name, inner)| (name.clone(), any_known_value(random, inner))),
        other => panic!("{other} is no object"),
    };
    let value = Value::Map(attributes.collect());
    let encoded = encode(&value, &value_type).unwrap_or_else(|error| panic!("{error}"));
    (value_type, encoded.msgpack.to_vec())
}

/// Whatever is read can be written, and then reads the same.
#[track_caller]
fn check(value: &Value, value_type: &Type) {
    let written = encode(value, value_type).unwrap_or_else(|error| panic!("{value:?}: {error}"));
    assert_eq!(decode(Some(&written), value_type).as_ref(), Ok(value));
}

#[track_caller]
fn check_broken(value_type: &Type, bytes: Vec<u8>, problem: DecodeProblem) {
    let read = decode(Some(&msgpack(bytes)), value_type);
    assert_eq!(read.map_err(|error| error.problem), Err(problem));
}

#[test]
fn what_is_written_reads_the_same() {
    let random = &mut Rng::with_seed(SEED);
    for _ in 0..2_000 {
        let value_type = any_type(random, 3);
        assert_eq!(type_from_json(&type_to_json(&value_type)).as_ref(), Ok(&value_type));
        check(&any_value(random, &value_type), &value_type);
    }
}

#[test]
fn a_value_that_is_cut_or_continued_is_refused() {
    let (value_type, whole) = big_value();
    assert!(whole.len() > 500, "{} bytes are too few to try", whole.len());
    for length in 1..whole.len() {
        check_broken(&value_type, whole[..length].to_vec(), DecodeProblem::Truncated);
    }
    check_broken(
        &value_type,
        [&whole[..], &[0xc0]].concat(),
        DecodeProblem::TrailingBytes,
    );
}

#[test]
fn mutated_bytes_are_refused_or_mean_something() {
    let (value_type, whole) = big_value();
    let random = &mut Rng::with_seed(SEED);
    let mut accepted = 0;
    for _ in 0..20_000 {
        if let Ok(value) = decode(Some(&msgpack(mutated(random, &whole))), &value_type) {
            accepted += 1;
            check(&value, &value_type);
        }
    }
    assert!((100..19_000).contains(&accepted), "{accepted} were accepted");
}

#[test]
fn mutated_state_does_no_harm() {
    let (value_type, _) = big_value();
    let whole = br#"{"name":"a\u00e9","count":[1,0.1,"1e400"],"tags":{"k":"v"},"ready":"true",
        "any":[{"type":["list","bool"],"value":[true]}],"expose":[{"port":80,"pair":[true,"x"]},{}]}"#;
    let random = &mut Rng::with_seed(SEED);
    for _ in 0..20_000 {
        let raw = proto::RawState {
            json: mutated(random, whole).into(),
            ..Default::default()
        };
        if let Ok(value) = decode_state(Some(&raw), &value_type) {
            check(&value, &value_type);
        }
    }
}

/// The bytes with a few of them changed, left out, doubled or added.
fn mutated(random: &mut Rng, whole: &[u8]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    for _ in 0..random.usize(1..4) {
        let position = random.usize(..bytes.len());
        match random.usize(..6) {
            0 => drop(bytes.remove(position)),
            1 => bytes.insert(position, random.u8(..)),
            2 => bytes.insert(position, bytes[position]),
            _ => bytes[position] = random.u8(..),
        }
    }
    bytes
}

#[test]
fn a_declared_length_is_not_believed() {
    let huge_list = type_of(r#"["list",["list",["list","string"]]]"#);
    for notation in [
        "dd ff ff ff ff",
        "dd ff ff ff ff dd ff ff ff ff dd ff ff ff ff",
        "dd ff ff ff ff c9 ff ff ff ff 0c",
    ] {
        check_broken(&huge_list, bytes(notation), DecodeProblem::Truncated);
    }
    check_broken(&Type::String, bytes("db ff ff ff ff 'x'"), DecodeProblem::Truncated);
    check_broken(&Type::String, bytes("c6 ff ff ff ff 'x'"), DecodeProblem::Truncated);
    check_broken(
        &Type::map(Type::Bool),
        bytes("df ff ff ff ff a1 'x' c3"),
        DecodeProblem::Truncated,
    );
}

#[test]
fn bytes_that_are_neither_msgpack_nor_text_are_refused() {
    check_broken(&Type::String, bytes("c1"), DecodeProblem::NotMsgpack);
    check_broken(&Type::String, bytes("a2 c3 28"), DecodeProblem::NotUtf8);
    check_broken(&Type::Number, bytes("a1 ff"), DecodeProblem::NotUtf8);
    check_broken(&Type::map(Type::Bool), bytes("81 a1 ff c3"), DecodeProblem::NotUtf8);
}

#[test]
fn depth_is_limited() {
    let level = bytes("92 a9 '\"dynamic\"'");
    check_broken(&Type::Dynamic, level.repeat(100_000), DecodeProblem::TooDeep);
    let deep_list = (0..200).fold(Type::Bool, |element, _| Type::list(element));
    check_broken(&deep_list, bytes("91").repeat(200), DecodeProblem::TooDeep);

    let deep_json = "[".repeat(100_000).into_bytes();
    assert!(type_from_json(&deep_json).is_err());
    let value = proto::DynamicValue {
        json: deep_json.into(),
        ..Default::default()
    };
    assert!(decode(Some(&value), &Type::Dynamic).is_err());
}

#[test]
fn the_deepest_value_that_is_read_is_written_too() {
    let deepest = (0..128).fold(Type::Bool, |element, _| Type::list(element));
    let value = (0..128).fold(Value::Bool(true), |inner, _| Value::List(vec![inner]));
    check(&value, &deepest);
}

//! What the targets share: the types that values are read in, the promise that what is read can be written, and a
//! server that answers whatever it is told to.

pub mod server;

use std::sync::LazyLock;

use gpupod::{
    resources::Gpupod,
    tf::{Provider, Type, Value},
    wire::{decode, encode, type_from_json},
};

/// Shapes that no schema of the provider has.
const FURTHER_TYPES: [&str; 4] = [
    r#""dynamic""#,
    r#"["list","dynamic"]"#,
    r#"["tuple",["bool",["set",["map","number"]]]]"#,
    r#"["object",{"a":["set",["object",{"b":"number","c":["tuple",["string","dynamic"]]}]],"d":"bool"}]"#,
];

/// The type of everything that can be stored in a state, then of the data sources, then others.
pub static TYPES: LazyLock<Vec<Type>> = LazyLock::new(|| {
    let resources = Gpupod
        .resources()
        .into_iter()
        .map(|one| one.schema().value_type().clone());
    let data_sources = Gpupod
        .data_sources()
        .into_iter()
        .map(|one| one.schema().value_type().clone());
    let further = FURTHER_TYPES
        .iter()
        .filter_map(|json| type_from_json(json.as_bytes()).ok());
    resources.chain(data_sources).chain(further).collect()
});

/// Takes the first byte off, as a choice.
pub fn choice(data: &[u8]) -> (usize, &[u8]) {
    match data {
        [first, rest @ ..] => (usize::from(*first), rest),
        [] => (0, data),
    }
}

/// The type that the first byte chooses, and the rest.
pub fn typed(data: &[u8]) -> (&'static Type, &[u8]) {
    let (chosen, rest) = choice(data);
    (&TYPES[chosen % TYPES.len()], rest)
}

/// Whatever is read can be written, and then reads the same.
pub fn check_round_trip(value: &Value, value_type: &Type) {
    let written = encode(value, value_type).expect("what was read can be written");
    let read = decode(Some(&written), value_type).expect("what was written can be read");
    assert_eq!(&read, value);
}

//! A value in msgpack, in each of the schemas' types or in one that the input brings.
#![no_main]

use gpupod::{
    tf::Type,
    wire::{decode, proto::DynamicValue, type_from_json, type_to_json},
};
use harness::{check_round_trip, typed};
use libfuzzer_sys::fuzz_target;

/// A first byte with which a type follows in JSON, ended by a line break.
const BRINGS_TYPE: u8 = b'[';

fuzz_target!(|data: &[u8]| {
    if data.first() == Some(&BRINGS_TYPE) {
        let (json, value) = data.split_at(data.iter().position(|byte| *byte == b'\n').unwrap_or(data.len()));
        if let Ok(brought) = type_from_json(json) {
            assert_eq!(type_from_json(&type_to_json(&brought)).as_ref(), Ok(&brought));
            check(value.get(1..).unwrap_or_default(), &brought);
        }
    } else {
        let (value_type, value) = typed(data);
        check(value, value_type);
    }
});

fn check(bytes: &[u8], value_type: &Type) {
    let value = DynamicValue {
        msgpack: bytes.to_vec().into(),
        ..Default::default()
    };
    if let Ok(value) = decode(Some(&value), value_type) {
        check_round_trip(&value, value_type);
    }
}

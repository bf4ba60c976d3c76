//! A value in JSON, as Terraform stores it in states and as it may send it.
#![no_main]

use gpupod::wire::{
    decode, decode_state,
    proto::{DynamicValue, RawState},
};
use harness::{check_round_trip, typed};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let (value_type, json) = typed(data);
    let stored = RawState {
        json: json.to_vec().into(),
        ..Default::default()
    };
    let sent = DynamicValue {
        json: json.to_vec().into(),
        ..Default::default()
    };
    let stored = decode_state(Some(&stored), value_type);
    let sent = decode(Some(&sent), value_type);
    for value in [&stored, &sent].into_iter().flatten() {
        check_round_trip(value, value_type);
    }
    if !json.is_empty()
        && let Ok(sent) = sent
    {
        // What is exactly of its type means the same in a state.
        assert_eq!(stored.as_ref(), Ok(&sent));
    }
});

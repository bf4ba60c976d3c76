//! Terraform's values: decoded from either of its formats, encoded in msgpack.

use super::{
    DecodeError, DecodeProblem, EncodeError,
    json::{self, Fit},
    msgpack_decode, msgpack_encode, proto,
};
use crate::tf::{Path, Type, Value};

/// Reads a value of a type. Without any bytes it is null: so OpenTofu sends a function's null argument.
pub fn decode(value: Option<&proto::DynamicValue>, value_type: &Type) -> Result<Value, DecodeError> {
    match value {
        Some(value) if !value.msgpack.is_empty() => msgpack_decode::decode(&value.msgpack, value_type),
        Some(value) if !value.json.is_empty() => json::decode(&value.json, value_type, Fit::Exact),
        _ => Ok(Value::Null),
    }
}

/// Writes a value as its type says. An attribute that an object lacks is null.
pub fn encode(value: &Value, value_type: &Type) -> Result<proto::DynamicValue, EncodeError> {
    Ok(proto::DynamicValue {
        msgpack: msgpack_encode::encode(value, value_type)?.into(),
        ..Default::default()
    })
}

/// Reads stored state, perhaps of another release: what the type does not know is dropped, what is missing is null.
pub fn decode_state(raw: Option<&proto::RawState>, value_type: &Type) -> Result<Value, DecodeError> {
    match raw {
        Some(raw) if !raw.json.is_empty() => json::decode(&raw.json, value_type, Fit::Stored),
        Some(raw) if !raw.flatmap.is_empty() => Err(DecodeError::new(Path::root(), DecodeProblem::Flatmap)),
        _ => Ok(Value::Null),
    }
}

//! Protobuf, msgpack and JSON to and from the types of `tf`. Holds no rule.
//!
//! Read `value` for how Terraform's values come and go, `msgpack_decode` and `msgpack_encode` for the format that it
//! sends, `json` for the one that it stores, `schema` and `diagnostic` for what is told to it.

#![warn(unreachable_pub)]

pub mod proto;

mod message;

mod value;

mod msgpack_decode;

mod msgpack_reader;

mod msgpack_encode;

mod msgpack_writer;

mod json;

mod type_json;

mod schema;

mod function;

mod diagnostic;

mod error;

mod trail;

#[cfg(test)]
mod testing;

#[cfg(test)]
mod hostile;

pub use diagnostic::{diagnostics_to_proto, path_to_proto};
pub use error::{DecodeError, DecodeProblem, EncodeError, EncodeProblem};
pub use function::function_to_proto;
pub use message::{Message, message_from_bytes, message_to_bytes};
pub use schema::schema_to_proto;
pub use type_json::{type_from_json, type_to_json};
pub use value::{decode, decode_state, encode};

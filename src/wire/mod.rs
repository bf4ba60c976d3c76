//! Protobuf, msgpack and JSON to and from the types of `tf`. Holds no rule.

pub mod proto;

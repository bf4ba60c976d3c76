//! Whole messages to and from their bytes, for those who carry bytes and do not know the message.

use std::error::Error;

use bytes::Bytes;
pub use prost::Message;

/// Shares the bytes instead of copying out of them.
pub fn message_from_bytes<M: Message + Default>(bytes: Bytes) -> Result<M, impl Error> {
    M::decode(bytes)
}

pub fn message_to_bytes(message: &impl Message) -> Bytes {
    message.encode_to_vec().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::proto::DynamicValue;

    #[test]
    fn a_value_stays_where_it_was_received() {
        let sent = DynamicValue {
            msgpack: vec![7; 1000].into(),
            ..DynamicValue::default()
        };
        let received = message_to_bytes(&sent);
        let place = received.as_ptr_range();
        let value = message_from_bytes::<DynamicValue>(received.clone()).unwrap().msgpack;
        assert_eq!(value, sent.msgpack);
        assert!(place.contains(&value.as_ptr()));
    }
}

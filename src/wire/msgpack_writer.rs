//! Msgpack into memory, where writing cannot fail but for a length that msgpack has no room for.

use rmp::encode::{self, ByteBuf};

use super::EncodeProblem;

/// A foreign type of code 0 with one byte: what Terraform takes for unknown.
const UNKNOWN: [u8; 3] = [0xd4, 0x00, 0x00];

#[derive(Debug, Default)]
pub(super) struct Writer(ByteBuf);

impl Writer {
    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_vec()
    }

    pub(super) fn nil(&mut self) {
        let Ok(()) = encode::write_nil(&mut self.0);
    }

    pub(super) fn unknown(&mut self) {
        self.0.as_mut_vec().extend(UNKNOWN);
    }

    pub(super) fn bool(&mut self, truth: bool) {
        let Ok(()) = encode::write_bool(&mut self.0, truth);
    }

    pub(super) fn signed(&mut self, whole: i64) {
        let Ok(_) = encode::write_sint(&mut self.0, whole);
    }

    pub(super) fn unsigned(&mut self, whole: u64) {
        let Ok(_) = encode::write_uint(&mut self.0, whole);
    }

    pub(super) fn text(&mut self, text: &str) -> Result<(), EncodeProblem> {
        let Ok(_) = encode::write_str_len(&mut self.0, to_length(text.len())?);
        self.0.as_mut_vec().extend_from_slice(text.as_bytes());
        Ok(())
    }

    pub(super) fn binary(&mut self, bytes: &[u8]) -> Result<(), EncodeProblem> {
        let Ok(_) = encode::write_bin_len(&mut self.0, to_length(bytes.len())?);
        self.0.as_mut_vec().extend_from_slice(bytes);
        Ok(())
    }

    /// The head of an array; its elements are to follow.
    pub(super) fn array(&mut self, length: usize) -> Result<(), EncodeProblem> {
        let Ok(_) = encode::write_array_len(&mut self.0, to_length(length)?);
        Ok(())
    }

    /// The head of a map; its keys and values are to follow in turn.
    pub(super) fn map(&mut self, length: usize) -> Result<(), EncodeProblem> {
        let Ok(_) = encode::write_map_len(&mut self.0, to_length(length)?);
        Ok(())
    }
}

fn to_length(length: usize) -> Result<u32, EncodeProblem> {
    u32::try_from(length).map_err(|_| EncodeProblem::TooLong)
}

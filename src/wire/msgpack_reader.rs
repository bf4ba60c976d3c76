//! Msgpack as a sequence of tokens. Nothing is allocated on the word of a length.

use rmp::Marker;

use super::DecodeProblem;
use crate::tf::Number;

/// The next thing in the bytes. Of an array or a map it is only the head; the elements follow as tokens.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token<'a> {
    Nil,
    Bool(bool),
    Number(Number),
    /// A string or binary data: Terraform uses both for types.
    Text(&'a [u8]),
    Array(usize),
    Map(usize),
    /// Anything of a foreign type. In Terraform's use of msgpack it means unknown, whatever it holds.
    Extension,
}

impl Token<'_> {
    /// What to call it in a message.
    pub(super) fn kind(&self) -> &'static str {
        match self {
            Token::Nil => "null",
            Token::Bool(_) => "a bool",
            Token::Number(_) => "a number",
            Token::Text(_) => "a string",
            Token::Array(_) => "an array",
            Token::Map(_) => "a map",
            Token::Extension => "unknown",
        }
    }
}

#[derive(Debug)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    pub(super) fn token(&mut self) -> Result<Token<'a>, DecodeProblem> {
        let [marker] = self.array()?;
        match Marker::from_u8(marker) {
            Marker::Null => Ok(Token::Nil),
            Marker::True => Ok(Token::Bool(true)),
            Marker::False => Ok(Token::Bool(false)),
            Marker::Reserved => Err(DecodeProblem::NotMsgpack),
            Marker::FixPos(whole) => Ok(whole_number(whole)),
            Marker::FixNeg(whole) => Ok(whole_number(whole)),
            Marker::U8 => Ok(whole_number(u8::from_be_bytes(self.array()?))),
            Marker::U16 => Ok(whole_number(u16::from_be_bytes(self.array()?))),
            Marker::U32 => Ok(whole_number(u32::from_be_bytes(self.array()?))),
            Marker::U64 => Ok(Token::Number(u64::from_be_bytes(self.array()?).into())),
            Marker::I8 => Ok(whole_number(i8::from_be_bytes(self.array()?))),
            Marker::I16 => Ok(whole_number(i16::from_be_bytes(self.array()?))),
            Marker::I32 => Ok(whole_number(i32::from_be_bytes(self.array()?))),
            Marker::I64 => Ok(whole_number(i64::from_be_bytes(self.array()?))),
            Marker::F32 => float(f32::from_be_bytes(self.array()?).into()),
            Marker::F64 => float(f64::from_be_bytes(self.array()?)),
            Marker::FixStr(length) => self.text(length.into()),
            Marker::Str8 | Marker::Bin8 => self.length_8().and_then(|length| self.text(length)),
            Marker::Str16 | Marker::Bin16 => self.length_16().and_then(|length| self.text(length)),
            Marker::Str32 | Marker::Bin32 => self.length_32().and_then(|length| self.text(length)),
            Marker::FixArray(length) => Ok(Token::Array(length.into())),
            Marker::Array16 => self.length_16().map(Token::Array),
            Marker::Array32 => self.length_32().map(Token::Array),
            Marker::FixMap(length) => Ok(Token::Map(length.into())),
            Marker::Map16 => self.length_16().map(Token::Map),
            Marker::Map32 => self.length_32().map(Token::Map),
            Marker::FixExt1 => self.extension(1),
            Marker::FixExt2 => self.extension(2),
            Marker::FixExt4 => self.extension(4),
            Marker::FixExt8 => self.extension(8),
            Marker::FixExt16 => self.extension(16),
            Marker::Ext8 => self.length_8().and_then(|length| self.extension(length)),
            Marker::Ext16 => self.length_16().and_then(|length| self.extension(length)),
            Marker::Ext32 => self.length_32().and_then(|length| self.extension(length)),
        }
    }

    /// Ends the reading: there must be nothing left.
    pub(super) fn finish(self) -> Result<(), DecodeProblem> {
        match self.rest.is_empty() {
            true => Ok(()),
            false => Err(DecodeProblem::TrailingBytes),
        }
    }

    fn text(&mut self, length: usize) -> Result<Token<'a>, DecodeProblem> {
        self.take(length).map(Token::Text)
    }

    fn extension(&mut self, length: usize) -> Result<Token<'a>, DecodeProblem> {
        let [_code] = self.array()?;
        self.take(length).map(|_| Token::Extension)
    }

    fn length_8(&mut self) -> Result<usize, DecodeProblem> {
        self.array().map(|bytes| u8::from_be_bytes(bytes).into())
    }

    fn length_16(&mut self) -> Result<usize, DecodeProblem> {
        self.array().map(|bytes| u16::from_be_bytes(bytes).into())
    }

    fn length_32(&mut self) -> Result<usize, DecodeProblem> {
        let length = u32::from_be_bytes(self.array()?);
        usize::try_from(length).map_err(|_| DecodeProblem::Truncated)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], DecodeProblem> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(DecodeProblem::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn array<const LENGTH: usize>(&mut self) -> Result<[u8; LENGTH], DecodeProblem> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(DecodeProblem::Truncated)?;
        self.rest = rest;
        Ok(*taken)
    }
}

fn whole_number<'a>(whole: impl Into<i64>) -> Token<'a> {
    Token::Number(Number::from(whole.into()))
}

fn float<'a>(float: f64) -> Result<Token<'a>, DecodeProblem> {
    Number::from_f64(float)
        .map(Token::Number)
        .ok_or(DecodeProblem::NotANumber)
}

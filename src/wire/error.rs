//! Decode and encode errors, with the path of the value. No message shows a value: it may be a secret.

use std::fmt;

use crate::tf::{Path, Type};

/// Bytes that are not a value of the type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    pub path: Path,
    pub problem: DecodeProblem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DecodeProblem {
    /// The bytes end before the value does.
    Truncated,
    /// The value ends before the bytes do.
    TrailingBytes,
    /// A byte that msgpack never uses.
    NotMsgpack,
    NotJson {
        line: usize,
        column: usize,
    },
    NotUtf8,
    NotANumber,
    NotAType,
    TooDeep,
    /// The state format of Terraform before 0.12.
    Flatmap,
    WrongKind {
        expected: Type,
        found: &'static str,
    },
    WrongLength {
        expected: usize,
        found: usize,
    },
    WrongKey {
        found: &'static str,
    },
    NoSuchAttribute,
    MissingAttribute,
    DuplicateKey,
}

/// A value that is not of the type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError {
    pub path: Path,
    pub problem: EncodeProblem,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EncodeProblem {
    WrongKind { expected: Type, found: &'static str },
    WrongLength { expected: usize, found: usize },
    NoSuchAttribute,
    TooLong,
}

impl DecodeError {
    pub(super) fn new(path: Path, problem: DecodeProblem) -> Self {
        Self { path, problem }
    }
}

impl EncodeError {
    pub(super) fn new(path: Path, problem: EncodeProblem) -> Self {
        Self { path, problem }
    }
}

impl std::error::Error for DecodeError {}

impl std::error::Error for EncodeError {}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_at(f, &self.path, &self.problem)
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write_at(f, &self.path, &self.problem)
    }
}

fn write_at(f: &mut fmt::Formatter<'_>, path: &Path, problem: &dyn fmt::Display) -> fmt::Result {
    match path.is_root() {
        true => write!(f, "the value {problem}"),
        false => write!(f, "`{path}` {problem}"),
    }
}

/// What is said of the place.
impl fmt::Display for DecodeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated => f.write_str("ends too early"),
            Self::TrailingBytes => f.write_str("is followed by further bytes"),
            Self::NotMsgpack => f.write_str("is not msgpack"),
            Self::NotJson { line, column } => write!(f, "is not JSON at line {line}, column {column}"),
            Self::NotUtf8 => f.write_str("is not UTF-8"),
            Self::NotANumber => f.write_str("is not a decimal number"),
            Self::NotAType => f.write_str("brings a type that is none of Terraform's"),
            Self::TooDeep => f.write_str("is nested too deeply"),
            Self::Flatmap => f.write_str("is a state of Terraform before 0.12, which this provider never wrote"),
            Self::WrongKind { expected, found } => write!(f, "is {found}, not of type {expected}"),
            Self::WrongLength { expected, found } => write!(f, "has a length of {found}, not {expected}"),
            Self::WrongKey { found } => write!(f, "has {found} as a key"),
            Self::NoSuchAttribute => f.write_str("is no attribute of its type"),
            Self::MissingAttribute => f.write_str("is missing"),
            Self::DuplicateKey => f.write_str("is there twice"),
        }
    }
}

/// What is said of the place.
impl fmt::Display for EncodeProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::WrongKind { expected, found } => write!(f, "is {found}, not of type {expected}"),
            Self::WrongLength { expected, found } => write!(f, "has a length of {found}, not {expected}"),
            Self::NoSuchAttribute => f.write_str("is no attribute of its type"),
            Self::TooLong => f.write_str("is longer than msgpack allows"),
        }
    }
}

//! The path to the value being read or written: a linked list on the stack, allocated only for an error.

use super::{DecodeError, DecodeProblem, EncodeError, EncodeProblem};
use crate::tf::Path;

/// Deeper than any schema, and far from the end of a thread's stack.
const DEEPEST: usize = 128;

#[derive(Debug, Clone, Copy)]
pub(super) struct Trail<'a> {
    parent: Option<&'a Trail<'a>>,
    step: Step<'a>,
    depth: usize,
}

#[derive(Debug, Clone, Copy)]
enum Step<'a> {
    /// From the root, and into a value that brings its type: a level of its own at the same place.
    Stay,
    Attribute(&'a str),
    Key(&'a str),
    Index(usize),
}

impl<'a> Trail<'a> {
    pub(super) fn root() -> Self {
        Self {
            parent: None,
            step: Step::Stay,
            depth: 0,
        }
    }

    pub(super) fn inside(&'a self) -> Self {
        self.to(Step::Stay)
    }

    pub(super) fn attribute(&'a self, name: &'a str) -> Self {
        self.to(Step::Attribute(name))
    }

    pub(super) fn key(&'a self, key: &'a str) -> Self {
        self.to(Step::Key(key))
    }

    pub(super) fn index(&'a self, index: usize) -> Self {
        self.to(Step::Index(index))
    }

    pub(super) fn is_too_deep(&self) -> bool {
        self.depth > DEEPEST
    }

    pub(super) fn decode_error(&self, problem: DecodeProblem) -> DecodeError {
        DecodeError::new(self.to_path(), problem)
    }

    pub(super) fn encode_error(&self, problem: EncodeProblem) -> EncodeError {
        EncodeError::new(self.to_path(), problem)
    }

    fn to(&'a self, step: Step<'a>) -> Self {
        Self {
            parent: Some(self),
            step,
            depth: self.depth + 1,
        }
    }

    fn to_path(self) -> Path {
        let path = self.parent.map(|parent| parent.to_path()).unwrap_or_default();
        match self.step {
            Step::Stay => path,
            Step::Attribute(name) => path.attribute(name.to_owned()),
            Step::Key(key) => path.key(key),
            Step::Index(index) => path.index(index),
        }
    }
}

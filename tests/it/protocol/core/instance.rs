//! What Terraform knows of an instance before and after a call.

use bytes::Bytes;
use gpupod::tf::Value;

use super::Said;

/// What Terraform keeps of an instance.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    pub state: Value,
    pub private: Bytes,
}

/// A plan, and what it was made from.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    pub prior: Instance,
    pub config: Value,
    pub state: Value,
    pub private: Bytes,
    pub replace: Vec<String>,
    pub said: Said,
}

/// What a call made of an instance, and what it said.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    pub instance: Instance,
    pub said: Said,
}

impl Instance {
    /// Nothing yet.
    pub fn none() -> Self {
        Self::of(Value::Null)
    }

    pub fn of(state: Value) -> Self {
        Self {
            state,
            private: Bytes::new(),
        }
    }
}

impl Outcome {
    /// The instance, after a call that had nothing to say.
    #[track_caller]
    pub fn in_silence(self) -> Instance {
        self.said.assert_silence();
        self.instance
    }
}

//! Provider-defined functions: pure, offline, and without the provider's configuration.

use super::{Type, Value};

/// A function that configurations can call.
pub trait Function: Send + Sync + 'static {
    fn signature(&self) -> Signature;

    /// Calls it. There is one argument for each parameter, of its type, known and not null.
    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError>;
}

/// How a function is called, and what users are told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    pub name: &'static str,
    pub summary: &'static str,
    pub doc: &'static str,
    pub parameters: Vec<Parameter>,
    pub result: Type,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    pub name: &'static str,
    pub doc: &'static str,
    pub value_type: Type,
}

/// Why a function has no result.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FunctionError {
    pub text: String,
    /// Which argument is wrong, counted from 0, if it is one.
    pub argument: Option<usize>,
}

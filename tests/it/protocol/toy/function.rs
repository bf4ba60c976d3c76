//! The functions: one that cannot fail, and one that dislikes an argument.

use gpupod::tf::{Function, FunctionError, Parameter, Signature, Type, Value};

pub struct Shout;

pub struct Repeat;

impl Function for Shout {
    fn signature(&self) -> Signature {
        Signature {
            name: "shout",
            summary: "Says it louder",
            doc: "The text in capitals.",
            parameters: vec![parameter("text", Type::String)],
            result: Type::String,
        }
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError> {
        Ok(Value::string(text_of(&arguments[0]).to_uppercase()))
    }
}

impl Function for Repeat {
    fn signature(&self) -> Signature {
        Signature {
            name: "repeat",
            summary: "Says it again",
            doc: "The text so many times.",
            parameters: vec![parameter("text", Type::String), parameter("times", Type::Number)],
            result: Type::String,
        }
    }

    fn call(&self, arguments: &[Value]) -> Result<Value, FunctionError> {
        let times = match &arguments[1] {
            Value::Number(number) => number.as_i64().and_then(|times| usize::try_from(times).ok()),
            _ => None,
        };
        let wrong = || FunctionError {
            text: "`times` is no whole number from 0. Use one.".to_owned(),
            argument: Some(1),
        };
        Ok(Value::string(text_of(&arguments[0]).repeat(times.ok_or_else(wrong)?)))
    }
}

fn parameter(name: &'static str, value_type: Type) -> Parameter {
    Parameter {
        name,
        doc: "An argument.",
        value_type,
    }
}

fn text_of(argument: &Value) -> &str {
    argument.as_str().unwrap_or_default()
}

//! Values into msgpack, guided by their type.

use super::{EncodeError, EncodeProblem, msgpack_writer::Writer, trail::Trail, type_to_json};
use crate::tf::{Number, Object, Type, Types, Value};

pub(super) fn encode(value: &Value, value_type: &Type) -> Result<Vec<u8>, EncodeError> {
    let mut writer = Writer::default();
    write_value(&mut writer, value, value_type, &Trail::root())?;
    Ok(writer.into_bytes())
}

fn write_value(writer: &mut Writer, value: &Value, value_type: &Type, trail: &Trail<'_>) -> Result<(), EncodeError> {
    match (value, value_type) {
        (Value::Null, _) => writer.nil(),
        (Value::Unknown, _) => writer.unknown(),
        (Value::Bool(truth), Type::Bool) => writer.bool(*truth),
        (Value::Number(number), Type::Number) => return write_number(writer, number, trail),
        (Value::String(text), Type::String) => return write_text(writer, text, trail),
        (Value::List(elements), Type::List(element)) | (Value::Set(elements), Type::Set(element)) => {
            return write_elements(writer, elements, element, trail);
        }
        (Value::List(elements), Type::Tuple(types)) => return write_tuple(writer, elements, types, trail),
        (Value::Map(elements), Type::Map(element)) => return write_map(writer, elements, element, trail),
        (Value::Map(attributes), Type::Object(types)) => return write_object(writer, attributes, types, trail),
        (Value::Dynamic(typed), Type::Dynamic) => return write_dynamic(writer, &typed.0, &typed.1, trail),
        (value, expected) => {
            return Err(trail.encode_error(EncodeProblem::WrongKind {
                expected: expected.clone(),
                found: kind(value),
            }));
        }
    }
    Ok(())
}

/// As text, whatever is no machine integer: a float would lose digits.
fn write_number(writer: &mut Writer, number: &Number, trail: &Trail<'_>) -> Result<(), EncodeError> {
    match (number.as_i64(), number.as_u64()) {
        (Some(whole), _) => writer.signed(whole),
        (None, Some(whole)) => writer.unsigned(whole),
        (None, None) => return write_text(writer, &number.to_string(), trail),
    }
    Ok(())
}

fn write_text(writer: &mut Writer, text: &str, trail: &Trail<'_>) -> Result<(), EncodeError> {
    writer.text(text).map_err(|problem| trail.encode_error(problem))
}

fn write_elements(
    writer: &mut Writer,
    elements: &[Value],
    element: &Type,
    trail: &Trail<'_>,
) -> Result<(), EncodeError> {
    write_array_head(writer, elements.len(), trail)?;
    for (index, value) in elements.iter().enumerate() {
        write_value(writer, value, element, &trail.index(index))?;
    }
    Ok(())
}

fn write_tuple(writer: &mut Writer, elements: &[Value], types: &[Type], trail: &Trail<'_>) -> Result<(), EncodeError> {
    if elements.len() != types.len() {
        return Err(trail.encode_error(EncodeProblem::WrongLength {
            expected: types.len(),
            found: elements.len(),
        }));
    }
    write_array_head(writer, elements.len(), trail)?;
    for (index, (value, element)) in elements.iter().zip(types).enumerate() {
        write_value(writer, value, element, &trail.index(index))?;
    }
    Ok(())
}

fn write_map(writer: &mut Writer, elements: &Object, element: &Type, trail: &Trail<'_>) -> Result<(), EncodeError> {
    write_map_head(writer, elements.len(), trail)?;
    for (key, value) in elements {
        let trail = trail.key(key);
        write_text(writer, key, &trail)?;
        write_value(writer, value, element, &trail)?;
    }
    Ok(())
}

/// Terraform wants every attribute of the type and no other.
fn write_object(writer: &mut Writer, attributes: &Object, types: &Types, trail: &Trail<'_>) -> Result<(), EncodeError> {
    write_map_head(writer, types.len(), trail)?;
    // Both are in the order of their names, so that what the type does not know is left over at the end.
    let mut attributes = attributes.iter().peekable();
    for (name, value_type) in types {
        let trail = trail.attribute(name);
        write_text(writer, name, &trail)?;
        let found = attributes.next_if(|(found, _)| *found == name);
        write_value(
            writer,
            found.map_or(&Value::Null, |(_, value)| value),
            value_type,
            &trail,
        )?;
    }
    match attributes.find(|(name, _)| !types.contains_key(name)) {
        Some((foreign, _)) => Err(trail.attribute(foreign).encode_error(EncodeProblem::NoSuchAttribute)),
        None => Ok(()),
    }
}

/// A pair: the type in JSON, and the value.
fn write_dynamic(writer: &mut Writer, brought: &Type, value: &Value, trail: &Trail<'_>) -> Result<(), EncodeError> {
    write_array_head(writer, 2, trail)?;
    writer
        .binary(&type_to_json(brought))
        .map_err(|problem| trail.encode_error(problem))?;
    write_value(writer, value, brought, &trail.inside())
}

fn write_array_head(writer: &mut Writer, length: usize, trail: &Trail<'_>) -> Result<(), EncodeError> {
    writer.array(length).map_err(|problem| trail.encode_error(problem))
}

fn write_map_head(writer: &mut Writer, length: usize, trail: &Trail<'_>) -> Result<(), EncodeError> {
    writer.map(length).map_err(|problem| trail.encode_error(problem))
}

/// What to call it in a message.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Unknown => "unknown",
        Value::Bool(_) => "a bool",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::List(_) => "a list",
        Value::Set(_) => "a set",
        Value::Map(_) => "a map or object",
        Value::Dynamic(_) => "a value with a type of its own",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::testing::*;

    const OBJECT: &str = r#"["object",{"a":"string","b":"number"}]"#;

    #[track_caller]
    fn check(value_type: &str, value: Value, message: &str) {
        let written = encode(&value, &type_of(value_type));
        assert_eq!(written.map_err(|error| error.to_string()), Err(message.to_owned()));
    }

    #[test]
    fn what_does_not_fit_its_type_is_not_written() {
        check(
            r#""number""#,
            "hunter2".into(),
            "the value is a string, not of type number",
        );
        check(
            r#"["set","string"]"#,
            list([]),
            "the value is a list, not of type set(string)",
        );
        check(
            r#"["tuple",["string"]]"#,
            list([]),
            "the value has a length of 0, not 1",
        );
        check(
            r#"["list","bool"]"#,
            list([true.into(), 1.into()]),
            "`[1]` is a number, not of type bool",
        );
        check(OBJECT, map([("c", Value::Null)]), "`c` is no attribute of its type");
        check(OBJECT, map([("a", true.into())]), "`a` is a bool, not of type string");
        check(r#""dynamic""#, true.into(), "the value is a bool, not of type any");
    }

    #[test]
    fn an_attribute_that_an_object_lacks_is_written_as_null() {
        let written = encode(&map([("b", 1.into())]), &type_of(OBJECT));
        assert_eq!(written, Ok(bytes("82 a1 'a' c0 a1 'b' 01")));
    }
}

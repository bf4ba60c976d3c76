//! Values out of msgpack, guided by their type.

use super::{
    DecodeError, DecodeProblem,
    msgpack_reader::{Reader, Token},
    trail::Trail,
    type_from_json,
};
use crate::tf::{Name, Number, Object, Type, Types, Value};

pub(super) fn decode(bytes: &[u8], value_type: &Type) -> Result<Value, DecodeError> {
    let root = Trail::root();
    let mut reader = Reader::new(bytes);
    let value = read_value(&mut reader, value_type, &root)?;
    reader.finish().map_err(|problem| root.decode_error(problem))?;
    Ok(value)
}

fn read_value(reader: &mut Reader<'_>, value_type: &Type, trail: &Trail<'_>) -> Result<Value, DecodeError> {
    if trail.is_too_deep() {
        return Err(trail.decode_error(DecodeProblem::TooDeep));
    }
    match (read_token(reader, trail)?, value_type) {
        (Token::Nil, _) => Ok(Value::Null),
        (Token::Extension, _) => Ok(Value::Unknown),
        (Token::Bool(truth), Type::Bool) => Ok(Value::Bool(truth)),
        (Token::Number(number), Type::Number) => Ok(Value::Number(number)),
        (Token::Text(bytes), Type::Number) => to_number(bytes, trail),
        (Token::Text(bytes), Type::String) => to_text(bytes, trail).map(Value::string),
        (Token::Array(length), Type::List(element)) => read_elements(reader, length, element, trail).map(Value::List),
        (Token::Array(length), Type::Set(element)) => read_elements(reader, length, element, trail).map(Value::set),
        (Token::Array(length), Type::Tuple(types)) => read_tuple(reader, length, types, trail),
        (Token::Array(length), Type::Dynamic) => read_dynamic(reader, length, trail),
        (Token::Map(length), Type::Map(element)) => read_map(reader, length, element, trail),
        (Token::Map(length), Type::Object(types)) => read_object(reader, length, types, trail),
        (token, expected) => Err(trail.decode_error(DecodeProblem::WrongKind {
            expected: expected.clone(),
            found: token.kind(),
        })),
    }
}

fn read_elements(
    reader: &mut Reader<'_>,
    length: usize,
    element: &Type,
    trail: &Trail<'_>,
) -> Result<Vec<Value>, DecodeError> {
    (0..length)
        .map(|index| read_value(reader, element, &trail.index(index)))
        .collect::<Result<_, _>>()
}

fn read_tuple(reader: &mut Reader<'_>, length: usize, types: &[Type], trail: &Trail<'_>) -> Result<Value, DecodeError> {
    check_length(types.len(), length, trail)?;
    let elements = types
        .iter()
        .enumerate()
        .map(|(index, element)| read_value(reader, element, &trail.index(index)));
    elements.collect::<Result<_, _>>().map(Value::List)
}

/// A pair: the type in JSON, and the value.
fn read_dynamic(reader: &mut Reader<'_>, length: usize, trail: &Trail<'_>) -> Result<Value, DecodeError> {
    check_length(2, length, trail)?;
    let Token::Text(json) = read_token(reader, trail)? else {
        return Err(trail.decode_error(DecodeProblem::NotAType));
    };
    let brought = type_from_json(json).map_err(|error| trail.decode_error(error.problem))?;
    let value = read_value(reader, &brought, &trail.inside())?;
    Ok(Value::Dynamic(Box::new((brought, value))))
}

fn read_map(reader: &mut Reader<'_>, length: usize, element: &Type, trail: &Trail<'_>) -> Result<Value, DecodeError> {
    let mut elements = Object::new();
    for _ in 0..length {
        let key = to_text(read_key(reader, trail)?, trail)?;
        let trail = trail.key(key);
        let value = read_value(reader, element, &trail)?;
        insert_once(&mut elements, key, value, &trail)?;
    }
    Ok(Value::Map(elements))
}

fn read_object(reader: &mut Reader<'_>, length: usize, types: &Types, trail: &Trail<'_>) -> Result<Value, DecodeError> {
    let mut attributes = Vec::with_capacity(length.min(types.len()));
    let mut in_order = types.iter();
    for _ in 0..length {
        let key = read_key(reader, trail)?;
        // Terraform sends them in the order of their names, but does not promise it.
        let (name, value_type) = match in_order.next() {
            Some((next, value_type)) if next.as_bytes() == key => (next, value_type),
            _ => of_name(types, to_text(key, trail)?, trail)?,
        };
        let value = read_value(reader, value_type, &trail.attribute(name))?;
        attributes.push((name.clone(), value));
    }
    if !attributes.is_sorted_by(|(one, _), (next, _)| one < next) {
        attributes.sort_by(|(one, _), (other, _)| one.cmp(other));
        let again = attributes.windows(2).find(|pair| pair[0].0 == pair[1].0);
        if let Some([(again, _), _]) = again {
            return Err(trail.attribute(again).decode_error(DecodeProblem::DuplicateKey));
        }
    }
    let attributes = Object::from_sorted(attributes);
    match types
        .keys()
        .find(|name| attributes.len() < types.len() && !attributes.contains_key(name))
    {
        Some(missing) => Err(trail.attribute(missing).decode_error(DecodeProblem::MissingAttribute)),
        None => Ok(Value::Map(attributes)),
    }
}

fn of_name<'a>(types: &'a Types, name: &str, trail: &Trail<'_>) -> Result<(&'a Name, &'a Type), DecodeError> {
    let found = types.find_index(name).and_then(|place| types.get_indexed(place));
    found.ok_or_else(|| trail.attribute(name).decode_error(DecodeProblem::NoSuchAttribute))
}

fn read_key<'a>(reader: &mut Reader<'a>, trail: &Trail<'_>) -> Result<&'a [u8], DecodeError> {
    match read_token(reader, trail)? {
        Token::Text(bytes) => Ok(bytes),
        token => Err(trail.decode_error(DecodeProblem::WrongKey { found: token.kind() })),
    }
}

fn read_token<'a>(reader: &mut Reader<'a>, trail: &Trail<'_>) -> Result<Token<'a>, DecodeError> {
    reader.token().map_err(|problem| trail.decode_error(problem))
}

fn insert_once(object: &mut Object, key: &str, value: Value, trail: &Trail<'_>) -> Result<(), DecodeError> {
    match object.insert(key.to_owned().into(), value) {
        Some(_) => Err(trail.decode_error(DecodeProblem::DuplicateKey)),
        None => Ok(()),
    }
}

fn check_length(expected: usize, found: usize, trail: &Trail<'_>) -> Result<(), DecodeError> {
    match expected == found {
        true => Ok(()),
        false => Err(trail.decode_error(DecodeProblem::WrongLength { expected, found })),
    }
}

fn to_text<'a>(bytes: &'a [u8], trail: &Trail<'_>) -> Result<&'a str, DecodeError> {
    std::str::from_utf8(bytes).map_err(|_| trail.decode_error(DecodeProblem::NotUtf8))
}

/// A number that no machine type can hold comes as its decimal text.
fn to_number(bytes: &[u8], trail: &Trail<'_>) -> Result<Value, DecodeError> {
    Number::parse(to_text(bytes, trail)?)
        .map(Value::Number)
        .ok_or_else(|| trail.decode_error(DecodeProblem::NotANumber))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::testing::*;

    const OBJECT: &str = r#"["object",{"a":"string","b":"number"}]"#;

    #[track_caller]
    fn check(value_type: &str, notation: &str, message: &str) {
        let read = decode(&bytes(notation), &type_of(value_type));
        assert_eq!(read.map_err(|error| error.to_string()), Err(message.to_owned()));
    }

    #[test]
    fn what_does_not_fit_its_type_is_refused() {
        check(r#""number""#, "a7 'hunter2'", "the value is not a decimal number");
        check(
            r#""number""#,
            "cb 7f f0 00 00 00 00 00 00",
            "the value is not a decimal number",
        );
        check(r#""bool""#, "a4 'true'", "the value is a string, not of type bool");
        check(
            r#"["list","string"]"#,
            "92 a0 01",
            "`[1]` is a number, not of type string",
        );
        check(
            r#"["map","string"]"#,
            "81 a1 'k' c3",
            "`[\"k\"]` is a bool, not of type string",
        );
        check(r#"["map","string"]"#, "81 01 a0", "the value has a number as a key");
        check(
            r#"["map","string"]"#,
            "82 a1 'k' a0 a1 'k' a0",
            "`[\"k\"]` is there twice",
        );
        check(
            r#"["tuple",["string"]]"#,
            "92 a0 a0",
            "the value has a length of 2, not 1",
        );
        check(OBJECT, "90", "the value is an array, not of type object");
        check(OBJECT, "81 a1 'a' a0", "`b` is missing");
        check(OBJECT, "81 a1 'c' a0", "`c` is no attribute of its type");
        check(OBJECT, "82 a1 'a' a0 a1 'a' a0", "`a` is there twice");
        check(r#""dynamic""#, "91 c0", "the value has a length of 1, not 2");
        check(
            r#""dynamic""#,
            "92 c0 c0",
            "the value brings a type that is none of Terraform's",
        );
        check(
            r#""dynamic""#,
            "92 a3 '\"x\"' c0",
            "the value brings a type that is none of Terraform's",
        );
        check(
            r#""dynamic""#,
            "92 a1 'x' c0",
            "the value is not JSON at line 1, column 1",
        );
    }
}

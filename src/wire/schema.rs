//! Schemas, sorted by name so that they do not change when a declaration is moved.

use super::{
    proto::{
        self, StringKind,
        schema::{self, object},
    },
    type_to_json,
};
use crate::tf::{Attribute, Doc, Nesting, Schema, Shape};

pub fn schema_to_proto(schema: &Schema) -> proto::Schema {
    proto::Schema {
        version: schema.version,
        block: Some(body_to_proto(schema.doc, &schema.attributes)),
    }
}

fn body_to_proto(doc: Doc, attributes: &[Attribute]) -> schema::Block {
    schema::Block {
        attributes: attributes_to_proto(attributes),
        description: doc.text(),
        description_kind: StringKind::Markdown.into(),
        ..Default::default()
    }
}

fn attributes_to_proto(attributes: &[Attribute]) -> Vec<schema::Attribute> {
    let mut attributes: Vec<_> = attributes.iter().map(attribute_to_proto).collect();
    attributes.sort_by(|a, b| a.name.cmp(&b.name));
    attributes
}

fn attribute_to_proto(attribute: &Attribute) -> schema::Attribute {
    let spec = &attribute.spec;
    let (plain, nested) = shape_to_proto(&attribute.shape);
    schema::Attribute {
        name: attribute.name.to_owned(),
        r#type: plain.into(),
        nested_type: nested,
        description: attribute.description(),
        description_kind: StringKind::Markdown.into(),
        required: spec.mode.is_required(),
        optional: spec.mode.is_optional(),
        computed: spec.mode.is_computed(),
        sensitive: spec.sensitive,
        write_only: spec.write_only,
        ..Default::default()
    }
}

/// A type or a nested type, never both.
fn shape_to_proto(shape: &Shape) -> (Vec<u8>, Option<schema::Object>) {
    match shape {
        Shape::Plain(plain) => (type_to_json(plain), None),
        Shape::Nested(nesting, attributes) => {
            let object = schema::Object {
                attributes: attributes_to_proto(attributes),
                nesting: nesting_to_proto(*nesting).into(),
                ..Default::default()
            };
            (Vec::new(), Some(object))
        }
    }
}

fn nesting_to_proto(nesting: Nesting) -> object::NestingMode {
    match nesting {
        Nesting::Single => object::NestingMode::Single,
        Nesting::List => object::NestingMode::List,
        Nesting::Set => object::NestingMode::Set,
        Nesting::Map => object::NestingMode::Map,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tf::{AttributeSpec, Type, computed, optional, optional_computed, required};

    fn attribute(name: &'static str, shape: Shape, spec: AttributeSpec) -> Attribute {
        Attribute {
            name,
            place: 0,
            shape,
            doc: Doc(" Some *text*.\n"),
            spec,
        }
    }

    fn plain(name: &'static str, spec: AttributeSpec) -> Attribute {
        attribute(name, Shape::Plain(Type::String), spec)
    }

    fn expected(name: &str) -> schema::Attribute {
        schema::Attribute {
            name: name.to_owned(),
            r#type: br#""string""#.as_slice().into(),
            description: "Some *text*.".to_owned(),
            description_kind: StringKind::Markdown.into(),
            ..Default::default()
        }
    }

    #[track_caller]
    fn check(attribute: Attribute, expected: schema::Attribute) {
        assert_eq!(attribute_to_proto(&attribute), expected);
    }

    #[test]
    fn every_fact_of_an_attribute_is_told() {
        let told = |change: fn(&mut schema::Attribute)| {
            let mut attribute = expected("a");
            change(&mut attribute);
            attribute
        };
        check(plain("a", required()), told(|a| a.required = true));
        check(plain("a", optional()), told(|a| a.optional = true));
        check(plain("a", computed()), told(|a| a.computed = true));
        check(
            plain("a", optional_computed()),
            told(|a| (a.optional, a.computed) = (true, true)),
        );
        check(
            plain("a", optional().sensitive()),
            told(|a| (a.optional, a.sensitive) = (true, true)),
        );
        check(
            plain("a", optional().write_only()),
            told(|a| (a.optional, a.write_only) = (true, true)),
        );
    }

    #[test]
    fn a_nested_attribute_has_no_type_but_attributes() {
        for (nesting, expected_nesting) in [
            (Nesting::Single, object::NestingMode::Single),
            (Nesting::List, object::NestingMode::List),
            (Nesting::Set, object::NestingMode::Set),
            (Nesting::Map, object::NestingMode::Map),
        ] {
            let inner = vec![plain("z", computed()), plain("b", computed())];
            let nested = attribute("a", Shape::Nested(nesting, inner), required());
            let told = attribute_to_proto(&nested);
            assert!(told.r#type.is_empty());
            let object = told.nested_type.unwrap_or_default();
            assert_eq!(object.nesting(), expected_nesting);
            let names: Vec<_> = object.attributes.iter().map(|inner| inner.name.as_str()).collect();
            assert_eq!(names, ["b", "z"]);
        }
    }

    #[test]
    fn a_schema_is_told_whole_and_sorted() {
        let model = Schema::new(
            7,
            Doc(" A *pod*.\n"),
            vec![plain("b", required()), plain("a", required())],
        );

        let attribute = |name| schema::Attribute {
            required: true,
            ..expected(name)
        };
        let block = schema::Block {
            attributes: vec![attribute("a"), attribute("b")],
            description: "A *pod*.".to_owned(),
            description_kind: StringKind::Markdown.into(),
            ..Default::default()
        };
        let expected = proto::Schema {
            version: 7,
            block: Some(block),
        };
        assert_eq!(schema_to_proto(&model), expected);
    }
}

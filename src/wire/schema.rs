//! Schemas, sorted by name so that they do not change when a declaration is moved.

use super::{
    proto::{
        self, StringKind,
        schema::{self, nested_block, object},
    },
    type_to_json,
};
use crate::tf::{Attribute, Block, BlockNesting, Doc, Nesting, Schema, Shape};

pub fn schema_to_proto(schema: &Schema) -> proto::Schema {
    proto::Schema {
        version: schema.version,
        block: Some(body_to_proto(schema.doc, &schema.attributes, &schema.blocks)),
    }
}

fn body_to_proto(doc: Doc, attributes: &[Attribute], blocks: &[Block]) -> schema::Block {
    schema::Block {
        attributes: attributes_to_proto(attributes),
        block_types: blocks_to_proto(blocks),
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
        deprecated: spec.deprecation.is_some(),
        deprecation_message: spec.deprecation.unwrap_or_default().to_owned(),
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

fn blocks_to_proto(blocks: &[Block]) -> Vec<schema::NestedBlock> {
    let mut blocks: Vec<_> = blocks.iter().map(block_to_proto).collect();
    blocks.sort_by(|a, b| a.type_name.cmp(&b.type_name));
    blocks
}

fn block_to_proto(block: &Block) -> schema::NestedBlock {
    schema::NestedBlock {
        type_name: block.name.to_owned(),
        block: Some(body_to_proto(block.doc, &block.attributes, &block.blocks)),
        nesting: block_nesting_to_proto(block.nesting).into(),
        min_items: block.min_items,
        max_items: block.max_items,
    }
}

fn block_nesting_to_proto(nesting: BlockNesting) -> nested_block::NestingMode {
    match nesting {
        BlockNesting::Single => nested_block::NestingMode::Single,
        BlockNesting::List => nested_block::NestingMode::List,
        BlockNesting::Set => nested_block::NestingMode::Set,
        BlockNesting::Map => nested_block::NestingMode::Map,
        BlockNesting::Group => nested_block::NestingMode::Group,
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
        let mut deprecated = required();
        deprecated.deprecation = Some("Use `b`.");
        check(
            plain("a", deprecated),
            told(|a| {
                (a.required, a.deprecated) = (true, true);
                a.deprecation_message = "Use `b`.".to_owned();
            }),
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

    fn block(name: &'static str, nesting: BlockNesting) -> Block {
        Block {
            name,
            nesting,
            min_items: 1,
            max_items: 3,
            doc: Doc(" Some *text*.\n"),
            attributes: vec![plain("inner", required())],
            blocks: vec![],
        }
    }

    #[test]
    fn each_nesting_of_a_block_has_its_mode() {
        for (nesting, expected) in [
            (BlockNesting::Single, nested_block::NestingMode::Single),
            (BlockNesting::List, nested_block::NestingMode::List),
            (BlockNesting::Set, nested_block::NestingMode::Set),
            (BlockNesting::Map, nested_block::NestingMode::Map),
            (BlockNesting::Group, nested_block::NestingMode::Group),
        ] {
            assert_eq!(block_to_proto(&block("a", nesting)).nesting(), expected);
        }
    }

    #[test]
    fn a_schema_is_told_whole_and_sorted() {
        let model = Schema::new(
            7,
            Doc(" A *pod*.\n"),
            vec![plain("b", required()), plain("a", required())],
        )
        .with_blocks(vec![block("y", BlockNesting::List), block("x", BlockNesting::List)]);

        let attribute = |name| schema::Attribute {
            required: true,
            ..expected(name)
        };
        let body = |text: &str, attributes, block_types| schema::Block {
            attributes,
            block_types,
            description: text.to_owned(),
            description_kind: StringKind::Markdown.into(),
            ..Default::default()
        };
        let nested = |name: &str| schema::NestedBlock {
            type_name: name.to_owned(),
            block: Some(body("Some *text*.", vec![attribute("inner")], vec![])),
            nesting: nested_block::NestingMode::List.into(),
            min_items: 1,
            max_items: 3,
        };
        let expected = proto::Schema {
            version: 7,
            block: Some(body(
                "A *pod*.",
                vec![attribute("a"), attribute("b")],
                vec![nested("x"), nested("y")],
            )),
        };
        assert_eq!(schema_to_proto(&model), expected);
    }
}

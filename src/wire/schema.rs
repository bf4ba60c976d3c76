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
    let facts = &attribute.facts;
    let (plain, nested) = shape_to_proto(&attribute.shape);
    schema::Attribute {
        name: attribute.name.to_owned(),
        r#type: plain.into(),
        nested_type: nested,
        description: attribute.doc.text(),
        description_kind: StringKind::Markdown.into(),
        required: facts.mode.is_required(),
        optional: facts.mode.is_optional(),
        computed: facts.mode.is_computed(),
        sensitive: facts.sensitive,
        write_only: facts.write_only,
        deprecated: facts.deprecation.is_some(),
        deprecation_message: facts.deprecation.unwrap_or_default().to_owned(),
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

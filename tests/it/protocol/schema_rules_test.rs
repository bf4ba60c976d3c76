//! The rules for schemas find each mistake that they are there to find.

use gpupod::wire::proto::{
    Schema,
    get_provider_schema::Response,
    schema::{Attribute, Block, NestedBlock, Object, nested_block, object},
};

use super::schema_rules::violations_of;

#[track_caller]
fn check(block: Block, expected: &[&str]) {
    let schema = |block| Schema {
        version: 0,
        block: Some(block),
    };
    let response = Response {
        provider: Some(schema(Block::default())),
        resource_schemas: [("toy".to_owned(), schema(block))].into(),
        ..Default::default()
    };
    assert_eq!(violations_of(&response), expected);
}

fn optional(name: &str) -> Attribute {
    Attribute {
        name: name.to_owned(),
        r#type: br#""string""#.as_slice().into(),
        optional: true,
        ..Default::default()
    }
}

fn of_attribute(attribute: Attribute) -> Block {
    Block {
        attributes: vec![attribute],
        ..Default::default()
    }
}

fn set_of(attribute: Attribute) -> Attribute {
    Attribute {
        r#type: Default::default(),
        nested_type: Some(Object {
            attributes: vec![attribute],
            nesting: object::NestingMode::Set.into(),
            ..Default::default()
        }),
        ..optional("all")
    }
}

fn of_block(nesting: nested_block::NestingMode, min_items: i64, max_items: i64, block: Block) -> Block {
    Block {
        block_types: vec![NestedBlock {
            type_name: "part".to_owned(),
            block: Some(block),
            nesting: nesting.into(),
            min_items,
            max_items,
        }],
        ..Default::default()
    }
}

#[test]
fn a_sound_schema_breaks_no_rule() {
    check(of_attribute(optional("a_1")), &[]);
    check(of_attribute(set_of(optional("a"))), &[]);
    check(of_block(nested_block::NestingMode::List, 1, 0, Block::default()), &[]);
    check(of_block(nested_block::NestingMode::Single, 1, 1, Block::default()), &[]);
}

#[test]
fn a_provider_has_a_block() {
    assert_eq!(violations_of(&Response::default()), ["provider: no schema"]);
}

#[test]
fn names_are_plain_and_not_terraforms_own() {
    let odd = "toy.Size: a name of other than small letters, digits and underscores";
    check(of_attribute(optional("Size")), &[odd]);
    check(
        of_attribute(optional("count")),
        &["toy.count: a name of Terraform's own"],
    );
}

#[test]
fn an_attribute_is_required_or_optional_or_computed() {
    let wrong = ["toy.a: neither required, nor optional or computed"];
    for (required, optional_too, computed) in [(false, false, false), (true, true, false), (true, false, true)] {
        let attribute = Attribute {
            required,
            optional: optional_too,
            computed,
            ..optional("a")
        };
        check(of_attribute(attribute), &wrong);
    }
}

#[test]
fn what_is_write_only_is_not_computed_and_not_in_a_set() {
    let write_only = Attribute {
        write_only: true,
        ..optional("a")
    };
    let computed = Attribute {
        computed: true,
        ..write_only.clone()
    };
    check(of_attribute(computed), &["toy.a: write-only and computed"]);
    let within = ["toy.all: write-only or dynamic within a set"];
    check(of_attribute(set_of(write_only.clone())), &within);
    let block = of_block(nested_block::NestingMode::Set, 0, 0, of_attribute(write_only));
    check(block, &["toy.part: write-only or dynamic within a set"]);
}

#[test]
fn what_is_dynamic_is_not_in_a_set() {
    let dynamic = Attribute {
        r#type: br#"["list","dynamic"]"#.as_slice().into(),
        ..optional("a")
    };
    check(of_attribute(dynamic.clone()), &[]);
    check(
        of_attribute(set_of(dynamic)),
        &["toy.all: write-only or dynamic within a set"],
    );
}

#[test]
fn an_attribute_has_exactly_one_type() {
    let wrong = ["toy.all: not exactly one type"];
    let neither = Attribute {
        nested_type: None,
        ..set_of(optional("a"))
    };
    check(of_attribute(neither), &wrong);
    let both = Attribute {
        r#type: optional("a").r#type,
        ..set_of(optional("a"))
    };
    check(of_attribute(both), &wrong);
}

#[test]
fn mistakes_are_found_within_nested_attributes() {
    let misnamed = set_of(optional("B"));
    let odd = "toy.all.B: a name of other than small letters, digits and underscores";
    check(of_attribute(misnamed), &[odd]);
}

#[test]
fn blocks_are_counted_as_their_nesting_allows() {
    use nested_block::NestingMode::{Group, List, Map, Single};
    for (nesting, least, most) in [(Single, 0, 1), (Single, 2, 2), (List, 2, 1), (Map, 1, 1), (Group, 0, 1)] {
        let wrong = format!("toy.part: from {least} to {most} blocks");
        check(of_block(nesting, least, most, Block::default()), &[wrong.as_str()]);
    }
}

#[test]
fn a_name_is_an_attribute_or_a_block() {
    let both = Block {
        attributes: vec![optional("part")],
        ..of_block(nested_block::NestingMode::List, 0, 0, Block::default())
    };
    check(both, &["toy.part: an attribute and a block"]);
}

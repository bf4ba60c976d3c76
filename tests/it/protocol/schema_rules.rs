//! Terraform's rules for schemas: a schema that breaks one stops every command.

use gpupod::{
    server::Server,
    tf::{Provider, Type},
    wire::{
        proto::{
            get_provider_schema::Response,
            provider_server::Provider as _,
            schema::{Attribute, Block, NestedBlock, nested_block, object},
        },
        type_from_json,
    },
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tonic::Request;

use super::core::answer;

/// Arguments that Terraform itself gives a meaning to in every resource and data source.
const TAKEN: [&str; 7] = [
    "connection",
    "count",
    "depends_on",
    "for_each",
    "lifecycle",
    "provider",
    "provisioner",
];

/// Arguments that Terraform itself gives a meaning to in every provider block.
const TAKEN_BY_PROVIDER_BLOCKS: [&str; 2] = ["alias", "version"];

/// What Terraform would object to in the schemas of this provider.
pub async fn violations<P: Provider>(provider: P) -> Vec<String> {
    let server = Server::new(provider, CancellationToken::new(), TaskTracker::new());
    violations_of(&answer(server.get_provider_schema(Request::new(Default::default()))).await)
}

pub fn violations_of(response: &Response) -> Vec<String> {
    let mut found = Vec::new();
    match &response.provider {
        Some(schema) => check_top(schema.block.as_ref(), "provider", &TAKEN_BY_PROVIDER_BLOCKS, &mut found),
        None => found.push("provider: no schema".to_owned()),
    }
    for (name, schema) in response.resource_schemas.iter().chain(&response.data_source_schemas) {
        check_name(name, &mut found);
        check_top(schema.block.as_ref(), name, &TAKEN, &mut found);
    }
    found
}

fn check_top(block: Option<&Block>, place: &str, taken: &[&str], found: &mut Vec<String>) {
    let Some(block) = block else {
        return found.push(format!("{place}: no block"));
    };
    let names = names_of(block).filter(|name| taken.contains(name));
    found.extend(names.map(|name| format!("{place}.{name}: a name of Terraform's own")));
    check_block(block, place, found);
}

fn names_of(block: &Block) -> impl Iterator<Item = &str> {
    let attributes = block.attributes.iter().map(|attribute| attribute.name.as_str());
    attributes.chain(block.block_types.iter().map(|block| block.type_name.as_str()))
}

fn check_block(block: &Block, place: &str, found: &mut Vec<String>) {
    check_attributes(&block.attributes, place, found);
    for nested in &block.block_types {
        let place = format!("{place}.{}", nested.type_name);
        if block
            .attributes
            .iter()
            .any(|attribute| attribute.name == nested.type_name)
        {
            found.push(format!("{place}: an attribute and a block"));
        }
        check_nested_block(nested, &place, found);
    }
}

fn check_nested_block(nested: &NestedBlock, place: &str, found: &mut Vec<String>) {
    use nested_block::NestingMode as Mode;
    check_name(place, found);
    let (least, most) = (nested.min_items, nested.max_items);
    let is_counted_well = match nested.nesting() {
        Mode::Single => least == most && (0..=1).contains(&least),
        Mode::List | Mode::Set => least >= 0 && most >= 0 && (least <= most || most == 0),
        Mode::Map | Mode::Group => least == 0 && most == 0,
        Mode::Invalid => return found.push(format!("{place}: no nesting")),
    };
    if !is_counted_well {
        found.push(format!("{place}: from {least} to {most} blocks"));
    }
    let Some(block) = &nested.block else {
        return found.push(format!("{place}: no block"));
    };
    if nested.nesting() == Mode::Set && block_holds_unhashable(block) {
        found.push(format!("{place}: write-only or dynamic within a set"));
    }
    check_block(block, place, found);
}

fn check_attributes(attributes: &[Attribute], place: &str, found: &mut Vec<String>) {
    for attribute in attributes {
        let place = format!("{place}.{}", attribute.name);
        check_name(&place, found);
        check_flags(attribute, &place, found);
        check_type(attribute, &place, found);
    }
}

fn check_flags(attribute: &Attribute, place: &str, found: &mut Vec<String>) {
    match (attribute.required, attribute.optional, attribute.computed) {
        (true, false, false) | (false, true, _) | (false, false, true) => {}
        _ => found.push(format!("{place}: neither required, nor optional or computed")),
    }
    if attribute.write_only && attribute.computed {
        found.push(format!("{place}: write-only and computed"));
    }
}

fn check_type(attribute: &Attribute, place: &str, found: &mut Vec<String>) {
    match (&attribute.nested_type, type_from_json(&attribute.r#type)) {
        (None, Ok(_)) => {}
        (Some(nested), _) if attribute.r#type.is_empty() => {
            check_attributes(&nested.attributes, place, found);
            match nested.nesting() {
                object::NestingMode::Invalid => found.push(format!("{place}: no nesting")),
                object::NestingMode::Set if nested.attributes.iter().any(is_unhashable) => {
                    found.push(format!("{place}: write-only or dynamic within a set"));
                }
                _ => {}
            }
        }
        _ => found.push(format!("{place}: not exactly one type")),
    }
}

fn block_holds_unhashable(block: &Block) -> bool {
    let mut nested = block.block_types.iter().filter_map(|nested| nested.block.as_ref());
    block.attributes.iter().any(is_unhashable) || nested.any(block_holds_unhashable)
}

/// Whether the attribute cannot be a part of a set's element.
fn is_unhashable(attribute: &Attribute) -> bool {
    let nested = attribute.nested_type.iter().flat_map(|nested| &nested.attributes);
    attribute.write_only || is_dynamic(attribute) || nested.into_iter().any(is_unhashable)
}

fn is_dynamic(attribute: &Attribute) -> bool {
    type_from_json(&attribute.r#type).is_ok_and(|value_type| holds_dynamic(&value_type))
}

fn holds_dynamic(value_type: &Type) -> bool {
    match value_type {
        Type::Dynamic => true,
        Type::Bool | Type::Number | Type::String => false,
        Type::List(element) | Type::Set(element) | Type::Map(element) => holds_dynamic(element),
        Type::Object(attributes) => attributes.values().any(holds_dynamic),
        Type::Tuple(elements) => elements.iter().any(holds_dynamic),
    }
}

fn check_name(place: &str, found: &mut Vec<String>) {
    let name = place.rsplit('.').next().unwrap_or_default();
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if name.is_empty() || !name.bytes().all(is_plain) {
        found.push(format!(
            "{place}: a name of other than small letters, digits and underscores"
        ));
    }
}

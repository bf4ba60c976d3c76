//! One attribute of a schema as readers of the registry see it.

use crate::tf::{Attribute, Mode, Nesting, Shape, Type};

/// An attribute, with those within.
pub(super) struct Member {
    pub name: &'static str,
    pub group: Group,
    /// Such as "List of String, Sensitive".
    pub kind: String,
    pub text: String,
    pub members: Vec<Member>,
}

/// Who sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Required,
    Optional,
    ReadOnly,
}

const WRITE_ONLY: &str =
    "[Write-only](https://developer.hashicorp.com/terraform/language/resources/ephemeral#write-only-arguments)";

pub(super) fn all(attributes: &[Attribute]) -> Vec<Member> {
    attributes.iter().map(Member::of).collect()
}

impl Member {
    fn of(attribute: &Attribute) -> Self {
        let spec = &attribute.spec;
        let marks = [(spec.sensitive, "Sensitive"), (spec.write_only, WRITE_ONLY)];
        let marks = marks
            .into_iter()
            .filter(|(applies, _)| *applies)
            .map(|(_, mark)| mark.to_owned());
        let kind: Vec<String> = [shape(&attribute.shape)].into_iter().chain(marks).collect();
        Self {
            name: attribute.name,
            group: Group::of(spec.mode),
            kind: kind.join(", "),
            text: attribute.description(),
            members: all(attribute.nested()),
        }
    }
}

impl Group {
    pub(super) const ALL: [Self; 3] = [Self::Required, Self::Optional, Self::ReadOnly];

    pub(super) fn title(self) -> &'static str {
        match self {
            Self::Required => "Required",
            Self::Optional => "Optional",
            Self::ReadOnly => "Read-Only",
        }
    }

    fn of(mode: Mode) -> Self {
        match mode {
            Mode::Required => Self::Required,
            Mode::Optional | Mode::OptionalComputed => Self::Optional,
            Mode::Computed => Self::ReadOnly,
        }
    }
}

/// A type in words.
pub(super) fn type_name(value_type: &Type) -> String {
    match value_type {
        Type::Bool => "Boolean".to_owned(),
        Type::Number => "Number".to_owned(),
        Type::String => "String".to_owned(),
        Type::Dynamic => "Dynamic".to_owned(),
        Type::List(element) => format!("List of {}", type_name(element)),
        Type::Set(element) => format!("Set of {}", type_name(element)),
        Type::Map(element) => format!("Map of {}", type_name(element)),
        Type::Object(_) => "Object".to_owned(),
        Type::Tuple(_) => "Tuple".to_owned(),
    }
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Plain(plain) => type_name(plain),
        Shape::Nested(Nesting::Single, _) => "Attributes".to_owned(),
        Shape::Nested(nesting, _) => format!("Attributes {nesting:?}"),
    }
}

//! Signatures of provider-defined functions in protobuf.

use super::{
    proto::{self, StringKind, function},
    type_to_json,
};
use crate::tf::{Parameter, Signature};

pub fn function_to_proto(signature: &Signature) -> proto::Function {
    proto::Function {
        parameters: signature.parameters.iter().map(parameter_to_proto).collect(),
        r#return: Some(function::Return {
            r#type: type_to_json(&signature.result).into(),
        }),
        summary: signature.summary.to_owned(),
        description: signature.doc.to_owned(),
        description_kind: StringKind::Markdown.into(),
        ..Default::default()
    }
}

/// Neither null nor unknown is allowed, so that Terraform answers for them and a function is called with values alone.
fn parameter_to_proto(parameter: &Parameter) -> function::Parameter {
    function::Parameter {
        name: parameter.name.to_owned(),
        r#type: type_to_json(&parameter.value_type).into(),
        allow_null_value: false,
        allow_unknown_values: false,
        description: parameter.doc.to_owned(),
        description_kind: StringKind::Markdown.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tf::Type;

    #[test]
    fn a_signature_is_told_whole() {
        let signature = Signature {
            name: "parse_image",
            summary: "Takes an image apart",
            doc: "Takes an *image* apart.",
            parameters: vec![Parameter {
                name: "image",
                doc: "Its `name`.",
                value_type: Type::String,
            }],
            result: Type::list(Type::String),
        };
        let expected = proto::Function {
            parameters: vec![function::Parameter {
                name: "image".to_owned(),
                r#type: br#""string""#.as_slice().into(),
                description: "Its `name`.".to_owned(),
                description_kind: StringKind::Markdown.into(),
                ..Default::default()
            }],
            r#return: Some(function::Return {
                r#type: br#"["list","string"]"#.as_slice().into(),
            }),
            summary: "Takes an image apart".to_owned(),
            description: "Takes an *image* apart.".to_owned(),
            description_kind: StringKind::Markdown.into(),
            ..Default::default()
        };
        assert_eq!(function_to_proto(&signature), expected);
    }
}

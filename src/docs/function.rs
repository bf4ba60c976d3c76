//! The page section of a provider-defined function: signature, parameters, result.

use super::member::type_name;
use crate::tf::Signature;

pub(super) fn signature(signature: &Signature) -> String {
    let parameters: Vec<String> = signature
        .parameters
        .iter()
        .map(|parameter| format!("{} {}", parameter.name, parameter.value_type))
        .collect();
    format!(
        "## Signature\n\n```text\n{}({}) {}\n```",
        signature.name,
        parameters.join(", "),
        signature.result
    )
}

/// The section on the arguments, if the function takes any.
pub(super) fn arguments(signature: &Signature) -> Option<String> {
    let line = |(index, parameter): (usize, &crate::tf::Parameter)| {
        let kind = type_name(&parameter.value_type);
        format!("{}. `{}` ({kind}) {}", index + 1, parameter.name, parameter.doc)
    };
    let lines: Vec<String> = signature.parameters.iter().enumerate().map(line).collect();
    (!lines.is_empty()).then(|| format!("## Arguments\n\n{}", lines.join("\n")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tf::{Parameter, Type};

    #[test]
    fn a_call_is_shown_with_its_types() {
        let double = Signature {
            name: "double",
            summary: "Doubles.",
            doc: "Doubles a number.",
            parameters: vec![Parameter {
                name: "number",
                doc: "What to double.",
                value_type: Type::Number,
            }],
            result: Type::Number,
        };
        assert_eq!(
            signature(&double),
            "## Signature\n\n```text\ndouble(number number) number\n```"
        );
        assert_eq!(
            arguments(&double).as_deref(),
            Some("## Arguments\n\n1. `number` (Number) What to double.")
        );
    }
}

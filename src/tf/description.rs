//! Descriptions of attributes for users: the doc, then what its spec says, so that no doc repeats it.

use super::{Attribute, OnChange, Value, describe, validators::Validator};

impl Attribute {
    /// The doc with what is allowed, the default and what a change does, as Markdown.
    pub fn description(&self) -> String {
        let allowed = self.spec.validators.iter().filter(|one| !one.is_undocumented);
        let doc = match &self.spec.documented_default {
            Some(default) => self.doc.text().replace("{default}", default),
            None => self.doc.text(),
        };
        let sentences = [doc]
            .into_iter()
            .chain(allowed.map(|one: &Validator| one.allowed.clone()))
            .chain(self.spec.default.as_ref().map(default))
            .chain(self.change());
        sentences.collect::<Vec<_>>().join(" ")
    }

    /// What is changed in place needs no word: Terraform's plan shows it.
    fn change(&self) -> Option<String> {
        let replaces = self.spec.on_change == OnChange::RequiresReplace;
        replaces.then(|| "A change replaces the resource.".to_owned())
    }
}

fn default(value: &Value) -> String {
    match value.as_str() {
        Some(word) => format!("The default is `{word}`."),
        None => format!("The default is `{}`.", describe(value)),
    }
}

#[cfg(test)]
mod tests {
    use crate::tf::{AttributeSpec, Doc, Shape, Type, optional, optional_computed, required, validators};

    use super::*;

    #[track_caller]
    fn check(spec: AttributeSpec, expected: &str) {
        check_doc(" Text.\n", spec, expected);
    }

    #[track_caller]
    fn check_doc(doc: &'static str, spec: AttributeSpec, expected: &str) {
        let attribute = Attribute {
            name: "a",
            place: 0,
            shape: Shape::Plain(Type::String),
            doc: Doc(doc),
            spec,
        };
        assert_eq!(attribute.description(), expected);
    }

    #[test]
    fn facts_follow_the_doc() {
        check(required(), "Text.");
        check(required().requires_replace(), "Text. A change replaces the resource.");
        check(
            optional_computed()
                .default("x")
                .validator(validators::one_of(&["x", "y"])),
            "Text. Use `x` or `y`. The default is `x`.",
        );
        check(optional_computed().default(true), "Text. The default is `true`.");
    }

    #[test]
    fn a_default_that_is_not_planned_stands_where_the_doc_has_it() {
        let spec = optional().documented_default("30s");
        check_doc(
            " A time; the default is `{default}`.\n",
            spec,
            "A time; the default is `30s`.",
        );
    }

    #[test]
    fn advice_is_for_errors_alone() {
        check(required().validator(validators::not_empty("Remove it.")), "Text.");
    }
}

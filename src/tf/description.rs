//! What users read of an attribute: its doc, then what its facts say, so that no doc repeats a fact.

use super::{
    Attribute, OnChange, Value,
    rules::{Rule, shown},
};

impl Attribute {
    /// The doc with what is allowed, the default and what a change does, as Markdown.
    pub fn description(&self) -> String {
        let allowed = self.facts.rules.iter().filter(|rule| !rule.goes_without_saying);
        let sentences = [self.doc.text()]
            .into_iter()
            .chain(allowed.map(|rule: &Rule| rule.allowed.clone()))
            .chain(self.facts.default.as_ref().map(default))
            .chain(self.change());
        sentences.collect::<Vec<_>>().join(" ")
    }

    /// What is changed in place needs no word: Terraform's plan shows it.
    fn change(&self) -> Option<String> {
        let replaces = self.facts.on_change == OnChange::Replaces;
        replaces.then(|| "A change replaces the resource.".to_owned())
    }
}

fn default(value: &Value) -> String {
    match value.as_str() {
        Some(word) => format!("The default is `{word}`."),
        None => format!("The default is `{}`.", shown(value)),
    }
}

#[cfg(test)]
mod tests {
    use crate::tf::{Doc, Facts, Shape, Type, optional_computed, required, rules};

    use super::*;

    #[track_caller]
    fn check(facts: Facts, expected: &str) {
        let attribute = Attribute {
            name: "a",
            place: 0,
            shape: Shape::Plain(Type::String),
            doc: Doc(" Text.\n"),
            facts,
        };
        assert_eq!(attribute.description(), expected);
    }

    #[test]
    fn facts_follow_the_doc() {
        check(required(), "Text.");
        check(required().replaces(), "Text. A change replaces the resource.");
        check(
            optional_computed().default("x").rule(rules::one_of(&["x", "y"])),
            "Text. Use `x` or `y`. The default is `x`.",
        );
        check(optional_computed().default(true), "Text. The default is `true`.");
    }

    #[test]
    fn advice_is_for_errors_alone() {
        check(required().rule(rules::not_empty("Remove it.")), "Text.");
    }
}

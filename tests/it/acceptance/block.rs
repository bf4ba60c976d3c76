//! A block of a configuration, attribute by attribute. Values are expressions of Terraform's language.

use std::{collections::BTreeMap, fmt};

/// A block with two labels, of which the second is `this` unless it is given another one.
#[derive(Clone)]
pub struct Block {
    kind: &'static str,
    of: &'static str,
    label: String,
    attributes: BTreeMap<String, String>,
}

impl Block {
    pub fn resource(of: &'static str) -> Self {
        Self::new("resource", of)
    }

    pub fn data(of: &'static str) -> Self {
        Self::new("data", of)
    }

    fn new(kind: &'static str, of: &'static str) -> Self {
        Self {
            kind,
            of,
            label: "this".to_owned(),
            attributes: BTreeMap::new(),
        }
    }

    /// Under another label, so that several stand side by side.
    pub fn labelled(&self, label: &str) -> Self {
        Self {
            label: label.to_owned(),
            ..self.clone()
        }
    }

    pub fn address(&self) -> String {
        format!("{}.{}", self.of, self.label)
    }

    pub fn with(mut self, attribute: &str, expression: impl ToString) -> Self {
        self.attributes.insert(attribute.to_owned(), expression.to_string());
        self
    }

    pub fn without(mut self, attribute: &str) -> Self {
        self.attributes.remove(attribute);
        self
    }
}

/// A block that takes over what is in a cloud, with the next apply.
#[cfg(unix)]
pub fn import(address: &str, cloud: &str, id: &str) -> String {
    format!("import {{\n  to = {address}\n  id = \"{cloud}/{id}\"\n}}\n")
}

impl fmt::Display for Block {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} {:?} {:?} {{", self.kind, self.of, self.label)?;
        for (attribute, expression) in &self.attributes {
            writeln!(f, "  {attribute} = {expression}")?;
        }
        writeln!(f, "}}")
    }
}

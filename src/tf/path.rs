//! Attribute paths: steps by attribute, map key or list index.

use std::{borrow::Cow, fmt};

/// The way from a resource to one of its values, such as `expose[0].port`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Path(Vec<Step>);

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// Mostly a name that is declared, of which no copy is made.
    Attribute(Cow<'static, str>),
    Key(String),
    Index(usize),
}

impl Path {
    /// The resource itself.
    pub fn root() -> Self {
        Self::default()
    }

    pub fn steps(&self) -> &[Step] {
        &self.0
    }

    pub fn is_root(&self) -> bool {
        self.0.is_empty()
    }

    pub fn attribute(&self, name: impl Into<Cow<'static, str>>) -> Self {
        self.with(Step::Attribute(name.into()))
    }

    pub fn key(&self, key: impl Into<String>) -> Self {
        self.with(Step::Key(key.into()))
    }

    pub fn index(&self, index: usize) -> Self {
        self.with(Step::Index(index))
    }

    /// The same way from one step further out.
    pub fn within(mut self, step: Step) -> Self {
        self.0.insert(0, step);
        self
    }

    fn with(&self, step: Step) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend_from_slice(&self.0);
        steps.push(step);
        Self(steps)
    }
}

/// A top-level attribute.
impl From<&'static str> for Path {
    fn from(name: &'static str) -> Self {
        Path::root().attribute(name)
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, step) in self.0.iter().enumerate() {
            match step {
                Step::Attribute(name) if position == 0 => f.write_str(name)?,
                Step::Attribute(name) => write!(f, ".{name}")?,
                Step::Key(key) => write!(f, "[{key:?}]")?,
                Step::Index(index) => write!(f, "[{index}]")?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_written_as_in_hcl() {
        assert_eq!(
            Path::from("expose").index(0).attribute("port").to_string(),
            "expose[0].port"
        );
        assert_eq!(Path::from("tags").key("a b").to_string(), "tags[\"a b\"]");
    }
}

//! Schemas: each attribute with its spec in one place, that is mode, default, validators, plan modifiers, secrecy.

use std::{any::Any, sync::OnceLock};

use super::{Name, Type, Value, normalizers::Normalizer, validators::Validator};

/// The shape of a provider block, a resource or a data source.
#[derive(Debug)]
pub struct Schema {
    /// Raised when a state of an earlier release cannot be read as it is.
    pub version: i64,
    pub doc: Doc,
    pub attributes: Vec<Attribute>,
    implied: OnceLock<Type>,
}

/// One attribute. Everything that holds for it stands on its line in the declaration.
#[derive(Debug)]
pub struct Attribute {
    pub name: &'static str,
    /// Where it stands among the attributes of its model, in the order of their names.
    pub place: usize,
    pub shape: Shape,
    pub doc: Doc,
    pub spec: AttributeSpec,
}

/// What holds for an attribute besides its name and shape; built by [`required`], [`optional`], [`computed`] and
/// [`optional_computed`].
#[derive(Debug)]
pub struct AttributeSpec {
    pub mode: Mode,
    /// Planned where the configuration has nothing.
    pub default: Option<Value>,
    pub validators: Vec<Validator>,
    pub on_change: OnChange,
    /// A computed value that no update changes, so that a plan knows it.
    pub use_state_for_unknown: bool,
    /// What happens where nothing is said, for docs alone: it stands where the doc says `{default}`.
    pub documented_default: Option<String>,
    /// What the service takes for granted where nothing is said, so that to say it changes nothing.
    pub implied: Option<Value>,
    /// The canonical form of its text, or of each text in it, for semantic equality.
    pub normalizer: Option<Normalizer>,
    /// Texts that differ in upper and lower case mean the same, in configurations too.
    pub ignores_case: bool,
    /// Texts that differ in upper and lower case mean something else, in answers too.
    pub case_matters: bool,
    /// Lists that differ in their order mean the same.
    pub ignores_order: bool,
    pub sensitive: bool,
    /// What is given may hold a secret: a login in an address, a token in a URL, the value of a variable. No message
    /// repeats it, whether the configuration calls it sensitive or not: that, a provider is not told.
    pub may_hold_secret: bool,
    /// Never in a plan or a state, in the configuration alone.
    pub write_only: bool,
    /// A map in which an import finds elements of the platform's own among the user's; taking those out is no change.
    pub may_hold_more_after_import: bool,
    /// A mark of the provider's own, which has no meaning here.
    pub tag: Option<Tag>,
}

/// A mark that a provider puts on an attribute to find it by.
pub type Tag = &'static (dyn TagValue + Sync);

/// Anything can be a tag.
pub trait TagValue: Any + std::fmt::Debug {
    fn as_any(&self) -> &dyn Any;
}

impl<T: Any + std::fmt::Debug> TagValue for T {
    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Required,
    Optional,
    /// Only the provider sets it.
    Computed,
    /// The configuration may set it, else the provider does.
    OptionalComputed,
}

/// What becomes of the resource when the attribute changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnChange {
    UpdatesInPlace,
    RequiresReplace,
}

#[derive(Debug)]
pub enum Shape {
    Plain(Type),
    /// An attribute that has attributes.
    Nested(Nesting, Vec<Attribute>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nesting {
    Single,
    List,
    Set,
    Map,
}

/// Markdown for users, written as a doc comment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Doc(pub &'static str);

impl Doc {
    /// The text without the space that stands before each line of a doc comment.
    pub fn text(&self) -> String {
        let lines: Vec<&str> = self
            .0
            .lines()
            .map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end())
            .collect();
        lines.join("\n").trim().to_owned()
    }
}

pub fn required() -> AttributeSpec {
    AttributeSpec::new(Mode::Required)
}

pub fn optional() -> AttributeSpec {
    AttributeSpec::new(Mode::Optional)
}

pub fn computed() -> AttributeSpec {
    AttributeSpec::new(Mode::Computed)
}

pub fn optional_computed() -> AttributeSpec {
    AttributeSpec::new(Mode::OptionalComputed)
}

impl AttributeSpec {
    fn new(mode: Mode) -> Self {
        Self {
            mode,
            default: None,
            validators: Vec::new(),
            on_change: OnChange::UpdatesInPlace,
            use_state_for_unknown: false,
            documented_default: None,
            implied: None,
            normalizer: None,
            ignores_case: false,
            case_matters: false,
            ignores_order: false,
            sensitive: false,
            may_hold_secret: false,
            write_only: false,
            may_hold_more_after_import: false,
            tag: None,
        }
    }

    /// The value that is planned where the configuration has none. Terraform accepts it for optional and computed
    /// attributes only.
    pub fn default(mut self, default: impl Into<Value>) -> Self {
        self.default = Some(default.into());
        self
    }

    /// A check of the configured value.
    pub fn validator(mut self, validator: Validator) -> Self {
        self.validators.push(validator);
        self
    }

    /// Plan modifier: a change destroys the resource and creates it anew.
    pub fn requires_replace(mut self) -> Self {
        self.on_change = OnChange::RequiresReplace;
        self
    }

    /// Plan modifier: no update changes the computed value, so that the plan has the prior one instead of unknown.
    pub fn use_state_for_unknown(mut self) -> Self {
        self.use_state_for_unknown = true;
        self
    }

    /// The text for `{default}` in the doc. Nothing is planned: that is what [`AttributeSpec::default`] is for.
    pub fn documented_default(mut self, default: impl std::fmt::Display) -> Self {
        self.documented_default = Some(default.to_string());
        self
    }

    /// The value that the service takes for granted where nothing is said.
    pub fn implied(mut self, implied: impl Into<Value>) -> Self {
        self.implied = Some(implied.into());
        self
    }

    /// Semantic equality: the canonical form of its text, or of each text in it.
    pub fn normalizer(mut self, normalizer: Normalizer) -> Self {
        self.normalizer = Some(normalizer);
        self
    }

    pub fn ignoring_case(mut self) -> Self {
        self.ignores_case = true;
        self
    }

    pub fn case_matters(mut self) -> Self {
        self.case_matters = true;
        self
    }

    pub fn ignoring_order(mut self) -> Self {
        self.ignores_order = true;
        self
    }

    pub fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    pub fn may_hold_secret(mut self) -> Self {
        self.may_hold_secret = true;
        self
    }

    /// Whether a message may repeat a value that breaks a rule.
    pub fn may_be_quoted(&self) -> bool {
        !(self.sensitive || self.write_only || self.may_hold_secret)
    }

    pub fn write_only(mut self) -> Self {
        self.write_only = true;
        self
    }

    pub fn may_hold_more_after_import(mut self) -> Self {
        self.may_hold_more_after_import = true;
        self
    }

    pub fn tag(mut self, tag: Tag) -> Self {
        self.tag = Some(tag);
        self
    }
}

impl Mode {
    pub fn is_required(self) -> bool {
        self == Mode::Required
    }

    pub fn is_optional(self) -> bool {
        matches!(self, Mode::Optional | Mode::OptionalComputed)
    }

    pub fn is_computed(self) -> bool {
        matches!(self, Mode::Computed | Mode::OptionalComputed)
    }

    /// Whether a configuration may set it.
    pub fn is_configurable(self) -> bool {
        self != Mode::Computed
    }
}

impl Attribute {
    /// The attribute's mark, if it is of this type.
    pub fn tag<T: Any>(&self) -> Option<&T> {
        self.spec.tag.and_then(|tag| tag.as_any().downcast_ref())
    }

    pub fn value_type(&self) -> Type {
        self.shape.value_type()
    }

    /// The attributes within, if it has any.
    pub fn nested(&self) -> &[Attribute] {
        match &self.shape {
            Shape::Plain(_) => &[],
            Shape::Nested(_, attributes) => attributes,
        }
    }
}

impl Shape {
    pub fn value_type(&self) -> Type {
        match self {
            Shape::Plain(plain) => plain.clone(),
            Shape::Nested(nesting, attributes) => {
                let object = object_type(attributes);
                match nesting {
                    Nesting::Single => object,
                    Nesting::List => Type::list(object),
                    Nesting::Set => Type::set(object),
                    Nesting::Map => Type::map(object),
                }
            }
        }
    }
}

impl Schema {
    pub fn new(version: i64, doc: Doc, attributes: Vec<Attribute>) -> Self {
        Self {
            version,
            doc,
            attributes,
            implied: OnceLock::new(),
        }
    }

    /// The object type of a value with this schema.
    pub fn value_type(&self) -> &Type {
        self.implied.get_or_init(|| object_type(&self.attributes))
    }

    pub fn attribute(&self, name: &str) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.name == name)
    }
}

fn object_type(attributes: &[Attribute]) -> Type {
    let attributes = attributes
        .iter()
        .map(|attribute| (Name::Borrowed(attribute.name), attribute.value_type()));
    Type::object(attributes.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_doc_comment_loses_its_indent_alone() {
        assert_eq!(Doc(" One.\n\n - a\n   b\n").text(), "One.\n\n- a\n  b");
    }
}

//! Diagnostics: errors and warnings for the user, each at the path of its attribute.

use super::{Message, Path, messages};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    Error,
    Warning,
}

/// One message. The summary says what could not be done or what is wrong; the detail what was found, what is allowed
/// and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub severity: Severity,
    pub summary: String,
    pub detail: String,
    pub path: Path,
}

/// All that was found, in the order in which it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diagnostics(Vec<Diagnostic>);

impl Diagnostics {
    pub fn new() -> Self {
        Self::default()
    }

    /// One error and nothing else.
    pub fn from_error(path: impl Into<Path>, message: Message) -> Self {
        let mut diagnostics = Self::new();
        diagnostics.add_error(path, message);
        diagnostics
    }

    /// A mistake of the provider itself, of which its users cannot be expected to make sense.
    pub fn of_bug(detail: impl std::fmt::Display) -> Self {
        let mut diagnostics = Self::new();
        diagnostics.bug(detail);
        diagnostics
    }

    pub fn add_error(&mut self, path: impl Into<Path>, message: Message) {
        self.add(Severity::Error, path.into(), message.summary, message.detail);
    }

    pub fn add_warning(&mut self, path: impl Into<Path>, message: Message) {
        self.add(Severity::Warning, path.into(), message.summary, message.detail);
    }

    pub fn bug(&mut self, detail: impl std::fmt::Display) {
        self.add_error(Path::root(), messages::internal_error(&detail.to_string()));
    }

    pub fn has_errors(&self) -> bool {
        self.0.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.0.iter()
    }

    pub fn extend(&mut self, more: Diagnostics) {
        self.0.extend(more.0);
    }

    /// The same with warnings in place of errors.
    pub fn into_warnings(mut self) -> Self {
        for one in &mut self.0 {
            one.severity = Severity::Warning;
        }
        self
    }

    /// The errors alone.
    pub fn without_warnings(mut self) -> Self {
        self.0.retain(|one| one.severity == Severity::Error);
        self
    }

    fn add(&mut self, severity: Severity, path: Path, summary: String, detail: String) {
        self.0.push(Diagnostic {
            severity,
            summary,
            detail,
            path,
        });
    }
}

impl IntoIterator for Diagnostics {
    type Item = Diagnostic;
    type IntoIter = std::vec::IntoIter<Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

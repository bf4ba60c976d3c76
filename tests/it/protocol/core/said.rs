//! What a provider says to the user, in a form that a test can write down.

use gpupod::wire::proto::{AttributePath, Diagnostic, attribute_path::step::Selector, diagnostic::Severity};

/// The diagnostics of one answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Said(pub Vec<Diagnostic>);

impl Said {
    #[track_caller]
    pub fn assert_silence(&self) {
        self.assert_is(&[]);
    }

    /// Compares with lines such as `error name: Missing value`.
    #[track_caller]
    pub fn assert_is(&self, expected: &[&str]) {
        let lines: Vec<String> = self.0.iter().map(line).collect();
        assert_eq!(lines, expected, "{:#?}", self.0);
    }

    /// Compares with the mistakes of its own to which the provider owns up, by the first lines of their details.
    #[track_caller]
    pub fn assert_owns_up_to(&self, expected: &[&str]) {
        self.assert_is(&vec!["error: Internal error of the provider"; expected.len()]);
        let first_lines: Vec<&str> = self.0.iter().filter_map(|one| one.detail.lines().next()).collect();
        assert_eq!(first_lines, expected);
    }
}

fn line(diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity() {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Invalid => "invalid",
    };
    match &diagnostic.attribute {
        Some(path) => format!("{severity} {}: {}", place(path), diagnostic.summary),
        None => format!("{severity}: {}", diagnostic.summary),
    }
}

/// A path as HCL writes it: `parts[0].size`.
pub fn place(path: &AttributePath) -> String {
    let mut place = String::new();
    for selector in path.steps.iter().filter_map(|step| step.selector.as_ref()) {
        match selector {
            Selector::AttributeName(name) if place.is_empty() => place.push_str(name),
            Selector::AttributeName(name) => place.push_str(&format!(".{name}")),
            Selector::ElementKeyString(key) => place.push_str(&format!("[{key:?}]")),
            Selector::ElementKeyInt(index) => place.push_str(&format!("[{index}]")),
        }
    }
    place
}

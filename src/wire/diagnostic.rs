//! Diagnostics, and the paths that they point to. Here they become bytes, and here no text of a stranger's in them can do
//! anything to a terminal any more.

use super::proto::{
    self,
    attribute_path::{self, step::Selector},
    diagnostic,
};
use crate::{
    tf::{Diagnostic, Diagnostics, Path, Severity, Step},
    untrusted::text,
};

pub fn diagnostics_to_proto(diagnostics: Diagnostics) -> Vec<proto::Diagnostic> {
    diagnostics.into_iter().map(to_proto).collect()
}

pub fn path_to_proto(path: &Path) -> proto::AttributePath {
    proto::AttributePath {
        steps: path.steps().iter().map(step_to_proto).collect(),
    }
}

fn to_proto(diagnostic: Diagnostic) -> proto::Diagnostic {
    let attribute = (!diagnostic.path.is_root()).then(|| path_to_proto(&diagnostic.path));
    proto::Diagnostic {
        severity: severity_to_proto(diagnostic.severity).into(),
        summary: text::line(&diagnostic.summary).into_owned(),
        detail: text::paragraphs(&diagnostic.detail).into_owned(),
        attribute,
    }
}

fn severity_to_proto(severity: Severity) -> diagnostic::Severity {
    match severity {
        Severity::Error => diagnostic::Severity::Error,
        Severity::Warning => diagnostic::Severity::Warning,
    }
}

fn step_to_proto(step: &Step) -> attribute_path::Step {
    let selector = match step {
        Step::Attribute(name) => Selector::AttributeName(name.to_string()),
        Step::Key(key) => Selector::ElementKeyString(key.clone()),
        Step::Index(index) => Selector::ElementKeyInt(i64::try_from(*index).unwrap_or(i64::MAX)),
    };
    attribute_path::Step {
        selector: Some(selector),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    crate::messages! {
        /// A stranger's text in both.
        fn quoting(quoted: &str, more: &str) { "No
pod {quoted}", "It says {quoted}.

Apply again.{more}" }

        /// A warning.
        fn long_name() { "Long name", "Consider less." }

        /// An error.
        fn no_pod() { "No pod", "None is left." }
    }

    #[track_caller]
    fn check(path: &Path, selectors: Vec<Selector>) {
        let steps = selectors.into_iter().map(|selector| attribute_path::Step {
            selector: Some(selector),
        });
        assert_eq!(path_to_proto(path).steps, steps.collect::<Vec<_>>(), "{path}");
    }

    #[test]
    fn each_kind_of_step_has_its_selector() {
        check(&Path::root(), vec![]);
        check(
            &Path::from("tags").key("k").index(2),
            vec![
                Selector::AttributeName("tags".to_owned()),
                Selector::ElementKeyString("k".to_owned()),
                Selector::ElementKeyInt(2),
            ],
        );
    }

    #[test]
    fn what_is_quoted_cannot_act() {
        let mut diagnostics = Diagnostics::new();
        let quoted = "\u{1b}[31mRED\u{1b}[0m\u{202e}\u{9b}2J";
        diagnostics.add_error(Path::root(), quoting(quoted, &"x".repeat(5_000_000)));
        let shown = diagnostics_to_proto(diagnostics);
        assert_eq!(shown[0].summary, "No pod RED");
        assert!(shown[0].detail.starts_with("It says RED.\n\nApply again."));
        assert!(shown[0].detail.len() < 100_000, "{}", shown[0].detail.len());
    }

    #[test]
    fn diagnostics_keep_their_order_and_those_of_the_root_point_nowhere() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.add_warning("name", long_name());
        diagnostics.add_error(Path::root(), no_pod());
        let expected = [
            proto::Diagnostic {
                severity: diagnostic::Severity::Warning.into(),
                summary: "Long name".to_owned(),
                detail: "Consider less.".to_owned(),
                attribute: Some(path_to_proto(&Path::from("name"))),
            },
            proto::Diagnostic {
                severity: diagnostic::Severity::Error.into(),
                summary: "No pod".to_owned(),
                detail: "None is left.".to_owned(),
                attribute: None,
            },
        ];
        assert_eq!(diagnostics_to_proto(diagnostics), expected);
    }
}

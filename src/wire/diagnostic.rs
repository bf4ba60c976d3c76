//! Diagnostics, and the paths that they point to.

use super::proto::{
    self,
    attribute_path::{self, step::Selector},
    diagnostic,
};
use crate::tf::{Diagnostic, Diagnostics, Path, Severity, Step};

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
        summary: diagnostic.summary,
        detail: diagnostic.detail,
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
        Step::Attribute(name) => Selector::AttributeName(name.clone()),
        Step::Key(key) => Selector::ElementKeyString(key.clone()),
        Step::Index(index) => Selector::ElementKeyInt(i64::try_from(*index).unwrap_or(i64::MAX)),
    };
    attribute_path::Step {
        selector: Some(selector),
    }
}

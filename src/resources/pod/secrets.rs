//! Secrets in a pod's configuration and state, to be redacted in all that a cloud says.

use super::model::PodModel;
use crate::{
    clouds::{Secret, Secrets},
    tf::Tf,
};

/// Notes the secrets that a pod is made with, and what may be one.
pub fn note(secrets: &Secrets, pod: &PodModel) {
    if let Some(variables) = pod.secret_environment_vars_wo.known() {
        let values = variables.0.values().filter_map(Tf::known);
        values.for_each(|value| secrets.note(&Secret::new(value.reveal())));
    }
    let marketplace = pod.prime_intellect.known();
    if let Some(password) = marketplace.and_then(|marketplace| marketplace.jupyter_password_wo.known()) {
        secrets.note(&Secret::new(password.reveal()));
    }
    let variables = pod.environment_vars.known().into_iter();
    let values = variables.flat_map(|variables| variables.0.values().filter_map(Tf::known));
    values
        .chain(pod.callback_url.known())
        .for_each(|value| secrets.note_variable(&Secret::new(value.as_str())));
}

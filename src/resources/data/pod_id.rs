//! The pod that a data source asks for by its id.

use crate::{
    clouds::{Capabilities, PodId},
    tf::{Diagnostics, Path, Tf, Value, rules::Rule},
};

/// An id that can be asked for.
pub fn rule() -> Rule {
    Rule::new("Not an id of a pod", "Use the cloud's id of the pod alone.", |value| {
        let Value::String(id) = value else { return None };
        let invalid = PodId::new(id.as_str()).err()?;
        Some(format!("is {id:?}, but {invalid}"))
    })
}

/// The id, which the [`rule`] has let pass.
pub fn of(id: &Tf<String>) -> Result<PodId, Diagnostics> {
    PodId::new(id.known().map_or("", String::as_str))
        .map_err(|invalid| Diagnostics::of_bug(format!("The id was not refused before it was asked for: {invalid}.")))
}

/// What is told where the cloud knows no such pod.
pub fn not_found(attribute: &str, id: &PodId, capabilities: &Capabilities) -> Diagnostics {
    let Capabilities { name, title, .. } = capabilities;
    let detail = format!(
        "`{attribute}` is {:?}, and {title} has no such pod: it is gone, or belongs to another cloud or key. Use the id \
         of a pod of `{name}` that exists; `data \"gpupod_pods\"` lists them.",
        id.as_str()
    );
    Diagnostics::of_error(Path::from(attribute), "There is no such pod", detail)
}

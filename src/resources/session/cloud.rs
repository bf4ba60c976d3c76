//! The cloud of a plan, as far as the session knows it already.

use std::sync::Arc;

use super::{Session, messages};
use crate::{
    clouds::{Capabilities, Cloud},
    resources::common::cloud_name::of_attribute,
    tf::{Diagnostics, Tf},
};

/// The cloud that is meant while planning. A plan that names none gets the provider's.
pub fn planned(
    session: &Session,
    config: &Tf<String>,
    planned: &mut Tf<String>,
    diagnostics: &mut Diagnostics,
) -> Option<&'static Capabilities> {
    if planned.is_unknown() && config.is_null() {
        match session.default_cloud() {
            Ok(Tf::Known(name)) => *planned = Tf::Known(name.to_owned()),
            Ok(_) => {}
            Err(error) => diagnostics.extend(error),
        }
    } else if planned.is_null() && config.is_null() {
        // A state has to have the configuration's own word, and this one would not say where the thing is.
        diagnostics.add_error("cloud", messages::no_cloud_named());
    }
    usable(session, planned, diagnostics)
}

/// The cloud of a name, which must have been given what it takes.
pub fn usable(session: &Session, cloud: &Tf<String>, diagnostics: &mut Diagnostics) -> Option<&'static Capabilities> {
    match session.cloud_if_known(cloud.known()?) {
        Ok(Some(cloud)) => Some(cloud.capabilities()),
        Ok(None) => of_attribute(cloud, diagnostics),
        Err(error) => {
            let found = of_attribute(cloud, diagnostics)?;
            diagnostics.extend(error);
            Some(found)
        }
    }
}

/// The cloud that a plan is for, if it can be asked already.
pub fn to_ask(session: &Session, planned: &Tf<String>) -> Option<Arc<dyn Cloud>> {
    session.cloud_if_known(planned.known()?).ok()?
}

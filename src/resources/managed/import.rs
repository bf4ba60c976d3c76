//! Import by id: `<id>` or `<cloud>/<id>`.

use super::{Managed, ManagedModel, id, messages};
use crate::{
    resources::session::{Session, cloud},
    tf::{Context, Diagnostics, Path, Tf},
};

/// The state with which an import begins: the cloud and the id.
pub fn import<M: ManagedModel>(cx: &Context<Session>, text: &str) -> Result<M, Diagnostics> {
    let (cloud, id) = parse::<M::Object>(&cx.session, text)?;
    Ok(M::imported(cloud, id))
}

fn parse<O: Managed>(session: &Session, text: &str) -> Result<(Tf<String>, Tf<String>), Diagnostics> {
    let (cloud, id) = match text.split_once('/') {
        Some((cloud, id)) => (Tf::Known(cloud.to_owned()), id),
        None => (
            session.default_cloud()?.known().map(|name| (*name).to_owned()).into(),
            text,
        ),
    };
    let mut diagnostics = Diagnostics::new();
    let capabilities = cloud::usable(session, &cloud, &mut diagnostics);
    let reason = match capabilities {
        Some(capabilities) => id::why_not::<O>(id, capabilities),
        None => O::to_id(id).err().map(|invalid| invalid.to_string()),
    };
    if let Some(reason) = reason {
        diagnostics.add_error(Path::from("id"), messages::wrong_import_id(O::NOT_AN_ID, text, &reason));
    }
    if diagnostics.has_errors() {
        Err(diagnostics)
    } else {
        Ok((cloud, Tf::Known(id.to_owned())))
    }
}

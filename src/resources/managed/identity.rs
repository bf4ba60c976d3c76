//! Identity of what was ordered: an answer to an order that is about an object which this run knows already, or about one
//! of another name, is about somebody else's. The order may have been followed all the same, as after a lost answer.

use tokio::time::Instant;

use crate::{
    clouds::{Collection, Error, Kind, Result},
    resources::{
        managed::{Managed, ownership::is_same_name},
        session::Session,
    },
    tf::Context,
};

/// The object that an order was answered with, if it can be the one that was ordered under this name. `sent` is when that
/// was, or a little before.
pub fn of_order<O: Managed>(
    cx: &Context<Session>,
    collection: &dyn Collection<O>,
    name: &str,
    sent: Instant,
    object: O,
) -> Result<O> {
    let (noun, id) = (O::NOUN, object.id().to_string());
    let doubt = match object.name() {
        _ if cx.session.run.own_ids.has::<O>(collection.capabilities().name, &id) => {
            "which was there before".to_owned()
        }
        // An empty name tells nothing.
        Some(told) if !told.trim().is_empty() && !is_same_name(name, told) => format!("whose name is {told:?}"),
        _ => return Ok(object),
    };
    Err(Error {
        kind: Kind::Unreadable,
        cloud: collection.capabilities().name,
        operation: format!("creating {noun} {name:?}"),
        status: None,
        code: None,
        sent: Some(sent),
        message: format!("the answer is about the {noun} {id}, {doubt}"),
        source: None,
    })
}

//! Identity of what was ordered: an answer to an order that is about a thing which this run knows already, or about one
//! of another name, is about somebody else's. The order may have been followed all the same, as after a lost answer.

use tokio::time::Instant;

use crate::{
    clouds::{Error, Kind, Object, Result},
    resources::{ownership::is_same_name, session::Session, thing::Things},
    tf::Context,
};

/// The thing that an order was answered with, if it can be the one that was ordered under this name. `sent` is when that
/// was, or a little before.
pub fn of_order<T: Things + ?Sized>(
    cx: &Context<Session>,
    things: &T,
    name: &str,
    sent: Instant,
    thing: T::Thing,
) -> Result<T::Thing> {
    let (noun, id) = (T::Thing::NOUN, thing.id().to_string());
    let doubt = match thing.name() {
        _ if cx.session.neighbours.has::<T::Thing>(things.cloud(), &id) => "which was there before".to_owned(),
        // An empty name tells nothing.
        Some(told) if !told.trim().is_empty() && !is_same_name(name, told) => format!("whose name is {told:?}"),
        _ => return Ok(thing),
    };
    Err(Error {
        kind: Kind::Unreadable,
        cloud: things.cloud(),
        operation: format!("creating {noun} {name:?}"),
        status: None,
        code: None,
        sent: Some(sent),
        message: format!("the answer is about the {noun} {id}, {doubt}"),
        source: None,
    })
}

//! Reads an object: for a refresh, an import, or a look in between. "Not found" alone proves nothing; see `run::absence`.

use std::sync::Arc;

use tokio::time::Instant;

use super::{Identity, Managed, ManagedModel, messages};
use crate::{
    clouds::{self, Capabilities, Cloud, Collection, Error},
    resources::{
        common::cloud_error,
        managed::lookup,
        run::{Cached, Run, Since, witnessed},
        session::Session,
    },
    tf::{Context, Diagnostics, Origin, Path, Tf},
};

/// The outcome of a refresh or an import.
pub enum Refreshed<O> {
    /// While planning, it is not known yet what the cloud takes: the state stands as it is.
    NotYetKnown,
    /// The object is gone, which the user has been told.
    Gone,
    Found {
        cloud: Arc<dyn Cloud>,
        object: O,
    },
}

/// Reads the object of a state. An import of an object that is gone is an error.
pub async fn refresh<M: ManagedModel>(
    cx: &Context<Session>,
    state: &M,
    origin: Origin,
) -> Result<Refreshed<M::Object>, Diagnostics> {
    let Identity { cloud, id, .. } = state.identity();
    let Some(cloud) = cx.session.cloud_to_read(cloud, origin)? else {
        return Ok(Refreshed::NotYetKnown);
    };
    let capabilities = cloud.capabilities();
    let collection: &dyn Collection<M::Object> = M::Object::of(cloud.as_ref(), "cloud")?;
    let id = id_in_state::<M::Object>(id)?;
    let run = &cx.session.run;
    let _reading = run.own_ids.reading::<M::Object>(capabilities.name, &id);
    let found = if M::Object::SHARES_LISTS {
        M::Object::lists(run).refreshed(collection, &id).await
    } else {
        read(run, collection, &id).await
    };
    match (found.map_err(|error| cannot_be_read::<M::Object>(&error))?, origin) {
        (Some(object), _) => Ok(Refreshed::Found { cloud, object }),
        (None, Origin::Import) => Err(lookup::nothing_to_import::<M::Object>(&id, capabilities)),
        (None, Origin::State) => {
            warn_of_absence::<M::Object>(cx, capabilities, &id, state.identity());
            Ok(Refreshed::Gone)
        }
    }
}

/// The object as it is now, or `None` if it is gone; with the refusal in a user's words.
pub async fn look<O: Managed>(
    cx: &Context<Session>,
    collection: &dyn Collection<O>,
    id: &O::Id,
) -> Result<Option<O>, Diagnostics> {
    let found = read(&cx.session.run, collection, id).await;
    found.map_err(|error| cannot_be_read::<O>(&error))
}

/// The object as it is now; `None` if it is gone.
pub async fn read<O: Managed>(run: &Run, collection: &dyn Collection<O>, id: &O::Id) -> clouds::Result<Option<O>> {
    witnessed(collection.get(id).await, listed(run, collection, id)).await
}

/// The object as it is listed, which was not found just now. A list from before can only prove that it is gone, and many
/// that are gone share it.
pub async fn listed<O: Managed>(run: &Run, collection: &dyn Collection<O>, id: &O::Id) -> clouds::Result<Option<O>> {
    let (now, lists) = (Since::Now(Instant::now()), O::lists(run));
    match lists.listed(collection, id, Since::Lately).await? {
        None => Ok(None),
        Some(_) => lists.listed(collection, id, now).await,
    }
}

pub fn cannot_be_read<O: Managed>(error: &Error) -> Diagnostics {
    cloud_error::diagnostics(messages::cannot_be_read(O::NOUN), error)
}

/// The id in a state.
pub fn id_in_state<O: Managed>(id: &Tf<String>) -> Result<O::Id, Diagnostics> {
    let id = id.known().map_or("", String::as_str);
    O::to_id(id)
        .map_err(|invalid| Diagnostics::from_error(Path::from("id"), messages::no_id_in_state(O::NOUN, invalid)))
}

/// Tells that a refresh drops an object from the state: the plan alone would only show that a new one is made.
fn warn_of_absence<O: Managed>(cx: &Context<Session>, capabilities: &Capabilities, id: &O::Id, known: Identity<'_>) {
    let (noun, title) = (O::NOUN, capabilities.title);
    let name = known.name.known().map_or_else(String::new, |name| format!(" ({name})"));
    let lived = known
        .created_at
        .known()
        .map_or_else(String::new, |since| messages::lived_since(since));
    cx.add_warning(Path::root(), messages::gone(title, noun, id, &name, &lived));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clouds::{Kind, Volume, VolumeId},
        resources::testing::{TestCloud, messages, text, volume},
    };

    const READ: &str = "read volume";
    const LIST: &str = "list volumes";

    fn cloud() -> TestCloud {
        let cloud = TestCloud::new();
        cloud.world().volumes.insert("7".to_owned(), volume("7", "data"));
        cloud
    }

    fn id(id: &str) -> VolumeId {
        VolumeId::new(id).expect("an id")
    }

    async fn look(cloud: &TestCloud, cx: &Context<Session>, one: &str) -> clouds::Result<Option<Volume>> {
        read::<Volume>(&cx.session.run, cloud, &id(one)).await
    }

    #[tokio::test]
    async fn what_is_listed_is_there_whoever_does_not_find_it() {
        let cloud = cloud();
        cloud.fail(READ, Kind::NotFound, false);
        let found = look(&cloud, &cloud.context(), "7").await.expect("an answer");
        assert_eq!(found.expect("is there").name.as_deref(), Some("data"));
        assert_eq!(cloud.calls(), ["read volume 7", LIST]);
    }

    #[tokio::test]
    async fn what_is_found_needs_no_list() {
        let cloud = cloud();
        assert!(look(&cloud, &cloud.context(), "7").await.expect("an answer").is_some());
        assert_eq!(cloud.calls(), ["read volume 7"]);
    }

    #[tokio::test]
    async fn a_list_that_cannot_be_read_is_no_witness() {
        for kind in [Kind::CloudFailed, Kind::Forbidden, Kind::Unreadable, Kind::NotFound] {
            let cloud = cloud();
            cloud.fail(READ, Kind::NotFound, false);
            cloud.fail(LIST, kind, false);
            let refusal = look(&cloud, &cloud.context(), "7").await.expect_err("nobody knows");
            assert_eq!((refusal.kind, refusal.operation.as_str()), (kind, LIST));
        }
    }

    #[tokio::test]
    async fn a_thousand_that_are_gone_take_one_list() {
        let cloud = cloud();
        let cx = cloud.context();
        for one in 1_000..2_000 {
            let found = look(&cloud, &cx, &one.to_string()).await.expect("an answer");
            assert!(found.is_none());
        }
        let calls = cloud.calls();
        assert_eq!(calls.iter().filter(|call| *call == LIST).count(), 1);
        assert_eq!(calls.len(), 1_001);
    }

    #[tokio::test]
    async fn what_is_on_an_old_list_is_looked_for_in_a_new_one() {
        let cloud = cloud();
        let cx = cloud.context();
        look(&cloud, &cx, "8").await.expect("an answer");
        // It is on the list that there is, and gone since.
        cloud.world().volumes.clear();
        let found = listed::<Volume>(&cx.session.run, &cloud, &id("7")).await;
        assert!(found.expect("an answer").is_none());
        assert_eq!(cloud.calls(), ["read volume 8", LIST, LIST]);
        let found = listed::<Volume>(&cx.session.run, &cloud, &id("9")).await;
        assert!(found.expect("an answer").is_none());
        assert_eq!(cloud.calls().len(), 3, "what is not on it was not there before");
    }

    #[test]
    fn what_is_dropped_is_told() {
        let cloud = TestCloud::new();
        let cx = cloud.context();
        let (name, since) = (text("data"), text("2026-11-21T03:04:41Z"));
        let known = Identity {
            cloud: &Tf::Null,
            id: &Tf::Null,
            name: &name,
            created_at: &since,
        };
        warn_of_absence::<Volume>(&cx, &crate::resources::testing::CAPABILITIES, &id("7"), known);
        let told = messages(&cx.warnings()());
        let expected = ": The volume 7 is gone: Test Cloud does not know the volume 7 (data) any more, so it is dropped from \
                        the state. It had lived since 2026-11-21T03:04:41Z. If nobody has deleted it, look at the key";
        assert!(told.len() == 1 && told[0].starts_with(expected), "{told:?}");
    }
}

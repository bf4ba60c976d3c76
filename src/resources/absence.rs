//! Absence needs two witnesses: nothing is forgotten because of one answer.
//!
//! A thing is gone if the cloud does not find it *and* does not list it, or if the cloud says of it that it has ended. A
//! cloud that has listed nothing, because its list cannot be read, is no witness: that is an error. What is on the list
//! is there as the list tells it.
//!
//! Of a deletion, the cloud's acceptance is one witness and a thing that is not found afterwards the other. Where a
//! deletion itself is answered with "not found", the list is asked before that is believed, unless the thing was not
//! found before either.

use crate::resources::messages;
use tokio::time::Instant;

use crate::{
    clouds::{Capabilities, Error, Kind, Result},
    resources::{
        session::Session,
        thing::{IdOf, Thing, Things},
    },
    tf::{Context, Path, Tf},
};

/// The one place where "not found" becomes "gone": `found` is what the cloud says of the thing itself, and the list is
/// asked only if that is "not found".
pub async fn witnessed<T>(
    found: Result<Option<T>>,
    listed: impl Future<Output = Result<Option<T>>>,
) -> Result<Option<T>> {
    match found {
        Err(error) if is_not_found(&error) => listed.await,
        found => found,
    }
}

/// The thing as it is now; `None` if it is gone.
pub async fn read<T: Things + ?Sized>(session: &Session, things: &T, id: &IdOf<T>) -> Result<Option<T::Thing>> {
    witnessed(things.read(id).await, listed(session, things, id)).await
}

/// The thing as it is listed, which was not found just now. A list from before can only prove that it is gone, and many
/// that are gone share it.
pub async fn listed<T: Things + ?Sized>(session: &Session, things: &T, id: &IdOf<T>) -> Result<Option<T::Thing>> {
    let now = Since::Now(Instant::now());
    match things.listed(session, id, Since::Lately).await? {
        None => Ok(None),
        Some(_) => things.listed(session, id, now).await,
    }
}

pub fn is_not_found(error: &Error) -> bool {
    error.kind == Kind::NotFound
}

/// How old a list may be that is asked for a thing.
#[derive(Debug, Clone, Copy)]
pub enum Since {
    /// Of the same walk.
    Lately,
    /// Not older than this moment.
    Now(Instant),
}

/// Tells that a refresh drops a thing from the state: the plan alone would only show that a new one is made.
pub fn tell<T: Thing>(
    cx: &Context<Session>,
    capabilities: &Capabilities,
    id: &T::Id,
    name: &Tf<String>,
    since: &Tf<String>,
) {
    let (noun, title) = (T::NOUN, capabilities.title);
    let name = name.known().map_or_else(String::new, |name| format!(" ({name})"));
    let lived = since
        .known()
        .map_or_else(String::new, |since| messages::lived_since(since));
    cx.add_warning(Path::root(), messages::gone(title, noun, id, &name, &lived));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clouds::{Volume, VolumeId},
        resources::{
            testing::{TestCloud, messages, text, volume},
            volume::VolumesOf,
        },
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

    async fn look(cloud: &TestCloud, cx: &Context<Session>, one: &str) -> Result<Option<Volume>> {
        let volumes = VolumesOf::new(cloud).expect("has volumes");
        read(&cx.session, &volumes, &id(one)).await
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
        let volumes = VolumesOf::new(&cloud).expect("has volumes");
        look(&cloud, &cx, "8").await.expect("an answer");
        // It is on the list that there is, and gone since.
        cloud.world().volumes.clear();
        let found = listed(&cx.session, &volumes, &id("7")).await;
        assert!(found.expect("an answer").is_none());
        assert_eq!(cloud.calls(), ["read volume 8", LIST, LIST]);
        let found = listed(&cx.session, &volumes, &id("9")).await;
        assert!(found.expect("an answer").is_none());
        assert_eq!(cloud.calls().len(), 3, "what is not on it was not there before");
    }

    #[test]
    fn what_is_dropped_is_told() {
        let cloud = TestCloud::new();
        let cx = cloud.context();
        let (name, since) = (text("data"), text("2026-11-21T03:04:41Z"));
        tell::<Volume>(&cx, &crate::resources::testing::CAPABILITIES, &id("7"), &name, &since);
        let told = messages(&cx.warnings()());
        let expected = ": The volume 7 is gone: Test Cloud does not know the volume 7 (data) any more, so it is dropped from \
                        the state. It had lived since 2026-11-21T03:04:41Z. If nobody has deleted it, look at the key";
        assert!(told.len() == 1 && told[0].starts_with(expected), "{told:?}");
    }
}

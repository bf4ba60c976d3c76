//! What pods, volumes and credentials have in common, so that they are made, waited for and spoken of in one way.

use crate::resources::messages;
use async_trait::async_trait;
use tokio::time::Instant;

use crate::{
    clouds::{Error, Object, Result},
    resources::{
        absence::{self, Since},
        failure,
        neighbours::Listed,
        pod::Ongoing,
        session::Session,
    },
    tf::{Context, Diagnostics, Path, Tf},
};

/// A thing at a cloud, as users of Terraform meet it.
pub trait Thing: Object {
    /// What is said of a text that is no id.
    const NOT_AN_ID: &'static str;

    /// What lists all of them, such as "`data \"gpupod_pods\"`".
    const LISTED_BY: &'static str;

    /// Whether one that nobody knows of is paid for all the same.
    const COSTS_MONEY: bool = false;
}

/// All things of one kind at one cloud. What holds for the calls of a cloud holds for these.
#[async_trait]
pub trait Things: Send + Sync {
    type Thing: Thing;
    type Spec: Sync;

    /// The cloud's name in configurations.
    fn cloud(&self) -> &'static str;

    /// What the cloud's own clock showed at a moment of ours; see [`Cloud::time_at`](crate::clouds::Cloud::time_at).
    fn time_at(&self, moment: Instant) -> Option<i64>;

    async fn create(&self, spec: &Self::Spec) -> Result<Self::Thing>;

    /// By a single answer, which proves nothing if it is "not found": [`absence`] has what does.
    async fn read(&self, id: &IdOf<Self>) -> Result<Option<Self::Thing>>;

    async fn list(&self) -> Result<Vec<Self::Thing>>;

    async fn delete(&self, id: &IdOf<Self>) -> Result<()>;

    /// The thing as a list shows it that many share who do not find theirs.
    async fn listed(&self, session: &Session, id: &IdOf<Self>, since: Since) -> Result<Option<Self::Thing>>;

    /// All of them, where many who plan share their answers.
    async fn neighbours(&self, session: &Session) -> Listed {
        session.neighbours.listed(self).await
    }

    /// The thing that is being waited for, as it is at this moment or later. "Not found" proves nothing.
    async fn awaited(&self, _session: &Session, id: &IdOf<Self>, _moment: Instant) -> Result<Option<Self::Thing>> {
        self.read(id).await
    }

    /// Notes a wait until what it returns is dropped, where waits share their answers.
    fn waiting(&self, _session: &Session) -> Option<Ongoing> {
        None
    }

    /// Until when those who wait should not ask again, where an answer takes long.
    fn spared_until(&self, _session: &Session) -> Option<Instant> {
        None
    }

    /// Whether there are other waits to share an answer with.
    fn is_crowded(&self, _session: &Session) -> bool {
        false
    }
}

pub type IdOf<T> = <<T as Things>::Thing as Object>::Id;

/// The thing as it is now, or `None` if it is gone; with the refusal in a user's words.
pub async fn look<T: Things + ?Sized>(
    cx: &Context<Session>,
    things: &T,
    id: &IdOf<T>,
) -> std::result::Result<Option<T::Thing>, Diagnostics> {
    let found = absence::read(&cx.session, things, id).await;
    found.map_err(|error| cannot_be_read::<T::Thing>(&error))
}

pub fn cannot_be_read<T: Thing>(error: &Error) -> Diagnostics {
    failure::diagnostics(messages::cannot_be_read(T::NOUN), error)
}

/// The id in a state.
pub fn id_in_state<T: Thing>(id: &Tf<String>) -> std::result::Result<T::Id, Diagnostics> {
    let id = id.known().map_or("", String::as_str);
    T::to_id(id)
        .map_err(|invalid| Diagnostics::from_error(Path::from("id"), messages::no_id_in_state(T::NOUN, invalid)))
}

//! Creates whose answers are lost, at a cloud of which a test says what it lists then.

use std::{sync::Mutex, time::Duration};

use async_trait::async_trait;
use tokio::time::sleep;

use super::*;
use crate::{
    clouds::{
        Account, Capabilities, Catalogue, Cloud, Histories, Logs, Name, Pods, RegistryAuths, Result, Runtimes, SshKeys,
        Storage, Volume, VolumeId, VolumeSpec, Volumes,
    },
    resources::testing::{self, TestCloud, messages, volume},
};

/// By how much the cloud's clock is ahead of 1970 when a test begins: of this machine's clock it knows nothing.
const AHEAD: i64 = 4_000_000_000_000;
const HOUR: i64 = 3_600;

/// What the list has at a look: id, name, how many seconds after the request it was made, and whether it is like what
/// was ordered.
type Entry = (&'static str, &'static str, Option<i64>, &'static str);

struct Shelf {
    began: Instant,
    tells_the_time: bool,
    /// How long an order stands in line.
    waits: Duration,
    sent: Mutex<Option<Instant>>,
    before: Vec<Entry>,
    /// What is listed at each look; the last of it stays.
    looks: Vec<Vec<Entry>>,
    calls: Mutex<Vec<&'static str>>,
}

impl Shelf {
    fn new(looks: &[&[Entry]]) -> Self {
        Self {
            began: Instant::now(),
            tells_the_time: true,
            waits: Duration::ZERO,
            sent: Mutex::default(),
            before: Vec::new(),
            looks: looks.iter().map(|look| look.to_vec()).collect(),
            calls: Mutex::default(),
        }
    }

    fn calls(&self) -> Vec<&'static str> {
        self.calls.lock().expect("no test panics with it").clone()
    }

    fn note(&self, call: &'static str) -> usize {
        let mut calls = self.calls.lock().expect("no test panics with it");
        calls.push(call);
        calls.iter().filter(|known| **known == call).count()
    }

    fn ahead(&self, moment: Instant) -> i64 {
        AHEAD + i64::try_from((moment - self.began).as_millis()).expect("a short test")
    }

    fn volumes(&self, entries: &[Entry]) -> Vec<Volume> {
        let sent = self.sent.lock().expect("no test panics with it").unwrap_or(self.began);
        let volumes = entries.iter().map(|(id, name, after, likeness)| Volume {
            created_at: after.map(|seconds| self.ahead(sent) + seconds * 1_000),
            cloud_status: (*likeness).to_owned(),
            ..volume(id, name)
        });
        volumes.collect()
    }
}

static CAPABILITIES: Capabilities = Capabilities {
    name: "shelf",
    ..testing::CAPABILITIES_OF_PODS_ONLY
};

/// It has volumes and nothing else.
impl Cloud for Shelf {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn account(&self) -> &Account {
        unreachable!("nobody asks for it")
    }

    fn time_at(&self, moment: Instant) -> Option<i64> {
        self.tells_the_time.then(|| self.ahead(moment))
    }

    fn pods(&self) -> &dyn Pods {
        unreachable!("nobody asks for pods")
    }

    fn volumes(&self) -> Option<&dyn Volumes> {
        None
    }

    fn catalogue(&self) -> Option<&dyn Catalogue> {
        None
    }

    fn registry_auths(&self) -> Option<&dyn RegistryAuths> {
        None
    }

    fn ssh_keys(&self) -> Option<&dyn SshKeys> {
        None
    }

    fn logs(&self) -> Option<&dyn Logs> {
        None
    }

    fn runtimes(&self) -> Option<&dyn Runtimes> {
        None
    }

    fn histories(&self) -> Option<&dyn Histories> {
        None
    }
}

#[async_trait]
impl Collection<Volume> for Shelf {
    async fn create(&self, _spec: &VolumeSpec) -> Result<Volume> {
        self.note("create");
        sleep(self.waits).await;
        let sent = Instant::now();
        *self.sent.lock().expect("no test panics with it") = Some(sent);
        sleep(Duration::from_secs(30)).await;
        Err(Error {
            sent: Some(sent),
            ..testing::error("creating", Kind::AnswerLost)
        })
    }

    async fn get(&self, _id: &VolumeId) -> Result<Option<Volume>> {
        Ok(None)
    }

    async fn list(&self) -> Result<Vec<Volume>> {
        let lists = self.note("list");
        let look = lists
            .checked_sub(2)
            .and_then(|look| self.looks.get(look).or(self.looks.last()));
        Ok(self.volumes(look.unwrap_or(&self.before)))
    }

    async fn delete(&self, _id: &VolumeId) -> Result<()> {
        Ok(())
    }
}

fn evidence(volume: &Volume) -> Evidence {
    match volume.cloud_status.as_str() {
        "equal" => Evidence::Equal,
        "marked" => Evidence::Marked,
        other => Evidence::Other(other.to_owned()),
    }
}

/// The id of what is adopted, or what is told.
async fn ordered_in(cx: &Context<Session>, shelf: &Shelf) -> std::result::Result<String, String> {
    let spec = VolumeSpec {
        name: Name::new("data").expect("a name"),
        storage: Storage::S3,
    };
    let new = NewObject {
        name: "data",
        spec: &spec,
        evidence: &evidence,
    };
    match super::create(cx, shelf, new).await {
        Ok(volume) => Ok(volume.id.to_string()),
        Err(errors) => Err(messages(&errors).join("\n")),
    }
}

async fn ordered(shelf: &Shelf) -> std::result::Result<String, String> {
    let made = ordered_in(&TestCloud::new().context(), shelf).await;
    let orders = shelf.calls().into_iter().filter(|call| *call == "create");
    assert_eq!(orders.count(), 1, "no second order");
    made
}

async fn is_adopted(id: &str, looks: &[&[Entry]]) {
    assert_eq!(ordered(&Shelf::new(looks)).await.as_deref(), Ok(id), "{looks:?}");
}

async fn is_left(shelf: &Shelf, phrases: &[&str]) {
    let told = ordered(shelf).await.expect_err("nothing is proven");
    for phrase in phrases {
        assert!(told.contains(phrase), "{phrase:?} is not in {told}");
    }
}

#[tokio::test(start_paused = true)]
async fn what_is_proven_is_adopted() {
    is_adopted("1", &[&[("1", "data", Some(0), "equal")]]).await;
    is_adopted("1", &[&[("1", "Data", Some(29), "equal")]]).await;
    is_adopted(
        "1",
        &[&[("9", "other", Some(0), "equal"), ("1", "data", Some(0), "equal")]],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn strangers_do_not_stand_in_the_way() {
    let ours = ("1", "data", Some(0), "equal");
    is_adopted("1", &[&[("7", "data", Some(-HOUR), "equal"), ours]]).await;
    is_adopted("1", &[&[ours, ("8", "data", Some(1), "its `size_in_gb` is 5")]]).await;
    is_adopted("1", &[&[("7", "data", None, "equal"), ours]]).await;
}

#[tokio::test(start_paused = true)]
async fn a_mark_is_proof_whatever_else_there_is() {
    let marked = ("1", "data", None, "marked");
    let twins = [("2", "data", Some(0), "equal"), ("3", "data", Some(0), "equal")];
    is_adopted("1", &[&[twins[0], marked, twins[1]]]).await;
    is_adopted("1", &[&[("1", "renamed", Some(-HOUR), "marked")]]).await;
}

#[tokio::test(start_paused = true)]
async fn a_list_that_lags_is_read_again() {
    let (old, ours) = (("7", "data", Some(-HOUR), "equal"), ("1", "data", Some(0), "equal"));
    is_adopted("1", &[&[], &[ours]]).await;
    is_adopted("1", &[&[old], &[old], &[old, ours]]).await;
}

#[tokio::test(start_paused = true)]
async fn what_is_older_is_named_and_left_alone() {
    let shelf = Shelf::new(&[&[
        ("7", "data", Some(-24 * HOUR), "equal"),
        ("8", "data", Some(-60), "equal"),
    ]]);
    is_left(
        &shelf,
        &[
            "The volume was not made",
            "shelf/7, created at 2096-10-01T07:06:40Z: it was created 24h before the request",
            "`terraform import ADDRESS shelf/7`",
            "it was created 1m before the request",
            "`terraform import ADDRESS shelf/8`",
        ],
    )
    .await;
    assert_eq!(shelf.calls(), ["list", "create", "list", "list", "list"]);
}

#[tokio::test(start_paused = true)]
async fn what_is_another_is_named_and_left_alone() {
    let shelf = Shelf::new(&[&[("8", "data", Some(1), "its `size_in_gb` is 5")]]);
    is_left(
        &shelf,
        &[
            "The volume may have been made",
            "its `size_in_gb` is 5",
            "`terraform import ADDRESS shelf/8`",
        ],
    )
    .await;
}

#[tokio::test(start_paused = true)]
async fn of_two_that_fit_none_is_taken() {
    let shelf = Shelf::new(&[&[("1", "data", Some(0), "equal"), ("2", "data", Some(1), "equal")]]);
    is_left(
        &shelf,
        &[
            "The volume may have been made",
            "it is one of 2 that fit",
            "`terraform import ADDRESS shelf/1`",
            "`terraform import ADDRESS shelf/2`",
        ],
    )
    .await;
    assert_eq!(shelf.calls(), ["list", "create", "list"]);
}

#[tokio::test(start_paused = true)]
async fn without_the_time_nothing_is_taken() {
    let untold = Shelf {
        tells_the_time: false,
        ..Shelf::new(&[&[("1", "data", Some(0), "equal")]])
    };
    is_left(&untold, &["may have been made", "does not tell what its clock shows"]).await;
    let undated = Shelf::new(&[&[("1", "data", None, "equal")]]);
    is_left(&undated, &["may have been made", "does not tell when it was created"]).await;
    let future = Shelf::new(&[&[("1", "data", Some(HOUR), "equal")]]);
    is_left(&future, &["may have been made", "created in the future"]).await;
    let there_before = Shelf {
        before: vec![("1", "data", None, "equal")],
        ..Shelf::new(&[&[("1", "data", None, "equal")]])
    };
    is_left(&there_before, &["was not made", "it was there before this run"]).await;
}

#[tokio::test(start_paused = true)]
async fn an_order_counts_from_when_it_was_sent() {
    let waits = Duration::from_secs(3_600);
    let meanwhile = ("7", "data", Some(-HOUR / 2), "equal");
    let shelf = Shelf {
        waits,
        ..Shelf::new(&[&[meanwhile]])
    };
    is_left(&shelf, &["it was created 30m before the request"]).await;
    let shelf = Shelf {
        waits,
        ..Shelf::new(&[&[meanwhile, ("1", "data", Some(0), "equal")]])
    };
    assert_eq!(ordered(&shelf).await.as_deref(), Ok("1"));
}

#[tokio::test(start_paused = true)]
async fn what_this_run_knows_is_no_candidate() {
    let cx = TestCloud::new().context();
    let shelf = Shelf::new(&[&[("1", "data", Some(0), "equal")]]);
    assert_eq!(ordered_in(&cx, &shelf).await.as_deref(), Ok("1"));
    let told = ordered_in(&cx, &Shelf::new(&[&[("1", "data", Some(0), "equal")]])).await;
    assert!(told.is_err_and(|told| told.contains("No volume of this name has appeared since")));
    cx.session.run.own_ids.note::<Volume>("shelf", "2");
    let read = Shelf::new(&[&[("2", "data", Some(0), "equal"), ("3", "data", Some(0), "equal")]]);
    assert_eq!(ordered_in(&cx, &read).await.as_deref(), Ok("3"));
}

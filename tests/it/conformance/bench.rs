//! A cloud's client and its simulator, side by side, with a clock that only the test moves.

use std::{collections::BTreeSet, fmt::Debug, sync::Arc, thread, time::Duration};

use gpupod::{
    clouds::{
        Account, Cloud, ConnectSettings, Description, Error, Kind, Phase, Pod, PodId, PodSpec, Secret, Settings,
        StopSupport, connect,
    },
    simulator::{Options, Pace, RecordedRequest, Simulator},
};
use serde_json::{Value, json};

use super::{document::Document, specs, words::words};

/// Between two looks, so short that no phase passes unseen.
const STEP: Duration = Duration::from_secs(5);
/// After so many looks nothing will get there any more: it is half an hour.
const MOST_LOOKS: usize = 360;

pub struct Bench {
    pub description: &'static Description,
    pub simulator: Simulator,
    /// Sends nothing twice.
    pub cloud: Arc<dyn Cloud>,
}

impl Bench {
    pub fn new(description: &'static Description) -> Bench {
        let simulator = Simulator::start(Options {
            pace: Pace::Stepped,
            strict: true,
            ..Options::default()
        });
        let simulator = simulator.expect("a loopback port");
        let cloud = connected(description, &simulator, settings(0), None, account(description));
        Bench {
            description,
            simulator,
            cloud,
        }
    }

    pub fn with_quirks(description: &'static Description, quirks: &Value) -> Bench {
        let bench = Bench::new(description);
        bench.simulator.quirks(quirks.clone()).expect("quirks");
        bench
    }

    /// A client of the same cloud that sends again once.
    pub fn persistent(&self) -> Arc<dyn Cloud> {
        let account = account(self.description);
        connected(self.description, &self.simulator, settings(1), None, account)
    }

    pub fn with_key(&self, key: &str) -> Arc<dyn Cloud> {
        let account = account(self.description);
        connected(self.description, &self.simulator, settings(0), Some(key), account)
    }

    pub fn with_account(&self, account: Account) -> Arc<dyn Cloud> {
        connected(self.description, &self.simulator, settings(0), None, account)
    }

    pub fn with_user_agent(&self, user_agent: &str) -> Arc<dyn Cloud> {
        let user_agent = user_agent.to_owned();
        connected(
            self.description,
            &self.simulator,
            Settings {
                user_agent,
                ..settings(0)
            },
            None,
            account(self.description),
        )
    }

    pub fn can_stop(&self) -> bool {
        self.description.capabilities.stop != StopSupport::None
    }

    /// What the next `times` requests of this method meet.
    pub fn order(&self, method: &str, times: u32, action: &Value) {
        let fault = json!({"method": method, "path": "*", "times": times, "action": action});
        self.simulator.order(fault).expect("a fault");
    }

    pub fn least_spec(&self) -> PodSpec {
        specs::least(self.description.capabilities)
    }

    pub async fn create(&self) -> Pod {
        self.cloud.pods().create(&self.least_spec()).await.expect("is made")
    }

    pub async fn running(&self) -> PodId {
        let id = self.create().await.id;
        self.phases_until(&id, Some(Phase::Running)).await;
        id
    }

    pub async fn stopped(&self) -> PodId {
        let id = self.running().await;
        self.stop(&id).await;
        id
    }

    /// Stops a running pod.
    pub async fn stop(&self, id: &PodId) {
        self.cloud.pods().stop(id).await.expect("is told to stop");
        self.phases_until(id, Some(Phase::Stopped)).await;
    }

    /// A pod that was deleted, until it is gone.
    pub async fn deleted(&self) -> PodId {
        let id = self.running().await;
        self.delete(&id).await;
        id
    }

    /// Deletes a running pod, until it is gone.
    pub async fn delete(&self, id: &PodId) {
        self.make_deletable(id).await;
        self.cloud.pods().delete(id).await.expect("is told to end");
        self.phases_until(id, None).await;
    }

    /// A pod in a state in which the cloud lets it be deleted.
    pub async fn deletable(&self) -> PodId {
        let id = self.running().await;
        self.make_deletable(&id).await;
        id
    }

    async fn make_deletable(&self, id: &PodId) {
        if self.description.capabilities.stop == StopSupport::RequiredBeforeDelete {
            self.stop(id).await;
        }
    }

    /// A pod that is there.
    pub async fn pod(&self, id: &PodId) -> Pod {
        self.cloud.pods().get(id).await.expect("is read").expect("is there")
    }

    /// `None` if the pod is gone.
    pub async fn phase(&self, id: &PodId) -> Option<Phase> {
        if_found(self.cloud.pods().get(id).await).map(|pod| pod.phase)
    }

    pub async fn listed(&self) -> BTreeSet<PodId> {
        let pods = self.cloud.pods().list().await.expect("are listed");
        pods.into_iter().map(|pod| pod.id).collect()
    }

    /// The phases from now to the goal, each once.
    pub async fn phases_until(&self, id: &PodId, goal: Option<Phase>) -> Vec<Option<Phase>> {
        self.seen_until(goal, async || self.phase(id).await).await
    }

    /// What is seen from now to the goal, each once.
    pub async fn seen_until<Seen: PartialEq + Debug>(&self, goal: Seen, look: impl AsyncFn() -> Seen) -> Vec<Seen> {
        let mut all = Vec::new();
        for _ in 0..MOST_LOOKS {
            all.push(look().await);
            if all.last() == Some(&goal) {
                all.dedup();
                return all;
            }
            self.simulator.advance(STEP);
        }
        all.dedup();
        panic!("{goal:?} is never reached: {all:?}");
    }

    /// The requests that ask for a pod.
    pub fn creations(&self) -> Vec<RecordedRequest> {
        let mut requests = self.simulator.requests();
        requests.retain(|request| request.method == "POST" && request.path.trim_end_matches('/').ends_with("/pods"));
        requests
    }
}

/// Whatever a test is about, the document must allow the requests that it sent.
impl Drop for Bench {
    fn drop(&mut self) {
        if thread::panicking() {
            return;
        }
        let document = Document::of(self.description.capabilities.name);
        for request in self.simulator.requests() {
            assert_eq!(document.mistakes(&request), Vec::<String>::new());
        }
    }
}

/// What is there; `None` if it is gone, or not found.
pub fn if_found<T>(result: Result<Option<T>, Error>) -> Option<T> {
    match result {
        Err(error) if error.kind == Kind::NotFound => None,
        found => found.expect("is read"),
    }
}

/// How a call failed; `None` if it did not.
pub fn kind<T>(result: Result<T, Error>) -> Option<Kind> {
    result.err().map(|error| error.kind)
}

fn settings(max_retries: u32) -> Settings {
    Settings {
        max_retries,
        ..Settings::default()
    }
}

fn account(description: &Description) -> Account {
    words(description.capabilities).account()
}

fn connected(
    description: &Description,
    simulator: &Simulator,
    http: Settings,
    other_key: Option<&str>,
    account: Account,
) -> Arc<dyn Cloud> {
    let environment = simulator.environment();
    let value = |wanted: &str| {
        let variable = environment.iter().find(|(name, _)| *name == wanted);
        variable
            .map(|(_, value)| value.clone())
            .expect("the simulator names it")
    };
    let key = other_key.map_or_else(|| value(description.key_variable()), str::to_owned);
    let settings = ConnectSettings {
        http,
        base_url: Some(value(description.base_url_variables()[0])),
        key: Secret::new(key),
        account,
    };
    connect(description.capabilities.name, settings).expect("is connected")
}

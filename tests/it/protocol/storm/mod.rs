//! Thousands of random but well-formed requests to every RPC of the real provider, over the simulated clouds: each is
//! answered, none panics, none hangs, and what comes back is of its schema.

mod any;

mod requests;

use std::{collections::BTreeMap, time::Duration};

use fastrand::Rng;
use gpupod::{
    resources::Gpupod,
    server::Server,
    simulator::{API_KEY, CPOD_API_KEY, Options, PRIME_INTELLECT_API_KEY, Simulator},
    tf::{Model, Provider, Type, Value},
    wire::{self, proto::DynamicValue},
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};

use super::values::object;

const SEED: u64 = 2_026;

const REQUESTS: usize = 2_000;

/// Far beyond what any request takes here: the time-outs of a provider that waits in vain are longer still.
const HANGS: Duration = Duration::from_secs(120);

/// What an answer said, in the form that all answers share.
struct Reply {
    rpc: &'static str,
    errors: Vec<String>,
    /// What came back as a value, with the type that it must be of.
    values: Vec<(Option<DynamicValue>, Type)>,
}

/// Types by the full names of what has them.
type Types = BTreeMap<String, Type>;

struct Storm {
    server: Server<Gpupod>,
    simulator: Simulator,
    random: Rng,
    config: Type,
    resources: Types,
    data_sources: Types,
    /// The states of what was made, with the names of their types.
    made: Vec<(String, DynamicValue)>,
}

impl Storm {
    async fn new() -> Self {
        let server = Server::new(Gpupod, CancellationToken::new(), TaskTracker::new());
        let full_name = |name: &str| format!("gpupod_{name}");
        let resources = Gpupod.resources().into_iter();
        let data_sources = Gpupod.data_sources().into_iter();
        let mut storm = Self {
            server,
            simulator: Simulator::start(Options::default()).expect("a loopback port"),
            random: Rng::with_seed(SEED),
            config: <Gpupod as Provider>::Config::schema(0).value_type().clone(),
            resources: resources
                .map(|one| (full_name(one.name()), one.schema().value_type().clone()))
                .collect(),
            data_sources: data_sources
                .map(|one| (full_name(one.name()), one.schema().value_type().clone()))
                .collect(),
            made: Vec::new(),
        };
        storm.configure_well().await;
        for (type_name, json) in any::SOUND {
            storm.make(type_name, json).await;
        }
        storm
    }

    /// The block that points every cloud at the simulator, so that no request leaves this machine.
    fn good_config(&self) -> Value {
        let url = self.simulator.url();
        let cloud = |key: &str| object([("api_key", key.into()), ("base_url", url.as_str().into())]);
        let cpod = object([
            ("api_key", CPOD_API_KEY.into()),
            ("base_url", url.as_str().into()),
            ("workspace_id", "ws-research".into()),
        ]);
        object([
            ("cloud", "yotta".into()),
            ("yotta", cloud(API_KEY)),
            ("prime_intellect", cloud(PRIME_INTELLECT_API_KEY)),
            ("cpod", cpod),
            ("poll_interval", "50ms".into()),
            ("max_retries", 0.into()),
        ])
    }

    fn ids(&self) -> Vec<String> {
        let pods = self.simulator.living_pods().into_iter().map(|pod| pod.id);
        let volumes = self.simulator.living_volumes().into_iter().map(|volume| volume.id);
        pods.chain(volumes).collect()
    }
}

#[tokio::test]
async fn no_request_brings_the_provider_down() {
    let mut storm = Storm::new().await;
    let (mut answered, mut in_peace) = (BTreeMap::new(), BTreeMap::new());
    for number in 0..REQUESTS {
        let reply = tokio::time::timeout(HANGS, storm.next()).await;
        let reply = reply.unwrap_or_else(|_| panic!("request {number} hangs"));
        reply.check(number);
        *answered.entry(reply.rpc).or_insert(0) += 1;
        *in_peace.entry(reply.rpc).or_insert(0) += usize::from(reply.errors.is_empty());
    }
    println!("answered: {answered:?}\nof these without an error: {in_peace:?}"); // Shown if the test fails.
    assert_eq!(answered.len(), 16, "every RPC was called");
    for (rpc, count) in &answered {
        assert!(*count >= 60, "{rpc} was called {count} times");
    }
    // Otherwise the requests were too wild to get anywhere.
    for rpc in [
        "plan_resource_change",
        "apply_resource_change",
        "read_resource",
        "read_data_source",
    ] {
        assert!(in_peace[rpc] >= 5, "{rpc} did something {} times", in_peace[rpc]);
    }
}

impl Reply {
    fn check(&self, number: usize) {
        for error in &self.errors {
            assert!(
                !error.contains("The provider panicked"),
                "request {number}, {}: {error}",
                self.rpc
            );
        }
        for (value, value_type) in &self.values {
            let read = wire::decode(value.as_ref(), value_type);
            // Bytes that could not be read are handed back as they came.
            assert!(
                read.is_ok() || !self.errors.is_empty(),
                "request {number}, {}: {read:?}",
                self.rpc
            );
        }
    }
}

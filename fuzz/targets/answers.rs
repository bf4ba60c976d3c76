//! The body of an answer, to each call of each cloud's client, over a real connection.
#![no_main]

use std::{
    cell::RefCell,
    sync::{Arc, PoisonError},
};

use gpupod::clouds::{
    ALL, Accelerators, Account, Cloud, ConnectSettings, Error, GiB, GpuCount, GpuRequest, LogQuery, MachineFilter,
    Name, PodId, PodSpec, RegistryAuthId, RegistryAuthSpec, Secret, Settings, SshKeyId, SshKeySpec, Storage, VolumeId,
    VolumeOffer, VolumeSpec, connect,
};
use harness::{
    choice,
    server::{self, Script, Shared},
};
use libfuzzer_sys::fuzz_target;
use tokio::runtime::{Builder, Runtime};

/// 429 is left out: it slows the client down on purpose.
const STATUSES: [u16; 8] = [200, 200, 200, 201, 400, 404, 409, 500];
const CONTENT_TYPES: [&str; 3] = ["application/json", "text/plain", "text/html"];
const ID: &str = "420522713875328001";
const KEY: &str = "swordfish-of-the-fuzzer";

struct Bench {
    runtime: Runtime,
    script: Shared,
    clouds: Vec<Arc<dyn Cloud>>,
}

thread_local! {
    static BENCH: RefCell<Bench> = RefCell::new(Bench::new());
}

// The cloud, the call, the status and the content type; then bodies, parted by a zero.
fuzz_target!(|data: &[u8]| {
    let (cloud, data) = choice(data);
    let (call, data) = choice(data);
    let (status, data) = choice(data);
    let (content_type, bodies) = choice(data);
    BENCH.with_borrow(|bench| {
        *bench.script.lock().unwrap_or_else(PoisonError::into_inner) = Script {
            status: STATUSES[status % STATUSES.len()],
            content_type: CONTENT_TYPES[content_type % CONTENT_TYPES.len()],
            bodies: bodies.split(|byte| *byte == 0).map(<[u8]>::to_vec).collect(),
        };
        let cloud = &bench.clouds[cloud % bench.clouds.len()];
        if let Err(error) = bench.runtime.block_on(ask(&**cloud, call)) {
            assert!(!format!("{error} {error:?}").contains(KEY));
        }
    });
});

impl Bench {
    fn new() -> Self {
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        let script = Shared::default();
        let address = runtime.block_on(server::start(Arc::clone(&script)));
        let clouds = ALL.iter().map(|cloud| {
            let settings = ConnectSettings {
                http: Settings {
                    max_retries: 0,
                    ..Settings::default()
                },
                base_url: Some(address.clone()),
                key: Secret::new(KEY),
                account: Account {
                    workspace_id: Some("ws-1".to_owned()),
                    ..Account::default()
                },
            };
            connect(cloud.capabilities.name, settings).expect("a good address and key")
        });
        Self {
            runtime,
            script,
            clouds: clouds.collect(),
        }
    }
}

async fn ask(cloud: &dyn Cloud, call: usize) -> Result<(), Error> {
    let pod = PodId::new(ID).expect("an id");
    match call % 16 {
        0 => drop(cloud.pods().create(&pod_spec(cloud)).await?),
        1 => drop(cloud.pods().get(&pod).await?),
        2 => drop(cloud.pods().list().await?),
        3 => cloud.pods().stop(&pod).await?,
        4 => cloud.pods().start(&pod).await?,
        5 => cloud.pods().delete(&pod).await?,
        6..=8 => ask_volumes(cloud, call % 16).await?,
        9..=10 => ask_registry_auths(cloud, call % 16).await?,
        11 => ask_ssh_keys(cloud).await?,
        12 => ask_logs(cloud, &pod).await?,
        13 => {
            if let Some(runtimes) = cloud.runtimes() {
                runtimes.pod_runtime(&pod).await?;
            }
        }
        14 => {
            if let Some(histories) = cloud.histories() {
                histories.ended_pods(250).await?;
            }
        }
        _ => {
            if let Some(catalogue) = cloud.catalogue() {
                let accelerators = Accelerators::All;
                catalogue
                    .machines(&MachineFilter {
                        accelerators,
                        ..MachineFilter::default()
                    })
                    .await?;
            }
        }
    }
    Ok(())
}

async fn ask_volumes(cloud: &dyn Cloud, call: usize) -> Result<(), Error> {
    let Some(volumes) = cloud.volumes() else { return Ok(()) };
    let id = VolumeId::new(ID).expect("an id");
    match call {
        6 => drop(volumes.get(&id).await?),
        7 => drop(volumes.list().await?),
        _ => {
            let offer = VolumeOffer {
                provider: "someone".to_owned(),
                ..VolumeOffer::default()
            };
            let storage = match cloud.capabilities().name {
                "yotta" => Storage::S3,
                _ => Storage::Offered { size: gib(10), offer },
            };
            let spec = VolumeSpec {
                name: name("data"),
                storage,
            };
            volumes.create(&spec).await?;
            volumes.rename(&id, &spec.name).await?;
            volumes.delete(&id).await?;
        }
    }
    Ok(())
}

async fn ask_registry_auths(cloud: &dyn Cloud, call: usize) -> Result<(), Error> {
    let Some(auths) = cloud.registry_auths() else {
        return Ok(());
    };
    let id = RegistryAuthId::new(ID).expect("an id");
    if call == 9 {
        auths.get(&id).await?;
        auths.list().await?;
        return Ok(());
    }
    let spec = RegistryAuthSpec {
        name: Some("team".to_owned()),
        username: Some("robot".to_owned()),
        password: Some(Secret::new(KEY)),
        kind: Some("DOCKER_HUB".to_owned()),
    };
    auths.create(&spec).await?;
    auths.update(&id, &spec).await?;
    auths.delete(&id).await
}

async fn ask_ssh_keys(cloud: &dyn Cloud) -> Result<(), Error> {
    let Some(keys) = cloud.ssh_keys() else { return Ok(()) };
    let id = SshKeyId::new(ID).expect("an id");
    keys.list().await?;
    let spec = SshKeySpec {
        name: "laptop".to_owned(),
        public_key: "ssh-ed25519 AAAA".to_owned(),
    };
    keys.create(&spec).await?;
    keys.get(&id).await?;
    keys.make_primary(&id).await?;
    keys.delete(&id).await
}

async fn ask_logs(cloud: &dyn Cloud, pod: &PodId) -> Result<(), Error> {
    let Some(logs) = cloud.logs() else { return Ok(()) };
    let query = LogQuery {
        kind: None,
        limit: 250,
        keyword: None,
        start: None,
        end: None,
    };
    logs.pod_logs(pod, &query).await.map(drop)
}

fn pod_spec(cloud: &dyn Cloud) -> PodSpec {
    let count = GpuCount::new(1, cloud.capabilities().gpu_counts).expect("one is a count");
    let gpu = GpuRequest {
        gpu_type: "RTX4090_24GB".to_owned(),
        count,
    };
    let mut spec = PodSpec::new(name("trainer"), name("ubuntu_22_cuda_12"));
    spec.gpu = (cloud.capabilities().name != "cpod").then_some(gpu);
    spec
}

fn name(text: &str) -> Name {
    Name::new(text).expect("a name")
}

fn gib(size: u32) -> GiB {
    GiB::new(size).expect("a size")
}

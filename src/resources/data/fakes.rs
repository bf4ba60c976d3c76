//! Clouds in memory, for the tests of data sources. They apply no filter: the provider has to.

use std::sync::Arc;

use async_trait::async_trait;
use tokio::sync::Barrier;
use tokio_util::sync::CancellationToken;

use crate::{
    clouds::{
        Capabilities, Catalogue, Cloud, EnvironmentVariables, Error, Extras, GpuCounts, Kind, LogLine, LogQuery, Logs,
        Machine, MachineFilter, Observed, Phase, Pod, PodId, PodSpec, RegistryAuths, Result, Runtime, Runtimes, Secret,
        StopSupport, Support, Volumes,
    },
    resources::session::Session,
    tf::{Context, Diagnostics, Set, Tf},
};

pub static NORTH: Capabilities = capabilities("north", "North", true);
pub static SOUTH: Capabilities = capabilities("south", "South", true);
/// Has pods and nothing else.
pub static BARE: Capabilities = capabilities("bare", "Bare", false);

const fn capabilities(name: &'static str, title: &'static str, has: bool) -> Capabilities {
    Capabilities {
        name,
        title,
        pod: |_| Support::Optional,
        gpu_counts: GpuCounts::Any,
        max_price_is_for_spot: false,
        stop: StopSupport::Optional,
        volume: None,
        has: Extras {
            catalogue: has,
            registry_auths: has,
            logs: has,
            runtimes: has,
        },
    }
}

/// A cloud with things in it.
pub struct Fake {
    capabilities: &'static Capabilities,
    pods: Vec<Pod>,
    machines: Vec<Machine>,
    lines: Vec<LogLine>,
    runtime: Option<Runtime>,
    is_failing: bool,
    /// Nothing is listed before everybody has come.
    meeting: Arc<Barrier>,
}

impl Fake {
    pub fn new(capabilities: &'static Capabilities) -> Self {
        Self {
            capabilities,
            pods: Vec::new(),
            machines: Vec::new(),
            lines: Vec::new(),
            runtime: None,
            is_failing: false,
            meeting: Arc::new(Barrier::new(1)),
        }
    }

    pub fn with_pods(self, pods: Vec<Pod>) -> Self {
        Self { pods, ..self }
    }

    pub fn with_machines(self, machines: Vec<Machine>) -> Self {
        Self { machines, ..self }
    }

    pub fn with_logs(self, lines: Vec<LogLine>) -> Self {
        Self { lines, ..self }
    }

    pub fn with_runtime(self, runtime: Runtime) -> Self {
        Self {
            runtime: Some(runtime),
            ..self
        }
    }

    pub fn with_meeting(self, meeting: &Arc<Barrier>) -> Self {
        Self {
            meeting: Arc::clone(meeting),
            ..self
        }
    }

    pub fn failing(self) -> Self {
        Self {
            is_failing: true,
            ..self
        }
    }

    fn has_pod(&self, id: &PodId) -> bool {
        self.pods.iter().any(|pod| pod.id == *id)
    }

    async fn listed<T: Clone>(&self, things: &[T]) -> Result<Vec<T>> {
        self.meeting.wait().await;
        match self.is_failing {
            true => Err(self.out_of_order("listing")),
            false => Ok(things.to_vec()),
        }
    }

    fn out_of_order(&self, operation: &str) -> Error {
        Error {
            kind: Kind::CloudFailed,
            cloud: self.capabilities.title,
            operation: operation.to_owned(),
            status: None,
            code: None,
            message: "out of order".to_owned(),
            source: None,
        }
    }
}

#[async_trait]
impl Cloud for Fake {
    fn capabilities(&self) -> &'static Capabilities {
        self.capabilities
    }

    async fn create_pod(&self, _: &PodSpec) -> Result<Pod> {
        Err(self.out_of_order("creating"))
    }

    async fn pod(&self, id: &PodId) -> Result<Option<Pod>> {
        Ok(self.pods.iter().find(|pod| pod.id == *id).cloned())
    }

    async fn pods(&self) -> Result<Vec<Pod>> {
        self.listed(&self.pods).await
    }

    async fn stop_pod(&self, _: &PodId) -> Result<()> {
        Err(self.out_of_order("stopping"))
    }

    async fn start_pod(&self, _: &PodId) -> Result<()> {
        Err(self.out_of_order("starting"))
    }

    async fn delete_pod(&self, _: &PodId) -> Result<()> {
        Err(self.out_of_order("deleting"))
    }

    fn volumes(&self) -> Option<&dyn Volumes> {
        None
    }

    fn catalogue(&self) -> Option<&dyn Catalogue> {
        self.capabilities.has.catalogue.then_some(self)
    }

    fn registry_auths(&self) -> Option<&dyn RegistryAuths> {
        None
    }

    fn logs(&self) -> Option<&dyn Logs> {
        self.capabilities.has.logs.then_some(self)
    }

    fn runtimes(&self) -> Option<&dyn Runtimes> {
        self.capabilities.has.runtimes.then_some(self)
    }
}

#[async_trait]
impl Catalogue for Fake {
    async fn machines(&self, _: &MachineFilter) -> Result<Vec<Machine>> {
        self.listed(&self.machines).await
    }
}

#[async_trait]
impl Logs for Fake {
    async fn pod_logs(&self, id: &PodId, _: &LogQuery) -> Result<Option<Vec<LogLine>>> {
        Ok(self.has_pod(id).then(|| self.lines.clone()))
    }
}

#[async_trait]
impl Runtimes for Fake {
    async fn pod_runtime(&self, id: &PodId) -> Result<Option<Runtime>> {
        Ok(self.runtime.clone().filter(|_| self.has_pod(id)))
    }
}

/// The surroundings of a call with these clouds, all of which have a key.
pub fn context(fakes: Vec<Fake>) -> Context<Session> {
    let clouds = fakes.into_iter().map(|fake| Arc::new(fake) as Arc<dyn Cloud>);
    Context::new(
        Arc::new(Session::with_clouds(clouds.collect())),
        CancellationToken::new(),
    )
}

/// A pod of which only the id is known.
pub fn pod(id: &str) -> Pod {
    Pod {
        id: PodId::new(id).expect("an id"),
        phase: Phase::Unknown,
        cloud_status: String::new(),
        reason: None,
        desired: None,
        observed: Observed::default(),
        price_per_hour: None,
        region: None,
        gpu_display_name: None,
        ssh: None,
        ip: None,
        internal_ip: None,
        endpoints: None,
        created_at: None,
    }
}

pub fn pod_with_variable(name: &str, value: &str) -> Pod {
    let variables = [(name.to_owned(), Secret::new(value))];
    Pod {
        observed: Observed {
            environment: Some(EnvironmentVariables(variables.into())),
            ..Observed::default()
        },
        ..pod("1")
    }
}

/// What a user reads.
pub fn details(diagnostics: Diagnostics) -> String {
    let details: Vec<String> = diagnostics.into_iter().map(|one| one.detail).collect();
    details.join("\n")
}

pub fn text(text: &str) -> Tf<String> {
    Tf::Known(text.to_owned())
}

pub fn texts(words: &[&str]) -> Tf<Set<String>> {
    Tf::Known(Set(words.iter().map(|word| text(word)).collect()))
}

//! A pod: its specification ([`PodSpec`], which cannot be built invalid) and its observed state ([`Pod`]).

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt,
};

use async_trait::async_trait;
use rust_decimal::Decimal;

use super::{
    Capabilities, Collection, GiB, GpuCount, IdForm, Invalid, Lifecycle, Mark, MountPath, Name, Object, Offer, Port,
    Price, Result, Secret, id::PodId,
};

/// A pod to be made.
#[derive(Debug, Clone)]
pub struct PodSpec {
    pub name: Name,
    pub image: Name,
    pub gpu: Option<GpuRequest>,
    pub regions: BTreeSet<String>,
    pub resource_type: Option<ResourceType>,
    pub is_spot: Option<bool>,
    pub max_price: Option<Price>,
    pub image_registry: Option<String>,
    pub image_visibility: Option<ImageVisibility>,
    pub registry_auth_id: Option<String>,
    pub min_vram_per_gpu: Option<GiB>,
    pub min_ram_per_gpu: Option<GiB>,
    pub min_vcpu_per_gpu: Option<u32>,
    pub shared_memory: Option<GiB>,
    pub container_volume: Option<GiB>,
    pub initialization_command: Option<String>,
    pub environment: EnvironmentVariables,
    pub expose: Vec<Exposed>,
    pub volumes: Vec<Mount>,
    pub callback_url: Option<String>,
    pub marketplace: MarketplaceOptions,
    pub workload: Workload,
    /// The marker of this create, where the cloud has room for one.
    pub mark: Option<Mark>,
}

impl PodSpec {
    /// With everything left open that can be.
    pub fn new(name: Name, image: Name) -> Self {
        Self {
            name,
            image,
            gpu: None,
            regions: Default::default(),
            resource_type: None,
            is_spot: None,
            max_price: None,
            image_registry: None,
            image_visibility: None,
            registry_auth_id: None,
            min_vram_per_gpu: None,
            min_ram_per_gpu: None,
            min_vcpu_per_gpu: None,
            shared_memory: None,
            container_volume: None,
            initialization_command: None,
            environment: Default::default(),
            expose: Vec::new(),
            volumes: Vec::new(),
            callback_url: None,
            marketplace: MarketplaceOptions::default(),
            workload: Workload::default(),
            mark: None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GpuRequest {
    pub gpu_type: String,
    pub count: GpuCount,
}

/// Options of a marketplace: of a cloud that resells the machines of several providers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarketplaceOptions {
    /// A field that is `None` is left open.
    pub offer: Offer,
    pub vcpus: Option<u32>,
    pub memory: Option<GiB>,
    pub auto_restart: Option<bool>,
    /// The template that an image of one's own is made by.
    pub template_id: Option<String>,
    pub ssh_key_id: Option<String>,
    /// Hours that are paid for in advance.
    pub prepaid_hours: Option<u32>,
    /// Other than the connection's own.
    pub team_id: Option<String>,
    pub is_shared_with_team: Option<bool>,
    pub team_member_ids: BTreeSet<String>,
    pub jupyter_password: Option<Secret>,
}

/// Options of a workload: of a cloud that runs copies of a container, wherever it likes.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Workload {
    /// In the cloud's notation, such as `1000m`.
    pub cpu: Option<String>,
    /// In the cloud's notation, such as `2Gi`.
    pub memory: Option<String>,
    pub replicas: Option<u32>,
    pub labels: Option<BTreeMap<String, String>>,
    /// In a specification, only another than the connection's own.
    pub organization_id: Option<String>,
    /// In a wish, only another than the connection's own.
    pub workspace_id: Option<String>,
}

/// A pod as its cloud describes it. What the cloud does not say is `None`, which is not "empty".
#[derive(Debug, Clone)]
pub struct Pod {
    pub id: PodId,
    pub phase: Phase,
    /// The cloud's own word for its status.
    pub cloud_status: String,
    /// Why it failed, if the cloud says so.
    pub reason: Option<String>,
    /// The state that the cloud itself is steering the pod towards.
    pub desired: Option<Power>,
    pub observed: Observed,
    pub price_per_hour: Option<Decimal>,
    /// The offer that was bought, on a marketplace. A pod that is read tells less of it than one that was just created.
    pub offer: Option<Box<Offer>>,
    /// The disk that it was given, in GB, where the cloud does not echo how much was asked for.
    pub disk: Option<u32>,
    pub region: Option<String>,
    pub gpu_display_name: Option<String>,
    pub ssh: Option<SshAccess>,
    pub ip: Option<String>,
    pub internal_ip: Option<String>,
    pub endpoints: Option<Vec<Endpoint>>,
    /// Milliseconds since 1970.
    pub created_at: Option<i64>,
    /// The mark of the order that made it, which is nothing of its user's.
    pub mark: Option<Mark>,
}

/// The specification as the cloud echoes it; things of the platform's own making are left out where
/// the cloud marks them.
#[derive(Debug, Clone, Default)]
pub struct Observed {
    pub name: Option<String>,
    pub image: Option<String>,
    pub gpu_type: Option<String>,
    pub gpu_count: Option<u32>,
    pub resource_type: Option<ResourceType>,
    pub is_spot: Option<bool>,
    pub image_registry: Option<String>,
    pub image_visibility: Option<ImageVisibility>,
    pub shared_memory: Option<u32>,
    pub container_volume: Option<u32>,
    pub initialization_command: Option<String>,
    pub environment: Option<EnvironmentVariables>,
    pub expose: Option<Vec<Exposed>>,
    pub volumes: Option<Vec<Mount>>,
    pub callback_url: Option<String>,
    /// Few clouds have these: a list of pods has no room for all of them.
    pub marketplace: Option<Box<MarketplaceOptions>>,
    pub workload: Option<Box<Workload>>,
}

/// Where a pod is in its life: one vocabulary for all clouds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Phase {
    Pending,
    Provisioning,
    /// Running, and ready to be used.
    Running,
    Stopping,
    Stopped,
    Terminating,
    Failed,
    /// A status that this version does not know.
    Unknown,
}

impl Phase {
    pub const ALL: [Phase; 8] = [
        Phase::Pending,
        Phase::Provisioning,
        Phase::Running,
        Phase::Stopping,
        Phase::Stopped,
        Phase::Terminating,
        Phase::Failed,
        Phase::Unknown,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Phase::Pending => "pending",
            Phase::Provisioning => "provisioning",
            Phase::Running => "running",
            Phase::Stopping => "stopping",
            Phase::Stopped => "stopped",
            Phase::Terminating => "terminating",
            Phase::Failed => "failed",
            Phase::Unknown => "unknown",
        }
    }
}

/// Whether a pod should run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Power {
    Running,
    Stopped,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Protocol {
    Http,
    Tcp,
    /// A login, which is TCP.
    Ssh,
    /// Another word of the cloud's, which no order has.
    Other(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ResourceType {
    Gpu,
    Cpu,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ImageVisibility {
    Public,
    Private,
}

/// A port that a pod publishes.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Exposed {
    pub port: Port,
    pub protocol: Option<Protocol>,
}

/// A volume in a pod. `path` is `None` where the cloud chooses it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mount {
    pub volume_id: String,
    pub path: Option<MountPath>,
}

/// Where a published port can be reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    pub port: u16,
    pub protocol: Option<String>,
    pub host: Option<String>,
    pub proxy_port: Option<u16>,
    pub url: Option<String>,
    /// Whether something answers there, if the cloud looks.
    pub is_healthy: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SshAccess {
    /// The command as the cloud writes it.
    pub command: String,
    pub user: Option<String>,
    pub host: Option<String>,
    pub port: Option<u16>,
}

/// Environment variables by name. The values may be secret, so `Debug` shows names alone.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct EnvironmentVariables(pub BTreeMap<String, Secret>);

impl FromIterator<(String, Secret)> for EnvironmentVariables {
    fn from_iter<I: IntoIterator<Item = (String, Secret)>>(variables: I) -> Self {
        // Collected, they would be sorted by code that is large and made anew for each caller.
        let mut named = BTreeMap::new();
        named.extend(variables);
        Self(named)
    }
}

impl fmt::Debug for EnvironmentVariables {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

/// A cloud's pods. Where the cloud has offers to choose from, a create takes the cheapest in stock that fits, and if that
/// was just taken, the next.
#[async_trait]
pub trait Pods: Collection<Pod> {
    /// Asks a running pod to stop, where the cloud can stop one. A pod that is not running is refused as
    /// [`Kind::WrongState`](super::Kind::WrongState).
    async fn stop(&self, id: &PodId) -> Result<()>;

    /// Asks a stopped pod to start, where the cloud can stop one. A pod that is not stopped is refused as
    /// [`Kind::WrongState`](super::Kind::WrongState).
    async fn start(&self, id: &PodId) -> Result<()>;
}

impl Object for Pod {
    const NOUN: &'static str = "pod";

    type Id = PodId;
    type Spec = PodSpec;

    fn to_id(text: &str) -> std::result::Result<PodId, Invalid> {
        PodId::new(text)
    }

    fn id_form(capabilities: &Capabilities) -> &IdForm {
        &capabilities.ids.pod
    }

    fn id(&self) -> &PodId {
        &self.id
    }

    fn name(&self) -> Option<&str> {
        self.observed.name.as_deref()
    }

    fn created_at(&self) -> Option<i64> {
        self.created_at
    }

    fn cloud_status(&self) -> Option<&str> {
        Some(&self.cloud_status)
    }
}

impl Lifecycle for Pod {
    fn status(&self) -> &'static str {
        self.phase.as_str()
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

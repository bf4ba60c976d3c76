//! Volumes: their specification, their observed state, and the contract of a cloud that has them.

use async_trait::async_trait;
use rust_decimal::Decimal;

use super::{Capabilities, Collection, GiB, IdForm, Invalid, Lifecycle, Name, Object, Result, VolumeId};

/// A volume to be made.
#[derive(Debug, Clone)]
pub struct VolumeSpec {
    pub name: Name,
    pub storage: Storage,
}

/// The kind of storage, with what each kind needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Storage {
    /// Object storage that grows by itself.
    S3,
    R2 {
        region: Option<String>,
    },
    Ceph {
        region: String,
        size: GiB,
    },
    Vendor {
        region: String,
        size: GiB,
        disk: DiskKind,
    },
    /// A disk at one of the providers of a cloud that resells.
    Offered {
        size: GiB,
        offer: VolumeOffer,
    },
}

/// Where a disk is, on a cloud that resells those of several providers; in the cloud's own words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VolumeOffer {
    pub provider: String,
    pub cloud_id: Option<String>,
    pub data_center_id: Option<String>,
    pub country: Option<String>,
    /// Other than the connection's own.
    pub team_id: Option<String>,
}

impl Storage {
    /// `None` where storage has no types.
    pub fn storage_type(&self) -> Option<StorageType> {
        match self {
            Storage::S3 => Some(StorageType::S3),
            Storage::R2 { .. } => Some(StorageType::R2),
            Storage::Ceph { .. } => Some(StorageType::Ceph),
            Storage::Vendor { .. } => Some(StorageType::Vendor),
            Storage::Offered { .. } => None,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StorageType {
    S3,
    R2,
    Ceph,
    Vendor,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DiskKind {
    Nvme,
    Hdd,
}

/// A volume as its cloud describes it. What the cloud does not say is `None`.
#[derive(Debug, Clone)]
pub struct Volume {
    pub id: VolumeId,
    pub name: Option<String>,
    pub phase: VolumePhase,
    /// The cloud's own word for its status.
    pub cloud_status: String,
    pub storage_type: Option<StorageType>,
    pub disk: Option<DiskKind>,
    pub region: Option<String>,
    pub offer: Option<VolumeOffer>,
    /// The size that was asked for, where the cloud tells it apart from the space that is used.
    pub size: Option<u32>,
    /// The space that is used, in GB.
    pub used: Option<u32>,
    pub mount_count: Option<u32>,
    /// The ids of the pods that mount it, where the cloud tells them with the volume.
    pub mounted_by: Option<Vec<String>>,
    pub price_per_hour: Option<Decimal>,
    /// Milliseconds since 1970.
    pub created_at: Option<i64>,
}

/// Where a volume is in its life: one vocabulary for all clouds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VolumePhase {
    Creating,
    Active,
    Resizing,
    Deleting,
    Failed,
    /// A status that this version does not know.
    Unknown,
}

impl VolumePhase {
    pub fn as_str(self) -> &'static str {
        match self {
            VolumePhase::Creating => "creating",
            VolumePhase::Active => "active",
            VolumePhase::Resizing => "resizing",
            VolumePhase::Deleting => "deleting",
            VolumePhase::Failed => "failed",
            VolumePhase::Unknown => "unknown",
        }
    }
}

/// A cloud's volumes, of every kind of storage.
#[async_trait]
pub trait Volumes: Collection<Volume> {
    async fn rename(&self, id: &VolumeId, name: &Name) -> Result<()>;

    /// Asks a volume to grow, where the cloud can let one grow. One that is mounted or in motion is refused as
    /// [`Kind::WrongState`](super::Kind::WrongState) or [`Kind::Conflict`](super::Kind::Conflict).
    async fn grow(&self, id: &VolumeId, size: GiB) -> Result<()>;
}

impl Object for Volume {
    const NOUN: &'static str = "volume";

    type Id = VolumeId;
    type Spec = VolumeSpec;

    fn to_id(text: &str) -> std::result::Result<VolumeId, Invalid> {
        VolumeId::new(text)
    }

    fn id_form(capabilities: &Capabilities) -> &IdForm {
        &capabilities.ids.volume
    }

    fn id(&self) -> &VolumeId {
        &self.id
    }

    fn name(&self) -> Option<&str> {
        self.name.as_deref()
    }

    fn created_at(&self) -> Option<i64> {
        self.created_at
    }

    fn cloud_status(&self) -> Option<&str> {
        Some(&self.cloud_status)
    }
}

impl Lifecycle for Volume {
    fn status(&self) -> &'static str {
        self.phase.as_str()
    }

    /// No cloud says why a volume failed.
    fn reason(&self) -> Option<&str> {
        None
    }
}

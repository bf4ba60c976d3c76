//! Volumes as things at a cloud.

use async_trait::async_trait;
use tokio::time::Instant;

use crate::{
    clouds::{Capabilities, Cloud, IdForm, Invalid, Result, Volume, VolumeId, VolumeSpec, Volumes},
    resources::{
        absence::Since,
        part::VOLUMES,
        session::Session,
        thing::{Living, Thing, Things},
    },
    tf::Diagnostics,
};

/// A cloud that has volumes.
pub struct VolumesOf<'c> {
    pub cloud: &'c dyn Cloud,
    pub volumes: &'c dyn Volumes,
}

impl<'c> VolumesOf<'c> {
    pub fn new(cloud: &'c dyn Cloud) -> std::result::Result<Self, Diagnostics> {
        Self::named_by("cloud", cloud)
    }

    /// Of a cloud which this attribute names.
    pub fn named_by(attribute: &'static str, cloud: &'c dyn Cloud) -> std::result::Result<Self, Diagnostics> {
        let volumes = VOLUMES.of(attribute, cloud, cloud.volumes())?;
        Ok(Self { cloud, volumes })
    }
}

impl Thing for Volume {
    const NOUN: &'static str = "volume";
    const NOT_AN_ID: &'static str = "Not an id of a volume";
    const LISTED_BY: &'static str = "`data \"gpupod_volumes\"`";
    const COSTS_MONEY: bool = true;

    type Id = VolumeId;

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

    fn shown_status(&self) -> Option<&str> {
        Some(&self.cloud_status)
    }
}

impl Living for Volume {
    fn status(&self) -> &'static str {
        self.phase.as_str()
    }

    fn cloud_status(&self) -> &str {
        &self.cloud_status
    }

    /// No cloud says why a volume failed.
    fn reason(&self) -> Option<&str> {
        None
    }
}

#[async_trait]
impl Things for VolumesOf<'_> {
    type Thing = Volume;
    type Spec = VolumeSpec;

    fn cloud(&self) -> &'static str {
        self.cloud.capabilities().name
    }

    fn time_at(&self, moment: Instant) -> Option<i64> {
        self.cloud.time_at(moment)
    }

    async fn create(&self, spec: &VolumeSpec) -> Result<Volume> {
        self.volumes.create_volume(spec).await
    }

    async fn read(&self, id: &VolumeId) -> Result<Option<Volume>> {
        self.volumes.volume(id).await
    }

    async fn list(&self) -> Result<Vec<Volume>> {
        self.volumes.volumes().await
    }

    async fn listed(&self, session: &Session, id: &VolumeId, since: Since) -> Result<Option<Volume>> {
        session.rolls.volumes.find(self, id, since).await
    }

    async fn delete(&self, id: &VolumeId) -> Result<()> {
        self.volumes.delete_volume(id).await
    }
}

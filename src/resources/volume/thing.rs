//! Volumes as things at a cloud.

use async_trait::async_trait;
use tokio::time::Instant;

use crate::{
    clouds::{Cloud, Result, Volume, VolumeId, VolumeSpec, Volumes},
    resources::{
        absence::Since,
        part::VOLUMES,
        session::Session,
        thing::{Thing, Things},
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
    const NOT_AN_ID: &'static str = "Not an id of a volume";
    const LISTED_BY: &'static str = "`data \"gpupod_volumes\"`";
    const COSTS_MONEY: bool = true;
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
        self.volumes.create(spec).await
    }

    async fn read(&self, id: &VolumeId) -> Result<Option<Volume>> {
        self.volumes.get(id).await
    }

    async fn list(&self) -> Result<Vec<Volume>> {
        self.volumes.list().await
    }

    async fn listed(&self, session: &Session, id: &VolumeId, since: Since) -> Result<Option<Volume>> {
        session.rolls.volumes.find(self, id, since).await
    }

    async fn delete(&self, id: &VolumeId) -> Result<()> {
        self.volumes.delete(id).await
    }
}

//! `data "gpupod_volume"`: one volume, by its id or its name.

use async_trait::async_trait;

use super::{observed::ObservedVolume, thing::VolumesOf};
use crate::{
    clouds::Volume,
    model,
    resources::{lookup, part::VOLUMES, session::Session},
    tf::{
        Attribute, Context, DataSource, Diagnostics, Doc, Mismatch, Model, Path, Value, optional_computed,
        rules::not_empty,
    },
};

model! {
    /// A volume that exists, found by its `id` or by its `name`.
    pub struct Question {
        /// The cloud that keeps the volume. Without it the provider's `cloud` is used, or the only cloud that has a key.
        cloud: String = optional_computed(),

        /// The cloud's id of the volume. Either this or `name` has to be set.
        id: String = optional_computed().rule(lookup::id_rule::<Volume>()),

        /// The volume's name. Either this or `id` has to be set, and no two volumes of the cloud may share it.
        name: String = optional_computed().rule(not_empty("Remove it, or name a volume.")),
    }
}

/// A volume with all that is shown of it, some of which can be asked for.
pub struct VolumeLookup(pub ObservedVolume);

impl Model for VolumeLookup {
    const DOC: Doc = Question::DOC;

    fn attributes() -> Vec<Attribute> {
        lookup::attributes::<Question, ObservedVolume>()
    }

    fn null() -> Self {
        Self(ObservedVolume::null())
    }

    fn from_object(value: &Value, path: &Path) -> Result<Self, Mismatch> {
        ObservedVolume::from_object(value, path).map(Self)
    }

    fn to_object(&self) -> Value {
        self.0.to_object()
    }

    fn with_unknowns_from(self, other: Self) -> Self {
        Self(self.0.with_unknowns_from(other.0))
    }
}

/// The data source `gpupod_volume`.
#[derive(Debug)]
pub struct VolumeDataSource;

#[async_trait]
impl DataSource for VolumeDataSource {
    type Session = Session;
    type Model = VolumeLookup;

    const NAME: &'static str = "volume";

    fn validate(&self, VolumeLookup(config): &VolumeLookup, diagnostics: &mut Diagnostics) {
        VOLUMES.check_cloud(&config.cloud, diagnostics);
        lookup::check::<Volume>(&config.id, &config.name, diagnostics);
    }

    async fn read(
        &self,
        cx: &Context<Session>,
        VolumeLookup(config): VolumeLookup,
    ) -> Result<VolumeLookup, Diagnostics> {
        let cloud = cx.session.cloud(&config.cloud)?;
        let volumes = VolumesOf::new(cloud.as_ref())?;
        let volume = lookup::find(&volumes, cloud.capabilities(), &config.id, &config.name).await?;
        Ok(VolumeLookup(ObservedVolume::of(&volume, cloud.capabilities())))
    }
}

//! `data "gpupod_volume"`: one volume, by its id or its name.

use async_trait::async_trait;

use super::view::ObservedVolume;
use crate::{
    clouds::Volume,
    model,
    resources::{
        common::cloud_feature::VOLUMES,
        managed::lookup::{self, Lookup, Shown},
        session::Session,
    },
    tf::{Context, DataSource, Diagnostics, optional_computed, validators::not_empty},
};

model! {
    /// A volume that exists, found by its `id` or by its `name`.
    pub struct Question {
        /// The cloud that keeps the volume. Without it the provider's `cloud` is used, or the only cloud that has a key.
        cloud: String = optional_computed(),

        /// The cloud's id of the volume. Either this or `name` has to be set.
        id: String = optional_computed().validator(lookup::id_validator::<Volume>()),

        /// The volume's name. Either this or `id` has to be set, and no two volumes of the cloud may share it.
        name: String = optional_computed().validator(not_empty("Remove it, or name a volume.")),
    }
}

impl Shown for ObservedVolume {
    type Question = Question;
}

/// The data source `gpupod_volume`.
#[derive(Debug)]
pub struct VolumeDataSource;

#[async_trait]
impl DataSource for VolumeDataSource {
    type Session = Session;
    type Model = Lookup<ObservedVolume>;

    const NAME: &'static str = "volume";

    fn validate(&self, Lookup(config): &Lookup<ObservedVolume>, diagnostics: &mut Diagnostics) {
        VOLUMES.check_cloud(&config.cloud, diagnostics);
        lookup::check::<Volume>(&config.cloud, &config.id, &config.name, diagnostics);
    }

    async fn read(
        &self,
        cx: &Context<Session>,
        Lookup(config): Lookup<ObservedVolume>,
    ) -> Result<Lookup<ObservedVolume>, Diagnostics> {
        let cloud = cx.session.cloud(&config.cloud)?;
        let volumes = VOLUMES.of("cloud", cloud.as_ref(), cloud.volumes())?;
        let volume = lookup::find(cx, volumes, cloud.capabilities(), &config.id, &config.name).await?;
        Ok(Lookup(ObservedVolume::of(&volume, cloud.capabilities())))
    }
}

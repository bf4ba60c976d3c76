//! `data "gpupod_volumes"`: the volumes of one or more clouds.

use async_trait::async_trait;

use super::{
    model::{STATUSES, STORAGE_TYPES},
    observed::ObservedVolume,
    thing::VolumesOf,
    words,
};
use crate::{
    clouds::{Capabilities, Volume},
    model,
    resources::{asked, part::VOLUMES, session::Session},
    tf::{
        Context, DataSource, Diagnostics, List, Set, Tf, computed, optional,
        validators::{not_empty, one_of},
    },
};

model! {
    /// The volumes that exist, over all clouds.
    ///
    /// All filters have to be met; one that is left out or empty lets everything pass.
    pub struct VolumesModel {
        /// The clouds that are asked; the default is all that have a key and volumes. If one of them cannot be read,
        /// nothing is: a list with holes would look like volumes that are gone.
        clouds: Set<String> = optional(),

        /// The regions that the volumes are in, in any case.
        regions: Set<String> = optional().validator(not_empty("Remove it, or name a region.").for_each()),

        /// What the volumes are doing.
        statuses: Set<String> = optional().validator(one_of(STATUSES).for_each()),

        /// The kinds of storage.
        storage_types: Set<String> = optional().validator(one_of(STORAGE_TYPES).for_each()),

        /// What the volumes' names start with.
        name_prefix: String = optional(),

        /// The volumes, by cloud, name and id.
        volumes: List<ObservedVolume> = computed(),
    }
}

/// The data source `gpupod_volumes`.
#[derive(Debug)]
pub struct VolumesDataSource;

#[async_trait]
impl DataSource for VolumesDataSource {
    type Session = Session;
    type Model = VolumesModel;

    const NAME: &'static str = "volumes";

    fn validate(&self, config: &VolumesModel, diagnostics: &mut Diagnostics) {
        asked::check_clouds_for(&VOLUMES, &config.clouds, diagnostics);
    }

    async fn read(&self, cx: &Context<Session>, config: VolumesModel) -> Result<VolumesModel, Diagnostics> {
        let named = asked::names(&config.clouds);
        let clouds = cx.session.clouds(&named)?;
        let having = asked::parts(&clouds, !named.is_empty(), |cloud| VolumesOf::named_by("clouds", cloud))?;
        let found = asked::all(having.iter().map(|volumes| (volumes.cloud.capabilities(), volumes))).await?;
        Ok(VolumesModel {
            volumes: Tf::Known(chosen(found, &config)),
            ..config
        })
    }
}

fn chosen(mut found: Vec<(&Capabilities, Volume)>, config: &VolumesModel) -> List<ObservedVolume> {
    let regions = asked::names(&config.regions);
    let statuses = asked::names(&config.statuses);
    let storage_types = asked::names(&config.storage_types);
    let prefix = config.name_prefix.known().map_or("", String::as_str);
    found.retain(|(_, volume)| {
        asked::lets_pass(&regions, volume.region.as_deref())
            && asked::lets_pass(&statuses, Some(volume.phase.as_str()))
            && asked::lets_pass(&storage_types, volume.storage_type.map(words::of_storage_type))
            && volume.name.as_deref().unwrap_or_default().starts_with(prefix)
    });
    found.sort_by_cached_key(|(cloud, volume)| (cloud.name, volume.name.clone(), volume.id.clone()));
    let volumes = found
        .iter()
        .map(|(cloud, volume)| Tf::Known(ObservedVolume::of(volume, cloud)));
    List(volumes.collect())
}

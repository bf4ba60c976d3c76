//! `data "gpupod_volumes"`: the volumes of one or more clouds.

use async_trait::async_trait;

use super::{
    model::{STATUSES, STORAGE_TYPES},
    names,
    view::ObservedVolume,
};
use crate::{
    clouds::{Capabilities, Volume},
    model,
    resources::{
        common::cloud_feature::VOLUMES,
        managed::{Managed, multi_cloud},
        session::Session,
    },
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
        multi_cloud::check_clouds_for(&VOLUMES, &config.clouds, diagnostics);
    }

    async fn read(&self, cx: &Context<Session>, config: VolumesModel) -> Result<VolumesModel, Diagnostics> {
        let named = multi_cloud::names(&config.clouds);
        let clouds = cx.session.clouds(&named)?;
        let having = multi_cloud::parts(&clouds, !named.is_empty(), |cloud| Volume::of(cloud, "clouds"))?;
        let found = multi_cloud::all(having.iter().map(|volumes| (volumes.capabilities(), *volumes))).await?;
        Ok(VolumesModel {
            volumes: Tf::Known(chosen(found, &config)),
            ..config
        })
    }
}

fn chosen(mut found: Vec<(&Capabilities, Volume)>, config: &VolumesModel) -> List<ObservedVolume> {
    let regions = multi_cloud::names(&config.regions);
    let statuses = multi_cloud::names(&config.statuses);
    let storage_types = multi_cloud::names(&config.storage_types);
    let prefix = config.name_prefix.known().map_or("", String::as_str);
    found.retain(|(_, volume)| {
        multi_cloud::lets_pass(&regions, volume.region.as_deref())
            && multi_cloud::lets_pass(&statuses, Some(volume.phase.as_str()))
            && multi_cloud::lets_pass(&storage_types, volume.storage_type.map(names::of_storage_type))
            && volume.name.as_deref().unwrap_or_default().starts_with(prefix)
    });
    found.sort_by_cached_key(|(cloud, volume)| (cloud.name, volume.name.clone(), volume.id.clone()));
    let volumes = found
        .iter()
        .map(|(cloud, volume)| Tf::Known(ObservedVolume::of(volume, cloud)));
    List(volumes.collect())
}

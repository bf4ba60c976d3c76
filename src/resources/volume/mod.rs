//! `gpupod_volume`: what happens to a volume from its first plan to its end, and the data sources that look volumes up.
//!
//! Read `model` for its attributes, `rules` and `plan` for what is settled before anything is made, `change` for what
//! happens to it later, `mounts` for what stands in the way.

pub mod messages;

mod model;

mod words;

mod rules;

mod plan;

mod spec;

mod thing;

mod goal;

mod change;

mod mounts;

mod observe;

mod observed;

mod data_source;

mod list;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use crate::{
    clouds::{Volume, VolumePhase},
    resources::{
        absence, cloud, lookup,
        make::{self, Order},
        neighbours,
        release::{self, Deleted},
        session::Session,
        thing::{id_in_state, look},
        timeouts::Deadline,
        wait,
    },
    tf::{Change, Context, Diagnostics, Model, Number, Origin, Path, Plan, Resource, Saved, Tf},
};

pub use data_source::VolumeDataSource;
use goal::Goal;
pub use list::VolumesDataSource;
use model::VolumeModel;
use mounts::Mounts;
pub use thing::VolumesOf;

/// The resource `gpupod_volume`.
#[derive(Debug)]
pub struct VolumeResource;

#[async_trait]
impl Resource for VolumeResource {
    type Session = Session;
    type Model = VolumeModel;

    const NAME: &'static str = "volume";

    fn validate(&self, config: &VolumeModel, diagnostics: &mut Diagnostics) {
        rules::check(config, cloud::validated(&config.cloud, diagnostics), diagnostics);
    }

    async fn plan(&self, cx: &Context<Session>, plan: &mut Plan<VolumeModel>, diagnostics: &mut Diagnostics) {
        plan::complete(cx, plan, diagnostics);
        if let Some(prior) = &plan.prior {
            cx.session.neighbours.note_planned::<Volume>(&prior.cloud, &prior.id);
        } else if let Some(cloud) = cloud::to_ask(&cx.session, &plan.planned.cloud)
            && let Ok(things) = VolumesOf::new(cloud.as_ref())
        {
            neighbours::check(cx, cloud.as_ref(), &things, &plan.config.name, diagnostics).await;
        }
    }

    async fn create(
        &self,
        cx: &Context<Session>,
        mut planned: VolumeModel,
        _config: VolumeModel,
        saved: &Saved,
    ) -> Result<VolumeModel, Diagnostics> {
        let cloud = cx.session.cloud(&planned.cloud)?;
        let volumes = VolumesOf::new(cloud.as_ref())?;
        planned.cloud = Tf::Known(cloud.capabilities().name.to_owned());
        let spec = spec::to_spec(&planned)?;
        let deadline = Deadline::from_now("create", planned.timeouts.known().map(|timeouts| &timeouts.create));
        let save = |volume: &Volume| saved.save(&observe::complete(planned.clone(), volume));

        let ordered = deadline
            .spend(
                cx,
                make::order(
                    cx,
                    &volumes,
                    Order {
                        name: spec.name.as_str(),
                        spec: &spec,
                        evidence: &|volume| observe::evidence(&planned, volume),
                    },
                ),
            )
            .await?;
        save(&ordered);
        let mut last: Option<Volume> = None;
        let seen = |volume: &Volume| {
            save(volume);
            last = Some(volume.clone());
        };
        match wait::until(cx, &volumes, &ordered.id, Goal::Active, &deadline, seen).await {
            Ok(active) => Ok(observe::complete(planned, &active.unwrap_or(ordered))),
            Err(error) => match last.filter(|last| last.phase == VolumePhase::Unknown) {
                Some(last) if deadline.is_over() && !cx.stop.is_cancelled() => {
                    warn_of_unknown_status(cx, &last, &deadline);
                    Ok(observe::complete(planned, &last))
                }
                _ => Err(error),
            },
        }
    }

    async fn read(
        &self,
        cx: &Context<Session>,
        state: VolumeModel,
        origin: Origin,
    ) -> Result<Option<VolumeModel>, Diagnostics> {
        let Some(cloud) = cx.session.cloud_to_read(&state.cloud, origin)? else {
            return Ok(Some(state));
        };
        let volumes = VolumesOf::new(cloud.as_ref())?;
        let id = id_in_state::<Volume>(&state.id)?;
        let _reading = cx.session.neighbours.reading::<Volume>(cloud.capabilities().name, &id);
        let volume = look(cx, &volumes, &id).await?;
        if volume.is_none() && origin == Origin::State {
            let capabilities = cloud.capabilities();
            absence::tell::<Volume>(cx, capabilities, &id, &state.name, &state.created_at);
        }
        if volume.is_none() && origin == Origin::Import {
            return Err(lookup::nothing_to_import::<Volume>(&id, cloud.capabilities()));
        }
        if let Some(volume) = volume.as_ref().filter(|volume| volume.phase == VolumePhase::Failed) {
            warn_of_failure(cx, volume);
        }
        Ok(volume.map(|volume| observe::refresh(state, &volume, origin)))
    }

    async fn update(
        &self,
        cx: &Context<Session>,
        change: Change<VolumeModel>,
        saved: &Saved,
    ) -> Result<VolumeModel, Diagnostics> {
        let cloud = cx.session.cloud(&change.prior.cloud)?;
        let volumes = VolumesOf::new(cloud.as_ref())?;
        let timeouts = change.planned.timeouts.known();
        let deadline = Deadline::from_now("update", timeouts.map(|timeouts| &timeouts.update));
        deadline
            .spend(cx, change::apply(cx, &volumes, change, &deadline, saved))
            .await
    }

    async fn delete(&self, cx: &Context<Session>, state: VolumeModel, saved: &Saved) -> Result<(), Diagnostics> {
        let cloud = cx.session.cloud(&state.cloud)?;
        let volumes = VolumesOf::new(cloud.as_ref())?;
        let id = id_in_state::<Volume>(&state.id)?;
        let deadline = Deadline::from_now("delete", state.timeouts.known().map(|timeouts| &timeouts.delete));
        let save = |volume: &Volume| saved.save(&observe::refresh(state.clone(), volume, Origin::State));
        let users = Mounts {
            volumes: &volumes,
            id: &id,
        };
        let is_used = state
            .mount_count
            .known()
            .is_some_and(|count| *count != Number::from(0_u32));
        let release = release::delete(cx, &volumes, &id, &deadline, &users, is_used);
        if deadline.spend(cx, release).await? == Deleted::Accepted {
            wait::until(cx, &volumes, &id, Goal::Gone, &deadline, save).await?;
        }
        Ok(())
    }

    /// Takes `<id>` and `<cloud>/<id>`.
    async fn import(&self, cx: &Context<Session>, text: &str) -> Result<VolumeModel, Diagnostics> {
        let (cloud, id) = cloud::imported::<Volume>(&cx.session, text)?;
        Ok(VolumeModel {
            cloud,
            id,
            ..VolumeModel::null()
        })
    }
}

/// A status that no document lists says nothing against the volume: an error would have it replaced.
fn warn_of_unknown_status(cx: &Context<Session>, volume: &Volume, deadline: &Deadline) {
    let message = messages::unknown_status(&volume.id, &volume.cloud_status, &deadline.told());
    cx.add_warning(Path::from("status"), message);
}

/// A replacement would take the data along, so it is left to the user.
fn warn_of_failure(cx: &Context<Session>, volume: &Volume) {
    let name = volume.name.as_deref().unwrap_or_default();
    let message = messages::has_failed(&volume.id, name, &volume.cloud_status);
    cx.add_warning(Path::from("status"), message);
}

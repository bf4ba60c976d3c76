//! `gpupod_volume`: the lifecycle of the resource.

use async_trait::async_trait;

use super::{change, goal::Goal, messages, model::VolumeModel, mounts::Mounts, observe, plan, rules, spec};
use crate::{
    clouds::{Volume, VolumePhase},
    resources::{
        common::{cloud_feature::VOLUMES, cloud_name},
        managed::{
            create::{self, NewObject},
            deadline::Deadline,
            delete_when_unused::{self, Deleted},
            import, leftovers,
            read::{self, Refreshed, id_in_state},
            wait,
        },
        session::Session,
    },
    tf::{Change, Context, Diagnostics, Number, Origin, Path, Plan, Resource, Saved, Tf},
};

/// The resource `gpupod_volume`.
#[derive(Debug)]
pub struct VolumeResource;

#[async_trait]
impl Resource for VolumeResource {
    type Session = Session;
    type Model = VolumeModel;

    const NAME: &'static str = "volume";

    fn validate(&self, config: &VolumeModel, diagnostics: &mut Diagnostics) {
        rules::check(config, cloud_name::validated(&config.cloud, diagnostics), diagnostics);
    }

    async fn plan(&self, cx: &Context<Session>, plan: &mut Plan<VolumeModel>, diagnostics: &mut Diagnostics) {
        plan::complete(cx, plan, diagnostics);
        leftovers::check(cx, plan, diagnostics).await;
    }

    async fn create(
        &self,
        cx: &Context<Session>,
        mut planned: VolumeModel,
        _config: VolumeModel,
        saved: &Saved,
    ) -> Result<VolumeModel, Diagnostics> {
        let cloud = cx.session.cloud(&planned.cloud)?;
        let volumes = VOLUMES.of("cloud", cloud.as_ref(), cloud.volumes())?;
        planned.cloud = Tf::Known(cloud.capabilities().name.to_owned());
        let spec = spec::to_spec(&planned)?;
        let deadline = Deadline::from_now("create", planned.timeouts.known().map(|timeouts| &timeouts.create));
        let save = |volume: &Volume| saved.save(&observe::complete(planned.clone(), volume));

        let ordered = deadline
            .spend(
                cx,
                create::create(
                    cx,
                    volumes,
                    NewObject {
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
        match wait::until(cx, volumes, &ordered.id, Goal::Active, &deadline, seen).await {
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
        let volume = match read::refresh(cx, &state, origin).await? {
            Refreshed::NotYetKnown => return Ok(Some(state)),
            Refreshed::Gone => return Ok(None),
            Refreshed::Found { object, .. } => object,
        };
        if volume.phase == VolumePhase::Failed {
            warn_of_failure(cx, &volume);
        }
        Ok(Some(observe::refresh(state, &volume, origin)))
    }

    async fn update(
        &self,
        cx: &Context<Session>,
        change: Change<VolumeModel>,
        saved: &Saved,
    ) -> Result<VolumeModel, Diagnostics> {
        let cloud = cx.session.cloud(&change.prior.cloud)?;
        let volumes = VOLUMES.of("cloud", cloud.as_ref(), cloud.volumes())?;
        let timeouts = change.planned.timeouts.known();
        let deadline = Deadline::from_now("update", timeouts.map(|timeouts| &timeouts.update));
        deadline
            .spend(cx, change::apply(cx, volumes, change, &deadline, saved))
            .await
    }

    async fn delete(&self, cx: &Context<Session>, state: VolumeModel, saved: &Saved) -> Result<(), Diagnostics> {
        let cloud = cx.session.cloud(&state.cloud)?;
        let volumes = VOLUMES.of("cloud", cloud.as_ref(), cloud.volumes())?;
        let id = id_in_state::<Volume>(&state.id)?;
        let deadline = Deadline::from_now("delete", state.timeouts.known().map(|timeouts| &timeouts.delete));
        let save = |volume: &Volume| saved.save(&observe::refresh(state.clone(), volume, Origin::State));
        let users = Mounts { volumes, id: &id };
        let is_used = state
            .mount_count
            .known()
            .is_some_and(|count| *count != Number::from(0_u32));
        let release = delete_when_unused::delete(cx, volumes, &id, &deadline, &users, is_used);
        if deadline.spend(cx, release).await? == Deleted::Accepted {
            wait::until(cx, volumes, &id, Goal::Gone, &deadline, save).await?;
        }
        Ok(())
    }

    /// Takes `<id>` and `<cloud>/<id>`.
    async fn import(&self, cx: &Context<Session>, text: &str) -> Result<VolumeModel, Diagnostics> {
        import::import(cx, text)
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

#[cfg(test)]
mod tests;

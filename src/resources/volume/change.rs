//! Changes a volume in place: its name first, then its size. After an error the state has what was done.

use super::messages;
use super::{goal::Goal, model::VolumeModel, mounts, observe, spec};
use crate::{
    clouds::{Error, GiB, Kind, Volume, VolumeId, VolumePhase, Volumes},
    resources::{
        common::cloud_error,
        managed::{
            deadline::Deadline,
            read::{id_in_state, look},
            wait,
        },
        session::Session,
    },
    tf::{Change, Context, Diagnostics, Model, Origin, Path, Saved, Tf},
};

pub async fn apply(
    cx: &Context<Session>,
    volumes: &dyn Volumes,
    change: Change<VolumeModel>,
    deadline: &Deadline,
    saved: &Saved,
) -> Result<VolumeModel, Diagnostics> {
    let Change { mut prior, planned, .. } = change;
    let id = id_in_state::<Volume>(&prior.id)?;
    let is_renamed = differs(&prior.name, &planned.name);
    let size = match differs(&prior.size_in_gb, &planned.size_in_gb) {
        true => spec::size(&planned)?,
        false => None,
    };
    if is_renamed {
        rename(volumes, &id, &planned).await?;
        prior.name = planned.name.clone();
        saved.save(&prior);
    }
    let volume = match size {
        Some(size) => Some(grow(cx, volumes, &id, size, &prior, deadline, saved).await?),
        None if is_renamed => look(cx, volumes, &id).await?,
        None => None,
    };
    let known = match volume {
        Some(volume) => observe::refresh(prior, &volume, Origin::State),
        None => prior,
    };
    Ok(planned.with_unknowns_from(known))
}

/// What was not known is taken over, as after an import: that changes nothing at the cloud.
fn differs<T: PartialEq>(prior: &Tf<T>, planned: &Tf<T>) -> bool {
    !prior.is_null() && prior != planned
}

async fn rename(volumes: &dyn Volumes, id: &VolumeId, planned: &VolumeModel) -> Result<(), Diagnostics> {
    let name = spec::name(planned)?;
    let renamed = volumes.rename(id, &name).await;
    renamed.map_err(|error| cloud_error::diagnostics(messages::cannot_be_renamed(), &error))
}

async fn grow(
    cx: &Context<Session>,
    volumes: &dyn Volumes,
    id: &VolumeId,
    size: GiB,
    prior: &VolumeModel,
    deadline: &Deadline,
    saved: &Saved,
) -> Result<Volume, Diagnostics> {
    if cx.stop.is_cancelled() {
        return Err(left(id));
    }
    if let Err(error) = volumes.grow(id, size).await {
        accepted_all_the_same(cx, volumes, id, size, error).await?;
    }
    let grown = VolumeModel {
        size_in_gb: Tf::Known(size.get().into()),
        ..prior.clone()
    };
    saved.save(&grown);
    let save = |volume: &Volume| saved.save(&observe::refresh(grown.clone(), volume, Origin::State));
    let volume = wait::until(cx, volumes, id, Goal::Grown(size), deadline, save).await?;
    volume.ok_or_else(|| wait::vanished::<Volume>(id))
}

/// An answer that was lost leaves open whether the volume grows, and asking again may be refused if it does.
async fn accepted_all_the_same(
    cx: &Context<Session>,
    volumes: &dyn Volumes,
    id: &VolumeId,
    size: GiB,
    error: Error,
) -> Result<(), Diagnostics> {
    if matches!(error.kind, Kind::WrongState | Kind::Conflict) {
        return Err(not_in_this_state(volumes, id, &error).await);
    }
    if error.kind == Kind::Invalid {
        return Err(called_wrong(cx, volumes, id, &error).await);
    }
    let refusal = cloud_error::diagnostics(messages::cannot_grow(), &error);
    if error.kind.proves_nothing_was_done() {
        return Err(refusal);
    }
    let is_growing =
        |volume: &Volume| volume.phase == VolumePhase::Resizing || volume.size.is_some_and(|told| told >= size.get());
    match look(cx, volumes, id).await? {
        Some(volume) if is_growing(&volume) => Ok(()),
        // Nothing tells how large it is now. An order for a size that it has is called wrong, so the answer to another
        // one tells whether the first was followed.
        Some(volume) if volume.size.is_none() && volume.phase == VolumePhase::Active => {
            match volumes.grow(id, size).await {
                Ok(()) => Ok(()),
                Err(second) if second.kind == Kind::Invalid => Ok(()),
                Err(_) => Err(refusal),
            }
        }
        _ => Err(refusal),
    }
}

/// A run that was killed while the volume grew could not save its new size, and an order for that size is called wrong.
async fn called_wrong(cx: &Context<Session>, volumes: &dyn Volumes, id: &VolumeId, error: &Error) -> Diagnostics {
    let is_untold = matches!(look(cx, volumes, id).await, Ok(Some(volume)) if volume.size.is_none());
    if !is_untold {
        return cloud_error::diagnostics(messages::cannot_grow(), error);
    }
    let message = messages::size_is_not_told(&cloud_error::describe(error), id, volumes.capabilities().name);
    Diagnostics::from_error(Path::from("size_in_gb"), message)
}

async fn not_in_this_state(volumes: &dyn Volumes, id: &VolumeId, error: &Error) -> Diagnostics {
    let mounts = mounts::told(volumes, id).await;
    let message = messages::cannot_grow_now(&cloud_error::describe(error), &mounts);
    Diagnostics::from_error(Path::from("size_in_gb"), message)
}

fn left(id: &VolumeId) -> Diagnostics {
    Diagnostics::from_error(Path::from("size_in_gb"), messages::grow_interrupted(id))
}

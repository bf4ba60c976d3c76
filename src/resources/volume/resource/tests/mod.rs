//! Volumes at a cloud in memory, from their making to their end.

mod creation;

mod change;

mod removal;

mod lookup;

mod told;

use super::*;
use crate::{
    resources::testing::{TestCloud, messages, text},
    tf::Model,
};

/// A volume as it is planned.
fn planned(name: &str, size: u32) -> VolumeModel {
    VolumeModel {
        cloud: text("test_cloud"),
        name: text(name),
        storage_type: text("CEPH"),
        region: text("eu-1"),
        size_in_gb: Tf::Known(size.into()),
        id: Tf::Unknown,
        status: Tf::Unknown,
        used_in_gb: Tf::Unknown,
        mount_count: Tf::Unknown,
        price_per_hour: Tf::Unknown,
        created_at: Tf::Unknown,
        ..VolumeModel::null()
    }
}

/// A volume as it is in the state.
fn state(id: &str, name: &str, size: u32) -> VolumeModel {
    VolumeModel {
        id: text(id),
        status: text("active"),
        ..planned(name, size).with_unknowns_from(VolumeModel::null())
    }
}

fn of_saved(saved: &Saved) -> VolumeModel {
    let value = saved.last().expect("something was saved");
    VolumeModel::from_object(&value).expect("a volume")
}

/// What a user reads of an error.
#[track_caller]
fn refusal<T>(result: Result<T, Diagnostics>) -> String {
    match result {
        Ok(_) => panic!("it was not refused"),
        Err(diagnostics) => messages(&diagnostics).join("\n"),
    }
}

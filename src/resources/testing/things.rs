//! Things of which only a little is known, for tests to say the rest.

use crate::clouds::{EnvironmentVariables, Observed, Phase, Pod, PodId, Secret, Volume, VolumeId, VolumePhase};

/// A pod of which only the id is known.
pub fn pod(id: &str) -> Pod {
    Pod {
        id: PodId::new(id).expect("an id"),
        phase: Phase::Unknown,
        cloud_status: String::new(),
        reason: None,
        desired: None,
        observed: Observed::default(),
        price_per_hour: None,
        offer: None,
        disk: None,
        region: None,
        gpu_display_name: None,
        ssh: None,
        ip: None,
        internal_ip: None,
        endpoints: None,
        created_at: None,
        mark: None,
    }
}

pub fn pod_with_variable(name: &str, value: &str) -> Pod {
    let variables = [(name.to_owned(), Secret::new(value))];
    Pod {
        observed: Observed {
            environment: Some(EnvironmentVariables(variables.into())),
            ..Observed::default()
        },
        ..pod("1")
    }
}

/// A volume that is active, and of which nothing else is told.
pub fn volume(id: &str, name: &str) -> Volume {
    Volume {
        id: VolumeId::new(id).expect("an id"),
        name: Some(name.to_owned()),
        phase: VolumePhase::Active,
        cloud_status: "ok".to_owned(),
        storage_type: None,
        disk: None,
        region: None,
        offer: None,
        size: None,
        used: None,
        mount_count: None,
        mounted_by: None,
        price_per_hour: None,
        created_at: None,
    }
}

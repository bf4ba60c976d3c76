//! The same promises on every cloud, and what each has of its own.
//!
//! Read `life` for what holds on all of them, `several` for many clouds in one configuration, then what one cloud has:
//! `marketplace` and `kept` for Prime Intellect, `workload` for cPod.

mod life;

mod several;

mod marketplace;

mod kept;

mod workload;

use crate::smallest_pods::{self, SmallestPod};

use super::{
    block::Block,
    workspace::{PROVIDER_SETTINGS, Workspace},
};

/// What a test needs to know of a cloud.
pub struct OfCloud {
    pod: &'static SmallestPod,
    /// How the paths begin that it serves.
    path: &'static str,
    can_stop: bool,
    /// What ends a pod that runs, in order.
    end: &'static [&'static str],
}

pub const YOTTA: OfCloud = OfCloud {
    pod: &smallest_pods::YOTTA,
    path: "/v2/",
    can_stop: true,
    end: &["stop", "delete"],
};

pub const PRIME_INTELLECT: OfCloud = OfCloud {
    pod: &smallest_pods::PRIME_INTELLECT,
    path: "/api/v1/",
    can_stop: false,
    end: &["delete"],
};

pub const CPOD: OfCloud = OfCloud {
    pod: &smallest_pods::CPOD,
    path: "/v1/",
    can_stop: true,
    end: &["stop", "delete"],
};

pub const ALL: [&OfCloud; 3] = [&YOTTA, &PRIME_INTELLECT, &CPOD];

#[test]
fn every_cloud_has_its_smallest_pod() {
    assert_eq!(smallest_pods::ALL.map(|pod| pod.cloud).as_slice(), names());
    assert_eq!(ALL.map(OfCloud::name).as_slice(), names());
}

/// The names of all clouds.
pub fn names() -> Vec<&'static str> {
    let all = gpupod::clouds::ALL.iter();
    all.map(|description| description.capabilities.name).collect()
}

pub const PUBLIC_KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJk9yRkVhQk8d3rWm0s2nYxN5o6vQZb1cHfT7uLpEaGd me@example.com";

impl OfCloud {
    pub fn name(&self) -> &'static str {
        self.pod.cloud
    }

    /// A test's world in which this cloud alone has a key.
    pub fn workspace(&self) -> Workspace {
        let workspace = Workspace::new("").with_keys_of(&[self.name()]);
        in_a_workspace(&workspace);
        workspace
    }

    /// The smallest pod, for a provider that means this cloud.
    pub fn pod(&self) -> Block {
        let pod = Block::resource("gpupod_pod").with("name", r#""trainer""#);
        self.pod
            .attributes
            .iter()
            .fold(pod, |pod, (attribute, value)| pod.with(attribute, value))
    }

    /// The same with the name of the cloud, for a provider that may mean any.
    pub fn named_pod(&self, label: &str) -> Block {
        let name = format!("{:?}", self.name());
        self.pod().with("cloud", name).labelled(label)
    }
}

/// Gives pods of cPod the workspace that they need.
pub fn in_a_workspace(workspace: &Workspace) {
    workspace.provider(&format!("{PROVIDER_SETTINGS}\n{}", smallest_pods::CPOD.settings));
}

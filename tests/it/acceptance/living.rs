//! What lives in the clouds, held against what is in the state.

use std::collections::BTreeSet;

use serde_json::Value;

use super::workspace::{REGISTRY_AUTH_BY_HAND, Workspace};

/// What can live, by the type of its resource.
const KINDS: [&str; 4] = [
    "gpupod_pod",
    "gpupod_volume",
    "gpupod_container_registry_auth",
    "gpupod_ssh_key",
];

impl Workspace {
    /// Each thing that lives in a cloud is in the state, and the other way round.
    #[track_caller]
    pub fn assert_all_match(&self) {
        for kind in KINDS {
            self.assert_match(kind);
        }
    }

    #[track_caller]
    pub fn assert_pods_match(&self) {
        self.assert_match("gpupod_pod");
    }

    #[track_caller]
    fn assert_match(&self, kind: &str) {
        let clouds = self.cloud.clouds().into_iter();
        let living: BTreeSet<String> = clouds.flat_map(|cloud| self.living(cloud, kind)).collect();
        let known = ids(&self.instances_of(kind));
        assert_eq!(living, known, "the cloud and the state differ in {kind}");
    }

    /// The ids of what lives in a cloud.
    pub fn living(&self, cloud: &str, kind: &str) -> BTreeSet<String> {
        match kind {
            "gpupod_pod" => {
                let pods = self.cloud.living_pods().into_iter();
                pods.filter(|pod| pod.cloud == cloud).map(|pod| pod.id).collect()
            }
            "gpupod_volume" => {
                let volumes = self.cloud.living_volumes().into_iter();
                volumes
                    .filter(|volume| volume.cloud == cloud)
                    .map(|volume| volume.id)
                    .collect()
            }
            "gpupod_container_registry_auth" => self.kept(cloud, "container_registry_auths"),
            "gpupod_ssh_key" => self.kept(cloud, "ssh_keys"),
            _ => panic!("nothing is known of {kind}"),
        }
    }

    /// What costs nothing stands in the simulator's own account of the clouds alone.
    fn kept(&self, cloud: &str, list: &str) -> BTreeSet<String> {
        let state = self.cloud.state();
        let kept = state["clouds"][cloud][list].as_array().cloned();
        let of_terraform = kept
            .into_iter()
            .flatten()
            .filter(|one| one["name"] != REGISTRY_AUTH_BY_HAND);
        of_terraform.map(|one| text(&one["id"])).collect()
    }

    /// The ids in the state under this address.
    #[cfg(unix)]
    pub fn known(&self, address: &str) -> BTreeSet<String> {
        ids(&self.instances_at(address))
    }

    #[cfg(unix)]
    pub fn instances_at(&self, address: &str) -> Vec<Value> {
        let resources = self.resources().into_iter();
        let named = resources.filter(|resource| {
            let part = |name: &str| resource[name].as_str().unwrap_or_default();
            part("mode") == "managed" && address == format!("{}.{}", part("type"), part("name"))
        });
        named
            .flat_map(|resource| resource["instances"].as_array().cloned().unwrap_or_default())
            .collect()
    }
}

fn ids(instances: &[Value]) -> BTreeSet<String> {
    instances
        .iter()
        .map(|instance| text(&instance["attributes"]["id"]))
        .collect()
}

/// An id is a number at some clouds, and a text in the state.
fn text(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

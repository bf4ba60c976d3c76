//! The columns: what can be ordered, on its cloud.

use super::super::{
    block::Block,
    clouds::{CPOD, PRIME_INTELLECT, PUBLIC_KEY, YOTTA},
    credential::credential,
    volume::ceph,
};

pub struct Subject {
    pub title: &'static str,
    pub cloud: &'static str,
    pub kind: &'static str,
    label: &'static str,
    /// Where it is ordered and listed.
    pub path: &'static str,
    block: fn() -> Block,
    /// It takes its time, so that it is waited for.
    pub is_living: bool,
    /// It can be stopped without being deleted.
    pub can_stop: bool,
}

pub const ALL: [&Subject; 7] = [
    &Subject {
        title: "Yotta pod",
        cloud: "yotta",
        kind: "gpupod_pod",
        label: "yotta",
        path: "/v2/pods",
        block: || YOTTA.pod(),
        is_living: true,
        can_stop: true,
    },
    &Subject {
        title: "Prime pod",
        cloud: "prime_intellect",
        kind: "gpupod_pod",
        label: "prime",
        path: "/api/v1/pods/",
        block: || PRIME_INTELLECT.pod(),
        is_living: true,
        can_stop: false,
    },
    &Subject {
        title: "cPod pod",
        cloud: "cpod",
        kind: "gpupod_pod",
        label: "cpod",
        path: "/v1/pods",
        block: || CPOD.pod(),
        is_living: true,
        can_stop: true,
    },
    &Subject {
        title: "Yotta volume",
        cloud: "yotta",
        kind: "gpupod_volume",
        label: "yotta",
        path: "/v2/volumes",
        block: ceph,
        is_living: true,
        can_stop: false,
    },
    &Subject {
        title: "Prime disk",
        cloud: "prime_intellect",
        kind: "gpupod_volume",
        label: "prime",
        path: "/api/v1/disks/",
        block: || {
            Block::resource("gpupod_volume")
                .with("name", r#""data""#)
                .with("size_in_gb", 100)
                .with(
                    "prime_intellect",
                    r#"{ provider = "primecompute", data_center_id = "EU-CZ-1" }"#,
                )
        },
        is_living: true,
        can_stop: false,
    },
    &Subject {
        title: "Yotta credential",
        cloud: "yotta",
        kind: "gpupod_container_registry_auth",
        label: "yotta",
        path: "/v2/container-registry-auths",
        block: credential,
        is_living: false,
        can_stop: false,
    },
    &Subject {
        title: "Prime SSH key",
        cloud: "prime_intellect",
        kind: "gpupod_ssh_key",
        label: "prime",
        path: "/api/v1/ssh_keys/",
        block: || {
            Block::resource("gpupod_ssh_key")
                .with("name", r#""laptop""#)
                .with("public_key", format!("{PUBLIC_KEY:?}"))
        },
        is_living: false,
        can_stop: false,
    },
];

pub fn titled(title: &str) -> &'static Subject {
    let mut all = ALL.into_iter();
    all.find(|subject| subject.title == title).expect("a subject")
}

impl Subject {
    pub fn block(&self) -> Block {
        (self.block)()
            .with("cloud", format!("{:?}", self.cloud))
            .labelled(self.label)
    }

    /// Another one of the kind, and where it stands.
    pub fn other(&self, label: &str) -> (Block, String) {
        let label = format!("{}_{label}", self.label);
        let address = format!("{}.{label}", self.kind);
        (self.block().labelled(&label), address)
    }

    pub fn address(&self) -> String {
        format!("{}.{}", self.kind, self.label)
    }

    /// A destroy looks at it before it does anything.
    pub fn is_looked_at_first(&self) -> bool {
        self.kind == "gpupod_pod"
    }

    /// So often a destroy looks at it before it is told to end.
    pub fn looks_before_its_end(&self) -> u32 {
        match (self.is_looked_at_first(), self.can_stop) {
            (false, _) => 0,
            (true, false) => 1,
            // It is looked at, and seen to be stopped.
            (true, true) => 2,
        }
    }

    /// Where the thing with this id is read and deleted.
    pub fn path_of(&self, id: &str) -> String {
        format!("{}/{id}", self.path.trim_end_matches('/'))
    }
}

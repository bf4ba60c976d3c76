//! Yotta's registry credentials: the conversion of each response, and the request of each specification.

use gpupod::clouds::{RegistryAuth, RegistryAuthSpec, Secret};

use super::{answering, check_sent};
use crate::conformance::things::{registry_auth_id, registry_auths_of};

const ID: &str = "420522713875326001";

fn auth() -> RegistryAuth {
    RegistryAuth {
        id: registry_auth_id(ID),
        name: Some("team-registry".to_owned()),
        username: None,
        kind: Some("DOCKER_HUB".to_owned()),
        created_at: Some("2026-01-01T00:00:00Z".to_owned()),
    }
}

#[tokio::test]
async fn a_credential_is_read() {
    let bench = answering("registry-auth");
    let read = registry_auths_of(&*bench.cloud).get(&registry_auth_id(ID)).await;
    assert_eq!(read.expect("is read"), Some(auth()));
}

#[tokio::test]
async fn a_list_is_read() {
    let bench = answering("registry-auth-list");
    let listed = registry_auths_of(&*bench.cloud).list().await;
    assert_eq!(listed.expect("are listed"), [auth()]);
}

#[tokio::test]
async fn a_creation_is_written() {
    let bench = answering("registry-auth");
    let spec = RegistryAuthSpec {
        name: Some("team-registry".to_owned()),
        username: Some("team".to_owned()),
        password: Some(Secret::new("a-token")),
        kind: Some("DOCKER_HUB".to_owned()),
    };
    let made = registry_auths_of(&*bench.cloud).create(&spec).await;
    assert_eq!(made.expect("is made"), auth());
    check_sent(
        &bench,
        "POST /v2/container-registry-auths",
        "registry-auth-create-request",
    );
}

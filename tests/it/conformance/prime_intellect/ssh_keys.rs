//! Prime Intellect's SSH keys: the conversion of each response, and the request of each specification.

use gpupod::clouds::{Kind, SshKey, SshKeySpec};

use super::{answering, check_sent, reading};
use crate::conformance::{
    bench::kind,
    things::{ssh_key_id, ssh_keys_of},
};

const ID: &str = "cmbk3b1nf0006l508z4e7a9sg";
const PUBLIC_KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE9uZVNlY3JldFRoYXROb2JvZHlFdmVySGVhcmRP me@laptop";

fn key() -> SshKey {
    SshKey {
        id: ssh_key_id(ID),
        name: Some("laptop".to_owned()),
        public_key: Some(PUBLIC_KEY.to_owned()),
        is_primary: Some(false),
        // 2026-01-01T00:00:00Z.
        created_at: Some(1_767_225_600_000),
    }
}

#[tokio::test]
async fn a_creation_is_written() {
    let bench = answering("POST", 200, "ssh-key-created");
    let spec = SshKeySpec {
        name: "laptop".to_owned(),
        public_key: format!("{PUBLIC_KEY}\n"),
    };
    let made = ssh_keys_of(&*bench.cloud).create(&spec).await;
    assert_eq!(made.expect("is made"), key());
    check_sent(&bench, "POST /api/v1/ssh_keys/", "ssh-key-create-request");
}

#[tokio::test]
async fn a_list_is_read() {
    let bench = reading("ssh-key-list-page");
    let listed = ssh_keys_of(&*bench.cloud).list().await;
    let bare = SshKey {
        id: ssh_key_id("cmbk3b3qh0007l508a5f8b0th"),
        name: Some("desk".to_owned()),
        is_primary: Some(true),
        created_at: None,
        ..key()
    };
    assert_eq!(listed.expect("are listed"), [key(), bare]);
}

#[tokio::test]
async fn a_key_is_found_in_the_list() {
    let found = async |id| {
        let bench = reading("ssh-key-list-page");
        ssh_keys_of(&*bench.cloud).get(&ssh_key_id(id)).await
    };
    assert_eq!(found(ID).await.expect("is read"), Some(key()));
    assert_eq!(kind(found("cmbk3b9zz0008l508b6g9c1uj").await), Some(Kind::NotFound));
}

#[tokio::test]
async fn the_choice_of_the_primary_key_is_written() {
    let bench = answering("PATCH", 200, "ssh-key-updated");
    let made = ssh_keys_of(&*bench.cloud).make_primary(&ssh_key_id(ID)).await;
    made.expect("becomes primary");
    check_sent(
        &bench,
        &format!("PATCH /api/v1/ssh_keys/{ID}"),
        "ssh-key-update-request",
    );
}

#[tokio::test]
async fn a_deletion_is_read() {
    let bench = answering("DELETE", 200, "ssh-key-deleted");
    let deleted = ssh_keys_of(&*bench.cloud).delete(&ssh_key_id(ID)).await;
    deleted.expect("is deleted");
}

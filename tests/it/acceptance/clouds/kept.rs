//! What Prime Intellect keeps besides pods: disks and SSH keys.

use serde_json::json;

use super::{
    super::{
        block::Block,
        plan::Action::{Replace, Update},
        workspace::Workspace,
    },
    PRIME_INTELLECT, PUBLIC_KEY,
};

const VOLUME: &str = "gpupod_volume.this";
const KEY: &str = "gpupod_ssh_key.this";

fn disk() -> Block {
    Block::resource("gpupod_volume")
        .with("name", r#""data""#)
        .with("size_in_gb", 100)
        .with(
            "prime_intellect",
            r#"{ provider = "primecompute", data_center_id = "EU-CZ-1" }"#,
        )
}

fn with(configuration: impl std::fmt::Display) -> Workspace {
    let workspace = PRIME_INTELLECT.workspace();
    workspace.write(configuration);
    workspace.apply();
    workspace
}

#[test]
fn a_disk_lives_is_renamed_and_ends() {
    let workspace = with(disk());
    let made = workspace.attributes(VOLUME);
    assert_eq!((&made["status"], &made["size_in_gb"]), (&json!("active"), &json!(100)));
    assert!(made["price_per_hour"].is_number(), "{made}");
    workspace.plan().assert_empty();
    workspace.write(disk().with("name", r#""renamed""#));
    let plan = workspace.plan();
    assert_eq!(plan.only().action, Update);
    workspace.apply();
    assert_eq!(workspace.attributes(VOLUME)["id"], made["id"]);
    assert_eq!(workspace.changes(), ["POST disks", "PATCH disks/*"]);
    workspace.destroy();
    assert!(workspace.cloud.living_volumes().is_empty());
    workspace.write("");
    workspace.finish();
}

#[test]
fn another_size_replaces_a_disk_with_a_warning() {
    let workspace = with(disk());
    for size in [200, 50] {
        workspace.write(disk().with("size_in_gb", size));
        let plan = workspace.plan();
        assert_eq!(
            (plan.only().action, &plan.only().replaced_for[..]),
            (Replace, &["size_in_gb".to_owned()][..])
        );
        plan.says(&["The data will be lost"]);
    }
    workspace.apply();
    assert_eq!(workspace.attributes(VOLUME)["size_in_gb"], 50);
    workspace.finish();
}

#[test]
fn a_pod_is_placed_where_its_disk_is_and_ends_before_it() {
    let pod = PRIME_INTELLECT
        .pod()
        .with("volumes", "[{ id = gpupod_volume.this.id }]");
    let workspace = with(format!("{}{pod}", disk()));
    assert_eq!(workspace.pod()["offer"]["data_center_id"], "EU-CZ-1");
    assert_eq!(workspace.order_body()["disks"], json!([workspace.id(VOLUME)]));
    workspace.plan().assert_empty();
    workspace.cloud.clear_requests();
    workspace.destroy();
    assert_eq!(workspace.changes(), ["DELETE pods/*", "DELETE disks/*"]);
    workspace.write("");
    workspace.finish();
}

#[test]
fn a_disk_is_imported_without_a_change() {
    for configured in [
        disk(),
        disk().with("prime_intellect", r#"{ provider = "primecompute" }"#),
    ] {
        let workspace = with(disk());
        let id = workspace.id(VOLUME);
        workspace.run(&["state", "rm", VOLUME]).succeeds();
        workspace.write(configured);
        workspace
            .run(&["import", VOLUME, &format!("prime_intellect/{id}")])
            .succeeds();
        workspace.plan().assert_empty();
        workspace.finish();
    }
}

fn key() -> Block {
    Block::resource("gpupod_ssh_key")
        .with("name", r#""laptop""#)
        .with("public_key", format!("\"{PUBLIC_KEY}\\n\""))
}

#[test]
fn a_key_is_stored_made_primary_and_deleted() {
    let other = key()
        .labelled("other")
        .with("name", r#""other""#)
        .with("is_primary", true);
    let workspace = with(&other);
    workspace.write(format!("{other}{}", key()));
    workspace.apply();
    assert_eq!(workspace.attributes(KEY)["is_primary"], false);
    workspace.write(format!(
        "{}{}",
        key().with("is_primary", true),
        other.clone().without("is_primary")
    ));
    let plan = workspace.plan();
    assert_eq!(plan.only().action, Update);
    workspace.apply();
    assert_eq!(workspace.attributes(KEY)["is_primary"], true);
    workspace.plan().assert_empty();
    workspace.write(other.without("is_primary"));
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_key_that_is_no_longer_primary_is_made_it_again() {
    let workspace = with(key().with("is_primary", true));
    let other = json!({"name": "by-hand", "publicKey": PUBLIC_KEY});
    let made = workspace.ask("POST", "/api/v1/ssh_keys/", &other);
    let path = format!("/api/v1/ssh_keys/{}", made["id"].as_str().unwrap());
    workspace.ask("PATCH", &path, &json!({"isPrimary": true}));
    assert_eq!(workspace.plan().only().action, Update);
    workspace.apply();
    workspace.plan().assert_empty();
    workspace.ask("DELETE", &path, &json!(null));
    workspace.finish();
}

#[test]
fn a_key_is_imported_and_found_by_its_name() {
    let workspace = with(key());
    let id = workspace.id(KEY);
    workspace.run(&["state", "rm", KEY]).succeeds();
    workspace
        .run(&["import", KEY, &format!("prime_intellect/{id}")])
        .succeeds();
    workspace.plan().assert_empty();
    let data = Block::data("gpupod_ssh_key").with("name", "gpupod_ssh_key.this.name");
    let pod = PRIME_INTELLECT
        .pod()
        .with("prime_intellect", "{ ssh_key_id = data.gpupod_ssh_key.this.id }");
    workspace.write(format!("{}{data}{pod}", key()));
    workspace.apply();
    assert_eq!(workspace.order_body()["pod"]["sshKeyId"], json!(id));
    workspace.finish();
}

#[test]
fn a_private_key_is_refused_and_not_repeated() {
    let workspace = PRIME_INTELLECT.workspace();
    let private = "-----BEGIN OPENSSH PRIVATE KEY-----\\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\\n-----END";
    workspace.write(key().with("public_key", format!("\"{private}\"")));
    let told = workspace
        .run(&["validate"])
        .fails()
        .says(&["public_key", "is not an OpenSSH public key"]);
    assert!(!told.told().contains("is \"-----BEGIN"), "{}", told.told());
    workspace.write("");
    workspace.finish();
}

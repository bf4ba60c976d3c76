//! Things that Terraform did not make, of which the cloud tells odd things: they are imported, configured as Terraform
//! generates it, valid, and planned without a replacement or a call.

use std::fs;

use serde_json::{Value, json};

use super::super::{
    block::Block,
    clouds::{ALL, PRIME_INTELLECT, PUBLIC_KEY},
    credential::{CREDENTIAL, credential},
    plan::Action,
    pod::POD,
    volume::{VOLUME, vendor},
    workspace::Workspace,
};

const KEY: &str = "gpupod_ssh_key.this";

/// Imports what is there under this id, with a configuration that Terraform generates from what it is told.
#[track_caller]
fn comes_with_a_generated_configuration(workspace: &Workspace, address: &str, cloud: &str, id: &str, what: &str) {
    workspace.cloud.clear_requests();
    workspace.run(&["state", "rm", address]).succeeds();
    workspace.write(format!("import {{\n  to = {address}\n  id = \"{cloud}/{id}\"\n}}\n"));
    let _ = fs::remove_file(workspace.file("generated.tf"));
    workspace.run(&["plan", "-generate-config-out=generated.tf"]).succeeds();
    workspace.run(&["validate"]).succeeds();
    for change in &workspace.plan().changes {
        assert_eq!(change.action, Action::Update, "{what}: {change:?}");
    }
    workspace.apply();
    assert_eq!(workspace.changes(), [""; 0], "{what}");
    assert_eq!(workspace.id(address), id, "{what}");
    workspace.plan().assert_empty();
}

/// What Yotta may tell of a pod that was made in its console.
fn odd_pods_on_yotta() -> Vec<Value> {
    let port =
        |protocol: Value| json!({"expose": [{"port": 22, "protocol": protocol}, {"port": 8080, "protocol": "HTTP"}]});
    vec![
        port(json!("SSH")),
        port(json!("ssh")),
        port(json!("UDP")),
        port(json!("")),
        port(json!(null)),
        json!({"expose": [{"port": 22}]}),
        json!({"resourceType": "CPU", "gpuType": null, "gpuCount": null}),
        json!({"resourceType": "NPU"}),
        json!({"gpuCount": 3}),
        json!({"gpuCount": 0, "shmInGb": 0, "containerVolumeInGb": 0}),
        json!({"shmInGb": null, "containerVolumeInGb": null, "isSpot": null, "resourceType": null}),
        json!({"imagePublicType": "private"}),
        json!({"imagePublicType": "INTERNAL", "imageRegistry": ""}),
        json!({"environmentVars": [{"key": "A", "value": ""}, {"key": "B", "value": "{\"b\": 1, \"a\": [1.0]}"}]}),
        json!({"volumes": [{"id": "7", "mountPath": "data"}, {"id": "8", "mountPath": null}]}),
        json!({"callbackUrl": "http://hooks.example", "initializationCommand": "{\"x\" : \"<\"}"}),
        json!({"callbackUrl": "", "initializationCommand": "", "environmentVars": [], "volumes": [], "expose": []}),
        json!({"initializationCommand": "a\r\nb\r\n"}),
    ]
}

fn odd_pods_on_prime_intellect() -> Vec<Value> {
    vec![
        json!({"gpuName": null, "gpuCount": 0}),
        json!({"customTemplateId": "cm123"}),
        json!({"environmentType": "custom_template", "customTemplateId": null}),
        json!({"resources": {"disk": "0"}, "autoRestart": true, "isSpot": null}),
        json!({"teamId": "cmother", "socket": "", "providerType": null}),
    ]
}

fn odd_pods_on_cpod() -> Vec<Value> {
    let spec = |cpu: Value, memory: Value, replicas: Value| json!({"spec": {"image": "python", "cpu": cpu, "memory": memory, "replicas": replicas, "env": {}}});
    vec![
        spec(json!("plenty"), json!("2GI"), json!(0)),
        spec(json!("0"), json!(null), json!(null)),
        spec(json!("1"), json!("2147483648"), json!(2)),
        json!({"labels": {"": "x", "team": "a"}, "organizationId": "", "workspaceId": null}),
        json!({"labels": {}, "workspaceId": "ws-other"}),
    ]
}

#[test]
fn a_pod_of_which_odd_things_are_told_is_imported_without_a_change() {
    let odd = [odd_pods_on_yotta(), odd_pods_on_prime_intellect(), odd_pods_on_cpod()];
    for (cloud, answers) in ALL.iter().zip(odd) {
        let workspace = cloud.workspace();
        workspace.write(cloud.pod());
        workspace.apply();
        let id = workspace.pod_id();
        for told in answers {
            workspace.cloud.event(&id, json!({"set": told})).unwrap();
            comes_with_a_generated_configuration(&workspace, POD, cloud.name(), &id, &told.to_string());
        }
        workspace.finish();
    }
}

#[test]
fn a_volume_of_which_odd_things_are_told_is_imported_without_a_change() {
    let workspace = Workspace::applied(vendor());
    let id = workspace.id(VOLUME);
    for told in [
        json!({"storageType": "NFS", "type": "NFS"}),
        json!({"storageType": null, "type": null, "region": null}),
        json!({"storageType": "S3", "type": "S3", "region": "us-east-1", "vendorVolumeType": "HDD", "sizeInGb": 5}),
        json!({"storageType": "ceph", "type": "ceph", "vendorVolumeType": "HDD"}),
        json!({"storageType": "VENDOR", "vendorVolumeType": "OPTANE", "sizeInGb": 0}),
        json!({"storageType": "VENDOR", "vendorVolumeType": null, "sizeInGb": 99999, "sizeBytes": null}),
    ] {
        workspace.behind_the_volume(json!({"set": told}));
        comes_with_a_generated_configuration(&workspace, VOLUME, "yotta", &id, &told.to_string());
    }
    workspace.finish();

    let disk = Block::resource("gpupod_volume")
        .with("name", r#""data""#)
        .with("size_in_gb", 100)
        .with("prime_intellect", r#"{ provider = "primecompute" }"#);
    let workspace = PRIME_INTELLECT.workspace();
    workspace.write(disk);
    workspace.apply();
    let id = workspace.id(VOLUME);
    for told in [
        json!({"size": 0}),
        json!({"size": null, "info": null}),
        json!({"providerType": null}),
        json!({"providerType": "", "info": {"country": "", "dataCenterId": null}, "teamId": "cmother"}),
    ] {
        workspace.behind_the_volume(json!({"set": told}));
        comes_with_a_generated_configuration(&workspace, VOLUME, "prime_intellect", &id, &told.to_string());
    }
    workspace.finish();
}

#[test]
fn a_second_key_is_imported_as_one_that_is_not_primary() {
    let key = Block::resource("gpupod_ssh_key")
        .with("name", r#""laptop""#)
        .with("public_key", format!("{PUBLIC_KEY:?}"));
    let workspace = PRIME_INTELLECT.workspace();
    let first = json!({"name": "first", "publicKey": PUBLIC_KEY});
    let first = workspace.ask("POST", "/api/v1/ssh_keys/", &first);
    workspace.write(&key);
    workspace.apply();
    let id = workspace.id(KEY);
    comes_with_a_generated_configuration(&workspace, KEY, "prime_intellect", &id, "a second key");
    assert_eq!(workspace.attributes(KEY)["is_primary"], false);
    let generated = fs::read_to_string(workspace.file("generated.tf")).unwrap();
    assert!(generated.contains("is_primary = false"), "{generated}");

    fs::remove_file(workspace.file("generated.tf")).unwrap();
    workspace.write(key.with("is_primary", false).labelled("new"));
    workspace.run(&["validate"]).succeeds();
    workspace
        .run(&["plan"])
        .fails()
        .says(&["`is_primary` is false", "A key stops being primary"]);
    workspace.write("");
    workspace.apply();
    let path = format!("/api/v1/ssh_keys/{}", first["id"].as_str().unwrap());
    workspace.ask("DELETE", &path, &json!(null));
    workspace.finish();
}

#[test]
fn a_credential_of_which_little_or_odd_is_told_is_imported_without_a_change() {
    let workspace = Workspace::applied(credential());
    let id = workspace.id(CREDENTIAL);
    for told in [
        json!({"name": "my registry"}),
        json!({"type": "docker_hub"}),
        json!({"type": "QUAY", "username": null}),
        json!({"type": null, "username": "", "name": "1st-credential-with-a-long-name"}),
    ] {
        let path = "/v2/container-registry-auths/*";
        workspace.fault("GET", path, 1_000, json!({"merge_data": told}));
        comes_with_a_generated_configuration(&workspace, CREDENTIAL, "yotta", &id, &told.to_string());
        workspace.cloud.clear_faults();
    }
    fs::remove_file(workspace.file("generated.tf")).unwrap();
    workspace.write(credential().without("username").labelled("new"));
    workspace.run(&["validate"]).succeeds();
    workspace.run(&["plan"]).fails().says(&["User name is missing"]);
    workspace.write(credential().with("name", r#""my registry""#).labelled("new"));
    workspace.run(&["validate"]).succeeds();
    workspace.run(&["plan"]).fails().says(&["Not a name for a credential"]);
    workspace.write(credential());
    workspace.apply();
    assert_eq!(workspace.changes(), [""; 0]);
    workspace.finish();
}

#[test]
fn an_imported_pod_keeps_its_own_configuration_whatever_the_cloud_tells() {
    let workspace = Workspace::new("");
    let pod = workspace
        .maximal_pod()
        .with("name", r#""Trainer""#)
        .with("expose", r#"[{ port = 8080 }, { port = 22, protocol = "TCP" }]"#);
    workspace.write(&pod);
    workspace.apply();
    let id = workspace.pod_id();
    workspace.cloud.clear_requests();
    for told in [
        json!({"name": "trainer", "image": "docker.io/pytorch/pytorch:2.8.0"}),
        json!({"expose": [{"port": 22}, {"port": 8080, "protocol": null}, {"port": 1, "protocol": "SSH"}]}),
        json!({"resourceType": "NPU", "imagePublicType": "SECRET", "gpuType": null, "gpuCount": 0, "shmInGb": 0}),
        json!({"callbackUrl": "http://odd.example", "initializationCommand": "NVIDIA-SMI\r\n", "containerVolumeInGb": null}),
    ] {
        workspace.cloud.event(&id, json!({"set": told})).unwrap();
        workspace.run(&["state", "rm", POD]).succeeds();
        workspace.run(&["import", POD, &id]).succeeds();
        assert_eq!(workspace.plan().only().action, Action::Update, "{told}");
        workspace.apply();
        assert_eq!(workspace.changes(), [""; 0], "{told}");
        workspace.plan().assert_empty();
    }
    workspace.finish();
}

#[test]
fn what_is_not_there_is_said_to_be_missing_and_what_is_no_id_is_never_asked_for() {
    let table: [(&str, &[&str], &str); 3] = [
        ("yotta", &[POD, VOLUME, CREDENTIAL], "420522713875330099"),
        (
            "prime_intellect",
            &[POD, VOLUME, KEY],
            "0123456789abcdef0123456789abcdef",
        ),
        ("cpod", &[POD], "pod_01jm8xk2y3z"),
    ];
    for (cloud, addresses, id) in table {
        let workspace = ALL.iter().find(|one| one.name() == cloud).unwrap().workspace();
        for address in addresses {
            let (kind, label) = address.split_once('.').unwrap();
            workspace.write(format!("resource {kind:?} {label:?} {{\n{}}}\n", required(kind)));
            let missing = workspace.run(&["import", address, &format!("{cloud}/{id}")]).fails();
            let missing = missing.says(&["There is no such", "to import", &format!("{cloud}/{id}")]);
            assert!(
                !missing.told().contains("non-existent remote object"),
                "{}",
                missing.told()
            );
            workspace.cloud.clear_requests();
            // What else is none stands beside the code.
            let odd: &[&str] = match cloud {
                "yotta" => &["..", "1/pause", "abc"],
                "prime_intellect" => &["history", "a?x=1"],
                _ => &["../pods"],
            };
            for odd in odd {
                let refusal = workspace.run(&["import", address, &format!("{cloud}/{odd}")]).fails();
                refusal.says(&["Not an id of", odd]);
            }
            assert!(
                workspace.cloud.requests().is_empty(),
                "{:?}",
                workspace.cloud.requests()
            );
        }
        workspace.write("");
        workspace.finish();
    }
}

/// What Terraform itself wants to see of a resource before it imports one.
fn required(kind: &str) -> &'static str {
    match kind {
        "gpupod_pod" => "name = \"a\"\nimage = \"b\"\n",
        "gpupod_ssh_key" => "name = \"a\"\npublic_key = \"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA\"\n",
        _ => "name = \"a\"\n",
    }
}

#[test]
fn a_data_source_never_asks_for_what_is_no_id() {
    for cloud in ALL {
        let workspace = cloud.workspace();
        let odd = if cloud.name() == "yotta" { "abc" } else { "a.b" };
        let odd = if cloud.name() == "prime_intellect" {
            "history"
        } else {
            odd
        };
        let mut sources = vec![("gpupod_pod", "id")];
        match cloud.name() {
            "yotta" => sources.extend([
                ("gpupod_volume", "id"),
                ("gpupod_container_registry_auth", "id"),
                ("gpupod_pod_logs", "pod_id"),
                ("gpupod_pod_runtime", "pod_id"),
            ]),
            "prime_intellect" => sources.extend([
                ("gpupod_volume", "id"),
                ("gpupod_ssh_key", "id"),
                ("gpupod_pod_logs", "pod_id"),
            ]),
            _ => {}
        }
        for (source, attribute) in sources {
            let data = Block::data(source).with(attribute, format!("{odd:?}"));
            workspace.write(&data);
            let refusal = workspace.run(&["plan"]).fails();
            refusal.says(&["Not an id of", &format!("`{attribute}` is \"{odd}\"")]);
            workspace.write(data.with("cloud", format!("{:?}", cloud.name())));
            workspace.run(&["validate"]).fails().says(&["Not an id of"]);
        }
        assert!(workspace.cloud.requests().is_empty());
        workspace.write("");
        workspace.finish();
    }
}

#[test]
fn a_credential_that_the_cloud_cannot_have_is_refused() {
    let workspace = Workspace::new(super::super::pod::Pod::minimal().with("container_registry_auth_id", r#""abc""#));
    let refusal = workspace.run(&["plan"]).fails();
    refusal.says(&[
        "Not an id of a registry credential",
        "`container_registry_auth_id` is \"abc\"",
        "has digits alone",
    ]);
    workspace.write("");
    workspace.finish();
}

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

/// A thing at a cloud, of which the cloud tells something odd.
struct Odd {
    address: String,
    id: String,
    told: String,
}

/// Makes as many of a kind as there are odd things to tell, and lets the cloud tell one of each.
#[track_caller]
fn odd(workspace: &Workspace, block: &Block, answers: &[Value], tell: impl Fn(&str, &Value)) -> Vec<Odd> {
    let blocks = (0..answers.len()).map(|index| block.labelled(&format!("odd_{index}")));
    let blocks: Vec<Block> = blocks.collect();
    workspace.write(blocks.iter().map(Block::to_string).collect::<String>());
    workspace.apply();
    let odd = blocks.iter().zip(answers).map(|(block, told)| {
        let (address, id) = (block.address(), workspace.id(&block.address()));
        tell(&id, told);
        let told = told.to_string();
        Odd { address, id, told }
    });
    odd.collect()
}

/// Forgets what is there, and has it imported by the next apply, beside a configuration.
#[track_caller]
fn import(workspace: &Workspace, cloud: &str, odd: &[Odd], configuration: &str) {
    workspace.cloud.clear_requests();
    let mut forget = vec!["state", "rm"];
    forget.extend(odd.iter().map(|odd| odd.address.as_str()));
    workspace.tool.run(&forget).succeeds();
    let blocks = odd
        .iter()
        .map(|Odd { address, id, .. }| format!("import {{\n  to = {address}\n  id = \"{cloud}/{id}\"\n}}\n"));
    workspace.write(format!("{}{configuration}", blocks.collect::<String>()));
}

/// Holds that an import changes nothing but the state.
#[track_caller]
fn comes_without_a_call(workspace: &Workspace, odd: &[Odd]) {
    let changes = workspace.plan().changes;
    for change in &changes {
        let told = odd
            .iter()
            .find(|odd| odd.address == change.address)
            .map(|odd| &odd.told);
        assert_eq!(change.action, Action::Update, "{told:?}: {change:?}");
    }
    workspace.run(&["apply", "plan.bin"]).succeeds();
    assert_eq!(workspace.changes(), [""; 0], "{changes:?}");
    for Odd { address, id, told } in odd {
        assert_eq!(workspace.id(address), *id, "{told}");
    }
}

/// Imports what is there under these ids, with a configuration that Terraform generates from what it is told.
#[track_caller]
fn comes_with_a_generated_configuration(workspace: &Workspace, cloud: &str, odd: &[Odd]) {
    import(workspace, cloud, odd, "");
    workspace.run(&["plan", "-generate-config-out=generated.tf"]).succeeds();
    workspace.run(&["validate"]).succeeds();
    comes_without_a_call(workspace, odd);
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
    let answers = [odd_pods_on_yotta(), odd_pods_on_prime_intellect(), odd_pods_on_cpod()];
    for (cloud, answers) in ALL.iter().zip(answers) {
        let workspace = cloud.workspace();
        let odd = odd(&workspace, &cloud.pod(), &answers, |id, told| {
            workspace.cloud.event(id, json!({"set": told})).unwrap();
        });
        comes_with_a_generated_configuration(&workspace, cloud.name(), &odd);
        workspace.finish();
    }
}

#[test]
fn a_volume_of_which_odd_things_are_told_is_imported_without_a_change() {
    let check = |workspace: Workspace, cloud: &str, volume: &Block, answers: &[Value]| {
        let odd = odd(&workspace, volume, answers, |id, told| {
            workspace.cloud.volume_event(id, json!({"set": told})).unwrap();
        });
        comes_with_a_generated_configuration(&workspace, cloud, &odd);
        workspace.finish();
    };
    let answers = [
        json!({"storageType": "NFS", "type": "NFS"}),
        json!({"storageType": null, "type": null, "region": null}),
        json!({"storageType": "S3", "type": "S3", "region": "us-east-1", "vendorVolumeType": "HDD", "sizeInGb": 5}),
        json!({"storageType": "ceph", "type": "ceph", "vendorVolumeType": "HDD"}),
        json!({"storageType": "VENDOR", "vendorVolumeType": "OPTANE", "sizeInGb": 0}),
        json!({"storageType": "VENDOR", "vendorVolumeType": null, "sizeInGb": 99999, "sizeBytes": null}),
    ];
    check(Workspace::new(""), "yotta", &vendor(), &answers);

    let disk = Block::resource("gpupod_volume")
        .with("name", r#""data""#)
        .with("size_in_gb", 100)
        .with("prime_intellect", r#"{ provider = "primecompute" }"#);
    let answers = [
        json!({"size": 0}),
        json!({"size": null, "info": null}),
        json!({"providerType": null}),
        json!({"providerType": "", "info": {"country": "", "dataCenterId": null}, "teamId": "cmother"}),
    ];
    check(PRIME_INTELLECT.workspace(), "prime_intellect", &disk, &answers);
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
    let second = Odd {
        address: KEY.to_owned(),
        id: workspace.id(KEY),
        told: "a second key".to_owned(),
    };
    comes_with_a_generated_configuration(&workspace, "prime_intellect", &[second]);
    workspace.plan().assert_empty();
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
    let workspace = Workspace::new("");
    let answers = [
        json!({"name": "my registry"}),
        json!({"type": "docker_hub"}),
        json!({"type": "QUAY", "username": null}),
        json!({"type": null, "username": "", "name": "1st-credential-with-a-long-name"}),
    ];
    let odd = odd(&workspace, &credential(), &answers, |id, told| {
        let path = format!("/v2/container-registry-auths/{id}");
        workspace.fault("GET", &path, 1_000, json!({"merge_data": told}));
    });
    comes_with_a_generated_configuration(&workspace, "yotta", &odd);
    workspace.plan().assert_empty();
    workspace.cloud.clear_faults();
    fs::remove_file(workspace.file("generated.tf")).unwrap();
    workspace.write(credential().without("username").labelled("new"));
    workspace.run(&["validate"]).succeeds();
    workspace.run(&["plan"]).fails().says(&["User name is missing"]);
    workspace.write(credential().with("name", r#""my registry""#).labelled("new"));
    workspace.run(&["validate"]).succeeds();
    workspace.run(&["plan"]).fails().says(&["Not a name for a credential"]);
    let blocks = odd.iter().map(|odd| {
        let (_, label) = odd.address.split_once('.').unwrap();
        credential().labelled(label).to_string()
    });
    workspace.write(blocks.collect::<String>());
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
    let answers = [
        json!({"name": "trainer", "image": "docker.io/pytorch/pytorch:2.8.0"}),
        json!({"expose": [{"port": 22}, {"port": 8080, "protocol": null}, {"port": 1, "protocol": "SSH"}]}),
        json!({"resourceType": "NPU", "imagePublicType": "SECRET", "gpuType": null, "gpuCount": 0, "shmInGb": 0}),
        json!({"callbackUrl": "http://odd.example", "initializationCommand": "NVIDIA-SMI\r\n", "containerVolumeInGb": null}),
    ];
    let odd = odd(&workspace, &pod, &answers, |id, told| {
        workspace.cloud.event(id, json!({"set": told})).unwrap();
    });
    let blocks = odd.iter().map(|odd| {
        let (_, label) = odd.address.split_once('.').unwrap();
        pod.labelled(label).to_string()
    });
    import(&workspace, "yotta", &odd, &blocks.collect::<String>());
    assert_eq!(workspace.plan().changes.len(), odd.len());
    comes_without_a_call(&workspace, &odd);
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
        let data = |source, attribute| Block::data(source).with(attribute, format!("{odd:?}"));
        let name = format!("{:?}", cloud.name());
        let blocks = sources
            .iter()
            .map(|(source, attribute)| data(source, attribute).to_string());
        workspace.write(blocks.collect::<String>());
        let refusals = workspace.run(&["plan", "-json"]).fails();
        let blocks = sources
            .iter()
            .map(|(source, attribute)| data(source, attribute).with("cloud", &name).to_string());
        workspace.write(blocks.collect::<String>());
        let invalid = workspace.run(&["validate"]).fails().told();
        for (source, attribute) in sources {
            let (summary, detail) = refusals.error_at(&format!("data.{source}.this"));
            assert!(summary.contains("Not an id of"), "{summary}");
            assert!(detail.contains(&format!("`{attribute}` is \"{odd}\"")), "{detail}");
            let place = format!("with data.{source}.this");
            assert!(
                invalid.contains(&place) && invalid.contains("Not an id of"),
                "{invalid}"
            );
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

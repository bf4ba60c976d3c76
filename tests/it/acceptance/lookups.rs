//! Data sources: what they find, and what they advise where they find nothing.

use serde_json::{Value, json};

use super::{
    block::Block,
    credential::{CREDENTIAL, credential},
    pod::{POD, Pod},
    volume::{self, VOLUME, ceph},
    workspace::Workspace,
};

/// What exists, in the cloud, and is found when it is there.
#[track_caller]
fn finds(existing: &Block, address: &str, question: Block, attribute: &str, expression: &str) -> Value {
    let workspace = Workspace::applied(existing);
    workspace.write(format!("{existing}\n{}", question.with(attribute, expression)));
    workspace.apply();
    let found = workspace.attributes(&format!("data.{address}"));
    let known = workspace.attributes(address);
    for name in ["id", "name", "cloud", "created_at"] {
        assert_eq!(found[name], known[name], "{name} by {attribute}");
    }
    workspace.finish();
    found
}

#[test]
fn a_pod_is_found_by_its_id_and_by_its_name() {
    for (attribute, expression) in [("id", format!("{POD}.id")), ("name", format!("{POD}.name"))] {
        let pod = finds(&Pod::minimal(), POD, Block::data("gpupod_pod"), attribute, &expression);
        assert_eq!(pod["status"], "running");
        assert_eq!(pod["price_per_hour"].to_string(), "0.392");
    }
}

#[test]
fn a_volume_is_found_by_its_id_and_by_its_name() {
    for (attribute, expression) in [("id", format!("{VOLUME}.id")), ("name", format!("{VOLUME}.name"))] {
        let volume = finds(&ceph(), VOLUME, Block::data("gpupod_volume"), attribute, &expression);
        assert_eq!(volume["status"], "active");
        assert_eq!((&volume["mount_count"], &volume["used_in_gb"]), (&json!(0), &json!(0)));
    }
}

#[test]
fn a_credential_is_found_by_its_id_and_by_its_name() {
    for (attribute, expression) in [
        ("id", format!("{CREDENTIAL}.id")),
        ("name", format!("{CREDENTIAL}.name")),
    ] {
        let question = Block::data("gpupod_container_registry_auth");
        let found = finds(&credential(), CREDENTIAL, question, attribute, &expression);
        assert_eq!(found["type"], "DOCKER_HUB");
    }
}

/// A question that finds nothing, and what is said to it.
const NOT_FOUND: [(&str, &str, &str, &str); 8] = [
    (
        "gpupod_pod",
        "id",
        "There is no such pod",
        "`data \"gpupod_pods\"` lists them",
    ),
    (
        "gpupod_pod",
        "name",
        "There is no such pod",
        "Use the name of one that exists",
    ),
    (
        "gpupod_volume",
        "id",
        "There is no such volume",
        "`data \"gpupod_volumes\"` lists them",
    ),
    (
        "gpupod_volume",
        "name",
        "There is no such volume",
        "Use the name of one that exists",
    ),
    (
        "gpupod_container_registry_auth",
        "id",
        "There is no such registry credential",
        "the cloud's console lists them",
    ),
    (
        "gpupod_container_registry_auth",
        "name",
        "There is no such registry credential",
        "Use the name of one that exists",
    ),
    (
        "gpupod_pod_logs",
        "pod_id",
        "There is no such pod",
        "Use the id of a pod",
    ),
    (
        "gpupod_pod_runtime",
        "pod_id",
        "There is no such pod",
        "Use the id of a pod",
    ),
];

#[test]
fn what_is_not_found_is_an_error_with_advice() {
    let workspace = Workspace::new("");
    for (of, attribute, summary, advice) in NOT_FOUND {
        workspace.write(Block::data(of).with(attribute, r#""7""#));
        workspace
            .run(&["plan"])
            .fails()
            .says(&[summary, &format!("`{attribute}` is \"7\""), advice]);
    }
    workspace.write("");
    workspace.finish();
}

#[test]
fn questions_that_cannot_be_answered_are_found_by_validate() {
    let workspace = Workspace::new("");
    let check = |question: Block, says: &str| {
        workspace.write(question);
        workspace.run(&["validate"]).fails().says(&[says]);
    };
    for of in ["gpupod_pod", "gpupod_volume", "gpupod_container_registry_auth"] {
        let question = Block::data(of);
        check(question.clone(), "Neither `id` nor `name` is set. Set one of them.");
        check(
            question.clone().with("id", r#""7""#).with("name", r#""a""#),
            "`name` is set, and so is `id`. Remove one of them",
        );
        check(question.clone().with("id", r#""a b""#), "Use the cloud's id of the");
        check(question.with("cloud", r#""nowhere""#).with("id", "7"), "Use `yotta`");
    }
    check(Block::data("gpupod_pods").with("statuses", r#"["busy"]"#), "`running`");
    check(
        Block::data("gpupod_volumes").with("storage_types", r#"["TAPE"]"#),
        "`CEPH`",
    );
    let logs = Block::data("gpupod_pod_logs").with("pod_id", r#""7""#);
    check(logs.clone().with("limit", 0), "Use a whole number from 1 to 10000");
    check(logs.clone().with("type", r#""KERNEL""#), "Use `CONTAINER` or `SYSTEM`");
    check(
        logs.with("start_time", r#""2026-11-21T04:00:00Z""#)
            .with("end_time", r#""2026-11-21T04:00:00+01:00""#),
        "`end_time` is earlier than `start_time`",
    );
    assert!(workspace.cloud.requests().is_empty());
    workspace.write("");
    workspace.finish();
}

#[test]
fn a_name_that_several_have_is_refused_with_their_ids() {
    let workspace = Workspace::applied(volume::of_each_kind());
    let first = workspace.cloud.living_volumes()[0].id.clone();
    let question = Block::data("gpupod_volume").with("name", r#""data""#);
    workspace.write(format!("{}\n{question}", volume::of_each_kind()));
    workspace
        .run(&["plan"])
        .fails()
        .says(&["has 4 volumes of that name. Use `id` instead", &first]);
    workspace.write(volume::of_each_kind());
    workspace.finish();
}

/// Asks for a list with each of these filters, and holds which names are found.
#[track_caller]
fn filters(existing: &str, list: &'static str, filters: &[(&str, &str, &[&str])]) {
    let workspace = Workspace::applied(existing);
    let questions = filters.iter().enumerate().map(|(index, (filter, value, _))| {
        let question = Block::data(list).labelled(&format!("filter_{index}"));
        question.with(filter, value).to_string()
    });
    workspace.write(existing.to_owned() + &questions.collect::<String>());
    workspace.apply();
    for (index, (filter, value, expected)) in filters.iter().enumerate() {
        let answer = workspace.attributes(&format!("data.{list}.filter_{index}"));
        let things = answer[list.trim_start_matches("gpupod_")].as_array().unwrap().clone();
        let names: Vec<&str> = things.iter().map(|thing| thing["name"].as_str().unwrap()).collect();
        assert_eq!(names, *expected, "{filter} = {value}");
    }
    workspace.finish();
}

#[test]
fn lists_of_pods_are_filtered_and_sorted_by_name() {
    let trainer = Pod::minimal().with("regions", r#"["us-east-1"]"#);
    let sleeper = Pod::minimal()
        .labelled("sleeper")
        .with("name", r#""sleeper""#)
        .with("regions", r#"["eu-2"]"#)
        .with("desired_state", r#""stopped""#);
    filters(
        &format!("{trainer}\n{sleeper}"),
        "gpupod_pods",
        &[
            ("clouds", "null", &["sleeper", "trainer"]),
            ("clouds", r#"["yotta"]"#, &["sleeper", "trainer"]),
            ("statuses", r#"["running"]"#, &["trainer"]),
            ("statuses", r#"["stopped", "running"]"#, &["sleeper", "trainer"]),
            ("statuses", r#"["failed"]"#, &[]),
            ("regions", r#"["EU-2"]"#, &["sleeper"]),
            ("name_prefix", r#""tr""#, &["trainer"]),
            ("name_prefix = \"tr\"\nregions", r#"["eu-2"]"#, &[]),
        ],
    );
}

#[test]
fn lists_of_volumes_are_filtered_and_sorted_by_name() {
    let named = |volume: Block, name: &str| volume.labelled(name).with("name", format!("{name:?}")).to_string();
    filters(
        &(named(volume::s3(), "pictures") + &named(volume::vendor(), "models")),
        "gpupod_volumes",
        &[
            ("clouds", "null", &["models", "pictures"]),
            ("statuses", r#"["active"]"#, &["models", "pictures"]),
            ("statuses", r#"["failed"]"#, &[]),
            ("regions", r#"["us-east-1"]"#, &["models"]),
            ("storage_types", r#"["S3", "R2"]"#, &["pictures"]),
            ("name_prefix", r#""pic""#, &["pictures"]),
        ],
    );
}

#[test]
fn lists_of_several_pages_are_whole() {
    let workspace = Workspace::new("");
    workspace.cloud.quirks(json!({"short_pages": true})).unwrap();
    let pods = Pod::minimal().with("count", 7).with("name", r#""pod-${count.index}""#);
    let volumes = volume::s3().with("count", 7).with("name", r#""volume-${count.index}""#);
    workspace.write(format!("{pods}\n{volumes}"));
    workspace.apply();
    let questions = [Block::data("gpupod_pods"), Block::data("gpupod_volumes")];
    workspace.write(format!("{pods}\n{volumes}\n{}\n{}", questions[0], questions[1]));
    workspace.apply();
    for (address, list) in [
        ("data.gpupod_pods.this", "pods"),
        ("data.gpupod_volumes.this", "volumes"),
    ] {
        assert_eq!(
            workspace.attributes(address)[list].as_array().unwrap().len(),
            7,
            "{list}"
        );
    }
    workspace.finish();
}

/// The lines that a question about the pod's log finds.
fn lines(question: &Block) -> Vec<Value> {
    let workspace = Workspace::new("");
    workspace.cloud.quirks(json!({"short_pages": true})).unwrap();
    let question = question.clone().with("pod_id", format!("{POD}.id"));
    workspace.write(format!("{}\n{question}", Pod::minimal()));
    workspace.apply();
    let lines = workspace.attributes("data.gpupod_pod_logs.this")["lines"].clone();
    workspace.finish();
    lines.as_array().unwrap().clone()
}

#[test]
fn logs_are_read_page_by_page_up_to_the_limit() {
    let system = Block::data("gpupod_pod_logs").with("type", r#""SYSTEM""#);
    let all = lines(&system);
    assert!(all.len() > 3, "more than a page: {all:?}");
    assert!(
        all.iter()
            .all(|line| line["content"].is_string() && line["timestamp"].is_string())
    );
    assert_eq!(lines(&system.clone().with("limit", 3)).len(), 3);
    assert!(lines(&system.clone().with("keyword", r#""nobody writes this""#)).is_empty());
    assert!(lines(&system.with("end_time", r#""2001-01-01T00:00:00Z""#)).is_empty());
}

#[test]
fn the_running_time_of_a_pod_is_told() {
    let runtime = Block::data("gpupod_pod_runtime").with("pod_id", format!("{POD}.id"));
    let workspace = Workspace::applied(format!("{}\n{runtime}", Pod::minimal()));
    let seconds = || {
        workspace.attributes("data.gpupod_pod_runtime.this")["running_seconds"]
            .as_u64()
            .unwrap()
    };
    let before = seconds();
    workspace.cloud.advance(std::time::Duration::from_secs(3600));
    workspace.apply();
    assert!(seconds() >= before + 3600);
    let pod = workspace.attributes("data.gpupod_pod_runtime.this");
    assert_eq!(
        (&pod["name"], &pod["cloud_status"]),
        (&json!("trainer"), &json!("RUNNING"))
    );
    workspace.finish();
}

#[test]
fn what_is_read_while_the_cloud_fails_is_an_error() {
    let workspace = Workspace::new("");
    for list in ["gpupod_pods", "gpupod_volumes"] {
        workspace.write(Block::data(list));
        workspace.fault("GET", "/v2/*", 1, json!({"respond": {"status": 500}}));
        workspace.run(&["plan"]).fails().says(&["cannot be read", "HTTP 500"]);
    }
    workspace.write("");
    workspace.finish();
}

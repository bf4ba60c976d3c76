//! Pods of Prime Intellect: which offer is bought, and what is told of it.

use serde_json::{Value, json};

use super::{super::plan::Action::Replace, PRIME_INTELLECT};

const POD: &str = "gpupod_pod.this";

#[test]
fn the_cheapest_offer_that_fits_is_bought_and_kept_in_the_state() {
    let workspace = PRIME_INTELLECT.workspace();
    workspace.write(
        PRIME_INTELLECT
            .pod()
            .with("container_volume_in_gb", 100)
            .with("regions", r#"["CZ"]"#)
            .with("environment_vars", r#"{ MODE = "train" }"#),
    );
    workspace.apply();
    let body = workspace.order_body();
    let (pod, order) = (workspace.pod(), &body["pod"]);
    assert_eq!(pod["offer"]["country"], "CZ");
    assert_eq!(pod["offer"]["cloud_id"], order["cloudId"]);
    assert_eq!(pod["offer"]["data_center_id"], order["dataCenterId"]);
    assert_eq!(pod["offer"]["provider"], body["provider"]["type"]);
    assert_eq!(order["diskSize"], 100);
    assert_eq!(order["envVars"], json!([{"key": "MODE", "value": "train"}]));
    assert!(pod["price_per_hour"].is_number() && pod["region"].is_string(), "{pod}");
    assert!(pod["ssh"]["host"].is_string() && pod["ip"].is_string(), "{pod}");
    workspace.plan().assert_empty();
    assert_eq!(workspace.pod()["offer"], pod["offer"]);
    workspace.finish();
}

#[test]
fn a_wish_narrows_the_choice() {
    let workspace = PRIME_INTELLECT.workspace();
    let in_place = |wish: &str| PRIME_INTELLECT.pod().with("prime_intellect", wish);
    workspace.write(in_place(r#"{ provider = "primecompute" }"#));
    workspace.apply();
    assert_eq!(workspace.pod()["offer"]["provider"], "primecompute");
    workspace.write(in_place(r#"{ provider = "nobody" }"#));
    let refusal = workspace.run(&["plan"]).fails();
    refusal.says(&["prime_intellect.provider", "\"nobody\"", "`primecompute`"]);
    workspace.write(in_place(r#"{ provider = "tensordock" }"#));
    let plan = workspace.plan();
    assert_eq!(
        (plan.only().action, &plan.only().replaced_for[..]),
        (Replace, &["prime_intellect".to_owned()][..])
    );
    workspace.write(in_place(r#"{ provider = "primecompute" }"#));
    workspace.finish();
}

#[test]
fn mistakes_against_the_catalogue_are_found_by_the_plan() {
    let workspace = PRIME_INTELLECT.workspace();
    for (attribute, value, says) in [
        ("gpu_type", r#""RTX4090""#, &["gpu_type", "RTX4090_24GB"][..]),
        ("gpu_count", "7", &["gpu_count", "`1`"]),
        ("regions", r#"["mars"]"#, &["regions", "mars"]),
        ("image", r#""ubuntu:24.04""#, &["image", "ubuntu_22_cuda_12"]),
        (
            "container_volume_in_gb",
            "1000000",
            &["container_volume_in_gb", "allows"],
        ),
    ] {
        workspace.write(PRIME_INTELLECT.pod().with(attribute, value));
        workspace.run(&["plan"]).fails().says(says);
    }
    workspace.write(PRIME_INTELLECT.pod().with("max_price", "0.01"));
    workspace
        .run(&["plan"])
        .succeeds()
        .says(&["max_price", "Nothing is that cheap now"]);
    workspace.try_apply().fails().says(&["max_price", "0.01"]);
    assert!(workspace.has_no_pods());
    workspace.write("");
    workspace.finish();
}

#[test]
fn the_last_machine_goes_to_one_of_two_and_the_other_is_told_why() {
    let workspace = PRIME_INTELLECT.workspace();
    let pod = |label: &str| {
        let name = format!("{label:?}");
        PRIME_INTELLECT
            .pod()
            .with("gpu_type", r#""A40_48GB""#)
            .with("name", name)
            .labelled(label)
    };
    workspace.write(format!("{}{}", pod("one"), pod("two")));
    let outcome = workspace.try_apply().fails();
    outcome.says(&["A40_48GB", "The pod was not made"]);
    assert_eq!(workspace.cloud.living_pods().len(), 1);
    workspace.assert_pods_match();
    let made = workspace.cloud.living_pods()[0].name.clone();
    workspace.write(pod(&made));
    workspace.finish();
}

#[test]
fn a_spot_pod_is_made_on_a_spot_offer() {
    let workspace = PRIME_INTELLECT.workspace();
    workspace.write(PRIME_INTELLECT.pod().with("is_spot", true).with("max_price", "5"));
    workspace.apply();
    assert_eq!(workspace.pod()["is_spot"], true);
    assert_eq!(workspace.order_body()["pod"]["maxPrice"], 5);
    workspace.finish();
}

/// The catalogue shows what is rented by the hour, and nothing else.
#[test]
fn a_pod_that_is_paid_for_in_advance_is_planned_and_made() {
    let workspace = PRIME_INTELLECT.workspace();
    let wish = r#"{ cloud_id = "b200.8x.reserved", prepaid_hours = 168 }"#;
    workspace.write(
        PRIME_INTELLECT
            .pod()
            .with("gpu_type", r#""B200_180GB""#)
            .with("gpu_count", 8)
            .with("prime_intellect", wish),
    );
    workspace.apply();
    assert_eq!(workspace.pod()["offer"]["cloud_id"], "b200.8x.reserved");
    workspace.finish();
}

#[test]
fn what_the_offer_is_not_chosen_by_is_sent() {
    let workspace = PRIME_INTELLECT.workspace();
    workspace.write(PRIME_INTELLECT.pod().with(
        "prime_intellect",
        r#"{ auto_restart = true, team_id = "team-7", shared_with_team = true, team_member_ids = ["m-1"], jupyter_password_wo = "a-secret-password" }"#,
    ));
    workspace.apply();
    let body = workspace.order_body();
    assert_eq!(body["pod"]["autoRestart"], true);
    assert_eq!(body["pod"]["jupyterPassword"], "a-secret-password");
    assert_eq!(body["team"]["teamId"], "team-7");
    assert_eq!(body["shared_with_team"], true);
    assert_eq!(body["team_member_ids"], json!(["m-1"]));
    assert!(!workspace.state().contains("a-secret-password"));
    assert_eq!(
        workspace.attributes(POD)["prime_intellect"]["jupyter_password_wo"],
        Value::Null
    );
    workspace.finish();
}

#[test]
fn the_team_of_the_provider_pays() {
    let mut workspace = PRIME_INTELLECT.workspace();
    workspace.tool.set("PRIME_TEAM_ID", "team-9");
    workspace.write(PRIME_INTELLECT.pod());
    workspace.apply();
    assert_eq!(workspace.order_body()["team"]["teamId"], "team-9");
    workspace.finish();
}

#[test]
fn logs_and_the_history_are_shown() {
    let workspace = PRIME_INTELLECT.workspace();
    let pod = PRIME_INTELLECT.pod().to_string();
    let logs = "data \"gpupod_pod_logs\" \"this\" {\n  pod_id = gpupod_pod.this.id\n  limit = 2\n}\n";
    workspace.write(format!("{pod}{logs}"));
    workspace.apply();
    let lines = workspace.attributes("data.gpupod_pod_logs.this")["lines"].clone();
    assert!((1..=2).contains(&lines.as_array().unwrap().len()), "{lines}");
    workspace.write(format!("{pod}{}", logs.replace("limit = 2", "keyword = \"error\"")));
    workspace
        .run(&["plan"])
        .fails()
        .says(&["keyword", "Prime Intellect does not have it"]);
    let id = workspace.pod_id();
    let history = "data \"gpupod_pod_history\" \"this\" {\n  name = \"trainer\"\n}\n";
    workspace.write("");
    workspace.apply();
    workspace.write(history);
    workspace.apply();
    let ended = workspace.attributes("data.gpupod_pod_history.this")["pods"].clone();
    assert_eq!(ended[0]["id"], json!(id));
    assert!(ended[0]["total_price"].is_number(), "{ended}");
    workspace.write("");
    workspace.apply();
    workspace.finish();
}

//! A pod on each cloud, from its first plan to its end.

use serde_json::json;

use super::{
    super::{
        block::Block,
        plan::Action::{Create, Replace, Update},
        pod::POD,
    },
    ALL, OfCloud,
};

fn on_every_cloud(test: impl Fn(&OfCloud)) {
    for cloud in ALL {
        println!("on {}", cloud.name()); // Shown if the test fails.
        test(cloud);
    }
}

#[test]
fn a_pod_is_made_kept_and_ended() {
    on_every_cloud(|cloud| {
        let workspace = cloud.workspace();
        workspace.write(cloud.pod());
        assert_eq!(workspace.plan().action(POD), Some(Create));
        workspace.apply();
        assert_eq!(workspace.orders(), ["create"]);
        let pod = workspace.pod();
        assert_eq!(
            (&pod["cloud"], &pod["status"]),
            (&json!(cloud.name()), &json!("running"))
        );
        workspace.plan().assert_empty();
        workspace.cloud.clear_requests();
        workspace.apply();
        assert_eq!(workspace.orders(), [""; 0], "the second apply does nothing");
        workspace.destroy();
        assert_eq!(workspace.orders(), cloud.end);
        assert!(workspace.has_no_pods());
        workspace.write("");
        workspace.finish();
    });
}

#[test]
fn a_long_operation_tells_every_status_and_at_last_what_to_do() {
    on_every_cloud(|cloud| {
        let mut workspace = cloud.workspace();
        workspace.tool.set("TF_LOG_PROVIDER", "INFO");
        workspace.cloud.next_pods(json!({"fate": "never_ready"})).unwrap();
        workspace.write(cloud.pod().with("timeouts", r#"{ create = "2s" }"#));
        workspace.try_apply().fails().says(&[
            "the pod's status",
            "status=provisioning",
            "was not running after 2s (`timeouts.create`). Its last status was `provisioning`",
            "allow more time, and apply again",
        ]);
        workspace.behind_the_back(json!({"event": "start"}));
        workspace.destroy();
        workspace.write("");
        workspace.finish();
    });
}

#[test]
fn a_pod_stops_and_starts_or_the_plan_says_that_it_cannot() {
    on_every_cloud(|cloud| {
        let workspace = cloud.workspace();
        workspace.write(cloud.pod());
        workspace.apply();
        let id = workspace.pod_id();
        workspace.cloud.clear_requests();
        workspace.write(cloud.pod().with("desired_state", r#""stopped""#));
        if !cloud.can_stop {
            let refusal = workspace.run(&["plan"]).fails();
            refusal.says(&["desired_state", "cannot be stopped"]);
            assert_eq!(workspace.orders(), [""; 0]);
            workspace.write(cloud.pod());
            return workspace.finish();
        }
        workspace.apply();
        assert_eq!(workspace.pod()["status"], "stopped");
        workspace.plan().assert_empty();
        workspace.write(cloud.pod());
        workspace.apply();
        assert_eq!(workspace.orders(), ["stop", "start"]);
        assert_eq!(workspace.pod()["status"], "running");
        assert_eq!(workspace.pod_id(), id);
        workspace.finish();
    });
}

#[test]
fn a_pod_that_was_stopped_behind_the_back_is_mended_in_place_where_that_can_be() {
    on_every_cloud(|cloud| {
        let workspace = cloud.workspace();
        workspace.write(cloud.pod());
        workspace.apply();
        let id = workspace.pod_id();
        workspace.behind_the_back(json!({"event": "stop"}));
        let plan = workspace.plan();
        match cloud.can_stop {
            true => {
                assert_eq!(plan.only().action, Update);
                assert_eq!(plan.only().replaced_for, [""; 0]);
                workspace.apply();
                assert_eq!(
                    (workspace.pod_id(), &workspace.pod()["status"]),
                    (id, &json!("running"))
                );
            }
            false => {
                plan.assert_empty();
                plan.says(&["The pod is stopped", "has no call that starts it"]);
                workspace.behind_the_back(json!({"event": "start"}));
            }
        }
        workspace.finish();
    });
}

#[test]
fn a_pod_that_is_gone_is_made_again_and_one_that_failed_is_replaced() {
    on_every_cloud(|cloud| {
        let pods = ["vanish", "fail"].map(|event| cloud.pod().labelled(event));
        let workspace = cloud.workspace();
        workspace.write(pods.each_ref().map(Block::to_string).concat());
        workspace.apply();
        let ids = ["vanish", "fail"].map(|event| {
            let id = workspace.id_of(event);
            workspace.cloud.event(&id, json!({"event": event})).unwrap();
            (event, id)
        });
        let plan = workspace.plan();
        plan.says(&["The pod has failed"]);
        assert_eq!(plan.action(&pods[0].address()), Some(Create));
        assert_eq!(plan.action(&pods[1].address()), Some(Replace));
        workspace.apply();
        for (event, id) in ids {
            assert_ne!(workspace.id_of(event), id, "{event}");
        }
        workspace.finish();
    });
}

#[test]
fn a_pod_is_imported_without_a_change() {
    on_every_cloud(|cloud| {
        let named = format!("{}/", cloud.name());
        let pods = [("bare", ""), ("named", &*named)].map(|(label, prefix)| (cloud.pod().labelled(label), prefix));
        let workspace = cloud.workspace();
        workspace.write(pods.each_ref().map(|(pod, _)| pod.to_string()).concat());
        workspace.apply();
        let [bare, named] = pods.map(|(pod, prefix)| {
            let address = pod.address();
            let id = format!("{prefix}{}", workspace.id(&address));
            (address, id)
        });
        workspace.tool.run(&["state", "rm", &bare.0, &named.0]).succeeds();
        workspace.cloud.clear_requests();
        for (address, id) in [bare, named] {
            workspace.run(&["import", &address, &id]).succeeds();
        }
        workspace.plan().assert_empty();
        assert_eq!(workspace.orders(), [""; 0]);
        workspace.finish();
    });
}

#[test]
fn secrets_reach_the_cloud_and_nothing_else() {
    const SECRET: &str = "canary-of-every-cloud";
    on_every_cloud(|cloud| {
        let workspace = cloud.workspace();
        workspace.write(
            cloud
                .pod()
                .with("secret_environment_vars_wo", format!("{{ TOKEN = {SECRET:?} }}"))
                .with("secret_environment_vars_wo_version", 1),
        );
        let told = workspace.apply().told();
        assert!(workspace.order_body().to_string().contains(SECRET));
        let shown = workspace.run(&["show", "-json"]).succeeds().output;
        for text in [told, shown, workspace.state()] {
            assert!(!text.contains(SECRET), "{text}");
        }
        workspace.plan().assert_empty();
        workspace.finish();
    });
}

//! Orders that go wrong: no pod is made twice, and none is in the cloud and not in the state.

use serde_json::{Value, json};

use super::{plan::Action, pod::Pod, workspace::Workspace};

#[track_caller]
fn is_found_again(lost: Value) {
    let workspace = Workspace::new(Pod::minimal());
    workspace.next_create(lost);
    workspace.apply().says(&["the pod was found"]);
    assert_eq!(workspace.orders(), ["create"]);
    assert_eq!(workspace.cloud.living_pods().len(), 1);
    workspace.finish();
}

#[test]
fn a_pod_whose_answer_was_cut_off_is_found_again() {
    is_found_again(json!({"cut": {"carried_out": true}}));
}

#[test]
fn a_pod_that_was_made_in_spite_of_an_error_is_found_again() {
    is_found_again(json!({"respond": {"status": 500, "carried_out": true}}));
    is_found_again(
        json!({"respond": {"status": 200, "body": {"code": 10002, "message": "oops"}, "carried_out": true}}),
    );
}

#[test]
fn a_pod_whose_answer_has_no_id_is_found_again() {
    is_found_again(json!({"merge_data": {"id": null}}));
    is_found_again(json!({"replace_body": {"code": 10000, "message": "success", "data": null}}));
    is_found_again(json!({"replace_body": "<html>done</html>"}));
}

#[track_caller]
fn is_not_made(refusal: Value, phrases: &[&str]) {
    let workspace = Workspace::new(Pod::minimal());
    workspace.next_create(refusal);
    workspace
        .try_apply()
        .fails()
        .says(&["The pod was not made"])
        .says(phrases);
    assert_eq!(workspace.orders(), ["create"], "an order is not repeated");
    assert!(workspace.has_no_pods());
    workspace.apply();
    workspace.finish();
}

#[test]
fn an_error_after_which_there_is_no_pod_is_told() {
    is_not_made(
        json!({"respond": {"status": 500}}),
        &["HTTP 500", "the order was not repeated"],
    );
    is_not_made(
        json!({"cut": {}}),
        &["the connection broke", "the order was not repeated"],
    );
}

#[test]
fn a_refusal_is_told_with_what_to_do() {
    is_not_made(
        json!({"respond": {"status": 401}}),
        &["HTTP 401", "does not take the key"],
    );
    is_not_made(json!({"respond": {"status": 402}}), &["HTTP 402", "Top the account up"]);
    is_not_made(json!({"respond": {"status": 403}}), &["HTTP 403", "permission"]);
    let body = json!({"code": 10001, "message": "image: no such image", "data": null});
    is_not_made(
        json!({"respond": {"status": 200, "body": body}}),
        &["image: no such image", "code 10001"],
    );
}

#[test]
fn a_cloud_that_cannot_be_reached_is_told() {
    let mut workspace = Workspace::new(Pod::minimal());
    let url = workspace.cloud.url();
    // Nobody listens on the port for discarding.
    workspace.tool.set("YOTTA_BASE_URL", "http://127.0.0.1:9");
    workspace
        .try_apply()
        .fails()
        .says(&["no connection could be made", "Check the network and the address"]);
    assert!(workspace.has_no_pods());
    workspace.tool.set("YOTTA_BASE_URL", url);
    workspace.apply();
    workspace.finish();
}

#[test]
fn an_order_that_came_too_soon_is_repeated() {
    let workspace = Workspace::new(Pod::minimal());
    workspace.provider("poll_interval = \"50ms\"\nmax_retries = 1");
    workspace.next_create(json!({"respond": {"status": 429, "headers": {"Retry-After": "0"}}}));
    workspace.apply();
    assert_eq!(workspace.orders(), ["create", "create"]);
    assert_eq!(workspace.cloud.living_pods().len(), 1);
    workspace.finish();
}

#[test]
fn equally_named_pods_are_told_apart_after_a_lost_answer() {
    let workspace = Workspace::new(Pod::minimal().with("count", 3));
    workspace.next_create(json!({"cut": {"carried_out": true}}));
    workspace.apply();
    assert_eq!(workspace.orders(), ["create", "create", "create"]);
    assert_eq!(workspace.cloud.living_pods().len(), 3);
    workspace.finish();
}

#[test]
fn a_pod_of_the_same_name_that_was_there_before_is_not_taken() {
    let workspace = Workspace::applied(Pod::minimal());
    let two = Pod::minimal().to_string() + &Pod::minimal().labelled("second").to_string();
    workspace.write(&two);
    workspace.next_create(json!({"respond": {"status": 500}}));
    workspace.try_apply().fails().says(&["The pod was not made"]);
    workspace.assert_pods_match();
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_lost_pod_that_cannot_be_looked_for_is_named_for_an_import() {
    let workspace = Workspace::new(Pod::minimal());
    let after_the_first =
        json!({"method": "GET", "path": "/v2/pods", "after": 1, "times": 9, "action": {"respond": {"status": 500}}});
    workspace.cloud.order(after_the_first).unwrap();
    workspace.next_create(json!({"cut": {"carried_out": true}}));
    workspace.try_apply().fails().says(&[
        "The pod may have been made",
        "\"trainer\"",
        "terraform import ADDRESS yotta/ID",
    ]);
    workspace.cloud.clear_faults();
    workspace.import_the_living_pod();
    workspace.finish();
}

#[test]
fn a_lost_pod_is_found_by_what_it_is_and_not_by_what_was_there_before() {
    let workspace = Workspace::new(Pod::minimal()).without_plan_checks();
    workspace.fault("GET", "/v2/pods", 1, json!({"respond": {"status": 500}}));
    workspace.next_create(json!({"cut": {"carried_out": true}}));
    workspace
        .apply()
        .says(&["the pod was found", "is not older than the request"]);
    assert_eq!(workspace.orders(), ["create"]);
    workspace.finish();
}

#[test]
fn a_lost_pod_whose_cloud_does_not_tell_when_it_was_made_is_named_for_an_import() {
    let workspace = Workspace::new(Pod::minimal());
    let undated = json!({"method": "GET", "path": "/v2/pods", "after": 2, "times": 9, "action": {"merge_data": {"createdAt": null}}});
    workspace.cloud.order(undated).unwrap();
    workspace.next_create(json!({"cut": {"carried_out": true}}));
    let outcome = workspace.try_apply().fails();
    let id = &workspace.cloud.living_pods()[0].id;
    outcome.says(&[
        "The pod may have been made",
        "does not tell when it was created",
        &format!("terraform import ADDRESS yotta/{id}"),
    ]);
    workspace.cloud.clear_faults();
    workspace.import_the_living_pod();
    workspace.finish();
}

#[test]
fn a_pod_that_fails_while_it_starts_is_kept_and_replaced() {
    let workspace = Workspace::new(Pod::minimal());
    workspace.cloud.next_pods(json!({"fate": "fails"})).unwrap();
    workspace.try_apply().fails().says(&["is `failed` (FAILED)"]);
    assert!(workspace.pod_is_tainted());
    workspace.assert_pods_match();
    assert_eq!(workspace.plan().only().action, Action::Replace);
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_pod_that_cannot_be_read_after_its_order_is_kept_and_replaced() {
    let workspace = Workspace::new(Pod::minimal());
    workspace.each_read(json!({"respond": {"status": 401}}));
    workspace
        .try_apply()
        .fails()
        .says(&["Waiting for the pod was refused", "HTTP 401"]);
    assert!(workspace.pod_is_tainted());
    workspace.assert_pods_match();
    workspace.cloud.clear_faults();
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_pod_that_vanishes_while_it_starts_is_made_anew() {
    let workspace = Workspace::new(Pod::minimal());
    workspace.cloud.next_pods(json!({"fate": "vanishes"})).unwrap();
    workspace.try_apply().fails().says(&["The pod vanished"]);
    assert_eq!(workspace.plan().only().action, Action::Create);
    workspace.apply();
    workspace.finish();
}

#[test]
fn a_pod_that_is_not_ready_in_time_is_kept_and_replaced() {
    let workspace = Workspace::new(Pod::minimal().with("timeouts", r#"{ create = "500ms" }"#));
    workspace.cloud.next_pods(json!({"fate": "never_ready"})).unwrap();
    workspace.try_apply().fails().says(&[
        "The pod took too long",
        "was not running after 500ms (`timeouts.create`)",
        "Its last status was `provisioning`",
    ]);
    assert!(workspace.pod_is_tainted());
    workspace.assert_pods_match();
    workspace.behind_the_back(json!({"event": "start"}));
    workspace.write(Pod::minimal());
    workspace.apply();
    workspace.finish();
}

#[test]
fn troubles_while_waiting_are_waited_out() {
    let workspace = Workspace::new(Pod::minimal());
    workspace.fault("GET", "/v2/pods/*", 2, json!({"respond": {"status": 500}}));
    workspace.fault("GET", "/v2/pods/*", 1, json!({"cut": {}}));
    workspace.fault(
        "GET",
        "/v2/pods/*",
        1,
        json!({"respond": {"status": 200, "body": "<html></html>"}}),
    );
    workspace.apply();
    workspace.finish();
}

#[test]
fn ids_beyond_all_bounds_keep_their_digits() {
    // So many pods were made before that the next id is beyond 2^63.
    let saved = json!({"time": 0, "clouds": {"yotta": {"made": 2_250_000_000_000_000_u64, "pods": {}, "registry_auths": {}, "volumes": {}}}});
    let workspace = Workspace::with_saved_clouds(&saved, Pod::minimal());
    workspace.apply();
    let id = workspace.pod_id();
    assert!(id.parse::<u64>().unwrap() > 1 << 63, "{id}");
    workspace.cloud.quirks(json!({"numbers_as_text": true})).unwrap();
    workspace.finish();
}

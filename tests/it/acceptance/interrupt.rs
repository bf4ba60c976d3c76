//! Ctrl-C: Terraform ends soon, and what exists is in the state.

use gpupod::simulator::RecordedRequest;
use serde_json::{Value, json};

use super::{pod::Pod, running::Running, workspace::Workspace};

const IT_STOPS: &str = "Stopping operation";

/// With a time after which a wait that nobody leaves ends all the same, and the test with it.
fn pod() -> Pod {
    Pod::minimal().with("timeouts", r#"{ create = "20s", delete = "20s" }"#)
}

fn apply_in_the_background(workspace: &Workspace) -> Running {
    Running::start(workspace.tool.command(&["apply", "-auto-approve", "-no-color"]))
}

fn is_order(request: &RecordedRequest) -> bool {
    request.method == "POST" && request.path == "/v2/pods"
}

fn is_ordered(requests: &[RecordedRequest]) -> bool {
    requests.iter().any(is_order)
}

fn is_waited_for(requests: &[RecordedRequest]) -> bool {
    requests
        .iter()
        .filter(|request| request.path.starts_with("/v2/pods/"))
        .count()
        > 4
}

#[track_caller]
fn is_kept_and_replaced(workspace: Workspace) {
    assert!(workspace.pod_is_tainted());
    workspace.assert_pods_match();
    workspace.behind_the_back(json!({"event": "start"}));
    workspace.apply();
    assert_eq!(workspace.cloud.living_pods().len(), 1);
    workspace.finish();
}

#[test]
fn a_wait_is_left_and_the_pod_is_in_the_state() {
    let workspace = Workspace::new(pod());
    workspace.cloud.next_pods(json!({"fate": "never_ready"})).unwrap();
    let apply = apply_in_the_background(&workspace);
    assert!(workspace.cloud.wait_for(is_waited_for));
    apply.interrupt();
    apply
        .end()
        .fails()
        .says(&["Interrupted", "The pod is kept in the state"]);
    is_kept_and_replaced(workspace);
}

#[test]
fn an_order_in_flight_is_finished_and_the_pod_is_in_the_state() {
    let workspace = Workspace::new(pod());
    workspace.cloud.next_pods(json!({"fate": "never_ready"})).unwrap();
    workspace.next_create(json!({"hang": {"carried_out": true}}));
    let mut apply = apply_in_the_background(&workspace);
    assert!(workspace.cloud.wait_for(is_ordered));
    apply.interrupt();
    apply.line_with(IT_STOPS);
    workspace.cloud.clear_faults();
    apply
        .end()
        .fails()
        .says(&["Interrupted", "The pod is kept in the state"]);
    is_kept_and_replaced(workspace);
}

#[test]
fn a_pod_that_fails_at_the_same_moment_is_in_the_state() {
    let workspace = Workspace::new(pod());
    workspace.cloud.next_pods(json!({"fate": "fails"})).unwrap();
    workspace.next_create(json!({"hang": true}));
    let mut apply = apply_in_the_background(&workspace);
    assert!(workspace.cloud.wait_for(is_ordered));
    apply.interrupt();
    apply.line_with(IT_STOPS);
    workspace.cloud.clear_faults();
    apply.end().fails();
    is_kept_and_replaced(workspace);
}

#[test]
fn a_destroy_that_is_interrupted_is_finished_by_the_next() {
    let workspace = Workspace::applied(pod());
    workspace.fault("POST", "/v2/pods/*", 1, json!({"hang": true}));
    let mut destroy = Running::start(workspace.tool.command(&["destroy", "-auto-approve", "-no-color"]));
    assert!(
        workspace
            .cloud
            .wait_for(|requests| requests.iter().any(|request| request.path.ends_with("/pause")))
    );
    destroy.interrupt();
    destroy.line_with(IT_STOPS);
    workspace.cloud.clear_faults();
    destroy.end();
    workspace.assert_pods_match();
    workspace.destroy();
    assert!(workspace.has_no_pods());
    workspace.write("");
    workspace.finish();
}

#[test]
fn a_refresh_that_hangs_is_left_and_changes_nothing() {
    let workspace = Workspace::applied(pod());
    let state = workspace.state();
    // Without the interrupt it would end as well, but with another error.
    workspace.provider("request_timeout = \"20s\"\nmax_retries = 0");
    for (method, path) in [("GET", "/v2/pods/*"), ("GET", "/v2/pods")] {
        workspace.fault(method, path, 9, json!({"hang": true}));
    }
    workspace.cloud.clear_requests();
    let plan = Running::start(workspace.tool.command(&["plan", "-no-color"]));
    assert!(workspace.cloud.wait_for(|requests| !requests.is_empty()));
    plan.interrupt();
    plan.end().fails().says(&["Interrupted", "Nothing was changed"]);
    assert_eq!(workspace.state(), state);
    workspace.cloud.clear_faults();
    workspace.finish();
}

const MANY: usize = 40;
/// So few that most are still in line when the first ones are made.
const A_SECOND: usize = 2;

#[test]
fn orders_that_wait_for_their_turn_are_left_and_what_was_sent_is_in_the_state() {
    let many = pod()
        .with("name", r#""trainer-${count.index}""#)
        .with("count", MANY)
        .with("stop_before_destroy", false);
    let workspace = Workspace::new(many);
    workspace.provider("poll_interval = \"50ms\"");
    workspace.run(&["plan", "-out=many.bin"]).succeeds();
    let fate = json!({"fate": "never_ready", "times": MANY});
    workspace.cloud.next_pods(fate).unwrap();
    workspace.cloud.limit(json!({"per_second": A_SECOND})).unwrap();
    workspace.cloud.clear_requests();
    let apply = ["apply", "-no-color", &format!("-parallelism={MANY}"), "many.bin"];
    let mut apply = Running::start(workspace.tool.command(&apply));
    let is_taken = |request: &&RecordedRequest| is_order(request) && request.status == Some(200);
    let some_are_taken = |requests: &[RecordedRequest]| requests.iter().filter(is_taken).count() > A_SECOND;
    assert!(workspace.cloud.wait_for(some_are_taken));
    apply.interrupt();
    apply.line_with(IT_STOPS);
    let ended = apply.end().fails();
    workspace.ask("DELETE", "/_simulator/limit", &Value::Null);

    let taken = workspace.cloud.requests().iter().filter(is_taken).count();
    let left = ended
        .told()
        .matches("before the pod was ordered. Nothing was made.")
        .count();
    assert_eq!(
        workspace.instances_of("gpupod_pod").len(),
        taken,
        "what was taken is in the state"
    );
    assert_eq!(taken + left, MANY, "{}", ended.told());
    assert!(left > taken, "most are left: {left} of {MANY}");
    workspace.assert_pods_match();
    workspace.destroy();
    workspace.write("");
    workspace.finish();
}

const SEVERAL: usize = 8;

/// go-plugin takes a process that has ended for one that answers no more, whatever it has sent before.
#[test]
fn a_provider_that_is_told_to_end_still_answers_what_was_ordered() {
    let several = pod()
        .with("name", r#""trainer-${count.index}""#)
        .with("count", SEVERAL)
        .with("stop_before_destroy", false);
    let workspace = Workspace::new(several);
    let fate = json!({"fate": "never_ready", "times": SEVERAL});
    workspace.cloud.next_pods(fate).unwrap();
    workspace.fault("POST", "/v2/pods", u32::MAX, json!({"hang": {"carried_out": true}}));
    let apply = Running::start(workspace.tool.logged(&["apply", "-auto-approve", "-no-color"]));
    let all_are_ordered = |requests: &[RecordedRequest]| requests.iter().filter(|one| is_order(one)).count() == SEVERAL;
    assert!(workspace.cloud.wait_for(all_are_ordered));
    apply.terminate(workspace.tool.last_provider());
    workspace.cloud.clear_faults();
    let ended = apply.end().fails();
    assert!(!ended.told().contains("Request cancelled"), "{}", ended.told());
    assert_eq!(workspace.instances_of("gpupod_pod").len(), SEVERAL, "{}", ended.told());
    workspace.assert_pods_match();
    workspace.destroy();
    workspace.write("");
    workspace.finish();
}

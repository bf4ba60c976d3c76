//! The freedoms that the documents leave the cloud.

use serde_json::{Value, json};

use super::{Desk, id, smallest, with};

/// What `pointer` finds in a running pod with a disk, under a quirk.
#[track_caller]
fn check(quirk: Value, pointer: &str, expected: Value) {
    check_after(90, quirk, pointer, expected);
}

#[track_caller]
fn check_after(seconds: u64, quirk: Value, pointer: &str, expected: Value) {
    let mut desk = Desk::with_quirks(quirk.clone());
    let disk = desk.create_disk();
    desk.pass(20);
    let body = with(smallest(), json!({"disks": [disk], "pod": {"jupyterPassword": "p"}}));
    let id = id(&desk.told("POST pods/", body));
    desk.pass(seconds);
    let pod = desk.read(&format!("pods/{id}"));
    assert_eq!(
        pod.pointer(pointer).unwrap_or(&json!("absent")),
        &expected,
        "{quirk} {pointer}"
    );
    let row = desk.read(&format!("pods/status?pod_ids={id}"))["data"][0].clone();
    assert!(
        row.pointer(pointer).is_none_or(|seen| *seen == expected),
        "{quirk}: {row}"
    );
}

#[test]
fn each_quirk_shows_in_a_pod() {
    check(json!({"numbers_as_text": true}), "/resources/vcpus", json!("16"));
    check(json!({"numbers_as_text": true}), "/resources/shared_disk", json!(null));
    check(
        json!({"numbers_as_text": true}),
        "/attachedResources/0/size",
        json!("100"),
    );
    check(json!({"numbers_as_text": true}), "/gpuCount", json!(1));
    check(
        json!({"reorder_lists": true}),
        "/primePortMapping/1/usedBy",
        json!("SSH"),
    );
    check(json!({"addresses_as_list": true}), "/ip", json!(["203.0.113.2"]));
    check_after(0, json!({"addresses_as_list": true}), "/ip", json!([null]));
    check(json!({}), "/jupyterPassword", json!("absent"));
    check(
        json!({"older_pods": true}),
        "/jupyterPassword",
        json!("simulated-jupyter-password"),
    );
    check(json!({"older_pods": true}), "/basePriceHr", json!(0.45));
}

#[test]
fn a_login_has_many_shapes() {
    let login = "ubuntu@203.0.113.2 -p 22001";
    let check = |login_as: &str, young: Value, running: Value| {
        let quirk = json!({ "login_as": login_as });
        check_after(75, quirk.clone(), "/sshConnection", young);
        check(quirk, "/sshConnection", running);
    };
    check("command", json!(null), json!(format!("ssh {login}")));
    check("list", json!(null), json!([login]));
    check("list_with_null", json!([null]), json!([login, null]));
    check("empty_host", json!("ubuntu@ -p 22"), json!(login));
    check_after(0, json!({"login_as": "empty_host"}), "/sshConnection", json!(null));
}

#[test]
fn a_failure_can_be_one_of_the_installation() {
    let failed = |quirk: Value| {
        let mut desk = Desk::with_quirks(quirk);
        desk.fates.order(json!({"fate": "fails"})).unwrap();
        let id = desk.create();
        desk.pass(90);
        let pod = desk.read(&format!("pods/{id}"));
        format!(
            "{} {} {}",
            pod["status"], pod["installationStatus"], pod["installationFailure"]
        )
    };
    let reason = "\"the image could not be installed\"";
    assert_eq!(failed(json!({})), format!("\"ERROR\" \"ERROR\" {reason}"));
    let active = failed(json!({"failed_installation": true}));
    assert_eq!(active, format!("\"ACTIVE\" \"ERROR\" {reason}"));
}

#[test]
fn what_is_gone() {
    let page = "<html><body><h1>404 Not Found</h1></body></html>";
    let check = |gone_as: Value, soon: (u16, Value), later: (u16, Value)| {
        for kind in ["pods", "disks"] {
            let mut desk = Desk::with_quirks(json!({ "gone_as": gone_as }));
            let id = if kind == "pods" {
                desk.create()
            } else {
                desk.create_disk()
            };
            let line = format!("GET {kind}/{id}");
            desk.told(&format!("DELETE {kind}/{id}"), Value::Null);
            desk.pass(15);
            for (seconds, expected) in [(0, &soon), (2 * 24 * 60 * 60, &later)] {
                desk.pass(seconds);
                let (status, body) = desk.ask(&line, Value::Null);
                let told = body.get("status").or(body.get("detail")).cloned().unwrap_or(body);
                let told = json!(told.as_str().unwrap().replace("Disk ", "Pod "));
                assert_eq!((status, told), *expected, "{kind} {gone_as} {seconds}");
            }
            assert_eq!(desk.read(kind)["data"], json!([]));
        }
    };
    let terminated = (200, json!("TERMINATED"));
    let not_found = (404, json!("Pod not found"));
    let absent = (404, json!(page));
    check(json!(null), terminated.clone(), not_found.clone());
    check(json!("terminated"), terminated.clone(), terminated);
    check(json!("not_found"), not_found.clone(), not_found);
    check(json!("absent"), absent.clone(), absent);
}

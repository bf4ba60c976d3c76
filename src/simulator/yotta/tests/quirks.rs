//! The freedoms that the documents leave the cloud.

use serde_json::{Value, json};

use super::{Desk, minimal_with};

/// What `pointer` finds in a young pod with two of everything, under a quirk.
fn check(quirk: &str, pointer: &str, expected: Value) {
    let mut desk = Desk::with_quirks(json!({ quirk: true }));
    let pod = desk.data(
        "POST /v2/pods",
        minimal_with(json!({
            "environmentVars": [{"key": "A", "value": "1"}, {"key": "B", "value": "2"}],
            "expose": [{"port": 80}, {"port": 22, "protocol": "TCP"}],
        })),
    );
    desk.pass(30);
    let pod = desk.data(
        &format!("GET /v2/pods/{}", pod["id"].to_string().trim_matches('"')),
        Value::Null,
    );
    assert_eq!(pod.pointer(pointer).unwrap(), &expected, "{quirk} {pointer}");
}

#[test]
fn each_quirk_shows_in_a_pod() {
    check("numbers_as_text", "/id", json!("420522713875330018"));
    check("numbers_as_text", "/createdAt", json!("1767225600000"));
    check("numbers_as_text", "/singleCardPrice", json!("0.39"));
    check("numbers_as_text", "/gpuCount", json!(1));
    check("numbers_as_text", "/persistentVolumePrice", json!(null));
    check("reorder_lists", "/environmentVars/0/key", json!("B"));
    check("reorder_lists", "/expose/0/port", json!(22));
    check("fill_defaults", "/imagePublicType", json!("PUBLIC"));
    check("fill_defaults", "/isSpot", json!(false));
    check("other_case", "/status", json!("INITIALIZE"));
    check("other_case", "/expose/1/protocol", json!("tcp"));
    check("system_volume", "/volumes/0/mountMode", json!("System"));
    check("platform_variables", "/environmentVars/2/key", json!("YOTTA_POD_ID"));
}

#[test]
fn what_was_sent_is_no_default() {
    let mut desk = Desk::with_quirks(json!({"fill_defaults": true}));
    let pod = desk.data("POST /v2/pods", minimal_with(json!({"shmInGb": 3, "isSpot": true})));
    assert_eq!((&pod["shmInGb"], &pod["isSpot"]), (&json!(3), &json!(true)));
}

#[test]
fn a_pod_that_is_gone() {
    let check = |gone_as: Value, read: (u16, u64), ended: usize| {
        let mut desk = Desk::with_quirks(json!({ "gone_as": gone_as }));
        let id = desk.create();
        desk.data(&format!("DELETE /v2/pods/{id}"), Value::Null);
        desk.pass(15);
        assert_eq!(desk.listed(""), 0);
        assert_eq!(desk.listed("statusList=TERMINATED"), ended, "{gone_as}");
        desk.pass(if gone_as.is_null() { 86_400 } else { 0 });
        let (status, envelope) = desk.ask(&format!("GET /v2/pods/{id}"), Value::Null);
        assert_eq!((status, envelope["code"].as_u64().unwrap()), read, "{gone_as}");
    };
    check(json!(null), (200, 13000), 1);
    check(json!("terminated"), (200, 10000), 1);
    check(json!("not_found"), (200, 13000), 0);
    check(json!("absent"), (404, 13000), 0);
}

#[test]
fn terminated_can_last_for_good() {
    let mut desk = Desk::with_quirks(json!({"gone_as": "terminated"}));
    let id = desk.create();
    desk.data(&format!("DELETE /v2/pods/{id}"), Value::Null);
    desk.pass(999_999);
    assert_eq!(desk.status(&id), "TERMINATED");
}

#[test]
fn a_page_can_be_shorter_than_asked_for() {
    let mut desk = Desk::with_quirks(json!({"short_pages": true}));
    let page = desk.data("POST /v2/gpu/list", json!({"size": 100}));
    assert_eq!(
        (&page["size"], &page["total"], &page["pages"]),
        (&json!(3), &json!(11), &json!(4))
    );
    let id = desk.create();
    desk.pass(100);
    let log = desk.data(&format!("GET /v2/pods/{id}/logs?limit=100"), Value::Null);
    assert_eq!(log["items"].as_array().unwrap().len(), 2);
    assert_eq!(log["page"]["hasNext"], true);
}

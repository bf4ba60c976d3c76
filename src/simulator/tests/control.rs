//! The endpoints under `/_simulator/`.

use serde_json::{Value, json};

use super::{ask, create, small_pod, status, stepped};

#[test]
fn each_endpoint_does_its_work() {
    let simulator = stepped();
    let tell = |line: &str, body: Value| assert_eq!(ask(&simulator, line, body), (200, json!({})), "{line}");
    tell("POST /_simulator/next-pods", json!({"fate": "fails"}));
    let id = create(&simulator);
    tell("POST /_simulator/clock", json!({"advance_ms": 90_000}));
    assert_eq!(status(&simulator, &id), "FAILED");
    tell(
        &format!("POST /_simulator/pods/{id}"),
        json!({"event": "start", "reason": "luck"}),
    );
    assert_eq!(status(&simulator, &id), "RUNNING");
    tell("POST /_simulator/quirks", json!({"ids_as_numbers": true}));
    assert!(ask(&simulator, "POST /v2/pods", small_pod()).1["data"]["id"].is_number());
    tell("POST /_simulator/quirks", json!({"ids_as_numbers": false}));
    tell(
        "POST /_simulator/faults",
        json!({"path": "/v2/*", "times": 9, "action": {"respond": {"status": 503}}}),
    );
    assert_eq!(ask(&simulator, "GET /v2/pods", Value::Null).0, 503);
    tell("DELETE /_simulator/faults", Value::Null);
    let state = ask(&simulator, "GET /_simulator/state", Value::Null).1;
    assert_eq!(
        state["clouds"]["yotta"]["pods"][0],
        json!({"id": id, "name": "a", "status": "RUNNING"})
    );
    tell("DELETE /_simulator/state", Value::Null);
    assert_eq!(simulator.living_pods(), []);
    assert_ne!(create(&simulator), id, "an id is never handed out again");
}

#[test]
fn volumes_have_endpoints_of_their_own() {
    let simulator = stepped();
    let tell = |line: &str, body: Value| assert_eq!(ask(&simulator, line, body), (200, json!({})), "{line}");
    let create = || {
        let volume = json!({"name": "a", "storageType": "S3"});
        let id = ask(&simulator, "POST /v2/volumes", volume).1["data"]["id"].clone();
        id.as_str().unwrap().to_owned()
    };
    tell("POST /_simulator/next-volumes", json!({"fate": "fails"}));
    let failing = create();
    let lost = create();
    tell("POST /_simulator/clock", json!({"advance_ms": 20_000}));
    tell(
        &format!("POST /_simulator/volumes/{failing}"),
        json!({"used_bytes": 1, "set": {"name": "b"}}),
    );
    tell(&format!("POST /_simulator/volumes/{lost}"), json!({"event": "vanish"}));
    let state = ask(&simulator, "GET /_simulator/state", Value::Null).1;
    assert_eq!(
        state["clouds"]["yotta"]["volumes"],
        json!([{"id": failing, "name": "b", "storage_type": "S3", "status": "error", "mount_count": 0}])
    );
    let living = simulator.living_volumes();
    let seen: Vec<_> = living
        .iter()
        .map(|volume| {
            (
                volume.cloud,
                volume.id.as_str(),
                volume.name.as_str(),
                volume.status.as_str(),
            )
        })
        .collect();
    assert_eq!(seen, [("yotta", failing.as_str(), "b", "error")]);
    simulator.next_volumes(json!({"fate": "never_ready"})).unwrap();
    simulator.volume_event(&failing, json!({"event": "vanish"})).unwrap();
    assert_eq!(simulator.living_volumes(), []);
}

#[test]
fn mistakes_are_refused() {
    let simulator = stepped();
    let check = |line: &str, body: Value, expected: u16| {
        let (status, response) = ask(&simulator, line, body);
        assert_eq!(status, expected, "{line}: {response}");
        assert!(response["error"].is_string(), "{line}: {response}");
    };
    check("POST /_simulator/faults", json!({"path": "/"}), 400);
    check("POST /_simulator/next-pods", json!({}), 400);
    check("POST /_simulator/quirks", json!({"quirk": true}), 400);
    check("POST /_simulator/clock", json!({"advance": 1}), 400);
    check("POST /_simulator/pods/1", json!({"event": "stop"}), 400);
    check("POST /_simulator/pods/1", json!({"event": "explode"}), 400);
    check("POST /_simulator/next-volumes", json!({"fate": "lucky"}), 400);
    check("POST /_simulator/volumes/1", json!({"event": "vanish"}), 400);
    check("POST /_simulator/volumes/1", json!({"event": "preempt"}), 400);
    check("GET /_simulator/nothing", Value::Null, 404);
    check("POST /_simulator/nothing", Value::Null, 404);
}

#[test]
fn requests_are_recorded_without_secrets() {
    let simulator = stepped();
    let mut pod = small_pod();
    pod["environmentVars"] = json!([{"key": "HF_TOKEN", "value": "hf_secret"}]);
    let id = ask(&simulator, "POST /v2/pods", pod).1["data"]["id"].take();
    let id = id.as_str().unwrap();
    ask(&simulator, "GET /v2/pods?statusList=RUNNING", Value::Null);
    let record = ask(&simulator, "GET /_simulator/requests", Value::Null).1;
    let first = &record[0];
    assert_eq!(
        (&first["method"], &first["path"], &first["status"]),
        (&json!("POST"), &json!("/v2/pods"), &json!(200))
    );
    assert_eq!(
        (&first["body"]["name"], &first["headers"]["x-api-key"]),
        (&json!("a"), &json!("***"))
    );
    assert_eq!(
        first["body"]["environmentVars"],
        json!([{"key": "HF_TOKEN", "value": "***"}])
    );
    assert!(!record.to_string().contains("hf_secret"), "{record}");
    assert_eq!(record[1]["query"], "statusList=RUNNING");
    assert_eq!(
        record.as_array().unwrap().len(),
        2,
        "what is asked of the simulator itself is not recorded"
    );
    assert_eq!(simulator.requests().len(), 2);
    ask(&simulator, "DELETE /_simulator/requests", Value::Null);
    assert!(simulator.requests().is_empty());
    assert_eq!(status(&simulator, id), "PENDING");
    simulator.clear_requests();
    assert!(simulator.wait_for(|requests| requests.is_empty()));
}

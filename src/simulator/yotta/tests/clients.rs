//! Requests of the vendor's clients and examples that the reference lacks: taken as usual, refused strictly. And the fields
//! that they read.

use serde_json::{Value, json};

use super::{AUTH, Desk, VOLUME, minimal_with};

fn usual() -> Desk {
    let mut desk = Desk::furnished();
    desk.quirks = Desk::as_usual().quirks;
    desk
}

/// A creation with these changes is taken, and refused strictly with a word of what is wrong.
#[track_caller]
fn check(changes: Value, refusal: &str) -> Value {
    let body = minimal_with(changes);
    let (_, envelope) = Desk::furnished().ask("POST /v2/pods", body.clone());
    let message = envelope["message"].as_str().unwrap();
    assert!(
        envelope["code"] == 10001 && message.contains(refusal),
        "{body}: {envelope}"
    );
    usual().data("POST /v2/pods", body)
}

#[test]
fn ports_have_further_protocols_and_any_case() {
    let ports =
        json!([{"port": 8080, "protocol": "http"}, {"port": 22, "protocol": "SSH"}, {"port": 23, "protocol": "ssh"}]);
    let pod = check(json!({"expose": ports}), "expose[0].protocol");
    let protocols: Vec<&Value> = pod["expose"]
        .as_array()
        .unwrap()
        .iter()
        .map(|port| &port["protocol"])
        .collect();
    assert_eq!(protocols, ["HTTP", "SSH", "SSH"]);
    let mut desk = usual();
    let (_, envelope) = desk.ask(
        "POST /v2/pods",
        minimal_with(json!({"expose": [{"port": 1, "protocol": "UDP"}]})),
    );
    assert_eq!(envelope["code"], 10001, "{envelope}");
}

#[test]
fn further_fields_and_empty_values_are_taken() {
    let further = json!({"persistentVolumes": [], "imageRegistryPassword": "word", "persistentVolumeInGb": 5});
    let pod = check(further, "persistentVolumes: unknown field");
    assert_eq!(pod.get("imageRegistryPassword"), None);
    let variables = json!([{"key": "A", "value": ""}]);
    assert_eq!(
        check(json!({"environmentVars": variables}), "environmentVars[0].value")["environmentVars"],
        variables
    );
    check(json!({"maxPrice": 0}), "maxPrice: is for isSpot=true only");
    let auth = json!({"imagePublicType": "PRIVATE", "containerRegistryAuthId": AUTH.to_string()});
    assert_eq!(check(auth, "containerRegistryAuthId")["imageRegistryUsername"], "team");
    let volumes = json!({"volumes": [{"id": VOLUME, "mountPath": "/data"}]});
    assert_eq!(check(volumes, "volumes[0].id")["volumes"][0]["id"], VOLUME.to_string());
}

#[test]
fn a_ceiling_of_nothing_is_none() {
    let spot = minimal_with(json!({"isSpot": true, "maxPrice": 0}));
    let answered = |mut desk: Desk| desk.ask("POST /v2/pods", spot.clone()).1["code"].take();
    assert_eq!((answered(Desk::new()), answered(usual())), (json!(10002), json!(10000)));
    let low = minimal_with(json!({"isSpot": true, "maxPrice": 0.01}));
    assert_eq!(usual().ask("POST /v2/pods", low).1["code"], 10002);
}

#[test]
fn lists_are_filtered_by_numbers_too() {
    let mut desk = usual();
    desk.create();
    let young = |desk: &mut Desk, query: &str, expected: usize| assert_eq!(desk.listed(query), expected, "{query}");
    young(&mut desk, "statusList=0", 1);
    young(&mut desk, "statusList=1", 0);
    young(&mut desk, "statusList=1,6", 0);
    young(&mut desk, "page=1", 1);
    desk.pass(90);
    young(&mut desk, "statusList=1,3", 1);
    young(&mut desk, "statusList=RUNNING", 1);
    young(&mut desk, "statusList=0&statusList=6", 0);
    assert_eq!(desk.code("GET /v2/pods?statusList=ASLEEP"), 10001);
    for query in ["statusList=1", "page=1"] {
        assert_eq!(Desk::new().code(&format!("GET /v2/pods?{query}")), 10001, "{query}");
    }
    for path in ["/v2/volumes", "/v2/container-registry-auths"] {
        assert_eq!(desk.code(&format!("GET {path}?more=1")), 10000);
    }
}

#[test]
fn other_requests_may_have_further_fields() {
    let check = |line: &str, body: Value| {
        assert_eq!(Desk::furnished().ask(line, body.clone()).1["code"], 10001, "{line}");
        assert_eq!(usual().ask(line, body).1["code"], 10000, "{line}");
    };
    check("POST /v2/gpu/list", json!({"sort": "price"}));
    check(
        "POST /v2/volumes",
        json!({"name": "a", "storageType": "S3", "tags": []}),
    );
    check(
        &format!("POST /v2/volumes/{VOLUME}/name"),
        json!({"name": "b", "tags": []}),
    );
    check(
        "POST /v2/container-registry-auths",
        json!({"name": "a", "username": "u", "password": "p", "scope": "x"}),
    );
    check(
        &format!("PATCH /v2/container-registry-auths/{AUTH}"),
        json!({"name": "b", "scope": "x"}),
    );
}

#[test]
fn ids_are_text() {
    let mut desk = usual();
    let pod = desk.data("POST /v2/pods", minimal_with(json!({})));
    for name in ["id", "orgId", "applicantId", "imageId"] {
        assert!(pod[name].is_string(), "{name}: {}", pod[name]);
    }
    assert!(pod["createdAt"].is_number() && pod["singleCardPrice"].is_number());
    assert!(desk.data("GET /v2/pods", Value::Null)[0]["id"].is_string());
    let auths = desk.data("GET /v2/container-registry-auths", Value::Null);
    assert_eq!(auths[0]["id"], AUTH.to_string());
    desk.quirks.merge(json!({"older_volumes": true})).unwrap();
    assert_eq!(desk.read_volume(&VOLUME.to_string())["id"], VOLUME.to_string());
    desk.quirks.merge(json!({"ids_as_numbers": true})).unwrap();
    assert!(desk.data("GET /v2/pods", Value::Null)[0]["id"].is_number());
}

#[test]
fn there_are_types_of_virtual_machines() {
    let mut desk = Desk::new();
    assert!(desk.data("GET /v2/vms/types", Value::Null)[0]["regions"][0]["vmTypeId"].is_number());
    assert_eq!(desk.ask("POST /v2/vms/types", json!({})).0, 405);
    assert_eq!(desk.ask("GET /v2/vms", Value::Null).0, 404);
}

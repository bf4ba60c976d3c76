//! Creates: the offer that is taken, its price, and the end of its stock.

use serde_json::{Value, json};

use super::{Desk, id, smallest, with};

#[track_caller]
fn created(desk: &mut Desk, changes: Value) -> Value {
    desk.told("POST pods/", with(smallest(), changes))
}

#[test]
fn a_pod_is_there_at_once_and_not_ready() {
    let mut desk = Desk::new();
    let pod = created(
        &mut desk,
        json!({"team": {"teamId": "t"}, "pod": {"autoRestart": true}}),
    );
    let id = id(&pod);
    assert!(
        id.len() == 32 && id.bytes().all(|byte| b"0123456789abcdef".contains(&byte)),
        "{id}"
    );
    let expected = json!({
        "name": "a",
        "status": "PROVISIONING",
        "installationStatus": "PENDING",
        "providerType": "primecompute",
        "gpuName": "RTX4090_24GB",
        "gpuCount": 1,
        "environmentType": "ubuntu_22_cuda_12",
        "teamId": "t",
        "autoRestart": true,
        "isSpot": false,
        "sshConnection": null,
        "ip": null,
        "createdAt": "2026-01-01T00:00:00Z",
        "terminatedAt": null,
        "resources": {"memory": 64, "disk": 100, "shared_disk": null, "vcpus": 16},
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(pod[name], *value, "{name}");
    }
    assert_eq!(desk.read(&format!("pods/{id}")), pod);
}

#[test]
fn the_same_offer_stands_at_several_places() {
    let h100 = |pod: Value| {
        let offer = json!({"cloudId": "1H100.80S.30V", "gpuType": "H100_80GB", "socket": "SXM5"});
        json!({"provider": {"type": "datacrunch"}, "pod": with(offer, pod)})
    };
    let price = |changes: Value| created(&mut Desk::new(), changes)["priceHr"].to_string();
    assert_eq!(price(h100(json!({"dataCenterId": "FIN-01"}))), "2.19");
    assert_eq!(price(h100(json!({"dataCenterId": "FIN-02"}))), "2.29");
    let a100 = json!({"cloudId": "gpu_1x_a100_sxm4", "gpuType": "A100_80GB", "socket": "SXM4"});
    let at = |data_center: &str| {
        let pod = with(a100.clone(), json!({ "dataCenterId": data_center }));
        let body = with(smallest(), json!({"provider": {"type": "lambdalabs"}, "pod": pod}));
        Desk::new().ask("POST pods/", body).0
    };
    assert_eq!((at("us-east-1"), at("asia-northeast-1")), (200, 409));
}

#[test]
fn what_is_adjusted_is_had_and_paid_for() {
    let parts = |pod: Value| {
        let offer = json!({"cloudId": "geforcertx4090-pcie-24gb", "country": "DE"});
        let changes = json!({"provider": {"type": "tensordock"}, "pod": with(offer, pod)});
        let pod = created(&mut Desk::new(), changes);
        let amounts = ["disk", "vcpus", "memory"].map(|name| pod["resources"][name].to_string());
        format!("{} {}", amounts.join(" "), pod["priceHr"])
    };
    assert_eq!(parts(json!({})), "100 8 32 0.316");
    assert_eq!(
        parts(json!({"diskSize": 500, "vcpus": 16, "memory": 64})),
        "500 16 64 0.412"
    );
    let included = json!({"provider": {"type": "runpod"}, "pod": {"cloudId": "NVIDIA GeForce RTX 4090"}});
    assert_eq!(
        created(&mut Desk::new(), included.clone())["priceHr"].to_string(),
        "0.69"
    );
    let more = with(included, json!({"pod": {"diskSize": 220}}));
    assert_eq!(created(&mut Desk::new(), more)["priceHr"].to_string(), "0.70");
}

#[test]
fn the_last_machine_is_gone_until_its_pod_has_ended() {
    let mut desk = Desk::new();
    let last = json!({
        "provider": {"type": "oblivus"},
        "pod": {"cloudId": "A40_48GB_x1", "gpuType": "A40_48GB", "dataCenterId": "MON1"},
    });
    let stock = |desk: &mut Desk| desk.read("availability/gpus?gpu_type=A40_48GB")["items"][0]["stockStatus"].clone();
    assert_eq!(stock(&mut desk), "Low");
    let id = id(&created(&mut desk, last.clone()));
    assert_eq!(stock(&mut desk), "Unavailable");
    let (status, refusal) = desk.ask("POST pods/", with(smallest(), last.clone()));
    assert_eq!((status, refusal), (409, json!({"detail": "A40_48GB is out of stock"})));
    desk.told(&format!("DELETE pods/{id}"), Value::Null);
    assert_eq!(stock(&mut desk), "Unavailable", "it is still being cleared");
    desk.pass(15);
    assert_eq!(stock(&mut desk), "Low");
    created(&mut desk, last);
}

#[test]
fn a_spot_machine_is_an_offer_of_its_own() {
    let spot = json!({"pod": {"cloudId": "rtx4090.1x_SPOT"}});
    let pod = created(&mut Desk::new(), spot);
    assert_eq!(
        (&pod["isSpot"], pod["priceHr"].to_string().as_str()),
        (&json!(true), "0.22")
    );
}

#[test]
fn a_pod_needs_no_name() {
    let mut desk = Desk::new();
    let pod = created(&mut desk, json!({"pod": {"name": null}}));
    assert!(pod["name"].as_str().is_some_and(|name| !name.is_empty()));
}

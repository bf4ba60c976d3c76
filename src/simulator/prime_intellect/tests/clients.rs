//! Requests as other clients send them: a ceiling of nothing, further fields, older paths, and whose the key is.

use serde_json::{Value, json};

use super::{Desk, START};

fn pod(changes: Value) -> Value {
    let mut pod =
        json!({"name": "a", "cloudId": "rtx4090.1x", "gpuType": "RTX4090_24GB", "socket": "PCIe", "gpuCount": 1});
    pod.as_object_mut()
        .unwrap()
        .extend(changes.as_object().unwrap().clone());
    json!({"pod": pod, "provider": {"type": "primecompute"}})
}

#[test]
fn what_clients_send_is_taken_unless_it_is_read_strictly() {
    let check = |changes: Value, strictly: u16| {
        let status = |mut desk: Desk| desk.ask("POST pods/", pod(changes.clone())).0;
        assert_eq!(
            (status(Desk::new()), status(Desk::as_usual())),
            (strictly, 200),
            "{changes}"
        );
    };
    check(json!({}), 200);
    check(json!({"maxPrice": 0}), 400);
    check(json!({"maxPrice": 0.0}), 400);
    check(json!({"sharedDiskSize": 1}), 422);
    check(json!({"envVars": [{"key": "A", "value": ""}]}), 200);
    let low = Desk::as_usual().ask("POST pods/", pod(json!({"maxPrice": 0.01})));
    assert_eq!(low.0, 400, "{}", low.1);
    let disk = json!({"disk": {"size": 100, "label": "x"}, "provider": {"type": "primecompute"}});
    assert_eq!(Desk::new().ask("POST disks/", disk.clone()).0, 422);
    assert_eq!(Desk::as_usual().ask("POST disks/", disk).0, 200);
}

#[test]
fn clusters_are_listed_and_sold_out() {
    let mut desk = Desk::new();
    let page = desk.read("availability/multi-node");
    assert_eq!(
        (&page["totalCount"], page["items"].as_array().unwrap().len()),
        (&json!(2), 2)
    );
    assert!(
        page["items"]
            .as_array()
            .unwrap()
            .iter()
            .all(|row| row["stockStatus"] == "Unavailable")
    );
    assert_eq!(desk.read("availability/multi-node?gpu_type=H100_80GB")["totalCount"], 1);
    let row = &page["items"][0];
    let order = json!({
        "pod": {"cloudId": row["cloudId"], "gpuType": row["gpuType"], "socket": row["socket"], "gpuCount": 16},
        "provider": {"type": row["provider"]},
    });
    assert_eq!(desk.ask("POST pods/", order).0, 409);
    assert_eq!(desk.read("availability/multi-node-summary"), json!({}));
}

#[test]
fn older_clients_get_offers_by_type() {
    let mut desk = Desk::new();
    let all = desk.read("availability/gpus?page_size=100");
    for path in ["availability", "availability/"] {
        let types = desk.read(path);
        let rows: usize = types
            .as_object()
            .unwrap()
            .values()
            .map(|rows| rows.as_array().unwrap().len())
            .sum();
        assert_eq!(json!(rows), all["totalCount"], "{path}");
        assert!(
            types["RTX4090_24GB"]
                .as_array()
                .unwrap()
                .iter()
                .all(|row| row["gpuType"] == "RTX4090_24GB")
        );
    }
    assert_eq!(
        desk.read("availability/?gpu_type=A40_48GB").as_object().unwrap().len(),
        1
    );
    assert_eq!(desk.read("availability/clusters").as_object().unwrap().len(), 2);
    assert_eq!(desk.ask("GET availability/?page_size=500", Value::Null).0, 200);
    assert_eq!(desk.ask("GET availability/?page_size=501", Value::Null).0, 422);
}

#[test]
fn the_summary_has_the_lowest_prices_of_what_can_be_had() {
    let mut desk = Desk::new();
    let summary = desk.read("availability/gpu-summary");
    let one = &summary["RTX4090_24GB"]["1"];
    let lowest = json!({"onDemand": 0.44, "communityPrice": 0.23, "spotPrice": 0.21});
    assert_eq!(one["cheapest"].to_string(), lowest.to_string());
    assert_eq!(one["eu_east"]["onDemand"].to_string(), "0.44");
    assert_eq!(one["canada"], json!(null));
    assert_eq!(summary["RTX4090_24GB"].get("8"), None, "sold out");
    let last = json!({"pod": {"cloudId": "A40_48GB_x1", "gpuType": "A40_48GB", "socket": "PCIe", "gpuCount": 1, "dataCenterId": "MON1"}, "provider": {"type": "oblivus"}});
    assert!(summary["A40_48GB"].is_object());
    desk.told("POST pods/", last);
    assert_eq!(desk.read("availability/gpu-summary").get("A40_48GB"), None);
}

#[test]
fn the_key_has_an_owner_a_team_and_a_wallet() {
    let mut desk = Desk::new();
    let whoami = desk.read("user/whoami?teamId=x");
    assert!(whoami["data"]["email"].as_str().unwrap().ends_with(".example"));
    let teams = desk.read("user/teams?offset=0&limit=50");
    assert_eq!(teams["total_count"], 1);
    let team = teams["data"][0]["teamId"].as_str().unwrap();
    assert_eq!(
        desk.read(&format!("teams/{team}/members"))["data"][0]["userId"],
        whoami["data"]["id"]
    );
    assert_eq!(desk.ask("GET teams/other/members", Value::Null).0, 404);

    let wallet = desk.read("billing/wallet");
    assert_eq!(
        (wallet["balance_usd"].to_string().as_str(), &wallet["total_billings"]),
        ("1000.00", &json!(0))
    );
    let first = desk.told("POST pods/", pod(json!({})))["id"].take();
    let second = desk.told("POST pods/", pod(json!({})))["id"].take();
    desk.pass(30 + 3_600);
    let price = desk.read(&format!("pods/{}", first.as_str().unwrap()))["priceHr"]
        .as_f64()
        .unwrap();
    let wallet = desk.read("billing/wallet?limit=1");
    let charges = &wallet["recent_billings"];
    assert_eq!(
        (&wallet["total_billings"], charges.as_array().unwrap().len()),
        (&json!(2), 1)
    );
    assert_eq!(charges[0]["resource_id"], second);
    let spent = 1_000.0 - wallet["balance_usd"].as_f64().unwrap();
    assert!(
        (spent - 2.0 * charges[0]["amount_usd"].as_f64().unwrap()).abs() < 1e-9 && spent >= 2.0 * price - 1e-9,
        "{wallet}"
    );
    assert_eq!(
        desk.read("billing/wallet?offset=1")["recent_billings"][0]["resource_id"],
        first
    );
    assert_eq!(desk.read("billing/wallet?teamId=x")["total_billings"], 0);
    assert_eq!(desk.ask("GET billing/wallet?limit=101", Value::Null).0, 422);
    assert_eq!(desk.now, START + 3_630_000);
}

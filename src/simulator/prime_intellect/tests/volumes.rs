//! Disks: their life, their names, and the pods that use them.

use serde_json::{Value, json};

use super::{Desk, column, id, smallest, with};
use crate::simulator::cloud::Cloud;

fn status(desk: &mut Desk, disk: &str) -> String {
    let (http, response) = desk.ask(&format!("GET disks/{disk}"), Value::Null);
    let status = response["status"].as_str().map(str::to_owned);
    status.filter(|_| http == 200).unwrap_or(http.to_string())
}

#[track_caller]
fn follow(fate: &str, steps: &[(u64, &str)]) {
    let mut desk = Desk::new();
    desk.volume_fates.order(json!({ "fate": fate })).unwrap();
    let disk = desk.create_disk();
    for (seconds, expected) in steps {
        desk.pass(*seconds);
        assert_eq!(status(&mut desk, &disk), *expected, "after {seconds} of {steps:?}");
    }
}

#[test]
fn a_disk_becomes_active() {
    follow(
        "normal",
        &[(0, "PROVISIONING"), (10, "PENDING"), (10, "ACTIVE"), (99999, "ACTIVE")],
    );
    follow("fails", &[(19, "PENDING"), (1, "ERROR")]);
    follow("never_ready", &[(99999, "PENDING")]);
    follow("vanishes", &[(19, "PENDING"), (1, "404")]);
}

#[test]
fn a_deleted_disk_ends() {
    let mut desk = Desk::new();
    let disk = desk.create_disk();
    let line = format!("DELETE disks/{disk}");
    assert_eq!(desk.told(&line, Value::Null), json!({"status": "DELETING"}));
    assert_eq!(desk.told(&line, Value::Null), json!({"status": "DELETING"}));
    assert_eq!(desk.cloud.living_volumes().len(), 1);
    desk.pass(10);
    assert_eq!(status(&mut desk, &disk), "TERMINATED");
    assert_eq!(
        desk.read(&format!("disks/{disk}"))["terminatedAt"],
        "2026-01-01T00:00:10Z"
    );
    assert_eq!(desk.read("disks")["data"], json!([]));
    assert!(desk.cloud.living_volumes().is_empty());
    desk.pass(24 * 60 * 60);
    assert_eq!(status(&mut desk, &disk), "404");
}

#[test]
fn a_disk_tells_where_it_is_and_what_it_costs() {
    let mut desk = Desk::new();
    let body = json!({"disk": {"size": 100, "dataCenterId": "FIN-02"}, "provider": {"type": "datacrunch"}});
    let disk = desk.told("POST disks/", body);
    assert_eq!(
        disk["info"],
        json!({"country": "FI", "dataCenterId": "FIN-02", "cloudId": null, "isMultinode": false})
    );
    assert_eq!(
        (disk["priceHr"].to_string().as_str(), &disk["size"]),
        ("0.02", &json!(100))
    );
    let elsewhere = json!({"disk": {"size": 93}, "provider": {"type": "nebius"}});
    assert_eq!(desk.told("POST disks/", elsewhere)["info"]["cloudId"], "network-ssd");
}

#[test]
fn a_disk_can_be_renamed() {
    let mut desk = Desk::new();
    let disk = desk.create_disk();
    let line = format!("PATCH disks/{disk}");
    let other = serde_json::from_value(json!({"set": {"name": "other"}})).unwrap();
    desk.cloud.change_volume(&disk, &other, desk.now).unwrap().unwrap();
    assert_eq!(desk.cloud.living_volumes()[0].name, "other");
    assert_eq!(desk.told(&line, json!({"name": "new"})), json!({"name": "new"}));
    assert_eq!(desk.read(&format!("disks/{disk}"))["name"], "new");
    assert_eq!(desk.ask(&line, json!({})).0, 422);
    assert_eq!(desk.ask("PATCH disks/nobody", json!({"name": "new"})).0, 404);
}

fn pod_with(disks: &[&String]) -> Value {
    with(smallest(), json!({ "disks": disks }))
}

#[test]
fn a_disk_is_held_by_its_pod_until_that_has_ended() {
    let mut desk = Desk::new();
    let disks = [desk.create_disk(), desk.create_disk()];
    desk.pass(20);
    let pod = desk.told("POST pods/", pod_with(&[&disks[0], &disks[1]]));
    let attached = &pod["attachedResources"];
    assert_eq!(column(attached, "id"), disks);
    assert_eq!(column(attached, "mountPath"), ["/workspace", "/workspace2"]);
    assert_eq!(attached[0]["size"], 100);
    let read = |desk: &mut Desk| desk.read(&format!("disks/{}", disks[0]))["pods"].clone();
    assert_eq!(read(&mut desk), json!([pod["id"]]));
    let line = format!("DELETE disks/{}", disks[0]);
    let refused = (409, json!({"detail": "Disk is attached to a pod"}));
    assert_eq!(desk.ask(&line, Value::Null), refused);
    desk.told(&format!("DELETE pods/{}", id(&pod)), Value::Null);
    assert_eq!(desk.ask(&line, Value::Null), refused, "until the pod has ended");
    desk.pass(15);
    assert_eq!(read(&mut desk), json!([]));
    desk.told(&line, Value::Null);
}

#[test]
fn a_pod_takes_only_disks_that_it_can_use() {
    let mut desk = Desk::new();
    let young = desk.create_disk();
    let of = |desk: &mut Desk, place: &str| {
        let body = json!({"disk": {"size": 100, "dataCenterId": place}, "provider": {"type": "datacrunch"}});
        id(&desk.told("POST disks/", body))
    };
    let far = of(&mut desk, "FIN-01");
    let check = |desk: &mut Desk, body: Value, expected: String| {
        let (status, response) = desk.ask("POST pods/", body);
        assert_eq!((status, response["detail"].as_str()), (400, Some(expected.as_str())));
    };
    check(&mut desk, pod_with(&[&young]), format!("Disk {young} is not ACTIVE"));
    desk.pass(20);
    check(
        &mut desk,
        pod_with(&[&young, &far]),
        format!("Disk {far} is not where the pod will be"),
    );
    let beside = json!({
        "pod": {"cloudId": "CPU.4V.16G", "gpuType": "CPU_NODE", "dataCenterId": "FIN-01"},
        "provider": {"type": "datacrunch"},
    });
    let beside = with(pod_with(&[&far]), beside);
    desk.told("POST pods/", beside.clone());
    check(&mut desk, beside, format!("Disk {far} is attached to another pod"));
    desk.told("POST pods/", pod_with(&[&young]));
    desk.told("POST pods/", pod_with(&[&young]));
    let read = desk.read(&format!("disks/{young}"));
    assert_eq!(
        read["pods"].as_array().unwrap().len(),
        2,
        "a disk for many may have many"
    );
}

#[test]
fn what_befalls_a_disk_shows() {
    let mut desk = Desk::new();
    let disk = desk.create_disk();
    let befall = |desk: &mut Desk, change: Value| {
        let change = serde_json::from_value(change).unwrap();
        desk.cloud.change_volume(&disk, &change, desk.now)
    };
    befall(&mut desk, json!({"event": "fail", "used_bytes": 1}))
        .unwrap()
        .unwrap();
    assert_eq!(status(&mut desk, &disk), "ERROR");
    assert_eq!(desk.cloud.state()["disks"][0]["status"], "ERROR");
    befall(&mut desk, json!({"event": "vanish"})).unwrap().unwrap();
    assert_eq!(status(&mut desk, &disk), "404");
    assert!(
        befall(&mut desk, json!({})).unwrap().is_err(),
        "what has ended stays so"
    );
    assert_eq!(desk.cloud.state()["disks"], json!([]));
    let nothing = serde_json::from_value(json!({})).unwrap();
    assert!(desk.cloud.change_volume("nobody", &nothing, 0).is_none());
}

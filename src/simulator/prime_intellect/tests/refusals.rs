//! Error responses, each in its documented shape.

use serde_json::{Value, json};

use super::{Desk, smallest, smallest_volume, with};

/// A refusal in one line: `422 pod.gpuCount: Field required`, `400 text`; `200` is none.
fn line((status, body): (u16, Value)) -> String {
    let errors = body["errors"].as_array().into_iter().flatten();
    let mut texts: Vec<String> = errors
        .map(|error| format!("{}: {}", text(&error["param"]), text(&error["details"])))
        .collect();
    texts.extend(body["detail"].as_str().map(str::to_owned));
    format!("{status} {}", texts.join("; ")).trim_end().to_owned()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

/// How a creation is answered that differs from the smallest.
#[track_caller]
fn check(changes: Value, expected: &str) {
    let response = Desk::new().ask("POST pods/", with(smallest(), changes.clone()));
    assert_eq!(line(response), expected, "{changes}");
}

#[track_caller]
fn check_disk(changes: Value, expected: &str) {
    let response = Desk::new().ask("POST disks/", with(smallest_volume(), changes.clone()));
    assert_eq!(line(response), expected, "{changes}");
}

#[test]
fn the_limits_of_a_creation() {
    check(json!({}), "200");
    check(json!({"pod": {"name": null}}), "200");
    check(json!({"further": 1, "provider": {"further": 1}}), "200");
    check(
        json!({"pod": {"further": 1}}),
        "422 pod.further: Extra inputs are not permitted",
    );
    check(
        json!({"pod": {"sharedWithTeam": true}}),
        "422 pod.sharedWithTeam: Extra inputs are not permitted",
    );
    check(json!({"pod": null}), "422 pod: Field required");
    check(json!({"provider": null}), "422 provider: Field required");
    check(json!({"provider": {"type": null}}), "422 provider.type: Field required");
    check(
        json!({"pod": {"cloudId": null, "socket": null}}),
        "422 pod.cloudId: Field required; pod.socket: Field required",
    );
    for name in ["gpuCount", "diskSize", "vcpus", "memory"] {
        let at_least = format!("422 pod.{name}: must be a whole number from 1 to {}", i64::MAX);
        check(json!({"pod": {name: 0}}), &at_least);
        check(json!({"pod": {name: "1"}}), &at_least);
        check(json!({"pod": {name: 1.5}}), &at_least);
    }
    check(
        json!({"pod": {"prepaidForHr": 0}}),
        "422 pod.prepaidForHr: must be a number above 0",
    );
    check(
        json!({"pod": {"security": "SECURE"}}),
        "422 pod.security: must be one of secure_cloud, community_cloud",
    );
    check(
        json!({"pod": {"envVars": [{"key": "A"}]}}),
        "422 pod.envVars[0].value: Field required",
    );
    check(json!({"team": {}}), "422 team.teamId: Field required");
    check(
        json!({"disks": [1]}),
        "422 disks[0]: must be text of at least 0 characters",
    );
}

#[test]
fn unknown_words() {
    let refused = |changes: Value, name: &str| {
        let response = line(Desk::new().ask("POST pods/", with(smallest(), changes)));
        let start = format!("422 {name}: must be one of ");
        assert!(response.starts_with(&start), "{response}");
    };
    refused(json!({"pod": {"gpuType": "RTX4090"}}), "pod.gpuType");
    refused(json!({"pod": {"socket": "pcie"}}), "pod.socket");
    refused(json!({"pod": {"image": "ubuntu:24.04"}}), "pod.image");
    refused(json!({"provider": {"type": "yotta"}}), "provider.type");
}

#[test]
fn null_is_not_always_as_good_as_left_out() {
    let null = |name: &str| {
        let mut body = smallest();
        body["pod"][name] = Value::Null;
        line(Desk::new().ask("POST pods/", body))
    };
    for name in ["name", "image"] {
        assert_eq!(null(name), format!("422 pod.{name}: must not be null"));
    }
    for name in ["maxPrice", "customTemplateId", "dataCenterId", "envVars", "sshKeyId"] {
        assert_eq!(null(name), "200", "{name}");
    }
}

#[test]
fn a_body_that_is_no_object_is_refused() {
    let mut desk = Desk::new();
    assert_eq!(line(desk.ask("POST pods/", Value::Null)), "422 body: must be an object");
    assert_eq!(line(desk.ask("POST disks", json!([]))), "422 body: must be an object");
}

#[test]
fn what_some_providers_need() {
    let of = |provider: &str, pod: Value| json!({"provider": {"type": provider}, "pod": pod});
    let rows = [
        ("lambdalabs", "gpu_1x_a100_sxm4", "A100_80GB", "SXM4", "us-east-1"),
        ("datacrunch", "1H100.80S.30V", "H100_80GB", "SXM5", "FIN-01"),
        ("hyperstack", "n3-A100x1", "A100_80GB", "PCIe", "CANADA-1"),
        ("crusoecloud", "a100-80gb.1x", "A100_80GB", "SXM4", "us-east1-a"),
        ("nebius", "gpu-h200-sxm_1gpu", "H200_141GB", "SXM5", "eu-north1"),
        ("oblivus", "A40_48GB_x1", "A40_48GB", "PCIe", "MON1"),
    ];
    for (provider, cloud_id, gpu_type, socket, data_center) in rows {
        let pod = json!({"cloudId": cloud_id, "gpuType": gpu_type, "socket": socket});
        check(
            of(provider, pod.clone()),
            "400 Missing field: data_center_id not specified",
        );
        check(of(provider, with(pod, json!({"dataCenterId": data_center}))), "200");
    }
    let pod = json!({"cloudId": "gpu_1x_l40s", "gpuType": "L40S_48GB", "dataCenterId": "us-central-2"});
    check(
        of("massedcompute", pod.clone()),
        "400 Missing field: max_price not specified",
    );
    check(of("massedcompute", with(pod, json!({"maxPrice": 0.9}))), "200");
}

#[test]
fn everything_must_belong_to_one_offer() {
    check(
        json!({"pod": {"cloudId": "rtx4090.3x"}}),
        "404 Offer rtx4090.3x not found",
    );
    check(
        json!({"provider": {"type": "runpod"}}),
        "404 Offer rtx4090.1x not found",
    );
    let unlike = "400 No configuration of this offer is like that";
    check(json!({"pod": {"gpuType": "RTX3090_24GB"}}), unlike);
    check(json!({"pod": {"socket": "SXM5"}}), unlike);
    check(json!({"pod": {"gpuCount": 2}}), unlike);
    check(json!({"pod": {"dataCenterId": "FIN-01"}}), unlike);
    check(json!({"pod": {"country": "US"}}), unlike);
    check(json!({"pod": {"security": "community_cloud"}}), unlike);
    check(
        json!({"pod": {"dataCenterId": "EU-CZ-1", "country": "CZ", "security": "secure_cloud"}}),
        "200",
    );
}

#[test]
fn what_an_offer_does_not_have() {
    check(
        json!({"pod": {"image": "axolotl"}}),
        "400 Provider Primecompute is not supported for image axolotl",
    );
    check(
        json!({"pod": {"image": "custom_template"}}),
        "400 Missing field: custom_template_id not specified",
    );
    check(
        json!({"pod": {"customTemplateId": "t"}}),
        "400 A custom template is for image custom_template only",
    );
    check(
        json!({"pod": {"image": "custom_template", "customTemplateId": "t"}}),
        "200",
    );
    check(json!({"pod": {"diskSize": 200}}), "200");
    for (name, amount, told) in [
        ("diskSize", 10, "disk_size"),
        ("diskSize", 2_010, "disk_size"),
        ("diskSize", 25, "disk_size"),
        ("vcpus", 8, "vcpus"),
        ("memory", 65, "memory"),
    ] {
        let refused = format!("400 {told} is not available in this amount");
        check(json!({"pod": {name: amount}}), &refused);
    }
    check(
        json!({"pod": {"prepaidForHr": 24}}),
        "400 Reserved instances are not available",
    );
    check(json!({"pod": {"maxPrice": 0.45}}), "200");
    check(
        json!({"pod": {"maxPrice": 0.449}}),
        "400 The price 0.45 is above max_price 0.449",
    );
    check(json!({"pod": {"sshKeyId": "k"}}), "400 SSH key k not found");
    check(json!({"disks": ["d"]}), "404 Disk d not found");
}

#[test]
fn nothing_left() {
    check(
        json!({"pod": {"cloudId": "rtx4090.8x", "gpuCount": 8}}),
        "409 RTX4090_24GB is out of stock",
    );
    let reserved = json!({"cloudId": "b200.8x.reserved", "gpuType": "B200_180GB", "socket": "SXM6", "gpuCount": 8});
    check(
        json!({ "pod": reserved }),
        "400 Missing field: prepaid_for_hr not specified",
    );
    check(json!({"pod": with(reserved, json!({"prepaidForHr": 168}))}), "200");
}

#[test]
fn the_limits_of_a_disk() {
    check_disk(json!({}), "200");
    check_disk(json!({"disk": {"name": null}}), "200");
    check_disk(
        json!({"disk": {"further": 1}}),
        "422 disk.further: Extra inputs are not permitted",
    );
    check_disk(json!({"disk": {"size": null}}), "422 disk.size: Field required");
    let least = format!("422 disk.size: must be a whole number from 1 to {}", i64::MAX);
    check_disk(json!({"disk": {"size": 0}}), &least);
    check_disk(
        json!({"disk": {"name": "a".repeat(256)}}),
        "422 disk.name: must be text of 0 to 255 characters",
    );
    check_disk(json!({"provider": null}), "422 provider: Field required");
    check_disk(json!({"provider": {"type": "vultr"}}), "400 No disk can be had there");
    check_disk(
        json!({"disk": {"dataCenterId": "FIN-01"}}),
        "400 No disk can be had there",
    );
    check_disk(json!({"disk": {"size": 5}}), "400 size is not available in this amount");
    check_disk(
        json!({"disk": {"dataCenterId": "US-MO-1"}, "provider": {"type": "runpod"}}),
        "409 Disks are out of stock",
    );
}

#[test]
fn queries() {
    let check = |target: &str, expected: &str| {
        let told = line(Desk::new().ask(&format!("GET {target}"), Value::Null));
        assert!(told.starts_with(expected), "{target}: {told}");
    };
    check("pods/?offset=-1", "422 offset: must be a whole number");
    check("pods/?limit=many", "422 limit: must be a whole number");
    check("disks/?limit=-1", "422 limit");
    check("ssh_keys/?offset=x", "422 offset");
    check(
        "pods/history?sort_by=name",
        "422 sort_by: must be one of terminatedAt, createdAt",
    );
    check("pods/history?sort_order=up", "422 sort_order");
    check("availability/gpus?page=0", "422 page: must be a whole number");
    check("availability/gpus?page_size=101", "422 page_size");
    check("availability/gpus?gpu_type=H100", "422 gpu_type");
    check("availability/gpus?socket=SXM", "422 socket");
    check("availability/gpus?security=SECURE", "422 security");
    check("availability/gpus?regions=europe_west", "422 regions");
    check("availability/gpus?gpu_count=two", "422 gpu_count");
    check("availability/disks?regions=moon", "422 regions");
    check("availability/gpus?further=1", "200");
}

#[test]
fn mistakes_have_another_shape_too() {
    let mut desk = Desk::with_quirks(json!({"mistakes_as_detail": true}));
    let body = with(smallest(), json!({"pod": {"gpuCount": 0, "envVars": [{"key": "A"}]}}));
    let (status, told) = desk.ask("POST pods/", body.clone());
    let detail = told["detail"].as_array().unwrap();
    assert_eq!((status, detail.len()), (422, 2));
    assert_eq!(detail[0]["loc"], json!(["body", "pod", "gpuCount"]));
    assert_eq!(detail[1]["loc"], json!(["body", "pod", "envVars", 0, "value"]));
    assert_eq!(detail[1]["msg"], "Field required");
    assert_eq!(detail[1]["input"], body);
    let told = desk.ask("GET availability/gpus?page=0", Value::Null).1;
    assert_eq!(told["detail"][0]["loc"], json!(["query", "page"]));
}

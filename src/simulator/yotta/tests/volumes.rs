//! Validation of volumes' creates, their list, and the differences between responses.

use serde_json::{Value, json};

use super::{Desk, fixture};

/// The code and message of a creation.
fn check(body: Value, expected: &str) {
    let (status, envelope) = Desk::new().ask("POST /v2/volumes", body.clone());
    let seen = format!("{} {}", envelope["code"], envelope["message"].as_str().unwrap());
    assert_eq!((status, seen.as_str()), (200, expected), "{body}");
}

/// The creation of a fixture with other fields.
fn changed(kind: &str, changes: Value) -> Value {
    let mut body = fixture(&format!("volume-create-request-{kind}"));
    body.as_object_mut()
        .unwrap()
        .extend(changes.as_object().unwrap().clone());
    body
}

#[test]
fn limits() {
    let size = "10001 sizeInGb: must be a whole number from 1 to 10240";
    check(changed("s3", json!({})), "10000 success");
    check(
        changed("s3", json!({"name": ""})),
        "10001 name: must be text of at least 1 characters",
    );
    check(changed("s3", json!({"name": null})), "10001 name: must not be null");
    check(
        changed("s3", json!({"workload": "Pod"})),
        "10001 workload: unknown field",
    );
    check(
        changed("s3", json!({"storageType": "ceph"})),
        "10001 storageType: must be one of S3, CEPH, VENDOR, R2",
    );
    check(changed("ceph", json!({"sizeInGb": 1})), "10000 success");
    check(changed("ceph", json!({"sizeInGb": 10_240})), "10000 success");
    check(changed("ceph", json!({"sizeInGb": 0})), size);
    check(changed("ceph", json!({"sizeInGb": 10_241})), size);
    check(
        changed("ceph", json!({"region": "moon-1"})),
        "10001 region: unknown region",
    );
    check(
        changed("vendor", json!({"vendorVolumeType": "SSD"})),
        "10001 vendorVolumeType: must be one of NVMe, HDD",
    );
}

#[test]
fn each_kind_of_storage_has_its_fields() {
    check(
        json!({"name": "a", "storageType": "CEPH"}),
        "10001 region: must not be null for CEPH; sizeInGb: must not be null for CEPH",
    );
    check(
        changed("ceph", json!({"vendorVolumeType": "HDD"})),
        "10001 vendorVolumeType: is not for CEPH",
    );
    check(
        changed("vendor", json!({"vendorVolumeType": null})),
        "10001 vendorVolumeType: must not be null for VENDOR",
    );
    check(
        changed("s3", json!({"region": "eu-2", "sizeInGb": 1})),
        "10001 region: is not for S3; sizeInGb: is not for S3",
    );
    check(changed("r2", json!({})), "10000 success");
    check(changed("r2", json!({"region": "eu-2"})), "10000 success");
    check(changed("r2", json!({"sizeInGb": 1})), "10001 sizeInGb: is not for R2");
    check(changed("ceph", json!({"region": "us-east-4"})), "10000 success");
}

/// Four volumes in the order of their creation: CEPH, VENDOR, S3, CEPH.
fn stocked() -> Desk {
    let mut desk = Desk::new();
    for kind in ["ceph", "vendor", "s3", "ceph"] {
        desk.create_volume(kind);
    }
    desk
}

#[test]
fn lists_are_paged_and_filtered() {
    let mut desk = stocked();
    let mut check = |query: &str, items: &[&str], total: u64, pages: u64| {
        let data = desk.data(&format!("GET /v2/volumes?{query}"), Value::Null);
        let seen: Vec<&str> = data["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["type"].as_str().unwrap())
            .collect();
        assert_eq!(seen, items, "{query}");
        assert_eq!(
            (&data["total"], &data["pages"]),
            (&json!(total), &json!(pages)),
            "{query}"
        );
    };
    check("", &["CEPH", "VENDOR", "S3", "CEPH"], 4, 1);
    check("size=3", &["CEPH", "VENDOR", "S3"], 4, 2);
    check("size=3&page=2", &["CEPH"], 4, 2);
    check("size=3&page=3", &[], 4, 2);
    check("storageType=CEPH", &["CEPH", "CEPH"], 2, 1);
    check("storageType=R2", &[], 0, 0);
    check("region=us-east-1", &["VENDOR"], 1, 1);
    check("storageType=CEPH&region=us-east-1", &[], 0, 0);
}

#[test]
fn ten_volumes_are_a_page() {
    let mut desk = Desk::new();
    for _ in 0..11 {
        desk.create_volume("s3");
    }
    let data = desk.data("GET /v2/volumes", Value::Null);
    assert_eq!(data["items"].as_array().unwrap().len(), 10);
    assert_eq!(
        (&data["page"], &data["size"], &data["pages"]),
        (&json!(1), &json!(10), &json!(2))
    );
}

#[test]
fn wrong_parameters_are_refused() {
    let mut desk = Desk::new();
    for query in [
        "page=0",
        "size=x",
        "size=101",
        "storageType=ceph",
        "type=CEPH",
        "page=-1",
    ] {
        assert_eq!(desk.code(&format!("GET /v2/volumes?{query}")), 10001, "{query}");
    }
}

#[test]
fn the_documents_disagree_about_the_fields() {
    let check = |quirks: Value, pointer: &str, expected: Value| {
        let mut desk = Desk::with_quirks(quirks.clone());
        let created = desk.data("POST /v2/volumes", fixture("volume-create-request-ceph"));
        assert_eq!(
            created.pointer(pointer),
            Some(&expected).filter(|v| **v != "absent"),
            "{quirks}"
        );
    };
    let absent = || json!("absent");
    let older = || json!({"older_volumes": true});
    check(json!({}), "/id", json!("420522713875330018"));
    check(json!({}), "/sizeInGb", json!(0));
    check(json!({}), "/type", json!("CEPH"));
    check(json!({}), "/storageType", absent());
    check(json!({"bare_volumes": true}), "/mountCount", absent());
    check(older(), "/id", json!(420_522_713_875_330_018_u64));
    check(older(), "/sizeInGb", json!(100));
    check(older(), "/storageType", json!("CEPH"));
    check(older(), "/sizeBytes", absent());
    let older_as_text = || json!({"older_volumes": true, "numbers_as_text": true});
    check(older_as_text(), "/id", json!("420522713875330018"));
    check(older_as_text(), "/cost", json!("0.00"));
    check(older_as_text(), "/createdAt", json!("1767225600000"));
    check(json!({"other_case": true}), "/status", json!("CREATING"));
    check(json!({"other_case": true}), "/type", json!("ceph"));
}

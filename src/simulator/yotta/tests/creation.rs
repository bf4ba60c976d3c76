//! Validation of creates, and the placement of pods.

use serde_json::{Value, json};

use super::{Desk, fixture, minimal, minimal_with};

/// The code and message of a creation that differs from the smallest one.
fn check(changes: Value, expected: &str) {
    let (status, envelope) = Desk::new().ask("POST /v2/pods", minimal_with(changes.clone()));
    let seen = format!("{} {}", envelope["code"], envelope["message"].as_str().unwrap());
    assert_eq!((status, seen.as_str()), (200, expected), "{changes}");
}

#[test]
fn the_documents_limits() {
    let long = |length: usize| "a".repeat(length);
    check(json!({}), "10000 success");
    check(json!({"name": null}), "10001 name: must not be null");
    check(json!({"image": ""}), "10001 image: must be text of 1 to 255 characters");
    check(json!({"name": long(255)}), "10000 success");
    check(
        json!({"name": long(256)}),
        "10001 name: must be text of 1 to 255 characters",
    );
    check(
        json!({"callbackUrl": long(513)}),
        "10001 callbackUrl: must be text of 0 to 512 characters",
    );
    check(
        json!({"gpuCount": "1"}),
        "10001 gpuCount: must be a whole number from -2147483648 to 2147483647",
    );
    check(json!({"gpuCount": 3}), "10001 gpuCount: must be a power of two");
    check(json!({"gpuCount": 0}), "10001 gpuCount: must be a power of two");
    check(json!({"gpuCount": -2}), "10001 gpuCount: must be a power of two");
    check(
        json!({"resourceType": "TPU"}),
        "10001 resourceType: must be one of GPU, CPU",
    );
    check(
        json!({"expose": [{"port": 65536}]}),
        "10001 expose[0].port: must be a whole number from 0 to 65535",
    );
    check(
        json!({"expose": [{"port": 1, "protocol": "http"}]}),
        "10001 expose[0].protocol: must be one of HTTP, TCP",
    );
    check(
        json!({"environmentVars": [{"key": "A", "value": ""}]}),
        "10001 environmentVars[0].value: must be text of at least 1 characters",
    );
    check(json!({"envVars": []}), "10001 envVars: unknown field");
    check(
        json!({"persistentVolumes": []}),
        "10001 persistentVolumes: unknown field",
    );
}

#[test]
fn rules_between_fields() {
    check(json!({"maxPrice": 1}), "10001 maxPrice: is for isSpot=true only");
    check(json!({"maxPrice": 1, "isSpot": true}), "10000 success");
    check(
        json!({"imagePublicType": "PRIVATE"}),
        "10001 containerRegistryAuthId: must not be null for a PRIVATE image",
    );
    check(
        json!({"containerRegistryAuthId": 1}),
        "10001 containerRegistryAuthId: no such credential",
    );
    check(
        json!({"volumes": [{"id": "1", "mountPath": "/a"}]}),
        "10001 volumes: no such volume",
    );
    check(
        json!({"regions": ["eu-2", "eu-2"]}),
        "10001 regions: must not repeat a region",
    );
    check(
        json!({"gpuType": "NVIDIA_RTX_4090_24g"}),
        "10001 gpuType: unknown GPU type",
    );
    check(
        json!({"gpuType": "X", "gpuCount": 3}),
        "10001 gpuCount: must be a power of two; gpuType: unknown GPU type",
    );
}

#[test]
fn a_body_that_is_no_json_is_refused() {
    let mut desk = Desk::new();
    assert_eq!(desk.code("POST /v2/pods"), 10001);
    assert_eq!(desk.ask("POST /v2/pods", json!("text")).1["code"], 10001);
    assert_eq!(desk.listed(""), 0);
}

#[test]
fn nothing_left() {
    let none = "10002 no available resource";
    check(json!({"gpuType": "NVIDIA_B200_180G"}), none);
    check(
        json!({"gpuType": "NVIDIA_RTX_5090_32G", "regions": ["us-west-1"]}),
        none,
    );
    check(json!({"gpuType": "NVIDIA_A100_80G", "gpuCount": 8}), none);
    check(json!({"regions": ["moon-1"]}), none);
    check(json!({"containerVolumeInGb": 201}), none);
    check(json!({"containerVolumeInGb": 19}), none);
    check(json!({"minSingleCardVramInGb": 25}), none);
    check(json!({"isSpot": true, "maxPrice": 0.2}), none);
    check(json!({"isSpot": true, "gpuType": "NVIDIA_H200_141G"}), none);
}

#[test]
fn the_cheapest_offer_that_fits_is_taken() {
    let check = |changes: Value, region: &str, price: &str| {
        let pod = Desk::new().data("POST /v2/pods", minimal_with(changes.clone()));
        assert_eq!(
            (
                pod["region"].as_str().unwrap(),
                pod["singleCardPrice"].to_string().as_str()
            ),
            (region, price)
        );
    };
    check(json!({}), "eu-2", "0.39");
    check(json!({"regions": []}), "eu-2", "0.39");
    check(json!({"regions": ["us-east-1", "us-west-1"]}), "us-east-1", "0.44");
    check(json!({"isSpot": true}), "us-east-1", "0.21");
    check(json!({"isSpot": true, "maxPrice": 0.212}), "us-east-1", "0.21");
    check(
        json!({"gpuType": "AWS_Trainium_32G", "gpuCount": 16}),
        "us-west-1",
        "1.34",
    );
}

#[test]
fn the_fixtures_are_accepted() {
    let mut desk = Desk::furnished();
    for name in [
        "pod-create-request",
        "pod-create-request-minimal",
        "pod-create-request-spot",
    ] {
        let asked = fixture(name);
        let answered = desk.data("POST /v2/pods", asked.clone());
        assert_eq!(answered["name"], asked["name"]);
    }
    assert_eq!(desk.data("POST /v2/pods", minimal())["status"], "PENDING");
}

//! Configurable amounts of an offer, and their prices.

use serde_json::{Value, json};

use super::row;
use crate::clouds::{Limits, prime_intellect::offers::Amounts};

const FIXED: &str = r#"{"defaultCount": 16}"#;
const RANGE: &str = r#"{"minCount": 80, "defaultCount": 100, "maxCount": 200}"#;
const STEPS: &str = r#"{"minCount": 80, "defaultCount": 100, "maxCount": 200, "step": 50}"#;

fn amount(text: &str) -> Value {
    serde_json::from_str(text).expect("a test's JSON")
}

#[test]
fn an_amount_is_within_limits_and_on_a_step() {
    let check = |limits: &str, fit: &[u32], other: &[u32]| {
        let disk = row(json!({"disk": amount(limits)})).disk;
        assert!(fit.iter().all(|size| disk.can_be(*size)), "{limits}");
        assert!(!other.iter().any(|size| disk.can_be(*size)), "{limits}");
    };
    check(FIXED, &[16], &[15, 17, 1]);
    check(RANGE, &[80, 81, 100, 200], &[79, 201]);
    check(STEPS, &[80, 100, 130, 180], &[81, 150, 200, 230]);
    check(r#"{"maxCount": 8}"#, &[1, 8], &[9]);
    check(r#"{"defaultCount": 4, "maxCount": 8, "step": 2}"#, &[2, 4, 8], &[3, 10]);
    check(r#"{"minCount": 1, "maxCount": 8, "step": 0}"#, &[1, 7], &[9]);
    check("{}", &[], &[1, 100]);
    check("null", &[], &[1, 100]);
}

#[test]
fn only_what_can_be_chosen_is_sent() {
    let check = |limits: &str, asked, expected: Option<u32>| {
        assert_eq!(
            row(json!({"disk": amount(limits)})).disk.to_send(asked),
            expected,
            "{limits}"
        );
    };
    check(RANGE, Some(120), Some(120));
    check(RANGE, Some(100), Some(100));
    check(RANGE, None, None);
    check(FIXED, Some(16), None);
}

#[test]
fn limits_are_told() {
    let check = |text: &str, expected: Option<(Option<u32>, Option<u32>)>| {
        let expected = expected.map(|(least, most)| Limits { least, most });
        assert_eq!(row(json!({"disk": amount(text)})).disk.limits(), expected, "{text}");
    };
    check(RANGE, Some((Some(80), Some(200))));
    check(FIXED, Some((Some(16), Some(16))));
    check(r#"{"maxCount": 8}"#, Some((None, Some(8))));
    check("{}", None);
}

#[test]
fn the_price_is_that_of_everything() {
    let check = |fields: Value, asked: Amounts, expected: &str| {
        let price = row(fields.clone()).price(&asked).map(|price| price.to_string());
        assert_eq!(price.as_deref().unwrap_or("none"), expected, "{fields}");
    };
    let nothing = Amounts::default();
    let disk = |size| Amounts {
        disk: Some(size),
        ..nothing
    };
    check(json!({}), nothing, "2");
    // Each kind of cloud has its own price.
    let both = json!({"onDemand": 2, "communityPrice": 1});
    check(json!({"prices": both}), nothing, "2");
    check(json!({"prices": both, "security": "community_cloud"}), nothing, "1");
    check(json!({"prices": {"communityPrice": 1.50}}), nothing, "1.5");
    check(
        json!({"prices": {"onDemand": "2"}, "security": "COMMUNITY_CLOUD"}),
        nothing,
        "2",
    );
    check(json!({"prices": {"onDemand": -1}}), nothing, "none");
    check(json!({"prices": null}), nothing, "none");
    // What is on top of the machine, whose price has the default amount in it whatever the field for it says.
    for is_included in [json!(true), json!(false), json!(null)] {
        let extra = json!({
            "defaultCount": 100, "maxCount": 200, "pricePerUnit": 0.001, "defaultIncludedInPrice": is_included,
        });
        check(json!({"disk": extra}), nothing, "2");
        check(json!({"disk": extra}), disk(150), "2.05");
        check(json!({"disk": extra}), disk(80), "2");
    }
    let without_default = json!({"minCount": 10, "maxCount": 20, "pricePerUnit": 0.1});
    check(json!({"disk": without_default}), nothing, "2");
    check(json!({"disk": without_default}), disk(15), "2.5");
    // The noise of binary fractions.
    check(json!({"prices": {"onDemand": 1.6400000000000001}}), nothing, "1.64");
    let of_each = json!({"defaultCount": 1, "pricePerUnit": "0.1"});
    check(
        json!({"disk": of_each, "vcpu": of_each, "memory": of_each, "sharedDisk": of_each}),
        Amounts {
            disk: Some(2),
            vcpus: Some(3),
            memory: Some(4),
        },
        "2.6",
    );
    let huge = json!({"defaultCount": 100, "pricePerUnit": "79228162514264337593543950335"});
    check(json!({"disk": huge}), nothing, "2");
    check(json!({"disk": huge}), disk(102), "none");
}

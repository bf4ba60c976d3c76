//! Sorting of offers: the cheapest first, and ties always in the same order.

use serde_json::json;

use super::{at, gpus, open_spec, row};
use crate::clouds::{
    GiB, PodSpec,
    prime_intellect::offers::{Row, cheapest_first},
};

/// The providers, data centers and countries in the order in which they would be bought, whichever way they are listed.
fn check(spec: &PodSpec, rows: Vec<Row>, expected: &[&str]) {
    let mut reversed = rows.clone();
    reversed.reverse();
    for rows in [rows, reversed] {
        let choices = cheapest_first(spec, &gpus(1), rows).expect("all fit");
        let names: Vec<String> = choices
            .into_iter()
            .map(|choice| {
                let place = choice.row.data_center.or(choice.row.country).unwrap_or_default();
                format!("{} {} {place}", choice.row.provider, choice.row.cloud_id)
            })
            .collect();
        assert_eq!(names, expected);
    }
}

#[test]
fn the_cheapest_comes_first_and_what_has_no_price_last() {
    let provider = |name: &str| json!({"provider": name});
    let rows = vec![
        at("2.5", provider("a")),
        row(json!({"provider": "b", "prices": {}})),
        at("10", provider("c")),
        at("0.1", provider("d")),
    ];
    check(
        &open_spec(),
        rows,
        &["d id US-1", "a id US-1", "c id US-1", "b id US-1"],
    );
}

#[test]
fn ties_have_a_fixed_order() {
    let rows = vec![
        row(json!({"provider": "b", "cloudId": "1"})),
        row(json!({"provider": "a", "cloudId": "2", "dataCenter": "1"})),
        row(json!({"provider": "a", "cloudId": "2", "dataCenter": null, "country": "B"})),
        row(json!({"provider": "a", "cloudId": "2", "dataCenter": null, "country": "A"})),
        row(json!({"provider": "a", "cloudId": "1", "dataCenter": "9"})),
    ];
    check(&open_spec(), rows, &["a 1 9", "a 2 A", "a 2 B", "a 2 1", "b 1 US-1"]);
}

#[test]
fn what_is_asked_for_counts() {
    let disk = |provider: &str, price: f64| json!({"provider": provider, "disk": {"minCount": 10, "defaultCount": 10, "maxCount": 1000, "pricePerUnit": price}});
    let rows = || vec![at("1", disk("a", 0.01)), at("1.5", disk("b", 0.001))];
    check(&open_spec(), rows(), &["a id US-1", "b id US-1"]);
    let spec = PodSpec {
        container_volume: Some(GiB::new(500).expect("a size")),
        ..open_spec()
    };
    check(&spec, rows(), &["b id US-1", "a id US-1"]);
}

//! Deserialization of an offer, also where it is not quite what the document promises.

use serde_json::{Value, json};

use super::row;
use crate::clouds::{
    prime_intellect::offers::api::{Amount, Prices, Row},
    tolerant::FromJson,
};

#[test]
fn a_whole_row_is_read() {
    let found = row(json!({
        "disk": {"minCount": 80, "defaultCount": "100", "maxCount": 1000, "pricePerUnit": 0.0001, "step": 10,
                 "defaultIncludedInPrice": true, "additionalInfo": "40 GB are used by the file system"},
        "vcpu": {"minCount": null, "defaultCount": 16, "maxCount": null},
        "prices": {"onDemand": 2.99, "communityPrice": null, "isVariable": true, "currency": "USD"},
        "isSpot": true, "prepaidTime": 24.5, "internetSpeed": 1.5,
    }));
    assert_eq!((found.cloud_id.as_str(), found.provider.as_str()), ("id", "datacrunch"));
    assert_eq!((found.gpu_count, found.gpu_memory, found.is_spot), (1, Some(80), true));
    assert_eq!(found.prepaid_time, "24.5".parse().ok());
    let disk = Amount {
        least: Some(80),
        usual: Some(100),
        most: Some(1000),
        step: Some(10),
        price_per_unit: "0.0001".parse().ok(),
        is_usual_included: true,
    };
    assert_eq!(found.disk, disk);
    let vcpu = Amount {
        usual: Some(16),
        ..Amount::default()
    };
    assert_eq!((found.vcpu, found.memory), (vcpu, Amount::default()));
    let prices = Prices {
        on_demand: "2.99".parse().ok(),
        community: None,
        is_variable: true,
        currency: Some("USD".to_owned()),
    };
    assert_eq!(found.prices, prices);
}

#[test]
fn a_row_that_nobody_could_order_is_none() {
    let whole = json!({"cloudId": "id", "gpuType": "T", "socket": "PCIe", "provider": "p", "gpuCount": 1});
    assert!(Row::from_json(whole.clone()).is_some());
    for field in ["cloudId", "gpuType", "socket", "provider", "gpuCount"] {
        for odd in [Value::Null, json!(""), json!(0), json!(-1), json!([]), json!({})] {
            let mut row = whole.clone();
            row[field] = odd.clone();
            assert_eq!(Row::from_json(row), None, "{field}: {odd}");
        }
    }
    for odd in [Value::Null, json!(1), json!([]), json!("row")] {
        assert_eq!(Row::from_json(odd), None);
    }
}

#[test]
fn a_wrong_type_counts_as_not_said() {
    let bare = json!({"cloudId": "id", "gpuType": "T", "socket": "PCIe", "provider": "p", "gpuCount": 1});
    let fields = [
        "gpuMemory",
        "region",
        "dataCenter",
        "country",
        "security",
        "disk",
        "vcpu",
        "memory",
        "stockStatus",
        "prices",
        "isSpot",
        "prepaidTime",
        "sharedDisk",
        "interconnect",
        "somethingNew",
    ];
    let expected = Row::from_json(bare.clone());
    for field in fields {
        for odd in [
            Value::Null,
            json!(-1.5),
            json!({}),
            json!({"a": [1]}),
            json!([[]]),
            json!([null]),
        ] {
            let mut row = bare.clone();
            row[field] = odd.clone();
            assert_eq!(Row::from_json(row), expected, "{field}: {odd}");
        }
    }
    assert_eq!(
        row(json!({"images": ["a", null, 1]})).images,
        Some(vec!["a".to_owned()])
    );
    assert_eq!(row(json!({"images": "a"})).images, None);
}

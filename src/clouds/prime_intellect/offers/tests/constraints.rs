//! Constraints, one by one: which offer fits, and which does not.

use serde_json::{Value, json};

use super::{at, gpus, open_spec, row};
use crate::clouds::{
    EnvironmentVariables, GiB, MarketplaceOptions, Name, Offer, PodSpec, Price, Secret,
    prime_intellect::offers::{Choice, Row, cheapest_first},
};

fn fits(spec: &PodSpec, row: Row) -> bool {
    let gpu = spec.gpu.clone().expect("has GPUs");
    cheapest_first(spec, &gpu, vec![row]).is_ok()
}

/// Rows with these fields fit, and rows with those do not.
fn check(spec: &PodSpec, fitting: impl IntoIterator<Item = Value>, others: impl IntoIterator<Item = Value>) {
    for fields in fitting {
        assert!(fits(spec, row(fields.clone())), "{fields} fits");
    }
    for fields in others {
        assert!(!fits(spec, row(fields.clone())), "{fields} does not fit");
    }
}

fn marketplace(marketplace: MarketplaceOptions) -> PodSpec {
    PodSpec {
        marketplace,
        ..open_spec()
    }
}

fn offer(offer: Offer) -> PodSpec {
    marketplace(MarketplaceOptions {
        offer,
        ..MarketplaceOptions::default()
    })
}

fn gib(size: u32) -> Option<GiB> {
    Some(GiB::new(size).expect("a size"))
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn gpus_are_of_a_type_and_a_number() {
    check(
        &open_spec(),
        [json!({}), json!({"gpuType": "h100_80gb"})],
        [json!({"gpuType": "H100"}), json!({"gpuCount": 2})],
    );
    let two = PodSpec {
        gpu: Some(gpus(2)),
        ..open_spec()
    };
    check(
        &two,
        [json!({"gpuCount": 2})],
        [json!({"gpuCount": 1}), json!({"gpuCount": 4})],
    );
}

#[test]
fn what_is_sold_out_does_not_fit() {
    let stocks = ["Available", "Low", "Medium", "High", "Plenty"].map(|stock| json!({"stockStatus": stock}));
    check(
        &open_spec(),
        stocks.into_iter().chain([json!({"stockStatus": null})]),
        [
            json!({"stockStatus": "Unavailable"}),
            json!({"stockStatus": "unavailable"}),
        ],
    );
}

#[test]
fn a_place_is_a_region_a_country_or_a_data_center() {
    for place in ["united_states", "us", "US-1"] {
        let spec = PodSpec {
            regions: [place, "nowhere"].map(str::to_owned).into(),
            ..open_spec()
        };
        let elsewhere = json!({"region": "eu_west", "country": "FR", "dataCenter": "FR-1"});
        let unsaid = json!({"region": null, "country": null, "dataCenter": null});
        check(&spec, [json!({})], [elsewhere, unsaid]);
    }
}

#[test]
fn spot_machines_are_for_those_who_ask() {
    let spot = json!({"isSpot": true});
    let others = || [json!({"isSpot": false}), json!({"isSpot": null}), json!({})];
    for is_spot in [None, Some(false)] {
        check(&PodSpec { is_spot, ..open_spec() }, others(), [spot.clone()]);
    }
    let spec = PodSpec {
        is_spot: Some(true),
        ..open_spec()
    };
    check(&spec, [spot], others());
}

#[test]
fn a_gpu_has_memory_enough() {
    let spec = PodSpec {
        min_vram_per_gpu: gib(80),
        ..open_spec()
    };
    check(
        &spec,
        [json!({"gpuMemory": 80}), json!({"gpuMemory": 96})],
        [json!({"gpuMemory": 79}), json!({"gpuMemory": null})],
    );
}

#[test]
fn an_offer_is_as_it_is_named() {
    let offers = [
        (
            "cloudId",
            Offer {
                cloud_id: text("X"),
                ..Offer::default()
            },
        ),
        (
            "provider",
            Offer {
                provider: text("X"),
                ..Offer::default()
            },
        ),
        (
            "socket",
            Offer {
                socket: text("X"),
                ..Offer::default()
            },
        ),
        (
            "dataCenter",
            Offer {
                data_center_id: text("X"),
                ..Offer::default()
            },
        ),
        (
            "country",
            Offer {
                country: text("X"),
                ..Offer::default()
            },
        ),
        (
            "security",
            Offer {
                security: text("X"),
                ..Offer::default()
            },
        ),
    ];
    for (field, constraint) in offers {
        check(
            &offer(constraint),
            [json!({field: "X"}), json!({field: "x"})],
            [json!({}), json!({field: "XY"})],
        );
    }
    let no_place = json!({"dataCenter": null});
    check(
        &offer(Offer {
            data_center_id: text("US-1"),
            ..Offer::default()
        }),
        [json!({})],
        [no_place],
    );
}

#[test]
fn an_image_is_one_of_the_list() {
    let spec = PodSpec {
        image: Name::new("axolotl").expect("a name"),
        ..open_spec()
    };
    check(
        &spec,
        [json!({"images": ["flux", "axolotl"]}), json!({"images": null})],
        [json!({"images": ["flux"]}), json!({"images": []})],
    );
}

#[test]
fn amounts_are_those_that_can_be_had() {
    let range = json!({"minCount": 8, "defaultCount": 8, "maxCount": 32, "step": 8});
    let table = [
        (
            "disk",
            PodSpec {
                container_volume: gib(16),
                ..open_spec()
            },
        ),
        (
            "vcpu",
            marketplace(MarketplaceOptions {
                vcpus: Some(16),
                ..MarketplaceOptions::default()
            }),
        ),
        (
            "memory",
            marketplace(MarketplaceOptions {
                memory: gib(16),
                ..MarketplaceOptions::default()
            }),
        ),
    ];
    for (field, spec) in table {
        let fixed = |amount: u32| json!({field: {"defaultCount": amount}});
        check(
            &spec,
            [json!({field: range}), fixed(16)],
            [json!({}), fixed(8), fixed(32)],
        );
        check(
            &spec,
            [],
            [json!({field: {"minCount": 10, "maxCount": 32, "step": 10}})],
        );
    }
}

#[test]
fn paying_in_advance_is_for_those_who_ask() {
    let prepaid = json!({"prepaidTime": 24});
    let by_the_hour = || [json!({}), json!({"prepaidTime": 0}), json!({"prepaidTime": null})];
    check(&open_spec(), by_the_hour(), [prepaid.clone()]);
    let spec = marketplace(MarketplaceOptions {
        prepaid_hours: Some(24),
        ..MarketplaceOptions::default()
    });
    check(&spec, [prepaid], by_the_hour());
}

#[test]
fn variables_are_not_for_every_provider() {
    let environment = EnvironmentVariables([("MODE".to_owned(), Secret::new("train"))].into());
    let spec = PodSpec {
        environment,
        ..open_spec()
    };
    let runpod = json!({"provider": "runpod"});
    check(&spec, [json!({})], [runpod.clone(), json!({"provider": "RunPod"})]);
    check(&open_spec(), [runpod.clone()], []);
    let named = PodSpec {
        marketplace: offer(Offer {
            provider: text("runpod"),
            ..Offer::default()
        })
        .marketplace,
        ..spec
    };
    check(&named, [runpod], []);
}

#[test]
fn a_limit_is_for_the_price_of_everything() {
    let spec = PodSpec {
        max_price: Some(Price::new("2.10".parse().expect("a number")).expect("a price")),
        ..open_spec()
    };
    assert!(fits(&spec, at("2.1", json!({}))));
    assert!(!fits(&spec, at("2.11", json!({}))));
    let with_disk = |price: f64| json!({"disk": {"defaultCount": 100, "maxCount": 300, "pricePerUnit": price}});
    check(&spec, [with_disk(0.001), with_disk(1.0)], [json!({"prices": null})]);
    let larger = PodSpec {
        container_volume: gib(200),
        ..spec
    };
    check(&larger, [with_disk(0.001)], [with_disk(0.0011)]);
}

#[test]
fn what_fits_is_kept_whole() {
    let rows = vec![row(json!({"country": "DE"})), row(json!({"isSpot": true}))];
    let spec = open_spec();
    let choices = cheapest_first(&spec, &gpus(1), rows.clone()).expect("one fits");
    let expected = Choice {
        row: rows[0].clone(),
        price: "2".parse().ok(),
    };
    assert_eq!(choices, [expected]);
}

//! The messages when no offer fits.

use serde_json::{Value, json};

use super::{at, gpus, open_spec, row};
use crate::clouds::{
    EnvironmentVariables, GiB, MarketplaceOptions, Name, Offer, PodSpec, Price, Secret,
    prime_intellect::offers::{all_taken, cheapest_first},
};

fn check(spec: &PodSpec, rows: impl IntoIterator<Item = Value>, expected: &str) {
    let gpu = spec.gpu.clone().expect("has GPUs");
    let found = cheapest_first(spec, &gpu, rows.into_iter().map(row).collect());
    assert_eq!(found.expect_err("nothing fits"), expected);
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn gib(size: u32) -> Option<GiB> {
    Some(GiB::new(size).expect("a size"))
}

fn marketplace(marketplace: MarketplaceOptions) -> PodSpec {
    PodSpec {
        marketplace,
        ..open_spec()
    }
}

#[test]
fn gpus_that_nobody_lists_are_named() {
    let missing = "no offer of H100_80GB with 1 GPU is listed now";
    check(&open_spec(), [], missing);
    check(&open_spec(), [json!({"gpuCount": 2})], missing);
}

#[test]
fn what_is_sold_out_is_counted() {
    let spec = PodSpec {
        gpu: Some(gpus(8)),
        ..open_spec()
    };
    let gone = |id: u32| json!({"cloudId": id.to_string(), "gpuCount": 8, "stockStatus": "Unavailable"});
    check(
        &spec,
        (0..3).map(gone),
        "3 offers of H100_80GB with 8 GPUs are left, but all sold out",
    );
    check(
        &spec,
        [gone(1)],
        "1 offer of H100_80GB with 8 GPUs is left, but all sold out",
    );
}

/// Only those that fit otherwise count, and of those that are sold out no price is told.
#[test]
fn a_limit_is_told_with_the_cheapest() {
    let spec = PodSpec {
        max_price: Some(Price::new("1.50".parse().expect("a number")).expect("a price")),
        ..open_spec()
    };
    let sold_out = row(json!({"prices": {"onDemand": 1.6}, "stockStatus": "Unavailable"}));
    let rows = vec![at("3", json!({})), at("2.10", json!({"country": "DE"})), sold_out];
    let found = cheapest_first(&spec, &gpus(1), rows).expect_err("is too dear");
    let expected =
        "2 offers of H100_80GB with 1 GPU are left, but the cheapest costs 2.1 an hour, above the limit of 1.50";
    assert_eq!(found, expected);
    check(
        &spec,
        [json!({"prices": null})],
        "1 offer of H100_80GB with 1 GPU is left, but none with a price that could be held against the limit of 1.50",
    );
}

#[test]
fn each_wish_says_what_there_is_instead() {
    let one = |spec: &PodSpec, fields: Value, but: &str| {
        check(
            spec,
            [fields],
            &format!("1 offer of H100_80GB with 1 GPU is left, but {but}"),
        );
    };
    let places = PodSpec {
        regions: ["eu_west", "eu_east"].map(str::to_owned).into(),
        ..open_spec()
    };
    one(&places, json!({}), "not in eu_east or eu_west: only in US-1");
    let nowhere = json!({"region": null, "dataCenter": null, "country": null});
    one(&places, nowhere, "not in eu_east or eu_west");
    let spot = |is_spot| PodSpec { is_spot, ..open_spec() };
    one(&spot(Some(true)), json!({}), "not as a spot machine");
    one(&spot(None), json!({"isSpot": true}), "only as a spot machine");
    let memory = PodSpec {
        min_vram_per_gpu: gib(94),
        ..open_spec()
    };
    one(&memory, json!({}), "not with 94 GB per GPU: only with 80");
    one(
        &open_spec(),
        json!({"prepaidTime": 24}),
        "only to be paid for in advance",
    );
    let prepaid = marketplace(MarketplaceOptions {
        prepaid_hours: Some(1),
        ..MarketplaceOptions::default()
    });
    one(&prepaid, json!({}), "not to be paid for in advance");
    let image = PodSpec {
        image: Name::new("axolotl").expect("a name"),
        ..open_spec()
    };
    let images = json!({"images": ["flux", "bittensor"]});
    one(
        &image,
        images,
        "not with the image axolotl: only with bittensor or flux",
    );
    let environment = EnvironmentVariables([("MODE".to_owned(), Secret::new("train"))].into());
    let variables = PodSpec {
        environment,
        ..open_spec()
    };
    let runpod = json!({"provider": "runpod"});
    one(
        &variables,
        runpod,
        "only from runpod, which takes no environment variables",
    );
}

#[test]
fn each_trait_of_an_offer_says_what_there_is_instead() {
    let one = |offer: Offer, but: &str| {
        let spec = marketplace(MarketplaceOptions {
            offer,
            ..MarketplaceOptions::default()
        });
        check(
            &spec,
            [json!({})],
            &format!("1 offer of H100_80GB with 1 GPU is left, but not {but}"),
        );
    };
    one(
        Offer {
            provider: text("vultr"),
            ..Offer::default()
        },
        "from vultr: only from datacrunch",
    );
    one(
        Offer {
            cloud_id: text("X"),
            ..Offer::default()
        },
        "with the id \"X\": only with \"id\"",
    );
    one(
        Offer {
            socket: text("SXM5"),
            ..Offer::default()
        },
        "with the socket SXM5: only with PCIe",
    );
    one(
        Offer {
            data_center_id: text("X"),
            ..Offer::default()
        },
        "in the data center X: only in US-1",
    );
    one(
        Offer {
            country: text("DE"),
            ..Offer::default()
        },
        "in the country DE: only in US",
    );
    let community = Offer {
        security: text("community_cloud"),
        ..Offer::default()
    };
    one(community, "in the community_cloud: only in the secure_cloud");
}

#[test]
fn amounts_say_what_can_be_had() {
    let disk = PodSpec {
        container_volume: gib(500),
        ..open_spec()
    };
    let limits = [
        json!({"disk": {"minCount": 80, "maxCount": 200}}),
        json!({"disk": {"defaultCount": 100}}),
        json!({"disk": {"maxCount": 300}}),
        json!({}),
    ];
    let expected = "4 offers of H100_80GB with 1 GPU are left, but not with a disk of 500 GB: only with 100, 80 to 200 or up to 300";
    check(&disk, limits, expected);
    let vcpus = marketplace(MarketplaceOptions {
        vcpus: Some(12),
        ..MarketplaceOptions::default()
    });
    check(
        &vcpus,
        [json!({})],
        "1 offer of H100_80GB with 1 GPU is left, but not with 12 vCPUs",
    );
    let memory = marketplace(MarketplaceOptions {
        memory: gib(12),
        ..MarketplaceOptions::default()
    });
    check(
        &memory,
        [json!({"memory": {"defaultCount": 64}})],
        "1 offer of H100_80GB with 1 GPU is left, but not with 12 GB of RAM: only with 64",
    );
}

#[test]
fn alternatives_are_not_without_end() {
    let spec = marketplace(MarketplaceOptions {
        offer: Offer {
            country: text("DE"),
            ..Offer::default()
        },
        ..MarketplaceOptions::default()
    });
    let rows = (0..10).map(|number| json!({"country": format!("C{number}")}));
    let expected = "10 offers of H100_80GB with 1 GPU are left, but not in the country DE: only in C0, C1, C2, C3, C4, C5, C6, C7 or 2 more";
    check(&spec, rows, expected);
}

#[test]
fn what_was_taken_is_named() {
    let names: Vec<String> = [
        json!({}),
        json!({"dataCenter": null}),
        json!({"cloudId": "NVIDIA H100"}),
    ]
    .into_iter()
    .map(|fields| row(fields).name())
    .collect();
    assert_eq!(
        names,
        [
            r#"datacrunch "id" in US-1"#,
            r#"datacrunch "id" in united_states"#,
            r#"datacrunch "NVIDIA H100" in US-1"#
        ]
    );
    assert_eq!(
        all_taken(&names[..2], "Out of stock"),
        r#"2 offers that fit were ordered, and just taken: datacrunch "id" in US-1; datacrunch "id" in united_states. The last answer: Out of stock"#
    );
    assert_eq!(
        all_taken(&names[..1], "Out of stock"),
        r#"the one offer that fits was ordered, and just taken: datacrunch "id" in US-1. The last answer: Out of stock"#
    );
}

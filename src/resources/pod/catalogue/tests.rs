//! Wishes against a small catalogue.

use rust_decimal::Decimal;

use super::*;
use crate::{
    clouds::{Limits, MachinePrice, Offer},
    resources::pod::model::PrimeIntellectPod,
    tf::{List, Model, Set},
};

fn machine(gpu_type: &str, region: &str, is_spot: bool, counts: &[(u32, bool)]) -> Machine {
    let option = |(gpu_count, is_available): &(u32, bool)| CountOption {
        gpu_count: *gpu_count,
        is_available: *is_available,
        total_gpu_memory_in_gb: None,
        total_ram_in_gb: None,
        total_vcpu: None,
        total_local_disk_in_gb: None,
        vcpus: None,
        memory: None,
        container_volume: Some(ContainerVolumeLimits {
            min_in_gb: Some(20),
            max_in_gb: Some(200),
            max_in_gb_with_local_system_volume: None,
            max_in_gb_without_local_system_volume: None,
        }),
        system_volume: None,
        price: None,
    };
    Machine {
        gpu_type: gpu_type.to_owned(),
        display_name: None,
        gpu_memory_in_gb: None,
        region: Some(region.to_owned()),
        cloud_type: None,
        accelerator_vendor: None,
        is_spot: Some(is_spot),
        status: None,
        max_gpu_count: None,
        available_gpu_counts: Vec::new(),
        ram_per_gpu_in_gb: None,
        vcpu_per_gpu: None,
        local_disk_per_gpu_in_gb: None,
        offer: Offer::default(),
        images: None,
        count_options: counts.iter().map(option).collect(),
    }
}

fn wish() -> PodModel {
    PodModel {
        gpu_type: text("H100_80G"),
        gpu_count: number(1),
        ..PodModel::null()
    }
}

fn text(text: &str) -> Tf<String> {
    Tf::Known(text.to_owned())
}

fn number(number: u32) -> Tf<Number> {
    Tf::Known(Number::from(number))
}

fn regions(regions: &[&str]) -> Tf<Set<String>> {
    Tf::Known(Set(regions.iter().map(|region| text(region)).collect()))
}

/// Judges a wish against a catalogue of H100s and an A100.
#[track_caller]
fn check(wish: PodModel, expected: &[&str]) {
    let machines = [
        machine("H100_80G", "east", false, &[(1, true), (2, true), (8, false)]),
        machine("H100_80G", "west", false, &[(1, false), (4, false)]),
        machine("H100_80G", "west", true, &[(1, true)]),
        machine("A100_80G", "east", false, &[(1, true)]),
    ];
    let mut found = Diagnostics::new();
    let gpu_type = wish.gpu_type.known().cloned().unwrap_or_default();
    judge(&wish, &gpu_type, &machines, "Nimbus", &mut found);
    let found: Vec<String> = found
        .into_iter()
        .map(|one| format!("{:?}: {}", one.severity, one.detail))
        .collect();
    assert_eq!(found, expected);
}

#[test]
fn what_is_offered_and_free_is_right() {
    check(wish(), &[]);
    check(
        PodModel {
            regions: regions(&["east", "west"]),
            gpu_count: number(2),
            ..wish()
        },
        &[],
    );
    check(
        PodModel {
            regions: regions(&["west"]),
            is_spot: Tf::Known(true),
            ..wish()
        },
        &[],
    );
    check(
        PodModel {
            container_volume_in_gb: number(200),
            ..wish()
        },
        &[],
    );
}

#[test]
fn what_is_not_offered_is_an_error_that_says_what_is() {
    check(
        PodModel {
            gpu_type: text("h100_80"),
            ..wish()
        },
        &[
            "Error: `gpu_type` is \"h100_80\", which Nimbus does not have. The nearest are `H100_80G` or `A100_80G`. \
           `data \"gpupod_gpu_specs\"` lists all.",
        ],
    );
    check(
        PodModel {
            regions: regions(&["east", "mars"]),
            ..wish()
        },
        &["Error: `regions` has \"mars\", where Nimbus has no H100_80G. Use `east` or `west`, or remove it."],
    );
    check(
        PodModel {
            gpu_count: number(16),
            ..wish()
        },
        &[
            "Error: `gpu_count` is 16. With the other attributes as they are, the catalogue has this GPU with `1`, \
            `2`, `4` or `8`. Use what it has, or change the others.",
        ],
    );
    check(
        PodModel {
            regions: regions(&["east"]),
            is_spot: Tf::Known(true),
            ..wish()
        },
        &[
            "Error: `is_spot` is true. With the other attributes as they are, the catalogue has this GPU on demand \
            only: set it to false, or remove it.",
        ],
    );
    check(
        PodModel {
            container_volume_in_gb: number(10),
            ..wish()
        },
        &[
            "Error: `container_volume_in_gb` is 10. With the other attributes as they are, the catalogue allows 20 \
            to 200.",
        ],
    );
}

#[test]
fn all_that_is_wrong_is_told() {
    check(
        PodModel {
            gpu_type: text("h100_80"),
            regions: regions(&["mars"]),
            gpu_count: number(16),
            container_volume_in_gb: number(10),
            ..wish()
        },
        &[
            "Error: `gpu_type` is \"h100_80\", which Nimbus does not have. The nearest are `H100_80G` or `A100_80G`. \
           `data \"gpupod_gpu_specs\"` lists all.",
            "Error: `regions` has \"mars\", where Nimbus has no h100_80. Use `east` or `west`, or remove it.",
            "Error: `gpu_count` is 16. With the other attributes as they are, the catalogue has this GPU with `1`, \
            `2`, `4` or `8`. Use what it has, or change the others.",
            "Error: `container_volume_in_gb` is 10. With the other attributes as they are, the catalogue allows 20 \
            to 200.",
        ],
    );
}

#[test]
fn what_is_sold_out_is_a_warning() {
    check(
        PodModel {
            gpu_count: number(8),
            ..wish()
        },
        &[
            "Warning: Nimbus offers H100_80G as asked for, and has none free now. It is free, in some size, in \
            `east` or \
           `west`. The apply fails unless one gets free before it.",
        ],
    );
    let in_west = PodModel {
        regions: regions(&["west"]),
        ..wish()
    };
    check(
        in_west,
        &[
            "Warning: Nimbus offers H100_80G as asked for, and has none free now. It is free, in some size, in \
            `east` or \
           `west`. The apply fails unless one gets free before it.",
        ],
    );
}

#[test]
fn what_is_not_known_yet_is_neither() {
    check(
        PodModel {
            gpu_count: Tf::Unknown,
            regions: regions(&["west"]),
            ..wish()
        },
        &[],
    );
    check(
        PodModel {
            regions: Tf::Unknown,
            gpu_count: number(8),
            ..wish()
        },
        &[],
    );
    check(
        PodModel {
            regions: Tf::Known(Set(vec![Tf::Unknown])),
            gpu_count: number(8),
            ..wish()
        },
        &[],
    );
    check(
        PodModel {
            expose: Tf::Known(List(Vec::new())),
            container_volume_in_gb: Tf::Unknown,
            ..wish()
        },
        &[],
    );
}

/// An offer of an H100 at a provider in a country, at so many cents an hour.
fn offered(provider: &str, country: &str, cents: i64) -> Machine {
    let mut machine = machine("H100_80G", "europe", false, &[(1, true)]);
    machine.offer = Offer {
        provider: Some(provider.to_owned()),
        country: Some(country.to_owned()),
        ..Offer::default()
    };
    machine.images = Some(vec!["ubuntu_22".to_owned(), "custom_template".to_owned()]);
    for option in &mut machine.count_options {
        option.vcpus = Some(Limits {
            least: Some(4),
            most: Some(16),
        });
        option.price = Some(MachinePrice {
            total_per_hour: Some(Decimal::new(cents, 2)),
            ..MachinePrice::default()
        });
    }
    machine
}

#[track_caller]
fn check_offers(wish: PodModel, expected: &[&str]) {
    let machines = [offered("runpod", "NL", 300), offered("datacrunch", "FI", 250)];
    let mut found = Diagnostics::new();
    judge(&wish, "h100_80g", &machines, "Nimbus", &mut found);
    let found: Vec<String> = found
        .into_iter()
        .map(|one| format!("{:?}: {}", one.severity, one.detail))
        .collect();
    assert_eq!(found, expected);
}

fn offer_wish(provider: &str, country: &str) -> Tf<PrimeIntellectPod> {
    let wish = |word: &str| if word.is_empty() { Tf::Null } else { text(word) };
    Tf::Known(PrimeIntellectPod {
        provider: wish(provider),
        country: wish(country),
        ..PrimeIntellectPod::null()
    })
}

#[test]
fn a_wish_that_no_offer_meets_is_an_error_that_says_what_is_offered() {
    let with = |image: &str, prime_intellect| PodModel {
        image: text(image),
        prime_intellect,
        ..wish()
    };
    check_offers(with("ubuntu_22", offer_wish("RunPod", "NL")), &[]);
    check_offers(
        with("ubuntu_22", offer_wish("lambdalabs", "")),
        &[
            "Error: `prime_intellect.provider` is \"lambdalabs\". With the other attributes as they are, the \
            catalogue has this GPU with `datacrunch` or \
             `runpod`. Use what it has, or change the others.",
        ],
    );
    check_offers(
        with("ubuntu_22", offer_wish("runpod", "FI")),
        &[
            "Error: `prime_intellect.country` is \"FI\". With the other attributes as they are, the catalogue has \
            this GPU with `NL`. Use what it has, or change the others.",
        ],
    );
    check_offers(
        with("ubuntu:24.04", Tf::Null),
        &[
            "Error: `image` is \"ubuntu:24.04\". With the other attributes as they are, the catalogue has this GPU \
            with `custom_template` or \
             `ubuntu_22`. Use what it has, or change the others.",
        ],
    );
    let vcpus = PrimeIntellectPod {
        vcpus: number(32),
        ..PrimeIntellectPod::null()
    };
    check_offers(
        with("ubuntu_22", Tf::Known(vcpus)),
        &["Error: `prime_intellect.vcpus` is 32. With the other attributes as they are, the catalogue allows 4 to 16."],
    );
}

#[test]
fn a_country_is_a_place_too() {
    let in_place = |place: &str| PodModel {
        regions: regions(&[place]),
        ..wish()
    };
    check_offers(in_place("FI"), &[]);
    check_offers(in_place("europe"), &[]);
}

#[test]
fn a_price_limit_below_every_offer_is_a_warning() {
    let at_most = |dollars: &str| PodModel {
        max_price: Number::parse(dollars).into(),
        ..wish()
    };
    check_offers(at_most("2.5"), &[]);
    check_offers(
        at_most("2.4"),
        &[
            "Warning: `max_price` is 2.4, and the cheapest that is free now costs 2.50 an hour. The apply fails \
            unless it \
             gets cheaper before it.",
        ],
    );
}

#[test]
fn a_catalogue_lists_gpus_that_are_rented_by_the_hour() {
    let prepaid = |hours| PodModel {
        prime_intellect: Tf::Known(PrimeIntellectPod {
            prepaid_hours: hours,
            ..PrimeIntellectPod::null()
        }),
        ..wish()
    };
    assert!(is_in_catalogue(&wish()));
    assert!(is_in_catalogue(&prepaid(Tf::Null)));
    assert!(!is_in_catalogue(&prepaid(number(168))));
    assert!(!is_in_catalogue(&PodModel {
        resource_type: text("CPU"),
        ..wish()
    }));
}

#[test]
fn no_limit_is_told_that_a_catalogue_does_not_have() {
    let ranges = [(Some(2), Some(9)), (None, Some(9)), (Some(2), None), (None, None)];
    assert_eq!(
        ranges.map(|(least, most)| offer::range(least, most)),
        [
            "the catalogue allows 2 to 9",
            "the catalogue allows at most 9",
            "the catalogue allows 2 and more",
            "the catalogue leaves no choice: remove it",
        ]
    );
}

//! Which machines are shown, what they cost and in which order, over clouds in memory that apply no filter.

use std::{sync::Arc, time::Duration};

use rust_decimal::Decimal;
use tokio::sync::Barrier;

use super::{model::OfferModel, *};
use crate::{
    clouds::{ContainerVolumeLimits, CountOption, MachinePrice, SystemVolumeLimits},
    resources::data::fakes::{BARE, Fake, NORTH, SOUTH, context, details, text, texts},
    tf::{List, Model, Number, Set, Value},
};

/// A machine in `eu-1` with what most tests do not care about.
fn machine(gpu_type: &str, options: Vec<CountOption>) -> Machine {
    Machine {
        gpu_type: gpu_type.to_owned(),
        display_name: Some(format!("The {gpu_type}")),
        gpu_memory_in_gb: Some(24),
        region: Some("eu-1".to_owned()),
        cloud_type: Some("SECURE".to_owned()),
        accelerator_vendor: Some("NVIDIA".to_owned()),
        is_spot: Some(false),
        status: Some("AVAILABLE".to_owned()),
        max_gpu_count: Some(8),
        available_gpu_counts: vec![1, 2],
        ram_per_gpu_in_gb: Some(64),
        vcpu_per_gpu: Some(16),
        local_disk_per_gpu_in_gb: Some(200),
        count_options: options,
    }
}

/// So many GPUs at so many cents an hour, free now.
fn option(gpu_count: u32, cents: i64) -> CountOption {
    CountOption {
        gpu_count,
        is_available: true,
        total_gpu_memory_in_gb: Some(24 * gpu_count),
        total_ram_in_gb: Some(64 * gpu_count),
        total_vcpu: Some(16 * gpu_count),
        total_local_disk_in_gb: Some(200 * gpu_count),
        container_volume: Some(ContainerVolumeLimits {
            min_in_gb: Some(20),
            max_in_gb: Some(500),
            max_in_gb_with_local_system_volume: Some(300),
            max_in_gb_without_local_system_volume: Some(500),
        }),
        system_volume: Some(SystemVolumeLimits {
            is_supported: Some(true),
            min_in_gb: Some(10),
            max_in_gb: Some(200),
        }),
        price: Some(MachinePrice {
            total_per_hour: Some(Decimal::new(cents, 2)),
            ..no_price()
        }),
    }
}

fn no_price() -> MachinePrice {
    MachinePrice {
        per_gpu_per_hour: None,
        gpus_per_hour: None,
        container_volume_per_hour: None,
        system_volume_per_hour: None,
        container_volume_per_gb_per_hour: None,
        system_volume_per_gb_per_hour: None,
        total_per_hour: None,
        currency: Some("USD".to_owned()),
    }
}

fn sold_out(option: CountOption) -> CountOption {
    CountOption {
        is_available: false,
        ..option
    }
}

async fn read(clouds: Vec<Fake>, config: GpuSpecsModel) -> GpuSpecsModel {
    let read = GpuSpecsDataSource.read(&context(clouds), config).await;
    read.unwrap_or_else(|errors| panic!("{}", details(errors)))
}

/// An offer in short, such as `north A x1 0.5`.
fn in_short(offer: &OfferModel) -> String {
    let words = [&offer.cloud, &offer.gpu_type].map(|word| word.known().map_or("?", String::as_str));
    let numbers = [&offer.gpu_count, &offer.price_per_hour];
    let [count, price] = numbers.map(|number| number.known().map_or("?".to_owned(), Number::to_string));
    format!("{} {} x{count} {price}", words[0], words[1])
}

fn offers(read: &GpuSpecsModel) -> Vec<String> {
    let offers = read.offers.known().map_or(&[][..], |List(offers)| offers);
    offers.iter().filter_map(Tf::known).map(in_short).collect()
}

fn spec_types(read: &GpuSpecsModel) -> Vec<String> {
    let specs = read.specs.known().map_or(&[][..], |List(specs)| specs);
    let types = specs.iter().filter_map(Tf::known).map(|spec| &spec.gpu_type);
    types.filter_map(|word| word.known().cloned()).collect()
}

fn number(number: u32) -> Tf<Number> {
    Tf::Known(Number::from(number))
}

fn counts(counts: &[u32]) -> Tf<Set<Number>> {
    Tf::Known(Set(counts.iter().map(|count| number(*count)).collect()))
}

/// A plain machine and one that differs in everything that can be filtered by.
fn plain_and_other() -> Vec<Machine> {
    let other = Machine {
        region: Some("us-1".to_owned()),
        gpu_memory_in_gb: Some(80),
        ram_per_gpu_in_gb: Some(128),
        vcpu_per_gpu: Some(32),
        cloud_type: Some("COMMUNITY".to_owned()),
        accelerator_vendor: Some("AWS".to_owned()),
        is_spot: Some(true),
        ..machine("OTHER", vec![option(2, 300)])
    };
    vec![machine("PLAIN", vec![option(1, 100)]), other]
}

/// What is left of [`plain_and_other`], and of a machine of which its cloud tells nothing.
async fn check_filter(config: GpuSpecsModel, expected: &[&str]) {
    let untold = Machine {
        gpu_memory_in_gb: None,
        region: None,
        cloud_type: None,
        accelerator_vendor: None,
        is_spot: None,
        ram_per_gpu_in_gb: None,
        vcpu_per_gpu: None,
        ..machine(
            "UNTOLD",
            vec![CountOption {
                container_volume: None,
                system_volume: None,
                price: None,
                ..option(4, 0)
            }],
        )
    };
    let mut machines = plain_and_other();
    machines.push(untold);
    let shown = read(vec![Fake::new(&NORTH).with_machines(machines)], config.clone()).await;
    assert_eq!(spec_types(&shown), expected, "{config:?}");
    assert_eq!(offers(&shown).len(), expected.len(), "{config:?}");
}

macro_rules! filter {
    ($($field:ident: $value:expr),*) => {
        GpuSpecsModel { $($field: $value,)* ..GpuSpecsModel::null() }
    };
}

#[tokio::test]
async fn each_filter_is_applied_by_the_provider_too() {
    check_filter(filter!(), &["OTHER", "PLAIN", "UNTOLD"]).await;
    check_filter(filter!(regions: texts(&["EU-1", "moon"])), &["PLAIN"]).await;
    check_filter(filter!(gpu_types: texts(&["other"])), &["OTHER"]).await;
    check_filter(filter!(gpu_counts: counts(&[2, 4])), &["OTHER", "UNTOLD"]).await;
    check_filter(filter!(min_gpu_memory_in_gb: number(24)), &["OTHER", "PLAIN"]).await;
    check_filter(filter!(min_gpu_memory_in_gb: number(25)), &["OTHER"]).await;
    check_filter(filter!(min_ram_per_gpu_in_gb: number(65)), &["OTHER"]).await;
    check_filter(filter!(min_vcpu_per_gpu: number(17)), &["OTHER"]).await;
    check_filter(filter!(cloud_types: texts(&["COMMUNITY"])), &["OTHER"]).await;
    check_filter(filter!(accelerator_vendor: text("NVIDIA")), &["PLAIN"]).await;
    check_filter(filter!(is_spot: Tf::Known(true)), &["OTHER"]).await;
    check_filter(filter!(is_spot: Tf::Known(false)), &["PLAIN", "UNTOLD"]).await;
    check_filter(filter!(max_price_per_hour: number(1)), &["PLAIN"]).await;
    check_filter(filter!(max_price_per_hour: number(3)), &["OTHER", "PLAIN"]).await;
    let several = filter!(regions: texts(&["us-1"]), gpu_counts: counts(&[1]));
    check_filter(several, &[]).await;
    let empty = filter!(regions: texts(&[]), gpu_types: texts(&[]), gpu_counts: counts(&[]), clouds: texts(&[]));
    check_filter(empty, &["OTHER", "PLAIN", "UNTOLD"]).await;
}

#[tokio::test]
async fn volumes_have_to_fit() {
    let both = &["OTHER", "PLAIN"];
    let container = |size: u32| filter!(container_volume_in_gb: number(size));
    check_filter(container(19), &[]).await;
    check_filter(container(20), both).await;
    check_filter(container(500), both).await;
    check_filter(container(501), &[]).await;
    let system = |size: u32| filter!(system_volume_in_gb: number(size));
    check_filter(system(9), &[]).await;
    check_filter(system(200), both).await;
    check_filter(system(201), &[]).await;
    let beside = |size: u32| filter!(container_volume_in_gb: number(size), system_volume_in_gb: number(10));
    check_filter(beside(300), both).await;
    check_filter(beside(301), &[]).await;
}

#[tokio::test]
async fn what_is_sold_out_is_shown_on_request_and_is_never_the_cheapest() {
    let clouds = || {
        let machines = vec![
            machine("A", vec![sold_out(option(1, 50)), option(2, 120)]),
            machine("B", vec![option(1, 90), sold_out(option(2, 180))]),
            machine("C", vec![sold_out(option(1, 10))]),
            machine("BARE", Vec::new()),
        ];
        vec![Fake::new(&NORTH).with_machines(machines)]
    };
    let free = read(clouds(), filter!()).await;
    assert_eq!(spec_types(&free), ["A", "B"]);
    assert_eq!(offers(&free), ["north B x1 0.9", "north A x2 1.2"]);

    let all = read(clouds(), filter!(include_unavailable: Tf::Known(true))).await;
    assert_eq!(spec_types(&all), ["A", "B", "BARE", "C"]);
    let expected = ["C x1 0.1", "A x1 0.5", "B x1 0.9", "A x2 1.2", "B x2 1.8"];
    assert_eq!(offers(&all), expected.map(|offer| format!("north {offer}")));
    for shown in [free, all] {
        assert_eq!(shown.cheapest.known().map(in_short).as_deref(), Some("north B x1 0.9"));
    }
}

#[tokio::test]
async fn without_anything_to_buy_there_is_no_cheapest() {
    let unpriced = CountOption {
        price: None,
        ..option(2, 0)
    };
    let machines = vec![machine("A", vec![sold_out(option(1, 10)), unpriced])];
    let cloud = Fake::new(&NORTH).with_machines(machines);
    let shown = read(vec![cloud], filter!(include_unavailable: Tf::Known(true))).await;
    assert_eq!(offers(&shown), ["north A x1 0.1", "north A x2 ?"]);
    assert_eq!(shown.cheapest, Tf::Null);
    let nothing = read(vec![Fake::new(&NORTH)], filter!()).await;
    assert_eq!(
        (nothing.specs, nothing.cheapest),
        (Tf::Known(List(Vec::new())), Tf::Null)
    );
}

#[tokio::test]
async fn what_costs_the_same_has_a_fixed_order_over_all_clouds() {
    let spot = |machine: Machine| Machine {
        is_spot: Some(true),
        ..machine
    };
    let in_region = |region: &str, machine: Machine| Machine {
        region: Some(region.to_owned()),
        ..machine
    };
    let machines = vec![
        spot(machine("A", vec![option(1, 100)])),
        in_region("af-1", machine("B", vec![option(2, 100), option(1, 100)])),
        machine("A", vec![option(1, 100)]),
        in_region("af-1", machine("A", vec![option(1, 100)])),
        machine("Z", vec![option(1, 20), option(2, 1_000)]),
    ];
    let mut backwards = machines.clone();
    backwards.reverse();
    let south = || vec![machine("A", vec![option(1, 99), option(2, 100)])];
    let clouds = |machines: Vec<Machine>| {
        vec![
            Fake::new(&SOUTH).with_machines(south()),
            Fake::new(&NORTH).with_machines(machines),
        ]
    };
    let shown = read(clouds(machines), filter!()).await;
    let expected = [
        "north Z x1 0.2",
        "south A x1 0.99",
        "north A x1 1",
        "north A x1 1",
        "north A x1 1",
        "north B x1 1",
        "north B x2 1",
        "south A x2 1",
        "north Z x2 10",
    ];
    assert_eq!(offers(&shown), expected);
    let List(ordered) = shown.offers.known().expect("offers");
    let tied = ordered[2..5].iter().filter_map(Tf::known);
    let tied: Vec<_> = tied
        .map(|offer| (offer.region.clone(), offer.is_spot.clone()))
        .collect();
    let expected = [("af-1", false), ("eu-1", false), ("eu-1", true)];
    assert_eq!(
        tied,
        expected.map(|(region, is_spot)| (text(region), Tf::Known(is_spot)))
    );
    assert_eq!(
        shown,
        read(clouds(backwards), filter!()).await,
        "a cloud's order does not show"
    );
}

#[test]
fn prices_are_the_clouds_or_else_reckoned() {
    let check = |price: Option<MachinePrice>, all: &str, each: &str| {
        let option = CountOption { price, ..option(4, 0) };
        let machines = [(&NORTH, machine("A", vec![option]))];
        let List(offers) = offer::all(&machines);
        let offer = offers[0].known().expect("an offer");
        let told = [&offer.price_per_hour, &offer.price_per_gpu_per_hour]
            .map(|price| price.known().map_or("?".to_owned(), Number::to_string));
        assert_eq!(told, [all, each]);
    };
    let cents = |cents: i64| Some(Decimal::new(cents, 2));
    let told = MachinePrice {
        total_per_hour: cents(210),
        gpus_per_hour: cents(200),
        per_gpu_per_hour: cents(50),
        ..no_price()
    };
    let huge = MachinePrice {
        per_gpu_per_hour: Some(Decimal::MAX),
        ..no_price()
    };
    check(Some(told.clone()), "2.1", "0.5");
    check(
        Some(MachinePrice {
            per_gpu_per_hour: None,
            ..told.clone()
        }),
        "2.1",
        "0.5",
    );
    check(
        Some(MachinePrice {
            total_per_hour: None,
            ..told.clone()
        }),
        "2",
        "0.5",
    );
    check(
        Some(MachinePrice {
            total_per_hour: cents(210),
            ..no_price()
        }),
        "2.1",
        "0.525",
    );
    check(
        Some(MachinePrice {
            per_gpu_per_hour: cents(50),
            ..no_price()
        }),
        "2",
        "0.5",
    );
    check(Some(no_price()), "?", "?");
    check(Some(huge), "?", &Decimal::MAX.to_string());
    check(None, "?", "?");
}

#[tokio::test]
async fn every_field_of_a_machine_is_shown() {
    let price = MachinePrice {
        per_gpu_per_hour: Some(Decimal::new(1, 1)),
        gpus_per_hour: Some(Decimal::new(2, 1)),
        container_volume_per_hour: Some(Decimal::new(3, 1)),
        system_volume_per_hour: Some(Decimal::new(4, 1)),
        container_volume_per_gb_per_hour: Some(Decimal::new(5, 1)),
        system_volume_per_gb_per_hour: Some(Decimal::new(6, 1)),
        total_per_hour: Some(Decimal::new(700, 3)),
        currency: Some("USD".to_owned()),
    };
    let options = vec![CountOption {
        price: Some(price),
        ..option(2, 0)
    }];
    let shown = read(
        vec![Fake::new(&NORTH).with_machines(vec![machine("A", options)])],
        filter!(),
    )
    .await;
    let specs = shown.to_object().get("specs").elements().map(<[Value]>::to_vec);
    let spec = specs.and_then(|mut specs| specs.pop()).expect("a spec");
    let option = spec.get("gpu_count_options").elements().expect("options")[0].clone();
    assert_eq!(nulls(&spec), [""; 0]);
    let told = |value: &Value, name: &str| crate::tf::rules::shown(value.get(name));
    assert_eq!(told(&spec, "available_gpu_counts"), "[1, 2]");
    assert_eq!(
        told(option.get("container_volume"), "max_in_gb_with_local_system_volume"),
        "300"
    );
    assert_eq!(told(option.get("system_volume"), "supported"), "true");
    let prices = ["price_per_gpu_per_hour", "gpu_price_per_hour", "total_price_per_hour"];
    assert_eq!(
        prices.map(|name| told(option.get("price"), name)),
        ["0.1", "0.2", "0.7"]
    );
}

/// The names of all attributes within that are null.
fn nulls(value: &Value) -> Vec<String> {
    match value {
        Value::Map(object) => {
            let null = object.iter().filter(|(_, value)| value.is_null());
            let names: Vec<String> = null.map(|(name, _)| name.clone()).collect();
            [names, object.values().flat_map(nulls).collect()].concat()
        }
        Value::List(elements) => elements.iter().flat_map(nulls).collect(),
        _ => Vec::new(),
    }
}

#[tokio::test]
async fn a_cloud_that_publishes_nothing_is_left_out_unless_it_is_named() {
    let clouds = || {
        let machines = vec![machine("A", vec![option(1, 100)])];
        vec![Fake::new(&NORTH).with_machines(machines), Fake::new(&BARE)]
    };
    assert_eq!(offers(&read(clouds(), filter!()).await), ["north A x1 1"]);
    let told = |result: Result<GpuSpecsModel, Diagnostics>| result.err().map(details).unwrap_or_default();
    let named = filter!(clouds: texts(&["north", "bare"]));
    let refused = told(GpuSpecsDataSource.read(&context(clouds()), named).await);
    assert!(refused.contains("Bare publishes no GPUs"), "{refused}");
    let alone = told(
        GpuSpecsDataSource
            .read(&context(vec![Fake::new(&BARE)]), filter!())
            .await,
    );
    assert!(alone.contains("Bare publishes no GPUs"), "{alone}");
    let none = told(GpuSpecsDataSource.read(&context(Vec::new()), filter!()).await);
    assert!(
        none.starts_with("`clouds` is not set, and no cloud has a key."),
        "{none}"
    );
}

#[tokio::test]
async fn a_cloud_that_fails_is_told_and_fails_the_read() {
    let clouds = || {
        let machines = vec![machine("A", vec![option(1, 100)])];
        vec![Fake::new(&NORTH).with_machines(machines), Fake::new(&SOUTH).failing()]
    };
    let failed = GpuSpecsDataSource.read(&context(clouds()), filter!()).await;
    let told = failed.err().map(details).unwrap_or_default();
    assert!(told.starts_with("South, listing: out of order"), "{told}");
    let without = filter!(clouds: texts(&["north"]));
    assert_eq!(offers(&read(clouds(), without).await), ["north A x1 1"]);
}

#[tokio::test(start_paused = true)]
async fn clouds_are_asked_at_the_same_time() {
    let meeting = Arc::new(Barrier::new(2));
    let clouds = [&NORTH, &SOUTH].map(|cloud| Fake::new(cloud).with_meeting(&meeting));
    let shown = tokio::time::timeout(Duration::from_secs(1), read(clouds.into(), filter!())).await;
    assert!(shown.is_ok(), "one waits for the other");
}

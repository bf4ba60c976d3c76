//! The filters, one by one.

use super::*;
use crate::{
    resources::testing::{NORTH, text, texts},
    tf::{Model, Set},
};

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
    let shown = read(vec![TestCloud::of(&NORTH).with_machines(machines)], config.clone()).await;
    assert_eq!(spec_types(&shown), expected, "{config:?}");
    assert_eq!(offers(&shown).len(), expected.len(), "{config:?}");
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
        vec![TestCloud::of(&NORTH).with_machines(machines)]
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

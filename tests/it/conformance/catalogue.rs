//! The live catalogue, where the cloud publishes one.

use std::collections::BTreeSet;

use gpupod::clouds::{Accelerators, Catalogue, Kind, Machine, MachineFilter, MachinePrice};
use rust_decimal::Decimal;
use serde_json::json;

use super::{
    bench::{Bench, kind},
    where_there_is,
    words::words,
};

async fn where_there_is_a_catalogue(test: impl AsyncFn(&Bench, &dyn Catalogue)) {
    where_there_is(
        |cloud| cloud.has.catalogue,
        |cloud| cloud.catalogue().is_some(),
        async |bench| test(bench, bench.cloud.catalogue().expect("was there")).await,
    )
    .await;
}

/// Asks for every machine of every vendor.
fn everything() -> MachineFilter {
    MachineFilter {
        accelerators: Accelerators::All,
        include_unavailable: true,
        ..MachineFilter::default()
    }
}

async fn listed(catalogue: &dyn Catalogue, filter: &MachineFilter) -> Vec<Machine> {
    catalogue.machines(filter).await.expect("are listed")
}

/// What tells machines apart, whichever GPU counts are shown.
fn labels<'a>(machines: impl IntoIterator<Item = &'a Machine>) -> BTreeSet<String> {
    let label = |machine: &Machine| {
        let Machine {
            gpu_type,
            region,
            is_spot,
            offer,
            ..
        } = machine;
        format!("{gpu_type} {region:?} {is_spot:?} {offer:?}")
    };
    machines.into_iter().map(label).collect()
}

#[tokio::test]
async fn every_machine_is_listed_once() {
    where_there_is_a_catalogue(async |_, catalogue| {
        let machines = listed(catalogue, &everything()).await;
        assert!(machines.len() > 1);
        assert_eq!(labels(&machines).len(), machines.len());
    })
    .await;
}

#[tokio::test]
async fn every_page_is_listed() {
    where_there_is_a_catalogue(async |bench, catalogue| {
        let plain = listed(catalogue, &everything()).await;
        bench.simulator.quirks(json!({"short_pages": true})).expect("a quirk");
        bench.simulator.clear_requests();
        assert_eq!(listed(catalogue, &everything()).await, plain);
        assert!(bench.simulator.requests().len() >= plain.len() / 3);
    })
    .await;
}

#[tokio::test]
async fn every_vendors_machines_are_found() {
    where_there_is_a_catalogue(async |bench, catalogue| {
        let mut of_each = BTreeSet::new();
        for vendor in words(bench.description.capabilities).accelerator_vendors {
            let accelerators = Accelerators::Of((*vendor).to_owned());
            let machines = listed(
                catalogue,
                &MachineFilter {
                    accelerators,
                    ..everything()
                },
            )
            .await;
            let is_of_vendor = |machine: &&Machine| machine.accelerator_vendor.as_deref() == Some(vendor);
            let of_vendor: Vec<&Machine> = machines.iter().filter(is_of_vendor).collect();
            assert!(!of_vendor.is_empty(), "{vendor}");
            assert!(of_vendor.len() == machines.len() || !has_filters(bench), "{vendor}");
            of_each.extend(labels(of_vendor));
        }
        let all = listed(catalogue, &everything()).await;
        // A machine without an accelerator has no vendor of one.
        let all = all.iter().filter(|machine| machine.accelerator_vendor.is_some());
        assert_eq!(labels(all), of_each);
    })
    .await;
}

#[tokio::test]
async fn what_is_sold_out_is_shown_on_demand_only() {
    where_there_is_a_catalogue(async |_, catalogue| {
        let include_unavailable = false;
        let free = listed(
            catalogue,
            &MachineFilter {
                include_unavailable,
                ..everything()
            },
        )
        .await;
        let all = listed(catalogue, &everything()).await;
        assert!(free.iter().all(is_free));
        assert!(all.iter().any(|machine| !is_free(machine)));
        assert_eq!(labels(&free), labels(all.iter().filter(|machine| is_free(machine))));
    })
    .await;
}

fn is_free(machine: &Machine) -> bool {
    machine.count_options.iter().any(|option| option.is_available)
}

#[tokio::test]
async fn a_count_is_free_where_the_machine_says_so() {
    where_there_is_a_catalogue(async |_, catalogue| {
        for machine in listed(catalogue, &everything()).await {
            let free = machine.count_options.iter().filter(|option| option.is_available);
            assert!(
                free.map(|option| option.gpu_count)
                    .eq(machine.available_gpu_counts.iter().copied())
            );
        }
    })
    .await;
}

/// One filter, set so that a machine just passes it, and which machines pass it as well.
struct Narrowing {
    set: fn(&mut MachineFilter, &Machine),
    passes: fn(&Machine, &Machine) -> bool,
}

const NARROWINGS: [Narrowing; 9] = [
    Narrowing {
        set: |filter, like| filter.regions.extend(like.region.clone()),
        passes: |machine, like| machine.region == like.region,
    },
    Narrowing {
        set: |filter, like| filter.gpu_types.push(like.gpu_type.clone()),
        passes: |machine, like| machine.gpu_type == like.gpu_type,
    },
    Narrowing {
        set: |filter, like| filter.gpu_counts.extend(like.max_gpu_count),
        passes: |machine, like| machine.max_gpu_count >= like.max_gpu_count,
    },
    Narrowing {
        set: |filter, like| filter.min_gpu_memory_in_gb = like.gpu_memory_in_gb,
        passes: |machine, like| machine.gpu_memory_in_gb >= like.gpu_memory_in_gb,
    },
    Narrowing {
        set: |filter, like| filter.min_ram_per_gpu_in_gb = like.ram_per_gpu_in_gb,
        passes: |machine, like| machine.ram_per_gpu_in_gb >= like.ram_per_gpu_in_gb,
    },
    Narrowing {
        set: |filter, like| filter.min_vcpu_per_gpu = like.vcpu_per_gpu,
        passes: |machine, like| machine.vcpu_per_gpu >= like.vcpu_per_gpu,
    },
    Narrowing {
        set: |filter, like| filter.container_volume_in_gb = largest_disk(like),
        passes: |machine, like| largest_disk(machine) >= largest_disk(like),
    },
    Narrowing {
        set: |filter, like| filter.cloud_types.extend(like.cloud_type.clone()),
        passes: |machine, like| machine.cloud_type == like.cloud_type,
    },
    Narrowing {
        set: |filter, like| filter.is_spot = like.is_spot,
        passes: |machine, like| machine.is_spot == like.is_spot,
    },
];

fn largest_disk(machine: &Machine) -> Option<u32> {
    let limits = machine.count_options.iter().map(|option| &option.container_volume);
    limits.flatten().filter_map(|limits| limits.max_in_gb).max()
}

/// Whether a question gets no more than what it is about. If not, the caller filters, and must find all of it.
fn has_filters(bench: &Bench) -> bool {
    words(bench.description.capabilities).has_filters
}

#[tokio::test]
async fn a_filter_keeps_what_passes_it() {
    where_there_is_a_catalogue(async |bench, catalogue| {
        let all = listed(catalogue, &everything()).await;
        for (number, Narrowing { set, passes }) in NARROWINGS.iter().enumerate() {
            assert!(
                all.iter().any(|like| !passes(&all[0], like) || !passes(like, &all[0])),
                "{number} is no filter"
            );
            for like in &all {
                let mut filter = everything();
                set(&mut filter, like);
                let expected = labels(all.iter().filter(|machine| passes(machine, like)));
                let kept = labels(&listed(catalogue, &filter).await);
                assert!(kept.is_superset(&expected), "{filter:?}");
                assert!(kept == expected || !has_filters(bench), "{filter:?}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn prices_are_exact() {
    where_there_is_a_catalogue(async |_, catalogue| {
        for machine in listed(catalogue, &everything()).await {
            for option in machine.count_options {
                check_price(&option.price.expect("has a price"), option.gpu_count.into());
            }
        }
    })
    .await;
}

/// With floating points, not all of these would come out.
fn check_price(price: &MachinePrice, gpu_count: Decimal) {
    let total = price.total_per_hour.expect("has a price");
    // No simulated price is finer.
    assert!(total.scale() <= 4, "{total}");
    let Some(gpus) = price.gpus_per_hour else {
        // A cloud may tell the price of the whole machine alone.
        return assert_eq!(price.per_gpu_per_hour, None);
    };
    assert_eq!(price.per_gpu_per_hour.map(|each| each * gpu_count), Some(gpus));
    let disks = [price.container_volume_per_hour, price.system_volume_per_hour];
    let disks: Decimal = disks.into_iter().flatten().sum();
    assert_eq!(total, gpus + disks);
}

#[tokio::test]
async fn a_question_that_fails_is_no_empty_catalogue() {
    where_there_is_a_catalogue(async |bench, catalogue| {
        // Every list has other pages than the first, and those fail however often they are asked for.
        bench.simulator.quirks(json!({"short_pages": true})).expect("a quirk");
        for (status, expected) in [(404, Kind::NotFound), (500, Kind::CloudFailed), (200, Kind::Unreadable)] {
            let failure = json!({"respond": {"status": status, "body": "<html>"}});
            let fault = json!({"path": "*", "after": 1, "times": 100, "action": failure});
            bench.simulator.order(fault).expect("a fault");
            let machines = catalogue.machines(&everything()).await;
            assert_eq!(kind(machines), Some(expected));
            bench.simulator.clear_faults();
        }
    })
    .await;
}

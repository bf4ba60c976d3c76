//! Wishes against a small catalogue.

use super::*;
use crate::tf::{List, Model, Set};

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
        offer: crate::clouds::Offer::default(),
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
        &["Error: `gpu_count` is 16, and the catalogue has this GPU there with `1`, `2`, `4` or `8`."],
    );
    check(
        PodModel {
            regions: regions(&["east"]),
            is_spot: Tf::Known(true),
            ..wish()
        },
        &[
            "Error: `is_spot` is true, and the catalogue has this GPU there on demand only: set it to false, or remove it.",
        ],
    );
    check(
        PodModel {
            container_volume_in_gb: number(10),
            ..wish()
        },
        &["Error: `container_volume_in_gb` is 10, and the catalogue allows 20 to 200 there."],
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
            "Warning: Nimbus offers H100_80G as asked for, and has none free now. It is free, in some size, in `east` or \
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
            "Warning: Nimbus offers H100_80G as asked for, and has none free now. It is free, in some size, in `east` or \
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

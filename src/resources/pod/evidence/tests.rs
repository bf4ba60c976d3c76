//! Which pods are like the order and which are not, field by field.

use super::*;
use crate::{
    clouds::{
        EnvironmentVariables, Exposed, GpuCount, GpuCounts, GpuRequest, Mark, MarketplaceOptions, MountPath, Name,
        Observed, Port, Secret,
    },
    resources::testing::{self, CAPABILITIES, text},
    tf::{Model, Number},
};

static MARKING: Capabilities = Capabilities {
    echoes_marks: true,
    ..CAPABILITIES
};

fn variables(pairs: &[(&str, &str)]) -> EnvironmentVariables {
    let pairs = pairs
        .iter()
        .map(|(name, value)| ((*name).to_owned(), Secret::new(*value)));
    pairs.collect()
}

fn planned() -> PodModel {
    PodModel {
        name: text("trainer"),
        image: text("ubuntu:24.04"),
        gpu_type: text("H100"),
        gpu_count: Tf::Known(Number::from(2_u32)),
        environment_vars: Tf::Known(Map([("A".to_owned(), text("1"))].into_iter().collect())),
        is_spot: Tf::Unknown,
        desired_state: text("stopped"),
        status: Tf::Unknown,
        id: Tf::Unknown,
        ..PodModel::null()
    }
}

/// With a secret variable, and regions to choose from.
fn spec() -> PodSpec {
    let name = |text: &str| Name::new(text).expect("a name");
    PodSpec {
        gpu: Some(GpuRequest {
            gpu_type: "H100".to_owned(),
            count: GpuCount::new(2, GpuCounts::Any).expect("a count"),
        }),
        environment: variables(&[("A", "1"), ("TOKEN", "swordfish")]),
        regions: ["us-east-1".to_owned(), "us-west-1".to_owned()].into(),
        marketplace: MarketplaceOptions {
            offer: Offer {
                provider: Some("runpod".to_owned()),
                ..Offer::default()
            },
            ..MarketplaceOptions::default()
        },
        ..PodSpec::new(name("trainer"), name("ubuntu:24.04"))
    }
}

/// As a cloud may show it: with a variable of its own and what has happened since.
fn ours() -> Pod {
    Pod {
        cloud_status: "RUNNING".to_owned(),
        region: Some("US-EAST-1".to_owned()),
        observed: Observed {
            name: Some("trainer".to_owned()),
            image: Some("ubuntu:24.04".to_owned()),
            gpu_type: Some("h100".to_owned()),
            gpu_count: Some(2),
            is_spot: Some(false),
            environment: Some(variables(&[("A", "1"), ("TOKEN", "swordfish"), ("PLATFORM", "x")])),
            initialization_command: Some(String::new()),
            expose: Some(vec![Exposed {
                port: Port::new(22).expect("a port"),
                protocol: None,
            }]),
            volumes: Some(Vec::new()),
            ..Observed::default()
        },
        offer: Some(Box::new(Offer {
            provider: Some("RunPod".to_owned()),
            socket: Some("PCIe".to_owned()),
            ..Offer::default()
        })),
        ..testing::pod("1")
    }
}

fn evidence(change: impl FnOnce(&mut Pod)) -> Evidence {
    let mut pod = ours();
    change(&mut pod);
    of(&planned(), &spec(), &CAPABILITIES, &pod)
}

#[track_caller]
fn differs(told: &str, change: impl FnOnce(&mut Pod)) {
    assert_eq!(evidence(change), Evidence::Other(told.to_owned()));
}

#[test]
fn what_a_cloud_adds_or_does_not_tell_is_no_difference() {
    assert_eq!(evidence(|_| {}), Evidence::Equal);
    assert_eq!(evidence(|pod| pod.observed.environment = None), Evidence::Equal);
    let silent = of(&planned(), &spec(), &CAPABILITIES, &testing::pod("1"));
    assert_eq!(silent, Evidence::Equal);
}

#[test]
fn every_field_that_both_sides_tell_counts() {
    differs("its `image` is \"debian\"", |pod| {
        pod.observed.image = Some("debian".to_owned())
    });
    differs("its `gpu_type` is \"A100\"", |pod| {
        pod.observed.gpu_type = Some("A100".to_owned())
    });
    differs("its `gpu_count` is 1", |pod| pod.observed.gpu_count = Some(1));
    let another = "its `environment_vars` is not what was asked for";
    for pairs in [
        &[("A", "2"), ("TOKEN", "swordfish")][..],
        &[("A", "1"), ("TOKEN", "cod")],
        &[("A", "1")],
        &[],
    ] {
        differs(another, |pod| pod.observed.environment = Some(variables(pairs)));
    }
    let mount = Mount {
        volume_id: "v".to_owned(),
        path: MountPath::new("/data").ok(),
    };
    differs("its `volumes` is not what was asked for", |pod| {
        pod.observed.volumes = Some(vec![mount]);
    });
    differs("its `initialization_command` is not what was asked for", |pod| {
        pod.observed.initialization_command = Some("sleep 1".to_owned());
    });
    differs("its `callback_url` is not what was asked for", |pod| {
        pod.observed.callback_url = Some("https://example.com".to_owned());
    });
    differs("its `regions` is not what was asked for", |pod| {
        pod.region = Some("eu-2".to_owned())
    });
    differs(OF_ANOTHER_TEAM, |pod| {
        pod.observed.marketplace = Some(Box::new(MarketplaceOptions {
            team_id: Some("others".to_owned()),
            ..MarketplaceOptions::default()
        }));
    });
    differs("it is not of the offer that was asked for", |pod| {
        pod.offer = Some(Box::new(Offer {
            provider: Some("nebius".to_owned()),
            ..Offer::default()
        }));
    });
}

#[test]
fn where_marks_are_echoed_nothing_else_counts() {
    let marked = PodSpec {
        mark: Some(Mark::random()),
        ..spec()
    };
    let of_pod = |mark: Option<Mark>, change: fn(&mut Pod)| {
        let mut pod = Pod { mark, ..ours() };
        change(&mut pod);
        of(&planned(), &marked, &MARKING, &pod)
    };
    assert_eq!(
        of_pod(marked.mark.clone(), |pod| pod.observed.image = None),
        Evidence::Marked
    );
    let other = Evidence::Other("it does not carry the mark of this order".to_owned());
    assert_eq!(of_pod(None, |_| {}), other);
    assert_eq!(of_pod(Some(Mark::random()), |_| {}), other);
    assert_eq!(of(&planned(), &spec(), &MARKING, &ours()), other, "no mark was sent");
}

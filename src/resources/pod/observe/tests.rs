//! What a cloud says of a pod, and what becomes of it in the state.

use rust_decimal::Decimal;

use super::*;
use crate::{
    clouds::{Observed, Port, Secret},
    resources::testing::{self, text},
};

fn pod(phase: Phase, observed: Observed) -> Pod {
    Pod {
        phase,
        observed,
        ..testing::pod("17")
    }
}

fn variables<const N: usize>(variables: [(&str, &str); N]) -> EnvironmentVariables {
    EnvironmentVariables(
        variables
            .map(|(name, value)| (name.to_owned(), Secret::new(value)))
            .into(),
    )
}

fn map<const N: usize>(variables: [(&str, &str); N]) -> Tf<Map<String>> {
    Tf::Known(Map(variables
        .map(|(name, value)| (name.to_owned(), text(value)))
        .into()))
}

#[test]
fn what_was_asked_for_drifts_and_what_was_not_does_not() {
    let state = PodModel {
        image: text("a"),
        shm_in_gb: Tf::Known(Number::from(8_u32)),
        ..PodModel::null()
    };
    let observed = Observed {
        image: Some("b".to_owned()),
        initialization_command: Some(String::new()),
        callback_url: Some("https://example.com".to_owned()),
        ..Observed::default()
    };
    let read = refresh(state, &pod(Phase::Running, observed), Origin::State);
    assert_eq!(read.image, text("b"));
    assert_eq!(
        read.shm_in_gb,
        Tf::Known(Number::from(8_u32)),
        "what the cloud does not say stays"
    );
    assert_eq!((read.initialization_command, read.callback_url), (Tf::Null, Tf::Null));
}

#[test]
fn secret_and_foreign_variables_stay_out_of_the_state() {
    let state = PodModel {
        environment_vars: map([("A", "1"), ("B", "2"), ("C", "3")]),
        ..PodModel::null()
    };
    let echoed = variables([("A", "1"), ("B", "changed"), ("TOKEN", "secret"), ("POD_ID", "17")]);
    let observed = Observed {
        environment: Some(echoed),
        ..Observed::default()
    };
    let read = refresh(state, &pod(Phase::Running, observed), Origin::State);
    assert_eq!(
        read.environment_vars,
        map([("A", "1"), ("B", "changed")]),
        "C is gone, B has drifted"
    );
}

#[test]
fn a_protocol_that_is_not_told_is_no_drift() {
    let expose = |port: u32, protocol: Tf<String>| {
        Tf::Known(Expose {
            port: Tf::Known(port.into()),
            protocol,
        })
    };
    let state = PodModel {
        expose: Tf::Known(List(vec![expose(22, text("TCP")), expose(80, text("HTTP"))])),
        ..PodModel::null()
    };
    let exposed = |port| Exposed {
        port: Port::new(port).expect("a port"),
        protocol: None,
    };
    let observed = Observed {
        expose: Some(vec![exposed(80), exposed(22)]),
        ..Observed::default()
    };
    let read = refresh(state, &pod(Phase::Running, observed), Origin::State);
    assert_eq!(
        read.expose,
        Tf::Known(List(vec![expose(80, text("HTTP")), expose(22, text("TCP"))]))
    );
}

#[test]
fn an_import_takes_over_what_it_finds_and_leaves_empty_lists_out() {
    let observed = Observed {
        image: Some("a".to_owned()),
        environment: Some(variables([("A", "1")])),
        expose: Some(Vec::new()),
        initialization_command: Some(String::new()),
        ..Observed::default()
    };
    let stub = PodModel {
        cloud: text("yotta"),
        id: text("17"),
        ..PodModel::null()
    };
    let read = refresh(stub, &pod(Phase::Stopped, observed), Origin::Import);
    assert_eq!((read.image, read.cloud), (text("a"), text("yotta")));
    assert_eq!(read.environment_vars, map([("A", "1")]));
    assert_eq!((read.expose, read.initialization_command), (Tf::Null, Tf::Null));
    assert_eq!(
        (read.desired_state, read.stop_before_destroy),
        (text("stopped"), Tf::Known(true))
    );
}

#[test]
fn the_desired_state_follows_the_cloud_only_where_that_is_certain() {
    let check = |phase: Phase, desired: Option<Power>, known: &str, expected: &str| {
        let pod = Pod {
            desired,
            ..pod(phase, Observed::default())
        };
        assert_eq!(
            desired_state(&pod, &text(known)),
            text(expected),
            "{phase:?}, {desired:?}, was {known}"
        );
    };
    check(Phase::Running, None, STOPPED, RUNNING);
    check(Phase::Running, Some(Power::Stopped), RUNNING, RUNNING);
    check(Phase::Stopped, Some(Power::Running), RUNNING, STOPPED);
    check(Phase::Stopping, None, RUNNING, STOPPED);
    check(Phase::Provisioning, None, STOPPED, RUNNING);
    check(Phase::Provisioning, Some(Power::Stopped), RUNNING, STOPPED);
    for phase in [Phase::Failed, Phase::Terminating, Phase::Unknown] {
        check(phase, Some(Power::Running), STOPPED, STOPPED);
    }
}

#[test]
fn the_price_is_kept_from_when_the_pod_was_made() {
    let state = PodModel {
        price_per_hour: Tf::Known(Number::from(2_u32)),
        ..PodModel::null()
    };
    let dearer = Pod {
        price_per_hour: Some(Decimal::new(325, 2)),
        ..pod(Phase::Running, Observed::default())
    };
    assert_eq!(
        refresh(state, &dearer, Origin::State).price_per_hour,
        Tf::Known(Number::from(2_u32))
    );
    let unpriced = refresh(PodModel::null(), &dearer, Origin::State);
    assert_eq!(
        unpriced.price_per_hour.known().map(Number::to_string).as_deref(),
        Some("3.25")
    );
}

#[test]
fn a_plan_is_completed_and_never_overruled() {
    let planned = PodModel {
        image: text("as planned"),
        region: Tf::Unknown,
        ..PodModel::null()
    };
    let observed = Observed {
        image: Some("in other words".to_owned()),
        ..Observed::default()
    };
    let made = Pod {
        region: Some("eu-2".to_owned()),
        created_at: Some(1_795_230_281_551),
        ..pod(Phase::Running, observed)
    };
    let state = complete(
        PodModel {
            created_at: Tf::Unknown,
            ..planned
        },
        &made,
    );
    assert_eq!((state.image, state.region), (text("as planned"), text("eu-2")));
    assert_eq!(state.created_at, text("2026-11-21T03:04:41.551Z"));
}

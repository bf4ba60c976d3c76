//! A pod's state from what its cloud reports.

use rust_decimal::Decimal;

use super::*;
use crate::{
    clouds::{MountPath, Observed, Offer, Port, Secret, Workload},
    resources::{
        pod::model::CpodPod,
        testing::{self, CAPABILITIES, text},
    },
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
    let read = refresh(state, &pod(Phase::Running, observed));
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
    let read = refresh(state, &pod(Phase::Running, observed));
    assert_eq!(
        read.environment_vars,
        map([("A", "1"), ("B", "changed")]),
        "C is gone, B has drifted"
    );
}

#[test]
fn only_another_protocol_and_a_missing_port_are_drift() {
    let ports = |ports: &[(u32, &str)]| {
        let expose = |(port, protocol): &(u32, &str)| {
            Tf::Known(Expose {
                port: Tf::Known((*port).into()),
                protocol: Some(*protocol)
                    .filter(|word| !word.is_empty())
                    .map(str::to_owned)
                    .into(),
            })
        };
        Tf::Known(List(ports.iter().map(expose).collect()))
    };
    let exposed = |port, protocol| Exposed {
        port: Port::new(port).expect("a port"),
        protocol,
    };
    let asked = [(22, "TCP"), (80, "HTTP"), (23, "SSH"), (7, "")];
    let check = |told: Vec<Exposed>, expected: &[(u32, &str)]| {
        let state = PodModel {
            expose: ports(&asked),
            ..PodModel::null()
        };
        let observed = Observed {
            expose: Some(told),
            ..Observed::default()
        };
        assert_eq!(refresh(state, &pod(Phase::Running, observed)).expose, ports(expected));
    };
    let all = |protocols: [Option<Protocol>; 4]| {
        let told = [22, 80, 23, 7].into_iter().zip(protocols);
        told.map(|(port, protocol)| exposed(port, protocol)).collect::<Vec<_>>()
    };
    let other = || Some(Protocol::Other("QUIC".to_owned()));
    check(all([None, None, None, None]), &asked);
    check(all([other(), other(), other(), other()]), &asked);
    check(
        all([
            Some(Protocol::Ssh),
            Some(Protocol::Http),
            Some(Protocol::Tcp),
            Some(Protocol::Tcp),
        ]),
        &asked,
    );
    let mut more = all([None, None, None, None]);
    more.reverse();
    more.push(exposed(9000, Some(Protocol::Http)));
    check(more, &asked);
    check(
        all([Some(Protocol::Http), Some(Protocol::Tcp), None, None]),
        &[(22, "HTTP"), (80, "TCP"), (23, "SSH"), (7, "")],
    );
    check(vec![exposed(80, None)], &[(80, "HTTP")]);
}

#[test]
fn volumes_that_the_cloud_adds_are_left_alone() {
    let mount = |id: &str, path: Option<&str>| Mount {
        volume_id: id.to_owned(),
        path: path.map(|path| MountPath::new(path).expect("a path")),
    };
    let state = PodModel {
        volumes: Tf::Known(List(vec![
            Tf::Known(super::mount(&mount("1", Some("/a")))),
            Tf::Known(super::mount(&mount("2", Some("/b")))),
        ])),
        ..PodModel::null()
    };
    let read = |told: Vec<Mount>| {
        let observed = Observed {
            volumes: Some(told),
            ..Observed::default()
        };
        refresh(state.clone(), &pod(Phase::Running, observed)).volumes
    };
    let added = mount("9", Some("/system"));
    assert_eq!(
        read(vec![added.clone(), mount("2", None), mount("1", Some("/a"))]),
        state.volumes
    );
    let left = List(vec![Tf::Known(super::mount(&mount("2", Some("/c"))))]);
    assert_eq!(read(vec![added, mount("2", Some("/c"))]), Tf::Known(left));
}

#[test]
fn endpoints_keep_the_order_of_the_ports_that_were_asked_for() {
    let endpoint = |port| Endpoint {
        port,
        protocol: None,
        host: None,
        proxy_port: None,
        url: None,
        is_healthy: None,
    };
    let expose = |port: u32| {
        Tf::Known(Expose {
            port: Tf::Known(port.into()),
            protocol: Tf::Null,
        })
    };
    let state = PodModel {
        expose: Tf::Known(List(vec![expose(8080), expose(22)])),
        ..PodModel::null()
    };
    let told = Pod {
        endpoints: Some([9000, 22, 80, 8080].map(endpoint).to_vec()),
        ..pod(Phase::Running, Observed::default())
    };
    let ports = |model: PodModel| -> Vec<String> {
        let endpoints = model.endpoints.known().expect("endpoints").0.iter();
        endpoints
            .filter_map(|one| Some(one.known()?.port.known()?.to_string()))
            .collect()
    };
    assert_eq!(ports(refresh(state, &told)), ["8080", "22", "80", "9000"]);
    assert_eq!(ports(refresh(PodModel::null(), &told)), ["22", "80", "8080", "9000"]);
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
    let read = imported(
        &stub,
        &pod(Phase::Stopped, observed),
        &Account::default(),
        &CAPABILITIES,
    );
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
    assert_eq!(refresh(state, &dearer).price_per_hour, Tf::Known(Number::from(2_u32)));
    let unpriced = refresh(PodModel::null(), &dearer);
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

fn offer(provider: &str, country: Option<&str>) -> Offer {
    Offer {
        provider: Some(provider.to_owned()),
        country: country.map(str::to_owned),
        ..Offer::default()
    }
}

#[test]
fn what_was_bought_is_kept_from_the_order() {
    let ordered_pod = Pod {
        offer: Some(Box::new(offer("runpod", Some("US")))),
        region: Some("united_states".to_owned()),
        ..pod(Phase::Provisioning, Observed::default())
    };
    let planned = PodModel {
        offer: Tf::Unknown,
        region: Tf::Unknown,
        ..PodModel::null()
    };
    let read_pod = Pod {
        offer: Some(Box::new(offer("runpod", None))),
        ..pod(Phase::Running, Observed::default())
    };
    let made = complete(ordered(planned.clone(), &ordered_pod), &read_pod);
    let country = |state: &PodModel| state.offer.known().and_then(|offer| offer.country.known().cloned());
    assert_eq!(country(&made).as_deref(), Some("US"));
    assert_eq!(made.region, text("united_states"));
    let read = refresh(made.clone(), &read_pod);
    assert_eq!((read.offer, read.region), (made.offer, made.region));

    let made_without_an_answer = complete(ordered(planned, &read_pod), &read_pod);
    assert_eq!(country(&made_without_an_answer), None);
    assert!(made_without_an_answer.offer.known().is_some());
}

#[test]
fn a_disk_that_was_given_is_no_drift_of_what_was_asked_for() {
    let given = Pod {
        disk: Some(140),
        ..pod(Phase::Running, Observed::default())
    };
    let gigabytes = |size: u32| Tf::Known(Number::from(size));
    let of = |container_volume_in_gb: Tf<Number>| PodModel {
        container_volume_in_gb,
        ..PodModel::null()
    };
    let account = Account::default();
    assert_eq!(
        refresh(of(gigabytes(100)), &given).container_volume_in_gb,
        gigabytes(100)
    );
    assert_eq!(
        imported(&of(Tf::Null), &given, &account, &CAPABILITIES).container_volume_in_gb,
        gigabytes(140)
    );
    assert_eq!(complete(of(Tf::Unknown), &given).container_volume_in_gb, gigabytes(140));
}

fn workload(cpu: &str, labels: &[(&str, &str)]) -> Workload {
    let label = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    Workload {
        cpu: Some(cpu.to_owned()),
        replicas: Some(1),
        labels: Some(labels.iter().map(label).collect()),
        ..Workload::default()
    }
}

fn with_workload(workload: Workload) -> Pod {
    let observed = Observed {
        workload: Some(Box::new(workload)),
        ..Observed::default()
    };
    pod(Phase::Running, observed)
}

#[test]
fn a_workload_drifts_in_meaning_alone() {
    let asked = CpodPod {
        cpu: text("1000m"),
        labels: map([("team", "a")]),
        ..CpodPod::null()
    };
    let state = PodModel {
        cpod: Tf::Known(asked.clone()),
        ..PodModel::null()
    };
    let read = |workload| refresh(state.clone(), &with_workload(workload)).cpod;
    let same = workload("1000m", &[("team", "a"), ("platform", "x")]);
    assert_eq!(read(same), Tf::Known(asked.clone()), "a label of the cloud's own");
    let drifted = read(workload("2", &[]));
    let expected = CpodPod {
        cpu: text("2"),
        labels: map([]),
        ..asked
    };
    assert_eq!(drifted, Tf::Known(expected));
}

#[test]
fn an_import_takes_a_workload_that_somebody_asked_for() {
    let account = |organization: Option<&str>| Account {
        workspace_id: Some("ws-1".to_owned()),
        organization_id: organization.map(str::to_owned),
        ..Account::default()
    };
    let found = |workload, account: &Account| {
        imported(&PodModel::null(), &with_workload(workload), account, &CAPABILITIES).cpod
    };
    let by_default = |organization: &str, workspace: &str| Workload {
        replicas: Some(1),
        labels: Some(Default::default()),
        organization_id: Some(organization.to_owned()),
        workspace_id: Some(workspace.to_owned()),
        ..Workload::default()
    };
    assert_eq!(found(by_default("org-1", "ws-1"), &account(None)), Tf::Null);
    assert_eq!(found(by_default("org-1", "ws-1"), &account(Some("org-1"))), Tf::Null);
    for (organization, workspace) in [("org-2", "ws-1"), ("org-1", "ws-2")] {
        let elsewhere = found(by_default(organization, workspace), &account(Some("org-1")));
        let told = elsewhere
            .known()
            .map(|found| (found.organization_id.clone(), found.workspace_id.clone()));
        assert_eq!(told, Some((text(organization), text(workspace))));
    }
    let asked = found(workload("1000m", &[]), &account(None));
    let told = asked.known().map(|found| (found.cpu.clone(), found.labels.clone()));
    assert_eq!(told, Some((text("1000m"), Tf::Null)));
}

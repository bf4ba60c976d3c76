//! Requests: paths, methods, and bodies as text, for nothing unset may appear.

use reqwest::Method;

use crate::clouds::{
    Account, EnvironmentVariables, Mark, PodSpec, Secret, Workload,
    cpod::{
        pods::requests::{create, delete, get, list, start, stop},
        testing::{ID, account, id, small_spec},
    },
    http::{Idempotency, Request},
};

fn body(request: &Request) -> String {
    String::from_utf8_lossy(request.body.as_deref().unwrap_or_default()).into_owned()
}

fn check_body(spec: &PodSpec, account: &Account, expected: &str) {
    let compact: String = expected.lines().map(str::trim).collect();
    assert_eq!(body(&create(spec, account)), compact);
}

fn with(workload: Workload) -> PodSpec {
    PodSpec {
        workload,
        ..small_spec()
    }
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn only_what_is_set_is_sent() {
    let least = r#"{"name":"trainer","spec":{"image":"pytorch/pytorch:2.8"}}"#;
    check_body(&small_spec(), &Account::default(), least);
    let empty = with(Workload {
        labels: Some(Default::default()),
        ..Workload::default()
    });
    check_body(&empty, &Account::default(), least);
}

#[test]
fn the_mark_of_an_order_is_a_label_beside_those_of_the_user() {
    let mark = Some(Mark::of("m".to_owned()));
    let alone = r#"{"labels":{"gpupod-order":"m"},"name":"trainer","spec":{"image":"pytorch/pytorch:2.8"}}"#;
    let marked = PodSpec {
        mark: mark.clone(),
        ..small_spec()
    };
    check_body(&marked, &Account::default(), alone);
    let beside = PodSpec {
        mark,
        ..with(Workload {
            labels: Some([("team".to_owned(), "a".to_owned())].into()),
            ..Workload::default()
        })
    };
    let both = r#"{"labels":{"gpupod-order":"m","team":"a"},"name":"trainer","spec":{"image":"pytorch/pytorch:2.8"}}"#;
    check_body(&beside, &Account::default(), both);
    assert_ne!(Mark::random(), Mark::random());
}

#[test]
fn everything_can_be_sent() {
    let pairs = |pairs: [(&str, &str); 2]| pairs.map(|(name, value)| (name.to_owned(), value.to_owned()));
    let variables = pairs([("ZONE", "b"), ("API", "a")]).map(|(name, value)| (name, Secret::new(value)));
    let spec = PodSpec {
        environment: EnvironmentVariables(variables.into()),
        ..with(Workload {
            cpu: some("1000m"),
            memory: some("2Gi"),
            replicas: Some(3),
            labels: Some(pairs([("team", "research"), ("stage", "test")]).into()),
            organization_id: some("org-1"),
            workspace_id: some("ws-1"),
        })
    };
    check_body(
        &spec,
        &account(),
        r#"{"labels":{"stage":"test","team":"research"},
            "name":"trainer",
            "organizationId":"org-1",
            "spec":{
                "cpu":"1000m",
                "env":{"API":"a","ZONE":"b"},
                "image":"pytorch/pytorch:2.8",
                "memory":"2Gi",
                "replicas":3},
            "workspaceId":"ws-1"}"#,
    );
}

#[test]
fn a_pod_belongs_where_it_says_or_else_where_the_account_says() {
    let account = Account {
        organization_id: some("org-lab"),
        ..account()
    };
    let check = |organization_id, workspace_id, expected: &str| {
        let spec = with(Workload {
            organization_id,
            workspace_id,
            ..Workload::default()
        });
        let body = body(&create(&spec, &account));
        assert!(body.contains(expected), "{body}");
    };
    let spec = r#""spec":{"image":"pytorch/pytorch:2.8"}"#;
    let expected = |organization: &str, workspace: &str| {
        format!(r#""organizationId":"{organization}",{spec},"workspaceId":"{workspace}"}}"#)
    };
    check(None, None, &expected("org-lab", "ws-lab"));
    check(some("org-1"), None, &expected("org-1", "ws-lab"));
    check(None, some("ws-1"), &expected("org-lab", "ws-1"));
}

#[test]
fn only_a_create_may_not_be_repeated() {
    let id = id();
    let check = |request: Request, method, below: &str, repeat| {
        let path = format!("/v1/pods{below}");
        assert_eq!(
            (&request.method, &request.path, request.idempotency),
            (&method, &path, repeat)
        );
    };
    check(
        create(&small_spec(), &account()),
        Method::POST,
        "",
        Idempotency::NonIdempotent,
    );
    check(list(None), Method::GET, "", Idempotency::Idempotent);
    check(get(&id), Method::GET, &format!("/{ID}"), Idempotency::Idempotent);
    check(
        start(&id),
        Method::POST,
        &format!("/{ID}/start"),
        Idempotency::Idempotent,
    );
    check(stop(&id), Method::POST, &format!("/{ID}/stop"), Idempotency::Idempotent);
    check(delete(&id), Method::DELETE, &format!("/{ID}"), Idempotency::Idempotent);
}

#[test]
fn an_order_has_nothing_to_say() {
    assert_eq!(
        (body(&start(&id())), body(&stop(&id()))),
        ("{}".to_owned(), "{}".to_owned())
    );
    assert!(delete(&id()).body.is_none() && get(&id()).body.is_none());
}

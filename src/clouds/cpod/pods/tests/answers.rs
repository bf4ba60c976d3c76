//! Conversion of cPod's pods into ours.

use crate::clouds::{
    Mark, Phase, Pod, Workload,
    cpod::{
        pods::{api, convert},
        testing,
    },
    http::Response,
};

fn pod(body: &str) -> Pod {
    let (id, json) = api::pod(&Response::of(200, body)).unwrap_or_else(|failure| panic!("{body}: {failure:?}"));
    convert::to_pod(id, json)
}

/// A pod with one further field, given as JSON.
fn with(field: &str) -> Pod {
    pod(&format!(r#"{{"id":"1",{field}}}"#))
}

const WHOLE: &str = r#"{
    "id": "7c9e6679-7425-40de-944b-e07fc1f90ae7", "name": "trainer", "status": "running",
    "spec": {"image": "pytorch/pytorch:2.8", "cpu": "1000m", "memory": "2Gi", "replicas": 2,
             "env": {"B": "2", "A": "1"}, "ports": []},
    "labels": {"team": "research"}, "organizationId": "org-1", "workspaceId": "ws-1",
    "createdAt": "2026-05-14T09:30:00Z", "updatedAt": "2026-05-14T09:31:30Z", "somethingNew": {"a": []}
}"#;

fn workload() -> Workload {
    let some = |text: &str| Some(text.to_owned());
    Workload {
        cpu: some("1000m"),
        memory: some("2Gi"),
        replicas: Some(2),
        labels: Some([("team".to_owned(), "research".to_owned())].into()),
        organization_id: some("org-1"),
        workspace_id: some("ws-1"),
    }
}

/// The variables' names and values, if they are shown.
fn environment(pod: &Pod) -> Option<Vec<(&str, &str)>> {
    let variables = &pod.observed.environment.as_ref()?.0;
    let variables = variables.iter();
    Some(variables.map(|(name, value)| (name.as_str(), value.reveal())).collect())
}

#[test]
fn a_whole_pod_is_read() {
    let pod = pod(WHOLE);
    assert_eq!(pod.id, testing::id());
    assert_eq!((pod.phase, pod.cloud_status.as_str()), (Phase::Running, "running"));
    assert_eq!(pod.created_at, Some(1_778_751_000_000));
    assert_eq!(pod.observed.name.as_deref(), Some("trainer"));
    assert_eq!(pod.observed.image.as_deref(), Some("pytorch/pytorch:2.8"));
    assert_eq!(environment(&pod), Some(vec![("A", "1"), ("B", "2")]));
    assert_eq!(pod.observed.workload.as_deref(), Some(&workload()));
    assert!(pod.desired.is_none() && pod.reason.is_none() && pod.price_per_hour.is_none());
}

#[test]
fn the_mark_of_an_order_is_no_label_of_the_user() {
    let check = |field: &str, mark: Option<&str>, labels: Option<&[(&str, &str)]>| {
        let pod = with(field);
        assert_eq!(pod.mark.as_ref().map(Mark::as_str), mark, "{field}");
        let seen = pod.observed.workload.and_then(|workload| workload.labels);
        let labels = labels.map(|pairs| {
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        });
        assert_eq!(seen, labels.map(Iterator::collect), "{field}");
    };
    check(r#""labels":{"gpupod-order":"m"}"#, Some("m"), None);
    check(
        r#""labels":{"gpupod-order":"m","team":"a"}"#,
        Some("m"),
        Some(&[("team", "a")]),
    );
    check(r#""labels":{"team":"a"}"#, None, Some(&[("team", "a")]));
    check(r#""labels":{}"#, None, Some(&[]));
    check(r#""labels":null"#, None, None);
}

#[test]
fn an_id_is_enough_and_opaque() {
    for (id, expected) in [
        (r#""7c9e6679-7425-40de-944b-e07fc1f90ae7""#, testing::ID),
        (r#""pod_01jm8xk2y3z""#, "pod_01jm8xk2y3z"),
        ("420522713875330018", "420522713875330018"),
    ] {
        let pod = pod(&format!(r#"{{"id":{id}}}"#));
        assert_eq!(pod.id.as_str(), expected);
        assert_eq!((pod.phase, pod.cloud_status.as_str()), (Phase::Unknown, ""));
        assert!(pod.observed.name.is_none() && pod.observed.workload.is_none() && environment(&pod).is_none());
    }
}

/// Every field of the table, each with every sort of JSON that it should not have.
#[test]
fn a_wrong_type_counts_as_not_said() {
    let fields = [
        "name",
        "status",
        "spec",
        "labels",
        "organizationId",
        "workspaceId",
        "createdAt",
    ];
    let odd = [
        "null",
        "true",
        "-1.5",
        "1e999",
        "[[]]",
        "[null]",
        "[{}]",
        r#"{"image":7}"#,
    ];
    let is_silent = |pod: &Pod| {
        let observed = &pod.observed;
        observed.name.is_none() && observed.image.is_none() && pod.created_at.is_none() && environment(pod).is_none()
    };
    for field in fields {
        for value in odd {
            let pod = with(&format!(r#""{field}":{value}"#));
            assert!(is_silent(&pod) && pod.phase == Phase::Unknown, "{field}: {value}");
            // Labels may be numbers, as variables may.
            let workload = pod.observed.workload.filter(|_| !value.starts_with('{'));
            assert_eq!(workload, None, "{field}: {value}");
        }
    }
    for field in ["image", "cpu", "memory", "replicas", "env"] {
        for value in odd.into_iter().filter(|value| !value.starts_with('{')) {
            let pod = with(&format!(r#""spec":{{"{field}":{value}}}"#));
            assert!(
                is_silent(&pod) && pod.observed.workload.is_none(),
                "spec.{field}: {value}"
            );
        }
    }
}

#[test]
fn statuses_are_read_in_any_case() {
    let table = [
        ("pending", Phase::Pending),
        ("Provisioning", Phase::Provisioning),
        ("RUNNING", Phase::Running),
        ("stopping", Phase::Stopping),
        (" stopped ", Phase::Stopped),
        ("failed", Phase::Failed),
        ("deleting", Phase::Unknown),
        ("", Phase::Unknown),
    ];
    for (status, phase) in table {
        let pod = with(&format!(r#""status":"{status}""#));
        assert_eq!((pod.phase, pod.cloud_status.as_str()), (phase, status));
    }
}

#[test]
fn variables_that_are_not_shown_are_no_change() {
    let check = |env: &str, expected: Option<Vec<(&str, &str)>>| {
        assert_eq!(
            environment(&with(&format!(r#""spec":{{"env":{env}}}"#))),
            expected,
            "{env}"
        );
    };
    check(r#"{"A":"1","B":2}"#, Some(vec![("A", "1"), ("B", "2")]));
    check(r#"{"A":"a*b"}"#, Some(vec![("A", "a*b")]));
    for hidden in [
        "{}",
        r#"{"A":""}"#,
        r#"{"A":"*"}"#,
        r#"{"A":"********"}"#,
        r#"{"A":"hun***"}"#,
        r#"{"A":"1","B":"***"}"#,
        r#"{"A":"1","B":null}"#,
    ] {
        check(hidden, None);
    }
}

#[test]
fn labels_are_as_they_are_echoed() {
    let labels = |json: &str| {
        let workload = with(&format!(r#""labels":{json}"#)).observed.workload;
        workload.and_then(|workload| workload.labels)
    };
    let pairs = |pairs: &[(&str, &str)]| {
        let owned = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Some(owned.collect())
    };
    assert_eq!(labels("{}"), pairs(&[]));
    assert_eq!(labels(r#"{"b":"2","a":1}"#), pairs(&[("a", "1"), ("b", "2")]));
    assert_eq!(labels(r#"{"a":"1","b":[]}"#), None);
}

#[test]
fn replicas_are_a_whole_number() {
    let replicas = |json: &str| {
        let workload = with(&format!(r#""spec":{{"replicas":{json}}}"#)).observed.workload;
        workload.and_then(|workload| workload.replicas)
    };
    assert_eq!(replicas("2"), Some(2));
    assert_eq!(replicas("2.0"), Some(2));
    assert_eq!(replicas(r#""2""#), Some(2));
    assert_eq!(replicas("2.5"), None);
}

#[test]
fn moments_are_read_with_and_without_an_offset() {
    let check = |text: &str, expected: Option<i64>| {
        assert_eq!(with(&format!(r#""createdAt":"{text}""#)).created_at, expected, "{text}");
    };
    check("2026-05-14T09:30:00Z", Some(1_778_751_000_000));
    check("2026-05-14T09:30:00.123456Z", Some(1_778_751_000_123));
    check("2026-05-14T11:30:00+02:00", Some(1_778_751_000_000));
    check("2026-05-14T09:30:00.5", Some(1_778_751_000_500));
    check("2026-05-14", None);
    check("yesterday", None);
}

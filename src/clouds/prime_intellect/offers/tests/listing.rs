//! Pagination of a listing.

use serde_json::{Value, json};
use tokio::time::Instant;

use super::{gpus, open_spec};
use crate::clouds::{
    Kind, Mount, PodSpec,
    http::test_server::Reply,
    prime_intellect::testing::{prime, success},
};

fn row(id: &str) -> Value {
    json!({"cloudId": id, "gpuType": "H100_80GB", "socket": "PCIe", "provider": "runpod", "gpuCount": 1})
}

fn page(ids: &[&str], total: Value) -> Reply {
    let items: Vec<Value> = ids.iter().map(|id| row(id)).collect();
    success(&json!({"items": items, "totalCount": total}).to_string())
}

/// The ids that are found, or why they are not, and what was asked for.
async fn listed(spec: &PodSpec, replies: Vec<Reply>) -> (Result<Vec<String>, Kind>, Vec<String>) {
    let (server, prime) = prime(replies).await;
    let rows = prime.offers(Instant::now(), spec, &gpus(1)).await;
    let ids = rows.map(|rows| rows.iter().map(|row| row.cloud_id.clone()).collect());
    (ids.map_err(|error| error.kind), server.lines())
}

async fn check(replies: Vec<Reply>, expected: &[&str], requests: usize) {
    let (ids, lines) = listed(&open_spec(), replies).await;
    assert_eq!(ids.expect("are listed"), expected);
    assert_eq!(lines.len(), requests, "{lines:?}");
}

#[tokio::test]
async fn every_page_is_read() {
    check(vec![page(&["a"], json!(1))], &["a"], 1).await;
    check(
        vec![page(&["a", "b"], json!(3)), page(&["c"], json!(3))],
        &["a", "b", "c"],
        2,
    )
    .await;
    // A row that moved on is one row.
    check(
        vec![page(&["a", "b"], json!(3)), page(&["b"], json!(3))],
        &["a", "b"],
        2,
    )
    .await;
    let (_, lines) = listed(&open_spec(), vec![page(&["a"], json!(2)), page(&["b"], json!(2))]).await;
    let query =
        |page| format!("GET /api/v1/availability/gpus?page={page}&page_size=100&gpu_type=H100_80GB&gpu_count=1");
    assert_eq!(lines, [query(1), query(2)]);
}

#[tokio::test]
async fn an_empty_page_is_believed_the_third_time() {
    let empty = || page(&[], json!(0));
    check(vec![empty(), empty(), page(&["a"], json!(1))], &["a"], 3).await;
    check(vec![empty(), empty(), empty()], &[], 3).await;
    // A total that is too large or is not told.
    let more = vec![page(&["a"], json!(9)), empty(), empty(), empty()];
    check(more, &["a"], 4).await;
    let untold = vec![
        page(&["a"], Value::Null),
        page(&["b"], Value::Null),
        empty(),
        empty(),
        empty(),
    ];
    check(untold, &["a", "b"], 5).await;
    check(vec![success(r#"{"items":null,"totalCount":0}"#); 3], &[], 3).await;
}

#[tokio::test]
async fn a_listing_that_is_none_is_unreadable() {
    for body in ["{}", "[]", "null", r#"{"items":{}}"#, r#"{"data":[]}"#, "<html>"] {
        let (ids, _) = listed(&open_spec(), vec![success(body)]).await;
        assert_eq!(ids, Err(Kind::Unreadable), "{body}");
    }
    let odd = success(r#"{"items":[null,1,{"cloudId":"x"}],"totalCount":3}"#);
    check(vec![odd], &[], 1).await;
}

#[tokio::test]
async fn a_listing_that_never_ends_is_left() {
    let forever = (0..2_000).map(|id| page(&[&id.to_string()], json!(u32::MAX))).collect();
    let (ids, lines) = listed(&open_spec(), forever).await;
    assert_eq!((ids, lines.len()), (Err(Kind::Unreadable), 1_000));
}

#[tokio::test]
async fn disks_are_named_one_by_one() {
    let mount = |id: &str| Mount {
        volume_id: id.to_owned(),
        path: None,
    };
    let spec = PodSpec {
        volumes: vec![mount("disk-1"), mount("disk-2")],
        ..open_spec()
    };
    let (_, lines) = listed(&spec, vec![page(&["a"], json!(1))]).await;
    assert!(
        lines[0].ends_with("&gpu_count=1&disks=disk-1&disks=disk-2"),
        "{lines:?}"
    );
}

#[tokio::test]
async fn a_type_in_other_letters_is_found_among_all() {
    let refusal = || Reply::json(422, r#"{"errors":[{"param":"gpu_type","details":"unknown"}]}"#);
    let (ids, lines) = listed(&open_spec(), vec![refusal(), page(&["a"], json!(1))]).await;
    assert_eq!(ids, Ok(vec!["a".to_owned()]));
    assert_eq!(lines[1], "GET /api/v1/availability/gpus?page=1&page_size=100");
    // One that nobody has is refused as before.
    let other = r#"{"items":[{"cloudId":"x","gpuType":"T","socket":"S","provider":"p","gpuCount":1}],"totalCount":1}"#;
    let (ids, _) = listed(&open_spec(), vec![refusal(), success(other)]).await;
    assert_eq!(ids, Err(Kind::Invalid));
}

#[tokio::test]
async fn orders_share_a_listing_that_is_young_enough_for_them() {
    let listings = [page(&["a"], json!(1)), page(&["b"], json!(1)), page(&["c"], json!(1))];
    let (server, prime) = prime(listings).await;
    let found = async |since, count| {
        let rows = prime
            .offers(since, &open_spec(), &gpus(count))
            .await
            .expect("a listing");
        rows[0].cloud_id.clone()
    };
    let began = Instant::now();
    let (one, other) = tokio::join!(found(began, 1), found(began, 1));
    assert_eq!(
        (one.as_str(), other.as_str()),
        ("a", "a"),
        "the second waits for the first"
    );
    assert_eq!(found(Instant::now(), 1).await, "b", "what is older is read again");
    assert_eq!(found(began, 1).await, "b", "and that for all who come later");
    assert_eq!(found(began, 2).await, "c", "other GPUs are another listing");
    assert_eq!(server.lines().len(), 3);
}

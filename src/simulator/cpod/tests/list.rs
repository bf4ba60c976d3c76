//! The list: who is in it, and how it comes in pages.

use serde_json::{Value, json};

use super::{Desk, fixture};

/// With so many pods.
fn crowded(pods: usize) -> (Desk, Vec<String>) {
    let mut desk = Desk::new();
    let ids = (0..pods).map(|_| desk.create()).collect();
    (desk, ids)
}

fn page(desk: &mut Desk, query: &str) -> (Vec<String>, Option<String>) {
    let (status, page) = desk.ask(&format!("GET /v1/pods?{query}"), Value::Null);
    assert_eq!(status, 200, "{query}: {page}");
    let ids = page["data"].as_array().unwrap().iter();
    let ids = ids.map(|pod| pod["id"].as_str().unwrap().to_owned()).collect();
    (ids, page["nextCursor"].as_str().map(str::to_owned))
}

/// The cursor as a query holds it.
fn encoded(cursor: &str) -> String {
    cursor.replace('+', "%2B").replace('/', "%2F").replace('=', "%3D")
}

#[test]
fn a_list_comes_in_pages() {
    let (mut desk, ids) = crowded(5);
    let (first, cursor) = page(&mut desk, "limit=2");
    assert_eq!(first, ids[..2]);
    let (second, cursor) = page(&mut desk, &format!("limit=2&cursor={}", encoded(&cursor.unwrap())));
    assert_eq!(second, ids[2..4]);
    let (third, cursor) = page(&mut desk, &format!("limit=2&cursor={}", encoded(&cursor.unwrap())));
    assert_eq!((third.as_slice(), cursor), (&ids[4..], None));
    assert_eq!(page(&mut desk, "limit=5"), (ids, None));
}

#[test]
fn a_page_has_a_default_and_a_greatest_length() {
    let (mut desk, _) = crowded(51);
    assert_eq!(page(&mut desk, "").0.len(), 50);
    assert_eq!(page(&mut desk, "limit=9999").0.len(), 51);
    desk.quirks.merge(json!({"short_pages": true})).unwrap();
    let (short, cursor) = page(&mut desk, "limit=100");
    assert!(short.len() == 3 && cursor.is_some());
}

#[test]
fn a_page_goes_on_behind_a_pod_that_is_gone() {
    let (mut desk, ids) = crowded(3);
    let (_, cursor) = page(&mut desk, "limit=2");
    desk.change(&ids[1], json!({"event": "vanish"})).unwrap().unwrap();
    let (rest, _) = page(&mut desk, &format!("cursor={}", encoded(&cursor.unwrap())));
    assert_eq!(rest, ids[2..]);
}

#[test]
fn filters() {
    let (mut desk, ids) = crowded(2);
    desk.change(&ids[0], json!({"event": "fail"})).unwrap().unwrap();
    desk.create_with(fixture("pod-create-request-organization"));
    let mut check = |query: &str, expected: usize| assert_eq!(page(&mut desk, query).0.len(), expected, "{query}");
    check("", 3);
    check("status=failed", 1);
    check("status=running", 0);
    check("workspaceId=ws-batch", 1);
    check("workspaceId=ws-research", 2);
    check("workspaceId=ws-research&status=pending", 1);
    check("tenantId=anything", 3);
}

#[test]
fn a_query_with_a_mistake_is_refused() {
    for query in ["status=paused", "limit=0", "limit=many", "cursor=x", "cursor=%3D"] {
        let (status, response) = Desk::new().ask(&format!("GET /v1/pods?{query}"), Value::Null);
        assert_eq!(status, 400, "{query}");
        assert!(response["detail"].is_string(), "{response}");
    }
}

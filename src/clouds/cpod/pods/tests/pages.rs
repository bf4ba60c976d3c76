//! Pagination, also of a server that does not page as one would think.

use crate::clouds::{Cloud, Kind, cpod::testing::cpod, http::test_server::Reply};

/// A page with pods of these ids, and with what it says of the next one.
fn page(ids: &[u32], next: &str) -> Reply {
    let entries: Vec<String> = ids.iter().map(|id| format!(r#"{{"id":"{id}"}}"#)).collect();
    Reply::json(200, &format!(r#"{{"data":[{}]{next}}}"#, entries.join(",")))
}

fn cursor(text: &str) -> String {
    format!(r#","nextCursor":"{text}""#)
}

/// The ids that are listed, or how the list fails, and the queries that it takes.
async fn listed(replies: Vec<Reply>) -> (Result<Vec<String>, Kind>, Vec<String>) {
    let (server, cpod) = cpod(replies).await;
    let ids = match cpod.pods().list().await {
        Ok(pods) => Ok(pods.iter().map(|pod| pod.id.to_string()).collect()),
        Err(error) => Err(error.kind),
    };
    let query = |line: String| line.trim_start_matches("GET /v1/pods?limit=100").to_owned();
    (ids, server.lines().into_iter().map(query).collect())
}

fn ids(ids: &[&str]) -> Result<Vec<String>, Kind> {
    Ok(ids.iter().map(|id| (*id).to_owned()).collect())
}

#[tokio::test]
async fn a_list_ends_where_no_cursor_leads_on() {
    for end in ["", r#","nextCursor":null"#, r#","nextCursor":"""#] {
        let (found, queries) = listed(vec![page(&[1], end)]).await;
        assert_eq!((found, queries), (ids(&["1"]), vec![String::new()]), "{end}");
    }
}

#[tokio::test]
async fn every_page_is_read() {
    let replies = vec![
        page(&[1, 2], &cursor("a=+/b")),
        page(&[3], r#","nextCursor":7"#),
        page(&[], &cursor("c")),
        page(&[4], ""),
    ];
    let (found, queries) = listed(replies).await;
    assert_eq!(found, ids(&["1", "2", "3", "4"]));
    assert_eq!(queries, ["", "&cursor=a%3D%2B%2Fb", "&cursor=7", "&cursor=c"]);
}

#[tokio::test]
async fn a_cursor_that_leads_to_nothing_ends_the_list() {
    let (found, queries) = listed(vec![page(&[1], &cursor("a")), page(&[], &cursor("a"))]).await;
    assert_eq!((found, queries.len()), (ids(&["1"]), 2));
}

/// Half a list would make a pod look gone.
#[tokio::test]
async fn a_list_that_goes_in_circles_is_no_list() {
    let (found, queries) = listed(vec![page(&[1], &cursor("a")), page(&[1], &cursor("a"))]).await;
    assert_eq!((found, queries.len()), (Err(Kind::Unreadable), 2));
    let circle = vec![
        page(&[1], &cursor("a")),
        page(&[2], &cursor("b")),
        page(&[3], &cursor("a")),
    ];
    assert_eq!(listed(circle).await.0, Err(Kind::Unreadable));
}

#[tokio::test]
async fn a_page_that_fails_fails_the_list() {
    let (found, _) = listed(vec![page(&[1], &cursor("a")), Reply::json(403, "")]).await;
    assert_eq!(found, Err(Kind::Forbidden));
}

#[tokio::test]
async fn what_has_no_id_is_left_out() {
    for odd in [
        "null",
        "true",
        "7",
        "-7.5",
        r#""7""#,
        "[]",
        r#"[{"id":"7"}]"#,
        "{}",
        r#"{"name":"x"}"#,
        r#"{"id":null}"#,
        r#"{"id":7.5}"#,
        r#"{"id":["7"]}"#,
        r#"{"id":"../x"}"#,
    ] {
        let entries = format!(r#"{{"data":[{{"id":"1"}},{odd},{{"name":"x","id":2}}]}}"#);
        let (found, _) = listed(vec![Reply::json(200, &entries)]).await;
        assert_eq!(found, ids(&["1", "2"]), "{odd}");
    }
}

#[tokio::test]
async fn whatever_is_no_list_is_unreadable_and_not_empty() {
    for page in [
        "",
        "[]",
        r#"[[{"id":"1"}],null]"#,
        "7",
        "null",
        "{}",
        r#"{"data":null}"#,
        r#"{"data":{}}"#,
        r#"{"data":{"id":"1"}}"#,
        r#"{"data":[],"nextCursor":[]}"#,
        r#"{"data":[],"nextCursor":true}"#,
        r#"{"data":[{"id":"1"}]"#,
        r#"{"data":[{"id":"1"}]}]"#,
    ] {
        let (found, _) = listed(vec![Reply::json(200, page)]).await;
        assert_eq!(found, Err(Kind::Unreadable), "{page}");
    }
}

#[tokio::test]
async fn of_a_field_that_comes_twice_the_last_one_counts() {
    let page = r#"{"data":7,"nextCursor":"a","data":[{"id":"1","id":"2","name":"x","name":null}],"nextCursor":null}"#;
    let (found, queries) = listed(vec![Reply::json(200, page)]).await;
    assert_eq!((found, queries.len()), (ids(&["2"]), 1));
}

//! Lists of pods: which entries count, what is no list at all, and where a list ends that repeats itself.

use crate::clouds::{
    Cloud, Kind, Pod,
    prime_intellect::testing::{prime, success},
};

async fn listed(pages: &[&str]) -> Result<Vec<Pod>, Kind> {
    let (_server, prime) = prime(pages.iter().map(|body| success(body))).await;
    prime.pods().list().await.map_err(|error| error.kind)
}

/// The ids of what pages list, or why they are no list.
async fn check(pages: &[&str], expected: Result<&[&str], Kind>) {
    let found = listed(pages).await;
    let found = found.map(|pods| pods.iter().map(|pod| pod.id.to_string()).collect::<Vec<_>>());
    let expected = expected.map(|ids| ids.iter().map(|id| (*id).to_owned()).collect());
    assert_eq!(found, expected, "{pages:?}");
}

#[tokio::test]
async fn an_entry_is_an_object_with_an_id() {
    let check = async |entry: &str, expected: &[&str]| {
        // Between two others, which no neighbour may hide.
        let page = format!(r#"{{"data":[{{"id":"a"}},{entry},{{"id":"b"}}],"total_count":3}}"#);
        let ids: Vec<&str> = [&["a"], expected, &["b"]].concat();
        check(&[&page], Ok(&ids)).await;
    };
    check(r#"{"id":"c"}"#, &["c"]).await;
    check(r#"{"ip":"203.0.113.7","id":7}"#, &["7"]).await;
    check(r#"{"id":18446744073709551616}"#, &["18446744073709551616"]).await;
    for odd in [
        "null",
        "true",
        "7",
        "-7.5",
        "1e999",
        r#""7""#,
        "[]",
        r#"[{"id":"c"}]"#,
        "{}",
        r#"{"name":"x"}"#,
        r#"{"id":null}"#,
        r#"{"id":7.5}"#,
        r#"{"id":["c"]}"#,
        r#"{"id":"../x"}"#,
    ] {
        check(odd, &[]).await;
    }
}

#[tokio::test]
async fn whatever_is_no_list_is_unreadable_and_not_empty() {
    for page in [
        "",
        "[]",
        r#"[[{"id":"a"}],1]"#,
        "7",
        "null",
        "{}",
        r#"{"data":null}"#,
        r#"{"data":{}}"#,
        r#"{"data":7,"total_count":1}"#,
        r#"{"data":{"id":"a"},"total_count":1}"#,
        r#"{"items":[]}"#,
        r#"{"data":[{"id":"a"}],"total_count":1"#,
        r#"{"data":[{"id":"a"}],"total_count":1}}"#,
    ] {
        check(&[page], Err(Kind::Unreadable)).await;
    }
    for page in [
        r#"{"data":[],"total_count":0}"#,
        r#"{"data":[]}"#,
        r#"{"total_count":"0","data":null}"#,
        r#"{"total_count":0}"#,
        r#"{"data":{},"total_count":0}"#,
    ] {
        check(&[page], Ok(&[])).await;
    }
}

#[tokio::test]
async fn of_a_field_that_comes_twice_the_last_one_counts() {
    let page = r#"{"data":7,"total_count":9,"data":[{"id":"a","id":"b"}],"total_count":1}"#;
    check(&[page], Ok(&["b"])).await;
    let page = r#"{"data":[{"id":"a","name":"x","name":"y","new":1,"new":2}],"total_count":1}"#;
    let pods = listed(&[page]).await.expect("a list");
    let names: Vec<_> = pods.into_iter().map(|pod| pod.observed.name).collect();
    assert_eq!(names, [Some("y".to_owned())]);
}

#[tokio::test]
async fn a_page_that_comes_once_more_is_no_other_page() {
    let page = |entries: &str, rest: &str| format!(r#"{{"data":[{entries}]{rest}}}"#);
    // What a server says around the entries may differ.
    let (first, again) = (page(r#"{"id":"a"}"#, ""), page(r#"{"id":"a"}"#, r#","page":2"#));
    check(&[&first, &again], Ok(&["a"])).await;
    let total = r#","total_count":3"#;
    let (first, again) = (page(r#"{"id":"a"}"#, total), page(r#"{"id":"a"}"#, total));
    check(&[&first, &again], Err(Kind::Unreadable)).await;
    // A pod that changed is not the page before.
    let changed = page(r#"{"id":"a","status":"ACTIVE"}"#, total);
    check(&[&first, &changed, &page(r#"{"id":"b"}"#, total)], Ok(&["a", "b"])).await;
    // Of pages that cannot be read at all, those are the same that are written so.
    let (odd, other) = (page("null", total), page("{}", total));
    check(&[&odd, &other, &page(r#"{"id":"b"}"#, total)], Ok(&["b"])).await;
    check(&[&odd, &odd], Err(Kind::Unreadable)).await;
    check(&[&page("null", ""), &page("null", "")], Ok(&[])).await;
    // Entries without an id count, since the next page begins behind them.
    check(
        &[&page(r#"{},{"id":"a"}"#, total), &page(r#"{"id":"b"}"#, total)],
        Ok(&["a", "b"]),
    )
    .await;
}

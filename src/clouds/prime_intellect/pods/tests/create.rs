//! Creates over a socket: which offers are tried, how often, and how that ends.

use serde_json::{Value, json};

use super::small_spec;
use crate::clouds::{
    Account, Cloud, Kind, Offer, Pod, PodSpec, Price, Result,
    http::test_server::{Received, Reply},
    prime_intellect::testing::{prime, prime_of, refusal, success},
};

/// A page of offers with these ids, each dearer than the one before.
fn offers(ids: &[&str]) -> Reply {
    let row = |(index, id): (usize, &&str)| {
        json!({"cloudId": id, "gpuType": "H100_80GB", "socket": "PCIe", "provider": "vultr", "gpuCount": 1,
               "dataCenter": "US-1", "prices": {"onDemand": index + 1}, "images": ["ubuntu_22_cuda_12"]})
    };
    let rows: Vec<Value> = ids.iter().enumerate().map(row).collect();
    success(&json!({"items": rows, "totalCount": ids.len()}).to_string())
}

fn taken() -> Reply {
    refusal(409, "Somebody was faster")
}

fn made() -> Reply {
    success(r#"{"id":"a","status":"PROVISIONING","providerType":"vultr","socket":"PCIe"}"#)
}

/// How an order ends, and what was asked: the id of each offer that was ordered, and a dash for each listing.
async fn order(spec: &PodSpec, replies: Vec<Reply>) -> (Result<Pod>, String) {
    let (server, prime) = prime(replies).await;
    let result = prime.pods().create(spec).await;
    let word = |asked: Received| match serde_json::from_str::<Value>(&asked.body) {
        Ok(body) => body["pod"]["cloudId"].as_str().unwrap_or("?").to_owned(),
        Err(_) => "-".to_owned(),
    };
    (result, server.requests().into_iter().map(word).collect())
}

#[tokio::test]
async fn the_answer_says_what_was_bought_and_where() {
    let row = json!({
        "cloudId": "X", "gpuType": "H100_80GB", "socket": "SXM5", "provider": "vultr", "gpuCount": 1, "country": "US",
        "dataCenter": "US-1", "region": "united_states", "security": "secure_cloud", "prices": {"onDemand": 1},
    });
    let page = |row: &Value| success(&json!({"items": [row], "totalCount": 1}).to_string());
    let (pod, _) = order(&small_spec(), vec![page(&row), made()]).await;
    let pod = pod.expect("is made");
    let text = |text: &str| Some(text.to_owned());
    let expected = Offer {
        cloud_id: text("X"),
        provider: text("vultr"),
        socket: text("SXM5"),
        data_center_id: text("US-1"),
        country: text("US"),
        security: text("secure_cloud"),
    };
    assert_eq!(
        (pod.offer, pod.region),
        (Some(Box::new(expected)), text("united_states"))
    );
    let mut without_region = row;
    without_region["region"] = Value::Null;
    let (pod, _) = order(&small_spec(), vec![page(&without_region), made()]).await;
    assert_eq!(pod.expect("is made").region, text("US-1"));
}

#[tokio::test]
async fn what_was_taken_gives_way_to_the_next() {
    let check = async |replies: Vec<Reply>, expected: &str| {
        let (result, asked) = order(&small_spec(), replies).await;
        assert_eq!(
            (result.map(|pod| pod.id.as_str().to_owned()).ok(), asked.as_str()),
            (Some("a".to_owned()), expected)
        );
    };
    check(vec![offers(&["A", "B"]), made()], "-A").await;
    check(vec![offers(&["A", "B"]), taken(), made()], "-AB").await;
    let out_of_stock = refusal(400, "This offer is out of stock");
    check(vec![offers(&["A", "B"]), out_of_stock, made()], "-AB").await;
    // The listing is read once more: something else may be there.
    check(vec![offers(&["A"]), taken(), offers(&["B"]), made()], "-A-B").await;
    check(vec![offers(&["A"]), taken(), offers(&["A"]), made()], "-A-A").await;
}

#[tokio::test]
async fn there_is_an_end_to_it() {
    let check = async |replies: Vec<Reply>, expected: &str, orders: usize| {
        let (result, asked) = order(&small_spec(), replies).await;
        let error = result.expect_err("is not made");
        assert_eq!(
            (error.kind, error.status, asked.as_str()),
            (Kind::NoCapacity, Some(409), expected)
        );
        assert_eq!(error.message.matches("vultr").count(), orders, "{}", error.message);
    };
    let many = || offers(&["A", "B", "C", "D", "E", "F", "G"]);
    check([vec![many()], vec![taken(); 9]].concat(), "-ABCDE", 5).await;
    let three = || offers(&["A", "B", "C"]);
    let replies = vec![three(), taken(), taken(), taken(), three(), taken(), taken(), taken()];
    check(replies, "-ABC-AB", 5).await;
    // What happens to the second listing is not the reason.
    let nothing = success(r#"{"items":[],"totalCount":0}"#);
    check([vec![offers(&["A"]), taken()], vec![nothing; 3]].concat(), "-A---", 1).await;
    check(vec![offers(&["A"]), taken(), refusal(401, "no")], "-A-", 1).await;
    let (result, _) = order(&small_spec(), vec![offers(&["A"]), taken(), refusal(401, "no")]).await;
    assert_eq!(
        result.expect_err("is not made").to_string(),
        r#"Prime Intellect, creating pod "trainer": the one offer that fits was ordered, and just taken: vultr "A" in US-1. The last answer: Somebody was faster (HTTP 409)"#
    );
}

#[tokio::test]
async fn an_order_that_may_have_worked_is_the_last() {
    for (reply, kind) in [
        (refusal(500, "out of stock"), Kind::CloudFailed),
        (Reply::CutAfterReading, Kind::AnswerLost),
        (Reply::CutInBody, Kind::AnswerLost),
        (success(r#"{"name":"trainer"}"#), Kind::Unreadable),
        (refusal(402, "out of stock"), Kind::Payment),
        (refusal(422, "no"), Kind::Invalid),
    ] {
        let (result, asked) = order(&small_spec(), vec![offers(&["A", "B"]), reply.clone(), made()]).await;
        let error = result.expect_err("is not known to be made");
        assert_eq!((error.kind, asked.as_str()), (kind, "-A"), "{reply:?}");
    }
    // Too early is not too late: nothing was made.
    let (result, asked) = order(&small_spec(), vec![offers(&["A", "B"]), Reply::json(429, ""), made()]).await;
    assert!(result.is_ok());
    assert_eq!(asked, "-AA");
}

#[tokio::test]
async fn nothing_is_ordered_where_nothing_fits() {
    let spec = PodSpec {
        max_price: Some(Price::new("0.5".parse().expect("a number")).expect("a price")),
        ..small_spec()
    };
    let (result, asked) = order(&spec, vec![offers(&["A", "B"])]).await;
    let error = result.expect_err("is too dear");
    assert_eq!((error.kind, asked.as_str()), (Kind::NoCapacity, "-"));
    assert_eq!(
        error.to_string(),
        r#"Prime Intellect, creating pod "trainer": 2 offers of H100_80GB with 1 GPU are left, but the cheapest costs 1 an hour, above the limit of 0.5"#
    );
    let without_gpus = PodSpec {
        gpu: None,
        ..small_spec()
    };
    let (result, asked) = order(&without_gpus, vec![]).await;
    assert_eq!(
        (result.expect_err("is refused").kind, asked.as_str()),
        (Kind::Invalid, "")
    );
}

/// Nobody has to look for a pod that was never ordered.
#[tokio::test]
async fn a_listing_that_fails_orders_nothing() {
    for (reply, kind) in [
        (refusal(500, "no"), Kind::Unreachable),
        (success("<html>"), Kind::Unreachable),
        (Reply::CutAfterReading, Kind::Unreachable),
        (refusal(401, "no"), Kind::Unauthorized),
        (refusal(403, "no"), Kind::Forbidden),
        (refusal(429, "no"), Kind::RateLimited),
        (refusal(404, "Not Found"), Kind::NotFound),
    ] {
        let (result, _) = order(&small_spec(), vec![reply.clone(); 9]).await;
        let error = result.expect_err("is not ordered");
        assert_eq!(
            (error.kind, error.operation.as_str()),
            (kind, "listing the offers"),
            "{reply:?}"
        );
        assert!(error.kind.proves_nothing_was_done());
    }
}

#[tokio::test]
async fn a_pod_is_made_for_the_connections_team() {
    let account = Account {
        team_id: Some("own".to_owned()),
        ..Account::default()
    };
    let response = success(r#"{"id":"a","teamId":"own"}"#);
    let (server, prime) = prime_of(account.clone(), [offers(&["A"]), response]).await;
    let pod = prime.pods().create(&small_spec()).await.expect("is made");
    assert!(server.requests()[1].body.ends_with(r#""team":{"teamId":"own"}}"#));
    assert_eq!(
        pod.observed.marketplace.and_then(|marketplace| marketplace.team_id),
        None
    );
    assert_eq!(prime.account(), &account);
}

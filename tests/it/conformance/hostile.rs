//! Text of a cloud that is made to do harm, in every field of everything: what the client tells of it is one line of
//! limited length, in which nothing moves a cursor or shows a secret.

use gpupod::clouds::{Error, PodId, Secret};
use serde_json::{Value, json};

use super::{answers::read_with, bench::Bench, fixtures, on_every_cloud, specs::least, with_every_thing};

/// Colours, a forged line, a cleared screen and a reversed direction.
const HOSTILE: &str = "\u{1b}[31mA\u{1b}[0m\r\nError: forged\u{9b}2J\u{2028}\u{202e}\u{1b}]0;title\u{7}B";

/// What is taken as it is: a script, and a key.
const VERBATIM: [&str; 2] = ["initializationCommand", "publicKey"];

#[tokio::test]
async fn no_text_of_an_answer_can_act_or_is_long() {
    with_every_thing(async |bench, thing| {
        let id = thing.deletable(bench).await;
        for field in fixtures::fields(bench.description.capabilities.name, thing) {
            let is_verbatim = VERBATIM.contains(&field.as_str());
            for shown in [json!(HOSTILE), json!([HOSTILE])] {
                let seen = read_with(bench, thing, &id, &json!({&field: shown})).await;
                let acts = ["\\u{1b}", "\\u{9b}", "\\u{202e}", "\\n", "\\r", "\\u{2028}"];
                let found = acts.iter().find(|one| seen.contains(**one));
                assert!(found.is_none() || is_verbatim, "{thing:?}: {field}: {seen}");
            }
            let long = json!({&field: "x".repeat(20_000)});
            let seen = read_with(bench, thing, &id, &long).await;
            let is_short = seen.len() < 10_000;
            assert!(is_short || is_verbatim, "{thing:?}: {field}: {} bytes", seen.len());
        }
    })
    .await;
}

fn refusal(bench: &Bench, message: &str) -> Value {
    match bench.description.capabilities.name {
        "yotta" => json!({"code": 10001, "message": message}),
        _ => json!({"detail": message}),
    }
}

async fn refused(bench: &Bench, id: &PodId, message: &str) -> Error {
    let body = refusal(bench, message);
    bench.order("GET", 1, &json!({"respond": {"status": 400, "body": body}}));
    bench.cloud.pods().get(id).await.expect_err("is refused")
}

#[tokio::test]
async fn a_refusal_is_one_line_of_limited_length() {
    on_every_cloud(async |bench| {
        let id = bench.create().await.id;
        let error = refused(bench, &id, HOSTILE).await;
        assert_eq!(error.message, "A Error: forged B");
        let error = refused(bench, &id, &"x".repeat(5_000_000)).await;
        assert_eq!(error.message.chars().count(), 1_001);
    })
    .await;
}

const KEY: &str = "-----BEGIN KEY-----\nMIIEvQIBADANBgkq\n\"hkiG9w0BAQEFAASC\"\n-----END KEY-----\n";

#[tokio::test]
async fn a_run_hides_its_secrets_in_every_answer_and_spelling() {
    on_every_cloud(async |bench| {
        let mut spec = least(bench.description.capabilities);
        spec.environment = [("TOKEN".to_owned(), Secret::new(KEY))].into_iter().collect();
        let made = bench.cloud.pods().create(&spec).await.expect("is made");
        let escaped = Value::from(KEY).to_string();
        let spellings = [
            KEY.to_owned(),
            "MIIEvQIBADANBgkq".to_owned(),
            escaped.clone(),
            Value::from(escaped).to_string(),
            KEY.replace('\n', "%0A").replace('"', "%22").replace(' ', "+"),
        ];
        for spelling in spellings {
            let error = refused(bench, &made.id, &format!("bad value {spelling}")).await;
            let shows = ["MIIE", "hkiG"].iter().any(|part| error.message.contains(part));
            assert!(!shows && error.message.contains("***"), "{spelling}: {}", error.message);
        }
    })
    .await;
}

/// Where a pod's reason stands is in the documents of one cloud.
#[tokio::test]
async fn a_failed_pods_reason_and_an_unknown_status_show_no_secret() {
    on_every_cloud(async |bench| {
        let mut spec = least(bench.description.capabilities);
        spec.environment = [("TOKEN".to_owned(), Secret::new(KEY))].into_iter().collect();
        let made = bench.cloud.pods().create(&spec).await.expect("is made");
        let merge = |fields: Value| bench.order("GET", 1, &json!({"merge_data": fields}));
        merge(json!({"status": "ERROR", "installationFailure": format!("{HOSTILE} of MIIEvQIBADANBgkq")}));
        let pod = bench.pod(&made.id).await;
        let reason = pod.reason.as_deref();
        assert!(
            reason.is_none_or(|reason| reason == "A Error: forged B of ***"),
            "{reason:?}"
        );
        merge(json!({"status": "MELTING of MIIEvQIBADANBgkq"}));
        assert_eq!(bench.pod(&made.id).await.cloud_status, "MELTING of ***");
    })
    .await;
}

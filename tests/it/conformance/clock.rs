//! When things are made: by the cloud's own clock, which its answers tell, whatever the clock of this machine shows.

use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;

use super::with_every_thing;

/// In milliseconds: a date has whole seconds.
const GRAIN: i64 = 1_000;

#[tokio::test]
async fn what_is_made_is_dated_by_the_clock_that_answers_tell() {
    with_every_thing(async |bench, thing| {
        bench.simulator.advance(Duration::from_secs(7_200));
        assert_eq!(bench.cloud.time_at(Instant::now()), None, "nothing was answered yet");
        let began = Instant::now();
        let id = thing.create(&*bench.cloud).await.expect("is made");
        let dates = thing.dates(&*bench.cloud).await.expect("are listed");
        let made = dates[&id].expect("is dated");
        let told = bench.cloud.time_at(began).expect("the answer had a date");
        let now = bench.cloud.time_at(Instant::now()).expect("the answer had a date");
        assert!(told <= made + GRAIN && made <= now + GRAIN, "{told} {made} {now}");
    })
    .await;
}

#[tokio::test]
async fn a_creation_without_an_answer_tells_when_it_was_sent() {
    with_every_thing(async |bench, thing| {
        bench.order("POST", 1, &json!({"cut": {"carried_out": true}}));
        let began = Instant::now();
        let lost = thing.create(&*bench.cloud).await.expect_err("has no answer");
        let sent = lost.sent.expect("was sent");
        assert!(began <= sent && sent <= Instant::now());
        let dates = thing.dates(&*bench.cloud).await.expect("are listed");
        let made = dates.values().next().copied().flatten().expect("is dated");
        let sent = bench.cloud.time_at(sent).expect("the list had a date");
        assert!(sent <= made + GRAIN, "{sent} {made}");
    })
    .await;
}

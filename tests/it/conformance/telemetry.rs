//! Pods' logs and running times, where the cloud tells them.

use std::{collections::BTreeSet, time::Duration};

use gpupod::{
    clouds::{Kind, LogLine, LogQuery, LogSupport, Logs, Phase, PodId, Runtime, Runtimes},
    simulator::RecordedRequest,
};
use serde_json::json;

use super::{
    bench::{Bench, if_found, kind},
    gone::{LATER, every_way},
    where_there_is,
};

async fn where_there_are_logs(test: impl AsyncFn(&Bench, &dyn Logs)) {
    where_there_is(
        |cloud| cloud.has.logs != LogSupport::None,
        |cloud| cloud.logs().is_some(),
        async |bench| test(bench, bench.cloud.logs().expect("were there")).await,
    )
    .await;
}

/// Runs a test once for each cloud of which whichever lines can be asked for.
async fn where_logs_are_filtered(test: impl AsyncFn(&Bench, &dyn Logs)) {
    where_there_are_logs(async |bench, logs| {
        if bench.description.capabilities.has.logs == LogSupport::Filtered {
            test(bench, logs).await;
        }
    })
    .await;
}

async fn where_there_are_runtimes(test: impl AsyncFn(&Bench, &dyn Runtimes)) {
    where_there_is(
        |cloud| cloud.has.runtimes,
        |cloud| cloud.runtimes().is_some(),
        async |bench| test(bench, bench.cloud.runtimes().expect("were there")).await,
    )
    .await;
}

/// Asks for more lines than a pod of the simulator has.
fn all() -> LogQuery {
    LogQuery {
        kind: None,
        limit: 1_000,
        keyword: None,
        start: None,
        end: None,
    }
}

async fn lines(logs: &dyn Logs, id: &PodId, query: &LogQuery) -> Vec<LogLine> {
    logs.pod_logs(id, query).await.expect("is read")
}

/// A pod with lines of two moments: it ran, stopped and runs again, where it can.
async fn talkative(bench: &Bench) -> PodId {
    if !bench.can_stop() {
        return bench.running().await;
    }
    let id = bench.stopped().await;
    bench.cloud.pods().start(&id).await.expect("is told to start");
    bench.phases_until(&id, Some(Phase::Running)).await;
    id
}

#[tokio::test]
async fn a_log_has_at_most_as_many_lines_as_are_asked_for() {
    where_there_are_logs(async |bench, logs| {
        let id = talkative(bench).await;
        let all = lines(logs, &id, &all()).await;
        assert!(all.len() > 3);
        for is_short in [false, true] {
            bench
                .simulator
                .quirks(json!({"short_pages": is_short}))
                .expect("a quirk");
            for limit in 1..=all.len() + 1 {
                let query = LogQuery {
                    limit: u32::try_from(limit).expect("is small"),
                    ..self::all()
                };
                let count = limit.min(all.len());
                let expected = match bench.description.capabilities.has.logs {
                    LogSupport::LastLines => &all[all.len() - count..],
                    LogSupport::Filtered | LogSupport::None => &all[..count],
                };
                assert_eq!(lines(logs, &id, &query).await, expected, "{limit}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_lines_are_the_same_whatever_holds_them() {
    where_there_are_logs(async |bench, logs| {
        let id = talkative(bench).await;
        let plain = lines(logs, &id, &all()).await;
        let quirk = json!({"log_as_object": true});
        bench.simulator.quirks(quirk).expect("a quirk");
        assert_eq!(lines(logs, &id, &all()).await, plain);
    })
    .await;
}

#[tokio::test]
async fn a_log_is_searched() {
    where_logs_are_filtered(async |bench, logs| {
        let id = talkative(bench).await;
        let all = lines(logs, &id, &all()).await;
        let words: BTreeSet<&str> = all.iter().flat_map(|line| line.content.split(' ')).collect();
        for word in words {
            let keyword = Some(word.to_owned());
            let expected: Vec<_> = all.iter().filter(|line| line.content.contains(word)).cloned().collect();
            assert_eq!(
                lines(logs, &id, &LogQuery { keyword, ..self::all() }).await,
                expected,
                "{word}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn a_log_is_read_from_one_moment_to_another() {
    where_logs_are_filtered(async |bench, logs| {
        if !bench.can_stop() {
            return;
        }
        let id = talkative(bench).await;
        let all = lines(logs, &id, &all()).await;
        let (before, between, after) = moments(bench);
        let read = async |start, end| {
            lines(
                logs,
                &id,
                &LogQuery {
                    start,
                    end,
                    ..self::all()
                },
            )
            .await
        };
        let (early, late) = (read(None, Some(between)).await, read(Some(between), None).await);
        assert!(!early.is_empty() && !late.is_empty());
        assert_eq!([early, late].concat(), all);
        assert_eq!(read(Some(before), Some(after)).await, all);
        assert_eq!(read(Some(after + 1), None).await, []);
    })
    .await;
}

#[tokio::test]
async fn a_filter_that_is_not_taken_is_never_sent() {
    where_there_are_logs(async |bench, logs| {
        if bench.description.capabilities.has.logs == LogSupport::Filtered {
            return;
        }
        let id = talkative(bench).await;
        let query = LogQuery {
            kind: Some("SYSTEM".to_owned()),
            keyword: Some("started".to_owned()),
            start: Some(1),
            end: Some(2),
            ..all()
        };
        bench.simulator.clear_requests();
        for query in [query, all()] {
            lines(logs, &id, &query).await;
        }
        let requests = bench.simulator.requests();
        assert_eq!(
            (&requests[0].path, &requests[0].query),
            (&requests[1].path, &requests[1].query)
        );
    })
    .await;
}

/// By the simulator's clock: of the first request, of the last order, which starts the stopped pod, and of the last look.
fn moments(bench: &Bench) -> (i64, i64, i64) {
    let requests = bench.simulator.requests();
    let time =
        |request: Option<&RecordedRequest>| i64::try_from(request.expect("was sent").time).expect("is in our age");
    let last_order = requests.iter().rfind(|request| request.method != "GET");
    (time(requests.first()), time(last_order), time(requests.last()))
}

/// Where it is not for the caller to say whose lines are meant, the platform may have written some.
#[tokio::test]
async fn a_pod_that_does_not_run_yet_has_written_nothing() {
    where_there_are_logs(async |bench, logs| {
        let id = bench.create().await.id;
        let lines = lines(logs, &id, &all()).await;
        match bench.description.capabilities.has.logs {
            LogSupport::Filtered => assert_eq!(lines, []),
            LogSupport::LastLines | LogSupport::None => {}
        }
    })
    .await;
}

/// A cloud may still show the log of a pod that it remembers.
#[tokio::test]
async fn a_forgotten_pod_has_no_log() {
    where_there_are_logs(async |bench, _| {
        for gone_as in ["not_found", "absent"] {
            let bench = Bench::with_quirks(bench.description, &json!({"gone_as": gone_as}));
            let id = bench.deleted().await;
            bench.simulator.advance(LATER);
            let logs = bench.cloud.logs().expect("were there");
            assert_eq!(kind(logs.pod_logs(&id, &all()).await), Some(Kind::NotFound));
        }
    })
    .await;
}

async fn runtime(runtimes: &dyn Runtimes, id: &PodId) -> Runtime {
    let runtime = runtimes.pod_runtime(id).await.expect("is read");
    runtime.expect("is there")
}

#[tokio::test]
async fn a_pods_running_time_is_exact() {
    where_there_are_runtimes(async |bench, runtimes| {
        let id = bench.running().await;
        let before = runtime(runtimes, &id).await;
        bench.simulator.advance(Duration::from_millis(90_500));
        let after = runtime(runtimes, &id).await;
        let passed = after
            .running_millis
            .zip(before.running_millis)
            .map(|(after, before)| after - before);
        assert!(passed.is_none_or(|passed| passed == 90_500), "{passed:?}");
        let passed = after
            .running_seconds
            .zip(before.running_seconds)
            .map(|(after, before)| after - before);
        assert!(passed.is_none_or(|passed| (90..=91).contains(&passed)), "{passed:?}");
        assert!(after.running_millis.is_some() || after.running_seconds.is_some());
        assert_eq!(after.name.as_deref(), Some("trainer"));
    })
    .await;
}

#[tokio::test]
async fn numbers_as_text_are_the_same_running_time() {
    where_there_are_runtimes(async |bench, runtimes| {
        let id = bench.running().await;
        bench.simulator.advance(Duration::from_millis(90_500));
        let plain = runtime(runtimes, &id).await;
        bench
            .simulator
            .quirks(json!({"numbers_as_text": true}))
            .expect("a quirk");
        assert_eq!(runtime(runtimes, &id).await, plain);
    })
    .await;
}

#[tokio::test]
async fn only_a_running_pod_runs() {
    where_there_are_runtimes(async |bench, runtimes| {
        let mut ids = vec![bench.create().await.id];
        if bench.can_stop() {
            ids.push(bench.stopped().await);
        }
        bench
            .simulator
            .event(ids[0].as_str(), json!({"event": "fail"}))
            .expect("an event");
        for id in ids {
            let before = runtime(runtimes, &id).await;
            bench.simulator.advance(Duration::from_secs(3_600));
            assert_eq!(runtime(runtimes, &id).await, before);
        }
    })
    .await;
}

#[tokio::test]
async fn a_pod_that_is_gone_has_no_running_time() {
    where_there_are_runtimes(async |bench, _| {
        for gone_as in every_way() {
            let bench = Bench::with_quirks(bench.description, &json!({"gone_as": gone_as}));
            let id = bench.deleted().await;
            let runtimes = bench.cloud.runtimes().expect("were there");
            assert_eq!(if_found(runtimes.pod_runtime(&id).await), None, "{gone_as}");
        }
    })
    .await;
}

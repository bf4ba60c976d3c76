//! Prime Intellect's fixtures and its client, part by part.

mod pods;

mod creates;

mod refusals;

mod catalogue;

mod volumes;

mod ssh_keys;

mod telemetry;

use gpupod::clouds::Description;
use serde_json::{Value, json};

use super::{bench::Bench, fixtures};
use crate::files;

const NAME: &str = "prime_intellect";

fn bench() -> Bench {
    Bench::new(Description::of(NAME).expect("is listed"))
}

/// Answers the next request of a method to a path with a fixture.
fn answer_next(bench: &Bench, target: &str, status: u16, fixture: &str) {
    answer_next_with(bench, target, status, &fixtures::read(NAME, fixture));
}

fn answer_next_with(bench: &Bench, target: &str, status: u16, body: &Value) {
    let (method, path) = target.split_once(' ').expect("a method and a path");
    let respond = json!({"respond": {"status": status, "body": body}});
    let fault = json!({"method": method, "path": path, "action": respond});
    bench.simulator.order(fault).expect("a fault");
}

/// Whose next read is answered with a fixture.
fn reading(fixture: &str) -> Bench {
    let bench = bench();
    answer_next(&bench, "GET *", 200, fixture);
    bench
}

/// Whose next request of a method is answered with a fixture.
fn answering(method: &str, status: u16, fixture: &str) -> Bench {
    let bench = bench();
    answer_next(&bench, &format!("{method} *"), status, fixture);
    bench
}

/// The one request so far must be a fixture's.
fn check_sent(bench: &Bench, target: &str, fixture: &str) {
    assert_eq!(asked(bench), [target]);
    assert_eq!(
        bench.simulator.requests()[0].body,
        fixtures::read(NAME, fixture),
        "{fixture}"
    );
}

/// What was asked: method, path and query of each request.
fn asked(bench: &Bench) -> Vec<String> {
    let line = |request: &gpupod::simulator::RecordedRequest| match request.query.as_str() {
        "" => format!("{} {}", request.method, request.path),
        query => format!("{} {}?{query}", request.method, request.path),
    };
    bench.simulator.requests().iter().map(line).collect()
}

#[test]
fn every_fixture_is_used_by_a_test() {
    let tests: String = files::below("tests/it/conformance")
        .iter()
        .map(|path| files::read(path))
        .collect();
    for name in fixtures::names(NAME) {
        assert!(tests.contains(&format!("\"{name}\"")), "{name}");
    }
}

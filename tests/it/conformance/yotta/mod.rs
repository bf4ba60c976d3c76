//! Yotta's fixtures and its client, part by part.

mod pods;

mod volumes;

mod catalogue;

mod registry_auths;

use gpupod::clouds::Description;
use serde_json::{Value, json};

use super::{bench::Bench, fixtures};
use crate::files;

/// Whose next request is answered with a fixture.
fn answering(name: &str) -> Bench {
    let bench = Bench::new(Description::of("yotta").expect("is listed"));
    answer_next(&bench, &fixtures::read("yotta", name));
    bench
}

fn answer_next(bench: &Bench, body: &Value) {
    let fault = json!({"path": "*", "action": {"respond": {"status": 200, "body": body}}});
    bench.simulator.order(fault).expect("a fault");
}

/// The one request so far must be a fixture's.
fn check_sent(bench: &Bench, target: &str, fixture: &str) {
    let requests = bench.simulator.requests();
    let [request] = &requests[..] else {
        panic!("{requests:?}")
    };
    assert_eq!(format!("{} {}", request.method, request.path), target);
    assert_eq!(request.body, fixtures::read("yotta", fixture), "{fixture}");
}

#[test]
fn every_fixture_is_used_by_a_test() {
    let tests: String = files::below("tests/it/conformance")
        .iter()
        .map(|path| files::read(path))
        .collect();
    for name in fixtures::names("yotta") {
        assert!(tests.contains(&format!("\"{name}\"")), "{name}");
    }
}

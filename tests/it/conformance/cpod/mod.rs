//! cPod's fixtures and its client; and the simulator's answers, held against the document.

mod pods;

mod answers;

use gpupod::clouds::Description;
use serde_json::{Value, json};

use super::{bench::Bench, fixtures};
use crate::files;

fn bench() -> Bench {
    Bench::new(Description::of("cpod").expect("is listed"))
}

/// Whose next request is answered with a fixture.
fn answering(status: u16, name: &str) -> Bench {
    let bench = bench();
    answer_next(&bench, status, &fixtures::read("cpod", name));
    bench
}

fn answer_next(bench: &Bench, status: u16, body: &Value) {
    let fault = json!({"path": "*", "action": {"respond": {"status": status, "body": body}}});
    bench.simulator.order(fault).expect("a fault");
}

#[test]
fn every_fixture_is_used_by_a_test() {
    let tests: String = files::below("tests/it/conformance")
        .iter()
        .map(|path| files::read(path))
        .collect();
    for name in fixtures::names("cpod") {
        assert!(tests.contains(&format!("\"{name}\"")), "{name}");
    }
}

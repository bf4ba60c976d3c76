//! Prime Intellect's fixtures and its client, part by part.

mod disks;

mod ssh_keys;

mod insight;

use gpupod::clouds::Description;
use serde_json::{Value, json};

use super::{bench::Bench, fixtures};

/// Whose next request is answered with a fixture.
fn answering(name: &str) -> Bench {
    answering_with(200, name)
}

fn answering_with(status: u16, name: &str) -> Bench {
    let bench = Bench::new(Description::of("prime_intellect").expect("is listed"));
    let body = match fixtures::read("prime_intellect", name) {
        // A text in an order stands for a body that need not be JSON.
        Value::String(text) => json!(json!(text).to_string()),
        body => body,
    };
    let fault = json!({"path": "*", "action": {"respond": {"status": status, "body": body}}});
    bench.simulator.order(fault).expect("a fault");
    bench
}

/// The one request so far must be a fixture's.
fn check_sent(bench: &Bench, target: &str, fixture: &str) {
    let requests = bench.simulator.requests();
    let [request] = &requests[..] else {
        panic!("{requests:?}")
    };
    assert_eq!(format!("{} {}", request.method, request.path), target);
    assert_eq!(request.body, fixtures::read("prime_intellect", fixture), "{fixture}");
}

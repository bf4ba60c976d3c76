//! The rows: what goes wrong while a thing is made.

use serde_json::{Value, json};

use super::subject::Subject;

pub struct Fault {
    pub title: &'static str,
    pub trouble: Trouble,
    /// Which things can meet it.
    pub meets: fn(&Subject) -> bool,
}

pub enum Trouble {
    /// What happens to the order.
    Order(Value),
    /// The same, at a provider that may repeat what was refused.
    Repeated(Value),
    /// The order's answer is lost, and from then on the cloud lists nothing.
    LostAndUnlisted,
    ClosedPort,
    /// How the thing fares once it is ordered.
    Fate(&'static str),
    /// The clouds take this freedom.
    Quirk(&'static str),
    /// So many things were made before.
    Made(u64),
    Stop(By, Moment),
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum By {
    CtrlC,
    DeathOfTheProvider,
    DeathOfTerraform,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Moment {
    BeforeTheOrder,
    /// The cloud has refused it as one too many, so that it waits to be sent again.
    BehindALimit,
    /// It is on its way, and the cloud has not read it.
    BeforeItIsRead,
    /// The cloud has carried it out, and not answered.
    DuringTheOrder,
    DuringTheWait,
}

pub const NEVER_READY: &str = "never_ready";

fn any(_: &Subject) -> bool {
    true
}

fn living(subject: &Subject) -> bool {
    subject.is_living
}

fn row(title: &'static str, trouble: Trouble) -> Fault {
    Fault {
        title,
        trouble,
        meets: any,
    }
}

fn of_the_living(title: &'static str, trouble: Trouble) -> Fault {
    Fault {
        meets: living,
        ..row(title, trouble)
    }
}

fn order(title: &'static str, action: Value) -> Fault {
    row(title, Trouble::Order(action))
}

fn status(title: &'static str, status: u16, carried_out: bool) -> Fault {
    order(
        title,
        json!({"respond": {"status": status, "carried_out": carried_out}}),
    )
}

/// The order is not read, or not its answer.
pub fn connections() -> Vec<Fault> {
    vec![
        row("connection refused", Trouble::ClosedPort),
        order("cut before the order was read", json!({"cut": {}})),
        order("cut after it was carried out", json!({"cut": {"carried_out": true}})),
        row(
            "cut after it was carried out, and no list any more",
            Trouble::LostAndUnlisted,
        ),
        order(
            "200 with HTML, carried out",
            json!({"replace_body": "<html><body>Welcome</body></html>"}),
        ),
        order("200 with nothing, carried out", json!({"replace_body": ""})),
        order("200 without an id, carried out", json!({"merge_data": {"id": null}})),
    ]
}

/// The cloud says that it failed, which may be wrong.
pub fn failures() -> Vec<Fault> {
    vec![
        status("500, not carried out", 500, false),
        status("500, carried out", 500, true),
        status("502, not carried out", 502, false),
        status("502, carried out", 502, true),
        status("504, not carried out", 504, false),
        status("504, carried out", 504, true),
    ]
}

pub fn refusals() -> Vec<Fault> {
    let too_soon = |headers: Value| json!({"respond": {"status": 429, "headers": headers}});
    vec![
        status("401", 401, false),
        status("402", 402, false),
        status("403", 403, false),
        status("409", 409, false),
        status("422", 422, false),
        status("429", 429, false),
        row("429, then taken", Trouble::Repeated(too_soon(json!({})))),
        row(
            "429 with Retry-After, then taken",
            Trouble::Repeated(too_soon(json!({"Retry-After": "0"}))),
        ),
    ]
}

pub fn lives() -> Vec<Fault> {
    vec![
        of_the_living("fails while it starts", Trouble::Fate("fails")),
        of_the_living("is never ready", Trouble::Fate(NEVER_READY)),
        of_the_living("vanishes while it is waited for", Trouble::Fate("vanishes")),
    ]
}

/// Only Yotta's ids are numbers.
pub fn ids() -> Vec<Fault> {
    let rows = [
        ("a number", Trouble::Made(0)),
        ("a number as text", Trouble::Quirk("numbers_as_text")),
        ("beyond 2^63", Trouble::Made(2_250_000_000_000_000)),
    ];
    let rows = rows.into_iter().map(|(title, trouble)| Fault {
        meets: |subject| subject.cloud == "yotta",
        ..row(title, trouble)
    });
    rows.collect()
}

pub fn interruptions() -> Vec<Fault> {
    use By::CtrlC;
    vec![
        row("Ctrl-C before the order", Trouble::Stop(CtrlC, Moment::BeforeTheOrder)),
        row("Ctrl-C during the order", Trouble::Stop(CtrlC, Moment::DuringTheOrder)),
        of_the_living("Ctrl-C during the wait", Trouble::Stop(CtrlC, Moment::DuringTheWait)),
    ]
}

pub fn deaths() -> Vec<Fault> {
    use By::{DeathOfTerraform, DeathOfTheProvider};
    vec![
        row(
            "provider killed before the order",
            Trouble::Stop(DeathOfTheProvider, Moment::BeforeTheOrder),
        ),
        row(
            "provider killed before the order was read",
            Trouble::Stop(DeathOfTheProvider, Moment::BeforeItIsRead),
        ),
        row(
            "provider killed during the order",
            Trouble::Stop(DeathOfTheProvider, Moment::DuringTheOrder),
        ),
        of_the_living(
            "provider killed during the wait",
            Trouble::Stop(DeathOfTheProvider, Moment::DuringTheWait),
        ),
        row(
            "Terraform killed behind a rate limit",
            Trouble::Stop(DeathOfTerraform, Moment::BehindALimit),
        ),
        row(
            "Terraform killed during the order",
            Trouble::Stop(DeathOfTerraform, Moment::DuringTheOrder),
        ),
        of_the_living(
            "Terraform killed during the wait",
            Trouble::Stop(DeathOfTerraform, Moment::DuringTheWait),
        ),
    ]
}

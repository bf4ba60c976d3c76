//! A stranger's thing of the same name: somebody else with the same key makes it, and an answer is lost.

use std::{collections::BTreeSet, time::Duration};

use gpupod::simulator::RecordedRequest;
use serde_json::{Value, json};

use super::{
    changes::workspace,
    subject::{self, Subject},
    table::Section,
};
use crate::acceptance::{block, running::Running, tool::Outcome as Ended, workspace::Workspace};

/// A row: what the stranger has made, and what became of the order.
struct Stranger {
    title: &'static str,
    made: Made,
    is_same: bool,
    count: usize,
    order: Value,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Made {
    AnHourAgo,
    /// After the order was sent, and before anybody looks for what it made.
    JustNow,
}

fn rows() -> Vec<Stranger> {
    let nothing_made = || json!({"respond": {"status": 500}});
    let ours_made = || json!({"cut": {"carried_out": true}});
    let row = |title, made, is_same, count, order| Stranger {
        title,
        made,
        is_same,
        count,
        order,
    };
    vec![
        row("an hour old, ours not made", Made::AnHourAgo, true, 1, nothing_made()),
        row("an hour old, ours made", Made::AnHourAgo, true, 1, ours_made()),
        row(
            "several of an hour ago, ours not made",
            Made::AnHourAgo,
            true,
            2,
            nothing_made(),
        ),
        row(
            "another content, an hour old, ours not made",
            Made::AnHourAgo,
            false,
            1,
            nothing_made(),
        ),
        row(
            "another content, just made, ours not made",
            Made::JustNow,
            false,
            1,
            nothing_made(),
        ),
        row(
            "another content, just made, ours made",
            Made::JustNow,
            false,
            1,
            ours_made(),
        ),
        row(
            "the same content, just made, ours made",
            Made::JustNow,
            true,
            1,
            ours_made(),
        ),
    ]
}

#[test]
fn what_belongs_to_a_stranger_is_left_alone() {
    let orders = orders();
    let rows = rows().iter().map(|stranger| stranger.row(&orders)).collect();
    let columns = subject::ALL.iter().map(|subject| subject.title).collect();
    let heading = "A stranger's thing";
    Section { heading, columns, rows }.check();
}

/// What is whose.
struct Place<'a> {
    workspace: Workspace,
    /// What each order says, to be said again by the stranger.
    orders: &'a [Value],
    /// The stranger's, in the order of the subjects.
    strangers: Vec<BTreeSet<String>>,
}

impl Stranger {
    fn row(&self, orders: &[Value]) -> (&'static str, Vec<String>) {
        println!("{}", self.title); // Shown if the test fails.
        let mut place = Place::new(orders);
        let ended = match self.made {
            Made::AnHourAgo => {
                place.visit(self);
                place.workspace.cloud.advance(Duration::from_secs(3_600));
                place.order(&self.order);
                place.workspace.run(&["apply", "made.bin"])
            }
            Made::JustNow => place.apply_with_visit(self),
        };
        let cells = place.judge(&ended);
        place.recover();
        (self.title, cells)
    }
}

fn ours() -> String {
    subject::ALL.map(|subject| subject.block().to_string()).concat()
}

/// Everything is ordered once, to learn how, and deleted again.
fn orders() -> Vec<Value> {
    let workspace = workspace();
    workspace.write(ours());
    workspace.apply();
    let requests = workspace.cloud.requests();
    let order = |subject: &Subject| {
        let is_order = |request: &&RecordedRequest| request.method == "POST" && request.path == subject.path;
        let mut body = requests.iter().find(is_order).expect("is ordered").body.clone();
        // The mark of one order is in no other.
        body.as_object_mut().expect("an object").remove("labels");
        body
    };
    let orders = subject::ALL.map(order).to_vec();
    workspace.settle_and_destroy();
    workspace.finish_destroyed();
    orders
}

impl<'a> Place<'a> {
    fn new(orders: &'a [Value]) -> Self {
        let workspace = workspace();
        workspace.write(ours());
        workspace.run(&["plan", "-out=made.bin"]).succeeds();
        Self {
            workspace,
            orders,
            strangers: vec![BTreeSet::new(); subject::ALL.len()],
        }
    }

    fn order(&self, action: &Value) {
        self.workspace.cloud.clear_requests();
        for subject in subject::ALL {
            self.workspace.fault("POST", subject.path, 1, action.clone());
        }
    }

    /// The stranger makes what is like ours, or has its name alone.
    fn visit(&mut self, stranger: &Stranger) {
        for (index, subject) in subject::ALL.into_iter().enumerate() {
            for number in 0..stranger.count {
                let mut body = self.orders[index].clone();
                if !stranger.is_same {
                    alter(subject, &mut body);
                }
                let made = self.workspace.ask("POST", subject.path, &body);
                let id = made.pointer("/data/id").unwrap_or(&made["id"]);
                let id = id.as_str().map_or_else(|| id.to_string(), str::to_owned);
                assert!(self.strangers[index].insert(id), "{} {number}: {made}", subject.title);
            }
        }
    }

    /// Applies, and lets the stranger come when all have lost their answers and begin to look.
    fn apply_with_visit(&mut self, stranger: &Stranger) -> Ended {
        self.order(&stranger.order);
        for subject in subject::ALL {
            let after = lists(subject);
            let hang =
                json!({"method": "GET", "path": subject.path, "after": after, "times": 1, "action": {"hang": true}});
            self.workspace.cloud.order(hang).unwrap();
        }
        let apply = Running::start(self.workspace.tool.logged(&["apply", "-no-color", "made.bin"]));
        let look = |requests: &[RecordedRequest]| {
            subject::ALL.into_iter().all(|subject| {
                let listing = |request: &&RecordedRequest| request.method == "GET" && request.path == subject.path;
                requests.iter().filter(listing).count() > lists(subject)
            })
        };
        assert!(self.workspace.cloud.wait_for(look), "nobody looks");
        self.visit(stranger);
        self.workspace.cloud.let_go();
        apply.end()
    }

    /// Holds that nothing of the stranger's is touched, and says what became of ours.
    fn judge(&self, ended: &Ended) -> Vec<String> {
        let told = ended.told();
        let judge = |(index, subject): (usize, &&'static Subject)| {
            let (living, known) = (self.living(subject), self.known(subject));
            let strangers = &self.strangers[index];
            let title = subject.title;
            assert!(
                known.is_disjoint(strangers),
                "{title}: {known:?} of {strangers:?}:\n{told}"
            );
            assert!(strangers.is_subset(&living), "{title}: {strangers:?} of {living:?}");
            let ours: BTreeSet<String> = living.difference(strangers).cloned().collect();
            match (ours == known, ours.is_empty()) {
                (true, false) => return "ours in the state".to_owned(),
                (true, true) => {}
                (false, _) => assert!(known.is_empty(), "{title}: {known:?} of {ours:?}"),
            }
            for id in &living {
                let command = format!("terraform import ADDRESS {}/{id}`", subject.cloud);
                assert!(told.contains(&command), "{title} {id} is not named:\n{told}");
            }
            match ours.is_empty() {
                true => "named, left alone".to_owned(),
                false => "both named, left alone".to_owned(),
            }
        };
        subject::ALL.iter().enumerate().map(judge).collect()
    }

    /// The fault is over: ours is imported where it was named, one apply makes what is missing, and a destroy leaves the
    /// stranger's things alive.
    fn recover(self) {
        let workspace = &self.workspace;
        workspace.cloud.clear_faults();
        let lost = subject::ALL.into_iter().enumerate().filter_map(|(index, subject)| {
            let ours = self.living(subject).difference(&self.strangers[index]).next().cloned();
            let lost = ours.filter(|ours| !self.known(subject).contains(ours))?;
            Some(block::import(&subject.address(), subject.cloud, &lost))
        });
        workspace.write(format!("{}{}", ours(), lost.collect::<String>()));
        if subject::ALL.iter().any(|subject| self.known(subject).is_empty()) {
            workspace.apply();
        }
        workspace.settle_and_destroy();
        for (index, subject) in subject::ALL.into_iter().enumerate() {
            assert_eq!(self.living(subject), self.strangers[index], "{}", subject.title);
        }
        workspace.ask("DELETE", "/_simulator/state", &Value::Null);
        self.workspace.finish_destroyed();
    }

    fn living(&self, subject: &Subject) -> BTreeSet<String> {
        self.workspace.living(subject.cloud, subject.kind)
    }

    fn known(&self, subject: &Subject) -> BTreeSet<String> {
        self.workspace.known(&subject.address())
    }
}

/// How many requests a list takes: Yotta's volumes are listed kind by kind.
fn lists(subject: &Subject) -> usize {
    match subject.path {
        "/v2/volumes" => 4,
        _ => 1,
    }
}

/// Another content under the same name.
fn alter(subject: &Subject, body: &mut Value) {
    let (place, other) = match subject.title {
        "Yotta pod" => ("/image", json!("ubuntu:22.04")),
        "Prime pod" => ("/pod/image", json!("cuda_12_4_pytorch_2_5")),
        "cPod pod" => ("/spec/image", json!("docker.io/library/debian:13")),
        "Yotta volume" => ("/region", json!("us-east-3")),
        "Prime disk" => ("/disk/size", json!(200)),
        "Yotta credential" => ("/type", json!("GCR")),
        "Prime SSH key" => (
            "/publicKey",
            json!("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE9uZVNlY3JldFRoYXROb2JvZHlFdmVySGVhcmRP someone"),
        ),
        title => panic!("nothing is known of {title}"),
    };
    *body.pointer_mut(place).expect("is asked for") = other;
}

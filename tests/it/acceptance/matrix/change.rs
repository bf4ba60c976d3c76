//! What can be changed in place: the columns of changes, and the things that they are changes of.

use gpupod::simulator::RecordedRequest;
use serde_json::{Value, json};

use super::subject::{self, Subject};
use crate::acceptance::{block::Block, clouds::PUBLIC_KEY, workspace::Workspace};

pub struct Change {
    pub title: &'static str,
    /// The title of what is changed.
    of: &'static str,
    label: &'static str,
    pub attribute: &'static str,
    /// What the attribute is before the change and after it, in a round; `None` if it is left out.
    values: fn(round: usize) -> (Option<String>, Option<String>),
    method: &'static str,
    /// What follows the thing's own path in the order's.
    verb: &'static str,
    /// The cloud is asked until the change is through, after so many looks of another kind.
    pub wait: Option<Wait>,
    /// Nothing that the cloud shows tells whether it is done.
    pub is_untold: bool,
}

#[derive(Clone, Copy)]
pub struct Wait {
    looks_before: u32,
}

fn power(word: &str) -> Option<String> {
    Some(format!("{word:?}"))
}

fn stop(_: usize) -> (Option<String>, Option<String>) {
    (power("running"), power("stopped"))
}

fn start(round: usize) -> (Option<String>, Option<String>) {
    let (running, stopped) = stop(round);
    (stopped, running)
}

fn rename(_: usize) -> (Option<String>, Option<String>) {
    (Some(r#""before""#.to_owned()), Some(r#""after""#.to_owned()))
}

/// It never shrinks, so that each round begins where the last one ended.
fn grow(round: usize) -> (Option<String>, Option<String>) {
    let size = |steps: usize| Some((100 + 10 * steps).to_string());
    (size(round), size(round + 1))
}

fn become_primary(_: usize) -> (Option<String>, Option<String>) {
    (None, Some("true".to_owned()))
}

const AFTER_A_LOOK: Option<Wait> = Some(Wait { looks_before: 1 });
const AT_ONCE: Option<Wait> = Some(Wait { looks_before: 0 });

pub const ALL: [Change; 9] = [
    Change {
        title: "Yotta pod: stop",
        of: "Yotta pod",
        label: "to_stop",
        attribute: "desired_state",
        values: stop,
        method: "POST",
        verb: "/pause",
        wait: AFTER_A_LOOK,
        is_untold: false,
    },
    Change {
        title: "Yotta pod: start",
        of: "Yotta pod",
        label: "to_start",
        attribute: "desired_state",
        values: start,
        method: "POST",
        verb: "/resume",
        wait: AFTER_A_LOOK,
        is_untold: false,
    },
    Change {
        title: "cPod pod: stop",
        of: "cPod pod",
        label: "to_stop_there",
        attribute: "desired_state",
        values: stop,
        method: "POST",
        verb: "/stop",
        wait: AFTER_A_LOOK,
        is_untold: false,
    },
    Change {
        title: "cPod pod: start",
        of: "cPod pod",
        label: "to_start_there",
        attribute: "desired_state",
        values: start,
        method: "POST",
        verb: "/start",
        wait: AFTER_A_LOOK,
        is_untold: false,
    },
    Change {
        title: "Yotta volume: rename",
        of: "Yotta volume",
        label: "to_rename",
        attribute: "name",
        values: rename,
        method: "POST",
        verb: "/name",
        wait: None,
        is_untold: false,
    },
    Change {
        title: "Yotta volume: grow",
        of: "Yotta volume",
        label: "to_grow",
        attribute: "size_in_gb",
        values: grow,
        method: "POST",
        verb: "/resize",
        wait: AT_ONCE,
        is_untold: true,
    },
    Change {
        title: "Prime disk: rename",
        of: "Prime disk",
        label: "to_rename_there",
        attribute: "name",
        values: rename,
        method: "PATCH",
        verb: "",
        wait: None,
        is_untold: false,
    },
    Change {
        title: "Yotta credential: rename",
        of: "Yotta credential",
        label: "to_rename",
        attribute: "name",
        values: rename,
        method: "PATCH",
        verb: "",
        wait: None,
        is_untold: false,
    },
    Change {
        title: "Prime SSH key: make primary",
        of: "Prime SSH key",
        label: "to_be_primary",
        attribute: "is_primary",
        values: become_primary,
        method: "PATCH",
        verb: "",
        wait: None,
        is_untold: false,
    },
];

/// Brings all to where the changes of a round begin, in the cloud and in the state, and asks for the changes.
pub fn prepare(workspace: &Workspace, round: usize) {
    workspace.write(before(round));
    // A key that another one has replaced as the primary one does not know it before the next refresh.
    if round == 0 {
        workspace.apply();
        workspace.run(&["apply", "-auto-approve", "-refresh-only"]).succeeds();
    } else {
        let other = other_key();
        let path = subject::titled("Prime SSH key").path_of(&workspace.id(&other.address()));
        workspace.ask("PATCH", &path, &json!({"isPrimary": true}));
        workspace.apply();
    }
    workspace.write(after(round));
}

/// Whether the changes of a round are through, as far as the state knows.
pub fn are_through(workspace: &Workspace, round: usize) -> bool {
    ALL.iter().all(|change| {
        let value = &change.attributes(workspace)[change.attribute];
        (change.values)(round).1.is_some_and(|after| *value == after)
    })
}

fn before(round: usize) -> String {
    let blocks = ALL.iter().map(|change| change.block((change.values)(round).0));
    format!("{}{}", blocks.collect::<String>(), other_key().with("is_primary", true))
}

pub fn after(round: usize) -> String {
    let blocks = ALL.iter().map(|change| change.block((change.values)(round).1));
    format!("{}{}", blocks.collect::<String>(), other_key())
}

/// A key is no longer primary only when another one is.
fn other_key() -> Block {
    let key = subject::titled("Prime SSH key").block().labelled("other");
    key.with("public_key", format!("{:?}", PUBLIC_KEY.replace("me@", "other@")))
}

impl Change {
    pub fn subject(&self) -> &'static Subject {
        subject::titled(self.of)
    }

    fn block(&self, value: Option<String>) -> String {
        let block = self.subject().block().labelled(self.label);
        // The end of a wait that nobody leaves, and of the test with it.
        let block = match self.wait {
            Some(_) => block.with("timeouts", r#"{ create = "20s", update = "20s", delete = "20s" }"#),
            None => block,
        };
        match value {
            Some(value) => block.with(self.attribute, value).to_string(),
            None => block.to_string(),
        }
    }

    pub fn address(&self) -> String {
        format!("{}.{}", self.subject().kind, self.label)
    }

    fn own_path(&self, workspace: &Workspace) -> String {
        self.subject().path_of(&workspace.id(&self.address()))
    }

    /// Where the change is ordered.
    fn order_path(&self, workspace: &Workspace) -> String {
        format!("{}{}", self.own_path(workspace), self.verb)
    }

    /// The next order of the change meets this.
    pub fn meets(&self, workspace: &Workspace, action: &Value) {
        workspace.fault(self.method, &self.order_path(workspace), 1, action.clone());
    }

    /// Nobody gets to know any more how the thing is, once the change is ordered.
    pub fn hide(&self, workspace: &Workspace) {
        let Some(wait) = self.wait else { return };
        for (path, after) in [
            (self.own_path(workspace), wait.looks_before),
            (self.subject().path.to_owned(), 0),
        ] {
            let fault =
                json!({"method": "GET", "path": path, "after": after, "times": 1_000_000, "action": {"hang": true}});
            workspace.cloud.order(fault).unwrap();
        }
    }

    /// What to look for in the record. The state cannot be read while Terraform writes it.
    pub fn traces(&self, workspace: &Workspace) -> Traces {
        Traces {
            method: self.method,
            order: self.order_path(workspace),
            own: self.own_path(workspace),
            list: self.subject().path,
        }
    }

    /// How the thing stands in the state: there, once, and not to be replaced.
    #[track_caller]
    pub fn attributes(&self, workspace: &Workspace) -> Value {
        let instances = workspace.instances_at(&self.address());
        assert_eq!(instances.len(), 1, "{}", self.title);
        assert_eq!(instances[0]["status"], Value::Null, "{} is tainted", self.title);
        instances[0]["attributes"].clone()
    }
}

/// What a change leaves in the record of the clouds.
pub struct Traces {
    method: &'static str,
    order: String,
    own: String,
    list: &'static str,
}

impl Traces {
    pub fn has_order(&self, requests: &[RecordedRequest]) -> bool {
        self.since_the_order(requests).next().is_some()
    }

    /// Somebody has asked how the thing is since the change was ordered.
    pub fn has_a_look_after_the_order(&self, requests: &[RecordedRequest]) -> bool {
        let is_look = |request: &RecordedRequest| {
            request.method == "GET" && (request.path == self.own || request.path == self.list)
        };
        self.since_the_order(requests).any(is_look)
    }

    fn since_the_order<'a>(&self, requests: &'a [RecordedRequest]) -> impl Iterator<Item = &'a RecordedRequest> {
        let is_order = |request: &&RecordedRequest| request.method == self.method && request.path == self.order;
        requests.iter().skip_while(move |request| !is_order(request))
    }
}

/// The ids of all that is changed.
pub fn ids(workspace: &Workspace) -> Vec<Value> {
    let ids = ALL.iter().map(|change| change.attributes(workspace)["id"].clone());
    ids.collect()
}

/// Whether the state is as the cloud is, for each thing.
pub fn cells(workspace: &Workspace) -> Vec<String> {
    let told = ALL.each_ref().map(|change| change.attributes(workspace));
    workspace.run(&["apply", "-auto-approve", "-refresh-only"]).succeeds();
    let cells = ALL.iter().zip(told).map(|(change, told)| {
        let is_true = change.attributes(workspace)[change.attribute] == told[change.attribute];
        let cell = if is_true {
            "as it is"
        } else {
            "behind until the next refresh"
        };
        cell.to_owned()
    });
    cells.collect()
}

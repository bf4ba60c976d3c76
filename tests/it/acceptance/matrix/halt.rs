//! The rows of runs that are stopped while something that exists is changed or deleted.

use gpupod::simulator::RecordedRequest;
use serde_json::{Value, json};

use super::{
    fault::{By, Moment},
    subject::{self, Subject},
};
use crate::acceptance::{running::Running, workspace::Workspace};

pub struct Halt {
    pub title: &'static str,
    by: By,
    pub moment: Moment,
}

const fn halt(title: &'static str, by: By, moment: Moment) -> Halt {
    Halt { title, by, moment }
}

/// The order is that of a change in one section, and of a deletion in the other.
pub const ALL: [Halt; 9] = [
    halt("Ctrl-C before the order", By::CtrlC, Moment::BeforeTheOrder),
    halt("Ctrl-C during the order", By::CtrlC, Moment::DuringTheOrder),
    halt("Ctrl-C during the wait", By::CtrlC, Moment::DuringTheWait),
    halt(
        "provider killed before the order",
        By::DeathOfTheProvider,
        Moment::BeforeTheOrder,
    ),
    halt(
        "provider killed before the order was read",
        By::DeathOfTheProvider,
        Moment::BeforeItIsRead,
    ),
    halt(
        "provider killed during the order",
        By::DeathOfTheProvider,
        Moment::DuringTheOrder,
    ),
    halt(
        "provider killed during the wait",
        By::DeathOfTheProvider,
        Moment::DuringTheWait,
    ),
    halt(
        "Terraform killed during the order",
        By::DeathOfTerraform,
        Moment::DuringTheOrder,
    ),
    halt(
        "Terraform killed during the wait",
        By::DeathOfTerraform,
        Moment::DuringTheWait,
    ),
];

impl Halt {
    /// What the order meets; `None` if that is answered.
    pub fn action(&self, is_waited_for: bool) -> Option<Value> {
        let carried_out = json!({"hang": {"carried_out": true}});
        match self.moment {
            Moment::BeforeItIsRead => Some(json!({"hang": true})),
            Moment::DuringTheOrder => Some(carried_out),
            // Else Terraform would write its state just now, and a Terraform that is killed while it does leaves half of it.
            Moment::DuringTheWait if !is_waited_for && self.is_a_death() => Some(carried_out),
            Moment::BeforeTheOrder | Moment::BehindALimit | Moment::DuringTheWait => None,
        }
    }

    /// Nobody could save what was done.
    pub fn is_a_death(&self) -> bool {
        self.by != By::CtrlC
    }

    /// What Terraform says when it stops; of a plan it says less.
    fn acknowledgement(&self) -> &'static str {
        match self.moment {
            Moment::BeforeTheOrder => "Gracefully shutting down",
            _ => "Stopping operation",
        }
    }

    /// Whether the cloud does what is ordered.
    pub fn is_carried_out(&self) -> bool {
        matches!(self.moment, Moment::DuringTheOrder | Moment::DuringTheWait)
    }

    /// Runs a command, with what it asks in any case, and stops it when `is_there` says so.
    #[track_caller]
    pub fn stop(&self, workspace: &Workspace, command: &[&str], is_there: impl Fn(&[RecordedRequest]) -> bool) {
        let Workspace { cloud, tool, .. } = workspace;
        let mut arguments = command.to_vec();
        arguments.insert(1, "-no-color");
        arguments.insert(1, "-parallelism=20");
        let mut running = Running::start(tool.logged(&arguments));
        assert!(cloud.wait_for(is_there), "{}: the moment does not come", self.title);
        match self.by {
            By::CtrlC => {
                running.interrupt();
                running.line_with(self.acknowledgement());
            }
            By::DeathOfTheProvider => running.kill(tool.last_provider()),
            By::DeathOfTerraform => running.kill_alone(),
        }
        if self.by == By::CtrlC && self.moment != Moment::DuringTheWait {
            cloud.let_go();
        }
        running.end();
        cloud.clear_faults();
    }
}

/// Nothing that exists can be looked at.
pub fn hold_all_looks(workspace: &Workspace) {
    for subject in subject::ALL {
        workspace.fault("GET", &format!("{}*", subject.path), 1_000_000, json!({"hang": true}));
    }
}

/// Somebody looks at one thing of each of these kinds at least.
pub fn are_looked_at(subjects: impl IntoIterator<Item = &'static Subject>, requests: &[RecordedRequest]) -> bool {
    let is_looked_at = |path: &str| requests.iter().any(|request| request.path.starts_with(path));
    subjects.into_iter().all(|subject| is_looked_at(subject.path))
}

/// Lets what goes on in the clouds come to its end: every request gives them time.
pub fn let_time_pass(workspace: &Workspace) {
    for _ in 0..8 {
        workspace.ask("GET", "/v2/pods", &Value::Null);
    }
}

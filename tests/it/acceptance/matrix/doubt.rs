//! The rows of answers that are not to be believed, and how each thing comes out of them: what lives and is ours stays
//! ours, and what is a stranger's stays the stranger's.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::{
    super::{block, clouds::PUBLIC_KEY, tool::Outcome as Ended, workspace::Workspace},
    changes::workspace,
    subject::{self, Subject},
    table::Section,
};

/// What the next look at a thing, or its next deletion, is answered with.
pub type Lie = fn(&Subject, &Stranger) -> Value;

#[derive(Clone, Copy)]
pub enum Moment {
    /// The first look at what was just made.
    Making,
    /// A later look at it.
    Waiting,
    Refresh,
    Plan,
    /// The first look of a destroy.
    Looking,
    /// The deletion itself.
    Deleting,
    /// The first look after it.
    Gone,
}

impl Moment {
    fn is_of_a_beginning(self) -> bool {
        matches!(self, Self::Making | Self::Waiting)
    }

    fn is_of_an_end(self) -> bool {
        matches!(self, Self::Looking | Self::Deleting | Self::Gone)
    }
}

pub struct Row {
    pub title: &'static str,
    pub moment: Moment,
    pub lie: Lie,
}

/// A thing that belongs to somebody else.
pub struct Stranger {
    pub id: String,
    /// Where it is read.
    pub path: String,
}

/// Everything of ours, and as much of a stranger's.
struct Doubtful {
    workspace: Workspace,
    strangers: Vec<Stranger>,
}

#[track_caller]
pub fn check(heading: &'static str, rows: &[Row]) {
    let doubtful = Doubtful::new();
    let mut cells = doubtful.lives(rows);
    doubtful.end();
    let cells = rows.iter().map(|row| (row.title, cells.remove(row.title).unwrap()));
    let rows = cells.collect();
    let columns = subject::ALL.iter().map(|subject| subject.title).collect();
    Section { heading, columns, rows }.check();
}

fn ours() -> String {
    let blocks = subject::ALL.map(|subject| match subject.is_living {
        // The end of a wait that nobody leaves, and of the test with it.
        true => subject
            .block()
            .with("timeouts", r#"{ create = "20s", delete = "20s" }"#),
        false => subject.block(),
    });
    blocks.map(|block| block.to_string()).concat()
}

fn stranger(subject: &Subject) -> (String, String) {
    let (block, address) = subject.other("stranger");
    let block = block.with("name", r#""strange""#);
    let block = match subject.kind {
        "gpupod_ssh_key" => block.with("public_key", format!("{:?}", PUBLIC_KEY.replace("me@", "other@"))),
        _ => block,
    };
    (block.to_string(), address)
}

impl Doubtful {
    /// The strangers are made as ours are, and then forgotten.
    fn new() -> Self {
        let workspace = workspace();
        let all = subject::ALL.map(stranger);
        workspace.write(all.each_ref().map(|(block, _)| block.as_str()).concat());
        workspace.apply();
        let strangers = subject::ALL.iter().zip(&all).map(|(subject, (_, address))| {
            let id = workspace.id(address);
            let path = subject.path_of(&id);
            Stranger { id, path }
        });
        let strangers = strangers.collect();
        let mut forget = vec!["state", "rm"];
        forget.extend(all.iter().map(|(_, address)| address.as_str()));
        workspace.tool.run(&forget).succeeds();
        Self { workspace, strangers }
    }

    /// The cells of each row, by its title. One life of our things has room for a row while they are made, for all rows
    /// of what exists, and for a row of its end.
    fn lives(&self, rows: &[Row]) -> BTreeMap<&'static str, Vec<String>> {
        let workspace = &self.workspace;
        workspace.write(ours());
        let mut cells = BTreeMap::new();
        let mut live = |row: &Row| {
            println!("{}", row.title); // Shown if the test fails.
            cells.insert(row.title, self.cells(row));
        };
        let mut beginnings = rows.iter().filter(|row| row.moment.is_of_a_beginning());
        let mut ends = rows.iter().filter(|row| row.moment.is_of_an_end());
        let mut others = rows
            .iter()
            .filter(|row| !row.moment.is_of_a_beginning() && !row.moment.is_of_an_end());
        loop {
            let (beginning, end) = (beginnings.next(), ends.next());
            match (beginning, end) {
                (Some(row), _) => live(row),
                (None, Some(_)) => drop(workspace.apply()),
                (None, None) => break,
            }
            others.by_ref().for_each(&mut live);
            if let Some(row) = end {
                live(row);
            }
            if self.known().iter().any(|known| !known.is_empty()) {
                workspace.destroy();
            }
        }
        cells
    }

    fn cells(&self, row: &Row) -> Vec<String> {
        let workspace = &self.workspace;
        let before = self.known();
        self.lie(row);
        let ended = match row.moment {
            Moment::Making | Moment::Waiting => workspace.try_apply(),
            Moment::Refresh => workspace.run(&["apply", "-auto-approve", "-refresh-only"]),
            Moment::Plan => workspace.run(&["plan"]),
            Moment::Looking | Moment::Deleting | Moment::Gone => {
                workspace.run(&["destroy", "-auto-approve", "-refresh=false"])
            }
        };
        workspace.cloud.clear_faults();
        let judge = |(subject, stranger): (&'static Subject, &Stranger)| self.judge(row, subject, stranger, &ended);
        let cells = subject::ALL.iter().copied().zip(&self.strangers).map(judge).collect();
        if matches!(row.moment, Moment::Refresh | Moment::Plan) {
            assert_eq!(self.known(), before, "{}", ended.told());
            workspace.plan().assert_empty();
        }
        cells
    }

    /// Each thing meets it once.
    fn lie(&self, row: &Row) {
        for (subject, stranger) in subject::ALL.iter().zip(&self.strangers) {
            let (method, path, after) = match row.moment {
                Moment::Making | Moment::Waiting if !subject.is_living => continue,
                Moment::Making => ("GET", subject.path_of("{id}"), 0),
                Moment::Waiting => ("GET", subject.path_of("{id}"), 1),
                Moment::Deleting => ("DELETE", self.own_path(subject), 0),
                // There is nothing that reads one key.
                _ if subject.kind == "gpupod_ssh_key" => ("GET", subject.path.to_owned(), 0),
                Moment::Looking if !subject.is_looked_at_first() => continue,
                Moment::Looking | Moment::Refresh | Moment::Plan => ("GET", self.own_path(subject), 0),
                Moment::Gone if subject.is_living => ("GET", self.own_path(subject), subject.looks_before_its_end()),
                Moment::Gone => continue,
            };
            let action = (row.lie)(subject, stranger);
            let fault = json!({"method": method, "path": path, "after": after, "action": action});
            self.workspace.cloud.order(fault).unwrap();
        }
    }

    fn own_path(&self, subject: &Subject) -> String {
        subject.path_of(&self.workspace.id(&subject.address()))
    }

    fn known(&self) -> Vec<BTreeSet<String>> {
        let known = subject::ALL.map(|subject| self.workspace.known(&subject.address()));
        known.to_vec()
    }

    fn judge(&self, row: &Row, subject: &Subject, stranger: &Stranger, ended: &Ended) -> String {
        let (workspace, title) = (&self.workspace, subject.title);
        let mut living = workspace.living(subject.cloud, subject.kind);
        let told = ended.told();
        assert!(
            living.remove(&stranger.id),
            "{title}: a stranger's thing is gone\n{told}"
        );
        let known = workspace.known(&subject.address());
        assert!(
            !known.contains(&stranger.id),
            "{title}: a stranger's thing is ours\n{told}"
        );
        assert!(living.is_subset(&known), "{title}: {living:?} is forgotten\n{told}");
        let is_tainted = workspace
            .instances_at(&subject.address())
            .iter()
            .any(|instance| instance["status"] == "tainted");
        assert!(!is_tainted, "{title} is tainted\n{told}");
        let is_refused = living.iter().any(|id| told.contains(&format!("{id:?} was asked for")));
        let cell = match (row.moment, living.is_empty(), is_refused) {
            (Moment::Making | Moment::Waiting, false, _) if !subject.is_living => "–",
            (_, true, _) => "gone",
            (_, false, true) => "an error, kept in the state",
            (_, false, false) => "in the state",
        };
        cell.to_owned()
    }

    fn end(self) {
        let workspace = &self.workspace;
        let both = subject::ALL.iter().zip(&self.strangers).map(|(subject, strange)| {
            let (block, address) = stranger(subject);
            format!("{block}{}", block::import(&address, subject.cloud, &strange.id))
        });
        workspace.write(both.collect::<String>());
        workspace.apply();
        workspace.settle_and_destroy();
        self.workspace.finish_destroyed();
    }
}

//! One row: everything that can meet a fault is ordered in one run, and each thing is judged by itself.

use std::collections::BTreeSet;

use gpupod::simulator::RecordedRequest;
use serde_json::{Value, json};

use super::{
    super::{
        block,
        clouds::in_a_workspace,
        running::{Running, wait_for_end},
        tool::Outcome as Ended,
        workspace::Workspace,
    },
    fault::{By, Fault, Moment, NEVER_READY, Trouble},
    subject::{self, Subject},
};

/// More often than any run asks.
const ALWAYS: u32 = 1_000_000;
/// Reads of one thing that show that it is waited for.
const READS: usize = 3;

/// A world in which these things are to be made.
pub struct Trial {
    pub workspace: Workspace,
    subjects: Vec<&'static Subject>,
}

impl Trial {
    /// What a fault leads to, for each thing; a dash where a thing cannot meet it.
    pub fn row(fault: &Fault) -> (&'static str, Vec<String>) {
        println!("{}", fault.title); // Shown if the test fails.
        let subjects = subject::ALL.into_iter().filter(|subject| (fault.meets)(subject));
        let mut trial = Self::new(fault, subjects.collect());
        let ended = trial.make(&fault.trouble);
        let plan = trial.next_plan(&fault.trouble);
        let judge = |subject: &'static Subject| match (fault.meets)(subject) {
            true => trial.judge(subject, &ended, plan.as_deref()),
            false => "–".to_owned(),
        };
        let cells = subject::ALL.into_iter().map(judge).collect();
        trial.recover();
        (fault.title, cells)
    }

    fn new(fault: &Fault, subjects: Vec<&'static Subject>) -> Self {
        let workspace = match fault.trouble {
            Trouble::Made(made) => Workspace::with_saved_clouds(&with_made(made), ""),
            _ => Workspace::new(""),
        };
        let workspace = workspace.with_all_keys();
        in_a_workspace(&workspace);
        let trial = Self { workspace, subjects };
        trial.configure(is_never_ready(&fault.trouble));
        trial
    }

    fn configure(&self, is_impatient: bool) {
        self.workspace.write(self.blocks(is_impatient));
    }

    fn blocks(&self, is_impatient: bool) -> String {
        // The longer one ends a wait that nobody leaves, and the test with it.
        let timeouts = match is_impatient {
            true => r#"{ create = "400ms", delete = "20s" }"#,
            false => r#"{ create = "20s", delete = "20s" }"#,
        };
        let blocks = self.subjects.iter().map(|subject| match subject.is_living {
            true => subject.block().with("timeouts", timeouts).to_string(),
            false => subject.block().to_string(),
        });
        blocks.collect()
    }

    /// Applies while the fault holds.
    fn make(&mut self, trouble: &Trouble) -> Ended {
        if matches!(trouble, Trouble::ClosedPort) {
            return self.unreachable();
        }
        let cloud = &self.workspace.cloud;
        match trouble {
            Trouble::Order(action) => self.each_order(action),
            Trouble::Repeated(action) => {
                self.each_order(action);
                self.settings("max_retries = 1");
            }
            Trouble::LostAndUnlisted => {
                self.each_order(&json!({"cut": {"carried_out": true}}));
                return self.planned(|| {
                    for subject in &self.subjects {
                        let refused = json!({"respond": {"status": 500}});
                        let fault = json!({"method": "GET", "path": subject.path, "after": 1, "times": ALWAYS, "action": refused});
                        cloud.order(fault).unwrap();
                    }
                });
            }
            Trouble::Made(_) | Trouble::ClosedPort => {}
            Trouble::Fate(fate) => self.fate(fate),
            Trouble::Quirk(quirk) => cloud.quirks(json!({*quirk: true})).unwrap(),
            Trouble::Stop(by, moment) => return self.stop(*by, *moment),
        }
        self.workspace.try_apply()
    }

    fn unreachable(&mut self) -> Ended {
        self.workspace.run(&["plan", "-out=made.bin"]).succeeds();
        unreachable(&mut self.workspace, "made.bin")
    }

    fn each_order(&self, action: &Value) {
        for subject in &self.subjects {
            self.workspace.fault("POST", subject.path, 1, action.clone());
        }
    }

    fn fate(&self, fate: &str) {
        let each = |kind| {
            let times = self.subjects.iter().filter(|subject| subject.kind == kind).count();
            json!({"fate": fate, "times": times})
        };
        self.workspace.cloud.next_pods(each("gpupod_pod")).unwrap();
        self.workspace.cloud.next_volumes(each("gpupod_volume")).unwrap();
    }

    fn settings(&self, others: &str) {
        let settings = format!("poll_interval = \"50ms\"\n{others}\ncpod = {{ workspace_id = \"ws-research\" }}");
        self.workspace.provider(&settings);
    }

    /// Plans, lets something happen, and applies what was planned.
    fn planned(&self, happens: impl FnOnce()) -> Ended {
        self.workspace.run(&["plan", "-out=made.bin"]).succeeds();
        self.workspace.cloud.clear_requests();
        happens();
        self.workspace.run(&["apply", "made.bin"])
    }

    /// Applies until a moment, at which the run is stopped.
    fn stop(&self, by: By, moment: Moment) -> Ended {
        let Workspace { cloud, tool, .. } = &self.workspace;
        if matches!(moment, Moment::DuringTheOrder | Moment::DuringTheWait) {
            self.fate(NEVER_READY);
        }
        if moment == Moment::BehindALimit {
            self.settings("max_retries = 4");
        }
        self.workspace.run(&["plan", "-out=made.bin"]).succeeds();
        cloud.clear_requests();
        for subject in &self.subjects {
            let times = if moment == Moment::BehindALimit { ALWAYS } else { 1 };
            let (method, hang) = match moment {
                Moment::BeforeTheOrder => ("GET", json!({"hang": true})),
                Moment::BehindALimit => ("POST", too_soon()),
                Moment::BeforeItIsRead => ("POST", json!({"hang": true})),
                Moment::DuringTheOrder => ("POST", json!({"hang": {"carried_out": true}})),
                Moment::DuringTheWait => continue,
            };
            self.workspace.fault(method, subject.path, times, hang);
        }
        let mut apply = Running::start(tool.logged(&["apply", "-no-color", "made.bin"]));
        let is_there =
            |requests: &[RecordedRequest]| self.subjects.iter().all(|subject| is_at(moment, subject, requests));
        assert!(cloud.wait_for(is_there), "the moment does not come");
        match by {
            By::CtrlC => {
                apply.interrupt();
                apply.line_with("Stopping operation");
            }
            By::DeathOfTheProvider => apply.kill(tool.last_provider()),
            By::DeathOfTerraform => apply.kill_alone(),
        }
        // Until the end nothing else must be answered than an order that was carried out.
        if by == By::CtrlC && moment != Moment::BeforeTheOrder {
            cloud.clear_faults();
        }
        let ended = apply.end();
        cloud.clear_faults();
        if by == By::DeathOfTerraform && moment == Moment::BehindALimit {
            // It lives on for a while, and the cloud would take its orders now.
            wait_for_end(tool.last_provider());
        }
        ended
    }

    /// What the next plan says, where a run was killed and could say nothing.
    fn next_plan(&self, trouble: &Trouble) -> Option<String> {
        let is_killed = matches!(trouble, Trouble::Stop(By::DeathOfTheProvider | By::DeathOfTerraform, _));
        let is_unlisted = matches!(trouble, Trouble::LostAndUnlisted);
        if is_unlisted {
            self.workspace.cloud.clear_faults();
        }
        (is_killed || is_unlisted).then(|| self.workspace.run(&["plan"]).succeeds().told())
    }

    /// Holds what must hold after every fault, and says which of the good ends it came to.
    fn judge(&self, subject: &Subject, ended: &Ended, plan: Option<&str>) -> String {
        let (living, known) = (self.living(subject), self.known(subject));
        let title = subject.title;
        assert!(living.len() <= 1 && known.len() <= 1, "{title}: {living:?} {known:?}");
        let lost: Vec<&String> = living.difference(&known).collect();
        match (living.first(), known.first(), lost.first()) {
            (_, _, Some(lost)) => {
                let id = format!("import ADDRESS {}/{lost}`", subject.cloud);
                let name = format!("import ADDRESS {}/ID`", subject.cloud);
                let told = ended.told();
                let plan = plan.unwrap_or_default();
                assert!(
                    told.contains(&id) || plan.contains(&id),
                    "{title} {lost} is lost, and nobody says so:\n{told}\n{plan}"
                );
                let who = match (told.contains(&id), told.contains(&name)) {
                    (true, _) => "the error",
                    (false, true) => "the error (by name) and the next plan",
                    (false, false) => "the next plan",
                };
                format!("named for an import by {who}")
            }
            (None, None, _) => "nothing made".to_owned(),
            (None, Some(_), _) => "gone, made anew".to_owned(),
            (Some(_), _, _) if self.is_tainted(subject) => "in the state, replaced".to_owned(),
            (Some(_), _, _) => "in the state".to_owned(),
        }
    }

    /// The fault is over: where anything was named, or is not there and complete, an import as advised and one apply
    /// leave nothing to do.
    fn recover(self) {
        let cloud = &self.workspace.cloud;
        cloud.clear_faults();
        in_a_workspace(&self.workspace);
        for pod in cloud.living_pods() {
            cloud.event(&pod.id, json!({"event": "start"})).unwrap();
        }
        let imports = self.subjects.iter().filter_map(|subject| {
            let (living, known) = (self.living(subject), self.known(subject));
            let lost = living.difference(&known).next()?;
            Some(block::import(&subject.address(), subject.cloud, lost))
        });
        let imports: String = imports.collect();
        self.workspace.write(format!("{}{imports}", self.blocks(false)));
        if !self.subjects.iter().all(|subject| self.is_complete(subject)) {
            self.workspace.apply();
        }
        self.workspace.plan().assert_empty();
        for subject in &self.subjects {
            let living = self.living(subject);
            assert_eq!((living.len(), &living), (1, &self.known(subject)), "{}", subject.title);
        }
        let destroy = ["destroy", "-auto-approve", "-refresh=false"];
        self.workspace.run(&destroy).succeeds();
        self.workspace.finish_destroyed();
    }

    /// It lives, and is in the state as what need not be replaced.
    fn is_complete(&self, subject: &Subject) -> bool {
        let living = self.living(subject);
        !living.is_empty() && living == self.known(subject) && !self.is_tainted(subject)
    }

    fn living(&self, subject: &Subject) -> BTreeSet<String> {
        self.workspace.living(subject.cloud, subject.kind)
    }

    fn known(&self, subject: &Subject) -> BTreeSet<String> {
        self.workspace.known(&subject.address())
    }

    fn is_tainted(&self, subject: &Subject) -> bool {
        let mut instances = self.workspace.instances_at(&subject.address()).into_iter();
        instances.any(|instance| instance["status"] == "tainted")
    }
}

/// Applies a plan while nobody listens where the clouds should be.
pub fn unreachable(workspace: &mut Workspace, plan: &str) -> Ended {
    let addresses = workspace.cloud.environment().into_iter();
    let addresses: Vec<_> = addresses.filter(|(name, _)| name.ends_with("_URL")).collect();
    assert_eq!(addresses.len(), workspace.cloud.clouds().len());
    for (name, _) in &addresses {
        // The port for discarding.
        workspace.tool.set(name, "http://127.0.0.1:9");
    }
    let ended = workspace.run(&["apply", plan]);
    for (name, url) in addresses {
        workspace.tool.set(name, url);
    }
    ended
}

fn is_at(moment: Moment, subject: &Subject, requests: &[RecordedRequest]) -> bool {
    let listing = |request: &&RecordedRequest| request.method == "GET" && request.path == subject.path;
    let order = |request: &&RecordedRequest| request.method == "POST" && request.path == subject.path;
    let reading = |request: &&RecordedRequest| {
        request.method == "GET" && request.path != subject.path && request.path.starts_with(subject.path)
    };
    match moment {
        Moment::BeforeTheOrder => requests.iter().any(|request| listing(&request)),
        Moment::BehindALimit | Moment::BeforeItIsRead | Moment::DuringTheOrder => {
            requests.iter().any(|request| order(&request))
        }
        Moment::DuringTheWait => requests.iter().filter(reading).count() >= READS,
    }
}

/// Sooner over than the provider waits for another client.
fn too_soon() -> Value {
    json!({"respond": {"status": 429, "headers": {"Retry-After": "1"}}})
}

fn is_never_ready(trouble: &Trouble) -> bool {
    matches!(trouble, Trouble::Fate(NEVER_READY))
}

/// Clouds in which so many things were made before.
fn with_made(made: u64) -> Value {
    json!({"time": 0, "clouds": {"yotta": {"made": made, "pods": {}, "registry_auths": {}, "volumes": {}}}})
}

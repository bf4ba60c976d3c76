//! Whole commands: real Terraform with this provider, beside the floor, which is Terraform's own `terraform_data` that
//! needs no provider. Each round runs all of them in turn, so that the machine's moods meet all alike; what counts is
//! the ratio. Prints Markdown.
//!
//! `cargo bench --bench commands`; `-- --help` tells the rest.

mod arguments;
mod command;
mod report;
#[path = "../../tools/shared/mod.rs"]
#[allow(dead_code, reason = "a benchmark has folders of its own")]
mod shared;
mod start;
mod state;
mod subject;
mod usage;

use std::{process::ExitCode, time::Duration};

use arguments::Arguments;
use command::Round;
use report::Report;
use shared::Result;
use subject::{Kind, Subject};

const LATENCY: Duration = Duration::from_millis(50);

fn main() -> ExitCode {
    // Terraform starts this program in the provider's place where the provider's own use of the machine is asked for.
    if let Some(code) = usage::stand_in() {
        return code;
    }
    match Arguments::read().and_then(run) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> Result<()> {
    let mut report = Report::new(&arguments)?;
    report.start(&start::measure(&arguments)?, &arguments.provider)?;
    report.heading("Commands");
    for &pods in &arguments.pods {
        commands(&arguments, pods, &mut report)?;
    }
    report.finish();
    Ok(())
}

fn commands(arguments: &Arguments, pods: usize, report: &mut Report) -> Result<()> {
    let mut kinds = vec![
        Kind::Floor,
        Kind::Alike,
        Kind::Gpupod(Duration::ZERO),
        Kind::Gpupod(LATENCY),
    ];
    kinds.extend(arguments.peer.is_some().then_some(Kind::Peer));
    let subjects = kinds
        .into_iter()
        .map(|kind| Subject::new(kind, arguments, pods))
        .collect::<Result<Vec<_>>>()?;
    let rounds = arguments.rounds_of(pods);
    let measure = |name: &str, command: &[&str], rounds| -> Result<()> {
        let taken = command::rounds(&subjects, command, rounds)?;
        report.command(name, pods, &subjects, &taken);
        Ok(())
    };
    if pods == 1 {
        measure("providers schema", &["providers", "schema", "-json"], rounds)?;
        measure("validate", &["validate"], rounds)?;
    }
    measure("plan, all new", &["plan"], rounds)?;
    for subject in subjects.iter().filter(|subject| subject.is_ours()) {
        report.usage(
            "plan, all new",
            pods,
            subject,
            &usage::of(subject, arguments, &["plan"])?,
        );
    }
    if pods <= arguments.most_to_apply {
        applied(&subjects, pods, rounds, report)?;
    }
    for subject in &subjects {
        state::prepare(subject, pods)?;
    }
    let no_op: &[&str] = &["plan", "-detailed-exitcode"];
    let taken = command::rounds(&subjects, no_op, rounds)?;
    report.command("plan, no change", pods, &subjects, &taken);
    for subject in subjects.iter().filter(|subject| subject.is_ours()) {
        report.usage("plan, no change", pods, subject, &usage::of(subject, arguments, no_op)?);
    }
    Ok(())
}

/// Applies and destroys, which ends where it began.
fn applied(subjects: &[Subject], pods: usize, rounds: usize, report: &mut Report) -> Result<()> {
    // Terraform writes its whole state for each resource: with many of them a round takes minutes, and differs little.
    let rounds = if pods < 1000 { rounds } else { 1 };
    let (mut made, mut gone) = (Vec::<Round>::new(), Vec::new());
    for _ in 0..rounds {
        made.extend(command::rounds(subjects, &["apply", "-auto-approve"], 1)?);
        gone.extend(command::rounds(subjects, &["destroy", "-auto-approve"], 1)?);
    }
    report.command("apply", pods, subjects, &made);
    report.command("destroy", pods, subjects, &gone);
    Ok(())
}

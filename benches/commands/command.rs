//! Runs a command for all subjects in turn.

use std::{
    process::Stdio,
    time::{Duration, Instant},
};

use crate::{Result, subject::Subject, usage};

/// What one command of one subject took.
#[derive(Clone, Copy)]
pub struct Taken {
    pub wall: Duration,
    /// Of Terraform and all that it started.
    pub cpu: Duration,
    pub requests: usize,
}

/// One for each subject, in their order.
pub type Round = Vec<Taken>;

pub fn rounds(subjects: &[Subject], command: &[&str], rounds: usize) -> Result<Vec<Round>> {
    (0..rounds)
        .map(|_| subjects.iter().map(|subject| take(subject, command)).collect())
        .collect()
}

fn take(subject: &Subject, arguments: &[&str]) -> Result<Taken> {
    let mut command = subject.command(arguments);
    if let Some(simulator) = subject.simulator() {
        simulator.clear_requests();
    }
    command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::piped());
    let before = usage::of_children()?;
    let began = Instant::now();
    let output = command.spawn()?.wait_with_output()?;
    let wall = began.elapsed();
    let cpu = usage::of_children()?.cpu - before.cpu;
    if !output.status.success() {
        let errors = String::from_utf8_lossy(&output.stderr);
        let name = subject.kind.name();
        return Err(format!(
            "{name}: `terraform {}` failed, or plans a change:\n{errors}",
            arguments.join(" ")
        )
        .into());
    }
    Ok(Taken {
        wall,
        cpu,
        requests: subject.simulator().map_or(0, |simulator| simulator.requests().len()),
    })
}

//! What processes have used: all children of this one, and the provider's own under Terraform.

use std::{
    env, fs,
    path::Path,
    process::{Command, ExitCode},
    time::Duration,
};

use nix::sys::resource::{UsageWho, getrusage};
use serde_json::{Value, json};

use crate::{Result, arguments::Arguments, subject::Subject};

/// The provider whose place this program takes, and where it notes what that has used.
const PROVIDER: &str = "GPUPOD_BENCH_PROVIDER";
const NOTES: &str = "GPUPOD_BENCH_NOTES";

/// What has been used by processes that have ended.
pub struct Usage {
    pub cpu: Duration,
    /// Of the largest of them.
    pub memory: u64,
}

pub fn of_children() -> Result<Usage> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let duration = |time: nix::sys::time::TimeVal| {
        Duration::from_secs(time.tv_sec().unsigned_abs()) + Duration::from_micros(time.tv_usec().unsigned_abs())
    };
    // Linux counts in KiB, macOS in bytes.
    let unit = if cfg!(target_os = "macos") { 1 } else { 1024 };
    Ok(Usage {
        cpu: duration(usage.user_time()) + duration(usage.system_time()),
        memory: usage.max_rss().unsigned_abs() * unit,
    })
}

/// Runs the provider in this program's place, and notes what it used.
pub fn stand_in() -> Option<ExitCode> {
    let (provider, notes) = (env::var_os(PROVIDER)?, env::var_os(NOTES)?);
    let done = || -> Result<()> {
        Command::new(provider).status()?;
        let Usage { cpu, memory } = of_children()?;
        let note = json!({"cpu": u64::try_from(cpu.as_micros())?, "memory": memory});
        // Terraform runs one provider process after another.
        let notes = Path::new(&notes);
        let before = fs::read_to_string(notes).unwrap_or_default();
        Ok(fs::write(notes, format!("{before}{note}\n"))?)
    };
    Some(match done() {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    })
}

/// What each provider process of a command used, in the order of their ends.
pub fn of(subject: &Subject, arguments: &Arguments, command: &[&str]) -> Result<Vec<Usage>> {
    let folder = tempfile::tempdir()?;
    let notes = folder.path().join("notes");
    let settings = folder.path().join("settings.tfrc");
    let name = format!("terraform-provider-gpupod{}", env::consts::EXE_SUFFIX);
    // A copy, for Terraform looks for the provider's name.
    fs::copy(env::current_exe()?, folder.path().join(name))?;
    let place = folder.path();
    fs::write(
        &settings,
        format!("provider_installation {{\n  dev_overrides {{ \"gpupod/gpupod\" = {place:?} }}\n  direct {{}}\n}}\n"),
    )?;
    let mut terraform = subject.command(command);
    terraform
        .env("TF_CLI_CONFIG_FILE", settings)
        .env(PROVIDER, &arguments.provider)
        .env(NOTES, &notes);
    subject.run(terraform)?;
    let lines = fs::read_to_string(notes)?;
    lines.lines().map(read).collect()
}

fn read(line: &str) -> Result<Usage> {
    let note: Value = serde_json::from_str(line)?;
    Ok(Usage {
        cpu: Duration::from_micros(note["cpu"].as_u64().ok_or("a note without cpu")?),
        memory: note["memory"].as_u64().ok_or("a note without memory")?,
    })
}

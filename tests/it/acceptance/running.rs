//! A command that goes on while the test does something else.

use std::{
    io::{BufRead, BufReader, Read},
    os::unix::process::CommandExt,
    process::{Child, ChildStderr, ChildStdout, Command},
};

use rustix::process::{Pid, Signal, kill_process, kill_process_group, test_kill_process};

use super::tool::{Outcome, cannot_run};

/// A process with those that it starts, which end with it at the latest.
pub struct Running {
    process: Child,
    output: BufReader<ChildStdout>,
    errors: ChildStderr,
    said: String,
}

impl Running {
    pub fn start(mut command: Command) -> Self {
        let started = command.process_group(0).spawn();
        let mut process = started.unwrap_or_else(|error| cannot_run(&command, &error));
        Self {
            output: BufReader::new(process.stdout.take().unwrap()),
            errors: process.stderr.take().unwrap(),
            process,
            said: String::new(),
        }
    }

    /// Blocks until a line with this phrase has been written.
    #[track_caller]
    pub fn line_with(&mut self, phrase: &str) -> String {
        loop {
            let mut line = String::new();
            self.output.read_line(&mut line).unwrap();
            assert!(!line.is_empty(), "{phrase:?} was not said:\n{}", self.said);
            self.said.push_str(&line);
            if line.contains(phrase) {
                return line;
            }
        }
    }

    /// Ctrl-C, which a terminal sends to the command and to everything that the command has started.
    pub fn interrupt(&self) {
        kill_process_group(self.group(), Signal::INT).unwrap();
    }

    /// Ends one of the processes that the command has started, at once and without a word.
    pub fn kill(&self, process: Pid) {
        kill_process(process, Signal::KILL).unwrap();
    }

    /// Asks one of the processes that the command has started to end.
    pub fn terminate(&self, process: Pid) {
        kill_process(process, Signal::TERM).unwrap();
    }

    /// Ends the command itself in this way, and nothing that it has started.
    pub fn kill_alone(&self) {
        self.kill(self.group());
    }

    pub fn end(mut self) -> Outcome {
        self.output.read_to_string(&mut self.said).unwrap();
        let mut errors = String::new();
        self.errors.read_to_string(&mut errors).unwrap();
        Outcome {
            code: self.process.wait().unwrap().code(),
            output: std::mem::take(&mut self.said),
            errors,
        }
    }

    fn group(&self) -> Pid {
        Pid::from_child(&self.process)
    }
}

/// Blocks until a process has ended that nobody here has started.
#[expect(
    clippy::disallowed_methods,
    reason = "no runtime is blocked, and nothing tells of the end of another's child"
)]
pub fn wait_for_end(process: Pid) {
    // Where nobody asks for its exit code it stays behind as a zombie.
    let is_zombie = || {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", process.as_raw_nonzero()));
        stat.is_ok_and(|stat| stat.rsplit(") ").next().is_some_and(|rest| rest.starts_with('Z')))
    };
    while test_kill_process(process).is_ok() && !is_zombie() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // After its end its number may be somebody else's.
        if let Ok(None) = self.process.try_wait() {
            let _ = kill_process_group(self.group(), Signal::KILL);
            let _ = self.process.wait();
        }
    }
}

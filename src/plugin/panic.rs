//! What a panic writes, so that clients show its cause to the user.

use std::{
    any::Any,
    backtrace::{Backtrace, BacktraceStatus},
    io::Write,
    panic::{self, PanicHookInfo},
};

/// From now on a panic is reported on stderr in the form that clients look for: a line that starts with
/// `panic: ` and what follows it.
pub fn install_hook() {
    panic::set_hook(Box::new(|info| {
        let report = report(message(info.payload()), info);
        // Nobody is left to tell if stderr is closed, and a panic in here would abort.
        let _ = std::io::stderr().lock().write_all(report.as_bytes());
    }));
}

fn report(message: &str, info: &PanicHookInfo) -> String {
    let mut report = format!("panic: {message}\n");
    if let Some(location) = info.location() {
        report.push_str(&format!("\nat {location}\n"));
    }
    let backtrace = Backtrace::capture();
    if backtrace.status() == BacktraceStatus::Captured {
        report.push_str(&format!("{backtrace}\n"));
    }
    report
}

/// The text of a panic, for those who catch it as well.
pub fn message(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("of unknown cause")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages() {
        assert_eq!(message(&"plain"), "plain");
        assert_eq!(message(&format!("made {}", 1)), "made 1");
        assert_eq!(message(&1), "of unknown cause");
    }
}

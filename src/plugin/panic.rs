//! The panic hook: writes a panic so that clients show its cause to the user.

use std::{
    any::Any,
    backtrace::{Backtrace, BacktraceStatus},
    fmt::Write as _,
    io::Write as _,
    panic::{self, Location},
};

/// From now on a panic is reported on stderr in the form that clients look for: a line that starts with
/// `panic: `, and whatever follows it.
pub fn install_hook() {
    panic::set_hook(Box::new(|info| {
        let report = report(message(info.payload()), info.location(), &Backtrace::capture());
        // Nobody is left to tell if stderr is closed, and a panic in here would abort.
        let _ = std::io::stderr().lock().write_all(report.as_bytes());
    }));
}

/// The text of a panic, for those who catch it as well.
pub fn message(payload: &(dyn Any + Send)) -> &str {
    payload
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| payload.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("of unknown cause")
}

fn report(message: &str, location: Option<&Location<'_>>, backtrace: &Backtrace) -> String {
    let mut report = format!("panic: {message}\n");
    // Writing to a string does not fail.
    if let Some(location) = location {
        let _ = writeln!(report, "\nat {location}");
    }
    if backtrace.status() == BacktraceStatus::Captured {
        let _ = writeln!(report, "{backtrace}");
    }
    report
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

    #[test]
    fn the_cause_comes_first() {
        let location = Location::caller();
        let expected = format!("panic: lost the plot\n\nat {location}\n");
        assert_eq!(
            report("lost the plot", Some(location), &Backtrace::disabled()),
            expected
        );
        let full = report("lost the plot", Some(location), &Backtrace::force_capture());
        assert!(full.starts_with(&expected) && full.len() > expected.len());
    }
}

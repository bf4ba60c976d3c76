//! The signals that end the process, and the one that does not.

use std::io;

use super::Mode;

/// Takes over the signals at once. The future completes when one says that the process should end.
///
/// Ctrl-C reaches the whole process group. The client then tells us what to stop, and still wants the state of
/// what was begun, so a plugin must outlive it.
#[cfg(unix)]
pub(super) fn take_over(mode: Mode) -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv(), if mode == Mode::Debug => {}
            _ = terminate.recv() => {}
        }
    })
}

/// As on Unix, with the one signal that Windows has for this.
#[cfg(windows)]
pub fn take_over(mode: Mode) -> io::Result<impl Future<Output = ()>> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        // Windows would end the process if nobody held on to the signal.
        while interrupt.recv().await.is_some() && mode == Mode::Plugin {}
    })
}

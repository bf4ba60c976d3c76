//! Stale sockets: a process that was killed could not take its socket's file away, so the next one does.

use std::{
    fs::{self, DirEntry},
    io::ErrorKind,
    os::unix::{
        fs::{FileTypeExt, MetadataExt},
        net::UnixStream,
    },
    path::{Path, PathBuf},
    thread,
    time::Duration,
};

use rustix::{
    io::Errno,
    process::{Pid, geteuid, test_kill_process},
};

/// A folder for temporary files may hold any number of them.
const MOST_LOOKED_AT: usize = 10_000;
const MOST_REMOVED: usize = 100;
/// A plugin that is just starting, and whose process cannot be seen from here, listens by then.
const PAUSE: Duration = Duration::from_millis(20);

/// What begins the name of a socket's file.
const PREFIX: &str = "plugin-";
const DIGITS_OF_CHANCE: usize = 8;

/// A name that no other plugin has: the process's number keeps those apart that start in the same instant, and so draw
/// the same number.
pub(super) fn fresh_name() -> String {
    format!(
        "{PREFIX}{}-{:0DIGITS_OF_CHANCE$x}",
        std::process::id(),
        fastrand::u32(..)
    )
}

/// Removes the sockets of our own in a folder on which nobody listens. Blocks: it is to have a thread of its own.
#[expect(
    clippy::disallowed_methods,
    reason = "it runs beside the runtime, which it does not block"
)]
pub(super) fn clear(directory: &Path) {
    let Ok(entries) = fs::read_dir(directory) else { return };
    let stale = entries.take(MOST_LOOKED_AT).flatten().filter_map(abandoned);
    let stale: Vec<PathBuf> = stale.take(MOST_REMOVED).collect();
    if stale.is_empty() {
        return;
    }
    thread::sleep(PAUSE);
    let is_removed = |path: &&PathBuf| nobody_listens(path) && fs::remove_file(path).is_ok();
    let removed = stale.iter().filter(is_removed).count();
    tracing::debug!(sockets = removed, "removed what killed processes have left");
}

/// The path of a socket that was ours, by name, kind and owner, and that nobody seems to use.
fn abandoned(entry: DirEntry) -> Option<PathBuf> {
    let process = process_of(entry.file_name().to_str()?)?;
    // Whoever lives would have to answer the question whether it listens.
    if test_kill_process(process) != Err(Errno::SRCH) {
        return None;
    }
    // Not of what a link leads to.
    let metadata = entry.metadata().ok()?;
    let is_own_socket = metadata.file_type().is_socket() && metadata.uid() == geteuid().as_raw();
    let path = entry.path();
    (is_own_socket && nobody_listens(&path)).then_some(path)
}

/// The process in the name of a socket's file.
fn process_of(name: &str) -> Option<Pid> {
    let (process, chance) = name.strip_prefix(PREFIX)?.split_once('-')?;
    let is_chance =
        chance.len() == DIGITS_OF_CHANCE && chance.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    let is_number = process.bytes().all(|byte| byte.is_ascii_digit());
    Pid::from_raw(process.parse().ok().filter(|_| is_chance && is_number)?)
}

fn nobody_listens(path: &Path) -> bool {
    UnixStream::connect(path).is_err_and(|error| error.kind() == ErrorKind::ConnectionRefused)
}

#[cfg(test)]
mod tests {
    use std::os::unix::{fs::symlink, net::UnixListener};

    use super::*;

    /// No system has processes of such a number.
    const DEAD: &str = "2147483647";

    #[test]
    fn a_fresh_name_is_known_again() {
        let process = process_of(&fresh_name()).map(Pid::as_raw_nonzero);
        assert_eq!(
            process.map(|number| number.get().cast_unsigned()),
            Some(std::process::id())
        );
        for other in [
            "plugin-1-0000000",
            "plugin-1-0000000g",
            "plugin-1-0000000F",
            "plugin--00000000",
            "plugin-+1-00000000",
            "plugin-0-00000000",
            "plugin-1",
            "plugin123456789",
            "plugin-99999999999-00000000",
            "xplugin-1-00000000",
        ] {
            assert_eq!(process_of(other), None, "{other}");
        }
    }

    #[test]
    fn only_sockets_of_ours_on_which_nobody_listens_are_removed() {
        let directory = tempfile::tempdir().unwrap();
        let named = |name: String| directory.path().join(name);
        let killed = |chance: &str| named(format!("plugin-{DEAD}-{chance}"));
        let bind = |path: &Path| UnixListener::bind(path).unwrap();

        let stale = [killed("00000001"), killed("00000002")];
        stale.iter().for_each(|path| drop(bind(path)));
        let living = killed("00000003");
        let _listening = bind(&living);
        let (starting, strange) = (named(fresh_name()), named("plugin123456789".to_owned()));
        drop((bind(&starting), bind(&strange)));
        let (file, link) = (killed("00000004"), killed("00000005"));
        fs::write(&file, "precious").unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        let target = elsewhere.path().join("target");
        drop(bind(&target));
        symlink(&target, &link).unwrap();

        clear(directory.path());
        for path in stale {
            assert!(!path.exists(), "{path:?}");
        }
        for path in [living, starting, strange, file, link, target] {
            assert!(path.exists(), "{path:?}");
        }
        clear(Path::new("/does/not/exist"));
    }
}

//! Keeps the simulated clouds in a file from one run to the next.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use crate::untrusted::json;

pub(super) struct Store {
    path: Option<PathBuf>,
    written: Value,
}

impl Store {
    pub fn new(path: Option<PathBuf>) -> Store {
        Store {
            path,
            written: Value::Null,
        }
    }

    /// Whether there is a file. Without one nothing needs to be written down.
    pub fn has_file(&self) -> bool {
        self.path.is_some()
    }

    /// What an earlier run left, or `None` if there is no file yet.
    pub fn load(&self) -> io::Result<Option<Value>> {
        let Some(path) = &self.path else { return Ok(None) };
        let mut file = match open_existing(path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(named(path, &error)),
        };
        let mut text = Vec::new();
        file.read_to_end(&mut text).map_err(|error| named(path, &error))?;
        let saved = json::parse_whole(&text).map_err(|error| self.unreadable(&error.to_string()))?;
        // Not before it is known to be ours: nobody's notes change their mode because of a mistyped path.
        access::narrow(path, &file).map_err(|error| named(path, &error))?;
        Ok(Some(saved))
    }

    /// An error that names the file: it is left as it is.
    pub fn unreadable(&self, reason: &str) -> io::Error {
        let path = self.path.as_deref().unwrap_or(Path::new("-"));
        io::Error::new(
            io::ErrorKind::InvalidData,
            format!("{} is not a simulator's file: {reason}", path.display()),
        )
    }

    /// Writes the clouds with the moment, but not because of the moment alone.
    pub fn save(&mut self, clouds: &Value, time: u64) -> io::Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        if *clouds != self.written {
            let text = format!("{:#}\n", json!({"time": time, "clouds": clouds}));
            replace(path, &text).map_err(|error| named(path, &error))?;
            self.written = clouds.clone();
        }
        Ok(())
    }
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}

/// A reader finds the old text or the new one, never a part: the new file takes the old one's name when it is whole. If
/// a link was put in the old one's place meanwhile, it is the link that goes.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = Path::new(&beside);
    match fs::remove_file(beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = create_private(beside)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(beside, path)
}

/// A pod's variables may be secret, so the file is for its owner only. It is a new one: neither a link is followed nor a
/// file written to that somebody else holds open.
fn create_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, access::OWNER_ONLY);
    options.open(path)
}

fn open_existing(path: &Path) -> io::Result<File> {
    let file = access::open(path)?;
    access::check(&file)?;
    Ok(file)
}

fn refused(reason: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, reason.into())
}

/// Who may use the file, as Unix has it: `O_NOFOLLOW`, owner and mode, asked of the open file and never of its name.
#[cfg(unix)]
mod access {
    use std::fs::{File, Metadata, OpenOptions, Permissions};
    use std::io;
    use std::os::unix::fs::{MetadataExt, OpenOptionsExt, PermissionsExt};
    use std::path::Path;

    use rustix::{fs::OFlags, io::Errno, process::geteuid};

    use super::refused;

    pub const OWNER_ONLY: u32 = 0o600;
    /// Of a mode, the rights of the group and of everybody else.
    const OF_OTHERS: u32 = 0o077;

    pub fn open(path: &Path) -> io::Result<File> {
        // A FIFO without a writer would hold the simulator up.
        let flags = (OFlags::NOFOLLOW | OFlags::NONBLOCK).bits();
        let opened = OpenOptions::new()
            .read(true)
            .custom_flags(flags.cast_signed())
            .open(path);
        opened.map_err(|error| match Errno::from_io_error(&error) {
            // What FreeBSD says, and what everybody else says.
            Some(Errno::MLINK | Errno::LOOP) => {
                refused("is a symbolic link, and none is followed: name the file that it leads to")
            }
            _ => error,
        })
    }

    pub fn check(file: &File) -> io::Result<()> {
        let found = file.metadata()?;
        if !found.is_file() {
            return Err(refused(
                "is no regular file: name a file, or a path where there is nothing yet",
            ));
        }
        check_owner(&found, geteuid().as_raw())
    }

    pub fn check_owner(found: &Metadata, own: u32) -> io::Result<()> {
        match found.uid() {
            owner if owner == own => Ok(()),
            owner => Err(refused(format!(
                "belongs to another user (uid {owner}, and the simulator runs as {own}): use a file of your own"
            ))),
        }
    }

    /// What was readable by others stays known to them; from now on it is not.
    pub fn narrow(path: &Path, file: &File) -> io::Result<()> {
        let mode = file.metadata()?.mode() & 0o7777;
        if mode & OF_OTHERS != 0 {
            file.set_permissions(Permissions::from_mode(OWNER_ONLY))?;
            eprintln!(
                "{} had mode {mode:04o}, open to others than its owner; it is 0600 now",
                path.display()
            );
        }
        Ok(())
    }
}

#[cfg(not(unix))]
mod access {
    use std::fs::{self, File};
    use std::io;
    use std::path::Path;

    use super::refused;

    pub fn open(path: &Path) -> io::Result<File> {
        match fs::symlink_metadata(path)?.is_symlink() {
            true => Err(refused(
                "is a symbolic link, and none is followed: name the file that it leads to",
            )),
            false => File::open(path),
        }
    }

    pub fn check(file: &File) -> io::Result<()> {
        match file.metadata()?.is_file() {
            true => Ok(()),
            false => Err(refused(
                "is no regular file: name a file, or a path where there is nothing yet",
            )),
        }
    }

    /// There, a new file has the rights of its folder.
    pub fn narrow(_path: &Path, _file: &File) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_saved_is_loaded() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        let mut store = Store::new(Some(path.clone()));
        assert_eq!(store.load().unwrap(), None);
        store.save(&json!({"price": 0.65}), 1).unwrap();
        assert_eq!(
            store.load().unwrap(),
            Some(json!({"time": 1, "clouds": {"price": 0.65}}))
        );
        store.save(&json!({"price": 0.65}), 2).unwrap();
        assert_eq!(
            store.load().unwrap(),
            Some(json!({"time": 1, "clouds": {"price": 0.65}}))
        );
        store.save(&json!({}), 3).unwrap();
        assert_eq!(
            Store::new(Some(path)).load().unwrap(),
            Some(json!({"time": 3, "clouds": {}}))
        );
        assert_eq!(
            fs::read_dir(folder.path()).unwrap().count(),
            1,
            "nothing is left beside the file"
        );
    }

    #[test]
    fn another_file_is_refused_and_kept() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("state.json");
        fs::write(&path, "{").unwrap();
        let error = Store::new(Some(path.clone())).load().unwrap_err();
        assert!(
            error.to_string().contains("state.json is not a simulator's file"),
            "{error}"
        );
        assert_eq!(fs::read_to_string(path).unwrap(), "{");
    }

    #[cfg(unix)]
    mod on_unix {
        use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

        use super::*;

        fn mode(path: &Path) -> u32 {
            fs::symlink_metadata(path).unwrap().mode() & 0o7777
        }

        fn refusal(path: &Path) -> String {
            Store::new(Some(path.to_owned())).load().unwrap_err().to_string()
        }

        #[test]
        fn a_new_file_is_for_its_owner_alone() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("state.json");
            Store::new(Some(path.clone())).save(&json!({}), 1).unwrap();
            assert_eq!(mode(&path), 0o600);
        }

        #[test]
        fn a_wider_mode_is_narrowed_before_anything_is_saved() {
            for wide in [0o644, 0o640, 0o666, 0o604, 0o660] {
                let folder = tempfile::tempdir().unwrap();
                let path = folder.path().join("state.json");
                fs::write(&path, "{}").unwrap();
                fs::set_permissions(&path, fs::Permissions::from_mode(wide)).unwrap();
                Store::new(Some(path.clone())).load().unwrap();
                assert_eq!(mode(&path), 0o600, "{wide:o}");
            }
        }

        #[test]
        fn no_link_is_followed_when_the_file_is_read() {
            let folder = tempfile::tempdir().unwrap();
            let [real, link, dangling] =
                ["real.json", "link.json", "dangling.json"].map(|name| folder.path().join(name));
            fs::write(&real, "{}").unwrap();
            symlink(&real, &link).unwrap();
            symlink(folder.path().join("nothing"), &dangling).unwrap();
            for path in [&link, &dangling] {
                let text = refusal(path);
                assert!(text.contains(".json: is a symbolic link"), "{text}");
            }
            assert_eq!(fs::read_to_string(real).unwrap(), "{}");
        }

        #[test]
        fn no_link_is_followed_when_the_file_is_written() {
            let folder = tempfile::tempdir().unwrap();
            let [path, beside, victim] = ["a.json", "a.json.new", "victim"].map(|name| folder.path().join(name));
            fs::write(&victim, "untouched").unwrap();
            symlink(&victim, &beside).unwrap();
            let mut store = Store::new(Some(path.clone()));
            store.save(&json!({"a": 1}), 1).unwrap();
            fs::remove_file(&path).unwrap();
            symlink(&victim, &path).unwrap();
            store.save(&json!({"a": 2}), 2).unwrap();
            assert_eq!(fs::read_to_string(&victim).unwrap(), "untouched");
            assert!(fs::symlink_metadata(&path).unwrap().is_file());
            assert_eq!(mode(&path), 0o600);
        }

        #[test]
        fn what_is_no_regular_file_is_refused() {
            let folder = tempfile::tempdir().unwrap();
            let fifo = folder.path().join("fifo");
            let made = std::process::Command::new("mkfifo").arg(&fifo).status().unwrap();
            assert!(made.success());
            for path in [folder.path(), &fifo, Path::new("/dev/null")] {
                let text = refusal(path);
                assert!(text.contains("is no regular file"), "{text}");
            }
        }

        #[test]
        fn a_file_of_somebody_else_is_refused() {
            let folder = tempfile::tempdir().unwrap();
            let path = folder.path().join("state.json");
            fs::write(&path, "{}").unwrap();
            let found = fs::metadata(&path).unwrap();
            assert!(access::check_owner(&found, found.uid()).is_ok());
            let text = access::check_owner(&found, found.uid() + 1).unwrap_err().to_string();
            assert!(text.contains("belongs to another user"), "{text}");
        }
    }
}

//! Keeps the simulated clouds in a file from one run to the next.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

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
        let text = match fs::read(path) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(named(path, &error)),
        };
        serde_json::from_slice(&text)
            .map(Some)
            .map_err(|error| self.unreadable(&error.to_string()))
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

/// A reader finds the old text or the new one, never a part: the new file takes the old one's name when it is whole.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let mut file = open_private(Path::new(&beside))?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

/// A pod's variables may be secret, so the file is for its owner only.
fn open_private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
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
}

//! The unix socket: a fresh name, readable by its owner or a named group, gone when we are.

use std::{
    fs, io,
    os::unix::fs::{PermissionsExt, chown},
    path::{Path, PathBuf},
    process,
};

use tokio::net::{UnixListener, UnixSocket, UnixStream};

use crate::plugin::Error;

/// The system keeps paths of sockets in a field of this size, with a zero at the end; macOS has 104.
const PATH_LIMIT: usize = if cfg!(target_os = "linux") { 108 } else { 104 };

const BACKLOG: u32 = 128;

pub struct Socket {
    listener: UnixListener,
    file: File,
}

impl Socket {
    pub fn bind(directory: &Path, group: Option<&str>) -> Result<Self, Error> {
        let group = group.map(group_id).transpose()?;
        let path = fresh_path(directory)?;
        let failed = |source| Error::Listen {
            address: path.clone(),
            source,
        };
        let socket = UnixSocket::new_stream().map_err(failed)?;
        socket.bind(&path).map_err(failed)?;
        let file = File(path.clone());
        // Nobody can connect before `listen`, so nobody can before the file has its mode.
        restrict(&path, group).map_err(failed)?;
        let listener = socket.listen(BACKLOG).map_err(failed)?;
        Ok(Self { listener, file })
    }

    pub fn path(&self) -> &str {
        &self.file.0
    }

    pub async fn accept(&self) -> io::Result<UnixStream> {
        let (stream, _) = self.listener.accept().await?;
        Ok(stream)
    }
}

/// The socket's file, removed when dropped.
struct File(String);

impl Drop for File {
    fn drop(&mut self) {
        // Whoever has removed it before us has done the work.
        let _ = fs::remove_file(&self.0);
    }
}

fn fresh_path(directory: &Path) -> Result<String, Error> {
    // The process's number keeps plugins apart that start in the same instant, and so draw the same number.
    let path: PathBuf = directory.join(format!("plugin-{}-{:08x}", process::id(), fastrand::u32(..)));
    let refuse = |problem: &str| Error::Listen {
        address: path.display().to_string(),
        source: io::Error::new(io::ErrorKind::InvalidInput, problem),
    };
    let text = path
        .to_str()
        .ok_or_else(|| refuse("the directory's name is not UTF-8"))?;
    if text.len() >= PATH_LIMIT {
        return Err(refuse(
            "the path is too long for a socket; set TMPDIR to a shorter directory",
        ));
    }
    if text.contains(['|', '\n']) {
        return Err(refuse("the handshake cannot carry a path with a bar or a line break"));
    }
    Ok(text.to_owned())
}

fn restrict(path: &str, group: Option<u32>) -> io::Result<()> {
    let mode = if group.is_some() { 0o660 } else { 0o600 };
    if group.is_some() {
        chown(path, None, group)?;
    }
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
}

/// A group's number, from itself or from its name in /etc/group. Groups that live elsewhere go by number: to
/// look them up would take C code.
fn group_id(group: &str) -> Result<u32, Error> {
    if let Ok(id) = group.parse() {
        return Ok(id);
    }
    let table = fs::read_to_string("/etc/group").unwrap_or_default();
    find_group(&table, group).ok_or_else(|| {
        Error::setting(
            "PLUGIN_UNIX_SOCKET_GROUP",
            format!("there is no group {group:?} in /etc/group"),
        )
    })
}

fn find_group(table: &str, name: &str) -> Option<u32> {
    let ids = table.lines().filter_map(|line| {
        let mut fields = line.split(':');
        let found = fields.next()? == name;
        let id = fields.nth(1)?.parse().ok()?;
        found.then_some(id)
    });
    ids.into_iter().next()
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::MetadataExt;

    use super::*;

    fn problem(directory: &Path, group: Option<&str>) -> String {
        match Socket::bind(directory, group) {
            Ok(_) => "none".to_owned(),
            Err(Error::Listen { source, .. }) => source.to_string(),
            Err(other) => other.to_string(),
        }
    }

    #[tokio::test]
    async fn only_the_owner_can_connect_and_the_file_goes() {
        let directory = tempfile::tempdir().unwrap();
        let socket = Socket::bind(directory.path(), None).unwrap();
        let path = socket.path().to_owned();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        drop(socket);
        assert!(!Path::new(&path).exists());
    }

    #[tokio::test]
    async fn a_group_can_be_let_in() {
        let directory = tempfile::tempdir().unwrap();
        let own = fs::metadata(directory.path()).unwrap().gid();
        let socket = Socket::bind(directory.path(), Some(&own.to_string())).unwrap();
        let metadata = fs::metadata(socket.path()).unwrap();
        assert_eq!((metadata.mode() & 0o777, metadata.gid()), (0o660, own));
    }

    #[tokio::test]
    async fn two_sockets_share_a_directory() {
        let directory = tempfile::tempdir().unwrap();
        let first = Socket::bind(directory.path(), None).unwrap();
        let second = Socket::bind(directory.path(), None).unwrap();
        assert_ne!(first.path(), second.path());
    }

    #[tokio::test]
    async fn what_cannot_be_listened_on() {
        let long = PathBuf::from("/").join("x".repeat(100));
        assert!(problem(&long, None).starts_with("the path is too long"));
        assert!(problem(Path::new("/a|b"), None).starts_with("the handshake cannot carry"));
        assert!(problem(Path::new("/does/not/exist"), None).starts_with("No such file"));
        assert!(problem(Path::new("/tmp"), Some("no such group")).contains("there is no group"));
    }

    #[test]
    fn groups_by_name() {
        let table = "root:x:0:\n# a comment\ndocker:x:998:ann,bob\ndockers:x:5:\n";
        assert_eq!(find_group(table, "docker"), Some(998));
        assert_eq!(find_group(table, "ann"), None);
    }
}

//! The unix socket: a fresh name, readable by its owner or a named group, gone when we are.

use std::{
    fs, io,
    os::unix::fs::{PermissionsExt, chown},
    path::{Path, PathBuf},
};

use tokio::net::{UnixListener, UnixSocket, UnixStream};

use super::leftovers::fresh_name;
use crate::plugin::Error;

/// The system keeps paths of sockets in a field of this size, with a zero at the end; macOS has 104.
const PATH_LIMIT: usize = if cfg!(target_os = "linux") { 108 } else { 104 };

const BACKLOG: u32 = 128;

pub(super) struct Socket {
    listener: UnixListener,
    file: File,
}

impl Socket {
    /// In the first of the folders where that is possible. A folder for temporary files may be missing, full, read-only,
    /// or have a name that is too long; a socket is small and can be anywhere.
    pub(super) fn bind(directories: &[PathBuf], group: Option<&str>) -> Result<Self, Error> {
        let group = group.map(group_id).transpose()?;
        let mut refusals = Vec::new();
        for directory in directories {
            match Self::bind_in(directory, group) {
                Ok(socket) => {
                    if !refusals.is_empty() {
                        let refusals = refusals.join("; ");
                        tracing::warn!(
                            refusals,
                            instead = socket.path(),
                            "cannot listen where the socket should be"
                        );
                    }
                    return Ok(socket);
                }
                Err((address, source)) => refusals.push(format!("{address}: {source}")),
            }
        }
        Err(Error::Listen {
            address: "any of the folders".to_owned(),
            source: io::Error::other(refusals.join("; ")),
        })
    }

    /// An error comes with the path at which it happened.
    fn bind_in(directory: &Path, group: Option<u32>) -> Result<Self, (String, io::Error)> {
        let path = fresh_path(directory)?;
        let failed = |source| (path.clone(), source);
        let socket = UnixSocket::new_stream().map_err(failed)?;
        socket.bind(&path).map_err(failed)?;
        let file = File(path.clone());
        // Nobody can connect before `listen`, so nobody can before the file has its mode.
        restrict(&path, group).map_err(failed)?;
        let listener = socket.listen(BACKLOG).map_err(failed)?;
        Ok(Self { listener, file })
    }

    pub(super) fn path(&self) -> &str {
        &self.file.0
    }

    pub(super) async fn accept(&self) -> io::Result<UnixStream> {
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

fn fresh_path(directory: &Path) -> Result<String, (String, io::Error)> {
    let path: PathBuf = directory.join(fresh_name());
    let refuse = |problem: &str| {
        let problem = io::Error::new(io::ErrorKind::InvalidInput, problem);
        (path.display().to_string(), problem)
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

    fn bind(directories: &[&Path], group: Option<&str>) -> Result<Socket, Error> {
        let directories: Vec<PathBuf> = directories.iter().map(|path| path.to_path_buf()).collect();
        Socket::bind(&directories, group)
    }

    fn problem(directories: &[&Path], group: Option<&str>) -> String {
        match bind(directories, group) {
            Ok(_) => "none".to_owned(),
            Err(Error::Listen { source, .. }) => source.to_string(),
            Err(other) => other.to_string(),
        }
    }

    #[tokio::test]
    async fn only_the_owner_can_connect_and_the_file_goes() {
        let directory = tempfile::tempdir().unwrap();
        let socket = bind(&[directory.path()], None).unwrap();
        let path = socket.path().to_owned();
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        drop(socket);
        assert!(!Path::new(&path).exists());
    }

    #[tokio::test]
    async fn a_group_can_be_let_in() {
        let directory = tempfile::tempdir().unwrap();
        let own = fs::metadata(directory.path()).unwrap().gid();
        let socket = bind(&[directory.path()], Some(&own.to_string())).unwrap();
        let metadata = fs::metadata(socket.path()).unwrap();
        assert_eq!((metadata.mode() & 0o777, metadata.gid()), (0o660, own));
    }

    #[tokio::test]
    async fn two_sockets_share_a_directory() {
        let directory = tempfile::tempdir().unwrap();
        let first = bind(&[directory.path()], None).unwrap();
        let second = bind(&[directory.path()], None).unwrap();
        assert_ne!(first.path(), second.path());
    }

    /// Folders that cannot hold a socket, and why.
    fn unfit() -> [(PathBuf, &'static str); 4] {
        [
            (PathBuf::from("/").join("x".repeat(100)), "the path is too long"),
            ("/a|b".into(), "the handshake cannot carry"),
            ("/does/not/exist".into(), "No such file"),
            // Nobody can make a file there, not even root.
            ("/proc".into(), ""),
        ]
    }

    #[tokio::test]
    async fn what_cannot_be_listened_on() {
        for (directory, expected) in unfit() {
            let problem = problem(&[&directory], None);
            assert!(
                problem.contains(expected) && problem != "none",
                "{directory:?}: {problem}"
            );
        }
        assert!(problem(&[Path::new("/tmp")], Some("no such group")).contains("there is no group"));
    }

    #[tokio::test]
    async fn where_one_folder_is_unfit_another_one_serves() {
        let good = tempfile::tempdir().unwrap();
        for (directory, _) in unfit() {
            let socket = bind(&[&directory, Path::new("/does/not/exist"), good.path()], None).unwrap();
            assert!(Path::new(socket.path()).starts_with(good.path()), "{directory:?}");
        }
    }

    #[test]
    fn groups_by_name() {
        let table = "root:x:0:\n# a comment\ndocker:x:998:ann,bob\ndockers:x:5:\n";
        assert_eq!(find_group(table, "docker"), Some(998));
        assert_eq!(find_group(table, "ann"), None);
    }
}

//! The socket on which Terraform meets the provider: wherever temporary files are, and whoever was killed before.

use std::{fs, path::Path};

use gpupod::simulator::RecordedRequest;
use serde_json::json;

use super::{pod::Pod, running::Running, workspace::Workspace};

#[test]
fn a_folder_for_temporary_files_that_cannot_hold_a_socket_stops_nobody() {
    let mut workspace = Workspace::applied(Pod::minimal());
    let long = workspace.file(&"long".repeat(40));
    fs::create_dir(&long).unwrap();
    // The last one takes no files, not even from root.
    for directory in [long.as_path(), &workspace.file("missing"), Path::new("/proc")] {
        workspace.tool.set("TMPDIR", directory.display());
        workspace.tool.set("TF_LOG_PROVIDER", "WARN");
        workspace.plan().assert_empty();
        let planned = workspace.run(&["plan"]).succeeds();
        assert!(
            planned.errors.contains("cannot listen where the socket should be"),
            "{}",
            planned.errors
        );
    }
    workspace.tool.unset("TF_LOG_PROVIDER");
    workspace.tool.unset("TMPDIR");
    workspace.finish();
}

fn sockets(directory: &Path) -> usize {
    fs::read_dir(directory).unwrap().count()
}

#[test]
fn the_next_start_removes_what_a_killed_provider_has_left() {
    let mut workspace = Workspace::new(Pod::minimal());
    let directory = tempfile::tempdir().unwrap();
    workspace.tool.set("TMPDIR", directory.path().display());
    workspace.fault("GET", "/v2/pods", 1, json!({"hang": true}));
    let apply = Running::start(workspace.tool.logged(&["apply", "-auto-approve"]));
    let is_asked = |requests: &[RecordedRequest]| requests.iter().any(|request| request.path == "/v2/pods");
    assert!(workspace.cloud.wait_for(is_asked));
    apply.kill(workspace.tool.last_provider());
    apply.end().fails();
    workspace.cloud.clear_faults();
    assert_eq!(sockets(directory.path()), 1, "nobody could remove it");
    // Of the several processes of an apply one lives long enough to look around.
    workspace.apply();
    assert_eq!(sockets(directory.path()), 0);
    workspace.finish();
}

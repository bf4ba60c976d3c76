//! States that releases left behind: this one plans nothing for them, on the clouds as they were then.

use std::{env, fs};

use serde_json::{Value, json};

use super::{
    clouds::in_a_workspace,
    workspace::{CLOUDS, Workspace},
};
use crate::{
    files::{self, root},
    states::{self, Fixture},
};

#[test]
fn states_of_any_release_plan_empty() {
    if env::var_os("UPDATE").is_some() {
        write_what_is_missing();
    }
    let fixtures = states::fixtures();
    assert!(
        !fixtures.is_empty(),
        "`UPDATE=1 cargo test states` writes those of this release"
    );
    for fixture in fixtures {
        println!("{}", fixture.path); // Shown if the test fails.
        let clouds: Value = serde_json::from_str(&fixture.read("clouds.json")).unwrap();
        let workspace = workspace(&fixture.cloud, &clouds, &fixture.read("main.tf"));
        fs::write(workspace.file("terraform.tfstate"), fixture.read("state.json")).unwrap();
        workspace.finish();
    }
}

fn workspace(cloud: &str, clouds: &Value, configuration: &str) -> Workspace {
    let workspace = Workspace::with_saved_clouds(clouds, configuration).with_keys_of(&[cloud]);
    if cloud == "cpod" {
        in_a_workspace(&workspace);
    }
    workspace
}

/// Applies each configuration of which this release has left no state yet. What is there stays as it is.
fn write_what_is_missing() {
    for path in files::below(states::CONFIGURATIONS) {
        let configuration = files::read(&path);
        let name = path.rsplit_once('/').unwrap().1.trim_end_matches(".tf");
        let fixture = Fixture {
            path: format!("{}/{}/{name}", states::FOLDER, states::RELEASE),
            cloud: name.split_once('-').unwrap().0.to_owned(),
        };
        let folder = root().join(&fixture.path);
        if folder.exists() {
            continue;
        }
        let workspace = workspace(&fixture.cloud, &json!({"time": 0, "clouds": {}}), &configuration);
        workspace.apply();
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join("main.tf"), configuration).unwrap();
        fs::write(folder.join("state.json"), workspace.state()).unwrap();
        fs::copy(workspace.file(CLOUDS), folder.join("clouds.json")).unwrap();
        workspace.finish();
    }
}

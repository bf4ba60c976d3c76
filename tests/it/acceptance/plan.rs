//! A plan as `show -json` tells it.

use serde_json::Value;

/// What is planned. An empty plan has no changes.
#[derive(Debug)]
pub struct Plan {
    pub changes: Vec<Change>,
    /// What the command said, warnings among it.
    pub told: String,
}

/// What is planned for one resource.
#[derive(Debug)]
pub struct Change {
    pub address: String,
    pub action: Action,
    /// The attributes that force a replacement.
    pub replaced_for: Vec<String>,
    /// The attributes that get another value that is known already.
    pub attributes: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Create,
    Update,
    Replace,
    Delete,
}

impl Plan {
    /// From the text of `show -json`, without what stays as it is.
    pub fn read(json: &str, told: String) -> Self {
        let json: Value = serde_json::from_str(json).unwrap();
        let changes = json["resource_changes"].as_array().map_or(&[][..], Vec::as_slice);
        Self {
            changes: changes.iter().filter_map(Change::read).collect(),
            told,
        }
    }

    pub fn empty(told: String) -> Self {
        Self {
            changes: Vec::new(),
            told,
        }
    }

    pub fn action(&self, address: &str) -> Option<Action> {
        self.change(address).map(|change| change.action)
    }

    pub fn change(&self, address: &str) -> Option<&Change> {
        self.changes.iter().find(|change| change.address == address)
    }

    /// The one thing that is planned.
    #[track_caller]
    pub fn only(&self) -> &Change {
        match self.changes.as_slice() {
            [only] => only,
            _ => panic!("not one change: {self:#?}"),
        }
    }

    #[track_caller]
    pub fn assert_empty(&self) {
        assert!(self.changes.is_empty(), "{self:#?}");
    }

    /// Holds that all of these were said.
    #[track_caller]
    pub fn says(&self, phrases: &[&str]) {
        for phrase in phrases {
            assert!(self.told.contains(phrase), "{phrase:?} is not said:\n{}", self.told);
        }
    }

    /// Holds that there is no warning, other than Terraform's own of a provider that is not installed.
    #[track_caller]
    pub fn warns_of_nothing(&self) {
        assert_eq!(self.told.matches("Warning:").count(), 1, "{}", self.told);
    }
}

impl Change {
    fn read(json: &Value) -> Option<Self> {
        let change = &json["change"];
        Some(Self {
            address: json["address"].as_str()?.to_owned(),
            action: action(&change["actions"])?,
            replaced_for: replaced_for(&change["replace_paths"]),
            attributes: changed_attributes(&change["before"], &change["after"]),
        })
    }
}

fn action(actions: &Value) -> Option<Action> {
    let words: Vec<&str> = actions.as_array()?.iter().filter_map(Value::as_str).collect();
    match words[..] {
        ["create"] => Some(Action::Create),
        ["update"] => Some(Action::Update),
        ["delete"] => Some(Action::Delete),
        ["delete", "create"] | ["create", "delete"] => Some(Action::Replace),
        _ => None,
    }
}

fn replaced_for(paths: &Value) -> Vec<String> {
    let paths = paths.as_array().map_or(&[][..], Vec::as_slice);
    paths
        .iter()
        .filter_map(|path| Some(path[0].as_str()?.to_owned()))
        .collect()
}

fn changed_attributes(before: &Value, after: &Value) -> Vec<String> {
    let after = after.as_object().into_iter().flatten();
    after
        .filter(|(name, value)| before[name] != **value)
        .map(|(name, _)| name.clone())
        .collect()
}

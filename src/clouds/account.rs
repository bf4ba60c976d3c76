//! Account: the team, organization or workspace that a cloud is used for, where a key alone does not say it.

/// A field that is `None` is left to the cloud.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Account {
    pub team_id: Option<String>,
    pub organization_id: Option<String>,
    pub workspace_id: Option<String>,
}

impl Account {
    /// From a cloud's settings, which `value` looks up by their names.
    pub fn from_settings(value: impl Fn(&str) -> Option<String>) -> Self {
        Self {
            team_id: value("team_id"),
            organization_id: value("organization_id"),
            workspace_id: value("workspace_id"),
        }
    }
}

//! How a session is made: from the provider block, or else from the environment.

use std::{collections::BTreeMap, time::Duration};

use tokio::time::Instant;

use super::{Access, PlanChecks, Session, messages, model::ProviderModel, unusable};
use crate::{
    clouds::{
        self, API_KEY, Account, BASE_URL, BaseUrl, ConnectSettings, Description, Proxy, Secret, Secrets, Settings,
        USER_AGENT,
    },
    resources::{common::cloud_name, run::Run},
    tf::{Diagnostics, Number, Path, Tf, parse_duration},
};

pub const DEFAULT_CLOUD_VARIABLE: &str = "GPUPOD_CLOUD";
pub const DEFAULT_POLL_INTERVAL: Duration = Duration::from_secs(5);

/// Looks a variable of the environment up; one that is empty is not set.
type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Rules of the provider block that need no environment.
pub fn check(config: &ProviderModel, diagnostics: &mut Diagnostics) {
    if let Some(name) = config.general.cloud.known() {
        cloud_name::named(name, "cloud", "`cloud` is", diagnostics);
    }
    for description in clouds::ALL {
        let name = description.capabilities.name;
        let block = config.cloud_block(name);
        let base_url = block.known().and_then(|block| block.known(BASE_URL));
        if let Some(Err(error)) = base_url.map(|base_url| BaseUrl::parse(base_url)) {
            diagnostics.add_error(
                Path::from(name).attribute("base_url"),
                messages::wrong_base_url(name, error),
            );
        }
    }
}

impl Session {
    /// Makes a session without sending anything; `None` after an error.
    pub fn new(
        config: &ProviderModel,
        environment: Environment<'_>,
        terraform_version: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self> {
        let http = settings(config, environment, terraform_version);
        let mut clouds = BTreeMap::new();
        for description in clouds::ALL {
            let access = access(config, description, &http, environment, diagnostics)?;
            clouds.insert(description.capabilities.name, access);
        }
        let default_cloud = default_cloud(config, &clouds, environment, diagnostics)?;
        let poll_interval = config
            .general
            .poll_interval
            .known()
            .and_then(|text| parse_duration(text));
        Some(Self {
            clouds,
            default_cloud,
            secrets: http.secrets,
            poll_interval: poll_interval.unwrap_or(DEFAULT_POLL_INTERVAL),
            run: Run::default(),
            began: Instant::now(),
            plan_checks: plan_checks(config),
        })
    }
}

fn plan_checks(config: &ProviderModel) -> PlanChecks {
    match config.general.plan_checks.known().map(String::as_str) {
        Some("warn") => PlanChecks::Warn,
        Some("off") => PlanChecks::Off,
        _ => PlanChecks::Error,
    }
}

fn settings(config: &ProviderModel, environment: Environment<'_>, terraform_version: &str) -> Settings {
    let defaults = Settings::default();
    let retries = config
        .general
        .max_retries
        .known()
        .and_then(Number::as_u64)
        .and_then(|retries| u32::try_from(retries).ok());
    let request_timeout = config
        .general
        .request_timeout
        .known()
        .and_then(|text| parse_duration(text));
    Settings {
        request_timeout: request_timeout.unwrap_or(defaults.request_timeout),
        max_retries: retries.unwrap_or(defaults.max_retries),
        user_agent: user_agent(terraform_version, environment(APPEND_USER_AGENT)),
        secrets: Secrets::default(),
    }
}

/// What a caller adds to the name under which providers ask, as all providers have it.
const APPEND_USER_AGENT: &str = "TF_APPEND_USER_AGENT";
/// Of what is added. Servers bound their headers, and all of a request's share that.
const LONGEST_APPENDIX: usize = 1_000;

fn user_agent(terraform_version: &str, appendix: Option<String>) -> String {
    let is_version = !terraform_version.is_empty() && terraform_version.chars().all(|c| c.is_ascii_graphic());
    let mut text = match is_version {
        true => format!("{USER_AGENT} (Terraform {terraform_version})"),
        false => USER_AGENT.to_owned(),
    };
    // Nothing else can stand in a header, and one bad character would cost the whole name.
    let fits = |c: char| if c.is_ascii_graphic() { c } else { ' ' };
    let appendix: String = appendix.unwrap_or_default().chars().map(fits).collect();
    let words: Vec<&str> = appendix.split_whitespace().collect();
    if !words.is_empty() {
        text.push(' ');
        text.extend(words.join(" ").chars().take(LONGEST_APPENDIX));
    }
    text
}

fn access(
    config: &ProviderModel,
    description: &Description,
    http: &Settings,
    environment: Environment<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Access> {
    let name = description.capabilities.name;
    let block = match config.cloud_block(name) {
        Tf::Unknown => return Some(Access::NotYetKnown),
        Tf::Known(block) if block.is_partly_unknown() => return Some(Access::NotYetKnown),
        Tf::Known(block) => Some(block),
        Tf::Null => None,
    };
    let set = |name: &str| {
        let given = block.and_then(|block| block.known(name)).cloned();
        let variables = description.setting(name).map_or(&[][..], |setting| setting.variables);
        given.or_else(|| variables.iter().find_map(|variable| environment(variable)))
    };
    let Some(key) = set(API_KEY) else {
        return Some(Access::NoKey);
    };
    let settings = ConnectSettings {
        http: http.clone(),
        base_url: set(BASE_URL),
        key: Secret::new(key),
        account: Account::from_settings(set),
    };
    let checked = settings.check_proxy(description, &Proxy::from_environment(environment));
    match checked.and_then(|()| clouds::connect(name, settings)) {
        Ok(cloud) => Some(Access::Ready(cloud)),
        Err(error) => {
            diagnostics.extend(unusable::not_connected(description, &error));
            None
        }
    }
}

fn default_cloud(
    config: &ProviderModel,
    clouds: &BTreeMap<&'static str, Access>,
    environment: Environment<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Tf<&'static str>> {
    let named = |name: &str, found_in: &str, diagnostics: &mut Diagnostics| {
        cloud_name::named(name, "cloud", found_in, diagnostics).map(|capabilities| Tf::Known(capabilities.name))
    };
    match &config.general.cloud {
        Tf::Unknown => return Some(Tf::Unknown),
        Tf::Known(name) => return named(name, "`cloud` is", diagnostics),
        Tf::Null => {}
    }
    if let Some(name) = environment(DEFAULT_CLOUD_VARIABLE) {
        let found_in = format!("{DEFAULT_CLOUD_VARIABLE} of the environment is");
        return named(&name, &found_in, diagnostics);
    }
    if clouds.values().any(|access| matches!(access, Access::NotYetKnown)) && clouds::ALL.len() > 1 {
        return Some(Tf::Unknown);
    }
    let mut usable = clouds
        .iter()
        .filter(|(_, access)| !matches!(access, Access::NoKey))
        .map(|(name, _)| *name);
    Some(match (usable.next(), usable.next()) {
        (Some(only), None) => Tf::Known(only),
        _ => Tf::Null,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_agent_carries_what_is_appended() {
        let check = |appendix: &str, expected: &str| {
            let told = user_agent("1.14.0", Some(appendix.to_owned()));
            assert_eq!(
                told,
                format!("{USER_AGENT} (Terraform 1.14.0){expected}"),
                "{appendix:?}"
            );
        };
        check("", "");
        check(" \t\r\n", "");
        check("ci/7", " ci/7");
        check("  ci/7  (team; gpu) ", " ci/7 (team; gpu)");
        check("a\r\nX-Api-Key: b", " a X-Api-Key: b");
        check("a\u{0}\u{1b}[31mb\u{7f}", " a [31mb");
        check("caf\u{e9} \u{202e}x", " caf x");
        check(&"x".repeat(5_000), &format!(" {}", "x".repeat(LONGEST_APPENDIX)));
        assert_eq!(user_agent("", None), USER_AGENT);
    }
}

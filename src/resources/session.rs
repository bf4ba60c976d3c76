//! What a provider block becomes: the clouds that can be used, and how they are used.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use crate::{
    clouds::{self, BaseUrl, Cloud, ConnectSettings, Description, Secret, Settings, USER_AGENT},
    resources::{cloud, make::Ledger, pod::Findings, provider::ProviderModel},
    tf::{Diagnostics, Number, Path, Tf, parse_duration, rules::in_words},
};

const DEFAULT_CLOUD_VARIABLE: &str = "GPUPOD_CLOUD";
const DEFAULT_POLL_INTERVAL: Duration = Duration::from_secs(5);

/// A configured provider.
pub struct Session {
    clouds: BTreeMap<&'static str, Access>,
    default_cloud: Tf<&'static str>,
    pub poll_interval: Duration,
    /// The things of this run: what tells one that was just ordered from one that was there before.
    pub ledger: Ledger,
    /// What this run has found out, so that it asks once.
    pub findings: Findings,
    pub plan_checks: PlanChecks,
}

/// What becomes of a new pod that the catalogue does not have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanChecks {
    Error,
    Warn,
    Off,
}

/// How a cloud can be used.
enum Access {
    Ready(Arc<dyn Cloud>),
    /// Nobody gave a key.
    NoKey,
    /// What it takes is known only after apply.
    NotYetKnown,
}

/// Looks a variable of the environment up; one that is empty is not set.
type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// Rules of the provider block that need no environment.
pub fn check(config: &ProviderModel, diagnostics: &mut Diagnostics) {
    if let Some(name) = config.cloud.known() {
        cloud::named(name, "cloud", "`cloud` is", diagnostics);
    }
    for description in clouds::ALL {
        let name = description.capabilities.name;
        let base_url = config
            .cloud_block(name)
            .known()
            .and_then(|block| block.base_url.known());
        if let Some(Err(error)) = base_url.map(|base_url| BaseUrl::parse(base_url)) {
            let detail = format!("`{name}.base_url` cannot be used. {error}");
            diagnostics.error(
                Path::from(name).attribute("base_url"),
                "Not an address of a cloud",
                detail,
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
        let http = settings(config, terraform_version);
        let mut clouds = BTreeMap::new();
        for description in clouds::ALL {
            let access = access(config, description, &http, environment, diagnostics)?;
            clouds.insert(description.capabilities.name, access);
        }
        let default_cloud = default_cloud(config, &clouds, environment, diagnostics)?;
        let poll_interval = config.poll_interval.known().and_then(|text| parse_duration(text));
        Some(Self {
            clouds,
            default_cloud,
            poll_interval: poll_interval.unwrap_or(DEFAULT_POLL_INTERVAL),
            ledger: Ledger::default(),
            findings: Findings::default(),
            plan_checks: plan_checks(config),
        })
    }

    /// The cloud of a resource that names none; unknown while planning if it depends on what is not known yet.
    pub fn default_cloud(&self) -> Result<Tf<&'static str>, Diagnostics> {
        match &self.default_cloud {
            Tf::Null => Err(self.no_default_cloud()),
            default => Ok(default.clone()),
        }
    }

    /// The cloud of this name, ready to be used; `None` while planning if what it takes is not known yet.
    pub fn cloud_if_known(&self, name: &str) -> Result<Option<Arc<dyn Cloud>>, Diagnostics> {
        self.find(name, "cloud")
    }

    /// The cloud of a resource, when there is something to do with it.
    pub fn cloud(&self, name: &Tf<String>) -> Result<Arc<dyn Cloud>, Diagnostics> {
        let name = match name.known() {
            Some(name) => name.clone(),
            None => self
                .default_cloud()?
                .known()
                .map(|name| (*name).to_owned())
                .unwrap_or_default(),
        };
        self.ready(&name, "cloud")
    }

    /// The clouds that `clouds` of a data source names, or else all that have a key.
    pub fn clouds(&self, named: &[String]) -> Result<Vec<Arc<dyn Cloud>>, Diagnostics> {
        let names: Vec<&str> = match named.is_empty() {
            true => self.with_key().collect(),
            false => named.iter().map(String::as_str).collect(),
        };
        if names.is_empty() {
            let detail = format!("`clouds` is not set, and no cloud has a key. {}", how_to_give_a_key());
            return Err(Diagnostics::of_error("clouds", "No cloud can be used", detail));
        }
        let mut refusals = Diagnostics::new();
        let mut clouds = Vec::new();
        for name in names {
            match self.ready(name, "clouds") {
                Ok(cloud) => clouds.push(cloud),
                Err(refusal) => refusals.extend(refusal),
            }
        }
        if refusals.is_empty() { Ok(clouds) } else { Err(refusals) }
    }

    fn find(&self, name: &str, attribute: &str) -> Result<Option<Arc<dyn Cloud>>, Diagnostics> {
        match self.clouds.get(name) {
            Some(Access::Ready(cloud)) => Ok(Some(Arc::clone(cloud))),
            Some(Access::NotYetKnown) => Ok(None),
            Some(Access::NoKey) | None => Err(no_key(name, attribute)),
        }
    }

    fn ready(&self, name: &str, attribute: &str) -> Result<Arc<dyn Cloud>, Diagnostics> {
        self.find(name, attribute)?.ok_or_else(|| {
            let detail = format!(
                "The settings of the cloud `{name}` depend on values that are not known yet. Apply what they depend on \
                 first, for instance with `-target`."
            );
            Diagnostics::of_error(attribute, "The cloud cannot be reached yet", detail)
        })
    }

    fn with_key(&self) -> impl Iterator<Item = &'static str> {
        let has_key = |(_, access): &(&&'static str, &Access)| !matches!(access, Access::NoKey);
        self.clouds.iter().filter(has_key).map(|(name, _)| *name)
    }

    fn no_default_cloud(&self) -> Diagnostics {
        let ready: Vec<&str> = self.with_key().collect();
        let detail = match ready.is_empty() {
            true => format!("`cloud` is not set, and no cloud has a key. {}", how_to_give_a_key()),
            false => format!(
                "`cloud` is not set, and several clouds have a key. Use {}, here, in the provider block, or as \
                 {DEFAULT_CLOUD_VARIABLE} in the environment.",
                in_words(&ready)
            ),
        };
        Diagnostics::of_error(Path::from("cloud"), "No cloud is chosen", detail)
    }
}

fn plan_checks(config: &ProviderModel) -> PlanChecks {
    match config.plan_checks.known().map(String::as_str) {
        Some("warn") => PlanChecks::Warn,
        Some("off") => PlanChecks::Off,
        _ => PlanChecks::Error,
    }
}

fn settings(config: &ProviderModel, terraform_version: &str) -> Settings {
    let defaults = Settings::default();
    let retries = config
        .max_retries
        .known()
        .and_then(Number::as_u64)
        .and_then(|retries| u32::try_from(retries).ok());
    let request_timeout = config.request_timeout.known().and_then(|text| parse_duration(text));
    let is_version = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_graphic());
    Settings {
        request_timeout: request_timeout.unwrap_or(defaults.request_timeout),
        max_retries: retries.unwrap_or(defaults.max_retries),
        user_agent: match is_version(terraform_version) {
            true => format!("{USER_AGENT} (Terraform {terraform_version})"),
            false => USER_AGENT.to_owned(),
        },
    }
}

fn access(
    config: &ProviderModel,
    description: &Description,
    http: &Settings,
    environment: Environment<'_>,
    diagnostics: &mut Diagnostics,
) -> Option<Access> {
    let name = description.capabilities.name;
    let block = config.cloud_block(name);
    let (api_key, base_url) = match block {
        Tf::Unknown => (Tf::Unknown, Tf::Unknown),
        Tf::Null => (Tf::Null, Tf::Null),
        Tf::Known(block) => (block.api_key.clone(), block.base_url.clone()),
    };
    if api_key.is_unknown() || base_url.is_unknown() {
        return Some(Access::NotYetKnown);
    }
    let Some(key) = api_key
        .known()
        .cloned()
        .or_else(|| environment(description.key_variable))
    else {
        return Some(Access::NoKey);
    };
    let from_environment = || {
        description
            .base_url_variables
            .iter()
            .find_map(|variable| environment(variable))
    };
    let base_url = base_url.known().cloned().or_else(from_environment);
    let settings = ConnectSettings {
        http: http.clone(),
        base_url,
        key: Secret::new(key),
    };
    match clouds::connect(name, settings) {
        Ok(cloud) => Some(Access::Ready(cloud)),
        Err(error) => {
            let sources = description.base_url_variables.join(" or ");
            let detail = format!(
                "`{name}` cannot be used. {error} The settings are those of the provider block, or else {} and \
                 {sources} of the environment.",
                description.key_variable
            );
            diagnostics.error(
                name,
                format!("{} cannot be reached", description.capabilities.title),
                detail,
            );
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
        cloud::named(name, "cloud", found_in, diagnostics).map(|capabilities| Tf::Known(capabilities.name))
    };
    match &config.cloud {
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

fn how_to_give_a_key() -> String {
    let variables: Vec<&str> = clouds::ALL.iter().map(|description| description.key_variable).collect();
    format!(
        "Set {} in the environment, or `api_key` in the provider block.",
        in_words(&variables)
    )
}

fn no_key(name: &str, attribute: &str) -> Diagnostics {
    let variable = Description::of(name).map_or("its variable", |description| description.key_variable);
    let detail = format!(
        "The cloud `{name}` has no key. Set {variable} in the environment, or `{name} = {{ api_key = … }}` in the \
         provider block."
    );
    Diagnostics::of_error(attribute, "The cloud has no key", detail)
}

#[cfg(test)]
impl Session {
    /// With these clouds, whatever is in the environment.
    pub fn with_clouds(fakes: Vec<Arc<dyn Cloud>>) -> Self {
        use crate::tf::Model;
        let mut session =
            Self::new(&ProviderModel::null(), &|_| None, "", &mut Diagnostics::new()).expect("no mistake");
        let by_name = fakes
            .into_iter()
            .map(|cloud| (cloud.capabilities().name, Access::Ready(cloud)));
        session.clouds = by_name.collect();
        let only = session.with_key().next().filter(|_| session.clouds.len() == 1);
        session.default_cloud = only.into();
        session
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{resources::provider::CloudModel, tf::Model};

    fn session(config: &ProviderModel, environment: &[(&str, &str)]) -> (Option<Session>, String) {
        let mut diagnostics = Diagnostics::new();
        let find = |name: &str| {
            environment
                .iter()
                .find(|(set, _)| *set == name)
                .map(|(_, value)| (*value).to_owned())
        };
        let session = Session::new(config, &find, "1.11.4", &mut diagnostics);
        let details: Vec<String> = diagnostics.into_iter().map(|one| one.detail).collect();
        (session, details.join("\n"))
    }

    fn with_block(api_key: Tf<String>, base_url: Tf<String>) -> ProviderModel {
        ProviderModel {
            yotta: Tf::Known(CloudModel { api_key, base_url }),
            ..ProviderModel::null()
        }
    }

    fn text(text: &str) -> Tf<String> {
        Tf::Known(text.to_owned())
    }

    /// The default cloud, or why there is none.
    #[track_caller]
    fn check(config: &ProviderModel, environment: &[(&str, &str)], expected: &str) {
        let (session, errors) = session(config, environment);
        let found = match session.map(|session| session.default_cloud()) {
            None => errors,
            Some(Ok(default)) => default
                .known()
                .map_or("not known yet".to_owned(), |name| (*name).to_owned()),
            Some(Err(errors)) => errors.into_iter().map(|one| one.detail).collect(),
        };
        assert!(found.contains(expected), "{found:?} does not say {expected:?}");
    }

    #[test]
    fn the_default_cloud_is_the_named_one_or_the_only_one_with_a_key() {
        let empty = ProviderModel::null();
        let named = |name: Tf<String>| ProviderModel {
            cloud: name,
            ..ProviderModel::null()
        };
        check(&empty, &[("YOTTA_API_KEY", "k")], "yotta");
        check(&empty, &[("GPUPOD_CLOUD", "yotta")], "yotta");
        check(&named(text("yotta")), &[], "yotta");
        check(&named(Tf::Unknown), &[], "not known yet");
        check(&with_block(Tf::Unknown, Tf::Null), &[], "yotta");
        check(
            &empty,
            &[],
            "no cloud has a key. Set `YOTTA_API_KEY` in the environment",
        );
        check(&named(text("nimbus")), &[], "`cloud` is \"nimbus\". Use `yotta`.");
        check(
            &empty,
            &[("GPUPOD_CLOUD", "nimbus")],
            "GPUPOD_CLOUD of the environment is \"nimbus\"",
        );
    }

    #[test]
    fn an_address_that_cannot_be_used_is_told_with_its_sources() {
        let (session, errors) = session(&with_block(text("k"), text("http://example.com")), &[]);
        assert!(
            session.is_none() && errors.contains("`yotta` cannot be used."),
            "{errors}"
        );
        assert!(errors.contains("YOTTA_BASE_URL"), "{errors}");
    }

    #[test]
    fn the_block_wins_over_the_environment() {
        let environment = [("YOTTA_API_KEY", "k"), ("YOTTA_BASE_URL", "http://example.com")];
        let (without, errors) = session(&ProviderModel::null(), &environment);
        assert!(
            without.is_none() && !errors.is_empty(),
            "the environment's address is plain http"
        );
        let (with, errors) = session(&with_block(Tf::Null, text("https://example.com")), &environment);
        assert!(with.is_some() && errors.is_empty(), "{errors}");
    }

    #[test]
    fn a_cloud_without_a_key_says_how_to_give_it_one() {
        let (session, _) = session(
            &ProviderModel {
                cloud: text("yotta"),
                ..ProviderModel::null()
            },
            &[],
        );
        let refusal = session.and_then(|session| session.cloud(&Tf::Null).err());
        let details: Vec<String> = refusal.into_iter().flatten().map(|one| one.detail).collect();
        assert_eq!(
            details,
            [
                "The cloud `yotta` has no key. Set YOTTA_API_KEY in the environment, or `yotta = { api_key = … }` in the \
              provider block."
            ]
        );
    }
}

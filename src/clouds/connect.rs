//! Connection factory: makes a cloud's client from its name, an address and a key.

use std::sync::Arc;

use super::{
    ALL, Account, BaseUrl, Capabilities, Cloud, InvalidBaseUrl, InvalidKey, InvalidProxy, Proxy, Secret, Settings,
};

/// A cloud's static data: capabilities, settings, constructor.
#[derive(Debug)]
pub struct Description {
    pub capabilities: &'static Capabilities,
    pub default_base_url: &'static str,
    /// The environment variable that holds the key.
    pub key_variable: &'static str,
    /// The environment variables that may hold the address, the first one first.
    pub base_url_variables: &'static [&'static str],
    /// The environment variable that holds the account's team, where the cloud has teams.
    pub team_variable: Option<&'static str>,
    pub connect: Connect,
}

/// Makes a cloud, without sending anything.
pub type Connect = fn(Settings, BaseUrl, Secret, Account) -> Result<Arc<dyn Cloud>, InvalidKey>;

impl Description {
    /// The cloud of this name, as configurations write it.
    pub fn of(name: &str) -> Option<&'static Description> {
        ALL.iter()
            .copied()
            .find(|description| description.capabilities.name == name)
    }
}

/// How to reach one cloud.
#[derive(Debug, Clone)]
pub struct ConnectSettings {
    pub http: Settings,
    /// Without it, the cloud's own.
    pub base_url: Option<String>,
    pub key: Secret,
    pub account: Account,
}

/// Why a cloud cannot be reached as asked. The text says what to do about it, and shows no secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidSettings {
    #[error("There is no cloud {0:?}. Use one of: {names}.", names = names())]
    UnknownCloud(String),
    #[error("{0}")]
    BaseUrl(InvalidBaseUrl),
    #[error("{0}")]
    Key(InvalidKey),
    #[error("{0}")]
    Proxy(InvalidProxy),
}

impl ConnectSettings {
    /// Checks the proxy that the environment names, if the cloud would be reached through it.
    pub fn check_proxy(&self, description: &Description, proxy: &Proxy) -> Result<(), InvalidSettings> {
        let base_url = self.base_url.as_deref().unwrap_or(description.default_base_url);
        match BaseUrl::parse(base_url) {
            // Never through a proxy, or refused anyway.
            Ok(base_url) if base_url.is_plain() => Ok(()),
            Err(_) => Ok(()),
            Ok(_) => proxy.check().map_err(InvalidSettings::Proxy),
        }
    }
}

/// Makes a cloud. Nothing is sent before the first call.
pub fn connect(name: &str, settings: ConnectSettings) -> Result<Arc<dyn Cloud>, InvalidSettings> {
    let description = Description::of(name).ok_or_else(|| InvalidSettings::UnknownCloud(name.to_owned()))?;
    let base_url = settings.base_url.as_deref().unwrap_or(description.default_base_url);
    let base_url = BaseUrl::parse(base_url).map_err(InvalidSettings::BaseUrl)?;
    (description.connect)(settings.http, base_url, settings.key, settings.account).map_err(InvalidSettings::Key)
}

fn names() -> String {
    let names: Vec<&str> = ALL.iter().map(|description| description.capabilities.name).collect();
    names.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connect_error(name: &str, base_url: Option<&str>, key: &str) -> Option<InvalidSettings> {
        let base_url = base_url.map(str::to_owned);
        connect(
            name,
            ConnectSettings {
                http: Settings::default(),
                base_url,
                key: Secret::new(key),
                account: Account::default(),
            },
        )
        .err()
    }

    #[test]
    fn every_cloud_can_be_connected() {
        for description in ALL {
            let name = description.capabilities.name;
            assert_eq!(connect_error(name, None, "key"), None, "{name}");
            assert!(
                std::ptr::eq(Description::of(name).expect("is listed"), *description),
                "{name} is listed twice"
            );
            assert!(
                !description.key_variable.is_empty() && !description.base_url_variables.is_empty(),
                "{name}"
            );
        }
    }

    #[test]
    fn settings_are_checked() {
        use InvalidSettings::*;
        let name = ALL[0].capabilities.name;
        assert_eq!(
            connect_error("nimbus", None, "key"),
            Some(UnknownCloud("nimbus".to_owned()))
        );
        assert_eq!(
            connect_error(name, Some("nowhere"), "key"),
            Some(BaseUrl(InvalidBaseUrl::NotAUrl))
        );
        assert_eq!(connect_error(name, None, ""), Some(Key(InvalidKey::Empty)));
    }
}

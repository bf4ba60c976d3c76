//! Connection factory: makes a cloud's client from its name, an address and a key.

use std::sync::Arc;

use super::{
    ALL, Account, BaseUrl, Capabilities, Cloud, InvalidBaseUrl, InvalidKey, InvalidProxy, Proxy, Secret, Setting,
    Settings,
    setting::{API_KEY, BASE_URL},
};

/// A cloud's static data: capabilities, settings, constructor.
#[derive(Debug)]
pub struct Description {
    pub capabilities: &'static Capabilities,
    /// For users, in Markdown.
    pub doc: &'static str,
    pub default_base_url: &'static str,
    /// [`API_KEY`] and [`BASE_URL`] are among them. All others belong to the [`Account`].
    pub settings: &'static [Setting],
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

    pub fn setting(&self, name: &str) -> Option<&'static Setting> {
        self.settings.iter().find(|setting| setting.name == name)
    }

    /// The environment variable that holds the key.
    pub fn key_variable(&self) -> &'static str {
        self.variables(API_KEY).first().copied().unwrap_or_default()
    }

    /// The environment variables that may hold the address, the first one first.
    pub fn base_url_variables(&self) -> &'static [&'static str] {
        self.variables(BASE_URL)
    }

    fn variables(&self, name: &str) -> &'static [&'static str] {
        self.setting(name).map_or(&[], |setting| setting.variables)
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
                !description.key_variable().is_empty() && !description.base_url_variables().is_empty(),
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

//! HTTP proxy from the environment (`HTTPS_PROXY`, `ALL_PROXY`), checked before it is used. The HTTP library reads it
//! itself, but takes one that it cannot read for none: requests would go out past the proxy, or nowhere.

use hyper::Uri;

/// In the order in which the client looks for them. The first that is not empty counts.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// The environment's proxy for https.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proxy(Option<(&'static str, String)>);

/// Why an address of a proxy cannot be used. The text never shows it: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "{variable} of the environment cannot be read as the address of a proxy: {problem}. Write it as \
     `http://proxy.example.com:3128`, or unset it."
)]
pub struct InvalidProxy {
    variable: &'static str,
    problem: &'static str,
}

impl Proxy {
    /// `environment` looks a variable up; one that is empty is not set.
    pub fn from_environment(environment: &dyn Fn(&str) -> Option<String>) -> Self {
        let set = |variable| environment(variable).map(|value| (variable, value));
        Self(VARIABLES.into_iter().find_map(set))
    }

    pub fn check(&self) -> Result<(), InvalidProxy> {
        let Some((variable, value)) = &self.0 else {
            return Ok(());
        };
        match problem(value) {
            None => Ok(()),
            Some(problem) => Err(InvalidProxy { variable, problem }),
        }
    }
}

/// The problem with an address, if there is one.
fn problem(address: &str) -> Option<&'static str> {
    if !address.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Some("it has white space or other characters that no address has");
    }
    let Ok(uri) = address.parse::<Uri>() else {
        return Some("it is no address");
    };
    let is_http = |scheme: &str| scheme == "http" || scheme == "https";
    if uri.scheme_str().is_some_and(|scheme| !is_http(scheme)) {
        return Some("a proxy is reached over http or https, no other scheme");
    }
    let Some(authority) = uri.authority() else {
        return Some("it names no host");
    };
    let place = authority.as_str().rsplit('@').next().unwrap_or_default();
    let port = place.rsplit(']').next().and_then(|rest| rest.rsplit_once(':'));
    match port {
        _ if authority.host().is_empty() => Some("it names no host"),
        Some(_) if authority.port_u16().is_none() => Some("its port is none"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(environment: &[(&str, &str)], expected: &str) {
        let proxy = Proxy::from_environment(&|name| {
            let found = environment.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| (*value).to_owned())
        });
        let message = proxy.check().err().map(|error| error.to_string()).unwrap_or_default();
        match expected {
            "" => assert_eq!(message, "", "{environment:?}"),
            _ => assert!(message.contains(expected), "{environment:?}: {message}"),
        }
        assert!(!message.contains("swordfish"), "{message}");
    }

    #[test]
    fn an_address_that_cannot_be_read_is_refused() {
        let addresses = [
            ("http://proxy.example.com:3128", ""),
            ("https://proxy.example.com", ""),
            ("HTTP://proxy.example.com:3128/", ""),
            ("proxy.example.com:3128", ""),
            ("proxy", ""),
            ("10.0.0.1:3128", ""),
            ("http://[::1]:3128", ""),
            ("http://[::1]", ""),
            ("http://user:swordfish@proxy.example.com:3128", ""),
            ("http://user:swordfish@:3128", "names no host"),
            ("socks5://user:swordfish@proxy.example.com:1080", "over http or https"),
            ("ftp://proxy.example.com", "over http or https"),
            ("http://proxy.example.com:99999", "port is none"),
            ("http://proxy.example.com:swordfish", "HTTPS_PROXY of the environment"),
            ("http://proxy example.com:3128", "white space"),
            (" http://proxy.example.com:3128", "white space"),
            ("http://prox\u{fffd}y.example.com", "other characters"),
            ("http://", "it is no address"),
            ("://proxy:swordfish", "HTTPS_PROXY of the environment"),
            ("/proxy", "names no host"),
        ];
        for (address, expected) in addresses {
            check(&[("HTTPS_PROXY", address)], expected);
        }
    }

    #[test]
    fn the_variable_that_counts_is_named() {
        for variable in VARIABLES {
            check(&[(variable, "a b")], &format!("{variable} of the environment"));
        }
        check(&[("HTTPS_PROXY", "http://proxy"), ("ALL_PROXY", "a b")], "");
        check(&[("HTTP_PROXY", "a b")], "");
        check(&[], "");
    }
}

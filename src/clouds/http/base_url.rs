//! Base URL of a cloud: https, or loopback, so that no key is ever sent in the clear.

use std::net::IpAddr;

use reqwest::Url;

/// An https address, or a plain http one on this machine, with a path at most.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BaseUrl(Url);

/// Why an address was refused. Nothing of it is repeated: it may hold a password.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidBaseUrl {
    #[error("This is not a URL. Write one such as https://api.example.com.")]
    NotAUrl,
    #[error("The URL does not start with https://. Write one that does.")]
    OtherScheme,
    #[error(
        "Plain http would show the key to the network. Use https; http is for localhost, 127.0.0.0/8 and [::1] only."
    )]
    PlainHttp,
    #[error("The URL holds a user name or a password. Remove what stands before the @.")]
    UserInfo,
    #[error("The URL holds a query. Remove the question mark and what follows.")]
    Query,
    #[error("The URL holds a fragment. Remove the # and what follows.")]
    Fragment,
}

impl BaseUrl {
    pub fn parse(text: &str) -> Result<Self, InvalidBaseUrl> {
        let url = Url::parse(text.trim()).map_err(|_| InvalidBaseUrl::NotAUrl)?;
        let host = url.host_str().unwrap_or_default();
        match url.scheme() {
            "https" => {}
            "http" if is_loopback(host) => {}
            "http" => return Err(InvalidBaseUrl::PlainHttp),
            // It is not kept: without a scheme, a user's name stands there.
            _ => return Err(InvalidBaseUrl::OtherScheme),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(InvalidBaseUrl::UserInfo);
        }
        if url.query().is_some() {
            return Err(InvalidBaseUrl::Query);
        }
        if url.fragment().is_some() {
            return Err(InvalidBaseUrl::Fragment);
        }
        Ok(Self(url))
    }

    /// The address without `end`, if its path ends so: some clouds' addresses are known with the start of all paths.
    pub fn without_end(mut self, end: &str) -> Self {
        let path = self.0.path().trim_end_matches('/');
        if let Some(start) = path.strip_suffix(end).map(str::to_owned) {
            self.0.set_path(&start);
        }
        self
    }

    /// Whether requests travel unencrypted, which they do on this machine alone.
    pub fn is_plain(&self) -> bool {
        self.0.scheme() == "http"
    }

    /// The host and the port, for those who read that nobody answers there.
    pub fn address(&self) -> String {
        let host = self.0.host_str().unwrap_or_default();
        match self.0.port_or_known_default() {
            Some(port) => format!("{host}:{port}"),
            None => host.to_owned(),
        }
    }

    /// The address of a path of the cloud's, which starts with a slash.
    pub fn at(&self, path: &str) -> Url {
        let mut url = self.0.clone();
        url.set_path(&format!("{}{path}", self.0.path().trim_end_matches('/')));
        url
    }
}

fn is_loopback(host: &str) -> bool {
    let address = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || address.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Result<&str, InvalidBaseUrl>) {
        let found = BaseUrl::parse(text).map(|base| base.at("/v2/pods").to_string());
        assert_eq!(found, expected.map(str::to_owned), "{text}");
    }

    #[test]
    fn https_is_taken() {
        check("https://api.yottalabs.ai", Ok("https://api.yottalabs.ai/v2/pods"));
        check("https://api.yottalabs.ai/", Ok("https://api.yottalabs.ai/v2/pods"));
        check(
            " https://api.yottalabs.ai:8443// ",
            Ok("https://api.yottalabs.ai:8443/v2/pods"),
        );
        check(
            "https://gate.example.com/yotta/",
            Ok("https://gate.example.com/yotta/v2/pods"),
        );
        check("HTTPS://API.example.com", Ok("https://api.example.com/v2/pods"));
    }

    #[test]
    fn an_end_is_cut_off_once() {
        let check = |text: &str, expected: &str| {
            let base = BaseUrl::parse(text).expect("an address").without_end("/api/v1");
            assert_eq!(base.at("/api/v1/pods/").as_str(), expected, "{text}");
        };
        for text in ["", "/", "/api/v1", "/api/v1/", "/api/v1//"] {
            let text = format!("https://api.example.com{text}");
            check(&text, "https://api.example.com/api/v1/pods/");
        }
        check(
            "https://gate.example.com/prime/api/v1",
            "https://gate.example.com/prime/api/v1/pods/",
        );
        check(
            "http://localhost:8080/api/v1/api/v1",
            "http://localhost:8080/api/v1/api/v1/pods/",
        );
        check(
            "https://api.example.com/myapi/v1",
            "https://api.example.com/myapi/v1/api/v1/pods/",
        );
        check(
            "https://api.example.com/api/v10",
            "https://api.example.com/api/v10/api/v1/pods/",
        );
    }

    #[test]
    fn an_address_is_a_host_and_a_port() {
        let check = |text: &str, expected: &str| {
            assert_eq!(BaseUrl::parse(text).expect("an address").address(), expected, "{text}");
        };
        check("https://api.example.com/v1", "api.example.com:443");
        check("http://127.0.0.1:8080", "127.0.0.1:8080");
        check("http://[::1]:9", "[::1]:9");
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        check("http://localhost:8080", Ok("http://localhost:8080/v2/pods"));
        check("http://LOCALHOST/", Ok("http://localhost/v2/pods"));
        check("http://127.0.0.1:1", Ok("http://127.0.0.1:1/v2/pods"));
        check("http://127.8.9.10", Ok("http://127.8.9.10/v2/pods"));
        check("http://[::1]:9", Ok("http://[::1]:9/v2/pods"));
        for host in [
            "api.yottalabs.ai",
            "localhost.example.com",
            "10.0.0.1",
            "0.0.0.0",
            "127.0.0.1.example.com",
            "[::2]",
        ] {
            check(&format!("http://{host}"), Err(InvalidBaseUrl::PlainHttp));
        }
    }

    #[test]
    fn what_is_no_plain_address_is_refused() {
        check("", Err(InvalidBaseUrl::NotAUrl));
        check("api.yottalabs.ai", Err(InvalidBaseUrl::NotAUrl));
        check("https://", Err(InvalidBaseUrl::NotAUrl));
        check("ftp://example.com", Err(InvalidBaseUrl::OtherScheme));
        check("localhost:8080", Err(InvalidBaseUrl::OtherScheme));
        check("https://me:word@example.com", Err(InvalidBaseUrl::UserInfo));
        check("https://me@example.com", Err(InvalidBaseUrl::UserInfo));
        check("http://localhost@127.0.0.1", Err(InvalidBaseUrl::UserInfo));
        check("https://example.com?", Err(InvalidBaseUrl::Query));
        check("https://example.com/?key=1", Err(InvalidBaseUrl::Query));
        check("https://example.com/#a", Err(InvalidBaseUrl::Fragment));
    }

    #[test]
    fn no_text_repeats_a_password() {
        for text in [
            "https://me:swordfish@example.com",
            "ftp://me:swordfish@example.com",
            "http://me:swordfish@a.b",
            "swordfish:secret@example.com",
        ] {
            let text = BaseUrl::parse(text).expect_err("has a password").to_string();
            assert!(!text.contains("swordfish"), "{text}");
        }
    }
}

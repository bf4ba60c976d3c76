//! Host header validation, against DNS rebinding, and the refusal of cross-origin requests: a page in a browser on this
//! machine must neither read the simulated clouds nor change them. A client that is no browser notices nothing.

use std::net::{Ipv4Addr, Ipv6Addr};

use hyper::Uri;
use hyper::header::{HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN};

const HTTP_PORT: u16 = 80;
/// Sent by browsers alone, also with what has no `Origin`: pictures, links, forms that read.
const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// Why a request is refused that reached this port, or `None`.
pub(super) fn refusal(target: &Uri, headers: &HeaderMap, port: u16) -> Option<String> {
    let own = format!("use localhost:{port}, 127.0.0.1:{port} or [::1]:{port}");
    // A target in absolute form names the host that is meant, whatever the header says.
    let named = target.authority().map(|authority| authority.as_str().as_bytes());
    let hosts: Vec<&[u8]> = headers
        .get_all(HOST)
        .iter()
        .map(HeaderValue::as_bytes)
        .chain(named)
        .collect();
    if hosts.is_empty() {
        return Some(format!("the request names no host: {own}"));
    }
    if let Some(host) = hosts.iter().find(|host| !is_own(host, port)) {
        return Some(format!("the host {:?} is not this simulator's: {own}", text(host)));
    }
    let origins = headers.get_all(ORIGIN).iter().map(HeaderValue::as_bytes);
    if let Some(origin) = origins.into_iter().find(|origin| !is_own_origin(origin, port)) {
        return Some(format!(
            "the origin {:?} is foreign, and no page may ask the simulator",
            text(origin)
        ));
    }
    let sites = headers.get_all(FETCH_SITE).iter().map(HeaderValue::as_bytes);
    let mut foreign = sites
        .into_iter()
        .filter(|site| !matches!(*site, b"same-origin" | b"none"));
    foreign.next().map(|site| {
        format!(
            "the request comes from another site ({:?}), and no page may ask the simulator",
            text(site)
        )
    })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn is_own_origin(origin: &[u8], port: u16) -> bool {
    origin.strip_prefix(b"http://").is_some_and(|host| is_own(host, port))
}

/// Whether a name is this machine's for itself, with the port that the request came to.
fn is_own(host: &[u8], port: u16) -> bool {
    let Ok(host) = str::from_utf8(host) else { return false };
    let (name, told) = match host.rsplit_once(':') {
        // The colons of an address in brackets are its own.
        Some((name, told)) if !told.ends_with(']') => (name, parse_port(told)),
        _ => (host, Some(HTTP_PORT)),
    };
    told == Some(port) && is_loopback(name)
}

/// Digits only: `parse` alone would take a sign.
fn parse_port(text: &str) -> Option<u16> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().ok()).flatten()
}

fn is_loopback(name: &str) -> bool {
    let bracketed = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    match bracketed {
        Some(address) => address.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback()),
        None => {
            let is_address = name.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback());
            name.eq_ignore_ascii_case("localhost") || is_address
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether a request with these headers is refused at port 7800.
    #[track_caller]
    fn check(target: &str, headers: &[(&str, &str)], is_refused: bool) {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            map.append(
                HeaderName::try_from(*name).unwrap(),
                HeaderValue::try_from(*value).unwrap(),
            );
        }
        let refusal = refusal(&target.parse().unwrap(), &map, 7800);
        assert_eq!(refusal.is_some(), is_refused, "{target} {headers:?}: {refusal:?}");
    }

    #[test]
    fn a_host_is_loopback_with_the_own_port() {
        for host in [
            "localhost:7800",
            "LocalHost:7800",
            "127.0.0.1:7800",
            "127.8.9.1:7800",
            "[::1]:7800",
        ] {
            check("/", &[("host", host)], false);
        }
        for host in [
            "evil.example:7800",
            "evil.example",
            "localhost",
            "127.0.0.1",
            "[::1]",
            "localhost:7801",
            "localhost:+7800",
            "localhost:",
            "127.0.0.1.evil.example:7800",
            "localhost.evil.example:7800",
            "128.0.0.1:7800",
            "0.0.0.0:7800",
            "::1:7800",
            "[::]:7800",
            "[::ffff:10.0.0.1]:7800",
            "user@localhost:7800",
            "localhost:7800:7800",
            "",
        ] {
            check("/", &[("host", host)], true);
        }
    }

    #[test]
    fn exactly_one_host_is_meant() {
        check("/", &[], true);
        check("/", &[("host", "localhost:7800"), ("host", "evil.example:7800")], true);
        check("http://evil.example:7800/", &[("host", "localhost:7800")], true);
        check("http://localhost:7800/", &[("host", "evil.example:7800")], true);
        check("http://localhost:7800/", &[("host", "localhost:7800")], false);
    }

    #[test]
    fn pages_of_other_origins_are_refused() {
        let with = |name: &str, value: &str, is_refused: bool| {
            check(
                "/_simulator/state",
                &[("host", "localhost:7800"), (name, value)],
                is_refused,
            );
        };
        with("origin", "http://localhost:7800", false);
        with("origin", "http://127.0.0.1:7800", false);
        with("origin", "null", true);
        with("origin", "http://localhost:3000", true);
        with("origin", "https://localhost:7800", true);
        with("origin", "https://evil.example", true);
        with("origin", "http://evil.example:7800", true);
        with("sec-fetch-site", "cross-site", true);
        with("sec-fetch-site", "same-site", true);
        with("sec-fetch-site", "same-origin", false);
        with("sec-fetch-site", "none", false);
    }
}

//! Endpoints of a pod, which responses hold in several shapes and places.

use reqwest::Url;

use super::api::{PodJson, PortJson};
use crate::clouds::{
    Endpoint, SshAccess, ssh,
    tolerant::{TextOrNumber, Tolerant, word},
};

/// Who logs in where nothing else is said. Some providers' machines want `ubuntu`, and say so.
const USER: &str = "root";

pub fn ip(pod: &PodJson) -> Option<String> {
    pod.ip.0.as_ref().map(|ip| ip.0.trim().to_owned())
}

/// The login that the pod shows. Where it shows none, or one without a host, which is so for a while, the address and
/// the published port tell as much.
pub fn ssh(pod: &PodJson) -> Option<SshAccess> {
    let shown = pod
        .ssh_connection
        .0
        .as_ref()
        .map(|shown| ssh::parse(&command(&shown.0)));
    match shown {
        Some(shown) if shown.host.is_some() => Some(shown),
        shown => {
            let user = shown.as_ref().and_then(|shown| shown.user.as_deref()).unwrap_or(USER);
            from_ports(pod, user).or(shown)
        }
    }
}

/// The document shows logins without the word `ssh`, and some come with it: with it, it is a command.
fn command(shown: &str) -> String {
    let login = shown.trim();
    match login.split_whitespace().next() == Some("ssh") {
        true => login.to_owned(),
        false => format!("ssh {login}"),
    }
}

fn from_ports(pod: &PodJson, user: &str) -> Option<SshAccess> {
    let host = ip(pod)?;
    let mappings = &pod.prime_port_mapping.0.as_ref()?.0;
    let mapping = mappings.iter().find(|mapping| word(&mapping.used_by) == "SSH")?;
    let port = port(&mapping.external)?;
    Some(ssh::parse(&format!("ssh {user}@{host} -p {port}")))
}

/// The published ports; without those that have no number in the pod.
pub fn endpoints(pod: &PodJson) -> Option<Vec<Endpoint>> {
    let mappings = &pod.prime_port_mapping.0.as_ref()?.0;
    let host = ip(pod);
    Some(
        mappings
            .iter()
            .filter_map(|mapping| endpoint(mapping, host.as_deref()))
            .collect(),
    )
}

fn endpoint(mapping: &PortJson, ip: Option<&str>) -> Option<Endpoint> {
    let url = mapping.external.0.as_ref().and_then(|TextOrNumber(text)| url(text));
    let host = match &url {
        Some(url) => url.host_str(),
        None => ip,
    };
    Some(Endpoint {
        port: port(&mapping.internal)?,
        protocol: Some(word(&mapping.protocol)).filter(|protocol| !protocol.is_empty()),
        host: host.map(str::to_owned),
        proxy_port: port(&mapping.external),
        url: url.map(String::from),
        // No document has a word for it.
        is_healthy: None,
    })
}

/// A port's number. `*` and URLs occur in its place.
fn port(said: &Tolerant<TextOrNumber>) -> Option<u16> {
    said.0.as_ref()?.0.trim().parse().ok().filter(|port| *port != 0)
}

fn url(text: &str) -> Option<Url> {
    Url::parse(text.trim())
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https"))
}

//! The handshake: what the client asks for in the environment, and the line that answers it.

use std::{ops::RangeInclusive, path::PathBuf};

use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use rustls::pki_types::{CertificateDer, pem::PemObject};

use super::{Definition, Error, Mode, listen::Address};

/// The version of go-plugin's handshake, not of the protocol spoken after it.
const CORE_PROTOCOL_VERSION: u8 = 1;

/// Looks up an environment variable.
pub type Environment<'a> = &'a (dyn Fn(&str) -> Option<String> + Sync);

/// What the client wants, from its variables.
#[derive(Debug, PartialEq)]
pub struct Settings {
    pub endpoint: Endpoint,
    /// The only certificate to let in. Without one the connection is in plain text, which is how a client asks
    /// for that.
    pub client_certificate: Option<CertificateDer<'static>>,
}

/// Where to listen.
#[derive(Clone, Debug, PartialEq)]
pub enum Endpoint {
    /// In the first of the folders where that is possible.
    Unix {
        directories: Vec<PathBuf>,
        group: Option<String>,
    },
    Tcp {
        ports: RangeInclusive<u16>,
    },
}

impl Settings {
    pub fn from_environment(definition: &Definition, mode: Mode, environment: Environment<'_>) -> Result<Self, Error> {
        let client_certificate = match mode {
            Mode::Plugin => {
                check_cookie(definition, environment)?;
                client_certificate(environment)?
            }
            Mode::Debug => None,
        };
        let endpoint = if cfg!(unix) {
            unix_endpoint(environment)
        } else {
            tcp_endpoint(environment)?
        };
        Ok(Self {
            endpoint,
            client_certificate,
        })
    }
}

/// The process's own environment. What is not text is kept as far as possible: if it went missing, a damaged
/// PLUGIN_CLIENT_CERT would turn encryption off.
pub fn process_environment(name: &str) -> Option<String> {
    Some(std::env::var_os(name)?.to_string_lossy().into_owned())
}

/// The line that tells the client where and how to connect.
///
/// The version is announced whether or not PLUGIN_PROTOCOL_VERSIONS offers it: the client explains a mismatch
/// better than we could. There is never a seventh field, because we do not multiplex broker connections.
pub fn line(protocol_version: u16, address: &Address, certificate: Option<&CertificateDer<'_>>) -> String {
    let certificate = certificate.map(|der| STANDARD_NO_PAD.encode(der)).unwrap_or_default();
    let Address { network, text } = address;
    format!("{CORE_PROTOCOL_VERSION}|{protocol_version}|{network}|{text}|grpc|{certificate}\n")
}

fn check_cookie(definition: &Definition, environment: Environment<'_>) -> Result<(), Error> {
    let (name, value) = definition.magic_cookie;
    match environment(name) {
        Some(found) if found == value => Ok(()),
        _ => Err(Error::NotAPlugin {
            address: definition.address,
        }),
    }
}

fn client_certificate(environment: Environment<'_>) -> Result<Option<CertificateDer<'static>>, Error> {
    const NAME: &str = "PLUGIN_CLIENT_CERT";
    let Some(pem) = set(environment, NAME) else {
        return Ok(None);
    };
    // The parser's error quotes what it read, so it is not passed on.
    let certificate =
        CertificateDer::from_pem_slice(pem.as_bytes()).map_err(|_| Error::setting(NAME, "holds no PEM certificate"))?;
    Ok(Some(certificate))
}

/// Where the client names no folder, any will do that is for such files and has a short name.
fn unix_endpoint(environment: Environment<'_>) -> Endpoint {
    let directories = match set(environment, "PLUGIN_UNIX_SOCKET_DIR") {
        Some(directory) => vec![directory],
        None => {
            let usual = ["TMPDIR", "XDG_RUNTIME_DIR"].map(|name| set(environment, name));
            usual.into_iter().flatten().chain(["/tmp".to_owned()]).collect()
        }
    };
    Endpoint::Unix {
        directories: directories.into_iter().map(PathBuf::from).collect(),
        group: set(environment, "PLUGIN_UNIX_SOCKET_GROUP"),
    }
}

fn tcp_endpoint(environment: Environment<'_>) -> Result<Endpoint, Error> {
    let lowest = port(environment, "PLUGIN_MIN_PORT")?;
    let highest = port(environment, "PLUGIN_MAX_PORT")?;
    if lowest > highest {
        return Err(Error::setting("PLUGIN_MIN_PORT", "is above PLUGIN_MAX_PORT"));
    }
    Ok(Endpoint::Tcp {
        ports: lowest..=highest,
    })
}

/// Zero, any free port, if the variable is not set.
fn port(environment: Environment<'_>, name: &'static str) -> Result<u16, Error> {
    let Some(text) = set(environment, name) else {
        return Ok(0);
    };
    text.parse().map_err(|_| Error::setting(name, "is not a port number"))
}

/// Empty means not set, as in Go.
fn set(environment: Environment<'_>, name: &str) -> Option<String> {
    environment(name).filter(|value| !value.is_empty())
}

/// An environment for tests.
#[cfg(test)]
pub fn in_table<'a>(variables: &'a [(&str, &str)]) -> impl Fn(&str) -> Option<String> + Sync + 'a {
    |name| {
        variables
            .iter()
            .find(|(found, _)| *found == name)
            .map(|(_, value)| (*value).to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DEFINITION: Definition = Definition {
        name: "example",
        address: "registry.example.org/acme/example",
        magic_cookie: ("COOKIE", "biscuit"),
        protocol_version: 6,
    };

    const PEM: &str = "-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n";

    fn settings(mode: Mode, variables: &[(&str, &str)]) -> Result<Settings, String> {
        Settings::from_environment(&DEFINITION, mode, &in_table(variables)).map_err(|error| error.to_string())
    }

    fn check_certificate(mode: Mode, variables: &[(&str, &str)], expected: Result<Option<&[u8]>, &str>) {
        let found = settings(mode, variables).map(|settings| settings.client_certificate.map(|der| der.to_vec()));
        match (found, expected) {
            (Ok(found), Ok(expected)) => assert_eq!(found.as_deref(), expected, "{variables:?}"),
            (Err(found), Err(expected)) => assert!(found.starts_with(expected), "{found}"),
            (found, expected) => panic!("{variables:?}: {found:?} instead of {expected:?}"),
        }
    }

    #[test]
    fn the_cookie_and_the_certificate_decide() {
        let cookie = ("COOKIE", "biscuit");
        let not_a_plugin = Err("This program is a plugin, the provider registry.example.org/acme/example.");
        let not_pem = Err("environment variable PLUGIN_CLIENT_CERT: holds no PEM certificate");
        check_certificate(Mode::Plugin, &[], not_a_plugin);
        check_certificate(Mode::Plugin, &[("COOKIE", "")], not_a_plugin);
        check_certificate(Mode::Plugin, &[("COOKIE", "biscuits")], not_a_plugin);
        check_certificate(Mode::Plugin, &[cookie], Ok(None));
        check_certificate(Mode::Plugin, &[cookie, ("PLUGIN_CLIENT_CERT", "")], Ok(None));
        check_certificate(
            Mode::Plugin,
            &[cookie, ("PLUGIN_CLIENT_CERT", PEM)],
            Ok(Some(&[1, 2, 3])),
        );
        check_certificate(Mode::Plugin, &[cookie, ("PLUGIN_CLIENT_CERT", "secret")], not_pem);
        check_certificate(Mode::Debug, &[], Ok(None));
        check_certificate(Mode::Debug, &[("PLUGIN_CLIENT_CERT", PEM)], Ok(None));
    }

    #[test]
    fn a_person_is_told_what_to_write() {
        let text = Error::NotAPlugin {
            address: DEFINITION.address,
        }
        .to_string();
        assert!(
            text.contains("example = {\n        source = \"acme/example\""),
            "{text}"
        );
    }

    fn check_tcp(variables: &[(&str, &str)], expected: Result<RangeInclusive<u16>, &str>) {
        let found = tcp_endpoint(&in_table(variables)).map_err(|error| error.to_string());
        assert_eq!(
            found,
            expected.map(|ports| Endpoint::Tcp { ports }).map_err(str::to_string)
        );
    }

    #[test]
    fn ports() {
        check_tcp(&[], Ok(0..=0));
        check_tcp(
            &[("PLUGIN_MIN_PORT", "10000"), ("PLUGIN_MAX_PORT", "25000")],
            Ok(10_000..=25_000),
        );
        check_tcp(
            &[("PLUGIN_MIN_PORT", "10"), ("PLUGIN_MAX_PORT", "9")],
            Err("environment variable PLUGIN_MIN_PORT: is above PLUGIN_MAX_PORT"),
        );
        check_tcp(
            &[("PLUGIN_MAX_PORT", "65536")],
            Err("environment variable PLUGIN_MAX_PORT: is not a port number"),
        );
    }

    fn check_unix(variables: &[(&str, &str)], directories: &[&str], group: Option<&str>) {
        assert_eq!(
            unix_endpoint(&in_table(variables)),
            Endpoint::Unix {
                directories: directories.iter().map(PathBuf::from).collect(),
                group: group.map(str::to_string)
            }
        );
    }

    #[test]
    fn socket_directory_and_group() {
        let usual = [("TMPDIR", "/a/tmp"), ("XDG_RUNTIME_DIR", "/run/user/7")];
        check_unix(&[], &["/tmp"], None);
        check_unix(&[("TMPDIR", ""), ("PLUGIN_UNIX_SOCKET_DIR", "")], &["/tmp"], None);
        check_unix(&usual, &["/a/tmp", "/run/user/7", "/tmp"], None);
        let named = [
            usual[0],
            ("PLUGIN_UNIX_SOCKET_DIR", "/run/x"),
            ("PLUGIN_UNIX_SOCKET_GROUP", "7"),
        ];
        check_unix(&named, &["/run/x"], Some("7"));
    }

    #[test]
    fn the_line_has_six_fields_and_no_padding() {
        let unix = Address {
            network: "unix",
            text: "/tmp/plugin-1".into(),
        };
        let der = CertificateDer::from(vec![0xfb, 0xff, 1, 2]);
        assert_eq!(line(6, &unix, Some(&der)), "1|6|unix|/tmp/plugin-1|grpc|+/8BAg\n");
        let tcp = Address {
            network: "tcp",
            text: "127.0.0.1:10000".into(),
        };
        assert_eq!(line(5, &tcp, None), "1|5|tcp|127.0.0.1:10000|grpc|\n");
    }
}

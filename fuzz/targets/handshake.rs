//! The environment that a plugin is started with: lines of `NAME=value`.
#![no_main]

use gpupod::plugin::{Definition, Mode, handshake::Settings};
use libfuzzer_sys::fuzz_target;

const DEFINITION: Definition = Definition {
    name: "example",
    address: "registry.example.org/acme/example",
    magic_cookie: ("COOKIE", "biscuit"),
    protocol_version: 6,
};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    // A certificate has lines of its own, so variables are parted by a zero, as in a process.
    let variables: Vec<(&str, &str)> = text.split('\0').filter_map(|line| line.split_once('=')).collect();
    let environment = |wanted: &str| {
        let found = variables.iter().find(|(name, _)| *name == wanted);
        found.map(|(_, value)| (*value).to_owned())
    };
    let has_cookie = environment("COOKIE").as_deref() == Some("biscuit");
    let asks_for_tls = environment("PLUGIN_CLIENT_CERT").is_some_and(|pem| !pem.is_empty());
    match Settings::from_environment(&DEFINITION, Mode::Plugin, &environment) {
        Ok(settings) => {
            assert!(has_cookie);
            assert_eq!(
                settings.client_certificate.is_some(),
                asks_for_tls,
                "encryption is not turned off by damage"
            );
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
    let _ = Settings::from_environment(&DEFINITION, Mode::Debug, &environment);
});

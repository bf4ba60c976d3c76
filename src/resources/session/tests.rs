//! The default cloud, and what is told when a cloud cannot be used.

use super::*;
use crate::{
    resources::{
        session::model::{CloudBlock, ProviderModel},
        testing::text,
    },
    tf::{Model, Origin},
};

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
    let mut model = ProviderModel::null();
    let block = CloudBlock([("api_key", api_key), ("base_url", base_url)].into());
    model.clouds.insert("yotta", Tf::Known(block));
    model
}

fn with_default(cloud: Tf<String>) -> ProviderModel {
    let mut model = ProviderModel::null();
    model.general.cloud = cloud;
    model
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
    check(&empty, &[("YOTTA_API_KEY", "k")], "yotta");
    check(&empty, &[("GPUPOD_CLOUD", "yotta")], "yotta");
    check(&with_default(text("yotta")), &[], "yotta");
    check(&with_default(Tf::Unknown), &[], "not known yet");
    // Whether it has a key is not known, and another one may have.
    check(&with_block(Tf::Unknown, Tf::Null), &[], "not known yet");
    check(&empty, &[], "no cloud has a key. Set `YOTTA_API_KEY`");
    check(&with_default(text("nimbus")), &[], "`cloud` is \"nimbus\". Use `yotta`");
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
fn a_state_stands_while_its_cloud_is_not_known_yet_and_an_import_cannot() {
    let (session, _) = session(&with_block(Tf::Unknown, Tf::Null), &[]);
    let session = session.unwrap();
    let refreshed = session.cloud_to_read(&text("yotta"), Origin::State);
    assert!(matches!(refreshed, Ok(None)));
    assert!(session.cloud_to_read(&text("yotta"), Origin::Import).is_err());
}

#[test]
fn a_cloud_without_a_key_says_how_to_give_it_one() {
    let (session, _) = session(&with_default(text("yotta")), &[]);
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

#[test]
fn a_proxy_that_cannot_be_read_is_refused_where_it_would_be_used() {
    let environment = [("HTTPS_PROXY", "http://someone:hunter2@proxy example.com:3128")];
    let (refused, errors) = session(&with_block(text("k"), Tf::Null), &environment);
    assert!(
        refused.is_none() && errors.contains("HTTPS_PROXY of the environment cannot be read"),
        "{errors}"
    );
    assert!(!errors.contains("hunter2"), "{errors}");
    // Requests to this machine go past any proxy.
    let (local, errors) = session(&with_block(text("k"), text("http://127.0.0.1:8080")), &environment);
    assert!(local.is_some() && errors.is_empty(), "{errors}");
}

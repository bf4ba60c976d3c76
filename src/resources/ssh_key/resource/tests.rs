//! An SSH key's validation, requests and state.

use super::*;
use crate::{
    clouds::Kind,
    resources::testing::{TestCloud, text},
    tf::{Attribute, Path, Value},
};

const PUBLIC_KEY: &str = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJk9yRkVhQk8d3r me@example";

fn planned(is_primary: Tf<bool>) -> SshKeyModel {
    SshKeyModel {
        cloud: text("test_cloud"),
        name: text("laptop"),
        public_key: Tf::Known(format!("{PUBLIC_KEY}\n")),
        is_primary,
        id: Tf::Unknown,
        created_at: Tf::Unknown,
    }
}

async fn create(cloud: &TestCloud, is_primary: Tf<bool>) -> (Result<SshKeyModel, Diagnostics>, Saved) {
    let saved = Saved::default();
    let planned = planned(is_primary);
    let made = SshKeyResource
        .create(&cloud.context(), planned.clone(), planned, &saved)
        .await;
    (made, saved)
}

async fn read(cloud: &TestCloud, state: SshKeyModel) -> Option<SshKeyModel> {
    let read = SshKeyResource.read(&cloud.context(), state, Origin::State).await;
    read.ok().flatten()
}

#[tokio::test]
async fn a_key_is_stored_and_made_primary_where_that_is_asked_for() {
    for (is_primary, calls, expected) in [
        (Tf::Unknown, &["create key laptop"][..], false),
        (Tf::Known(true), &["create key laptop", "make key 101 primary"], true),
    ] {
        let cloud = TestCloud::new();
        let (made, _) = create(&cloud, is_primary).await;
        let made = made.expect("is made");
        assert_eq!(made.is_primary, Tf::Known(expected));
        assert_eq!(cloud.calls(), calls);
        let schema = SshKeyModel::schema(0);
        let refreshed = read(&cloud, made.clone()).await.expect("is there").to_object();
        let in_our_words = schema.preserve_equal(&made.to_object(), refreshed);
        assert_eq!(in_our_words, made.to_object(), "a line break at the end is no drift");
    }
}

#[tokio::test]
async fn a_key_that_cannot_be_made_primary_is_in_the_state() {
    let cloud = TestCloud::new();
    cloud.fail("make key primary", Kind::CloudFailed, false);
    let (made, saved) = create(&cloud, Tf::Known(true)).await;
    assert!(made.is_err());
    let kept = saved.last().expect("is saved");
    assert_eq!(kept.get("id"), &Value::from("101"));
    assert_eq!(kept.get("is_primary"), &Value::Bool(false));
}

#[tokio::test]
async fn a_key_is_made_primary_again() {
    let cloud = TestCloud::new();
    let (made, _) = create(&cloud, Tf::Known(true)).await;
    let made = made.expect("is made");
    cloud.world().ssh_keys.get_mut("101").expect("is there").is_primary = Some(false);
    let drifted = read(&cloud, made.clone()).await.expect("is there");
    assert_eq!(drifted.is_primary, Tf::Known(false));
    let change = Change {
        prior: drifted,
        planned: made.clone(),
        config: made.clone(),
    };
    let updated = SshKeyResource.update(&cloud.context(), change, &Saved::default()).await;
    assert_eq!(updated.ok(), Some(made));
    assert_eq!(cloud.world().ssh_keys["101"].is_primary, Some(true));
}

#[tokio::test]
async fn a_key_that_is_gone_is_gone() {
    let cloud = TestCloud::new();
    let (made, _) = create(&cloud, Tf::Unknown).await;
    let made = made.expect("is made");
    let deleted = SshKeyResource
        .delete(&cloud.context(), made.clone(), &Saved::default())
        .await;
    assert!(deleted.is_ok());
    assert_eq!(read(&cloud, made).await, None);
}

/// What the attribute's rules say of a value.
fn refusals(name: &'static str, value: &Value) -> String {
    let attribute = |attribute: &Attribute| attribute.name == name;
    let attribute = SshKeyModel::attributes()
        .into_iter()
        .find(attribute)
        .expect("is declared");
    let mut diagnostics = Diagnostics::new();
    for rule in &attribute.spec.validators {
        rule.check(value, &Path::from(name), false, &mut diagnostics);
    }
    crate::resources::testing::details(diagnostics)
}

#[test]
fn only_a_public_key_is_taken_and_no_other_is_repeated() {
    let private =
        "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmU\n-----END OPENSSH PRIVATE KEY-----";
    for wrong in ["", "ssh-ed25519", "AAAAC3NzaC1lZDI1NTE5AAAAIJk9yRkVhQk8d3r", private] {
        let told = refusals("public_key", &Value::from(wrong));
        assert!(
            told.starts_with("`public_key` is not an OpenSSH public key. Use one line"),
            "{told}"
        );
        assert!(!told.contains("b3BlbnNzaC1rZXkt"), "{told}");
    }
    assert_eq!(refusals("public_key", &Value::from(PUBLIC_KEY)), "");
}

#[test]
fn a_key_cannot_be_made_secondary() {
    assert!(refusals("is_primary", &Value::Bool(false)).contains("leave it out here"));
    assert_eq!(refusals("is_primary", &Value::Bool(true)), "");
}

#[test]
fn what_is_asked_for_twice_is_told_in_good_english() {
    let mut diagnostics = Diagnostics::new();
    crate::resources::managed::lookup::check::<crate::clouds::SshKey>(
        &Tf::Null,
        &text("1"),
        &text("laptop"),
        &mut diagnostics,
    );
    let summaries: Vec<String> = diagnostics.into_iter().map(|one| one.summary).collect();
    assert_eq!(summaries, ["An SSH key is asked for twice"]);
}

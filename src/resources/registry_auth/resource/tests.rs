//! A credential's validation, requests and state.

use super::*;
use crate::{
    clouds::{Kind, RegistryAuthId},
    resources::testing::{CAPABILITIES, CAPABILITIES_OF_PODS_ONLY, TestCloud, messages, places, text},
    tf::{Field, Number, Secret, Value},
};

fn secret(word: &str) -> Tf<Secret> {
    Secret::from_value(&Value::from(word)).ok().into()
}

fn version(number: u32) -> Tf<Number> {
    Tf::Known(number.into())
}

/// A credential as it is configured.
fn config(password: Tf<Secret>, version: Tf<Number>) -> RegistryAuthModel {
    RegistryAuthModel {
        cloud: text("test_cloud"),
        name: text("team"),
        username: text("robot"),
        password_wo: password,
        password_wo_version: version,
        r#type: text("GCR"),
        ..RegistryAuthModel::null()
    }
}

/// A credential as it is in the state.
fn state() -> RegistryAuthModel {
    RegistryAuthModel {
        id: text("7"),
        created_at: text("then"),
        ..config(Tf::Null, version(1))
    }
}

/// A configuration as it is planned.
fn planned(config: &RegistryAuthModel) -> RegistryAuthModel {
    RegistryAuthModel {
        password_wo: Tf::Null,
        id: Tf::Unknown,
        created_at: Tf::Unknown,
        ..config.clone()
    }
}

#[test]
fn a_password_needs_a_version() {
    let check = |password, version, expected: &[&str]| {
        let mut diagnostics = Diagnostics::new();
        rules::check(&config(password, version), Some(&CAPABILITIES), &mut diagnostics);
        assert_eq!(places(&diagnostics), expected);
    };
    check(secret("hunter2"), version(1), &[]);
    check(secret("hunter2"), Tf::Unknown, &[]);
    check(
        secret("hunter2"),
        Tf::Null,
        &["password_wo_version: Password needs a version"],
    );
    check(Tf::Unknown, Tf::Null, &[]);
    check(Tf::Null, Tf::Null, &[]);
    check(Tf::Null, version(1), &[]);
}

#[test]
fn a_cloud_without_credentials_refuses_them() {
    let mut diagnostics = Diagnostics::new();
    rules::check(&state(), Some(&CAPABILITIES_OF_PODS_ONLY), &mut diagnostics);
    assert_eq!(
        places(&diagnostics),
        ["cloud: Test Cloud keeps no registry credentials"]
    );
}

#[tokio::test]
async fn a_password_is_needed_where_one_is_sent() {
    let cx = TestCloud::new().context();
    let check = async |prior: Option<RegistryAuthModel>, config: RegistryAuthModel, expected: &[&str]| {
        let mut plan = Plan {
            prior,
            planned: planned(&config),
            config,
            replace: Vec::new(),
        };
        let mut diagnostics = Diagnostics::new();
        RegistryAuthResource.plan(&cx, &mut plan, &mut diagnostics).await;
        assert_eq!(places(&diagnostics), expected);
    };
    let missing = &["password_wo: Password is missing"];
    check(None, config(secret("hunter2"), version(1)), &[]).await;
    check(None, config(Tf::Unknown, version(1)), &[]).await;
    check(None, config(Tf::Null, Tf::Null), missing).await;
    check(Some(state()), config(Tf::Null, version(1)), &[]).await;
    check(Some(state()), config(Tf::Null, Tf::Null), &[]).await;
    check(Some(state()), config(Tf::Null, version(2)), missing).await;
    check(Some(state()), config(secret("hunter2"), version(2)), &[]).await;
    let imported = RegistryAuthModel {
        password_wo_version: Tf::Null,
        ..state()
    };
    check(Some(imported), config(Tf::Null, version(1)), &[]).await;
}

#[tokio::test]
async fn a_credential_is_made_with_its_password_which_stays_out_of_the_state() {
    let cloud = TestCloud::new();
    let config = config(secret("hunter2"), version(1));
    let made = RegistryAuthResource
        .create(&cloud.context(), planned(&config), config, &Saved::default())
        .await
        .expect("it is made");
    assert_eq!((&made.id, &made.username), (&text("101"), &text("robot")));
    assert_eq!(made.password_wo, Tf::Null);
    assert_eq!(
        cloud.calls(),
        [
            "list credentials",
            "create credential name=team username=robot password=hunter2 type=GCR"
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn a_credential_whose_answer_was_lost_is_found() {
    let cloud = TestCloud::new();
    cloud.fail("create credential", Kind::AnswerLost, true);
    let (cx, config) = (cloud.context(), config(secret("hunter2"), version(1)));
    let made = RegistryAuthResource
        .create(&cx, planned(&config), config, &Saved::default())
        .await;
    assert_eq!(made.expect("it is found").id, text("101"));
    let warnings = messages(&cx.warnings()()).join("");
    assert!(
        warnings.contains("the registry credential was found") && !warnings.contains("hunter2"),
        "{warnings}"
    );
}

/// What is sent for a change.
async fn check_change(prior: RegistryAuthModel, config: RegistryAuthModel, expected: &[&str]) {
    let cloud = TestCloud::new();
    let auth = RegistryAuth {
        id: RegistryAuthId::new("7").expect("an id"),
        name: Some("team".to_owned()),
        username: None,
        kind: None,
        created_at: None,
    };
    cloud.world().registry_auths.insert("7".to_owned(), auth);
    let change = Change {
        prior,
        planned: RegistryAuthModel {
            id: text("7"),
            ..planned(&config)
        },
        config,
    };
    let changed = RegistryAuthResource
        .update(&cloud.context(), change, &Saved::default())
        .await;
    assert_eq!(changed.expect("it is changed").created_at, text("then"));
    assert_eq!(cloud.calls(), expected);
}

#[tokio::test]
async fn only_what_changes_is_sent() {
    let same = config(secret("hunter2"), version(1));
    check_change(state(), same.clone(), &[]).await;
    let renamed = RegistryAuthModel {
        name: text("crew"),
        ..same.clone()
    };
    check_change(state(), renamed, &["change credential 7 name=crew"]).await;
    let other_user = RegistryAuthModel {
        username: text("human"),
        ..config(secret("hunter3"), version(2))
    };
    check_change(
        state(),
        other_user,
        &["change credential 7 username=human password=hunter3"],
    )
    .await;
    check_change(state(), config(Tf::Null, Tf::Null), &[]).await;
    let imported = RegistryAuthModel {
        username: Tf::Null,
        password_wo_version: Tf::Null,
        ..state()
    };
    check_change(imported, same, &[]).await;
}

#[test]
fn a_name_drifts_and_what_is_not_told_stays() {
    let told = RegistryAuth {
        id: RegistryAuthId::new("7").expect("an id"),
        name: Some("crew".to_owned()),
        username: None,
        kind: None,
        created_at: None,
    };
    let read = observe::refresh(state(), &told, Origin::State);
    let expected = RegistryAuthModel {
        name: text("crew"),
        ..state()
    };
    assert_eq!(read, expected);
}

#[tokio::test(start_paused = true)]
async fn a_credential_in_use_waits_for_its_pods() {
    let cloud = TestCloud::new();
    cloud.world().used_auths.push("7".to_owned());
    cloud.then(|_| {});
    cloud.then(|world| world.used_auths.clear());
    let deleted = RegistryAuthResource
        .delete(&cloud.context(), state(), &Saved::default())
        .await;
    assert_eq!(deleted, Ok(()));
    let expected = ["delete credential 7", "delete credential 7", "list credentials"];
    assert_eq!(cloud.calls(), expected);
}

#[tokio::test(start_paused = true)]
async fn a_credential_that_stays_in_use_is_explained() {
    let cloud = TestCloud::new();
    cloud.world().used_auths.push("7".to_owned());
    let deleted = RegistryAuthResource
        .delete(&cloud.context(), state(), &Saved::default())
        .await;
    let refusal = deleted
        .err()
        .map(|errors| messages(&errors).join(""))
        .unwrap_or_default();
    assert!(
        refusal.contains("The registry credential 7 could still not be deleted after 20m (`timeouts.delete`)")
            && refusal.contains("the cloud does not tell"),
        "{refusal}"
    );
}

#[tokio::test]
async fn a_credential_is_found_by_its_name() {
    use crate::resources::registry_auth::data_source::{RegistryAuthDataSource, RegistryAuthLookup};
    use crate::tf::DataSource as _;
    let cloud = TestCloud::new();
    let auth = RegistryAuth {
        id: RegistryAuthId::new("7").expect("an id"),
        name: Some("team".to_owned()),
        username: Some("robot".to_owned()),
        kind: Some("GCR".to_owned()),
        created_at: Some("then".to_owned()),
    };
    cloud.world().registry_auths.insert("7".to_owned(), auth);
    let named = |name: &str| RegistryAuthLookup {
        name: text(name),
        ..RegistryAuthLookup::null()
    };
    let expected = RegistryAuthLookup {
        cloud: text("test_cloud"),
        id: text("7"),
        name: text("team"),
        username: text("robot"),
        r#type: text("GCR"),
        created_at: text("then"),
    };
    let cx = cloud.context();
    assert_eq!(RegistryAuthDataSource.read(&cx, named("team")).await, Ok(expected));
    let none = RegistryAuthDataSource.read(&cx, named("crew")).await;
    let refusal = none.err().map(|errors| messages(&errors).join("")).unwrap_or_default();
    assert!(
        refusal.contains("Test Cloud has no registry credential of that name")
            && refusal.contains("the cloud's console"),
        "{refusal}"
    );
}

//! Credentials for private registries, where the cloud keeps them.

use gpupod::clouds::{
    Error, ImageVisibility, Kind, Phase, PodFeature, PodSpec, RegistryAuth, RegistryAuthId, RegistryAuthSpec,
    RegistryAuths, Secret, Support,
};
use serde_json::json;

use super::{
    bench::{Bench, kind},
    things::{registry_auth_spec, registry_auths_of},
    where_there_is,
};

async fn where_there_are_registry_auths(test: impl AsyncFn(&Bench, &dyn RegistryAuths)) {
    where_there_is(
        |cloud| cloud.has.registry_auths,
        |cloud| cloud.registry_auths().is_some(),
        async |bench| test(bench, registry_auths_of(&*bench.cloud)).await,
    )
    .await;
}

fn spec(bench: &Bench) -> RegistryAuthSpec {
    registry_auth_spec(bench.description.capabilities)
}

fn change() -> RegistryAuthSpec {
    RegistryAuthSpec {
        name: None,
        username: None,
        password: None,
        kind: None,
    }
}

async fn made(bench: &Bench, auths: &dyn RegistryAuths) -> RegistryAuthId {
    let auth = auths.create(&spec(bench)).await;
    auth.expect("is made").id
}

/// As it is read, which is as it is listed.
async fn seen(auths: &dyn RegistryAuths, id: &RegistryAuthId) -> RegistryAuth {
    let auth = auths.get(id).await.expect("is read").expect("is there");
    let listed = auths.list().await.expect("are listed");
    assert!(listed.contains(&auth), "{listed:?}");
    auth
}

/// A cloud need not repeat the user name.
fn check_echo(asked: &RegistryAuthSpec, seen: &RegistryAuth) {
    assert_eq!(seen.name, asked.name);
    assert_eq!(seen.kind, asked.kind);
    assert!(seen.username.is_none() || seen.username == asked.username, "{seen:?}");
}

#[tokio::test]
async fn a_credential_is_seen_as_it_was_asked_for() {
    where_there_are_registry_auths(async |bench, auths| {
        let auth = auths.create(&spec(bench)).await.expect("is made");
        check_echo(&spec(bench), &auth);
        assert_eq!(seen(auths, &auth.id).await, auth);
    })
    .await;
}

#[tokio::test]
async fn a_change_changes_what_it_names() {
    where_there_are_registry_auths(async |bench, auths| {
        let id = made(bench, auths).await;
        let changes = [
            RegistryAuthSpec {
                name: Some("others-registry".to_owned()),
                ..change()
            },
            RegistryAuthSpec {
                username: Some("others".to_owned()),
                ..change()
            },
            RegistryAuthSpec {
                password: Some(Secret::new("sesame")),
                ..change()
            },
        ];
        for change in &changes {
            auths.update(&id, change).await.expect("is changed");
        }
        let expected = RegistryAuthSpec {
            name: changes[0].name.clone(),
            username: changes[1].username.clone(),
            ..spec(bench)
        };
        check_echo(&expected, &seen(auths, &id).await);
    })
    .await;
}

#[tokio::test]
async fn the_kind_of_a_credential_is_fixed() {
    where_there_are_registry_auths(async |bench, auths| {
        let id = made(bench, auths).await;
        let other = RegistryAuthSpec {
            kind: Some("GCR".to_owned()),
            name: spec(bench).name,
            ..change()
        };
        // Whether it is refused or passed over is the cloud's.
        let _ = auths.update(&id, &other).await;
        check_echo(&spec(bench), &seen(auths, &id).await);
    })
    .await;
}

#[tokio::test]
async fn what_is_gone_cannot_be_changed() {
    where_there_are_registry_auths(async |bench, auths| {
        let id = made(bench, auths).await;
        auths.delete(&id).await.expect("is deleted");
        let change = RegistryAuthSpec {
            name: Some("others-registry".to_owned()),
            ..change()
        };
        assert_eq!(kind(auths.update(&id, &change).await), Some(Kind::NotFound));
    })
    .await;
}

#[tokio::test]
async fn a_credential_that_a_pod_uses_is_not_deleted() {
    where_there_are_registry_auths(async |bench, auths| {
        if (bench.description.capabilities.pod)(PodFeature::RegistryAuth) == Support::Refused {
            return;
        }
        let id = made(bench, auths).await;
        let spec = PodSpec {
            registry_auth_id: Some(id.to_string()),
            image_visibility: Some(ImageVisibility::Private),
            ..bench.least_spec()
        };
        let pod = bench.cloud.pods().create(&spec).await.expect("is made").id;
        let refusal = kind(auths.delete(&id).await);
        assert!(
            matches!(refusal, Some(Kind::Conflict | Kind::WrongState)),
            "{refusal:?}"
        );
        seen(auths, &id).await;
        bench.phases_until(&pod, Some(Phase::Running)).await;
        bench.delete(&pod).await;
        auths.delete(&id).await.expect("is deleted");
        assert_eq!(kind(auths.get(&id).await), Some(Kind::NotFound));
    })
    .await;
}

/// Also where a cloud or somebody before it repeats the request.
#[tokio::test]
async fn no_error_tells_the_password() {
    where_there_are_registry_auths(async |bench, auths| {
        let (id, spec) = (made(bench, auths).await, spec(bench));
        for status in [200, 400, 403, 409, 500] {
            let repeated = json!({"message": "wrong: swordfish", "code": 10001, "swordfish": 1});
            for method in ["POST", "PATCH"] {
                bench.order(method, 1, &json!({"respond": {"status": status, "body": repeated}}));
            }
            let made = auths.create(&spec).await;
            check_kept(&made.expect_err("is refused"));
            let changed = auths
                .update(
                    &id,
                    &RegistryAuthSpec {
                        kind: None,
                        ..spec.clone()
                    },
                )
                .await;
            check_kept(&changed.expect_err("is refused"));
        }
        assert!(!format!("{spec:?}").contains("swordfish"));
    })
    .await;
}

fn check_kept(error: &Error) {
    for text in [error.to_string(), format!("{error:?}")] {
        assert!(!text.contains("swordfish"), "{text}");
    }
}

#[tokio::test]
async fn a_password_goes_nowhere_but_into_the_body() {
    where_there_are_registry_auths(async |bench, auths| {
        let id = made(bench, auths).await;
        auths
            .update(
                &id,
                &RegistryAuthSpec {
                    kind: None,
                    ..spec(bench)
                },
            )
            .await
            .expect("is changed");
        for request in bench.simulator.requests() {
            assert_eq!(request.body["password"], "swordfish");
            let elsewhere = format!("{} {} {:?}", request.path, request.query, request.headers);
            assert!(!elsewhere.contains("swordfish"), "{elsewhere}");
        }
    })
    .await;
}

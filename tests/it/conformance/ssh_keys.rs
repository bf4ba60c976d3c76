//! SSH keys, where the cloud keeps them.

use gpupod::clouds::{Kind, SshKey, SshKeyId, SshKeySpec, SshKeys};
use serde_json::json;

use super::{
    bench::{Bench, kind},
    things::{ssh_key_spec, ssh_keys_of},
    where_there_is,
};

async fn where_there_are_ssh_keys(test: impl AsyncFn(&Bench, &dyn SshKeys)) {
    where_there_is(
        |cloud| cloud.has.ssh_keys,
        |cloud| cloud.ssh_keys().is_some(),
        async |bench| test(bench, ssh_keys_of(&*bench.cloud)).await,
    )
    .await;
}

async fn made(keys: &dyn SshKeys) -> SshKeyId {
    let key = keys.create(&ssh_key_spec()).await;
    key.expect("is made").id
}

/// As it is read, which is as it is listed.
async fn seen(keys: &dyn SshKeys, id: &SshKeyId) -> SshKey {
    let key = keys.get(id).await.expect("is read").expect("is there");
    let listed = keys.list().await.expect("are listed");
    assert!(listed.contains(&key), "{listed:?}");
    key
}

fn check_echo(asked: &SshKeySpec, seen: &SshKey) {
    assert_eq!(seen.name.as_deref(), Some(asked.name.as_str()));
    let public_key = seen.public_key.as_deref().map(str::trim);
    assert_eq!(public_key, Some(asked.public_key.trim()));
}

#[tokio::test]
async fn a_key_is_seen_as_it_was_asked_for() {
    where_there_are_ssh_keys(async |_, keys| {
        let key = keys.create(&ssh_key_spec()).await.expect("is made");
        check_echo(&ssh_key_spec(), &key);
        assert_eq!(seen(keys, &key.id).await, key);
    })
    .await;
}

#[tokio::test]
async fn the_line_break_of_a_file_does_not_matter() {
    where_there_are_ssh_keys(async |_, keys| {
        let spec = SshKeySpec {
            public_key: format!("{}\n", ssh_key_spec().public_key),
            ..ssh_key_spec()
        };
        let id = keys.create(&spec).await.expect("is made").id;
        check_echo(&spec, &seen(keys, &id).await);
    })
    .await;
}

#[tokio::test]
async fn every_page_is_listed() {
    where_there_are_ssh_keys(async |bench, _| {
        for (quirks, count) in [(json!({}), 101), (json!({"short_pages": true}), 7)] {
            let bench = Bench::with_quirks(bench.description, &quirks);
            check_listed(ssh_keys_of(&*bench.cloud), count).await;
        }
    })
    .await;
}

async fn check_listed(keys: &dyn SshKeys, count: usize) {
    let mut ids = Vec::new();
    for _ in 0..count {
        ids.push(made(keys).await);
    }
    let listed = keys.list().await.expect("are listed");
    let mut listed: Vec<SshKeyId> = listed.into_iter().map(|key| key.id).collect();
    listed.sort();
    ids.sort();
    assert_eq!(listed, ids);
    // Wherever in the list it is.
    for id in &ids {
        assert_eq!(seen(keys, id).await.id, *id);
    }
}

#[tokio::test]
async fn one_key_is_primary() {
    where_there_are_ssh_keys(async |_, keys| {
        let ids = [made(keys).await, made(keys).await, made(keys).await];
        // The last time it is so already.
        for primary in [1, 2, 0, 0] {
            keys.make_primary(&ids[primary]).await.expect("becomes primary");
            for (index, id) in ids.iter().enumerate() {
                assert_eq!(seen(keys, id).await.is_primary, Some(index == primary));
            }
        }
    })
    .await;
}

#[tokio::test]
async fn what_is_gone_cannot_become_primary() {
    where_there_are_ssh_keys(async |_, keys| {
        let (gone, kept) = (made(keys).await, made(keys).await);
        keys.delete(&gone).await.expect("is deleted");
        let primary_before = seen(keys, &kept).await.is_primary;
        assert_eq!(kind(keys.make_primary(&gone).await), Some(Kind::NotFound));
        assert_eq!(seen(keys, &kept).await.is_primary, primary_before);
    })
    .await;
}

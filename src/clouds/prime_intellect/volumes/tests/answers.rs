//! Conversion of Prime Intellect's disks into volumes.

use crate::clouds::{
    Account, Volume, VolumeOffer, VolumePhase,
    http::Response,
    prime_intellect::volumes::{api, convert},
};

fn volume_of(account: &Account, body: &str) -> Volume {
    let (id, json) = api::volume(&Response::of(200, body)).unwrap_or_else(|failure| panic!("{body}: {failure:?}"));
    convert::to_volume(id, json, account)
}

/// A disk with further fields, given as JSON.
fn with(fields: &str) -> Volume {
    volume_of(&Account::default(), &format!(r#"{{"id":"d-1",{fields}}}"#))
}

#[test]
fn a_volume_is_read() {
    let volume = with(
        r#""name":"data","createdAt":"2026-01-01T00:00:00Z","status":"ACTIVE","providerType":"runpod","size":500,
            "info":{"country":"US","dataCenterId":"US-KS-2","cloudId":"nvme","isMultinode":true,"more":1},
            "priceHr":0.050,"stoppedPriceHr":0.01,"teamId":null,"pods":["p-1","p-2"],"clusters":["c-1"]"#,
    );
    assert_eq!((volume.id.as_str(), volume.name.as_deref()), ("d-1", Some("data")));
    assert_eq!(
        (volume.phase, volume.cloud_status.as_str()),
        (VolumePhase::Active, "ACTIVE")
    );
    let offer = VolumeOffer {
        provider: "runpod".to_owned(),
        cloud_id: Some("nvme".to_owned()),
        data_center_id: Some("US-KS-2".to_owned()),
        country: Some("US".to_owned()),
        team_id: None,
    };
    assert_eq!(volume.offer, Some(offer));
    assert_eq!((volume.size, volume.mount_count), (Some(500), Some(3)));
    let price = volume.price_per_hour.map(|price| price.to_string());
    assert_eq!(
        (price.as_deref(), volume.created_at),
        (Some("0.05"), Some(1_767_225_600_000))
    );
    assert!(volume.storage_type.is_none() && volume.disk.is_none());
    assert!(volume.region.is_none() && volume.used.is_none());
}

#[test]
fn words_are_read_in_any_case() {
    let table = [
        ("PROVISIONING", VolumePhase::Creating),
        ("pending", VolumePhase::Creating),
        ("Active", VolumePhase::Active),
        ("DELETING", VolumePhase::Deleting),
        ("TERMINATED", VolumePhase::Deleting),
        ("error", VolumePhase::Failed),
        ("STOPPED", VolumePhase::Unknown),
        ("UNKNOWN", VolumePhase::Unknown),
        ("MELTING", VolumePhase::Unknown),
        ("", VolumePhase::Unknown),
    ];
    for (status, phase) in table {
        let volume = with(&format!(r#""status":"{status}""#));
        assert_eq!((volume.phase, volume.cloud_status.as_str()), (phase, status));
    }
}

#[test]
fn what_is_not_said_of_a_volume_is_left_open() {
    let check_size = |fields, size| assert_eq!(with(fields).size, size, "{fields}");
    check_size(r#""size":"500""#, Some(500));
    check_size(r#""size":0"#, None);
    check_size(r#""size":null"#, None);
    let check_mounts = |fields, count| assert_eq!(with(fields).mount_count, count, "{fields}");
    check_mounts(r#""pods":[]"#, Some(0));
    check_mounts(r#""pods":["p-1"],"clusters":null"#, Some(1));
    check_mounts(r#""pods":[null]"#, None);
    check_mounts(r#""clusters":["c-1"]"#, None);
    let check_offer = |fields, offer: Option<VolumeOffer>| assert_eq!(with(fields).offer, offer, "{fields}");
    let offer = VolumeOffer {
        provider: "nebius".to_owned(),
        ..VolumeOffer::default()
    };
    check_offer(r#""providerType":"nebius""#, Some(offer.clone()));
    check_offer(
        r#""providerType":"nebius","info":{"country":"","cloudId":7}"#,
        Some(offer),
    );
    check_offer(r#""info":{"country":"US"}"#, None);
}

#[test]
fn only_another_team_than_the_connections_own_is_told() {
    let account = Account {
        team_id: Some("mine".to_owned()),
        ..Account::default()
    };
    let check = |team: &str, expected: Option<&str>| {
        let body = format!(r#"{{"id":"d-1","providerType":"runpod","teamId":{team}}}"#);
        let team_id = volume_of(&account, &body).offer.and_then(|offer| offer.team_id);
        assert_eq!(team_id.as_deref(), expected, "{team}");
    };
    check(r#""mine""#, None);
    check(r#""others""#, Some("others"));
    check("null", None);
}

#[test]
fn an_id_is_enough() {
    let volume = volume_of(&Account::default(), r#"{"id":"d-1"}"#);
    assert_eq!((volume.id.as_str(), volume.phase), ("d-1", VolumePhase::Unknown));
    for body in [
        "null",
        "true",
        r#""d-1""#,
        "[]",
        "{}",
        r#"{"id":null}"#,
        r#"{"id":"../x"}"#,
        r#"{"data":{"id":"d-1"}}"#,
    ] {
        assert!(api::volume(&Response::of(200, body)).is_err(), "{body}");
    }
}

/// Every field that is read, each with every sort of JSON that it should not have.
#[test]
fn a_wrong_type_counts_as_not_said() {
    let fields = [
        "name",
        "createdAt",
        "status",
        "providerType",
        "size",
        "info",
        "priceHr",
        "teamId",
        "pods",
        "clusters",
    ];
    for field in fields {
        for value in ["null", "true", "-1.5", "1e999", "{}", "[[]]", r#"{"a":1}"#] {
            let volume = with(&format!(r#""{field}":{value}"#));
            assert_eq!(
                (volume.size, volume.mount_count, volume.created_at),
                (None, None, None),
                "{field}: {value}"
            );
            assert!(
                volume.name.is_none() && volume.offer.is_none() && volume.price_per_hour.is_none(),
                "{field}: {value}"
            );
            assert_eq!(volume.phase, VolumePhase::Unknown, "{field}: {value}");
        }
    }
}

//! Conversion of Prime Intellect's pods into ours.

use super::{pod, pod_of, with};
use crate::clouds::{
    Account, MarketplaceOptions, Mount, Offer, Phase, Pod,
    http::Response,
    prime_intellect::pods::{api, convert},
};

const WHOLE: &str = r#"{
    "id": "9ffb2b7d0a6c4c2e8a1d5f3e7b9c0d12", "userId": "u", "teamId": "team", "walletId": "w", "name": "trainer",
    "type": "HOSTED", "providerType": "runpod", "status": "ACTIVE", "installationStatus": "FINISHED",
    "installationFailure": "an old one", "installationProgress": 100, "createdAt": "2025-06-01T12:00:00.5Z",
    "updatedAt": "2025-06-01T12:05:00Z", "terminatedAt": null, "gpuName": "H100_80GB", "gpuCount": "2",
    "socket": "PCIe", "priceHr": 4.10, "stoppedPriceHr": 0.01, "provisioningPriceHr": 0,
    "environmentType": "ubuntu_22_cuda_12", "customTemplateId": "template", "clusterId": null,
    "primePortMapping": [{"internal": "22", "external": "10022", "protocol": "TCP", "usedBy": "SSH"}],
    "sshConnection": "root@203.0.113.7 -p 10022", "ip": "203.0.113.7",
    "resources": {"memory": "200", "disk": "120", "shared_disk": null, "vcpus": 32},
    "attachedResources": [
        {"resourceType": "DISK", "id": "disk-1", "mountPath": "/workspace", "size": "100"},
        {"resourceType": "disk", "id": 7}, {"resourceType": "TAPE", "id": null}
    ],
    "isSpot": false, "autoRestart": true, "jupyterPassword": "hunter-two", "somethingNew": {"a": []}
}"#;

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn a_whole_pod_is_read() {
    let pod = pod(WHOLE);
    assert_eq!(pod.id.as_str(), "9ffb2b7d0a6c4c2e8a1d5f3e7b9c0d12");
    assert_eq!((pod.phase, pod.cloud_status.as_str()), (Phase::Running, "ACTIVE"));
    assert_eq!((&pod.reason, pod.desired), (&None, None));
    assert_eq!(pod.price_per_hour.map(|price| price.to_string()), text("4.1"));
    assert_eq!((pod.disk, pod.created_at), (Some(120), Some(1_748_779_200_500)));
    assert_eq!((pod.region.as_ref(), pod.ip.as_deref()), (None, Some("203.0.113.7")));
    let offer = Offer {
        provider: text("runpod"),
        socket: text("PCIe"),
        ..Offer::default()
    };
    assert_eq!(pod.offer.as_deref(), Some(&offer));
    assert!(!format!("{pod:?}").contains("hunter-two"));
}

#[test]
fn what_was_asked_for_is_echoed() {
    let observed = pod(WHOLE).observed;
    assert_eq!(
        (observed.name, observed.image),
        (text("trainer"), text("ubuntu_22_cuda_12"))
    );
    assert_eq!((observed.gpu_type, observed.gpu_count), (text("H100_80GB"), Some(2)));
    assert_eq!((observed.is_spot, observed.container_volume), (Some(false), None));
    let disk = |id: &str| Mount {
        volume_id: id.to_owned(),
        path: None,
    };
    assert_eq!(observed.volumes, Some(vec![disk("disk-1"), disk("7")]));
    assert!(observed.environment.is_none() && observed.expose.is_none() && observed.workload.is_none());
    let marketplace = MarketplaceOptions {
        auto_restart: Some(true),
        template_id: text("template"),
        team_id: text("team"),
        ..MarketplaceOptions::default()
    };
    assert_eq!(observed.marketplace.as_deref(), Some(&marketplace));
}

#[test]
fn what_nobody_asked_for_is_no_echo() {
    let marketplace = |pod: Pod| *pod.observed.marketplace.expect("is told");
    for fields in [
        r#""autoRestart":false,"customTemplateId":null,"teamId":null"#,
        r#""autoRestart":null,"customTemplateId":"","teamId":"""#,
        r#""userId":"u""#,
    ] {
        assert_eq!(marketplace(with(fields)), MarketplaceOptions::default(), "{fields}");
    }
    let account = |team: &str| Account {
        team_id: text(team),
        ..Account::default()
    };
    let team = |own: &str| marketplace(pod_of(WHOLE, &account(own))).team_id;
    assert_eq!((team("team"), team("other")), (None, text("team")));
}

#[test]
fn a_disk_that_is_not_shown_may_still_be_there() {
    let disks = |list: &str| with(&format!(r#""attachedResources":{list}"#)).observed.volumes;
    for list in ["null", "[]", r#"[{"resourceType":"TAPE","id":"x"}]"#] {
        assert_eq!(disks(list), None, "{list}");
    }
    // Half a list would look like a change.
    for odd in [
        r#"[{"resourceType":"DISK","id":"a"},{"resourceType":"DISK"}]"#,
        r#"[{"resourceType":"DISK","id":"a"},{"resourceType":"DISK","id":""}]"#,
        r#"[{"resourceType":"DISK","id":"a"},null]"#,
    ] {
        assert_eq!(disks(odd), None, "{odd}");
    }
}

#[test]
fn an_id_is_enough_and_exact() {
    for (id, expected) in [
        (r#""9ffb""#, "9ffb"),
        (r#""pod-7""#, "pod-7"),
        ("420522713875330018", "420522713875330018"),
        ("18446744073709551616", "18446744073709551616"),
    ] {
        let pod = pod(&format!(r#"{{"id":{id}}}"#));
        assert_eq!(
            (pod.id.as_str(), pod.phase, pod.cloud_status.as_str()),
            (expected, Phase::Unknown, "")
        );
        assert!(pod.observed.name.is_none() && pod.endpoints.is_none() && pod.offer.is_none());
    }
}

/// Every field that is read, each with every sort of JSON that it should not have.
#[test]
fn a_wrong_type_counts_as_not_said() {
    let fields = [
        "name",
        "teamId",
        "providerType",
        "status",
        "installationStatus",
        "installationFailure",
        "installationProgress",
        "createdAt",
        "gpuName",
        "gpuCount",
        "socket",
        "priceHr",
        "environmentType",
        "customTemplateId",
        "primePortMapping",
        "sshConnection",
        "ip",
        "resources",
        "attachedResources",
        "isSpot",
        "autoRestart",
    ];
    let bare = format!("{:?}", pod(r#"{"id":"a"}"#));
    for field in fields {
        for value in ["null", "-1.5", "1e999", "{}", "[[]]", "[null]", r#"{"a":{"b":1}}"#] {
            let found = format!("{:?}", with(&format!(r#""{field}":{value}"#)));
            // A list of which nothing can be read is a list.
            let found = found.replace("endpoints: Some([])", "endpoints: None");
            assert_eq!(found, bare, "{field}: {value}");
        }
    }
}

#[test]
fn a_pod_is_ready_when_its_software_is_and_it_can_be_reached() {
    let check = |status: &str, installation: &str, fields: &str, expected: Phase| {
        let pod = with(&format!(
            r#""status":"{status}","installationStatus":{installation}{fields}"#
        ));
        assert_eq!(
            (pod.phase, pod.cloud_status.as_str()),
            (expected, status),
            "{installation} {fields}"
        );
    };
    let ip = r#","ip":"203.0.113.7""#;
    for installation in [r#""FINISHED""#, r#""finished""#, "null", r#""""#] {
        check("ACTIVE", installation, ip, Phase::Running);
        check(
            "active",
            installation,
            r#","sshConnection":"root@h -p 1""#,
            Phase::Running,
        );
        check(
            "ACTIVE",
            installation,
            r#","ip":[null,"203.0.113.7"],"sshConnection":[null]"#,
            Phase::Running,
        );
        for nowhere in [
            "",
            r#","ip":null"#,
            r#","ip":"","sshConnection":"ubuntu@ -p 22""#,
            r#","ip":[null]"#,
        ] {
            check("ACTIVE", installation, nowhere, Phase::Provisioning);
        }
    }
    for installation in [r#""PENDING""#, r#""ACTIVE""#, r#""SOMETHING""#] {
        check("ACTIVE", installation, ip, Phase::Provisioning);
    }
    // Two documents have two words for the end, and each would be waited for in vain where the other one is told.
    for installation in [r#""COMPLETE""#, r#""COMPLETED""#, r#""complete""#] {
        check("ACTIVE", installation, ip, Phase::Running);
        check("ACTIVE", installation, "", Phase::Provisioning);
    }
    // Another word is believed as far as the progress and a login bear it out.
    let login = r#","sshConnection":"root@h -p 1""#;
    for installation in [r#""PENDING""#, r#""ACTIVE""#, r#""IN_PROGRESS""#, r#""SOMETHING""#] {
        let with_progress = |progress: &str| format!(r#"{login},"installationProgress":{progress}"#);
        for done in ["100", "100.0", "\"100\"", "null"] {
            check("ACTIVE", installation, &with_progress(done), Phase::Running);
        }
        check("ACTIVE", installation, login, Phase::Running);
        for under_way in ["0", "99.9"] {
            check("ACTIVE", installation, &with_progress(under_way), Phase::Provisioning);
        }
        check(
            "ACTIVE",
            installation,
            r#","ip":"203.0.113.7","installationProgress":100"#,
            Phase::Provisioning,
        );
    }
    check(
        "ACTIVE",
        "null",
        &format!(r#"{login},"installationProgress":40"#),
        Phase::Provisioning,
    );
    for status in ["PROVISIONING", "PENDING", "provisioning"] {
        check(status, r#""FINISHED""#, ip, Phase::Provisioning);
    }
    for installation in [r#""ERROR""#, r#""FAILED""#, r#""TERMINATED""#] {
        for status in ["ACTIVE", "PENDING", "PROVISIONING"] {
            check(status, installation, ip, Phase::Failed);
        }
        check("DELETING", installation, ip, Phase::Terminating);
        check("STOPPED", installation, ip, Phase::Stopped);
    }
    check("ERROR", r#""FINISHED""#, ip, Phase::Failed);
    check("STOPPED", "null", ip, Phase::Stopped);
    check("DELETING", "null", ip, Phase::Terminating);
    for status in ["UNKNOWN", "MELTING", ""] {
        check(status, r#""FINISHED""#, ip, Phase::Unknown);
    }
}

#[test]
fn a_failed_pod_says_why() {
    let reason = |fields: &str| with(fields).reason;
    let failure = r#""installationFailure":"no driver""#;
    assert_eq!(reason(&format!(r#""status":"ERROR",{failure}"#)), text("no driver"));
    assert_eq!(
        reason(&format!(r#""status":"ACTIVE","installationStatus":"ERROR",{failure}"#)),
        text("no driver")
    );
    assert_eq!(reason(&format!(r#""status":"ACTIVE",{failure}"#)), None);
    assert_eq!(reason(r#""status":"ERROR","installationFailure":" ""#), None);
}

#[test]
fn only_terminated_is_gone() {
    for (status, expected) in [
        ("TERMINATED", true),
        ("terminated", true),
        ("DELETING", false),
        ("ERROR", false),
    ] {
        let body = format!(r#"{{"id":"a","status":"{status}"}}"#);
        let (_, json) = api::pod(&Response::of(200, &body)).expect("a pod");
        assert_eq!(convert::is_gone(&json), expected, "{status}");
    }
    // An order's answer must keep its id, whatever it says.
    assert_eq!(with(r#""status":"TERMINATED""#).phase, Phase::Terminating);
}

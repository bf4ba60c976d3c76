//! Conversion between Prime Intellect's JSON of pods and our types.

use rust_decimal::Decimal;

use super::{
    address,
    api::{self, AttachedJson, PodJson},
};
use crate::clouds::{
    Account, MarketplaceOptions, Mount, Observed, Offer, Phase, Pod, PodId, SshAccess,
    money::price,
    prime_intellect::offers::Row,
    tolerant::{TextOrNumber, Tolerant, count, filled, moment, word},
};

/// The progress of an installation that is done, in per cent.
const DONE: Decimal = Decimal::ONE_HUNDRED;

/// Whether the pod has ended for good.
pub fn is_gone(pod: &PodJson) -> bool {
    api::is_gone(&pod.status)
}

pub fn to_pod(id: PodId, json: PodJson, account: &Account) -> Pod {
    let ssh = address::ssh(&json);
    let phase = phase(&json, ssh.as_ref());
    Pod {
        id,
        phase,
        reason: filled(json.installation_failure.clone()).filter(|_| phase == Phase::Failed),
        desired: None,
        price_per_hour: price(&json.price_hr),
        offer: offer(&json).map(Box::new),
        disk: json.resources.0.as_ref().and_then(|resources| count(&resources.disk)),
        endpoints: address::endpoints(&json),
        ip: address::ip(&json),
        created_at: moment(&json.created_at),
        ssh,
        observed: Observed {
            name: json.name.0,
            image: filled(json.environment_type),
            gpu_type: filled(json.gpu_name),
            gpu_count: count(&json.gpu_count),
            is_spot: json.is_spot.0,
            volumes: disks(json.attached_resources),
            marketplace: Some(Box::new(MarketplaceOptions {
                // False is what there is if nobody asked.
                auto_restart: json.auto_restart.0.filter(|is_wished| *is_wished),
                template_id: filled(json.custom_template_id),
                team_id: filled(json.team_id).filter(|team| account.team_id.as_ref() != Some(team)),
                ..MarketplaceOptions::default()
            })),
            ..Observed::default()
        },
        cloud_status: json.status.0.unwrap_or_default(),
        // A pod that is read does not say where it is.
        region: None,
        gpu_display_name: None,
        internal_ip: None,
        mark: None,
    }
}

/// The answer to an order, with what only the offer tells: which one it was, and where.
pub fn to_created(id: PodId, json: PodJson, account: &Account, row: &Row) -> Pod {
    Pod {
        offer: Some(Box::new(row.offer())),
        region: row.region.clone().or_else(|| row.data_center.clone()),
        ..to_pod(id, json, account)
    }
}

/// A pod is ready when its software is installed too and somebody can log in.
fn phase(pod: &PodJson, ssh: Option<&SshAccess>) -> Phase {
    match (word(&pod.status).as_str(), installation(pod, ssh)) {
        ("ERROR", _) => Phase::Failed,
        ("PROVISIONING" | "PENDING" | "ACTIVE", Installation::Failed) => Phase::Failed,
        ("ACTIVE", Installation::Finished) if is_reachable(pod, ssh) => Phase::Running,
        // PENDING says that the status is changing, and comes after PROVISIONING.
        ("PROVISIONING" | "PENDING" | "ACTIVE", _) => Phase::Provisioning,
        ("STOPPED", _) => Phase::Stopped,
        // TERMINATED is asked about with `is_gone`; it is left only in the answer to a create, whose id must be kept.
        ("DELETING" | "TERMINATED", _) => Phase::Terminating,
        _ => Phase::Unknown,
    }
}

/// How far the installation of a pod's image is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Installation {
    UnderWay,
    Finished,
    Failed,
}

/// The OpenAPI document ends an installation with FINISHED, ERROR or TERMINATED, the older page with COMPLETE or FAILED.
/// Any other word, such as PENDING, the default of the document, is believed only as far as the progress goes: the command
/// line tool takes a progress of 100 or none at all for the end, and a login then settles it.
fn installation(pod: &PodJson, ssh: Option<&SshAccess>) -> Installation {
    let progress = pod
        .installation_progress
        .0
        .filter(|percent| !percent.is_sign_negative());
    let is_under_way = progress.is_some_and(|percent| percent < DONE);
    let has_login = ssh.is_some_and(|ssh| ssh.host.is_some());
    match word(&pod.installation_status).as_str() {
        "FINISHED" | "COMPLETE" | "COMPLETED" => Installation::Finished,
        "ERROR" | "FAILED" | "TERMINATED" => Installation::Failed,
        _ if is_under_way => Installation::UnderWay,
        "" => Installation::Finished,
        _ if has_login => Installation::Finished,
        _ => Installation::UnderWay,
    }
}

fn is_reachable(pod: &PodJson, ssh: Option<&SshAccess>) -> bool {
    ssh.is_some_and(|ssh| ssh.host.is_some()) || address::ip(pod).is_some()
}

fn offer(pod: &PodJson) -> Option<Offer> {
    let offer = Offer {
        provider: filled(pod.provider_type.clone()),
        socket: filled(pod.socket.clone()),
        ..Offer::default()
    };
    (offer != Offer::default()).then_some(offer)
}

/// An empty list is what the document has where nothing is said, and a disk may be shown only once it is attached: it
/// is no word that the pod has none.
fn disks(attached: Tolerant<Vec<AttachedJson>>) -> Option<Vec<Mount>> {
    let disks = attached.0?.into_iter().filter(|one| word(&one.resource_type) == "DISK");
    let disks: Vec<Mount> = disks.map(mount).collect::<Option<_>>()?;
    (!disks.is_empty()).then_some(disks)
}

/// Where it is mounted, the cloud chooses.
fn mount(disk: AttachedJson) -> Option<Mount> {
    let TextOrNumber(volume_id) = disk.id.0.filter(|id| !id.0.is_empty())?;
    Some(Mount { volume_id, path: None })
}

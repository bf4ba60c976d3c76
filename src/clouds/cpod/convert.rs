//! cPod's words for pods, and ours.

use std::collections::BTreeMap;

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use super::api::{Pairs, PodJson};
use crate::clouds::{Account, EnvironmentVariables, Observed, Phase, Pod, PodId, Secret, Workload};

/// `account` is what the connection asks for where a pod asks for nothing else.
pub fn to_pod(id: PodId, json: PodJson, account: &Account) -> Pod {
    let spec = json.spec.0.unwrap_or_default();
    let other_than = |usual: &Option<String>, seen: Option<String>| seen.filter(|seen| usual.as_ref() != Some(seen));
    let workload = Workload {
        cpu: spec.cpu.0,
        memory: spec.memory.0,
        replicas: spec.replicas.0,
        labels: json.labels.0.map(|Pairs(labels)| labels),
        organization_id: other_than(&account.organization_id, json.organization_id.0),
        workspace_id: other_than(&account.workspace_id, json.workspace_id.0),
    };
    Pod {
        id,
        phase: json.status.0.as_deref().map_or(Phase::Unknown, phase),
        observed: Observed {
            name: json.name.0,
            image: spec.image.0,
            environment: spec.env.0.and_then(|Pairs(variables)| environment(variables)),
            workload: Some(workload).filter(|workload| *workload != Workload::default()),
            ..Observed::default()
        },
        created_at: json.created_at.0.as_deref().and_then(milliseconds),
        cloud_status: json.status.0.unwrap_or_default(),
        // The page has no field for any of the rest.
        reason: None,
        desired: None,
        price_per_hour: None,
        offer: None,
        disk: None,
        region: None,
        gpu_display_name: None,
        ssh: None,
        ip: None,
        internal_ip: None,
        endpoints: None,
    }
}

fn phase(status: &str) -> Phase {
    match status.trim().to_ascii_lowercase().as_str() {
        "pending" => Phase::Pending,
        "provisioning" => Phase::Provisioning,
        "running" => Phase::Running,
        "stopping" => Phase::Stopping,
        "stopped" => Phase::Stopped,
        "failed" => Phase::Failed,
        _ => Phase::Unknown,
    }
}

/// Whether variables come back at all is not documented. None, or one without its value, most likely means that they
/// are not shown, and must not look as if somebody had changed them.
fn environment(variables: BTreeMap<String, String>) -> Option<EnvironmentVariables> {
    let is_hidden = |value: &String| value.trim_matches('*').is_empty() || value.contains("***");
    if variables.is_empty() || variables.values().any(is_hidden) {
        return None;
    }
    let variables = variables.into_iter().map(|(name, value)| (name, Secret::new(value)));
    Some(EnvironmentVariables(variables.collect()))
}

/// The page calls it ISO 8601 in UTC, which need not say so.
fn milliseconds(moment: &str) -> Option<i64> {
    let moment = moment.trim();
    let moment = OffsetDateTime::parse(moment, &Rfc3339)
        .or_else(|_| OffsetDateTime::parse(&format!("{moment}Z"), &Rfc3339))
        .ok()?;
    i64::try_from(moment.unix_timestamp_nanos() / 1_000_000).ok()
}

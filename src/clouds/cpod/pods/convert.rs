//! Conversion between cPod's JSON of pods and our types.

use std::collections::BTreeMap;

use super::api::{Pairs, PodJson};
use crate::clouds::{
    EnvironmentVariables, Mark, Observed, Phase, Pod, PodId, Secret, Workload,
    tolerant::{count, moment},
};

pub fn to_pod(id: PodId, json: PodJson) -> Pod {
    let spec = json.spec.0.unwrap_or_default();
    let (labels, mark) = labels(json.labels.0);
    let workload = Workload {
        cpu: spec.cpu.0,
        memory: spec.memory.0,
        replicas: count(&spec.replicas),
        labels,
        organization_id: json.organization_id.0,
        workspace_id: json.workspace_id.0,
    };
    Pod {
        id,
        phase: json.status.0.as_deref().map_or(Phase::Unknown, phase),
        observed: Observed {
            name: json.name.0,
            image: spec.image.0,
            environment: spec.env.0.and_then(|Pairs(variables)| environment(variables)),
            workload: Some(workload)
                .filter(|workload| *workload != Workload::default())
                .map(Box::new),
            ..Observed::default()
        },
        // The page calls it ISO 8601 in UTC, which need not say so.
        created_at: moment(&json.created_at),
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
        mark,
    }
}

/// The labels that are the user's or the platform's, and the one that is ours.
fn labels(told: Option<Pairs>) -> (Option<BTreeMap<String, String>>, Option<Mark>) {
    let Some(Pairs(mut labels)) = told else {
        return (None, None);
    };
    let mark = labels.remove(Mark::LABEL).map(Mark::of);
    let is_all_ours = mark.is_some() && labels.is_empty();
    (Some(labels).filter(|_| !is_all_ours), mark)
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
    Some(variables.collect())
}

//! cPod's JSON of a pod, as the page on pods has it: the body of a create, and the pod in a response.

use std::{collections::BTreeMap, num::NonZeroU32};

use serde::Deserialize;
use serde_json::{Map, Value, json};

use crate::clouds::{
    Account, Mark, PodId, PodSpec,
    body::filled,
    cpod::api,
    http::{Failure, Response},
    tolerant::{self, FromJson, Tolerant, VerbatimOrNumber},
};

/// A field that is not set is left out. The table on the page requires an organization, and its example goes without: a key
/// belongs to one tenant.
pub fn create_body(spec: &PodSpec, account: &Account) -> Value {
    let workload = &spec.workload;
    let workspace_id = workload.workspace_id.as_ref().or(account.workspace_id.as_ref());
    let organization_id = workload.organization_id.as_ref().or(account.organization_id.as_ref());
    let ours = spec.mark.iter().map(|mark| (Mark::LABEL, mark.as_str()));
    let theirs = workload.labels.iter().flatten();
    let labels: BTreeMap<&str, &str> = theirs
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .chain(ours)
        .collect();
    let variables = spec.environment.0.iter();
    let variables: Map<String, Value> = variables
        .map(|(name, value)| (name.clone(), json!(value.reveal())))
        .collect();
    filled([
        ("workspaceId", workspace_id.map(|id| json!(id))),
        ("organizationId", organization_id.map(|id| json!(id))),
        ("name", Some(json!(spec.name.as_str()))),
        (
            "spec",
            Some(filled([
                ("image", Some(json!(spec.image.as_str()))),
                ("cpu", workload.cpu.as_ref().map(|amount| json!(amount))),
                ("memory", workload.memory.as_ref().map(|amount| json!(amount))),
                ("replicas", workload.replicas.map(Value::from)),
                ("env", (!variables.is_empty()).then_some(Value::Object(variables))),
            ])),
        ),
        ("labels", (!labels.is_empty()).then(|| json!(labels))),
    ])
}

/// The table of a pod's fields, as far as it is of use. The id is read apart: without it there is no pod.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct PodJson {
    pub name: Tolerant<String>,
    pub status: Tolerant<String>,
    pub spec: Tolerant<SpecJson>,
    pub labels: Tolerant<Pairs>,
    pub organization_id: Tolerant<String>,
    pub workspace_id: Tolerant<String>,
    pub created_at: Tolerant<String>,
}

#[derive(Deserialize, Default)]
#[serde(default)]
pub struct SpecJson {
    pub image: Tolerant<String>,
    pub cpu: Tolerant<String>,
    pub memory: Tolerant<String>,
    pub replicas: Tolerant<NonZeroU32>,
    pub env: Tolerant<Pairs>,
}

/// Texts by their names. Half of them would look like a change, so that one that cannot be read hides them all.
pub struct Pairs(pub BTreeMap<String, String>);

impl FromJson for SpecJson {
    fn from_json(value: Value) -> Option<Self> {
        tolerant::object(value)
    }
}

impl FromJson for Pairs {
    fn from_json(value: Value) -> Option<Self> {
        let Value::Object(pairs) = value else { return None };
        let pairs = tolerant::pairs::<VerbatimOrNumber>(pairs)?.into_iter();
        Some(Self(
            pairs.map(|(name, VerbatimOrNumber(value))| (name, value)).collect(),
        ))
    }
}

/// A pod that was ordered.
pub fn made(response: &Response) -> Result<(PodId, PodJson), Failure> {
    api::one(response).map_err(Failure::of_a_create)
}

/// One pod, as it is read.
pub fn pod(response: &Response) -> Result<(PodId, PodJson), Failure> {
    api::one(response)
}

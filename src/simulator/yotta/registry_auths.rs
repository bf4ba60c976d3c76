//! The operations on the credentials of container registries.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use super::envelope::{NO_RECORD, Outcome, Refusal, WRONG_STATE};
use super::{Yotta, freedoms, parse_id, validation};
use crate::simulator::clock::iso_8601;
use crate::simulator::cloud::Scene;
use crate::simulator::http::Request;
use crate::simulator::limits::{self, Field, Kind, optional, required};

/// A credential. Its password is checked and dropped: the cloud never gives it back.
#[derive(Serialize, Deserialize)]
pub(super) struct RegistryAuth {
    pub id: u64,
    pub name: String,
    pub username: String,
    pub kind: Option<String>,
    pub created_at: u64,
}

const NAME: Kind = Kind::Pattern(
    is_name,
    "must be 1 to 20 letters, digits or @._- and begin with a letter",
);
const ACCOUNT: Kind = Kind::Text(1, 255);
const KIND: Kind = Kind::OneOf(&["DOCKER_HUB", "GCR", "ECR", "ACR", "PRIVATE"]);
const CREATION: &[Field] = &[
    required("name", NAME),
    required("username", ACCOUNT),
    required("password", ACCOUNT),
    optional("type", KIND),
];
const UPDATE: &[Field] = &[
    optional("name", NAME),
    optional("username", ACCOUNT),
    optional("password", ACCOUNT),
];

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.len() <= 20
        && text
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "@._-".contains(letter))
}

pub(super) fn create(yotta: &mut Yotta, request: &Request, scene: &Scene<'_>) -> Outcome {
    let fields = fields(request, CREATION, scene)?;
    let auth = RegistryAuth {
        id: yotta.new_id(),
        name: text(&fields, "name").unwrap_or_default(),
        username: text(&fields, "username").unwrap_or_default(),
        kind: text(&fields, "type"),
        created_at: scene.now,
    };
    let response = answer(&auth, scene);
    yotta.registry_auths.insert(auth.id, auth);
    Ok(response)
}

pub(super) fn list(yotta: &Yotta, scene: &Scene<'_>) -> Outcome {
    Ok(yotta.registry_auths.values().map(|auth| answer(auth, scene)).collect())
}

pub(super) fn get(yotta: &mut Yotta, id: &str, scene: &Scene<'_>) -> Outcome {
    find(yotta, id).map(|auth| answer(auth, scene))
}

pub(super) fn update(yotta: &mut Yotta, id: &str, request: &Request, scene: &Scene<'_>) -> Outcome {
    let auth = find(yotta, id)?;
    let fields = fields(request, UPDATE, scene)?;
    if let Some(name) = text(&fields, "name") {
        auth.name = name;
    }
    if let Some(username) = text(&fields, "username") {
        auth.username = username;
    }
    Ok(answer(auth, scene))
}

/// The guide refuses it while a pod uses the credential, but names no code.
pub(super) fn delete(yotta: &mut Yotta, id: &str) -> Outcome {
    let id = find(yotta, id)?.id;
    let mut pods = yotta.pods.values().filter(|pod| !pod.status.has_ended());
    if let Some(pod) = pods.find(|pod| validation::auth_id(&pod.asked) == Some(id)) {
        return Err(Refusal::new(
            WRONG_STATE,
            format!("the credential is in use by pod {}", pod.id),
        ));
    }
    yotta.registry_auths.remove(&id);
    Ok(Value::Null)
}

fn find<'a>(yotta: &'a mut Yotta, id: &str) -> Result<&'a mut RegistryAuth, Refusal> {
    let auth = yotta.registry_auths.get_mut(&parse_id(id)?);
    auth.ok_or_else(|| Refusal::new(NO_RECORD, "the credential does not exist"))
}

fn fields(request: &Request, limits: &[Field], scene: &Scene<'_>) -> Result<Map<String, Value>, Refusal> {
    let body = request.json().map_err(Refusal::invalid)?;
    limits::check(&body, limits, scene.quirks.reading()).map_err(Refusal::invalid)
}

fn text(fields: &Map<String, Value>, name: &str) -> Option<String> {
    fields.get(name)?.as_str().map(str::to_owned)
}

fn answer(auth: &RegistryAuth, scene: &Scene<'_>) -> Value {
    let mut response = auth.shown();
    if let Value::Object(fields) = &mut response {
        freedoms::take(fields, scene.quirks);
    }
    response
}

impl RegistryAuth {
    pub fn shown(&self) -> Value {
        let created_at = iso_8601(self.created_at);
        json!({"id": self.id, "name": self.name, "type": self.kind, "createdAt": created_at})
    }
}

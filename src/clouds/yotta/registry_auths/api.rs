//! Yotta's JSON of a registry credential: the bodies of a create and a change, and the credential in a response.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::clouds::{
    RegistryAuthId, RegistryAuthSpec,
    body::filled,
    http::{Failure, Response},
    tolerant::Tolerant,
    yotta::api,
};

/// The guide requires `type`, and the newer reference has none: it is passed on as the caller has it.
pub fn create_body(spec: &RegistryAuthSpec) -> Value {
    filled([
        ("name", text(&spec.name)),
        ("username", text(&spec.username)),
        ("password", password(spec)),
        ("type", text(&spec.kind)),
    ])
}

/// The guide: any of these three.
pub fn change_body(spec: &RegistryAuthSpec) -> Value {
    filled([
        ("name", text(&spec.name)),
        ("username", text(&spec.username)),
        ("password", password(spec)),
    ])
}

fn text(text: &Option<String>) -> Option<Value> {
    text.as_ref().map(|text| json!(text))
}

fn password(spec: &RegistryAuthSpec) -> Option<Value> {
    spec.password.as_ref().map(|password| json!(password.reveal()))
}

/// The guide's credential. The user name is in no example, and is taken if it comes.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct RegistryAuthJson {
    pub name: Tolerant<String>,
    pub username: Tolerant<String>,
    #[serde(rename = "type")]
    pub kind: Tolerant<String>,
    pub created_at: Tolerant<String>,
}

/// One credential, as create and get answer it.
pub fn registry_auth(response: &Response) -> Result<(RegistryAuthId, RegistryAuthJson), Failure> {
    api::one(response)
}

pub fn registry_auths(response: &Response) -> Result<Vec<(RegistryAuthId, RegistryAuthJson)>, Failure> {
    api::all(response)
}

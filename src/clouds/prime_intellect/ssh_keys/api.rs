//! Prime Intellect's JSON of an SSH key: the body of a create, the key in a response, and the list of keys.

use serde::Deserialize;
use serde_json::{Value, json};

use crate::clouds::{
    SshKeyId, SshKeySpec,
    http::{Failure, Response},
    prime_intellect::api::{self, Page},
    tolerant::{Tolerant, Verbatim},
};

/// `SshKeyCreateRequest` of the document. A line break at the end is the file's, not the key's.
pub fn create_body(spec: &SshKeySpec) -> Value {
    json!({"name": spec.name, "publicKey": spec.public_key.trim()})
}

/// `SshKey` of the document, as far as it is of use. The id is read apart: without it there is no key.
#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase", default)]
pub struct SshKeyJson {
    pub name: Tolerant<String>,
    pub public_key: Tolerant<Verbatim>,
    pub is_primary: Tolerant<bool>,
    pub created_at: Tolerant<String>,
}

/// One key, as a create answers it.
pub fn ssh_key(response: &Response) -> Result<(SshKeyId, SshKeyJson), Failure> {
    api::one(response)
}

/// A page of keys. Nothing but the list shows a key, so that an entry without an id may be any of them: passed over, it
/// would make a key look gone.
pub fn page(response: &Response) -> Result<Page<(SshKeyId, SshKeyJson)>, Failure> {
    let page = api::page(response)?;
    match page.list.unreadable == 0 {
        true => Ok(page),
        false => Err(api::unreadable(response)),
    }
}

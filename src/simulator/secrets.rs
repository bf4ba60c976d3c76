//! Redaction by allowlist: of a request is shown what is known to hold no secret, and `***` stands for everything else.
//! The names are those of the clouds' documents. A field that no document has may be anything, and so it is hidden.

use serde_json::{Map, Value};

use super::http::decode;

pub(super) const HIDDEN: &str = "***";

/// Headers that hold no secret, whoever sends them.
const HEADERS: &[&str] = &[
    "accept",
    "accept-encoding",
    "accept-language",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "expect",
    "host",
    "te",
    "transfer-encoding",
    "user-agent",
];

/// Parameters of queries that hold no secret.
const PARAMETERS: &[&str] = &[
    "cloud_id",
    "cursor",
    "data_center_id",
    "disks",
    "endTime",
    "gpu_count",
    "gpu_type",
    "keyword",
    "limit",
    "offset",
    "organizationId",
    "page",
    "page_size",
    "pod_ids",
    "region",
    "regionList",
    "regions",
    "security",
    "size",
    "socket",
    "sort_by",
    "sort_order",
    "startTime",
    "status",
    "statusList",
    "storageType",
    "tail",
    "teamId",
    "tenantId",
    "type",
    "workspaceId",
];

/// Objects, and lists of objects, whose fields are looked at one by one.
const PARTS: &[&str] = &[
    "disk",
    "expose",
    "persistentVolumes",
    "pod",
    "provider",
    "spec",
    "team",
    "volumes",
];

/// Objects with names of the user's choice that are no secrets.
const LABELS: &[&str] = &["labels"];

/// Fields that hold no secret.
const FIELDS: &[&str] = &[
    "acceleratorVendor",
    "autoRestart",
    "cloudId",
    "cloudTypes",
    "containerRegistryAuthId",
    "containerVolumeInGb",
    "country",
    "cpu",
    "customTemplateId",
    "dataCenterId",
    "diskSize",
    "disks",
    "gpuCount",
    "gpuCounts",
    "gpuType",
    "gpuTypes",
    "id",
    "image",
    "imagePublicType",
    "imageRegistry",
    "imageRegistryUsername",
    "isSpot",
    "maxPrice",
    "memory",
    "minGpuMemoryInGb",
    "minRamPerGpuInGb",
    "minSingleCardRamInGb",
    "minSingleCardVcpu",
    "minSingleCardVramInGb",
    "minVcpuPerGpu",
    "mountPath",
    "name",
    "organizationId",
    "page",
    "persistentMountPath",
    "persistentVolumeInGb",
    "port",
    "prepaidForHr",
    "protocol",
    "publicKey",
    "region",
    "regions",
    "replicas",
    "resourceType",
    "security",
    "shmInGb",
    "size",
    "sizeInGb",
    "socket",
    "sshKeyId",
    "storageType",
    "systemVolumeInGb",
    "teamId",
    "team_member_ids",
    "type",
    "username",
    "vcpus",
    "vendorVolumeType",
    "workspaceId",
];

/// `name` is in lower case.
pub(super) fn header(name: &str, value: &str) -> String {
    let shown = if HEADERS.contains(&name) { value } else { HIDDEN };
    shown.to_owned()
}

/// A query, encoded as it came.
pub(super) fn query(query: &str) -> String {
    let shown = query.split('&').map(|pair| match pair.split_once('=') {
        _ if pair.is_empty() => String::new(),
        Some((name, value)) if PARAMETERS.contains(&decode(name).as_str()) => format!("{name}={value}"),
        Some((name, _)) => format!("{name}={HIDDEN}"),
        None if PARAMETERS.contains(&decode(pair).as_str()) => pair.to_owned(),
        None => HIDDEN.to_owned(),
    });
    shown.collect::<Vec<_>>().join("&")
}

/// A body that is JSON; of any other nothing is shown, as nothing is known of it.
pub(super) fn body(body: &Value) -> Value {
    match body {
        Value::Object(fields) => part(fields),
        Value::Array(elements) => elements.iter().map(self::body).collect(),
        other => hidden(other),
    }
}

/// An object with fields that the documents have.
fn part(fields: &Map<String, Value>) -> Value {
    let shown = fields.iter().map(|(name, value)| (name.clone(), field(name, value)));
    Value::Object(shown.collect())
}

fn field(name: &str, value: &Value) -> Value {
    match value {
        Value::Object(fields) if PARTS.contains(&name) => part(fields),
        Value::Object(fields) if LABELS.contains(&name) => fields
            .iter()
            .map(|(name, label)| (name.clone(), if is_leaf(label) { shown(label) } else { hidden(label) }))
            .collect(),
        Value::Array(elements) => elements.iter().map(|element| field(name, element)).collect(),
        leaf if is_leaf(leaf) && FIELDS.contains(&name) => shown(leaf),
        other => hidden(other),
    }
}

fn is_leaf(value: &Value) -> bool {
    !value.is_object() && !value.is_array()
}

/// Everything in it but names, and what has too few values to be one: whether something was sent can be seen.
fn hidden(value: &Value) -> Value {
    match value {
        Value::Null | Value::Bool(_) => value.clone(),
        Value::String(text) if text.is_empty() => value.clone(),
        Value::Number(_) | Value::String(_) => HIDDEN.into(),
        Value::Array(elements) => elements.iter().map(hidden).collect(),
        Value::Object(fields) => {
            // Of a pair the key is a name, and a pair alone makes a field called `key` one.
            let is_pair = fields.contains_key("key") && fields.contains_key("value");
            let shown = fields.iter().map(|(name, value)| {
                let is_name = is_pair && name == "key";
                (name.clone(), if is_name { value.clone() } else { hidden(value) })
            });
            Value::Object(shown.collect())
        }
    }
}

fn shown(value: &Value) -> Value {
    match value {
        Value::String(text) => without_login(text).into(),
        other => other.clone(),
    }
}

/// An address without who logs in there: `https://***@host/path`. A digest behind an image's @ is none.
fn without_login(text: &str) -> String {
    let Some((before, after)) = text.rsplit_once('@') else {
        return text.to_owned();
    };
    let (scheme, login) = match before.split_once("//") {
        Some((scheme, login)) => (format!("{scheme}//"), login),
        None => (String::new(), before),
    };
    let is_digest = after
        .split_once(':')
        .is_some_and(|(_, hash)| hash.len() >= 32 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let is_login = !is_digest && (!scheme.is_empty() || login.contains(':'));
    match is_login {
        true => format!("{scheme}{HIDDEN}@{after}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[track_caller]
    fn check(sent: Value, expected: Value) {
        assert_eq!(body(&sent), expected, "{sent}");
    }

    #[test]
    fn what_may_hold_a_secret_is_hidden() {
        check(
            json!({"name": "a", "gpuCount": 2, "environmentVars": [{"key": "HF_TOKEN", "value": "hf_1"}, {"key": "EMPTY", "value": ""}]}),
            json!({"name": "a", "gpuCount": 2, "environmentVars": [{"key": "HF_TOKEN", "value": "***"}, {"key": "EMPTY", "value": ""}]}),
        );
        check(
            json!({"pod": {"name": "a", "envVars": [{"key": "name", "value": "s"}], "jupyterPassword": "s"}, "provider": {"type": "x"}}),
            json!({"pod": {"name": "a", "envVars": [{"key": "name", "value": "***"}], "jupyterPassword": "***"}, "provider": {"type": "x"}}),
        );
        // A variable may be called like a field that holds no secret.
        check(
            json!({"spec": {"image": "i", "env": {"name": "s", "image": 5}}, "labels": {"team": "vision"}}),
            json!({"spec": {"image": "i", "env": {"name": "***", "image": "***"}}, "labels": {"team": "vision"}}),
        );
        for name in [
            "password",
            "Password",
            "registry_password",
            "initializationCommand",
            "callbackUrl",
            "key",
            "token",
            "note",
        ] {
            check(json!({name: "s"}), json!({name: "***"}));
            check(json!({name: 7}), json!({name: "***"}));
            check(json!({name: ["s"]}), json!({name: ["***"]}));
            check(
                json!({name: {"name": "s", "id": 1}}),
                json!({name: {"name": "***", "id": "***"}}),
            );
        }
        check(json!("s"), json!("***"));
        check(json!(["s"]), json!(["***"]));
        check(json!(null), json!(null));
        check(
            json!({"isPrimary": true, "other": null}),
            json!({"isPrimary": true, "other": null}),
        );
    }

    #[test]
    fn logins_in_addresses_are_hidden() {
        let check = |image: &str, expected: &str| check(json!({"image": image}), json!({"image": expected}));
        check(
            "https://me:word@registry.example/app",
            "https://***@registry.example/app",
        );
        check("https://token@registry.example", "https://***@registry.example");
        check("me:word@registry.example/app:1", "***@registry.example/app:1");
        check("registry.example:5000/app:1", "registry.example:5000/app:1");
        let digest = format!("registry.example:5000/app:1@sha256:{}", "0a".repeat(32));
        check(&digest, &digest);
        super::tests::check(
            json!({"publicKey": "ssh-ed25519 AAAA me@laptop"}),
            json!({"publicKey": "ssh-ed25519 AAAA me@laptop"}),
        );
    }

    #[test]
    fn queries_and_headers() {
        let check = |sent: &str, expected: &str| assert_eq!(query(sent), expected);
        check("", "");
        check(
            "statusList=RUNNING%2CPAUSED&limit=1",
            "statusList=RUNNING%2CPAUSED&limit=1",
        );
        check(
            "api_key=s&apiKey=s&X-Api-Key=s&%6bey=s&token=s",
            "api_key=***&apiKey=***&X-Api-Key=***&%6bey=***&token=***",
        );
        check("s&limit", "***&limit");
        for name in [
            "authorization",
            "proxy-authorization",
            "x-api-key",
            "api-key",
            "cookie",
            "x-anything",
        ] {
            assert_eq!(header(name, "s"), HIDDEN);
        }
        assert_eq!(header("user-agent", "curl/8"), "curl/8");
    }
}

//! A cloud's OpenAPI document as the judge of requests, with their paths, methods, parameters and bodies, and of answers.

use gpupod::simulator::RecordedRequest;
use serde_json::{Value, json};

use super::{fixtures, schema};

pub struct Document(Value);

/// What a path of the document says of one method.
struct Operation<'a> {
    description: &'a Value,
    path: &'a Value,
    /// The path with the names of its parameters in braces.
    template: &'a str,
}

impl Document {
    pub fn of(cloud: &str) -> Document {
        Document(fixtures::read(cloud, "openapi"))
    }

    /// What the document does not allow in a request.
    pub fn mistakes(&self, request: &RecordedRequest) -> Vec<String> {
        let Some(operation) = self.operation(request) else {
            return vec![format!("{} {} is in no document", request.method, request.path)];
        };
        let mut mistakes = self.mistakes_in_path(&operation, &request.path);
        mistakes.extend(self.mistakes_in_query(&operation, &request.query));
        mistakes.extend(self.mistakes_in_body(&operation, &request.body));
        mistakes
    }

    /// What the document does not allow in the answer to a request. A status that it does not name is judged as it says
    /// of all others, and a body that it leaves open is right.
    pub fn mistakes_in_answer(&self, method: &str, path: &str, status: u16, body: &Value) -> Vec<String> {
        let Some(operation) = self.operation_of(method, path) else {
            return vec![format!("{method} {path} is in no document")];
        };
        let responses = &operation.description["responses"];
        let response = responses.get(status.to_string()).or(responses.get("default"));
        let response = match response {
            None => return vec![format!("{method} {path} is not answered with {status}")],
            Some(response) => self.resolved(response),
        };
        match response.pointer("/content/application~1json/schema") {
            None => Vec::new(),
            Some(schema) => schema::mistakes(&self.0, "answer", schema, body),
        }
    }

    fn resolved<'a>(&'a self, response: &'a Value) -> &'a Value {
        let reference = response["$ref"]
            .as_str()
            .and_then(|reference| reference.strip_prefix('#'));
        reference.map_or(response, |pointer| {
            self.0.pointer(pointer).expect("a reference leads to a response")
        })
    }

    fn operation(&self, request: &RecordedRequest) -> Option<Operation<'_>> {
        self.operation_of(&request.method, &request.path)
    }

    fn operation_of(&self, method: &str, path: &str) -> Option<Operation<'_>> {
        let method = method.to_lowercase();
        let is_asked = |template: &str| is_like(path, template);
        self.0["paths"].as_object()?.iter().find_map(|(template, path)| {
            let description = path.get(&method)?;
            is_asked(template).then_some(Operation {
                description,
                path,
                template,
            })
        })
    }

    fn mistakes_in_path(&self, operation: &Operation<'_>, path: &str) -> Vec<String> {
        let pairs = operation.template.split('/').zip(path.split('/'));
        let named = pairs.filter_map(|(name, segment)| Some((name.strip_prefix('{')?.strip_suffix('}')?, segment)));
        named
            .flat_map(|(name, segment)| match operation.parameter("path", name) {
                Some(parameter) => mistakes_in_value(&self.0, parameter, name, segment),
                None => vec![format!("{name} is no parameter of the path")],
            })
            .collect()
    }

    fn mistakes_in_query(&self, operation: &Operation<'_>, query: &str) -> Vec<String> {
        let pairs = query.split('&').filter(|pair| !pair.is_empty());
        let pairs: Vec<(&str, &str)> = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, ""))).collect();
        let values = pairs
            .iter()
            .flat_map(|(name, value)| match operation.parameter("query", name) {
                Some(parameter) => mistakes_in_value(&self.0, parameter, name, value),
                None => vec![format!("{name} is no parameter of the query")],
            });
        let required = operation
            .parameters()
            .filter(|parameter| parameter["required"] == true && parameter["in"] == "query");
        let names = required.filter_map(|parameter| parameter["name"].as_str());
        let missing = names.filter(|name| pairs.iter().all(|(given, _)| given != name));
        values
            .chain(missing.map(|name| format!("{name} is missing from the query")))
            .collect()
    }

    /// Where no body is declared, an empty object says as little as none.
    fn mistakes_in_body(&self, operation: &Operation<'_>, body: &Value) -> Vec<String> {
        let declared = &operation.description["requestBody"];
        match (declared.pointer("/content/application~1json/schema"), body) {
            (None, Value::Null) => Vec::new(),
            (None, body) if *body == json!({}) => Vec::new(),
            (None, body) => vec![format!("a body that no document declares: {body}")],
            (Some(_), Value::Null) if declared["required"] == true => vec!["a body is required".to_owned()],
            (Some(_), Value::Null) => Vec::new(),
            (Some(schema), body) => schema::mistakes(&self.0, "body", schema, body),
        }
    }
}

impl Operation<'_> {
    /// Parameters stand with a method, or with the path for all methods.
    fn parameters(&self) -> impl Iterator<Item = &Value> {
        let lists = [&self.description["parameters"], &self.path["parameters"]];
        lists.into_iter().filter_map(Value::as_array).flatten()
    }

    fn parameter(&self, place: &str, name: &str) -> Option<&Value> {
        self.parameters()
            .find(|parameter| parameter["in"] == place && parameter["name"] == name)
    }
}

fn is_like(path: &str, template: &str) -> bool {
    let (path, template): (Vec<_>, Vec<_>) = (path.split('/').collect(), template.split('/').collect());
    let fits = |(segment, wanted): (&&str, &&str)| wanted.starts_with('{') || segment == wanted;
    path.len() == template.len() && path.iter().zip(&template).all(fits)
}

/// A text that is written as a number is one.
fn read_text(text: &str) -> Value {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    match serde_json::from_str(text) {
        Ok(number) if is_number => number,
        _ => json!(text),
    }
}

/// What stands in for a list, or for any text, is not held against a schema: it may be written in many ways.
fn mistakes_in_value(document: &Value, parameter: &Value, name: &str, value: &str) -> Vec<String> {
    let schema = &parameter["schema"];
    match schema["type"].as_str() {
        Some("array") => Vec::new(),
        Some("string") if schema.get("enum").is_none() => Vec::new(),
        _ => schema::mistakes(document, name, schema, &read_text(value)),
    }
}

fn check(line: &str, body: Value, expected: &[&str]) {
    let (method, target) = line.split_once(' ').expect("a method and a path");
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let request = RecordedRequest {
        number: 1,
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: Default::default(),
        body,
        status: None,
        time: 0,
    };
    assert_eq!(Document::of("yotta").mistakes(&request), expected, "{line}");
}

#[test]
fn a_request_that_the_document_shows_is_right() {
    for name in ["", "-minimal", "-spot"] {
        let body = fixtures::read("yotta", &format!("pod-create-request{name}"));
        check("POST /v2/pods", body, &[]);
    }
    check("GET /v2/pods", Value::Null, &[]);
    check("GET /v2/pods?statusList=RUNNING", Value::Null, &[]);
    check("POST /v2/pods/42/pause", json!({}), &[]);
    for kind in ["s3", "r2", "ceph", "vendor"] {
        let body = fixtures::read("yotta", &format!("volume-create-request-{kind}"));
        check("POST /v2/volumes", body, &[]);
    }
    check("GET /v2/volumes?storageType=R2&page=2&size=100", Value::Null, &[]);
    let body = fixtures::read("yotta", "registry-auth-create-request");
    check("POST /v2/container-registry-auths", body, &[]);
}

#[test]
fn an_answer_is_held_against_the_document() {
    let check = |line: &str, status: u16, body: Value, expected: &[&str]| {
        let (method, path) = line.split_once(' ').expect("a method and a path");
        let document = Document::of("prime_intellect");
        assert_eq!(
            document.mistakes_in_answer(method, path, status, &body),
            expected,
            "{line}"
        );
    };
    let delete = "DELETE /api/v1/pods/42";
    check(delete, 200, json!({"status": "TERMINATED"}), &[]);
    check(delete, 200, json!({}), &["answer: status is missing"]);
    check(delete, 404, json!({"detail": "Pod not found"}), &[]);
    check(
        delete,
        404,
        json!({"detail": 1}),
        &["answer: {\"detail\":1} is like none: [\"answer/detail: 1 is against type \\\"string\\\"\"]"],
    );
    check(delete, 503, json!({"errors": [{"param": "a", "details": "b"}]}), &[]);
    check("PATCH /api/v1/disks/42", 200, json!(7), &[]);
    check(
        "PUT /api/v1/pods/42",
        200,
        json!({}),
        &["PUT /api/v1/pods/42 is in no document"],
    );
}

#[test]
fn a_query_is_held_against_the_document() {
    let check = |query: &str, expected: &[&str]| check(&format!("GET /v2/volumes?{query}"), Value::Null, expected);
    check("page=1", &["storageType is missing from the query"]);
    check("storageType=S3&kind=a", &["kind is no parameter of the query"]);
    check("storageType=S3&page=x", &[r#"page: "x" is against type "integer""#]);
    check(
        "storageType=NFS",
        &[r#"storageType: "NFS" is against enum ["S3","CEPH","VENDOR","R2"]"#],
    );
}

#[test]
fn a_request_that_is_in_no_document_is_a_mistake() {
    check(
        "POST /v2/pods/42/stop",
        Value::Null,
        &["POST /v2/pods/42/stop is in no document"],
    );
    check("PUT /v2/pods/42", Value::Null, &["PUT /v2/pods/42 is in no document"]);
    check("GET /v2/pods/", json!(null), &["id: \"\" is against type \"integer\""]);
    check(
        "GET /v2/pods/mine",
        Value::Null,
        &["id: \"mine\" is against type \"integer\""],
    );
    check(
        "GET /v2/pods?state=a",
        Value::Null,
        &["state is no parameter of the query"],
    );
}

#[test]
fn a_misspelt_field_is_a_mistake() {
    let mut body = fixtures::read("yotta", "pod-create-request-minimal");
    body["gpuCuont"] = body["gpuCount"].take();
    check(
        "POST /v2/pods",
        body,
        &[
            "body/gpuCount: null is against type \"integer\"",
            "body: gpuCuont is in no document",
        ],
    );
    check("POST /v2/pods", Value::Null, &["a body is required"]);
    check(
        "POST /v2/pods/42/pause",
        json!({"now": true}),
        &["a body that no document declares: {\"now\":true}"],
    );
}

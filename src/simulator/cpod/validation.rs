//! Validation of a pod's create: the fields of PodCreateRequest. A field that is not among them is passed over.

use serde_json::{Map, Value};

use super::refusal::{Refusal, mistake};
use crate::simulator::http::Request;

pub(super) type Fields = Map<String, Value>;

struct Field {
    place: &'static [&'static str],
    required: bool,
    kind: Kind,
}

#[derive(Clone, Copy)]
enum Kind {
    Text,
    Number,
    Object,
    /// An object whose values are texts.
    Pairs,
}

const fn required(place: &'static [&'static str], kind: Kind) -> Field {
    Field {
        place,
        required: true,
        kind,
    }
}

const fn optional(place: &'static [&'static str], kind: Kind) -> Field {
    Field {
        place,
        required: false,
        kind,
    }
}

/// The table on the page about pods requires an organization, and its example goes without.
const CREATION: &[Field] = &[
    required(&["workspaceId"], Kind::Text),
    optional(&["organizationId"], Kind::Text),
    required(&["name"], Kind::Text),
    required(&["spec"], Kind::Object),
    required(&["spec", "image"], Kind::Text),
    optional(&["spec", "cpu"], Kind::Text),
    optional(&["spec", "memory"], Kind::Text),
    optional(&["spec", "replicas"], Kind::Number),
    optional(&["spec", "env"], Kind::Pairs),
    optional(&["labels"], Kind::Pairs),
];

/// The fields of a creation without mistakes.
pub(super) fn check(request: &Request) -> Result<Fields, Refusal> {
    let body = request.json().map_err(|_| {
        let found = mistake("json_invalid", &[], "JSON decode error", &Value::Null);
        Refusal::unprocessable(vec![found])
    })?;
    let Value::Object(fields) = &body else {
        let message = "Input should be a valid dictionary";
        let found = mistake("model_attributes_type", &[], message, &body);
        return Err(Refusal::unprocessable(vec![found]));
    };
    let mistakes: Vec<Value> = CREATION.iter().flat_map(|field| field.mistakes(&body)).collect();
    match mistakes.is_empty() {
        true => Ok(fields.clone()),
        false => Err(Refusal::unprocessable(mistakes)),
    }
}

impl Field {
    fn mistakes(&self, body: &Value) -> Vec<Value> {
        let Some((name, above)) = self.place.split_last() else {
            return Vec::new();
        };
        let parent = above.iter().fold(body, |value, name| &value[*name]);
        match parent.get(*name) {
            // What is wrong with the parent is told of the parent.
            _ if !parent.is_object() => Vec::new(),
            None if self.required => vec![mistake("missing", self.place, "Field required", parent)],
            None => Vec::new(),
            Some(Value::Null) if !self.required => Vec::new(),
            Some(value) => self.kind.mistakes(self.place, value),
        }
    }
}

impl Kind {
    fn mistakes(self, place: &[&str], value: &Value) -> Vec<Value> {
        match (self, value) {
            (Kind::Text, Value::String(_)) | (Kind::Number, Value::Number(_)) | (Kind::Object, Value::Object(_)) => {
                Vec::new()
            }
            (Kind::Pairs, Value::Object(pairs)) => pairs
                .iter()
                .flat_map(|(name, value)| Kind::Text.mistakes(&[place, &[name.as_str()]].concat(), value))
                .collect(),
            (Kind::Text, _) => vec![mistake("string_type", place, "Input should be a valid string", value)],
            (Kind::Number, _) => vec![mistake("float_type", place, "Input should be a valid number", value)],
            (Kind::Object | Kind::Pairs, _) => {
                vec![mistake("dict_type", place, "Input should be a valid dictionary", value)]
            }
        }
    }
}

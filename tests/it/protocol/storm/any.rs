//! Random values: of a type, nearly of it, or of none.

use bytes::Bytes;
use fastrand::Rng;
use gpupod::{
    tf::{Number, Object, Type, Value},
    wire::{
        self,
        proto::{DynamicValue, RawState},
    },
};

const STRINGS: [&str; 12] = [
    "",
    "a",
    "running",
    "stopped",
    "CEPH",
    "2Gi",
    "1500m",
    "5m",
    "99999999999999999999h",
    "https://hooks.example/pods",
    "e\u{301}\u{1f980}\u{0}",
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJk9yRkVhQk8d3rWm0s2nYxN5o6vQZb1cHfT7uLpEaGd",
];

const NUMBERS: [&str; 10] = [
    "0",
    "1",
    "2",
    "22",
    "100",
    "-1",
    "0.1",
    "9223372036854775808",
    "-1e400",
    "1e2147483647",
];

/// What makes a thing that a cloud would take, attribute by attribute.
const WORDS: [(&str, &[&str]); 8] = [
    ("cloud", &["yotta", "prime_intellect", "cpod"]),
    (
        "image",
        &["pytorch/pytorch:2.8.0", "ubuntu_22_cuda_12", "custom_template"],
    ),
    ("gpu_type", &["NVIDIA_RTX_4090_24G", "RTX4090_24GB"]),
    ("protocol", &["HTTP", "TCP"]),
    ("storage_type", &["S3", "R2", "CEPH", "VENDOR"]),
    ("region", &["us-east-1"]),
    ("desired_state", &["running", "stopped"]),
    ("mount_path", &["/data"]),
];

/// Things that a cloud makes, by the type of the resource.
pub const SOUND: [(&str, &str); 7] = [
    (
        "gpupod_pod",
        r#"{"cloud":"yotta","name":"a","image":"pytorch/pytorch:2.8.0","gpu_type":"NVIDIA_RTX_4090_24G","gpu_count":1,"expose":[{"port":80,"protocol":"HTTP"}]}"#,
    ),
    (
        "gpupod_pod",
        r#"{"cloud":"prime_intellect","name":"a","image":"ubuntu_22_cuda_12","gpu_type":"RTX4090_24GB","gpu_count":1}"#,
    ),
    (
        "gpupod_pod",
        r#"{"cloud":"cpod","name":"a","image":"python:3.13","cpod":{"cpu":"1","memory":"2Gi","labels":{"a":"b"}}}"#,
    ),
    (
        "gpupod_volume",
        r#"{"cloud":"yotta","name":"a","storage_type":"CEPH","region":"us-east-1","size_in_gb":9}"#,
    ),
    (
        "gpupod_volume",
        r#"{"cloud":"prime_intellect","name":"a","size_in_gb":100,"prime_intellect":{"provider":"primecompute","data_center_id":"EU-CZ-1"}}"#,
    ),
    (
        "gpupod_container_registry_auth",
        r#"{"cloud":"yotta","name":"a","username":"b","password_wo":"c","password_wo_version":1,"type":"ECR"}"#,
    ),
    (
        "gpupod_ssh_key",
        r#"{"cloud":"prime_intellect","name":"a","public_key":"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJk9yRkV"}"#,
    ),
];

/// Makes values; `ids` are those of things that exist.
pub struct Any<'a> {
    pub random: &'a mut Rng,
    pub ids: &'a [String],
}

impl Any<'_> {
    pub fn one<'b>(&mut self, choices: &[&'b str]) -> &'b str {
        self.random.choice(choices).copied().unwrap_or_default()
    }

    pub fn text(&mut self, name: &str) -> String {
        let words = WORDS.iter().find(|(known, _)| *known == name);
        match words {
            Some((_, words)) if self.random.u8(..10) > 0 => self.one(words).to_owned(),
            _ if name.ends_with("id") && self.random.bool() => self.id(),
            _ => self.one(&STRINGS).to_owned(),
        }
    }

    /// Of something that exists, mostly.
    pub fn id(&mut self) -> String {
        match self.random.choice(self.ids) {
            Some(id) if self.random.u8(..4) > 0 => id.clone(),
            _ => "420522713875328001".to_owned(),
        }
    }

    /// An object of a schema, as Terraform could send it.
    pub fn object(&mut self, value_type: &Type) -> Value {
        self.known(value_type, "", 4)
    }

    /// What a cloud would take, with a few attributes changed; `None` if this is no resource.
    pub fn nearly_sound(&mut self, type_name: &str, value_type: &Type) -> Option<Value> {
        let of_type: Vec<&str> = SOUND
            .iter()
            .filter(|(name, _)| *name == type_name)
            .map(|(_, json)| *json)
            .collect();
        let mut value = from_json(self.random.choice(of_type)?, value_type);
        if let (Value::Map(attributes), Type::Object(types)) = (&mut value, value_type) {
            for _ in 0..self.random.usize(..4) {
                let (name, one) = self.random.choice(types)?;
                attributes.insert(name.clone(), self.value(one, name, 3));
            }
        }
        Some(value)
    }

    fn value(&mut self, value_type: &Type, name: &str, depth: u8) -> Value {
        match self.random.u8(..20) {
            0 => Value::Unknown,
            1..=8 if !WORDS.iter().any(|(word, _)| *word == name) => Value::Null,
            _ => self.known(value_type, name, depth),
        }
    }

    fn known(&mut self, value_type: &Type, name: &str, depth: u8) -> Value {
        let inner = depth.saturating_sub(1);
        let length = if depth == 0 { 0 } else { self.random.usize(..3) };
        match value_type {
            Type::Bool => Value::Bool(self.random.bool()),
            Type::Number => self.number(),
            Type::String => self.text(name).as_str().into(),
            Type::Dynamic => Value::Dynamic(Box::new((Type::String, self.text(name).as_str().into()))),
            Type::List(element) => Value::List((0..length).map(|_| self.value(element, name, inner)).collect()),
            Type::Set(element) => Value::set((0..length).map(|_| self.value(element, name, inner)).collect()),
            Type::Map(element) => {
                let elements = (0..length).map(|_| (self.text("key"), self.value(element, name, inner)));
                Value::map(elements)
            }
            Type::Object(types) => {
                let attributes = types
                    .iter()
                    .map(|(name, one)| (name.clone(), self.value(one, name, inner)));
                Value::Map(attributes.collect::<Object>())
            }
            Type::Tuple(types) => Value::List(types.iter().map(|one| self.value(one, name, inner)).collect()),
        }
    }

    fn number(&mut self) -> Value {
        let text = self.one(&NUMBERS);
        Number::parse(text).map_or(Value::Null, Value::Number)
    }

    /// Mostly of the type; else of another, null, broken, or in the other format.
    pub fn dynamic(&mut self, value_type: &Type) -> Option<DynamicValue> {
        match self.random.u8(..12) {
            0 => None,
            1 => Some(encoded(&Value::Null, value_type)),
            2 => Some(encoded(&Value::Unknown, value_type)),
            3 => Some(encoded(&"a".into(), &Type::String)),
            4 => Some(self.broken(value_type)),
            5 => Some(DynamicValue {
                json: self.json(),
                ..Default::default()
            }),
            _ => Some(encoded(&self.object(value_type), value_type)),
        }
    }

    /// The same, and as often nearly sound.
    pub fn resource(&mut self, type_name: &str, value_type: &Type) -> Option<DynamicValue> {
        match self.random.bool() {
            true => self
                .nearly_sound(type_name, value_type)
                .map(|value| encoded(&value, value_type)),
            false => self.dynamic(value_type),
        }
    }

    fn broken(&mut self, value_type: &Type) -> DynamicValue {
        let mut bytes = encoded(&self.object(value_type), value_type).msgpack.to_vec();
        for _ in 0..self.random.usize(1..5) {
            let position = self.random.usize(..bytes.len());
            bytes[position] = self.random.u8(..);
        }
        DynamicValue {
            msgpack: bytes.into(),
            ..Default::default()
        }
    }

    pub fn state(&mut self) -> Option<RawState> {
        let flatmap = [("id".to_owned(), "a".to_owned())];
        match self.random.u8(..6) {
            0 => None,
            1 => Some(RawState {
                flatmap: flatmap.into(),
                ..Default::default()
            }),
            _ => Some(RawState {
                json: self.json(),
                ..Default::default()
            }),
        }
    }

    fn json(&mut self) -> Bytes {
        let texts = [
            "{}",
            "null",
            "[",
            r#"{"name":"a","id":"p-1","gpu_count":1e2147483647}"#,
            r#"{"name":1,"timeouts":{"create":null,"color":"red"}}"#,
            r#"{"expose":[{"port":"80"},{}],"endpoints":{}}"#,
            "\u{feff}{\"id\":\"\\ud800\"}",
        ];
        Bytes::copy_from_slice(self.one(&texts).as_bytes())
    }

    pub fn private(&mut self) -> Bytes {
        let texts = [
            "",
            "{",
            r#"{"is_import":true}"#,
            r#"{"adoptable":["image","prime_intellect.cloud_id","..",""]}"#,
        ];
        match self.random.u8(..5) {
            0 => Bytes::from_iter(std::iter::repeat_with(|| self.random.u8(..)).take(20)),
            _ => Bytes::copy_from_slice(self.one(&texts).as_bytes()),
        }
    }
}

/// What is left out is null.
pub fn from_json(json: &str, value_type: &Type) -> Value {
    let raw = RawState {
        json: Bytes::copy_from_slice(json.as_bytes()),
        ..Default::default()
    };
    wire::decode_state(Some(&raw), value_type).expect("JSON of the type")
}

pub fn encoded(value: &Value, value_type: &Type) -> DynamicValue {
    wire::encode(value, value_type).expect("a value of the type")
}

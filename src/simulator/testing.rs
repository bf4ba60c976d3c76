//! Test bench: the cloud, in process, with a clock that only the test moves.

use serde_json::Value;

use super::cloud::{Cloud, Fates, Quirks, Scene};
use super::http::{Body, Request};

/// 2026-01-01T00:00:00Z.
pub(super) const START: u64 = 1_767_225_600_000;

#[derive(Default)]
pub(super) struct Desk<C> {
    pub cloud: C,
    pub quirks: Quirks,
    pub fates: Fates,
    pub volume_fates: Fates,
    pub now: u64,
}

impl<C: Cloud + Default> Desk<C> {
    /// As the documents have it: nothing else is taken, and ids are numbers where they say so.
    pub fn new() -> Self {
        Self {
            now: START,
            quirks: Quirks {
                strict: true,
                ids_as_numbers: true,
                ..Quirks::default()
            },
            ..Self::default()
        }
    }

    /// As the vendors' clients know the cloud.
    pub fn as_usual() -> Self {
        Self {
            now: START,
            ..Self::default()
        }
    }

    pub fn with_quirks(quirks: Value) -> Self {
        let mut desk = Self::new();
        desk.quirks.merge(quirks).unwrap();
        desk
    }

    /// The HTTP status and the body.
    pub fn answer_to(&mut self, request: &Request) -> (u16, Body) {
        let mut scene = Scene {
            now: self.now,
            quirks: &self.quirks,
            fates: &mut self.fates,
            volume_fates: &mut self.volume_fates,
        };
        let response = self.cloud.answer(request, &mut scene);
        (response.status, response.body)
    }

    pub fn pass(&mut self, seconds: u64) {
        self.now += seconds * 1_000;
        self.cloud.pass(self.now, 1);
    }
}

/// `line` is a method and a path, perhaps with a query; a body that is null is left out.
pub(super) fn request(line: &str, (header, key): (&str, String), body: &Value) -> Request {
    let (method, target) = line.split_once(' ').unwrap();
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let body = match body {
        Value::Null => String::new(),
        body => body.to_string(),
    };
    Request {
        method: method.to_owned(),
        path: path.to_owned(),
        query: query.to_owned(),
        headers: vec![(header.to_owned(), key)],
        body: body.into(),
    }
}

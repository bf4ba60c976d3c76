//! Requests of Yotta's catalogue API, built without I/O.

use reqwest::Method;

use super::api;
use crate::clouds::{
    MachineFilter,
    http::{Idempotency, Request},
};

/// A question, though it is a POST.
pub fn list(filter: &MachineFilter, vendor: Option<&str>, page: u32) -> Request {
    let operation = match vendor {
        Some(vendor) => format!("listing the machines with accelerators of {vendor}"),
        None => "listing the machines".to_owned(),
    };
    Request::new(Method::POST, "/v2/gpu/list", Idempotency::Idempotent, operation)
        .with_json(&api::list_body(filter, vendor, page))
}

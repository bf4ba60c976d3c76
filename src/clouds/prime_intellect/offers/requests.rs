//! Requests of Prime Intellect's availability API, built without I/O.

use reqwest::Method;

use super::api::{self, Row};
use crate::clouds::{
    GpuRequest, PodSpec,
    http::{Idempotency, Request},
    prime_intellect::pages::{PAGE_SIZE, Paged, Place},
};

/// An empty page was seen once although there was stock: emptiness is believed the third time.
const DOUBTS: u32 = 2;

pub fn all() -> Paged<Row, impl Fn(Place) -> Request> {
    listing(|request| request)
}

/// With the GPUs of a pod. Whatever else it asks for, a row is held against here: then it can be told what is missing.
pub fn with_gpu<'a>(spec: &'a PodSpec, gpu: &'a GpuRequest) -> Paged<Row, impl Fn(Place) -> Request + 'a> {
    listing(move |request| {
        let request = request
            .with_query("gpu_type", Some(&gpu.gpu_type))
            .with_query("gpu_count", Some(gpu.count.get()));
        at_disks(spec, request)
    })
}

/// With whichever GPUs. Where a disk can be attached, Prime Intellect alone knows.
pub fn with_disks(spec: &PodSpec) -> Paged<Row, impl Fn(Place) -> Request> {
    listing(move |request| at_disks(spec, request))
}

fn listing(filtered: impl Fn(Request) -> Request) -> Paged<Row, impl Fn(Place) -> Request> {
    Paged {
        request: move |place: Place| {
            let path = "/api/v1/availability/gpus";
            let request = Request::new(Method::GET, path, Idempotency::Idempotent, "listing the offers")
                .with_query("page", Some(place.number))
                .with_query("page_size", Some(PAGE_SIZE));
            filtered(request)
        },
        read: api::page,
        doubts: DOUBTS,
    }
}

fn at_disks(spec: &PodSpec, request: Request) -> Request {
    let disks = spec.volumes.iter().map(|mount| &mount.volume_id);
    disks.fold(request, |request, disk| request.with_query("disks", Some(disk)))
}

//! What is asked of Prime Intellect about its offers, built without sending it.

use reqwest::Method;

use super::api;
use crate::clouds::{
    PodSpec,
    http::{Repeat, Request},
    prime_intellect::pages::{PAGE_SIZE, Paged, Place},
};

/// An empty page was seen once although there was stock: emptiness is believed the third time.
const DOUBTS: u32 = 2;

/// The offers for a pod, as far as Prime Intellect filters them by what identifies a row.
pub fn listing(spec: &PodSpec) -> Paged<impl Fn(Place) -> Request> {
    let gpu = spec.gpu.as_ref();
    Paged {
        request: move |place: Place| {
            let path = "/api/v1/availability/gpus";
            let mut request = Request::new(Method::GET, path, Repeat::Safely, "listing the offers")
                .with_query("page", Some(place.number))
                .with_query("page_size", Some(PAGE_SIZE))
                .with_query("gpu_type", gpu.map(|gpu| &gpu.gpu_type))
                .with_query("gpu_count", gpu.map(|gpu| gpu.count.get()));
            for mount in &spec.volumes {
                request = request.with_query("disks", Some(&mount.volume_id));
            }
            request
        },
        read: api::page,
        doubts: DOUBTS,
    }
}

//! The operations on pods: create, list, get, delete, and the states of many.

use serde_json::{Value, json};

use super::answers::{Outcome, Refusal};
use super::gone;
use super::lifecycle::Stage;
use super::pod::{Machine, Pod};
use super::query::{self, Page};
use super::validation::{self, Creation};
use super::{PrimeIntellect, shown};
use crate::simulator::cloud::{Quirks, Scene};
use crate::simulator::http::Request;
use crate::simulator::passing::Passing;

pub(super) fn create(cloud: &mut PrimeIntellect, request: &Request, scene: &mut Scene<'_>) -> Outcome {
    let creation = Creation::read(request, scene.quirks.reading())?;
    let machine = Machine::new(validation::place(&creation, cloud)?, creation.pod.amounts());
    let number = cloud.made;
    let id = cloud.new_id();
    let pod = Pod::new(
        id,
        number,
        creation.into_asked(number),
        machine,
        scene.fates.next(),
        scene.now,
    );
    let response = shown::pod(&pod, cloud, scene.quirks);
    cloud.pods.push(pod);
    Ok(response)
}

/// What has ended is left out: the documents call it a list of active instances.
pub(super) fn list(cloud: &PrimeIntellect, request: &Request, scene: &Scene<'_>) -> Outcome {
    let page = Page::read(request, scene.quirks)?;
    let living = cloud.pods.iter().filter(|pod| !pod.stage.has_ended());
    Ok(page.of(living.map(|pod| shown::pod(pod, cloud, scene.quirks)).collect()))
}

pub(super) fn get(cloud: &PrimeIntellect, id: &str, scene: &Scene<'_>) -> Outcome {
    find(cloud, id, scene.quirks).map(|pod| shown::pod(pod, cloud, scene.quirks))
}

/// A second one changes nothing, as was seen.
pub(super) fn delete(cloud: &mut PrimeIntellect, id: &str, scene: &Scene<'_>) -> Outcome {
    let known = cloud.pods.iter_mut().find(|pod| pod.id == id);
    let pod = known
        .filter(|pod| pod.is_told(scene.quirks))
        .ok_or_else(|| gone::missing("Pod", scene.quirks))?;
    if pod.stage != Stage::Deleting && !pod.stage.has_ended() {
        pod.enter(Stage::Deleting, scene.now);
    }
    Ok(json!({"status": pod.stage.status()}))
}

/// Pods that are not there are left out, which is inferred from how clients take an empty list.
pub(super) fn statuses(cloud: &PrimeIntellect, request: &Request, scene: &Scene<'_>) -> Outcome {
    let ids = query::texts(request, "pod_ids");
    let pods = ids.iter().filter_map(|id| find(cloud, id, scene.quirks).ok());
    let rows: Vec<Value> = pods.map(|pod| shown::status(pod, scene.quirks)).collect();
    Ok(json!({"data": rows, "status": null}))
}

pub(super) fn find<'a>(cloud: &'a PrimeIntellect, id: &str, quirks: &Quirks) -> Result<&'a Pod, Refusal> {
    let known = cloud.pods.iter().find(|pod| pod.id == id);
    known
        .filter(|pod| pod.is_told(quirks))
        .ok_or_else(|| gone::missing("Pod", quirks))
}

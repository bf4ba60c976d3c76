//! The operations on one pod: create, get, start, stop, delete.

use super::lifecycle::Status;
use super::pod::Pod;
use super::refusal::{Outcome, Refusal};
use super::{Cpod, shown, validation};
use crate::simulator::cloud::{GoneAs, Quirks, Scene};
use crate::simulator::http::{Body, Request, Response};
use crate::simulator::passing::Passing;

pub(super) fn create(cpod: &mut Cpod, request: &Request, scene: &mut Scene<'_>) -> Outcome {
    let asked = validation::check(request)?;
    let pod = Pod::new(cpod.new_id(), asked, scene.fates.next(), scene.now);
    let response = Response::json(201, shown::pod(&pod, scene.quirks));
    cpod.pods.insert(pod.id.clone(), pod);
    Ok(response)
}

pub(super) fn get(cpod: &mut Cpod, id: &str, scene: &Scene<'_>) -> Outcome {
    find(cpod, id, scene.quirks).map(|pod| answer(pod, scene))
}

pub(super) fn start(cpod: &mut Cpod, id: &str, scene: &Scene<'_>) -> Outcome {
    let pod = find_in(cpod, id, &[Status::Stopped], scene.quirks)?;
    pod.enter(Status::Provisioning, scene.now);
    Ok(answer(pod, scene))
}

/// Whether a pod that does not run yet can be stopped, no document says.
pub(super) fn stop(cpod: &mut Cpod, id: &str, scene: &Scene<'_>) -> Outcome {
    let pod = find_in(cpod, id, &[Status::Running], scene.quirks)?;
    pod.enter(Status::Stopping, scene.now);
    Ok(answer(pod, scene))
}

pub(super) fn delete(cpod: &mut Cpod, id: &str, scene: &Scene<'_>) -> Outcome {
    let pod = find_in(cpod, id, &[Status::Stopped, Status::Failed], scene.quirks)?;
    pod.enter(Status::Gone, scene.now);
    cpod.sweep();
    Ok(Response {
        status: 204,
        headers: Vec::new(),
        body: Body::Text(String::new()),
    })
}

fn answer(pod: &Pod, scene: &Scene<'_>) -> Response {
    Response::json(200, shown::pod(pod, scene.quirks))
}

fn find<'a>(cpod: &'a mut Cpod, id: &str, quirks: &Quirks) -> Result<&'a mut Pod, Refusal> {
    cpod.pods.get_mut(id).ok_or_else(|| match quirks.gone_as {
        Some(GoneAs::Absent) => Refusal::unsigned_absence(),
        // There is no status for a pod that has ended.
        None | Some(GoneAs::Terminated | GoneAs::NotFound) => Refusal::new(404, "Pod not found"),
    })
}

/// Refused in any other state than one of these.
fn find_in<'a>(cpod: &'a mut Cpod, id: &str, states: &[Status], quirks: &Quirks) -> Result<&'a mut Pod, Refusal> {
    let pod = find(cpod, id, quirks)?;
    if states.contains(&pod.status) {
        return Ok(pod);
    }
    let allowed: Vec<&str> = states.iter().map(|status| status.word()).collect();
    let detail = format!("The pod is {}, not {}", pod.status.word(), allowed.join(" or "));
    Err(Refusal::new(409, detail))
}

//! The operations on disks: create, list, get, rename, delete, and what pods need to know of them.

mod validation;

mod lifecycle;

mod volume;

mod shown;

use serde_json::{Value, json};

use self::lifecycle::Stage;
use self::volume::Label;
pub(super) use self::volume::Volume;
use super::answers::{Outcome, Refusal};
use super::catalogue::Offer;
use super::query::Page;
use super::{PrimeIntellect, gone};
use crate::simulator::cloud::{Quirks, Scene};
use crate::simulator::http::Request;
use crate::simulator::passing::Passing;

pub(super) fn create(cloud: &mut PrimeIntellect, request: &Request, scene: &mut Scene<'_>) -> Outcome {
    let creation = validation::creation(request, scene.quirks.reading())?;
    let offer = validation::place(&creation)?;
    let number = cloud.made;
    let label = Label {
        id: cloud.new_id(),
        name: creation.volume.name.unwrap_or_else(|| format!("disk-{number}")),
        team_id: creation.team.map(|team| team.id),
    };
    let volume = Volume::new(label, creation.volume.size, offer, scene.volume_fates.next(), scene.now);
    let response = answer(cloud, &volume);
    cloud.volumes.push(volume);
    Ok(response)
}

pub(super) fn list(cloud: &PrimeIntellect, request: &Request, scene: &Scene<'_>) -> Outcome {
    let page = Page::read(request, scene.quirks)?;
    let living = cloud.volumes.iter().filter(|volume| !volume.stage.has_ended());
    Ok(page.of(living.map(|volume| answer(cloud, volume)).collect()))
}

pub(super) fn get(cloud: &PrimeIntellect, id: &str, scene: &Scene<'_>) -> Outcome {
    let volume = cloud.volumes.iter().find(|volume| volume.id == id);
    volume
        .filter(|volume| volume.is_told(scene.quirks))
        .map(|volume| answer(cloud, volume))
        .ok_or_else(|| gone::missing("Disk", scene.quirks))
}

/// The official CLI reads no more than the name of the answer.
pub(super) fn rename(cloud: &mut PrimeIntellect, id: &str, request: &Request, scene: &Scene<'_>) -> Outcome {
    let name = validation::name(request, scene.quirks.reading())?;
    find_mut(cloud, id, scene.quirks)?.rename(name.clone());
    Ok(json!({ "name": name }))
}

/// Whether a disk in use can be deleted is in no document; here it cannot, for that would take it from a pod.
pub(super) fn delete(cloud: &mut PrimeIntellect, id: &str, scene: &Scene<'_>) -> Outcome {
    let is_used = !pods_of(cloud, id).is_empty();
    let volume = find_mut(cloud, id, scene.quirks)?;
    if is_used {
        return Err(Refusal::detail(409, "Disk is attached to a pod"));
    }
    if volume.stage != Stage::Deleting && !volume.stage.has_ended() {
        volume.enter(Stage::Deleting, scene.now);
    }
    Ok(json!({"status": volume.stage.status()}))
}

/// A disk that has not ended.
pub(super) fn known<'a>(cloud: &'a PrimeIntellect, id: &str) -> Option<&'a Volume> {
    cloud
        .volumes
        .iter()
        .find(|volume| volume.id == id && !volume.stage.has_ended())
}

/// Refuses to a pod disks that it cannot use. The rules are the documents', the texts are made up.
pub(super) fn require_attachable(ids: &[String], offer: &Offer, cloud: &PrimeIntellect) -> Result<(), Refusal> {
    ids.iter().try_for_each(|id| {
        let Some(volume) = known(cloud, id) else {
            return Err(Refusal::detail(404, format!("Disk {id} not found")));
        };
        let is_taken = !volume.is_multinode && !pods_of(cloud, id).is_empty();
        let refused = [
            (volume.stage != Stage::Active, "is not ACTIVE"),
            (!volume.is_beside(offer), "is not where the pod will be"),
            (is_taken, "is attached to another pod"),
        ];
        match refused.iter().find(|(is_refused, _)| *is_refused) {
            Some((_, why)) => Err(Refusal::detail(400, format!("Disk {id} {why}"))),
            None => Ok(()),
        }
    })
}

/// For people; `None` once it has ended.
pub(super) fn summary(cloud: &PrimeIntellect, volume: &Volume) -> Option<Value> {
    let is_living = !volume.stage.has_ended();
    is_living.then(|| {
        json!({
            "id": volume.id,
            "name": volume.name(),
            "status": volume.stage.status(),
            "size": volume.size,
            "pods": pods_of(cloud, &volume.id),
        })
    })
}

fn answer(cloud: &PrimeIntellect, volume: &Volume) -> Value {
    shown::volume(volume, &pods_of(cloud, &volume.id))
}

/// Looked up afresh each time, so that it is right however a pod came to its end.
fn pods_of<'a>(cloud: &'a PrimeIntellect, id: &str) -> Vec<&'a str> {
    let pods = cloud.pods.iter().filter(|pod| !pod.stage.has_ended());
    let users = pods.filter(|pod| pod.asked.disks.iter().any(|volume| volume == id));
    users.map(|pod| pod.id.as_str()).collect()
}

fn find_mut<'a>(cloud: &'a mut PrimeIntellect, id: &str, quirks: &Quirks) -> Result<&'a mut Volume, Refusal> {
    let volume = cloud.volumes.iter_mut().find(|volume| volume.id == id);
    volume
        .filter(|volume| volume.is_told(quirks))
        .ok_or_else(|| gone::missing("Disk", quirks))
}

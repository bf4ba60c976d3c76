//! The operations on disks: create, list, get, rename, delete, and what pods need to know of them.

mod order;

mod lifecycle;

mod disk;

mod shown;

use serde_json::{Value, json};

pub(super) use self::disk::Disk;
use self::disk::Label;
use self::lifecycle::Stage;
use super::answers::{Outcome, Refusal};
use super::catalogue::Offer;
use super::query::Page;
use super::{PrimeIntellect, gone};
use crate::simulator::cloud::{Quirks, Scene};
use crate::simulator::http::Request;
use crate::simulator::passing::Passing;

pub(super) fn create(cloud: &mut PrimeIntellect, request: &Request, scene: &mut Scene<'_>) -> Outcome {
    let creation = order::creation(request, scene.quirks.reading())?;
    let offer = order::place(&creation)?;
    let number = cloud.made;
    let label = Label {
        id: cloud.new_id(),
        name: creation.disk.name.unwrap_or_else(|| format!("disk-{number}")),
        team_id: creation.team.map(|team| team.id),
    };
    let disk = Disk::new(label, creation.disk.size, offer, scene.volume_fates.next(), scene.now);
    let response = answer(cloud, &disk);
    cloud.disks.push(disk);
    Ok(response)
}

pub(super) fn list(cloud: &PrimeIntellect, request: &Request, scene: &Scene<'_>) -> Outcome {
    let page = Page::read(request, scene.quirks)?;
    let living = cloud.disks.iter().filter(|disk| !disk.stage.has_ended());
    Ok(page.of(living.map(|disk| answer(cloud, disk)).collect()))
}

pub(super) fn get(cloud: &PrimeIntellect, id: &str, scene: &Scene<'_>) -> Outcome {
    let disk = cloud.disks.iter().find(|disk| disk.id == id);
    disk.filter(|disk| disk.is_told(scene.quirks))
        .map(|disk| answer(cloud, disk))
        .ok_or_else(|| gone::missing("Disk", scene.quirks))
}

/// The official CLI reads no more than the name of the answer.
pub(super) fn rename(cloud: &mut PrimeIntellect, id: &str, request: &Request, scene: &Scene<'_>) -> Outcome {
    let name = order::name(request, scene.quirks.reading())?;
    find_mut(cloud, id, scene.quirks)?.rename(name.clone());
    Ok(json!({ "name": name }))
}

/// Whether a disk in use can be deleted is in no document; here it cannot, for that would take it from a pod.
pub(super) fn delete(cloud: &mut PrimeIntellect, id: &str, scene: &Scene<'_>) -> Outcome {
    let is_used = !pods_of(cloud, id).is_empty();
    let disk = find_mut(cloud, id, scene.quirks)?;
    if is_used {
        return Err(Refusal::detail(409, "Disk is attached to a pod"));
    }
    if disk.stage != Stage::Deleting && !disk.stage.has_ended() {
        disk.enter(Stage::Deleting, scene.now);
    }
    Ok(json!({"status": disk.stage.status()}))
}

/// A disk that has not ended.
pub(super) fn known<'a>(cloud: &'a PrimeIntellect, id: &str) -> Option<&'a Disk> {
    cloud.disks.iter().find(|disk| disk.id == id && !disk.stage.has_ended())
}

/// Refuses to a pod disks that it cannot use. The rules are the documents', the texts are made up.
pub(super) fn require_attachable(ids: &[String], offer: &Offer, cloud: &PrimeIntellect) -> Result<(), Refusal> {
    ids.iter().try_for_each(|id| {
        let Some(disk) = known(cloud, id) else {
            return Err(Refusal::detail(404, format!("Disk {id} not found")));
        };
        let is_taken = !disk.is_multinode && !pods_of(cloud, id).is_empty();
        let refused = [
            (disk.stage != Stage::Active, "is not ACTIVE"),
            (!disk.is_beside(offer), "is not where the pod will be"),
            (is_taken, "is attached to another pod"),
        ];
        match refused.iter().find(|(is_refused, _)| *is_refused) {
            Some((_, why)) => Err(Refusal::detail(400, format!("Disk {id} {why}"))),
            None => Ok(()),
        }
    })
}

/// For people; `None` once it has ended.
pub(super) fn summary(cloud: &PrimeIntellect, disk: &Disk) -> Option<Value> {
    let is_living = !disk.stage.has_ended();
    is_living.then(|| {
        json!({
            "id": disk.id,
            "name": disk.name(),
            "status": disk.stage.status(),
            "size": disk.size,
            "pods": pods_of(cloud, &disk.id),
        })
    })
}

fn answer(cloud: &PrimeIntellect, disk: &Disk) -> Value {
    shown::disk(disk, &pods_of(cloud, &disk.id))
}

/// Looked up afresh each time, so that it is right however a pod came to its end.
fn pods_of<'a>(cloud: &'a PrimeIntellect, id: &str) -> Vec<&'a str> {
    let pods = cloud.pods.iter().filter(|pod| !pod.stage.has_ended());
    let users = pods.filter(|pod| pod.asked.disks.iter().any(|disk| disk == id));
    users.map(|pod| pod.id.as_str()).collect()
}

fn find_mut<'a>(cloud: &'a mut PrimeIntellect, id: &str, quirks: &Quirks) -> Result<&'a mut Disk, Refusal> {
    let disk = cloud.disks.iter_mut().find(|disk| disk.id == id);
    disk.filter(|disk| disk.is_told(quirks))
        .ok_or_else(|| gone::missing("Disk", quirks))
}

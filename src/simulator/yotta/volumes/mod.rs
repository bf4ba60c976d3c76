//! The operations on volumes: create, list, get, delete, rename, resize, and what pods need to know of them.

mod validation;

mod lifecycle;

mod volume;

mod shown;

use serde_json::{Value, json};

pub(super) use self::lifecycle::Status;
use self::validation::STORAGE_TYPES;
pub(super) use self::volume::Volume;
use super::envelope::{NO_RECORD, Outcome, Refusal, WRONG_STATE};
use super::pages::{self, MOST_SIZE, Page};
use super::validation::{Fields, elements};
use super::{Yotta, parse_id};
use crate::simulator::cloud::{GoneAs, Quirks, Scene};
use crate::simulator::http::Request;
use crate::simulator::limits::Reading;
use crate::simulator::passing::Passing;

pub(super) fn create(yotta: &mut Yotta, request: &Request, scene: &mut Scene<'_>) -> Outcome {
    let asked = validation::creation(request, scene.quirks.reading())?;
    let volume = Volume::new(yotta.new_id(), asked, scene.volume_fates.next(), scene.now);
    let response = answer(yotta, &volume, scene);
    yotta.volumes.insert(volume.id, volume);
    Ok(response)
}

pub(super) fn list(yotta: &Yotta, request: &Request, scene: &Scene<'_>) -> Outcome {
    let filter = Filter::read(request, scene.quirks.reading())?;
    let volumes = yotta.volumes.values().filter(|volume| filter.keeps(volume));
    let items = volumes.map(|volume| answer(yotta, volume, scene)).collect();
    Ok(Page::new(filter.page, filter.size, scene.quirks).of(items))
}

pub(super) fn get(yotta: &Yotta, id: &str, scene: &Scene<'_>) -> Outcome {
    find(yotta, id, scene.quirks).map(|volume| answer(yotta, volume, scene))
}

/// The guide forbids it for a mounted volume only.
pub(super) fn delete(yotta: &mut Yotta, id: &str, scene: &Scene<'_>) -> Outcome {
    require_unmounted(yotta, find(yotta, id, scene.quirks)?, scene.quirks)?;
    let volume = find_mut(yotta, id, scene.quirks)?;
    if volume.status != Status::Deleting {
        volume.enter(Status::Deleting, scene.now);
    }
    // The guide's example; a resize has null there.
    Ok(json!(true))
}

pub(super) fn rename(yotta: &mut Yotta, id: &str, request: &Request, scene: &Scene<'_>) -> Outcome {
    let name = validation::name(request, scene.quirks.reading())?;
    find_mut(yotta, id, scene.quirks)?.rename(name);
    get(yotta, id, scene)
}

pub(super) fn resize(yotta: &mut Yotta, id: &str, request: &Request, scene: &Scene<'_>) -> Outcome {
    let size = validation::size(request, scene.quirks.reading())?;
    let volume = find(yotta, id, scene.quirks)?;
    validation::check_growth(volume, size)?;
    if volume.status != Status::Active {
        let message = format!("the volume is {}, not active", volume.status.word());
        return Err(conflict(message, scene.quirks));
    }
    require_unmounted(yotta, volume, scene.quirks)?;
    find_mut(yotta, id, scene.quirks)?.grow(size, scene.now);
    Ok(Value::Null)
}

/// Whether every volume that a pod's creation names exists.
pub(super) fn are_known(pod: &Fields, yotta: &Yotta) -> bool {
    elements(pod, "volumes")
        .iter()
        .all(|mount| mounted(mount, yotta).is_some())
}

/// Refuses a pod's creation that names a volume which is not ready or about to go.
pub(super) fn require_active(pod: &Fields, yotta: &Yotta) -> Result<(), Refusal> {
    let mut volumes = elements(pod, "volumes")
        .iter()
        .filter_map(|mount| mounted(mount, yotta));
    volumes
        .find(|volume| volume.status != Status::Active)
        .map_or(Ok(()), |volume| {
            let message = format!("volume {} is {}, not active", volume.id, volume.status.word());
            Err(Refusal::new(WRONG_STATE, message))
        })
}

/// For people.
pub(super) fn summary(yotta: &Yotta, volume: &Volume) -> Value {
    json!({
        "id": volume.id.to_string(),
        "name": volume.name(),
        "storage_type": volume.storage_type(),
        "status": volume.status.word(),
        "mount_count": mount_count(yotta, volume),
    })
}

fn mounted<'a>(mount: &Value, yotta: &'a Yotta) -> Option<&'a Volume> {
    yotta.volumes.get(&mount["id"].as_str()?.parse().ok()?)
}

/// Counted afresh each time, so that it is right however a pod came to its end. Until then a pod holds its volumes,
/// also while it is paused, has failed or is terminating.
fn mount_count(yotta: &Yotta, volume: &Volume) -> usize {
    let pods = yotta.pods.values().filter(|pod| !pod.status.has_ended());
    let mounts = pods.flat_map(|pod| elements(&pod.asked, "volumes"));
    mounts
        .filter_map(|mount| mounted(mount, yotta))
        .filter(|mounted| mounted.id == volume.id)
        .count()
}

fn answer(yotta: &Yotta, volume: &Volume, scene: &Scene<'_>) -> Value {
    shown::volume(volume, mount_count(yotta, volume), scene)
}

fn find<'a>(yotta: &'a Yotta, id: &str, quirks: &Quirks) -> Result<&'a Volume, Refusal> {
    yotta.volumes.get(&parse_id(id)?).ok_or_else(|| missing(quirks))
}

fn find_mut<'a>(yotta: &'a mut Yotta, id: &str, quirks: &Quirks) -> Result<&'a mut Volume, Refusal> {
    yotta.volumes.get_mut(&parse_id(id)?).ok_or_else(|| missing(quirks))
}

/// The code is inferred from the guide's table: no document names one for volumes. The official specification of the
/// SDK has HTTP 404.
fn missing(quirks: &Quirks) -> Refusal {
    let http = if quirks.gone_as == Some(GoneAs::Absent) {
        404
    } else {
        200
    };
    Refusal::over_http(http, NO_RECORD, "the volume does not exist")
}

fn require_unmounted(yotta: &Yotta, volume: &Volume, quirks: &Quirks) -> Result<(), Refusal> {
    match mount_count(yotta, volume) {
        0 => Ok(()),
        count => Err(conflict(
            format!("the volume is mounted, mountCount is {count}"),
            quirks,
        )),
    }
}

/// The code is inferred from the guide's table; the official specification of the SDK has HTTP 409.
fn conflict(message: String, quirks: &Quirks) -> Refusal {
    let http = if quirks.conflict_over_http { 409 } else { 200 };
    Refusal::over_http(http, WRONG_STATE, message)
}

#[derive(Default)]
struct Filter {
    page: Option<i64>,
    size: Option<i64>,
    storage_type: Option<String>,
    region: Option<String>,
}

impl Filter {
    fn read(request: &Request, reading: Reading) -> Result<Filter, Refusal> {
        let mut filter = Filter::default();
        for (name, value) in request.query_pairs() {
            match name.as_str() {
                "page" => filter.page = Some(pages::parse(&name, &value, i64::MAX)?),
                "size" => filter.size = Some(pages::parse(&name, &value, MOST_SIZE)?),
                "storageType" if STORAGE_TYPES.contains(&value.as_str()) => filter.storage_type = Some(value),
                "storageType" => return Err(Refusal::invalid(format!("storageType: {value} is no kind of storage"))),
                "region" => filter.region = Some(value),
                _ if reading == Reading::Lenient => {}
                _ => return Err(Refusal::invalid(format!("{name}: unknown parameter"))),
            }
        }
        Ok(filter)
    }

    /// The guide requires `storageType`, but the reference's parameters could not be read: left out, every kind is kept.
    fn keeps(&self, volume: &Volume) -> bool {
        let storage_type = self.storage_type.as_deref();
        let region = self.region.as_deref();
        storage_type.is_none_or(|storage_type| storage_type == volume.storage_type())
            && region.is_none_or(|region| volume.region() == Some(region))
    }
}

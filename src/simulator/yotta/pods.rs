//! The operations on pods: create, list, get, delete, pause, resume.

use serde_json::{Value, json};

use super::envelope::{NO_POD, Outcome, Refusal, WRONG_STATE};
use super::lifecycle::{Status, WORDS};
use super::pod::{Machine, Pod};
use super::{Yotta, parse_id, shown, validation};
use crate::simulator::cloud::{GoneAs, Quirks, Scene};
use crate::simulator::http::Request;
use crate::simulator::limits::Reading;
use crate::simulator::passing::Passing;

pub(super) fn create(yotta: &mut Yotta, request: &Request, scene: &mut Scene<'_>) -> Outcome {
    let body = request.json().map_err(Refusal::invalid)?;
    let asked = validation::check(&body, yotta, scene.quirks.reading())?;
    let machine = Machine::new(validation::place(&asked)?, &asked);
    let auth = validation::auth_id(&asked).and_then(|id| yotta.registry_auths.get(&id));
    let registry_username = auth.map(|auth| auth.username.clone());
    let id = yotta.new_id();
    let mut pod = Pod::new(id, asked, machine, scene.fates.next(), scene.now);
    pod.registry_username = registry_username;
    let response = shown::pod(&pod, scene.quirks);
    yotta.pods.insert(id, pod);
    Ok(response)
}

/// Without a filter for the status, what has ended is left out.
pub(super) fn list(yotta: &Yotta, request: &Request, scene: &Scene<'_>) -> Outcome {
    let filter = Filter::read(request, scene.quirks.reading())?;
    let pods = yotta
        .pods
        .values()
        .filter(|pod| pod.is_visible(scene.quirks) && filter.keeps(pod));
    Ok(pods.map(|pod| shown::pod(pod, scene.quirks)).collect())
}

pub(super) fn get(yotta: &mut Yotta, id: &str, scene: &Scene<'_>) -> Outcome {
    find(yotta, id, scene.quirks).map(|pod| shown::pod(pod, scene.quirks))
}

/// No document names a state in which this is refused.
pub(super) fn delete(yotta: &mut Yotta, id: &str, scene: &Scene<'_>) -> Outcome {
    let pod = find(yotta, id, scene.quirks)?;
    if pod.status != Status::Terminating && !pod.status.has_ended() {
        pod.enter(Status::Terminating, scene.now);
    }
    Ok(Value::Null)
}

pub(super) fn pause(yotta: &mut Yotta, id: &str, scene: &Scene<'_>) -> Outcome {
    let pod = find_in(yotta, id, Status::Running, scene.quirks)?;
    pod.wants_to_run = false;
    pod.enter(Status::Pausing, scene.now);
    Ok(Value::Null)
}

pub(super) fn resume(yotta: &mut Yotta, id: &str, scene: &Scene<'_>) -> Outcome {
    let pod = find_in(yotta, id, Status::Paused, scene.quirks)?;
    pod.wants_to_run = true;
    pod.enter(Status::Preparing, scene.now);
    Ok(Value::Null)
}

pub(super) fn find<'a>(yotta: &'a mut Yotta, id: &str, quirks: &Quirks) -> Result<&'a mut Pod, Refusal> {
    let pod = yotta.pods.get_mut(&parse_id(id)?);
    pod.filter(|pod| pod.is_visible(quirks)).ok_or_else(|| {
        let http = if quirks.gone_as == Some(GoneAs::Absent) {
            404
        } else {
            200
        };
        Refusal::over_http(http, NO_POD, "pod not found")
    })
}

fn find_in<'a>(yotta: &'a mut Yotta, id: &str, status: Status, quirks: &Quirks) -> Result<&'a mut Pod, Refusal> {
    let pod = find(yotta, id, quirks)?;
    if pod.status == status {
        Ok(pod)
    } else {
        let message = format!("the pod is {}, not {}", pod.status.word(), status.word());
        Err(Refusal::new(WRONG_STATE, message))
    }
}

#[derive(Default)]
struct Filter {
    regions: Vec<Value>,
    statuses: Vec<Value>,
}

/// The words of a status that is given as the number of the first version's API, as the vendor's SDK gives it. It has
/// none for the states before a pod runs but one.
fn with_numbers(status: &str) -> Vec<Value> {
    let words: &[&str] = match status {
        "" => &[],
        "0" => &["PENDING", "PREPARING", "INITIALIZING"],
        "1" => &["RUNNING"],
        "2" => &["PAUSING"],
        "3" => &["PAUSED"],
        "4" => &["TERMINATING"],
        // Missing in what is known of the numbers, as is this state.
        "5" => &["TERMINATED"],
        "6" => &["FAILED"],
        word => return vec![json!(word)],
    };
    words.iter().map(|word| json!(word)).collect()
}

impl Filter {
    /// The reference repeats a parameter, the guide joins its values with commas: both are taken.
    fn read(request: &Request, reading: Reading) -> Result<Filter, Refusal> {
        let mut filter = Filter::default();
        for (name, joined) in request.query_pairs() {
            let values = joined
                .split(',')
                .filter(|value| !value.is_empty())
                .map(|value| json!(value));
            match name.as_str() {
                "regionList" => filter.regions.extend(values),
                "statusList" if reading == Reading::Lenient => {
                    filter.statuses.extend(joined.split(',').flat_map(with_numbers));
                }
                "statusList" => filter.statuses.extend(values),
                _ if reading == Reading::Lenient => {}
                _ => return Err(Refusal::invalid(format!("{name}: unknown parameter"))),
            }
        }
        let unknown = filter
            .statuses
            .iter()
            .find(|status| !WORDS.iter().any(|word| *status == word));
        unknown.map_or(Ok(()), |status| {
            Err(Refusal::invalid(format!("statusList: {status} is no status")))
        })?;
        Ok(filter)
    }

    fn keeps(&self, pod: &Pod) -> bool {
        let is_wanted = match self.statuses.as_slice() {
            [] => !pod.status.has_ended(),
            statuses => statuses.iter().any(|status| status == pod.status.word()),
        };
        is_wanted && (self.regions.is_empty() || self.regions.iter().any(|region| *region == pod.machine.region))
    }
}

//! Orders a pod once, and finds it again if the cloud's answer was lost.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use tokio::sync::{Mutex as AsyncMutex, OnceCell};
use tracing::warn;

use crate::{
    clouds::{Cloud, Error, Pod, PodId, PodSpec},
    resources::{failure, session::Session},
    tf::{Context, Diagnostics, Path},
};

/// The pods of this run, by cloud: what was there before its first order, and what it has made since.
///
/// An answer that was lost leaves open whether there is a pod. It is found by its name among the pods that were neither
/// there before nor made by anybody else in this run. Orders under one name wait for each other, so that the answer of
/// one is never taken for that of another.
#[derive(Default)]
pub struct Ledger {
    clouds: Mutex<BTreeMap<&'static str, Arc<Entries>>>,
}

#[derive(Default)]
struct Entries {
    /// `None` if the list could not be read: then nothing that is found later can be told from what was there.
    before: OnceCell<Option<BTreeSet<PodId>>>,
    made: Mutex<BTreeSet<PodId>>,
    names: Mutex<BTreeMap<String, Arc<AsyncMutex<()>>>>,
}

/// A list may lag behind: after a lost answer it is read so many times before the pod is believed not to exist.
const LOOKS: u32 = 3;

/// Orders a pod. What comes back exists and is ours.
pub async fn order(cx: &Context<Session>, cloud: &dyn Cloud, spec: &PodSpec) -> Result<Pod, Diagnostics> {
    let entries = cx.session.ledger.of(cloud);
    let name = entries.name(spec.name.as_str());
    let _turn = name.lock().await;
    let before = entries.before.get_or_init(|| ids(cloud)).await;
    if cx.stop.is_cancelled() {
        return Err(nothing_ordered());
    }
    let pod = match cloud.create_pod(spec).await {
        Ok(pod) => pod,
        Err(error) if error.kind.proves_nothing_was_done() => {
            return Err(failure::diagnostics("The pod was not made", &error));
        }
        Err(error) => find(cx, cloud, spec, before.as_ref(), &entries, &error).await?,
    };
    entries.note(pod.id.clone());
    Ok(pod)
}

/// The pod whose answer was lost.
async fn find(
    cx: &Context<Session>,
    cloud: &dyn Cloud,
    spec: &PodSpec,
    before: Option<&BTreeSet<PodId>>,
    entries: &Entries,
    lost: &Error,
) -> Result<Pod, Diagnostics> {
    warn!(
        cloud = cloud.capabilities().name,
        name = spec.name.as_str(),
        "the answer to an order was lost, looking for the pod"
    );
    for look in 1..=LOOKS {
        let mut candidates = match cloud.pods().await {
            Ok(pods) => candidates(pods, spec, before, entries),
            Err(error) => return Err(cannot_tell(cloud, spec, lost, &failure::told(&error))),
        };
        match (candidates.pop(), candidates.is_empty(), before) {
            (Some(pod), true, Some(_)) => return Ok(adopted(cx, spec, pod, lost)),
            (Some(pod), _, _) => {
                candidates.push(pod);
                return Err(several(cloud, spec, lost, &candidates));
            }
            (None, _, _) if look < LOOKS => tokio::time::sleep(cx.session.poll_interval).await,
            (None, _, _) => {}
        }
    }
    Err(not_found(lost))
}

/// The pods that may be the one that was ordered.
fn candidates(pods: Vec<Pod>, spec: &PodSpec, before: Option<&BTreeSet<PodId>>, entries: &Entries) -> Vec<Pod> {
    let was_there = |pod: &Pod| before.is_some_and(|before| before.contains(&pod.id));
    let has_name = |pod: &Pod| pod.observed.name.as_deref() == Some(spec.name.as_str());
    pods.into_iter()
        .filter(|pod| has_name(pod) && !was_there(pod) && !entries.has_made(&pod.id))
        .collect()
}

async fn ids(cloud: &dyn Cloud) -> Option<BTreeSet<PodId>> {
    let pods = cloud.pods().await;
    pods.ok().map(|pods| pods.into_iter().map(|pod| pod.id).collect())
}

impl Ledger {
    fn of(&self, cloud: &dyn Cloud) -> Arc<Entries> {
        let mut clouds = self.clouds.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(clouds.entry(cloud.capabilities().name).or_default())
    }
}

impl Entries {
    fn name(&self, name: &str) -> Arc<AsyncMutex<()>> {
        let mut names = self.names.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(names.entry(name.to_owned()).or_default())
    }

    fn note(&self, id: PodId) {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).insert(id);
    }

    fn has_made(&self, id: &PodId) -> bool {
        self.made.lock().unwrap_or_else(PoisonError::into_inner).contains(id)
    }
}

fn adopted(cx: &Context<Session>, spec: &PodSpec, pod: Pod, lost: &Error) -> Pod {
    let detail = format!(
        "{}\n\nThe pod {} has the name {:?} and was not there before: it is the one that was ordered, and the run goes \
         on with it.",
        failure::told(lost),
        pod.id,
        spec.name.as_str()
    );
    cx.warn(
        Path::root(),
        "The cloud's answer was lost, and the pod was found",
        detail,
    );
    pod
}

fn nothing_ordered() -> Diagnostics {
    let detail = "The run was interrupted before the pod was ordered. Nothing was made.";
    Diagnostics::of_error(Path::root(), "Interrupted", detail)
}

fn not_found(lost: &Error) -> Diagnostics {
    let detail = format!(
        "{}\n\nNo pod of this name has appeared since, so most likely none was made, and the order was not repeated. \
         Apply again; if a pod turns up later, import it or delete it.",
        failure::told(lost)
    );
    Diagnostics::of_error(Path::root(), "The pod was not made", detail)
}

fn several(cloud: &dyn Cloud, spec: &PodSpec, lost: &Error, candidates: &[Pod]) -> Diagnostics {
    let cloud = cloud.capabilities().name;
    let ids: Vec<String> = candidates.iter().map(|pod| format!("{cloud}/{}", pod.id)).collect();
    let detail = format!(
        "{}\n\nA pod may have been made, and it cannot be told which: {} have the name {:?}. Look at them in the cloud's \
         console; import the one that is yours with `terraform import ADDRESS ID`, or delete it.",
        failure::told(lost),
        ids.join(", "),
        spec.name.as_str()
    );
    Diagnostics::of_error(Path::root(), "The pod may have been made", detail)
}

fn cannot_tell(cloud: &dyn Cloud, spec: &PodSpec, lost: &Error, reason: &str) -> Diagnostics {
    let detail = format!(
        "{}\n\nA pod with the name {:?} may have been made, and the cloud's list could not be read to find it: {reason}. \
         Look for it in the cloud's console; import it with `terraform import ADDRESS {}/ID`, or delete it.",
        failure::told(lost),
        spec.name.as_str(),
        cloud.capabilities().name
    );
    Diagnostics::of_error(Path::root(), "The pod may have been made", detail)
}

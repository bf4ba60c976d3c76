//! The trait of a simulated cloud, and the types that all of them share.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::cpod::Cpod;
use super::http::{Request, Response};
use super::limits::Reading;
use super::prime_intellect::PrimeIntellect;
use super::yotta::Yotta;

/// All clouds. A further one is a folder beside this file and a line here.
pub(super) fn all() -> Vec<Box<dyn Cloud>> {
    vec![
        Box::<Yotta>::default(),
        Box::<PrimeIntellect>::default(),
        Box::<Cpod>::default(),
    ]
}

/// A cloud in memory. Time reaches it only through its arguments, so that a test can step it.
pub(super) trait Cloud: Send {
    /// Its key in the file and in the state.
    fn name(&self) -> &'static str;

    /// Whether the path belongs to this cloud; the paths of two clouds never collide.
    fn serves(&self, path: &str) -> bool;

    /// What a process needs in its environment to use this cloud at `url`.
    fn environment(&self, url: &str) -> Vec<(&'static str, String)>;

    fn answer(&mut self, request: &Request, scene: &mut Scene<'_>) -> Response;

    /// Lets everything happen that is due by `now`, where things take so many times less than they should.
    fn pass(&mut self, now: u64, speed: u64);

    /// Lets everything pass into its next state, whenever that is due.
    fn step(&mut self, now: u64);

    /// Changes a pod behind the caller's back. `None` if the cloud has no such pod.
    fn change(&mut self, pod_id: &str, change: &PodChange, now: u64) -> Option<Result<(), String>>;

    /// The same for a volume. A cloud without volumes has none to change.
    fn change_volume(&mut self, _volume_id: &str, _change: &VolumeChange, _now: u64) -> Option<Result<(), String>> {
        None
    }

    /// Every pod that still costs money.
    fn living_pods(&self) -> Vec<LivingPod>;

    /// Every volume that still costs money.
    fn living_volumes(&self) -> Vec<LivingVolume> {
        Vec::new()
    }

    /// Everything that exists, for people to read: without secrets.
    fn state(&self) -> Value;

    /// Forgets everything that exists, but never hands out an id again.
    fn reset(&mut self);

    /// Everything, for [`load`](Cloud::load) to restore.
    fn save(&self) -> Value;

    fn load(&mut self, saved: Value) -> Result<(), String>;
}

/// The context of a request: time, faults and the freedoms that are ordered.
pub(super) struct Scene<'a> {
    pub now: u64,
    pub quirks: &'a Quirks,
    /// Of pods.
    pub fates: &'a mut Fates,
    pub volume_fates: &'a mut Fates,
}

/// A pod that is not terminated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LivingPod {
    pub cloud: &'static str,
    pub id: String,
    pub name: String,
    /// The cloud's own word.
    pub status: String,
}

/// A volume that is not deleted yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LivingVolume {
    pub cloud: &'static str,
    pub id: String,
    pub name: String,
    /// The cloud's own word.
    pub status: String,
}

/// The freedoms that the documents leave a cloud. All are off at first.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Quirks {
    /// Not a freedom but the lack of one: a request may have nothing that the documents lack.
    pub strict: bool,
    /// Yotta's ids are sent as numbers, as its reference declares them, and not as text, as its examples show them.
    pub ids_as_numbers: bool,
    /// Ids, moments and prices are sent as text.
    pub numbers_as_text: bool,
    /// Variables, ports and volumes come in another order than they were sent.
    pub reorder_lists: bool,
    /// What was left out of a request is answered with the cloud's default.
    pub fill_defaults: bool,
    /// A pod has a volume that nobody asked for.
    pub system_volume: bool,
    /// A pod has a variable that nobody asked for.
    pub platform_variables: bool,
    /// The values of a pod's variables come back as asterisks.
    pub masked_variables: bool,
    /// Words differ in case or ending from the document's.
    pub other_case: bool,
    /// How a pod or volume looks after its end; if left out, a pod is first terminated and a day later not found.
    pub gone_as: Option<GoneAs>,
    /// A volume has the fields of the older document.
    pub older_volumes: bool,
    /// A volume has the fields of the newer document as far as that could be read, and no others.
    pub bare_volumes: bool,
    /// What a volume's state forbids is refused with HTTP 409.
    pub conflict_over_http: bool,
    /// A page holds few entries, however many were asked for.
    pub short_pages: bool,
    /// So many pages of offers come empty, although there are offers, before one that is not.
    pub empty_pages: u16,
    /// How a pod says how to log in.
    pub login_as: Option<LoginAs>,
    /// A pod has a list of addresses.
    pub addresses_as_list: bool,
    /// A pod has further fields of older documents, a password among them.
    pub older_pods: bool,
    /// A pod that fails is active all the same: its installation has failed.
    pub failed_installation: bool,
    /// What is wrong with a request is told in the other shape that is known, with what was sent.
    pub mistakes_as_detail: bool,
    /// A log is an object with a list of lines.
    pub log_as_object: bool,
}

impl Quirks {
    pub fn reading(&self) -> Reading {
        match self.strict {
            true => Reading::Strict,
            false => Reading::Lenient,
        }
    }

    /// Changes the quirks that are named and keeps the others.
    pub fn merge(&mut self, changes: Value) -> Result<(), String> {
        let Value::Object(changes) = changes else {
            return Err("quirks must be an object".to_owned());
        };
        let mut merged = match serde_json::to_value(&*self) {
            Ok(Value::Object(quirks)) => quirks,
            _ => Map::new(),
        };
        merged.extend(changes);
        *self = serde_json::from_value(Value::Object(merged)).map_err(|error| format!("not a quirk: {error}"))?;
        Ok(())
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum GoneAs {
    /// For good as terminated; a volume only at a cloud where volumes have such a state.
    Terminated,
    /// The cloud's code for what does not exist.
    NotFound,
    /// HTTP 404, and in no list even if a filter asks for ended pods.
    Absent,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum LoginAs {
    /// A command.
    Command,
    List,
    /// A list in which one node has no login yet.
    ListWithNull,
    /// A text without a host, until there is one.
    EmptyHost,
}

/// How a pod will fare on its way to running, or a volume on its way to being usable.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Fate {
    #[default]
    Normal,
    Fails,
    NeverReady,
    Vanishes,
}

/// The fates of the pods, or of the volumes, that will be made next.
#[derive(Default)]
pub(super) struct Fates(VecDeque<Fate>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Next {
    fate: Fate,
    #[serde(default = "one")]
    times: u16,
}

fn one() -> u16 {
    1
}

impl Fates {
    pub fn order(&mut self, order: Value) -> Result<(), String> {
        let next: Next = serde_json::from_value(order).map_err(|error| format!("not a fate: {error}"))?;
        self.0.extend(std::iter::repeat_n(next.fate, usize::from(next.times)));
        Ok(())
    }

    pub fn next(&mut self) -> Fate {
        self.0.pop_front().unwrap_or_default()
    }
}

/// A change of a pod that no request asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PodChange {
    pub event: Option<Event>,
    /// Stands in the pod's system log.
    pub reason: Option<String>,
    /// Fields of the pod's answers from now on.
    #[serde(default)]
    pub set: Map<String, Value>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Event {
    Start,
    Stop,
    Fail,
    Terminate,
    Preempt,
    Vanish,
}

/// A change of a volume that no request asked for.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct VolumeChange {
    pub event: Option<VolumeEvent>,
    /// How much is stored in it from now on.
    pub used_bytes: Option<u64>,
    /// Fields of the volume's answers from now on.
    #[serde(default)]
    pub set: Map<String, Value>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum VolumeEvent {
    Fail,
    Vanish,
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn quirks_are_merged() {
        let mut quirks = Quirks::default();
        quirks.merge(json!({"other_case": true, "gone_as": "absent"})).unwrap();
        quirks.merge(json!({"gone_as": null, "system_volume": true})).unwrap();
        assert!(quirks.other_case && quirks.system_volume && quirks.gone_as.is_none());
        assert!(quirks.merge(json!({"other": true})).unwrap_err().contains("other"));
        assert!(quirks.other_case, "a refused change changes nothing");
    }

    #[test]
    fn fates_come_in_order() {
        let mut fates = Fates::default();
        fates.order(json!({"fate": "fails", "times": 2})).unwrap();
        fates.order(json!({"fate": "vanishes"})).unwrap();
        let seen: Vec<_> = (0..4).map(|_| fates.next()).collect();
        assert_eq!(seen, [Fate::Fails, Fate::Fails, Fate::Vanishes, Fate::Normal]);
        assert!(fates.order(json!({"fate": "lucky"})).is_err());
    }
}

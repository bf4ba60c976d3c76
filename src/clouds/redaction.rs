//! Redaction of secrets: each secret of a run is replaced by `***` wherever a cloud repeats it, in whichever spelling. A secret that comes
//! back may be escaped for JSON or a URL, once or twice, may be one line of several, or the base64 of a login.

use std::{
    collections::HashMap,
    fmt,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD},
};
use serde_json::Value;

use super::{LogLine, Phase, Pod, Secret, Volume, VolumePhase};
use crate::untrusted::{json, text};

mod spelling;

use spelling::{Unit, spellings};

/// The replacement of a secret.
const HIDDEN: &str = "***";
/// A shorter text is no secret, and hiding each "1" would make a message unreadable.
const SHORTEST: usize = KEY;
/// A line or a part of a secret is hidden by itself from this length on: `}` alone tells nothing.
const SHORTEST_PART: usize = 8;
/// Of longer secrets and longer messages no more than the beginning is compared.
const LONGEST: usize = 64 << 10;
/// So many characters a secret is found by.
const KEY: usize = 4;

/// The secrets of a run, for all of its clouds. Clones share them.
#[derive(Clone, Default)]
pub struct Secrets(Arc<Mutex<Known>>);

#[derive(Default)]
struct Known {
    /// Noted texts, and whether each is certainly secret.
    noted: HashMap<String, bool>,
    /// Noted since the last redaction.
    new: Vec<(String, bool)>,
    /// By their first characters.
    needles: HashMap<[char; KEY], Vec<Needle>>,
    /// The length of the longest, in bytes.
    longest: usize,
}

/// A text that is to be hidden.
struct Needle {
    characters: Vec<char>,
    is_certain: bool,
}

impl Secrets {
    /// From now on it is redacted.
    pub fn note(&self, secret: &Secret) {
        self.lock().note(secret.reveal(), true);
    }

    /// The value of a variable that may be secret or not: hidden in what a cloud says, but not in a pod's own log, where
    /// half of all words could be such a value.
    pub fn note_variable(&self, value: &Secret) {
        if may_be_secret(value.reveal()) {
            self.lock().note(value.reveal(), false);
        }
    }

    /// A cloud's message as one line in which nothing is secret.
    pub fn redact(&self, message: &str) -> String {
        let is_cut = message.len() > LONGEST;
        let visible = text::visible(beginning(message));
        let hidden = self.lock().redact(&visible, is_cut, |_| true);
        text::sentence(&hidden)
    }

    /// A line of a pod's log, as it is but for what is certainly secret.
    pub fn redact_log_line(&self, line: String) -> String {
        let mut known = self.lock();
        match known.noted.is_empty() {
            true => line,
            false => known.redact(&line, false, |needle| needle.is_certain),
        }
    }

    /// A pod as a cloud tells it: the values of its variables are secrets from now on, and what the cloud says in words
    /// of its own shows none.
    pub fn redact_pod(&self, pod: Pod) -> Pod {
        let variables = pod.observed.environment.iter();
        variables
            .flat_map(|variables| variables.0.values())
            .for_each(|value| self.note_variable(value));
        Pod {
            reason: pod.reason.map(|reason| self.redact(&reason)),
            cloud_status: match pod.phase {
                // A word that no document has may be a sentence.
                Phase::Unknown => self.redact(&pod.cloud_status),
                _ => pod.cloud_status,
            },
            ..pod
        }
    }

    /// The same of a volume.
    pub fn redact_volume(&self, volume: Volume) -> Volume {
        match volume.phase {
            VolumePhase::Unknown => Volume {
                cloud_status: self.redact(&volume.cloud_status),
                ..volume
            },
            _ => volume,
        }
    }

    /// The same of a log's lines.
    pub fn redact_log(&self, lines: Vec<LogLine>) -> Vec<LogLine> {
        let redact = |line: LogLine| LogLine {
            content: self.redact_log_line(line.content),
            ..line
        };
        lines.into_iter().map(redact).collect()
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets(***)")
    }
}

impl Known {
    /// Cheap, for it is done for every variable of every pod: what it takes to find the secret is made when something is
    /// hidden, which mostly nothing is.
    fn note(&mut self, secret: &str, is_certain: bool) {
        match self.noted.get_mut(secret) {
            Some(known) if *known || !is_certain => return,
            Some(known) => *known = true,
            None => drop(self.noted.insert(secret.to_owned(), is_certain)),
        }
        self.new.push((secret.to_owned(), is_certain));
    }

    fn redact(&mut self, message: &str, is_cut: bool, is_meant: impl Fn(&Needle) -> bool) -> String {
        for (secret, is_certain) in std::mem::take(&mut self.new) {
            self.prepare(&secret, is_certain);
        }
        let mut ranges: Vec<(usize, usize)> = Vec::new();
        for units in spellings(message) {
            self.find(&units, &is_meant, &mut ranges);
        }
        ranges.sort_unstable();
        let mut hidden = String::with_capacity(message.len());
        let mut shown = 0;
        for (start, end) in ranges {
            if start > shown || hidden.is_empty() {
                hidden.push_str(message.get(shown..start).unwrap_or_default());
                hidden.push_str(HIDDEN);
            }
            shown = shown.max(end);
        }
        // What is cut may be the beginning of a secret, of which each character may be written as six.
        let cut = if is_cut { self.longest.saturating_mul(6) } else { 0 };
        let end = boundary_before(message, message.len().saturating_sub(cut));
        hidden.push_str(message.get(shown..end).unwrap_or_default());
        if is_cut {
            hidden.push('…');
        }
        hidden
    }

    fn find(&self, units: &[Unit], is_meant: &impl Fn(&Needle) -> bool, ranges: &mut Vec<(usize, usize)>) {
        let mut at = 0;
        while let Some(rest) = units.get(at..).filter(|rest| rest.len() >= KEY) {
            let key: [char; KEY] = std::array::from_fn(|index| rest[index].character);
            let needles = self.needles.get(&key).map_or(&[][..], Vec::as_slice);
            let found = needles.iter().find(|needle| {
                let mut characters = needle.characters.iter().zip(rest);
                is_meant(needle)
                    && needle.characters.len() <= rest.len()
                    && characters.all(|(character, unit)| *character == unit.character)
            });
            if let Some(last) = found.and_then(|needle| rest.get(needle.characters.len() - 1)) {
                ranges.push((rest[0].start, last.end));
            }
            at += 1;
        }
    }

    fn prepare(&mut self, secret: &str, is_certain: bool) {
        let secret = &text::visible(beginning(secret)).into_owned();
        self.add(secret, is_certain, SHORTEST);
        self.add(secret.trim(), is_certain, SHORTEST);
        for part in parts(secret) {
            self.add(&part, is_certain, SHORTEST_PART);
        }
        if is_certain {
            for encoded in in_base64(secret) {
                self.add(&encoded, is_certain, SHORTEST_PART);
            }
        }
    }

    fn add(&mut self, text: &str, is_certain: bool, shortest: usize) {
        let characters: Vec<char> = text.chars().collect();
        let Some(key) = characters.first_chunk::<KEY>().filter(|_| characters.len() >= shortest) else {
            return;
        };
        self.longest = self.longest.max(text.len());
        let needles = self.needles.entry(*key).or_default();
        match needles.iter_mut().find(|needle| needle.characters == characters) {
            Some(known) => known.is_certain |= is_certain,
            // The longest goes first, for one secret may be the beginning of another.
            None => {
                let place = needles.partition_point(|needle| needle.characters.len() > characters.len());
                needles.insert(place, Needle { characters, is_certain });
            }
        }
    }
}

/// The lines of a text, and all of them as one; the texts in JSON, such as the key of a service account, and their lines.
fn parts(secret: &str) -> Vec<String> {
    let mut parts = Vec::new();
    lines(secret, &mut parts);
    // A key in a variable may have its line breaks written out.
    if secret.contains("\\n") {
        lines(&secret.replace("\\n", "\n"), &mut parts);
    }
    if secret.trim_start().starts_with(['{', '[', '"'])
        && let Ok(value) = json::parse(secret.as_bytes())
    {
        texts(&value, &mut parts);
    }
    parts
}

fn lines(text: &str, parts: &mut Vec<String>) {
    if text.contains('\n') {
        let lines = text.lines().map(str::trim);
        parts.extend(
            lines
                .clone()
                .filter(|line| !line.starts_with("-----"))
                .map(str::to_owned),
        );
        parts.push(lines.collect());
    }
}

fn texts(value: &Value, parts: &mut Vec<String>) {
    match value {
        Value::String(text) => {
            let text = text::visible(text);
            lines(&text, parts);
            parts.push(text.into_owned());
        }
        Value::Array(values) => values.iter().for_each(|value| texts(value, parts)),
        Value::Object(members) => members.values().for_each(|value| texts(value, parts)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The secret in base64, wherever in a text that is encoded as a whole: behind a user's name, for one. What depends on
/// the neighbours is left out.
fn in_base64(secret: &str) -> Vec<String> {
    let mut encoded = Vec::new();
    for (before, dependent) in [(0, 0), (1, 2), (2, 3)] {
        let bytes = [&[0; 2][..before], secret.as_bytes()].concat();
        // The last character of an open group holds bits of what follows.
        let is_open = usize::from(!bytes.len().is_multiple_of(3));
        for text in [STANDARD_NO_PAD.encode(&bytes), URL_SAFE_NO_PAD.encode(&bytes)] {
            encoded.extend(text.get(dependent..text.len() - is_open).map(str::to_owned));
        }
    }
    encoded
}

/// Whether a variable's value is worth hiding: switches and small numbers stand in every other message.
fn may_be_secret(value: &str) -> bool {
    let is_switch = ["true", "false", "none", "null"].contains(&value.to_ascii_lowercase().as_str());
    let is_small_number = value.len() < 8 && value.bytes().all(|byte| byte.is_ascii_digit());
    value.len() >= SHORTEST && !is_switch && !is_small_number
}

fn beginning(text: &str) -> &str {
    &text[..boundary_before(text, LONGEST)]
}

/// The last place up to this one where a text can be cut.
fn boundary_before(text: &str, place: usize) -> usize {
    let mut places = (0..=place.min(text.len())).rev();
    places.find(|place| text.is_char_boundary(*place)).unwrap_or(0)
}

#[cfg(test)]
mod tests;

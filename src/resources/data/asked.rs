//! Which clouds a data source asks, and whether they have what it asks for.

use std::sync::Arc;

use futures_util::future::join_all;

use crate::{
    clouds::{self, Capabilities, Cloud, Extras, Pod},
    resources::{
        failure,
        pod::{only_cloud, rules::named_cloud},
        session::known_cloud,
    },
    tf::{Diagnostics, Set, Tf, rules::in_words},
};

/// A call that not every cloud has.
pub struct Call {
    /// What a cloud without it does, as the rest of a sentence.
    lack: &'static str,
    is_in: fn(&Extras) -> bool,
}

pub const CATALOGUE: Call = Call {
    lack: "publishes no GPUs",
    is_in: |extras| extras.catalogue,
};

pub const LOGS: Call = Call {
    lack: "shows no logs of pods",
    is_in: |extras| extras.logs,
};

pub const RUNTIMES: Call = Call {
    lack: "does not tell how long pods have run",
    is_in: |extras| extras.runtimes,
};

impl Call {
    /// Refuses a `cloud` that lacks the call, as far as the configuration tells which one it is.
    pub fn check_cloud(&self, cloud: &Tf<String>, diagnostics: &mut Diagnostics) {
        let capabilities = match cloud {
            Tf::Null => only_cloud(),
            named => named_cloud(named, diagnostics),
        };
        if let Some(capabilities) = capabilities {
            self.check("cloud", capabilities, diagnostics);
        }
    }

    /// Refuses those of the `clouds` that lack the call.
    pub fn check_clouds(&self, named: &Tf<Set<String>>, diagnostics: &mut Diagnostics) {
        for capabilities in check_clouds(named, diagnostics) {
            self.check("clouds", capabilities, diagnostics);
        }
    }

    /// What is told of a cloud without the call.
    pub fn refusal(&self, attribute: &str, capabilities: &Capabilities) -> Diagnostics {
        let having = clouds::ALL.iter().map(|description| description.capabilities);
        let having = having.filter(|one| (self.is_in)(&one.has)).map(|one| one.name);
        let advice = match having.collect::<Vec<_>>().as_slice() {
            [] => "No cloud of this release does it differently.".to_owned(),
            names => format!("Use {}.", in_words(names)),
        };
        let Capabilities { name, title, .. } = capabilities;
        let detail = format!("The cloud is `{name}`, and {title} {}. {advice}", self.lack);
        Diagnostics::of_error(attribute, format!("{title} {}", self.lack), detail)
    }

    fn check(&self, attribute: &str, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
        if !(self.is_in)(&capabilities.has) {
            diagnostics.extend(self.refusal(attribute, capabilities));
        }
    }
}

/// The clouds of these names, with an error for each name that is none's.
pub fn check_clouds(named: &Tf<Set<String>>, diagnostics: &mut Diagnostics) -> Vec<&'static Capabilities> {
    names(named)
        .iter()
        .filter_map(|name| known_cloud(name, "clouds", "`clouds` has", diagnostics))
        .collect()
}

/// What several clouds answer, asked at the same time. If one fails, all fail: what it has is not what is missing.
pub async fn answers<T>(
    asked: impl Iterator<Item = (&'static Capabilities, impl Future<Output = clouds::Result<Vec<T>>>)>,
    summary: &str,
) -> Result<Vec<(&'static Capabilities, T)>, Diagnostics> {
    let answers = join_all(asked.map(|(cloud, answer)| async move { (cloud, answer.await) })).await;
    let mut failures = Diagnostics::new();
    let mut found = Vec::new();
    for (cloud, answer) in answers {
        match answer {
            Ok(things) => found.extend(things.into_iter().map(|thing| (cloud, thing))),
            Err(error) => failures.extend(failure::diagnostics(summary, &error)),
        }
    }
    if failures.is_empty() { Ok(found) } else { Err(failures) }
}

/// All pods of these clouds.
pub async fn pods(clouds: &[Arc<dyn Cloud>]) -> Result<Vec<(&'static Capabilities, Pod)>, Diagnostics> {
    let asked = clouds.iter().map(|cloud| (cloud.capabilities(), cloud.pods()));
    answers(asked, "The pods cannot be read").await
}

/// Whether a cloud's word is one of the wanted ones, in any case; without wanted ones, every word is.
pub fn lets_pass(wanted: &[String], word: Option<&str>) -> bool {
    let is_wanted = |word: &str| wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(word));
    wanted.is_empty() || word.is_some_and(is_wanted)
}

/// What is known of a set. One that is empty asks for as much as one that is left out.
pub fn names(set: &Tf<Set<String>>) -> Vec<String> {
    let elements = set.known().into_iter().flat_map(|Set(elements)| elements);
    elements.filter_map(|element| element.known().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resources::data::fakes;

    #[track_caller]
    fn check(call: &Call, capabilities: &Capabilities, expected: &str) {
        let mut diagnostics = Diagnostics::new();
        call.check("cloud", capabilities, &mut diagnostics);
        let details: Vec<String> = diagnostics.into_iter().map(|one| one.detail).collect();
        assert!(details.join("\n").starts_with(expected), "{details:?}");
        assert_eq!(details.is_empty(), expected.is_empty(), "{details:?}");
    }

    #[test]
    fn a_cloud_that_lacks_a_call_refuses_it() {
        check(&CATALOGUE, &fakes::NORTH, "");
        check(&LOGS, &fakes::NORTH, "");
        check(&RUNTIMES, &fakes::NORTH, "");
        check(
            &CATALOGUE,
            &fakes::BARE,
            "The cloud is `bare`, and Bare publishes no GPUs.",
        );
        check(
            &LOGS,
            &fakes::BARE,
            "The cloud is `bare`, and Bare shows no logs of pods.",
        );
        check(
            &RUNTIMES,
            &fakes::BARE,
            "The cloud is `bare`, and Bare does not tell how long pods have run.",
        );
    }

    #[test]
    fn every_wrong_name_is_told() {
        let named = Tf::Known(Set(vec![Tf::Known("nimbus".to_owned()), Tf::Unknown]));
        let mut diagnostics = Diagnostics::new();
        CATALOGUE.check_clouds(&named, &mut diagnostics);
        let details: Vec<String> = diagnostics.into_iter().map(|one| one.detail).collect();
        assert_eq!(details.len(), 1);
        assert!(details[0].starts_with("`clouds` has \"nimbus\". Use `"), "{details:?}");
    }
}

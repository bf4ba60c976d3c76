//! Which clouds a data source asks, what they answer, and which answers pass a filter.

use std::sync::Arc;

use futures_util::future::join_all;

use crate::{
    clouds::{self, Capabilities, Cloud, Collection},
    resources::{
        common::{cloud_error, cloud_feature::CloudFeature, cloud_name},
        managed::{Managed, lookup::cannot_be_listed},
    },
    tf::{Diagnostics, Set, Tf},
};

/// Refuses those of the `clouds` that lack what is asked for.
pub fn check_clouds_for(part: &CloudFeature, named: &Tf<Set<String>>, diagnostics: &mut Diagnostics) {
    for capabilities in check_clouds(named, diagnostics) {
        part.check("clouds", capabilities, diagnostics);
    }
}

/// The clouds of these names, with an error for each name that is none's.
pub fn check_clouds(named: &Tf<Set<String>>, diagnostics: &mut Diagnostics) -> Vec<&'static Capabilities> {
    names(named)
        .iter()
        .filter_map(|name| cloud_name::named(name, "clouds", "`clouds` has", diagnostics))
        .collect()
}

/// What the clouds have of one kind. A cloud that lacks it is refused if it was named, and else left out, unless there
/// is no other.
pub fn parts<'c, T>(
    clouds: &'c [Arc<dyn Cloud>],
    are_named: bool,
    part: impl Fn(&'c dyn Cloud) -> Result<T, Diagnostics>,
) -> Result<Vec<T>, Diagnostics> {
    let mut found = Vec::new();
    let mut refusals = Diagnostics::new();
    for cloud in clouds {
        match part(cloud.as_ref()) {
            Ok(part) => found.push(part),
            Err(refusal) => refusals.extend(refusal),
        }
    }
    let is_refused = !refusals.is_empty() && (are_named || found.is_empty());
    if is_refused { Err(refusals) } else { Ok(found) }
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
            Ok(collection) => found.extend(collection.into_iter().map(|object| (cloud, object))),
            Err(error) => failures.extend(cloud_error::diagnostics(summary, &error)),
        }
    }
    if failures.is_empty() { Ok(found) } else { Err(failures) }
}

/// All objects of several clouds.
pub async fn all<'t, O: Managed>(
    asked: impl Iterator<Item = (&'static Capabilities, &'t dyn Collection<O>)>,
) -> Result<Vec<(&'static Capabilities, O)>, Diagnostics> {
    let answers = asked.map(|(capabilities, collection)| (capabilities, collection.list()));
    self::answers(answers, &cannot_be_listed::<O>()).await
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
    use crate::resources::common::cloud_feature::CATALOGUE;

    #[test]
    fn every_wrong_name_is_told() {
        let named = Tf::Known(Set(vec![Tf::Known("nimbus".to_owned()), Tf::Unknown]));
        let mut diagnostics = Diagnostics::new();
        check_clouds_for(&CATALOGUE, &named, &mut diagnostics);
        let details: Vec<String> = diagnostics.into_iter().map(|one| one.detail).collect();
        assert_eq!(details.len(), 1);
        assert!(details[0].starts_with("`clouds` has \"nimbus\". Use `"), "{details:?}");
    }
}

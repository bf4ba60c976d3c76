//! `data "gpupod_pod"`: one pod, by its id or its name.

use async_trait::async_trait;

use super::view::ObservedPod;
use crate::{
    clouds::Pod,
    model,
    resources::{
        common::cloud_name,
        managed::lookup::{self, Lookup, Shown},
        session::Session,
    },
    tf::{Context, DataSource, Diagnostics, optional_computed, validators::not_empty},
};

model! {
    /// A pod that exists, found by its `id` or by its `name`.
    pub struct Question {
        /// The cloud that the pod runs on. Without it the provider's `cloud` is used, or the only cloud that has a key.
        cloud: String = optional_computed(),

        /// The cloud's id of the pod. Either this or `name` has to be set.
        id: String = optional_computed().validator(lookup::id_validator::<Pod>()),

        /// The pod's name. Either this or `id` has to be set, and no two pods of the cloud may share it.
        name: String = optional_computed().validator(not_empty("Remove it, or name a pod.")),
    }
}

impl Shown for ObservedPod {
    type Question = Question;
}

/// The data source `gpupod_pod`.
#[derive(Debug)]
pub struct PodDataSource;

#[async_trait]
impl DataSource for PodDataSource {
    type Session = Session;
    type Model = Lookup<ObservedPod>;

    const NAME: &'static str = "pod";

    fn validate(&self, Lookup(config): &Lookup<ObservedPod>, diagnostics: &mut Diagnostics) {
        cloud_name::validated(&config.cloud, diagnostics);
        lookup::check::<Pod>(&config.cloud, &config.id, &config.name, diagnostics);
    }

    async fn read(
        &self,
        cx: &Context<Session>,
        Lookup(config): Lookup<ObservedPod>,
    ) -> Result<Lookup<ObservedPod>, Diagnostics> {
        let cloud = cx.session.cloud(&config.cloud)?;
        let pod = lookup::find(cx, cloud.pods(), cloud.capabilities(), &config.id, &config.name).await?;
        Ok(Lookup(ObservedPod::of(&pod, cloud.capabilities())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clouds::{Observed, Phase},
        resources::testing::{NORTH, TestCloud, context, details, pod, text},
        tf::{Attribute, Model, Tf},
    };

    fn named(name: &str, id: &str) -> Pod {
        Pod {
            phase: Phase::Running,
            observed: Observed {
                name: Some(name.to_owned()),
                ..Observed::default()
            },
            ..pod(id)
        }
    }

    fn question(id: Tf<String>, name: Tf<String>) -> Lookup<ObservedPod> {
        let mut question = ObservedPod::null();
        (question.source.id, question.source.name) = (id, name);
        Lookup(question)
    }

    /// The pod that is found, or why none is.
    async fn check(question: Lookup<ObservedPod>, expected: &str) {
        let cloud = TestCloud::of(&NORTH).with_pods(vec![named("web", "1"), named("web", "2"), named("train", "3")]);
        let found = match PodDataSource.read(&context(vec![cloud]), question).await {
            Ok(Lookup(pod)) => format!("{:?} {:?} {:?}", pod.cloud.known(), pod.id.known(), pod.name.known()),
            Err(errors) => details(errors),
        };
        assert!(found.contains(expected), "{found:?} does not say {expected:?}");
    }

    #[tokio::test]
    async fn a_pod_is_found_by_its_id_or_by_a_name_that_is_its_alone() {
        let expected = "Some(\"north\") Some(\"3\") Some(\"train\")";
        check(question(text("3"), Tf::Null), expected).await;
        check(question(Tf::Null, text("train")), expected).await;
    }

    #[tokio::test]
    async fn what_is_not_found_is_an_error_that_says_what_to_do() {
        check(
            question(text("4"), Tf::Null),
            "`id` is \"4\", and North has no such pod: it is gone, or belongs to another cloud or key. Use the id of a \
             pod of `north` that exists",
        )
        .await;
        check(
            question(Tf::Null, text("none")),
            "`name` is \"none\", and North has no pod of that name. Use the name of one",
        )
        .await;
        check(
            question(Tf::Null, text("web")),
            "North has 2 pods of that name. Use `id` instead, with `1` or `2`.",
        )
        .await;
    }

    #[test]
    fn exactly_one_of_id_and_name_is_asked_for() {
        let check = |id: Tf<String>, name: Tf<String>, expected: &str| {
            let mut diagnostics = Diagnostics::new();
            PodDataSource.validate(&question(id, name), &mut diagnostics);
            assert_eq!(details(diagnostics), expected);
        };
        check(text("1"), Tf::Null, "");
        check(Tf::Null, text("web"), "");
        check(Tf::Unknown, text("web"), "");
        check(Tf::Unknown, Tf::Null, "");
        check(Tf::Null, Tf::Null, "Neither `id` nor `name` is set. Set one of them.");
        check(
            text("1"),
            text("web"),
            "`name` is set, and so is `id`. Remove one of them: the id says enough.",
        );
    }

    #[test]
    fn a_question_has_every_attribute_once() {
        let names = |attributes: Vec<Attribute>| {
            let mut names: Vec<&str> = attributes.iter().map(|attribute| attribute.name).collect();
            names.sort_unstable();
            names
        };
        assert_eq!(
            names(Lookup::<ObservedPod>::attributes()),
            names(ObservedPod::attributes())
        );
    }
}

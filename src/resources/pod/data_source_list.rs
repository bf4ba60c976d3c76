//! `data "gpupod_pods"`: the pods of one or more clouds.

use async_trait::async_trait;

use super::view::ObservedPod;
use crate::{
    clouds::{Capabilities, Collection, Phase, Pod},
    model,
    resources::{managed::multi_cloud, session::Session},
    tf::{
        Context, DataSource, Diagnostics, List, Set, Tf, computed, optional,
        validators::{not_empty, one_of},
    },
};

/// The words for [`Phase`], as rules want them.
const STATUSES: [&str; Phase::ALL.len()] = [
    "pending",
    "provisioning",
    "running",
    "stopping",
    "stopped",
    "terminating",
    "failed",
    "unknown",
];

model! {
    /// The pods that exist, over all clouds.
    ///
    /// All filters have to be met; one that is left out or empty lets everything pass.
    pub struct PodsModel {
        /// The clouds that are asked; the default is all that have a key. If one of them cannot be read, nothing is: a
        /// list with holes would look like pods that are gone.
        clouds: Set<String> = optional(),

        /// The regions that the pods are in, in any case.
        regions: Set<String> = optional().validator(not_empty("Remove it, or name a region.").for_each()),

        /// What the pods are doing: `pending`, `provisioning`, `running`, `stopping`, `stopped`, `terminating`, `failed`
        /// or `unknown`.
        statuses: Set<String> = optional().validator(one_of(&STATUSES).for_each()),

        /// What the pods' names start with.
        name_prefix: String = optional(),

        /// The pods, by cloud, name and id.
        pods: List<ObservedPod> = computed(),
    }
}

/// The data source `gpupod_pods`.
#[derive(Debug)]
pub struct PodsDataSource;

#[async_trait]
impl DataSource for PodsDataSource {
    type Session = Session;
    type Model = PodsModel;

    const NAME: &'static str = "pods";

    fn validate(&self, config: &PodsModel, diagnostics: &mut Diagnostics) {
        multi_cloud::check_clouds(&config.clouds, diagnostics);
    }

    async fn read(&self, cx: &Context<Session>, config: PodsModel) -> Result<PodsModel, Diagnostics> {
        let clouds = cx.session.clouds(&multi_cloud::names(&config.clouds))?;
        let found = multi_cloud::all(
            clouds
                .iter()
                .map(|cloud| (cloud.capabilities(), cloud.pods() as &dyn Collection<Pod>)),
        )
        .await?;
        Ok(PodsModel {
            pods: Tf::Known(chosen(found, &config)),
            ..config
        })
    }
}

fn chosen(mut found: Vec<(&Capabilities, Pod)>, config: &PodsModel) -> List<ObservedPod> {
    let regions = multi_cloud::names(&config.regions);
    let statuses = multi_cloud::names(&config.statuses);
    let prefix = config.name_prefix.known().map_or("", String::as_str);
    found.retain(|(_, pod)| {
        multi_cloud::lets_pass(&regions, pod.region.as_deref())
            && multi_cloud::lets_pass(&statuses, Some(pod.phase.as_str()))
            && (pod.observed.name.as_deref().unwrap_or_default()).starts_with(prefix)
    });
    found.sort_by_cached_key(|(cloud, pod)| (cloud.name, pod.observed.name.clone(), pod.id.clone()));
    let pods = found.iter().map(|(cloud, pod)| Tf::Known(ObservedPod::of(pod, cloud)));
    List(pods.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        clouds::Observed,
        resources::testing::{BARE, NORTH, TestCloud, context, details, pod, pod_with_variable, texts},
        tf::Model,
    };

    fn named(name: &str, id: &str, phase: Phase, region: &str) -> Pod {
        Pod {
            phase,
            region: Some(region.to_owned()),
            observed: Observed {
                name: Some(name.to_owned()),
                ..Observed::default()
            },
            ..pod(id)
        }
    }

    fn two_clouds() -> Vec<TestCloud> {
        let north = vec![
            named("web", "2", Phase::Running, "eu-1"),
            named("web", "1", Phase::Stopped, "us-1"),
            named("train", "3", Phase::Running, "EU-1"),
        ];
        let bare = vec![named("web", "1", Phase::Failed, "moon")];
        vec![
            TestCloud::of(&NORTH).with_pods(north),
            TestCloud::of(&BARE).with_pods(bare),
        ]
    }

    /// What is found, as `<cloud>/<id>`, or why nothing is.
    async fn found(clouds: Vec<TestCloud>, config: PodsModel) -> String {
        match PodsDataSource.read(&context(clouds), config).await {
            Ok(PodsModel { pods, .. }) => {
                let pods = pods.known().map_or(&[][..], |list| &list.0);
                let id = |pod: &ObservedPod| Some(format!("{}/{}", pod.cloud.known()?, pod.id.known()?));
                let ids: Vec<String> = pods.iter().filter_map(Tf::known).filter_map(id).collect();
                ids.join(" ")
            }
            Err(errors) => details(errors),
        }
    }

    async fn check(config: PodsModel, expected: &str) {
        assert_eq!(found(two_clouds(), config.clone()).await, expected, "{config:?}");
    }

    #[tokio::test]
    async fn all_pods_of_all_clouds_come_in_a_fixed_order() {
        check(PodsModel::null(), "bare/1 north/3 north/1 north/2").await;
    }

    #[tokio::test]
    async fn each_filter_has_to_be_met() {
        let clouds = |names: &[&str]| PodsModel {
            clouds: texts(names),
            ..PodsModel::null()
        };
        check(clouds(&["north"]), "north/3 north/1 north/2").await;
        check(clouds(&[]), "bare/1 north/3 north/1 north/2").await;
        let regions = PodsModel {
            regions: texts(&["eu-1"]),
            ..PodsModel::null()
        };
        check(regions.clone(), "north/3 north/2").await;
        check(
            PodsModel {
                name_prefix: Tf::Known("we".to_owned()),
                ..regions
            },
            "north/2",
        )
        .await;
        let statuses = PodsModel {
            statuses: texts(&["failed", "stopped"]),
            ..PodsModel::null()
        };
        check(statuses, "bare/1 north/1").await;
    }

    #[tokio::test]
    async fn a_cloud_that_fails_is_told_and_fails_the_read() {
        let [north, bare] = two_clouds().try_into().unwrap_or_else(|_| panic!("two clouds"));
        let told = found(vec![north, bare.failing()], PodsModel::null()).await;
        assert!(told.starts_with("Bare, listing: out of order"), "{told}");
    }

    #[test]
    fn the_statuses_are_those_that_a_pod_can_have() {
        assert_eq!(STATUSES, Phase::ALL.map(Phase::as_str));
    }

    #[test]
    fn no_value_of_an_environment_variable_is_shown() {
        let secret = pod_with_variable("TOKEN", "hunter2");
        let shown = ObservedPod::of(&secret, &NORTH);
        assert_eq!(shown.own.environment_var_names, texts(&["TOKEN"]));
        assert!(!format!("{:?}", shown.to_object()).contains("hunter2"));
    }
}

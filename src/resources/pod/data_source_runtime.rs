//! `data "gpupod_pod_runtime"`: how long a pod has run.

use super::messages;
use async_trait::async_trait;

use crate::{
    clouds::{Pod, Runtime},
    model,
    resources::{
        common::{cloud_feature::RUNTIMES, reported::timestamp},
        managed::lookup,
        session::Session,
    },
    tf::{Context, DataSource, Diagnostics, Number, Tf, computed, optional_computed, required},
};

model! {
    /// How long a pod has run: the time that its cloud charges for. It grows while the pod runs, so it is another one
    /// whenever Terraform reads it.
    pub struct PodRuntimeModel {
        /// The cloud that the pod runs on. Without it the provider's `cloud` is used, or the only cloud that has a key.
        cloud: String = optional_computed(),

        /// The cloud's id of the pod.
        pod_id: String = required().validator(lookup::id_validator::<Pod>()),

        /// The pod's name.
        name: String = computed(),

        /// The cloud's own word for the pod's status.
        cloud_status: String = computed(),

        /// When the pod was made, as RFC 3339.
        created_at: String = computed(),

        /// When the pod last changed, as RFC 3339.
        updated_at: String = computed(),

        /// For how many whole seconds the pod has run.
        running_seconds: Number = computed(),

        /// For how many milliseconds the pod has run.
        running_millis: Number = computed(),
    }
}

/// The data source `gpupod_pod_runtime`.
#[derive(Debug)]
pub struct PodRuntimeDataSource;

#[async_trait]
impl DataSource for PodRuntimeDataSource {
    type Session = Session;
    type Model = PodRuntimeModel;

    const NAME: &'static str = "pod_runtime";

    fn validate(&self, config: &PodRuntimeModel, diagnostics: &mut Diagnostics) {
        RUNTIMES.check_cloud(&config.cloud, diagnostics);
        lookup::check_id::<Pod>("pod_id", &config.cloud, &config.pod_id, diagnostics);
    }

    async fn read(&self, cx: &Context<Session>, config: PodRuntimeModel) -> Result<PodRuntimeModel, Diagnostics> {
        let cloud = cx.session.cloud(&config.cloud)?;
        let capabilities = cloud.capabilities();
        let runtimes = RUNTIMES.of("cloud", cloud.as_ref(), cloud.runtimes())?;
        let id = lookup::id::<Pod>("pod_id", &config.pod_id, capabilities)?;
        let runtime = runtimes.pod_runtime(&id).await;
        let asked = ("pod_id", &id);
        let summary = &messages::running_time_cannot_be_read();
        let runtime = lookup::of_object(cx, cloud.pods(), capabilities, asked, runtime, summary).await?;
        Ok(observed(runtime, capabilities.name, config.pod_id))
    }
}

fn observed(runtime: Runtime, cloud: &str, pod_id: Tf<String>) -> PodRuntimeModel {
    PodRuntimeModel {
        cloud: Tf::Known(cloud.to_owned()),
        pod_id,
        name: runtime.name.into(),
        cloud_status: runtime.cloud_status.into(),
        created_at: runtime.created_at.and_then(timestamp).into(),
        updated_at: runtime.updated_at.and_then(timestamp).into(),
        running_seconds: runtime.running_seconds.map(Number::from).into(),
        running_millis: runtime.running_millis.map(Number::from).into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        resources::testing::{BARE, NORTH, TestCloud, context, details, pod, text},
        tf::Model,
    };

    fn of_pod(id: &str) -> PodRuntimeModel {
        PodRuntimeModel {
            pod_id: text(id),
            ..PodRuntimeModel::null()
        }
    }

    #[tokio::test]
    async fn a_pods_running_time_is_read() {
        let runtime = Runtime {
            name: Some("web".to_owned()),
            cloud_status: Some("RUNNING".to_owned()),
            created_at: Some(1_795_230_281_551),
            updated_at: None,
            running_seconds: Some(90),
            running_millis: Some(90_500),
        };
        let cloud = TestCloud::of(&NORTH).with_pods(vec![pod("1")]).with_runtime(runtime);
        let read = PodRuntimeDataSource.read(&context(vec![cloud]), of_pod("1")).await;
        let expected = PodRuntimeModel {
            cloud: text("north"),
            name: text("web"),
            cloud_status: text("RUNNING"),
            created_at: text("2026-11-21T03:04:41.551Z"),
            running_seconds: Tf::Known(Number::from(90_u32)),
            running_millis: Tf::Known(Number::from(90_500_u32)),
            ..of_pod("1")
        };
        assert_eq!(read.ok(), Some(expected));
    }

    #[tokio::test]
    async fn a_pod_that_is_gone_and_a_cloud_that_does_not_count_are_errors() {
        let told = |result: Result<PodRuntimeModel, Diagnostics>| result.err().map(details).unwrap_or_default();
        let cx = context(vec![TestCloud::of(&NORTH)]);
        let gone = told(PodRuntimeDataSource.read(&cx, of_pod("1")).await);
        assert!(
            gone.starts_with("`pod_id` is \"1\", and North has no such pod"),
            "{gone}"
        );
        let cx = context(vec![TestCloud::of(&BARE)]);
        let refused = told(PodRuntimeDataSource.read(&cx, of_pod("1")).await);
        assert!(
            refused.contains("Bare does not tell how long pods have run"),
            "{refused}"
        );
    }
}

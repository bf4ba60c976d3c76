//! `data "gpupod_pod_history"`: the pods that have ended, and what they cost.

use super::messages;
use async_trait::async_trait;

use crate::{
    clouds::EndedPod,
    model,
    resources::{
        common::{
            cloud_error,
            cloud_feature::HISTORIES,
            number,
            reported::{list, timestamp},
        },
        session::Session,
    },
    tf::{
        Context, DataSource, Diagnostics, List, Number, Tf, computed, optional, optional_computed,
        validators::{not_empty, whole},
    },
};

const DEFAULT_LIMIT: u32 = 100;

/// What is read is stored in the state.
const MOST_PODS: i64 = 10_000;

model! {
    /// The pods of a cloud that have ended, the last one first, with what they cost: whoever ended them, and however.
    pub struct PodHistoryModel {
        /// The cloud that the pods ran on. Without it the provider's `cloud` is used, or the only cloud that has a key.
        cloud: String = optional_computed(),

        /// The name that the pods had.
        name: String = optional().validator(not_empty("Remove it, or give a name.")),

        /// How many ended pods are looked at, from 1 to 10000; the default is {default}.
        limit: Number = optional().validator(whole(1, MOST_PODS)).documented_default(DEFAULT_LIMIT),

        /// The pods, the one that ended last first.
        pods: List<EndedPodModel> = computed(),
    }
}

model! {
    /// A pod that has ended.
    pub struct EndedPodModel {
        /// The cloud's id of the pod.
        id: String = computed(),

        /// The name that the pod had.
        name: String = computed(),

        /// Whose machine it was.
        provider: String = computed(),

        /// The cloud's code for the GPU.
        gpu_type: String = computed(),

        /// How many GPUs.
        gpu_count: Number = computed(),

        /// When the pod was made, as RFC 3339.
        created_at: String = computed(),

        /// When the pod ended, as RFC 3339.
        terminated_at: String = computed(),

        /// What the pod cost an hour, on average.
        price_per_hour: Number = computed(),

        /// What the pod cost in all.
        total_price: Number = computed(),
    }
}

/// The data source `gpupod_pod_history`.
#[derive(Debug)]
pub struct PodHistoryDataSource;

#[async_trait]
impl DataSource for PodHistoryDataSource {
    type Session = Session;
    type Model = PodHistoryModel;

    const NAME: &'static str = "pod_history";

    fn validate(&self, config: &PodHistoryModel, diagnostics: &mut Diagnostics) {
        HISTORIES.check_cloud(&config.cloud, diagnostics);
    }

    async fn read(&self, cx: &Context<Session>, config: PodHistoryModel) -> Result<PodHistoryModel, Diagnostics> {
        let cloud = cx.session.cloud(&config.cloud)?;
        let histories = HISTORIES.of("cloud", cloud.as_ref(), cloud.histories())?;
        let limit = config.limit.known().and_then(number::to_whole).unwrap_or(DEFAULT_LIMIT);
        let ended = histories.ended_pods(limit).await;
        let mut ended =
            ended.map_err(|error| cloud_error::diagnostics(messages::histories_cannot_be_read(), &error))?;
        if let Some(name) = config.name.known() {
            ended.retain(|pod| pod.name.as_ref() == Some(name));
        }
        Ok(PodHistoryModel {
            cloud: Tf::Known(cloud.capabilities().name.to_owned()),
            pods: Tf::Known(list(&ended, shown)),
            ..config
        })
    }
}

fn shown(pod: &EndedPod) -> EndedPodModel {
    let pod = pod.clone();
    EndedPodModel {
        id: Tf::Known(pod.id.as_str().to_owned()),
        name: pod.name.into(),
        provider: pod.provider.into(),
        gpu_type: pod.gpu_type.into(),
        gpu_count: pod.gpu_count.map(Number::from).into(),
        created_at: pod.created_at.and_then(timestamp).into(),
        terminated_at: pod.ended_at.and_then(timestamp).into(),
        price_per_hour: pod.price_per_hour.and_then(number::from_decimal).into(),
        total_price: pod.total_price.and_then(number::from_decimal).into(),
    }
}

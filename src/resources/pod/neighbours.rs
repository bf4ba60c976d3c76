//! A pod of the same name that lives already may be the leftover of an interrupted run: the plan says so.

use super::model::PodModel;
use crate::{
    clouds::{Cloud, Pod},
    resources::{failure, session::Session},
    tf::{Context, Diagnostics},
};

/// Warns of living pods with the name of a new one. Pods that this run has read or made itself are not meant, so where
/// one has the name, the check waits until the run reads no more: Terraform reads and plans side by side.
pub async fn check(cx: &Context<Session>, cloud: &dyn Cloud, config: &PodModel, diagnostics: &mut Diagnostics) {
    let Some(name) = config.name.known() else { return };
    match look(cx, cloud, name).await {
        Ok(warnings) if warnings.is_empty() => {}
        Ok(_) => {
            tokio::select! {
                () = cx.session.findings.settled() => {}
                () = cx.stop.cancelled() => {}
            }
            for warning in look(cx, cloud, name).await.unwrap_or_default() {
                diagnostics.warning("name", "A pod of this name lives already", warning);
            }
        }
        Err(Some(error)) => {
            diagnostics.warning("name", "The cloud's pods could not be listed", unlisted(&error));
        }
        Err(None) => {}
    }
}

/// A warning for each stranger of this name; the error only for the first who asks.
async fn look(cx: &Context<Session>, cloud: &dyn Cloud, name: &str) -> Result<Vec<String>, Option<String>> {
    let list = cx.session.census.list(cloud).await;
    let pods = list.pods().map_err(|error| {
        let is_news = cx.session.findings.is_news(cloud);
        is_news.then(|| failure::told(error))
    })?;
    let strangers = pods
        .filter(|pod| pod.observed.name.as_deref() == Some(name))
        .filter(|pod| !cx.session.findings.is_own(&pod.id));
    Ok(strangers.map(|pod| warning(cloud, pod, name)).collect())
}

fn warning(cloud: &dyn Cloud, pod: &Pod, name: &str) -> String {
    let (title, cloud) = (cloud.capabilities().title, cloud.capabilities().name);
    format!(
        "`name` is {name:?}, and a pod of that name lives on {title} already: {} ({}). If it is the leftover of an \
         interrupted run, take it over with `terraform import ADDRESS {cloud}/{}`, or delete it: it may be costing \
         money. Otherwise the plan goes ahead and makes another one.",
        pod.id, pod.cloud_status, pod.id
    )
}

fn unlisted(error: &str) -> String {
    format!("{error}. Whether a pod of the same name lives already was not checked.")
}

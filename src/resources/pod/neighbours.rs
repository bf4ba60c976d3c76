//! A pod of the same name that lives already may be the leftover of an interrupted run: the plan says so.

use super::model::PodModel;
use crate::{
    clouds::{Cloud, Pod},
    resources::session::Session,
    tf::{Context, Diagnostics},
};

/// Warns of living pods with the name of a new one. Pods that this run has read or made itself are not meant.
pub async fn check(cx: &Context<Session>, cloud: &dyn Cloud, config: &PodModel, diagnostics: &mut Diagnostics) {
    let Some(name) = config.name.known() else { return };
    let warned = cx.session.findings.pods(cloud, |found| match found {
        Ok(pods) => strangers(cx, pods, name).map(|pod| warning(cloud, pod, name)).collect(),
        Err(Some(error)) => vec![("The cloud's pods could not be listed", unlisted(error))],
        Err(None) => Vec::new(),
    });
    for (summary, detail) in warned.await {
        diagnostics.warning("name", summary, detail);
    }
}

fn strangers<'a>(cx: &'a Context<Session>, pods: &'a [Pod], name: &'a str) -> impl Iterator<Item = &'a Pod> {
    let has_name = move |pod: &&Pod| pod.observed.name.as_deref() == Some(name);
    pods.iter()
        .filter(has_name)
        .filter(|pod| !cx.session.findings.is_own(&pod.id))
}

fn warning(cloud: &dyn Cloud, pod: &Pod, name: &str) -> (&'static str, String) {
    let (title, cloud) = (cloud.capabilities().title, cloud.capabilities().name);
    let detail = format!(
        "`name` is {name:?}, and a pod of that name lives on {title} already: {} ({}). If it is the leftover of an \
         interrupted run, take it over with `terraform import ADDRESS {cloud}/{}`, or delete it: it may be costing \
         money. Otherwise the plan goes ahead and makes another one.",
        pod.id, pod.cloud_status, pod.id
    );
    ("A pod of this name lives already", detail)
}

fn unlisted(error: &str) -> String {
    format!("{error}. Whether a pod of the same name lives already was not checked.")
}

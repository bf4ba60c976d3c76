//! `gpupod_pod`: what happens to a pod from its first plan to its end.
//!
//! Read `model` for its attributes, `rules` and `plan` for what is settled before anything costs money, `make` for the
//! order, `wait` for everything after it.

pub(in crate::resources) mod model;

pub(in crate::resources) mod rules;

mod plan;

mod spec;

mod make;

mod wait;

mod power;

mod destroy;

pub(in crate::resources) mod observe;

use async_trait::async_trait;

use super::{failure, session::Session, timeouts::Deadline};
use crate::{
    clouds::{self, Pod, PodId, Power},
    tf::{Change, Context, Diagnostics, Model, Origin, Path, Plan, Resource, Saved, Tf},
};

pub use make::Ledger;
use model::{PodModel, STOPPED};
use wait::Goal;

/// The resource `gpupod_pod`.
#[derive(Debug)]
pub struct PodResource;

#[async_trait]
impl Resource for PodResource {
    type Session = Session;
    type Model = PodModel;

    const NAME: &'static str = "pod";

    fn validate(&self, config: &PodModel, diagnostics: &mut Diagnostics) {
        let named = rules::named_cloud(&config.cloud, diagnostics);
        rules::check(config, named.or_else(only_cloud), diagnostics);
    }

    async fn plan(&self, cx: &Context<Session>, plan: &mut Plan<PodModel>, diagnostics: &mut Diagnostics) {
        plan::complete(cx, plan, diagnostics);
    }

    async fn create(
        &self,
        cx: &Context<Session>,
        mut planned: PodModel,
        config: PodModel,
        saved: &Saved,
    ) -> Result<PodModel, Diagnostics> {
        let cloud = cx.session.cloud(&planned.cloud)?;
        let capabilities = cloud.capabilities();
        planned.cloud = Tf::Known(capabilities.name.to_owned());
        let spec = spec::to_spec(&planned, &config, capabilities)?;
        let deadline = Deadline::from_now("create", planned.timeouts.known().map(|timeouts| &timeouts.create));
        let save = |pod: &Pod| saved.save(&observe::complete(planned.clone(), pod));

        let ordered = make::order(cx, cloud.as_ref(), &spec).await?;
        save(&ordered);
        let running = wait::until(cx, cloud.as_ref(), &ordered.id, Goal::Running, &deadline, save).await?;
        let pod = match is_to_be_stopped(&planned) {
            true => power::steer(cx, cloud.as_ref(), &ordered.id, Power::Stopped, &deadline, save).await?,
            false => running.unwrap_or(ordered),
        };
        Ok(observe::complete(planned, &pod))
    }

    async fn read(
        &self,
        cx: &Context<Session>,
        state: PodModel,
        origin: Origin,
    ) -> Result<Option<PodModel>, Diagnostics> {
        let cloud = cx.session.cloud(&state.cloud)?;
        let pod = cloud.pod(&id(&state)?).await;
        let pod = pod.map_err(|error| failure::diagnostics("The pod cannot be read", &error))?;
        if let Some(pod) = pod.as_ref().filter(|pod| pod.phase == clouds::Phase::Failed) {
            warn_of_failure(cx, &state, pod);
        }
        Ok(pod.map(|pod| observe::refresh(state, &pod, origin)))
    }

    async fn update(
        &self,
        cx: &Context<Session>,
        change: Change<PodModel>,
        saved: &Saved,
    ) -> Result<PodModel, Diagnostics> {
        let Change { prior, planned, .. } = change;
        if planned.desired_state == prior.desired_state {
            return Ok(planned.with_unknowns_from(prior));
        }
        let cloud = cx.session.cloud(&prior.cloud)?;
        let deadline = Deadline::from_now("update", planned.timeouts.known().map(|timeouts| &timeouts.update));
        let power = if is_to_be_stopped(&planned) {
            Power::Stopped
        } else {
            Power::Running
        };
        let save = |pod: &Pod| saved.save(&observe::refresh(prior.clone(), pod, Origin::State));
        let pod = power::steer(cx, cloud.as_ref(), &id(&prior)?, power, &deadline, save).await?;
        Ok(observe::complete(planned, &pod))
    }

    async fn delete(&self, cx: &Context<Session>, state: PodModel, saved: &Saved) -> Result<(), Diagnostics> {
        let cloud = cx.session.cloud(&state.cloud)?;
        let deadline = Deadline::from_now("delete", state.timeouts.known().map(|timeouts| &timeouts.delete));
        let policy = destroy::Policy::of(cloud.capabilities(), state.stop_before_destroy != Tf::Known(false));
        let save = |pod: &Pod| saved.save(&observe::refresh(state.clone(), pod, Origin::State));
        destroy::remove(cx, cloud.as_ref(), &id(&state)?, policy, &deadline, save).await
    }

    /// Takes `<id>` and `<cloud>/<id>`.
    async fn import(&self, cx: &Context<Session>, text: &str) -> Result<PodModel, Diagnostics> {
        let (cloud, id) = match text.split_once('/') {
            Some((cloud, id)) => (Tf::Known(cloud.to_owned()), id),
            None => (
                cx.session
                    .default_cloud()?
                    .known()
                    .map(|name| (*name).to_owned())
                    .into(),
                text,
            ),
        };
        let mut diagnostics = Diagnostics::new();
        rules::named_cloud(&cloud, &mut diagnostics);
        if let Err(invalid) = PodId::new(id) {
            let detail = format!("The import id is {text:?}. Use `<id>` or `<cloud>/<id>`; {invalid}.");
            diagnostics.error(Path::from("id"), "Not an id of a pod", detail);
        }
        match diagnostics.has_errors() {
            true => Err(diagnostics),
            false => Ok(PodModel {
                cloud,
                id: Tf::Known(id.to_owned()),
                ..PodModel::null()
            }),
        }
    }
}

/// Without a `cloud` in the configuration, validation knows it only if there is no other.
pub(in crate::resources) fn only_cloud() -> Option<&'static clouds::Capabilities> {
    match clouds::ALL {
        [only] => Some(only.capabilities),
        _ => None,
    }
}

fn is_to_be_stopped(planned: &PodModel) -> bool {
    planned.desired_state.known().is_some_and(|state| state == STOPPED)
}

fn id(state: &PodModel) -> Result<PodId, Diagnostics> {
    let id = state.id.known().cloned().unwrap_or_default();
    PodId::new(id).map_err(|invalid| {
        let detail =
            format!("The state has no usable id of the pod: {invalid}. Remove it from the state and import the pod.");
        Diagnostics::of_error(Path::from("id"), "The pod has no id", detail)
    })
}

fn warn_of_failure(cx: &Context<Session>, state: &PodModel, pod: &Pod) {
    let name = state.name.known().cloned().unwrap_or_default();
    let reason = pod
        .reason
        .as_ref()
        .map_or_else(String::new, |reason| format!(" The cloud's reason: {reason}."));
    let detail = format!(
        "The pod {} ({name}) is `{}`.{reason} It is planned for replacement; a destroy removes it.",
        pod.id, pod.cloud_status
    );
    cx.warn(Path::from("status"), "The pod has failed", detail);
}

//! `gpupod_pod`: what happens to a pod from its first plan to its end.
//!
//! Read `model` for its attributes, `rules` and `plan` for what is settled before anything costs money, `power` and
//! `destroy` for what happens to it later.

pub(in crate::resources) mod model;

pub mod messages;

mod rules;

mod plan;

mod spec;

pub mod catalogue;

mod census;

mod findings;

mod thing;

mod evidence;

mod goal;

mod power;

mod destroy;

mod secrets;

pub(in crate::resources) mod observe;

use async_trait::async_trait;

use crate::{
    clouds::{self, Capabilities, Pod, Power, StopSupport},
    resources::{
        absence, cloud, lookup,
        make::{self, Order},
        session::Session,
        thing::{cannot_be_read, id_in_state},
        timeouts::Deadline,
        wait,
    },
    tf::{Change, Context, Diagnostics, Model, Origin, Path, Plan, Resource, Saved, Tf},
};

pub use census::{Census, Ongoing};
pub use findings::Findings;
use goal::Goal;
use model::{PodModel, RUNNING, STOPPED};

/// The resource `gpupod_pod`.
#[derive(Debug)]
pub struct PodResource;

#[async_trait]
impl Resource for PodResource {
    type Session = Session;
    type Model = PodModel;

    const NAME: &'static str = "pod";

    fn validate(&self, config: &PodModel, diagnostics: &mut Diagnostics) {
        rules::check(config, cloud::validated(&config.cloud, diagnostics), diagnostics);
    }

    async fn plan(&self, cx: &Context<Session>, plan: &mut Plan<PodModel>, diagnostics: &mut Diagnostics) {
        secrets::note(&cx.session.secrets, &plan.config);
        plan::complete(cx, plan, diagnostics).await;
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
        let mut spec = spec::to_spec(&planned, &config, capabilities)?;
        if let Some(gpu) = &mut spec.gpu {
            catalogue::spell(cx, cloud.as_ref(), &mut gpu.gpu_type).await;
        }
        let _changing = cx.session.census.changing(cloud.as_ref());
        let deadline = Deadline::from_now("create", planned.timeouts.known().map(|timeouts| &timeouts.create));

        let ordered = deadline
            .spend(
                cx,
                make::order(
                    cx,
                    cloud.as_ref(),
                    Order {
                        name: spec.name.as_str(),
                        spec: &spec,
                        evidence: &|pod| evidence::of(&planned, &spec, capabilities, pod),
                    },
                ),
            )
            .await?;
        let planned = observe::ordered(planned, &ordered);
        let save = |pod: &Pod| saved.save(&observe::complete(planned.clone(), pod));
        save(&ordered);
        cx.session.findings.note(&ordered);
        let running = wait::until(cx, cloud.as_ref(), &ordered.id, Goal::Running, &deadline, save).await?;
        let pod = match is_to_be_stopped(&planned) {
            true => {
                deadline
                    .spend(
                        cx,
                        power::steer(cx, cloud.as_ref(), &ordered.id, Power::Stopped, &deadline, save),
                    )
                    .await?
            }
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
        let Some(cloud) = cx.session.cloud_to_read(&state.cloud, origin)? else {
            return Ok(Some(state));
        };
        secrets::note(&cx.session.secrets, &state);
        let capabilities = cloud.capabilities();
        let id = id_in_state::<Pod>(&state.id)?;
        let _reading = cx.session.neighbours.reading::<Pod>(cloud.capabilities().name, &id);
        let pod = cx.session.census.refreshed(cloud.as_ref(), &id).await;
        let pod = pod.map_err(|error| cannot_be_read::<Pod>(&error))?;
        if pod.is_none() && origin == Origin::Import {
            return Err(lookup::nothing_to_import::<Pod>(&id, capabilities));
        }
        pod.iter().for_each(|pod| cx.session.findings.note(pod));
        if pod.is_none() && origin == Origin::State {
            absence::tell::<Pod>(cx, capabilities, &id, &state.name, &state.created_at);
        }
        let can_stop = capabilities.stop != StopSupport::None;
        match &pod {
            Some(pod) if pod.phase == clouds::Phase::Failed => warn_of_failure(cx, &state, pod),
            Some(pod) if pod.phase == clouds::Phase::Stopped && !can_stop => {
                warn_of_stop(cx, &state, pod, capabilities)
            }
            _ => {}
        }
        let refreshed = pod.map(|pod| match origin {
            Origin::Import => observe::imported(&state, &pod, cloud.account(), capabilities),
            Origin::State => observe::refresh(state, &pod),
        });
        Ok(if can_stop {
            refreshed
        } else {
            refreshed.map(always_running)
        })
    }

    async fn update(
        &self,
        cx: &Context<Session>,
        change: Change<PodModel>,
        saved: &Saved,
    ) -> Result<PodModel, Diagnostics> {
        let Change { prior, planned, config } = change;
        secrets::note(&cx.session.secrets, &config);
        if is_to_be_stopped(&planned) == is_to_be_stopped(&prior) {
            return Ok(planned.with_unknowns_from(prior));
        }
        let cloud = cx.session.cloud(&prior.cloud)?;
        let _changing = cx.session.census.changing(cloud.as_ref());
        let deadline = Deadline::from_now("update", planned.timeouts.known().map(|timeouts| &timeouts.update));
        let power = if is_to_be_stopped(&planned) {
            Power::Stopped
        } else {
            Power::Running
        };
        let save = |pod: &Pod| saved.save(&observe::refresh(prior.clone(), pod));
        let id = id_in_state::<Pod>(&prior.id)?;
        let steering = power::steer(cx, cloud.as_ref(), &id, power, &deadline, save);
        let pod = deadline.spend(cx, steering).await?;
        Ok(observe::complete(planned, &pod))
    }

    async fn delete(&self, cx: &Context<Session>, state: PodModel, saved: &Saved) -> Result<(), Diagnostics> {
        secrets::note(&cx.session.secrets, &state);
        let cloud = cx.session.cloud(&state.cloud)?;
        let _changing = cx.session.census.changing(cloud.as_ref());
        let deadline = Deadline::from_now("delete", state.timeouts.known().map(|timeouts| &timeouts.delete));
        let policy = destroy::Policy::of(cloud.capabilities(), state.stop_before_destroy != Tf::Known(false));
        let save = |pod: &Pod| saved.save(&observe::refresh(state.clone(), pod));
        let id = id_in_state::<Pod>(&state.id)?;
        let removal = destroy::remove(cx, cloud.as_ref(), &id, policy, &deadline, save);
        deadline.spend(cx, removal).await
    }

    /// Takes `<id>` and `<cloud>/<id>`.
    async fn import(&self, cx: &Context<Session>, text: &str) -> Result<PodModel, Diagnostics> {
        let (cloud, id) = cloud::imported::<Pod>(&cx.session, text)?;
        Ok(PodModel {
            cloud,
            id,
            ..PodModel::null()
        })
    }
}

fn is_to_be_stopped(planned: &PodModel) -> bool {
    planned.desired_state.known().is_some_and(|state| state == STOPPED)
}

/// Where nothing can stop a pod, none is ever wanted stopped: a plan to start it could not be carried out.
fn always_running(state: PodModel) -> PodModel {
    PodModel {
        desired_state: Tf::Known(RUNNING.to_owned()),
        ..state
    }
}

fn warn_of_stop(cx: &Context<Session>, state: &PodModel, pod: &Pod, capabilities: &Capabilities) {
    let name = state.name.known().cloned().unwrap_or_default();
    let message = messages::pod_is_stopped(&pod.id, &name, &pod.cloud_status, capabilities.title);
    cx.add_warning(Path::from("status"), message);
}

fn warn_of_failure(cx: &Context<Session>, state: &PodModel, pod: &Pod) {
    let name = state.name.known().cloned().unwrap_or_default();
    let reason = pod
        .reason
        .as_ref()
        .map_or_else(String::new, |reason| messages::failure_reason(reason));
    let message = messages::pod_has_failed(&pod.id, &name, &pod.cloud_status, &reason);
    cx.add_warning(Path::from("status"), message);
}

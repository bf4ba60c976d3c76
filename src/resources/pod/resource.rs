//! `gpupod_pod`: the lifecycle of the resource.

use async_trait::async_trait;

use super::{
    catalogue, destroy, evidence,
    goal::Goal,
    messages,
    model::{PodModel, RUNNING, STOPPED},
    observe, plan, power, rules, secrets, spec,
};
use crate::{
    clouds::{self, Capabilities, Pod, Power, StopSupport},
    resources::{
        common::cloud_name,
        managed::{
            create::{self, NewObject},
            deadline::Deadline,
            import,
            read::{self, Refreshed, id_in_state},
            wait,
        },
        run::Cached,
        session::Session,
    },
    tf::{Change, Context, Diagnostics, Model, Origin, Path, Plan, Resource, Saved, Tf},
};

/// The resource `gpupod_pod`.
#[derive(Debug)]
pub struct PodResource;

#[async_trait]
impl Resource for PodResource {
    type Session = Session;
    type Model = PodModel;

    const NAME: &'static str = "pod";

    fn validate(&self, config: &PodModel, diagnostics: &mut Diagnostics) {
        rules::check(config, cloud_name::validated(&config.cloud, diagnostics), diagnostics);
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
        let _changing = Pod::lists(&cx.session.run).changing(cloud.pods());
        let deadline = Deadline::from_now("create", planned.timeouts.known().map(|timeouts| &timeouts.create));

        let ordered = deadline
            .spend(
                cx,
                create::create(
                    cx,
                    cloud.pods(),
                    NewObject {
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
        cx.session.run.note_price(&ordered);
        let running = wait::until(cx, cloud.pods(), &ordered.id, Goal::Running, &deadline, save).await?;
        let pod = match is_to_be_stopped(&planned) {
            true => {
                deadline
                    .spend(
                        cx,
                        power::steer(cx, cloud.pods(), &ordered.id, Power::Stopped, &deadline, save),
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
        secrets::note(&cx.session.secrets, &state);
        let (cloud, pod) = match read::refresh(cx, &state, origin).await? {
            Refreshed::NotYetKnown => return Ok(Some(state)),
            Refreshed::Gone => return Ok(None),
            Refreshed::Found { cloud, object } => (cloud, object),
        };
        let capabilities = cloud.capabilities();
        cx.session.run.note_price(&pod);
        let can_stop = capabilities.stop != StopSupport::None;
        match pod.phase {
            clouds::Phase::Failed => warn_of_failure(cx, &state, &pod),
            clouds::Phase::Stopped if !can_stop => warn_of_stop(cx, &state, &pod, capabilities),
            _ => {}
        }
        let refreshed = match origin {
            Origin::Import => observe::imported(&state, &pod, cloud.account(), capabilities),
            Origin::State => observe::refresh(state, &pod),
        };
        Ok(Some(if can_stop { refreshed } else { always_running(refreshed) }))
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
        let _changing = Pod::lists(&cx.session.run).changing(cloud.pods());
        let deadline = Deadline::from_now("update", planned.timeouts.known().map(|timeouts| &timeouts.update));
        let power = if is_to_be_stopped(&planned) {
            Power::Stopped
        } else {
            Power::Running
        };
        let save = |pod: &Pod| saved.save(&observe::refresh(prior.clone(), pod));
        let id = id_in_state::<Pod>(&prior.id)?;
        let steering = power::steer(cx, cloud.pods(), &id, power, &deadline, save);
        let pod = deadline.spend(cx, steering).await?;
        Ok(observe::complete(planned, &pod))
    }

    async fn delete(&self, cx: &Context<Session>, state: PodModel, saved: &Saved) -> Result<(), Diagnostics> {
        secrets::note(&cx.session.secrets, &state);
        let cloud = cx.session.cloud(&state.cloud)?;
        let _changing = Pod::lists(&cx.session.run).changing(cloud.pods());
        let deadline = Deadline::from_now("delete", state.timeouts.known().map(|timeouts| &timeouts.delete));
        let policy = destroy::Policy::of(cloud.capabilities(), state.stop_before_destroy != Tf::Known(false));
        let save = |pod: &Pod| saved.save(&observe::refresh(state.clone(), pod));
        let id = id_in_state::<Pod>(&state.id)?;
        let removal = destroy::remove(cx, cloud.pods(), &id, policy, &deadline, save);
        deadline.spend(cx, removal).await
    }

    /// Takes `<id>` and `<cloud>/<id>`.
    async fn import(&self, cx: &Context<Session>, text: &str) -> Result<PodModel, Diagnostics> {
        import::import(cx, text)
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

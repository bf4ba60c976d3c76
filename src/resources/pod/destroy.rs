//! Removes a pod: stopped first where that is wanted or demanded, and waited for until it is gone.

use super::messages;
use super::{goal::Goal, power::REFUSALS};
use crate::{
    clouds::{self, Capabilities, Error, Kind, Phase, Pod, PodId, Pods, StopSupport},
    resources::{
        common::cloud_error,
        managed::{deadline::Deadline, delete_when_unused, read, wait},
        run::{Cached, is_not_found},
        session::Session,
    },
    tf::{Context, Diagnostics},
};

/// How a pod is to be removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// A running pod is stopped before it is deleted.
    pub stops_first: bool,
    /// The cloud deletes a pod only when it is stopped or has failed.
    pub must_be_stopped: bool,
    /// There is a way to stop it at all.
    pub can_stop: bool,
}

impl Policy {
    /// `stop_before_destroy`, as far as the cloud has a stop.
    pub fn of(capabilities: &Capabilities, stop_before_destroy: bool) -> Self {
        let must_be_stopped = capabilities.stop == StopSupport::RequiredBeforeDelete;
        let can_stop = capabilities.stop != StopSupport::None;
        Self {
            stops_first: must_be_stopped || (stop_before_destroy && can_stop),
            must_be_stopped,
            can_stop,
        }
    }
}

/// What to do next on the way to nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Rest,
    Stop,
    Delete,
    WaitUntilGone,
}

/// What has been tried, so that nothing is tried for ever.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Tried {
    rest: bool,
    refusals: u32,
}

/// Removes a pod, and tells every state that is seen on the way to `seen`. One that is gone already is removed.
pub async fn remove(
    cx: &Context<Session>,
    pods: &dyn Pods,
    id: &PodId,
    policy: Policy,
    deadline: &Deadline,
    mut seen: impl FnMut(&Pod) + Send,
) -> Result<(), Diagnostics> {
    let mut tried = Tried::default();
    let mut found = match first_look(cx, pods, id).await? {
        Ok(found) => found,
        Err(unlisted) => return delete_unseen(cx, pods, id, deadline, &unlisted, &mut seen).await,
    };
    loop {
        let Some(pod) = found else { return Ok(()) };
        seen(&pod);
        found = match step(pod.phase, policy, tried) {
            Step::Rest => {
                tried.rest = true;
                rest(cx, pods, id, policy, deadline, &mut seen).await?
            }
            Step::WaitUntilGone => return gone(cx, pods, id, deadline, &mut seen).await,
            Step::Stop | Step::Delete if cx.stop.is_cancelled() => {
                return Err(delete_when_unused::interrupted::<Pod>(id));
            }
            Step::Stop => match pods.stop(id).await {
                Ok(()) => wait::until(cx, pods, id, Goal::AtRestAfterStop, deadline, &mut seen).await?,
                Err(error) => {
                    tried.refused(error, &messages::cannot_be_stopped())?;
                    read::look(cx, pods, id).await?
                }
            },
            Step::Delete => match pods.delete(id).await {
                Ok(()) => return gone(cx, pods, id, deadline, &mut seen).await,
                Err(error) if is_not_found(&error) => {
                    let listed = read::listed(&cx.session.run, pods, id).await;
                    let listed = listed.map_err(|error| delete_when_unused::refused::<Pod>(&error))?;
                    if listed.is_some() {
                        tried.refused(error, &delete_when_unused::cannot_be_deleted::<Pod>())?;
                    }
                    listed
                }
                Err(error) => {
                    tried.refused(error, &delete_when_unused::cannot_be_deleted::<Pod>())?;
                    read::look(cx, pods, id).await?
                }
            },
        };
    }
}

/// The pod as it was a moment ago, where several are removed. If it is elsewhere by now, an order is refused, and it is
/// looked at again. An error of the cloud is that it does not find the pod, and cannot list what there is.
async fn first_look(
    cx: &Context<Session>,
    pods: &dyn Pods,
    id: &PodId,
) -> Result<clouds::Result<Option<Pod>>, Diagnostics> {
    let lists = Pod::lists(&cx.session.run);
    let _waiting = lists.waiting(pods);
    match lists.lately(pods, id, cx.session.poll_interval).await {
        Err(error) if is_not_found(&error) => Ok(read::listed(&cx.session.run, pods, id).await),
        found => found.map(Ok).map_err(|error| read::cannot_be_read::<Pod>(&error)),
    }
}

/// Deletes a pod that the cloud does not find, where no list confirms it. If the deletion does not find it either, only
/// the list could tell a pod that is gone from a cloud that is out of order.
async fn delete_unseen(
    cx: &Context<Session>,
    pods: &dyn Pods,
    id: &PodId,
    deadline: &Deadline,
    unlisted: &Error,
    seen: &mut (impl FnMut(&Pod) + Send),
) -> Result<(), Diagnostics> {
    if cx.stop.is_cancelled() {
        return Err(delete_when_unused::interrupted::<Pod>(id));
    }
    match pods.delete(id).await {
        Ok(()) => gone(cx, pods, id, deadline, seen).await,
        Err(error) if is_not_found(&error) => Err(delete_when_unused::refused::<Pod>(unlisted)),
        Err(error) => Err(delete_when_unused::refused::<Pod>(&error)),
    }
}

fn step(phase: Phase, policy: Policy, tried: Tried) -> Step {
    let rests = policy.stops_first || tried.refusals > 0;
    let stops = rests && policy.can_stop;
    match phase {
        Phase::Terminating => Step::WaitUntilGone,
        Phase::Stopped | Phase::Failed => Step::Delete,
        Phase::Running if stops => Step::Stop,
        Phase::Pending | Phase::Provisioning | Phase::Stopping | Phase::Unknown if rests && !tried.rest => Step::Rest,
        Phase::Running | Phase::Pending | Phase::Provisioning | Phase::Stopping | Phase::Unknown => Step::Delete,
    }
}

impl Tried {
    /// The pod was not where it was seen, which is no reason to give up yet.
    fn refused(&mut self, error: Error, summary: &str) -> Result<(), Diagnostics> {
        self.refusals += 1;
        self.rest = false;
        match matches!(error.kind, Kind::WrongState | Kind::NotFound) && self.refusals <= REFUSALS {
            true => Ok(()),
            false => Err(cloud_error::diagnostics(summary, &error)),
        }
    }
}

/// Waits for a pod in motion. One that hangs in it can still be deleted where the cloud allows that, and must not keep
/// costing money: it is given half of the time.
async fn rest(
    cx: &Context<Session>,
    pods: &dyn Pods,
    id: &PodId,
    policy: Policy,
    deadline: &Deadline,
    seen: &mut (impl FnMut(&Pod) + Send),
) -> Result<Option<Pod>, Diagnostics> {
    let patience = if policy.must_be_stopped {
        *deadline
    } else {
        deadline.half()
    };
    match wait::until(cx, pods, id, Goal::AtRest, &patience, seen).await {
        Err(error) if policy.must_be_stopped || cx.stop.is_cancelled() => Err(error),
        Err(_) => read::look(cx, pods, id).await,
        rested => rested,
    }
}

async fn gone(
    cx: &Context<Session>,
    pods: &dyn Pods,
    id: &PodId,
    deadline: &Deadline,
    seen: &mut (impl FnMut(&Pod) + Send),
) -> Result<(), Diagnostics> {
    wait::until(cx, pods, id, Goal::Gone, deadline, seen).await.map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WITH_STOP: Policy = Policy {
        stops_first: true,
        must_be_stopped: false,
        can_stop: true,
    };
    const AT_ONCE: Policy = Policy {
        stops_first: false,
        must_be_stopped: false,
        can_stop: true,
    };
    const WITHOUT_STOP: Policy = Policy {
        can_stop: false,
        ..AT_ONCE
    };

    #[track_caller]
    fn check(policy: Policy, tried: Tried, expected: [Step; 8]) {
        assert_eq!(Phase::ALL.map(|phase| step(phase, policy, tried)), expected);
    }

    #[test]
    fn a_pod_is_stopped_before_it_is_deleted_unless_it_is_to_go_at_once() {
        use Step::*;
        let never = Tried::default();
        //                       pending provisioning running stopping stopped terminating  failed  unknown
        check(
            WITH_STOP,
            never,
            [Rest, Rest, Stop, Rest, Delete, WaitUntilGone, Delete, Rest],
        );
        check(
            AT_ONCE,
            never,
            [Delete, Delete, Delete, Delete, Delete, WaitUntilGone, Delete, Delete],
        );
    }

    #[test]
    fn a_pod_that_does_not_come_to_rest_is_deleted_all_the_same() {
        use Step::*;
        let rested = Tried {
            rest: true,
            refusals: 0,
        };
        check(
            WITH_STOP,
            rested,
            [Delete, Delete, Stop, Delete, Delete, WaitUntilGone, Delete, Delete],
        );
    }

    #[test]
    fn a_refused_delete_leads_to_a_stop() {
        use Step::*;
        let refused = Tried {
            rest: false,
            refusals: 1,
        };
        check(
            AT_ONCE,
            refused,
            [Rest, Rest, Stop, Rest, Delete, WaitUntilGone, Delete, Rest],
        );
        check(
            WITHOUT_STOP,
            refused,
            [Rest, Rest, Delete, Rest, Delete, WaitUntilGone, Delete, Rest],
        );
    }
}

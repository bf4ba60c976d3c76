//! Waiting for a pod: until it is where it should be, until it cannot get there, until time is up or the user stops.

use tracing::info;

use crate::{
    clouds::{Cloud, Kind, Phase, Pod, PodId},
    resources::{failure, session::Session, timeouts::Deadline},
    tf::{Context, Diagnostics, Path},
};

/// Where a pod is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Of a pod that was just made.
    Running,
    /// Of a stopped pod that was told to start, and may still look stopped.
    RunningAgain,
    Stopped,
    /// In no motion of its own, whether it runs, is stopped, has failed or is gone.
    AtRest,
    /// Of a running pod that was told to stop, and may still look running: stopped, failed or gone.
    AtRestAfterStop,
    Gone,
}

/// Whether a phase is where one waits for, on the way there, or off it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Reached,
    OnTheWay,
    Failed,
}

/// A pod that was made just now may not be found at once. So many answers in a row make it certain that it is gone.
const MISSES_THAT_PROVE: u32 = 3;

/// Waits, and tells every state of the pod that it sees to `seen`. `None` if the pod is gone, where that was the goal.
///
/// An error of the cloud that may pass is waited out: a pod that cannot be read for a minute is not a pod that failed.
pub async fn until(
    cx: &Context<Session>,
    cloud: &dyn Cloud,
    id: &PodId,
    goal: Goal,
    deadline: &Deadline,
    mut seen: impl FnMut(&Pod) + Send,
) -> Result<Option<Pod>, Diagnostics> {
    let mut last = Last::default();
    loop {
        match cloud.pod(id).await {
            Ok(Some(pod)) => {
                seen(&pod);
                last.note(cloud, &pod);
                match goal.judge(pod.phase) {
                    Verdict::Reached => return Ok(Some(pod)),
                    Verdict::Failed => return Err(failed(&pod)),
                    Verdict::OnTheWay => {}
                }
            }
            Ok(None) if matches!(goal, Goal::Gone | Goal::AtRest | Goal::AtRestAfterStop) => return Ok(None),
            Ok(None) if last.misses + 1 >= MISSES_THAT_PROVE => return Err(vanished(id)),
            Ok(None) => last.misses += 1,
            Err(error) if may_pass(error.kind) => last.error = Some(failure::told(&error)),
            Err(error) => return Err(failure::diagnostics("Waiting for the pod was refused", &error)),
        }
        tokio::select! {
            () = cx.stop.cancelled() => return Err(interrupted(id, &last)),
            () = tokio::time::sleep_until(deadline.instant()) => return Err(out_of_time(id, goal, deadline, &last)),
            () = tokio::time::sleep(cx.session.poll_interval) => {}
        }
    }
}

impl Goal {
    fn judge(self, phase: Phase) -> Verdict {
        use Phase::*;
        match (self, phase) {
            (Goal::Running | Goal::RunningAgain, Running) | (Goal::Stopped, Stopped) => Verdict::Reached,
            (Goal::AtRest, Running | Stopped | Failed) => Verdict::Reached,
            (Goal::AtRestAfterStop, Stopped | Failed) => Verdict::Reached,
            (Goal::Running | Goal::RunningAgain | Goal::Stopped, Failed | Terminating) => Verdict::Failed,
            (Goal::Running, Stopping | Stopped) => Verdict::Failed,
            (_, Pending | Provisioning | Running | Stopping | Stopped | Terminating | Failed | Unknown) => {
                Verdict::OnTheWay
            }
        }
    }

    fn told(self) -> &'static str {
        match self {
            Goal::Running | Goal::RunningAgain => "running",
            Goal::Stopped | Goal::AtRestAfterStop => "stopped",
            Goal::AtRest => "at rest",
            Goal::Gone => "gone",
        }
    }
}

/// What was seen last, for the message when the wait ends without success.
#[derive(Default)]
struct Last {
    phase: Option<Phase>,
    cloud_status: String,
    error: Option<String>,
    misses: u32,
}

impl Last {
    fn note(&mut self, cloud: &dyn Cloud, pod: &Pod) {
        if self.phase != Some(pod.phase) || self.cloud_status != pod.cloud_status {
            let (cloud, status) = (cloud.capabilities().name, pod.phase.as_str());
            info!(
                cloud,
                id = pod.id.as_str(),
                status,
                cloud_status = pod.cloud_status.as_str(),
                "the pod's status"
            );
        }
        *self = Self {
            phase: Some(pod.phase),
            cloud_status: pod.cloud_status.clone(),
            error: None,
            misses: 0,
        };
    }

    fn told(&self) -> String {
        let status = match self.phase {
            Some(phase) => format!("Its last status was `{}` ({})", phase.as_str(), self.cloud_status),
            None => "Its status was never read".to_owned(),
        };
        match &self.error {
            Some(error) => format!("{status}, and the last answer was an error: {error}."),
            None => format!("{status}."),
        }
    }
}

fn may_pass(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::RateLimited | Kind::Unreachable | Kind::AnswerLost | Kind::CloudFailed | Kind::Unreadable
    )
}

fn failed(pod: &Pod) -> Diagnostics {
    let reason = match &pod.reason {
        Some(reason) => format!("The cloud's reason: {reason}."),
        None => "The cloud gives no reason; its console may.".to_owned(),
    };
    let detail = format!(
        "The pod {} is `{}` ({}). {reason} It is kept in the state: an apply replaces it, a destroy removes it.",
        pod.id,
        pod.phase.as_str(),
        pod.cloud_status
    );
    Diagnostics::of_error(Path::root(), "The pod did not get where it should", detail)
}

pub fn vanished(id: &PodId) -> Diagnostics {
    let detail = format!(
        "The pod {id} was there and is gone: something else removed it in the meantime. The next plan finds out and \
         makes a new one."
    );
    Diagnostics::of_error(Path::root(), "The pod vanished", detail)
}

fn interrupted(id: &PodId, last: &Last) -> Diagnostics {
    let detail = format!(
        "The wait for the pod {id} was left. {} The pod is kept in the state; a plan shows what is left to do.",
        last.told()
    );
    Diagnostics::of_error(Path::root(), "Interrupted", detail)
}

fn out_of_time(id: &PodId, goal: Goal, deadline: &Deadline, last: &Last) -> Diagnostics {
    let detail = format!(
        "The pod {id} was not {} {}. {} It is kept in the state. Look at it in the cloud's console, or allow more time, \
         and apply again.",
        goal.told(),
        deadline.told(),
        last.told()
    );
    Diagnostics::of_error(Path::from("timeouts"), "The pod took too long", detail)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(goal: Goal, reached: &[Phase], failed: &[Phase]) {
        for phase in Phase::ALL {
            let expected = match phase {
                phase if reached.contains(&phase) => Verdict::Reached,
                phase if failed.contains(&phase) => Verdict::Failed,
                _ => Verdict::OnTheWay,
            };
            assert_eq!(goal.judge(phase), expected, "{goal:?} at {phase:?}");
        }
    }

    #[test]
    fn a_phase_is_the_goal_or_on_the_way_or_off_it() {
        use Phase::*;
        check(Goal::Running, &[Running], &[Failed, Terminating, Stopping, Stopped]);
        check(Goal::RunningAgain, &[Running], &[Failed, Terminating]);
        check(Goal::Stopped, &[Stopped], &[Failed, Terminating]);
        check(Goal::AtRest, &[Running, Stopped, Failed], &[]);
        check(Goal::AtRestAfterStop, &[Stopped, Failed], &[]);
        check(Goal::Gone, &[], &[]);
    }
}

//! Stops and starts a pod, from wherever it is.

use super::goal::Goal;
use super::messages;
use crate::{
    clouds::{Kind, Phase, Pod, PodId, Pods, Power},
    resources::{
        common::cloud_error,
        managed::{deadline::Deadline, read, wait},
        session::Session,
    },
    tf::{Context, Diagnostics, Path},
};

/// What to do next on the way to a power state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Done,
    Order,
    WaitFor(Goal),
    GiveUp,
}

/// How often an order may be refused because the pod is not where it was seen: it is looked at again each time.
pub const REFUSALS: u32 = 3;

/// Brings a pod to rest as running or stopped, and tells every state that is seen on the way to `seen`.
pub async fn steer(
    cx: &Context<Session>,
    pods: &dyn Pods,
    id: &PodId,
    power: Power,
    deadline: &Deadline,
    mut seen: impl FnMut(&Pod) + Send,
) -> Result<Pod, Diagnostics> {
    let mut refusals = 0;
    let mut pod = look(cx, pods, id).await?;
    loop {
        seen(&pod);
        let goal = match step(power, pod.phase) {
            Step::Done => return Ok(pod),
            Step::GiveUp => return Err(out_of_reach(power, &pod)),
            Step::WaitFor(goal) => goal,
            Step::Order if cx.stop.is_cancelled() => return Err(left(power, id)),
            Step::Order => match order(pods, id, power).await {
                Ok(()) => goal_of(power),
                Err(error) if error.kind == Kind::WrongState && refusals < REFUSALS => {
                    refusals += 1;
                    Goal::AtRest
                }
                Err(error) => return Err(cloud_error::diagnostics(summary(power), &error)),
            },
        };
        pod = wait::until(cx, pods, id, goal, deadline, &mut seen)
            .await?
            .ok_or_else(|| wait::vanished::<Pod>(id))?;
    }
}

fn step(power: Power, phase: Phase) -> Step {
    match (power, phase) {
        (Power::Running, Phase::Running) | (Power::Stopped, Phase::Stopped) => Step::Done,
        (Power::Running, Phase::Stopped) | (Power::Stopped, Phase::Running) => Step::Order,
        (Power::Running, Phase::Pending | Phase::Provisioning) => Step::WaitFor(Goal::RunningAgain),
        (Power::Stopped, Phase::Stopping) => Step::WaitFor(Goal::Stopped),
        (_, Phase::Pending | Phase::Provisioning | Phase::Stopping | Phase::Unknown) => Step::WaitFor(Goal::AtRest),
        (_, Phase::Failed | Phase::Terminating) => Step::GiveUp,
    }
}

fn goal_of(power: Power) -> Goal {
    match power {
        Power::Running => Goal::RunningAgain,
        Power::Stopped => Goal::Stopped,
    }
}

async fn order(pods: &dyn Pods, id: &PodId, power: Power) -> crate::clouds::Result<()> {
    match power {
        Power::Running => pods.start(id).await,
        Power::Stopped => pods.stop(id).await,
    }
}

async fn look(cx: &Context<Session>, pods: &dyn Pods, id: &PodId) -> Result<Pod, Diagnostics> {
    let pod = read::look(cx, pods, id).await?;
    pod.ok_or_else(|| wait::vanished::<Pod>(id))
}

fn summary(power: Power) -> String {
    match power {
        Power::Running => messages::cannot_be_started(),
        Power::Stopped => messages::cannot_be_stopped(),
    }
}

fn out_of_reach(power: Power, pod: &Pod) -> Diagnostics {
    let message = messages::out_of_reach(&summary(power), &pod.id, pod.phase.as_str(), &pod.cloud_status);
    Diagnostics::from_error(Path::from("desired_state"), message)
}

fn left(power: Power, id: &PodId) -> Diagnostics {
    let order = match power {
        Power::Running => "start",
        Power::Stopped => "stop",
    };
    Diagnostics::from_error(Path::from("desired_state"), messages::power_interrupted(id, order))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_phase_has_a_next_step() {
        use Phase::*;
        let steps = |power| Phase::ALL.map(|phase| (phase, step(power, phase)));
        assert_eq!(
            steps(Power::Stopped),
            [
                (Pending, Step::WaitFor(Goal::AtRest)),
                (Provisioning, Step::WaitFor(Goal::AtRest)),
                (Running, Step::Order),
                (Stopping, Step::WaitFor(Goal::Stopped)),
                (Stopped, Step::Done),
                (Terminating, Step::GiveUp),
                (Failed, Step::GiveUp),
                (Unknown, Step::WaitFor(Goal::AtRest)),
            ]
        );
        assert_eq!(
            steps(Power::Running),
            [
                (Pending, Step::WaitFor(Goal::RunningAgain)),
                (Provisioning, Step::WaitFor(Goal::RunningAgain)),
                (Running, Step::Done),
                (Stopping, Step::WaitFor(Goal::AtRest)),
                (Stopped, Step::Order),
                (Terminating, Step::GiveUp),
                (Failed, Step::GiveUp),
                (Unknown, Step::WaitFor(Goal::AtRest)),
            ]
        );
    }
    #[test]
    fn an_interruption_tells_the_order_that_was_not_given() {
        let id = PodId::new("p-1").expect("an id");
        for (power, order) in [(Power::Running, "start"), (Power::Stopped, "stop")] {
            let told: Vec<String> = left(power, &id).into_iter().map(|one| one.detail).collect();
            let expected = format!("The run was interrupted before the pod p-1 was told to {order}. Apply again.");
            assert_eq!(told, [expected]);
        }
    }
}

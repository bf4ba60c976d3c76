//! Where a pod is waited for, and which phases lead there.

use crate::{
    clouds::{Phase, Pod},
    resources::managed::wait::{self, NotFound, Verdict},
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
    /// Of a pod whose deletion was accepted, or that is ending by the cloud's own word.
    Gone,
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
}

impl wait::Goal<Pod> for Goal {
    fn verdict(self, pod: &Pod) -> Verdict {
        self.judge(pod.phase)
    }

    fn is_reached_when_gone(self) -> bool {
        matches!(self, Goal::Gone | Goal::AtRest | Goal::AtRestAfterStop)
    }

    fn when_not_found(self) -> NotFound {
        match self {
            Goal::Running => NotFound::NotYet,
            Goal::RunningAgain | Goal::Stopped | Goal::AtRest | Goal::AtRestAfterStop => NotFound::InDoubt,
            Goal::Gone => NotFound::Gone,
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

    fn outlook(self) -> &'static str {
        "an apply replaces it, a destroy removes it"
    }
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

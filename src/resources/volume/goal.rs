//! Where a volume is waited for, and what leads there.

use crate::{
    clouds::{GiB, Volume, VolumePhase},
    resources::managed::wait::{self, NotFound, Verdict},
};

/// Where a volume is waited for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Goal {
    /// Of a volume that was just made.
    Active,
    /// Of a volume that was told to grow, and may still look as it did.
    Grown(GiB),
    /// Of a volume whose deletion was accepted.
    Gone,
}

impl wait::Goal<Volume> for Goal {
    fn verdict(self, volume: &Volume) -> Verdict {
        use VolumePhase::*;
        match (self, volume.phase) {
            (Goal::Active, Active) => Verdict::Reached,
            (Goal::Grown(size), Active) if volume.size.is_none_or(|told| told >= size.get()) => Verdict::Reached,
            (Goal::Active | Goal::Grown(_), Failed | Deleting) => Verdict::Failed,
            (_, Creating | Active | Resizing | Deleting | Failed | Unknown) => Verdict::OnTheWay,
        }
    }

    fn is_reached_when_gone(self) -> bool {
        self == Goal::Gone
    }

    fn when_not_found(self) -> NotFound {
        match self {
            Goal::Active => NotFound::NotYet,
            Goal::Grown(_) => NotFound::InDoubt,
            Goal::Gone => NotFound::Gone,
        }
    }

    fn told(self) -> &'static str {
        match self {
            Goal::Active => "active",
            Goal::Grown(_) => "active with its new size",
            Goal::Gone => "gone",
        }
    }

    fn outlook(self) -> &'static str {
        match self {
            Goal::Active => "an apply replaces it, a destroy removes it",
            Goal::Grown(_) | Goal::Gone => {
                "what is on it may be lost, so nothing replaces it by itself. Look at it in the cloud's console first"
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use wait::Goal as _;

    use super::*;
    use crate::resources::testing;

    #[track_caller]
    fn check(goal: Goal, size: Option<u32>, expected: [Verdict; 6]) {
        use VolumePhase::*;
        let verdict = |phase| {
            goal.verdict(&Volume {
                phase,
                size,
                ..testing::volume("7", "data")
            })
        };
        assert_eq!(
            [Creating, Active, Resizing, Deleting, Failed, Unknown].map(verdict),
            expected,
            "{goal:?}, {size:?}"
        );
    }

    #[test]
    fn a_phase_is_the_goal_or_on_the_way_or_off_it() {
        use Verdict::*;
        let grown = Goal::Grown(GiB::new(200).expect("a size"));
        //           creating  active   resizing  deleting  failed    unknown
        check(
            Goal::Active,
            None,
            [OnTheWay, Reached, OnTheWay, Failed, Failed, OnTheWay],
        );
        check(grown, None, [OnTheWay, Reached, OnTheWay, Failed, Failed, OnTheWay]);
        check(
            grown,
            Some(200),
            [OnTheWay, Reached, OnTheWay, Failed, Failed, OnTheWay],
        );
        check(
            grown,
            Some(100),
            [OnTheWay, OnTheWay, OnTheWay, Failed, Failed, OnTheWay],
        );
        check(Goal::Gone, None, [OnTheWay; 6]);
    }
}

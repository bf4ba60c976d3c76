//! Finite state machines that time moves on: how the things of every simulated cloud pass through their lives.

/// A thing that passes from one state into the next by itself.
pub(super) trait Passing {
    type State;

    /// When it entered its present state.
    fn since(&self) -> u64;

    /// How long the present state lasts, and what follows; `None` if it lasts.
    fn following(&self) -> Option<(u64, Self::State)>;

    fn enter(&mut self, state: Self::State, now: u64);

    /// Passes into the next state, if there is one, whenever that is due.
    fn step(&mut self, now: u64) {
        if let Some((_, next)) = self.following() {
            self.enter(next, now);
        }
    }

    /// Passes into every state that is due by `now`, so many times as fast as it should.
    fn pass(&mut self, now: u64, speed: u64) {
        while let Some((duration, next)) = self.following() {
            let due = self.since().saturating_add(duration / speed.max(1));
            if due > now {
                return;
            }
            self.enter(next, due);
        }
    }
}

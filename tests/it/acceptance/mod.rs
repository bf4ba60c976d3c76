//! Real `terraform` with this provider and the simulated clouds: what users live through, theme by theme.
//!
//! Read `workspace` first: it is what every test works in. Each test ends with `finish`, which holds what must hold
//! after everything: an empty plan, and no pod that is in the cloud and not in the state.

mod workspace;

mod tool;

mod plan;

mod pod;

#[cfg(unix)] // Signals and process groups.
mod running;

mod life;

mod secrets;

mod power;

mod gone;

mod reading;

mod changes;

mod drift;

mod destroy;

mod create;

#[cfg(unix)]
mod interrupt;

mod import;

mod mistakes;

mod values;

mod provider;

#[cfg(unix)]
mod by_hand;

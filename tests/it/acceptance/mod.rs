//! Real `terraform` with this provider and the simulated clouds: what users live through, theme by theme.
//!
//! Read `workspace` first: it is what every test works in. Each test ends with `finish`, which holds what must hold
//! after everything: an empty plan, and no pod, volume or credential that is in the cloud and not in the state. Time goes
//! by in commands, not in what they are about: make many things in one run rather than one in many.

mod workspace;

mod record;

mod living;

mod tool;

mod plan;

mod block;

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

mod meaning;

mod destroy;

mod create;

#[cfg(unix)]
mod interrupt;

mod silence;

mod certificates;

#[cfg(unix)]
mod sockets;

mod import;

mod upgrades;

mod mistakes;

mod catalogue;

mod volume;

mod volumes;

mod volume_changes;

mod volume_import;

mod volume_mistakes;

mod mounts;

mod gpu_specs;

mod modules;

mod configurations;

#[cfg(unix)]
mod guides;

mod credential;

mod credentials;

mod lookups;

mod functions;

mod values;

mod clouds;

#[cfg(unix)]
mod matrix;

mod provider;

mod soak;

mod packed;

mod picture;

#[cfg(unix)]
mod by_hand;

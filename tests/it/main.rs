//! One test binary for everything that is larger than a unit.

mod protocol;

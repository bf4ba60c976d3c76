//! Tests of the simulated Yotta.

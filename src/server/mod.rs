//! The RPCs, and what holds for every resource: defaults, unknown marking, replacement, saved state.

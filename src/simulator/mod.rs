//! The clouds as a caller sees them, in memory on loopback. Shares no type with `clouds`.

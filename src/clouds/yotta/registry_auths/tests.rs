//! registry_auths

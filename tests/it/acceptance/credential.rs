//! The configuration of a registry credential.

use super::{block::Block, pod::Pod};

/// Where a credential stands.
pub const CREDENTIAL: &str = "gpupod_container_registry_auth.this";

pub fn credential() -> Block {
    Block::resource("gpupod_container_registry_auth")
        .with("name", r#""team""#)
        .with("username", r#""robot""#)
        .with("type", r#""DOCKER_HUB""#)
        .with("password_wo", r#""first""#)
        .with("password_wo_version", 1)
}

/// A pod whose image is fetched with [`CREDENTIAL`].
pub fn user() -> Pod {
    Pod::minimal()
        .with("image_public_type", r#""PRIVATE""#)
        .with("container_registry_auth_id", format!("{CREDENTIAL}.id"))
}

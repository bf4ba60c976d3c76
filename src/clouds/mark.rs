//! Ownership marker: an idempotency key in the shape of a label, random and sent with one create, by which a cloud that
//! echoes labels tells the pod of this create from all others.
//!
//! cPod has labels. Yotta's and Prime Intellect's documents have nothing of a kind: what their answers repeat of a create
//! (name, image, variables, ports, command, webhook; offer, disks, team) its user would find in the pod, so that a mark in
//! there would change it. Volumes, credentials and keys have no room for one anywhere.

/// A random marker that one create carries, and no other does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark(Box<str>);

impl Mark {
    /// The name of the label, which nobody else may use.
    pub const LABEL: &str = "gpupod-order";

    pub fn random() -> Self {
        Self(format!("{:032x}", fastrand::u128(..)).into())
    }

    /// As it stands in a response.
    pub fn of(text: String) -> Self {
        Self(text.into())
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

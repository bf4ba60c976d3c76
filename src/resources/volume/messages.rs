//! The messages of `gpupod_volume`.

use std::fmt::Display;

crate::messages! {
    /// Summary of `refused`, of a new name.
    pub fn cannot_be_renamed() { "The volume cannot be renamed" }

    /// Summary of `refused`, of a new size.
    pub fn cannot_grow() { "The volume cannot grow" }

    /// When a cloud that does not tell a volume's size calls a larger one wrong.
    pub fn size_is_not_told(said: &str, id: impl Display, cloud: &str) {
        "The volume cannot grow",
        "{said}\n\nThe cloud does not tell how large the volume {id} is; its console does. If it has this size already, \
         as after a run that was killed while it grew, take it out of the state with `terraform state rm ADDRESS` and \
         back with `terraform import ADDRESS {cloud}/{id}`: then an apply takes the configured size over without an \
         order. Otherwise correct what the cloud's message names."
    }

    /// When a volume cannot grow while it is used.
    pub fn cannot_grow_now(said: &str, mounts: &str) {
        "The volume cannot grow",
        "{said}\n\nA volume grows only while it is active and no pod mounts it. {mounts} Remove the mounts, then apply \
         again."
    }

    /// When Ctrl-C comes before the new size was sent.
    pub fn grow_interrupted(id: impl Display) {
        "Interrupted",
        "The run was interrupted before the volume {id} was told to grow. Apply again."
    }

    /// About the pods that mount a volume.
    pub fn mounts_unknown(error: &str) { "Which pods mount it could not be found out: {error}." }

    /// About the pods that mount a volume.
    pub fn no_mount() { "No pod that the cloud lists mounts it; perhaps something other than a pod does." }

    /// About the pods that mount a volume.
    pub fn one_mount(pod: &str) { "The pod {pod} mounts it." }

    /// About the pods that mount a volume.
    pub fn mounts(pods: &str) { "The pods {pods} mount it." }

    /// When a new size replaces a volume.
    pub fn data_will_be_lost(from: &str, to: &str, id: &str) {
        "The data will be lost",
        "`size_in_gb` changes from {from} to {to}, and a volume of this cloud keeps its size: the volume {id} is \
         replaced, and what is on it is lost. Copy what is to be kept first, or leave the size as it is."
    }

    /// In `data_will_be_lost`.
    pub fn unknown_size() { "a size that is not known yet" }

    /// When a volume is to become smaller.
    pub fn cannot_shrink(wanted: impl Display, size: impl Display) {
        "Volume cannot become smaller",
        "`size_in_gb` is {wanted}, and the volume has {size}. A smaller volume would lose data: use at least {size}, or \
         make another volume and copy what is to be kept."
    }

    /// When a volume is to grow that is mounted.
    pub fn is_mounted(size: impl Display, wanted: impl Display) {
        "Volume is mounted",
        "`size_in_gb` changes from {size} to {wanted}, and the volume was mounted when it was last looked at. It can \
         grow only while no pod mounts it: take it out of `volumes` of its pods first, or the apply fails."
    }

    /// When an attribute is set that this kind of storage does not have.
    pub fn unsupported_storage(word: &str, name: &str) {
        "Not available for {word} storage",
        "`{name}` is set, and `storage_type` is {word:?}, which does not have it. Remove it."
    }

    /// When a new volume lacks what its kind of storage needs.
    pub fn required_storage(word: &str, name: &str) {
        "Required for {word} storage",
        "`{name}` is not set, and `storage_type` is {word:?}, which needs it. Give it a value."
    }

    /// When a volume is to be larger than any.
    pub fn too_large(size: impl Display, largest: u32) {
        "Number out of range",
        "`size_in_gb` is {size}. Use a whole number from 1 to {largest}."
    }

    /// When a new volume stays in a status that no document lists.
    pub fn unknown_status(id: impl Display, status: &str, allowed: &str) {
        "Unknown volume status",
        "The volume {id} has the status `{status}`, which this version of the provider does not know, and has not become \
         active {allowed}. It is kept as it is. Check in the cloud's console that it can be used."
    }

    /// When a refresh finds a volume that has failed.
    pub fn has_failed(id: impl Display, name: &str, status: &str) {
        "The volume has failed",
        "The volume {id} ({name}) is `{status}`. It is not planned for replacement, because there may be data on it that \
         can be saved. When nothing on it is needed, replace it with `terraform apply -replace=ADDRESS`, or destroy it."
    }
}

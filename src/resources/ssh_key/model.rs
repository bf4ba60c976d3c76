//! The attributes of `gpupod_ssh_key`: what is in the registry's page, the schema and the typed model is declared here
//! once.

use crate::{
    model,
    tf::{
        Value, computed, normalizers, optional_computed, required,
        validators::{Validator, length, no_space_around},
    },
};

model! {
    /// An SSH key, kept at the cloud: whoever holds its private half can log in to the pods that were made with it.
    ///
    /// A pod names it with `prime_intellect.ssh_key_id`, or gets the primary key. Pods that run already keep the keys that
    /// they were made with.
    pub struct SshKeyModel {
        /// The cloud that keeps the key. Without it the provider's `cloud` is used, or the only cloud that has a key.
        cloud: String = optional_computed().requires_replace(),

        /// The key's name.
        name: String = required().requires_replace().normalizer(normalizers::trimmed).validator(length(1, 255))
            .validator(no_space_around()),

        /// The public half, as it stands in a file such as `id_ed25519.pub`. Space and line breaks around it and the
        /// comment at its end do not matter.
        public_key: String = required().requires_replace().normalizer(kind_and_key).case_matters()
            .validator(public_key()),

        /// Whether new pods that name no key get this one. `true` makes it so, in place, and again after another key was
        /// made primary behind Terraform's back. Left out, it tells how it is. It cannot become `false`: a key stops
        /// being primary when another one becomes it.
        is_primary: bool = optional_computed().implied(false).validator(only_true()),

        /// The cloud's id of the key.
        id: String = computed().use_state_for_unknown(),

        /// When the key was stored, as RFC 3339.
        created_at: String = computed().use_state_for_unknown(),
    }
}

/// A key in OpenSSH's notation without its comment, which names its owner and does not let anybody in.
fn kind_and_key(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().take(2).collect();
    words.join(" ")
}

const KINDS: &[&str] = &["ssh-", "ecdsa-", "sk-ssh-", "sk-ecdsa-"];

/// The value is not repeated: it may be the private half, given by mistake.
fn public_key() -> Validator {
    let allowed = "Use one line that starts with the kind of key, such as `ssh-ed25519 AAAA… comment`: the content of the \
                   file that ends in `.pub`.";
    Validator::new("Not a public key", allowed, |value| {
        let text = value.as_str()?.trim();
        let mut words = text.split(' ');
        let is_kind = words
            .next()
            .is_some_and(|word| KINDS.iter().any(|kind| word.starts_with(kind)));
        let has_key = words.next().is_some_and(|word| word.len() >= 16);
        let is_key = is_kind && has_key && text.lines().count() == 1;
        (!is_key).then(|| "is not an OpenSSH public key".to_owned())
    })
}

fn only_true() -> Validator {
    let allowed =
        "A key stops being primary when another one becomes it. Use `true` for that one, and leave it out here.";
    Validator::new("A key cannot be made secondary", allowed, |value| {
        (*value == Value::Bool(false)).then(|| "is false".to_owned())
    })
    .undocumented()
    .when_changed()
}

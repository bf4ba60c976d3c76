//! `data "gpupod_ssh_key"`: one SSH key, by its id or its name.

use async_trait::async_trait;

use crate::{
    clouds::SshKey,
    model,
    resources::{
        common::{cloud_feature::SSH_KEYS, reported::timestamp},
        managed::lookup,
        session::Session,
    },
    tf::{Context, DataSource, Diagnostics, Tf, computed, optional_computed, validators::not_empty},
};

model! {
    /// An SSH key that the cloud keeps, found by its `id` or by its `name`.
    pub struct SshKeyLookup {
        /// The cloud that keeps the key. Without it the provider's `cloud` is used, or the only cloud that has a key.
        cloud: String = optional_computed(),

        /// The cloud's id of the key. Either this or `name` has to be set.
        id: String = optional_computed().validator(lookup::id_validator::<SshKey>()),

        /// The key's name. Either this or `id` has to be set, and no two keys of the cloud may share it.
        name: String = optional_computed().validator(not_empty("Remove it, or name a key.")),

        /// The public half.
        public_key: String = computed(),

        /// Whether new pods that name no key get this one.
        is_primary: bool = computed(),

        /// When the key was stored, as RFC 3339.
        created_at: String = computed(),
    }
}

/// The data source `gpupod_ssh_key`.
#[derive(Debug)]
pub struct SshKeyDataSource;

#[async_trait]
impl DataSource for SshKeyDataSource {
    type Session = Session;
    type Model = SshKeyLookup;

    const NAME: &'static str = "ssh_key";

    fn validate(&self, config: &SshKeyLookup, diagnostics: &mut Diagnostics) {
        SSH_KEYS.check_cloud(&config.cloud, diagnostics);
        lookup::check::<SshKey>(&config.cloud, &config.id, &config.name, diagnostics);
    }

    async fn read(&self, cx: &Context<Session>, config: SshKeyLookup) -> Result<SshKeyLookup, Diagnostics> {
        let cloud = cx.session.cloud(&config.cloud)?;
        let capabilities = cloud.capabilities();
        let keys = SSH_KEYS.of("cloud", cloud.as_ref(), cloud.ssh_keys())?;
        let key = lookup::find(cx, keys, capabilities, &config.id, &config.name).await?;
        Ok(SshKeyLookup {
            cloud: Tf::Known(capabilities.name.to_owned()),
            id: Tf::Known(key.id.as_str().to_owned()),
            name: key.name.into(),
            public_key: key.public_key.into(),
            is_primary: key.is_primary.into(),
            created_at: key.created_at.and_then(timestamp).into(),
        })
    }
}

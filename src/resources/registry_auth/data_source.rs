//! `data "gpupod_container_registry_auth"`: one credential, by its id or its name.

use async_trait::async_trait;

use crate::{
    clouds::RegistryAuth,
    model,
    resources::{common::cloud_feature::REGISTRY_AUTHS, managed::lookup, session::Session},
    tf::{Context, DataSource, Diagnostics, Tf, computed, optional_computed, validators::not_empty},
};

model! {
    /// A credential for a private container registry that the cloud keeps, found by its `id` or by its `name`. The
    /// password is never told.
    pub struct RegistryAuthLookup {
        /// The cloud that keeps the credential. Without it the provider's `cloud` is used, or the only cloud that has a
        /// key.
        cloud: String = optional_computed(),

        /// The cloud's id of the credential. Either this or `name` has to be set.
        id: String = optional_computed().validator(lookup::id_validator::<RegistryAuth>()),

        /// The credential's name. Either this or `id` has to be set, and no two credentials of the cloud may share it.
        name: String = optional_computed().validator(not_empty("Remove it, or name a credential.")),

        /// The user at the registry, where the cloud tells it.
        username: String = computed(),

        /// The kind of registry, where the cloud tells it.
        r#type: String = computed(),

        /// When the credential was made, as the cloud writes it.
        created_at: String = computed(),
    }
}

/// The data source `gpupod_container_registry_auth`.
#[derive(Debug)]
pub struct RegistryAuthDataSource;

#[async_trait]
impl DataSource for RegistryAuthDataSource {
    type Session = Session;
    type Model = RegistryAuthLookup;

    const NAME: &'static str = "container_registry_auth";

    fn validate(&self, config: &RegistryAuthLookup, diagnostics: &mut Diagnostics) {
        REGISTRY_AUTHS.check_cloud(&config.cloud, diagnostics);
        lookup::check::<RegistryAuth>(&config.cloud, &config.id, &config.name, diagnostics);
    }

    async fn read(&self, cx: &Context<Session>, config: RegistryAuthLookup) -> Result<RegistryAuthLookup, Diagnostics> {
        let cloud = cx.session.cloud(&config.cloud)?;
        let capabilities = cloud.capabilities();
        let auths = REGISTRY_AUTHS.of("cloud", cloud.as_ref(), cloud.registry_auths())?;
        let auth = lookup::find(cx, auths, capabilities, &config.id, &config.name).await?;
        Ok(RegistryAuthLookup {
            cloud: Tf::Known(capabilities.name.to_owned()),
            id: Tf::Known(auth.id.as_str().to_owned()),
            name: auth.name.into(),
            username: auth.username.into(),
            r#type: auth.kind.into(),
            created_at: auth.created_at.into(),
        })
    }
}

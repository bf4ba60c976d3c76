//! The provider block, and everything that can be named with it.

use std::time::Duration;

use crate::{
    model,
    resources::{
        pod::PodResource,
        registry_auth::RegistryAuthResource,
        session::{self, Session},
        volume::VolumeResource,
    },
    tf::{
        self, AnyDataSource, AnyResource, Diagnostics, Function, Number, Provider, optional,
        rules::{duration, not_empty, one_of, whole},
    },
};

/// The shortest interval at which a cloud is asked how a pod is doing.
const SHORTEST_POLL: Duration = Duration::from_millis(50);

model! {
    /// Rents GPUs from GPU clouds. The keys are best taken from the environment; what stands in the block wins.
    pub struct ProviderModel {
        /// The cloud of resources that name none. From the environment: `GPUPOD_CLOUD`. Without it, the only cloud that
        /// has a key.
        cloud: String = optional(),

        /// [Yotta Labs](https://www.yottalabs.ai), API v2.
        yotta: CloudModel = optional(),

        /// How long one HTTP request may take; the default is `30s`.
        request_timeout: String = optional().rule(duration(Duration::from_millis(1))),

        /// How many times a request that failed on the way is sent again; the default is 4. Ordering a pod is never
        /// repeated unless it is certain that nothing was ordered.
        max_retries: Number = optional().rule(whole(0, 10)),

        /// How often a cloud is asked while a pod is waited for; the default is `5s`.
        poll_interval: String = optional().rule(duration(SHORTEST_POLL)),

        /// What to do about a new pod that the cloud's live catalogue does not have; the default is `error`. With `off`
        /// the cloud is not asked.
        plan_checks: String = optional().rule(one_of(&["error", "warn", "off"])),
    }
}

model! {
    /// The way to a cloud.
    pub struct CloudModel {
        /// The key. From the environment: `YOTTA_API_KEY`.
        api_key: String = optional().sensitive().rule(not_empty("Remove it, or give the key.")),

        /// The address, `https` except on this machine. From the environment: `YOTTA_BASE_URL`. The default is
        /// `https://api.yottalabs.ai`.
        base_url: String = optional().rule(not_empty("Remove it, or give the address.")),
    }
}

/// The provider.
#[derive(Debug, Default)]
pub struct Gpupod;

impl Provider for Gpupod {
    type Config = ProviderModel;
    type Session = Session;

    const NAME: &'static str = "gpupod";

    fn validate(&self, config: &ProviderModel, diagnostics: &mut Diagnostics) {
        session::check(config, diagnostics);
    }

    fn configure(
        &self,
        config: ProviderModel,
        terraform_version: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Session> {
        let environment = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Session::new(&config, &environment, terraform_version, diagnostics)
    }

    fn resources(&self) -> Vec<Box<dyn AnyResource<Session>>> {
        vec![
            Box::new(PodResource),
            Box::new(VolumeResource),
            Box::new(RegistryAuthResource),
        ]
    }

    fn data_sources(&self) -> Vec<Box<dyn AnyDataSource<Session>>> {
        super::data::all()
    }

    fn functions(&self) -> Vec<Box<dyn Function>> {
        super::functions::all()
    }
}

impl ProviderModel {
    /// The block of the cloud of this name.
    pub fn cloud_block(&self, name: &str) -> &tf::Tf<CloudModel> {
        match name {
            "yotta" => &self.yotta,
            _ => &tf::Tf::Null,
        }
    }
}

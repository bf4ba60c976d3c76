//! The registry: the one list of resources, data sources and functions, and the provider that serves them.

use crate::{
    resources::{
        functions, gpu_specs, pod, registry_auth,
        session::{self, ProviderModel, Session},
        ssh_key, volume,
    },
    tf::{AnyDataSource, AnyResource, Diagnostics, Function, Provider},
};

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
        // What is not text is kept as far as possible: it is a mistake that has to be told.
        let environment = |name: &str| {
            let value = std::env::var_os(name)?.to_string_lossy().into_owned();
            Some(value).filter(|value| !value.is_empty())
        };
        Session::new(&config, &environment, terraform_version, diagnostics)
    }

    fn resources(&self) -> Vec<Box<dyn AnyResource<Session>>> {
        vec![
            Box::new(pod::PodResource),
            Box::new(volume::VolumeResource),
            Box::new(registry_auth::RegistryAuthResource),
            Box::new(ssh_key::SshKeyResource),
        ]
    }

    fn data_sources(&self) -> Vec<Box<dyn AnyDataSource<Session>>> {
        vec![
            Box::new(gpu_specs::GpuSpecsDataSource),
            Box::new(pod::PodDataSource),
            Box::new(pod::PodsDataSource),
            Box::new(pod::PodLogsDataSource),
            Box::new(pod::PodRuntimeDataSource),
            Box::new(pod::PodHistoryDataSource),
            Box::new(volume::VolumeDataSource),
            Box::new(volume::VolumesDataSource),
            Box::new(registry_auth::RegistryAuthDataSource),
            Box::new(ssh_key::SshKeyDataSource),
        ]
    }

    fn functions(&self) -> Vec<Box<dyn Function>> {
        vec![Box::new(functions::ParseSshCommand), Box::new(functions::MonthlyCost)]
    }
}

//! The provider trait: its configuration block, and the resources, data sources and functions that it serves.

use super::{AnyDataSource, AnyResource, Diagnostics, Function, Model};

/// A provider.
///
/// Terraform starts several processes for a command and configures each; functions and validation come to a provider
/// that is not configured. So nothing here may depend on an earlier call, and `configure` may be called again.
pub trait Provider: Send + Sync + 'static {
    /// The provider block.
    type Config: Model;

    /// What a configured provider hands to its resources.
    type Session: Send + Sync + 'static;

    /// The prefix of all type names.
    const NAME: &'static str;

    /// Rules between attributes of the provider block. Anything may be unknown.
    fn validate(&self, config: &Self::Config, diagnostics: &mut Diagnostics);

    /// Makes a session, without asking anybody anything. While planning, anything may be unknown.
    fn configure(
        &self,
        config: Self::Config,
        terraform_version: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<Self::Session>;

    fn resources(&self) -> Vec<Box<dyn AnyResource<Self::Session>>>;

    fn data_sources(&self) -> Vec<Box<dyn AnyDataSource<Self::Session>>>;

    fn functions(&self) -> Vec<Box<dyn Function>>;
}

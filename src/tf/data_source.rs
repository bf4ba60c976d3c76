//! The data source traits: typed for those who write one, type-erased for the server.

use async_trait::async_trait;

use super::{Context, Diagnostics, Model, Schema, Value, resource::read_model};

/// Something that Terraform can look up.
#[async_trait]
pub trait DataSource: Send + Sync + 'static {
    type Session: Send + Sync + 'static;

    type Model: Model;

    /// The type's name without the provider's prefix.
    const NAME: &'static str;

    /// Rules between attributes that need no call. Anything may be unknown.
    fn validate(&self, config: &Self::Model, diagnostics: &mut Diagnostics);

    /// Looks it up. The configuration is wholly known and comes back unchanged.
    async fn read(&self, cx: &Context<Self::Session>, config: Self::Model) -> Result<Self::Model, Diagnostics>;
}

/// A [`DataSource`] for those who do not know its model.
#[async_trait]
pub trait AnyDataSource<S>: Send + Sync {
    fn name(&self) -> &'static str;

    fn schema(&self) -> Schema;

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);

    async fn read(&self, cx: &Context<S>, config: &Value) -> Result<Value, Diagnostics>;
}

#[async_trait]
impl<D: DataSource> AnyDataSource<D::Session> for D {
    fn name(&self) -> &'static str {
        D::NAME
    }

    fn schema(&self) -> Schema {
        D::Model::schema(0)
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        match read_model::<D::Model>(config) {
            Ok(config) => DataSource::validate(self, &config, diagnostics),
            Err(bug) => diagnostics.extend(bug),
        }
    }

    async fn read(&self, cx: &Context<D::Session>, config: &Value) -> Result<Value, Diagnostics> {
        Ok(DataSource::read(self, cx, read_model(config)?).await?.to_object())
    }
}

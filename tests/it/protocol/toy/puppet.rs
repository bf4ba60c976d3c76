//! The puppet: an untyped resource that answers whatever a test puts into its mouth.

use async_trait::async_trait;
use gpupod::tf::{
    AnyPlan, AnyResource, Change, Context, Diagnostics, Model, Number, Origin, Saved, Schema, Value, computed,
    optional, optional_computed, required,
};

use super::Session;

gpupod::model! {
    /// A puppet.
    pub struct PuppetModel {
        /// Its name.
        name: String = required(),
        /// Its id.
        id: String = computed(),
        /// Its size.
        size: Number = optional_computed(),
        /// A secret.
        token_wo: String = optional().write_only(),
    }
}

pub struct Puppet;

#[async_trait]
impl AnyResource<Session> for Puppet {
    fn name(&self) -> &'static str {
        "puppet"
    }

    fn schema(&self) -> Schema {
        PuppetModel::schema(0)
    }

    fn validate(&self, _: &Value, _: &mut Diagnostics) {}

    async fn plan(&self, cx: &Context<Session>, plan: &mut AnyPlan, _: &mut Diagnostics) {
        if let Some(answer) = cx.session.workshop.puppet_answer() {
            plan.planned = answer;
        }
    }

    async fn create(&self, cx: &Context<Session>, _: &Value, _: &Value, _: &Saved) -> Result<Value, Diagnostics> {
        Ok(answer(cx))
    }

    async fn read(&self, cx: &Context<Session>, _: &Value, _: Origin) -> Result<Value, Diagnostics> {
        Ok(answer(cx))
    }

    async fn update(&self, cx: &Context<Session>, _: &Change<Value>, _: &Saved) -> Result<Value, Diagnostics> {
        Ok(answer(cx))
    }

    async fn delete(&self, _: &Context<Session>, _: &Value, _: &Saved) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn import(&self, cx: &Context<Session>, _: &str) -> Result<Value, Diagnostics> {
        Ok(answer(cx))
    }
}

fn answer(cx: &Context<Session>) -> Value {
    cx.session.workshop.puppet_answer().unwrap_or(Value::Null)
}

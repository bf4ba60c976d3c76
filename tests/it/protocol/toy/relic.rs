//! The relic: a resource at schema version 2, with the models of its versions 0 and 1 frozen beside it.

use async_trait::async_trait;
use gpupod::tf::{
    AnyPlan, AnyResource, Change, Context, Diagnostics, List, Model, Number, Origin, Saved, Schema, StateUpgrader,
    Value, computed, optional, required,
};

use super::Session;

gpupod::model! {
    /// A relic.
    pub struct RelicModel {
        /// Its name, which was `title` in version 0.
        name: String = required(),
        /// Its id.
        id: String = computed(),
        /// Its ages, of which version 1 had one.
        ages: List<Number> = optional(),
    }
}

gpupod::model! {
    /// A relic of version 1.
    struct RelicV1 {
        /// Its name.
        name: String = required(),
        /// Its id.
        id: String = computed(),
        /// Its age.
        age: Number = optional(),
    }
}

gpupod::model! {
    /// A relic of version 0.
    struct RelicV0 {
        /// Its name.
        title: String = required(),
        /// Its id.
        id: String = computed(),
    }
}

fn from_v0(state: Value) -> Value {
    let kept = |name: &str| state.get(name).clone();
    Value::map([("name", kept("title")), ("id", kept("id")), ("ages", Value::Null)])
}

fn from_v1(state: Value) -> Value {
    let kept = |name: &str| state.get(name).clone();
    let ages = match kept("age") {
        Value::Null => Value::Null,
        age => Value::List(vec![age]),
    };
    Value::map([("name", kept("name")), ("id", kept("id")), ("ages", ages)])
}

pub struct Relic;

#[async_trait]
impl AnyResource<Session> for Relic {
    fn name(&self) -> &'static str {
        "relic"
    }

    fn schema(&self) -> Schema {
        RelicModel::schema(2)
    }

    fn state_upgraders(&self) -> Vec<StateUpgrader> {
        vec![
            StateUpgrader {
                prior: RelicV0::schema(0),
                upgrade: from_v0,
            },
            StateUpgrader {
                prior: RelicV1::schema(1),
                upgrade: from_v1,
            },
        ]
    }

    fn validate(&self, _: &Value, _: &mut Diagnostics) {}

    async fn plan(&self, _: &Context<Session>, _: &mut AnyPlan, _: &mut Diagnostics) {}

    async fn create(&self, _: &Context<Session>, planned: &Value, _: &Value, _: &Saved) -> Result<Value, Diagnostics> {
        Ok(planned.clone())
    }

    async fn read(&self, _: &Context<Session>, state: &Value, _: Origin) -> Result<Value, Diagnostics> {
        Ok(state.clone())
    }

    async fn update(&self, _: &Context<Session>, change: &Change<Value>, _: &Saved) -> Result<Value, Diagnostics> {
        Ok(change.planned.clone())
    }

    async fn delete(&self, _: &Context<Session>, _: &Value, _: &Saved) -> Result<(), Diagnostics> {
        Ok(())
    }

    async fn import(&self, _: &Context<Session>, _: &str) -> Result<Value, Diagnostics> {
        Ok(Value::Null)
    }
}

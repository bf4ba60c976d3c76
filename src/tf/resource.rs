//! The resource traits: typed for those who write one, type-erased for the server. Plans, changes, state upgraders.

use async_trait::async_trait;

use super::{Context, Diagnostics, Model, Path, Saved, Schema, Value};

/// A kind of thing that Terraform manages.
///
/// The server has done already what holds for every resource: types and rules of single attributes are checked,
/// defaults planned, computed values marked unknown. While applying, nothing in a configuration is unknown.
#[async_trait]
pub trait Resource: Send + Sync + 'static {
    type Session: Send + Sync + 'static;

    type Model: Model + Clone + PartialEq;

    /// The type's name without the provider's prefix.
    const NAME: &'static str;

    const SCHEMA_VERSION: i64 = 0;

    /// Rules between attributes that need no call. Anything may be unknown.
    fn validate(&self, config: &Self::Model, diagnostics: &mut Diagnostics);

    /// Completes a plan: `planned` may get values where the configuration has none, `replace` further reasons.
    ///
    /// A value that is planned must come out of the apply unchanged, and Terraform plans twice: what can differ in
    /// between stays unknown.
    async fn plan(&self, cx: &Context<Self::Session>, plan: &mut Plan<Self::Model>, diagnostics: &mut Diagnostics);

    /// Makes the thing. It is saved as soon as its id is known.
    async fn create(
        &self,
        cx: &Context<Self::Session>,
        planned: Self::Model,
        config: Self::Model,
        saved: &Saved,
    ) -> Result<Self::Model, Diagnostics>;

    /// What the thing is like now, or `None` if it is certainly gone. Reports and never repairs.
    async fn read(
        &self,
        cx: &Context<Self::Session>,
        state: Self::Model,
        origin: Origin,
    ) -> Result<Option<Self::Model>, Diagnostics>;

    /// Changes the thing in place. `saved` starts with the prior state; what has been changed is saved.
    async fn update(
        &self,
        cx: &Context<Self::Session>,
        change: Change<Self::Model>,
        saved: &Saved,
    ) -> Result<Self::Model, Diagnostics>;

    /// Removes the thing. One that is gone already is removed.
    async fn delete(&self, cx: &Context<Self::Session>, state: Self::Model, saved: &Saved) -> Result<(), Diagnostics>;

    /// A state with just enough for [`Resource::read`] to find the thing.
    async fn import(&self, cx: &Context<Self::Session>, id: &str) -> Result<Self::Model, Diagnostics>;

    /// One for each schema version before [`Resource::SCHEMA_VERSION`] that states may still have.
    fn state_upgraders(&self) -> Vec<StateUpgrader> {
        Vec::new()
    }
}

/// How a state of an earlier schema version becomes one of the present version, in one step: a release may be skipped.
#[derive(Debug)]
pub struct StateUpgrader {
    /// The schema as it was, with its version: a frozen copy of the model, which nothing changes any more.
    pub prior: Schema,
    /// Makes an object of the present schema from one of the prior schema. It asks nobody: Terraform calls it in every
    /// plan until an apply has written the new state.
    pub upgrade: fn(Value) -> Value,
}

/// Where the state that is read comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// From an earlier apply or read: what it holds as null was not asked for.
    State,
    /// From an import just now: it holds an id and nothing else, and everything that is found is taken over.
    Import,
}

/// An update: what was, what is to be, and the configuration, which alone has the write-only values.
#[derive(Debug)]
pub struct Change<M> {
    pub prior: M,
    pub planned: M,
    pub config: M,
}

/// A plan in the making.
#[derive(Debug)]
pub struct Plan<M> {
    /// `None` for a new thing.
    pub prior: Option<M>,
    pub config: M,
    pub planned: M,
    /// Where the plan differs from the prior state in a way that only a replacement can bring about, as far as the
    /// schema tells. More can be added.
    pub replace: Vec<Path>,
}

/// A plan in the making, untyped.
#[derive(Debug)]
pub struct AnyPlan {
    pub prior: Value,
    pub config: Value,
    pub planned: Value,
    pub replace: Vec<Path>,
}

/// A [`Resource`] for those who do not know its model. Values are objects, or null where there is nothing.
#[async_trait]
pub trait AnyResource<S>: Send + Sync {
    fn name(&self) -> &'static str;

    fn schema(&self) -> Schema;

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);

    async fn plan(&self, cx: &Context<S>, plan: &mut AnyPlan, diagnostics: &mut Diagnostics);

    async fn create(
        &self,
        cx: &Context<S>,
        planned: &Value,
        config: &Value,
        saved: &Saved,
    ) -> Result<Value, Diagnostics>;

    async fn read(&self, cx: &Context<S>, state: &Value, origin: Origin) -> Result<Value, Diagnostics>;

    async fn update(&self, cx: &Context<S>, change: &Change<Value>, saved: &Saved) -> Result<Value, Diagnostics>;

    async fn delete(&self, cx: &Context<S>, state: &Value, saved: &Saved) -> Result<(), Diagnostics>;

    async fn import(&self, cx: &Context<S>, id: &str) -> Result<Value, Diagnostics>;

    fn state_upgraders(&self) -> Vec<StateUpgrader> {
        Vec::new()
    }
}

#[async_trait]
impl<R: Resource> AnyResource<R::Session> for R {
    fn name(&self) -> &'static str {
        R::NAME
    }

    fn schema(&self) -> Schema {
        R::Model::schema(R::SCHEMA_VERSION)
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        match read_model::<R::Model>(config) {
            Ok(config) => Resource::validate(self, &config, diagnostics),
            Err(bug) => diagnostics.extend(bug),
        }
    }

    async fn plan(&self, cx: &Context<R::Session>, plan: &mut AnyPlan, diagnostics: &mut Diagnostics) {
        match typed_plan::<R::Model>(plan) {
            Ok(mut typed) => {
                Resource::plan(self, cx, &mut typed, diagnostics).await;
                if typed.prior.as_ref() != Some(&typed.planned) || plan.planned != plan.prior {
                    plan.planned = typed.planned.to_object();
                }
                plan.replace = typed.replace;
            }
            Err(bug) => diagnostics.extend(bug),
        }
    }

    async fn create(
        &self,
        cx: &Context<R::Session>,
        planned: &Value,
        config: &Value,
        saved: &Saved,
    ) -> Result<Value, Diagnostics> {
        let (planned, config) = (read_model(planned)?, read_model(config)?);
        Ok(Resource::create(self, cx, planned, config, saved).await?.to_object())
    }

    async fn read(&self, cx: &Context<R::Session>, state: &Value, origin: Origin) -> Result<Value, Diagnostics> {
        let found = Resource::read(self, cx, read_model(state)?, origin).await?;
        Ok(found.map_or(Value::Null, |model| model.to_object()))
    }

    async fn update(
        &self,
        cx: &Context<R::Session>,
        change: &Change<Value>,
        saved: &Saved,
    ) -> Result<Value, Diagnostics> {
        let change = Change {
            prior: read_model(&change.prior)?,
            planned: read_model(&change.planned)?,
            config: read_model(&change.config)?,
        };
        Ok(Resource::update(self, cx, change, saved).await?.to_object())
    }

    async fn delete(&self, cx: &Context<R::Session>, state: &Value, saved: &Saved) -> Result<(), Diagnostics> {
        Resource::delete(self, cx, read_model(state)?, saved).await
    }

    async fn import(&self, cx: &Context<R::Session>, id: &str) -> Result<Value, Diagnostics> {
        Ok(Resource::import(self, cx, id).await?.to_object())
    }

    fn state_upgraders(&self) -> Vec<StateUpgrader> {
        Resource::state_upgraders(self)
    }
}

fn typed_plan<M: Model + Clone + PartialEq>(plan: &AnyPlan) -> Result<Plan<M>, Diagnostics> {
    let prior: Option<M> = match plan.prior.is_null() {
        true => None,
        false => Some(read_model(&plan.prior)?),
    };
    let planned = match &prior {
        Some(prior) if plan.planned == plan.prior => prior.clone(),
        _ => read_model(&plan.planned)?,
    };
    Ok(Plan {
        prior,
        config: read_model(&plan.config)?,
        planned,
        replace: plan.replace.clone(),
    })
}

/// Values are decoded by the model's own schema, so one that does not fit it is a mistake of ours.
pub(super) fn read_model<M: Model>(value: &Value) -> Result<M, Diagnostics> {
    M::from_object(value).map_err(Diagnostics::of_bug)
}

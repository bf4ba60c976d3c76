//! `gpupod_container_registry_auth`: a credential for a private registry, and the data source that looks one up.
//!
//! Read `model` for its attributes, `rules` for what is settled while planning, `spec` for what is sent.

pub mod messages;

mod model;

mod name;

mod rules;

mod spec;

mod thing;

mod observe;

mod data_source;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use crate::{
    clouds::{RegistryAuth, Secret},
    resources::{
        absence, cloud, failure, lookup,
        make::{self, Order},
        neighbours,
        release::{self, Users},
        session::Session,
        thing::{id_in_state, look},
        timeouts::Deadline,
    },
    tf::{Change, Context, Diagnostics, Model, Origin, Plan, Resource, Saved, Tf},
};

pub use data_source::RegistryAuthDataSource;
use model::RegistryAuthModel;
use thing::RegistryAuthsOf;

/// The resource `gpupod_container_registry_auth`.
#[derive(Debug)]
pub struct RegistryAuthResource;

#[async_trait]
impl Resource for RegistryAuthResource {
    type Session = Session;
    type Model = RegistryAuthModel;

    const NAME: &'static str = "container_registry_auth";

    fn validate(&self, config: &RegistryAuthModel, diagnostics: &mut Diagnostics) {
        rules::check(config, cloud::validated(&config.cloud, diagnostics), diagnostics);
    }

    async fn plan(&self, cx: &Context<Session>, plan: &mut Plan<RegistryAuthModel>, diagnostics: &mut Diagnostics) {
        if let Some(password) = plan.config.password_wo.known() {
            cx.session.secrets.note(&Secret::new(password.reveal()));
        }
        let capabilities = cloud::planned(&cx.session, &plan.config.cloud, &mut plan.planned.cloud, diagnostics);
        rules::check(&plan.config, capabilities, diagnostics);
        rules::username(plan, diagnostics);
        rules::password(plan, diagnostics);
        if let Some(prior) = &plan.prior {
            cx.session
                .neighbours
                .note_planned::<RegistryAuth>(&prior.cloud, &prior.id);
        } else if let Some(cloud) = cloud::to_ask(&cx.session, &plan.planned.cloud)
            && let Ok(things) = RegistryAuthsOf::new(cloud.as_ref())
        {
            neighbours::check(cx, cloud.as_ref(), &things, &plan.config.name, diagnostics).await;
        }
    }

    async fn create(
        &self,
        cx: &Context<Session>,
        mut planned: RegistryAuthModel,
        config: RegistryAuthModel,
        _saved: &Saved,
    ) -> Result<RegistryAuthModel, Diagnostics> {
        let cloud = cx.session.cloud(&planned.cloud)?;
        let auths = RegistryAuthsOf::new(cloud.as_ref())?;
        planned.cloud = Tf::Known(cloud.capabilities().name.to_owned());
        let name = planned.name.known().map_or("", String::as_str);
        let deadline = Deadline::from_now("create", None);
        let spec = spec::of_new(&planned, &config);
        let order = Order {
            name,
            spec: &spec,
            evidence: &|auth| observe::evidence(&planned, auth),
        };
        let auth = deadline.spend(cx, make::order(cx, &auths, order)).await?;
        Ok(observe::complete(planned, &auth))
    }

    async fn read(
        &self,
        cx: &Context<Session>,
        state: RegistryAuthModel,
        origin: Origin,
    ) -> Result<Option<RegistryAuthModel>, Diagnostics> {
        let Some(cloud) = cx.session.cloud_to_read(&state.cloud, origin)? else {
            return Ok(Some(state));
        };
        let auths = RegistryAuthsOf::new(cloud.as_ref())?;
        let id = id_in_state::<RegistryAuth>(&state.id)?;
        let _reading = cx
            .session
            .neighbours
            .reading::<RegistryAuth>(cloud.capabilities().name, &id);
        let auth = look(cx, &auths, &id).await?;
        if auth.is_none() && origin == Origin::State {
            let capabilities = cloud.capabilities();
            absence::tell::<RegistryAuth>(cx, capabilities, &id, &state.name, &state.created_at);
        }
        if auth.is_none() && origin == Origin::Import {
            return Err(lookup::nothing_to_import::<RegistryAuth>(&id, cloud.capabilities()));
        }
        Ok(auth.map(|auth| observe::refresh(state, &auth, origin)))
    }

    async fn update(
        &self,
        cx: &Context<Session>,
        change: Change<RegistryAuthModel>,
        _saved: &Saved,
    ) -> Result<RegistryAuthModel, Diagnostics> {
        if let Some(spec) = spec::of_change(&change) {
            let cloud = cx.session.cloud(&change.prior.cloud)?;
            let auths = RegistryAuthsOf::new(cloud.as_ref())?;
            let id = id_in_state::<RegistryAuth>(&change.prior.id)?;
            let deadline = Deadline::from_now("update", None);
            let changed = deadline.spend(cx, auths.auths.update(&id, &spec)).await;
            changed.map_err(|error| failure::diagnostics(messages::cannot_be_changed(), &error))?;
        }
        Ok(change.planned.with_unknowns_from(change.prior))
    }

    async fn delete(&self, cx: &Context<Session>, state: RegistryAuthModel, _saved: &Saved) -> Result<(), Diagnostics> {
        let cloud = cx.session.cloud(&state.cloud)?;
        let auths = RegistryAuthsOf::new(cloud.as_ref())?;
        let id = id_in_state::<RegistryAuth>(&state.id)?;
        let deadline = Deadline::from_now("delete", state.timeouts.known().map(|timeouts| &timeouts.delete));
        let release = release::delete(cx, &auths, &id, &deadline, &Untold, false);
        deadline.spend(cx, release).await.map(drop)
    }

    /// Takes `<id>` and `<cloud>/<id>`.
    async fn import(&self, cx: &Context<Session>, text: &str) -> Result<RegistryAuthModel, Diagnostics> {
        let (cloud, id) = cloud::imported::<RegistryAuth>(&cx.session, text)?;
        Ok(RegistryAuthModel {
            cloud,
            id,
            ..RegistryAuthModel::null()
        })
    }
}

/// No cloud tells which credential a pod was made with.
struct Untold;

#[async_trait]
impl Users for Untold {
    async fn are_there(&self) -> Option<bool> {
        None
    }

    async fn told(&self) -> String {
        USERS.to_owned()
    }
}

const USERS: &str = "Which pods use it, the cloud does not tell: look for those whose images are private, and for \
                     whatever else the cloud fetches images for.";

//! `gpupod_container_registry_auth`: the lifecycle of the resource.

use async_trait::async_trait;

use super::{messages, model::RegistryAuthModel, observe, rules, spec};
use crate::{
    clouds::{RegistryAuth, Secret},
    resources::{
        common::{cloud_error, cloud_feature::REGISTRY_AUTHS, cloud_name},
        managed::{
            create::{self, NewObject},
            deadline::Deadline,
            delete_when_unused::{self, Users},
            import, leftovers,
            read::{self, Refreshed, id_in_state},
        },
        session::{Session, cloud},
    },
    tf::{Change, Context, Diagnostics, Model, Origin, Plan, Resource, Saved, Tf},
};

/// The resource `gpupod_container_registry_auth`.
#[derive(Debug)]
pub struct RegistryAuthResource;

#[async_trait]
impl Resource for RegistryAuthResource {
    type Session = Session;
    type Model = RegistryAuthModel;

    const NAME: &'static str = "container_registry_auth";

    fn validate(&self, config: &RegistryAuthModel, diagnostics: &mut Diagnostics) {
        rules::check(config, cloud_name::validated(&config.cloud, diagnostics), diagnostics);
    }

    async fn plan(&self, cx: &Context<Session>, plan: &mut Plan<RegistryAuthModel>, diagnostics: &mut Diagnostics) {
        if let Some(password) = plan.config.password_wo.known() {
            cx.session.secrets.note(&Secret::new(password.reveal()));
        }
        let capabilities = cloud::planned(&cx.session, &plan.config.cloud, &mut plan.planned.cloud, diagnostics);
        rules::check(&plan.config, capabilities, diagnostics);
        rules::username(plan, diagnostics);
        rules::password(plan, diagnostics);
        leftovers::check(cx, plan, diagnostics).await;
    }

    async fn create(
        &self,
        cx: &Context<Session>,
        mut planned: RegistryAuthModel,
        config: RegistryAuthModel,
        _saved: &Saved,
    ) -> Result<RegistryAuthModel, Diagnostics> {
        let cloud = cx.session.cloud(&planned.cloud)?;
        let auths = REGISTRY_AUTHS.of("cloud", cloud.as_ref(), cloud.registry_auths())?;
        planned.cloud = Tf::Known(cloud.capabilities().name.to_owned());
        let name = planned.name.known().map_or("", String::as_str);
        let deadline = Deadline::from_now("create", None);
        let spec = spec::of_new(&planned, &config);
        let order = NewObject {
            name,
            spec: &spec,
            evidence: &|auth| observe::evidence(&planned, auth),
        };
        let auth = deadline.spend(cx, create::create(cx, auths, order)).await?;
        Ok(observe::complete(planned, &auth))
    }

    async fn read(
        &self,
        cx: &Context<Session>,
        state: RegistryAuthModel,
        origin: Origin,
    ) -> Result<Option<RegistryAuthModel>, Diagnostics> {
        let auth = match read::refresh(cx, &state, origin).await? {
            Refreshed::NotYetKnown => return Ok(Some(state)),
            Refreshed::Gone => return Ok(None),
            Refreshed::Found { object, .. } => object,
        };
        Ok(Some(observe::refresh(state, &auth, origin)))
    }

    async fn update(
        &self,
        cx: &Context<Session>,
        change: Change<RegistryAuthModel>,
        _saved: &Saved,
    ) -> Result<RegistryAuthModel, Diagnostics> {
        if let Some(spec) = spec::of_change(&change) {
            let cloud = cx.session.cloud(&change.prior.cloud)?;
            let auths = REGISTRY_AUTHS.of("cloud", cloud.as_ref(), cloud.registry_auths())?;
            let id = id_in_state::<RegistryAuth>(&change.prior.id)?;
            let deadline = Deadline::from_now("update", None);
            let changed = deadline.spend(cx, auths.update(&id, &spec)).await;
            changed.map_err(|error| cloud_error::diagnostics(messages::cannot_be_changed(), &error))?;
        }
        Ok(change.planned.with_unknowns_from(change.prior))
    }

    async fn delete(&self, cx: &Context<Session>, state: RegistryAuthModel, _saved: &Saved) -> Result<(), Diagnostics> {
        let cloud = cx.session.cloud(&state.cloud)?;
        let auths = REGISTRY_AUTHS.of("cloud", cloud.as_ref(), cloud.registry_auths())?;
        let id = id_in_state::<RegistryAuth>(&state.id)?;
        let deadline = Deadline::from_now("delete", state.timeouts.known().map(|timeouts| &timeouts.delete));
        let release = delete_when_unused::delete(cx, auths, &id, &deadline, &Untold, false);
        deadline.spend(cx, release).await.map(drop)
    }

    /// Takes `<id>` and `<cloud>/<id>`.
    async fn import(&self, cx: &Context<Session>, text: &str) -> Result<RegistryAuthModel, Diagnostics> {
        import::import(cx, text)
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

#[cfg(test)]
mod tests;

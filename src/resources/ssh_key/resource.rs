//! `gpupod_ssh_key`: the lifecycle of the resource.

use async_trait::async_trait;

use super::{messages, model::SshKeyModel, observe};
use crate::{
    clouds::{SshKey, SshKeyId, SshKeySpec, SshKeys},
    resources::{
        common::{cloud_error, cloud_feature::SSH_KEYS},
        managed::{
            create::{self, NewObject},
            deadline::Deadline,
            delete_when_unused, import, leftovers,
            read::{self, Refreshed, id_in_state},
        },
        session::{Session, cloud},
    },
    tf::{Change, Context, Diagnostics, Model, Origin, Plan, Resource, Saved, Tf},
};

/// The resource `gpupod_ssh_key`.
#[derive(Debug)]
pub struct SshKeyResource;

#[async_trait]
impl Resource for SshKeyResource {
    type Session = Session;
    type Model = SshKeyModel;

    const NAME: &'static str = "ssh_key";

    fn validate(&self, config: &SshKeyModel, diagnostics: &mut Diagnostics) {
        SSH_KEYS.check_cloud(&config.cloud, diagnostics);
    }

    async fn plan(&self, cx: &Context<Session>, plan: &mut Plan<SshKeyModel>, diagnostics: &mut Diagnostics) {
        let capabilities = cloud::planned(&cx.session, &plan.config.cloud, &mut plan.planned.cloud, diagnostics);
        if let Some(capabilities) = capabilities {
            SSH_KEYS.check("cloud", capabilities, diagnostics);
        }
        leftovers::check(cx, plan, diagnostics).await;
    }

    async fn create(
        &self,
        cx: &Context<Session>,
        mut planned: SshKeyModel,
        _config: SshKeyModel,
        saved: &Saved,
    ) -> Result<SshKeyModel, Diagnostics> {
        let cloud = cx.session.cloud(&planned.cloud)?;
        let keys = SSH_KEYS.of("cloud", cloud.as_ref(), cloud.ssh_keys())?;
        planned.cloud = Tf::Known(cloud.capabilities().name.to_owned());
        let spec = SshKeySpec {
            name: planned.name.known().cloned().unwrap_or_default(),
            public_key: planned.public_key.known().cloned().unwrap_or_default(),
        };
        let deadline = Deadline::from_now("create", None);
        let order = NewObject {
            name: &spec.name,
            spec: &spec,
            evidence: &|key| observe::evidence(&spec, key),
        };
        let made = deadline.spend(cx, create::create(cx, keys, order)).await?;
        if planned.is_primary == Tf::Known(true) && made.is_primary != Some(true) {
            saved.save(&SshKeyModel {
                is_primary: made.is_primary.into(),
                ..observe::complete(planned.clone(), &made)
            });
            deadline.spend(cx, make_primary(keys, &made.id)).await?;
        }
        Ok(observe::complete(planned, &made))
    }

    async fn read(
        &self,
        cx: &Context<Session>,
        state: SshKeyModel,
        origin: Origin,
    ) -> Result<Option<SshKeyModel>, Diagnostics> {
        let key = match read::refresh(cx, &state, origin).await? {
            Refreshed::NotYetKnown => return Ok(Some(state)),
            Refreshed::Gone => return Ok(None),
            Refreshed::Found { object, .. } => object,
        };
        Ok(Some(observe::refresh(state, &key, origin)))
    }

    /// There is one thing that can be changed: the key becomes the primary one.
    async fn update(
        &self,
        cx: &Context<Session>,
        change: Change<SshKeyModel>,
        _saved: &Saved,
    ) -> Result<SshKeyModel, Diagnostics> {
        let Change { prior, planned, .. } = change;
        if planned.is_primary == Tf::Known(true) && prior.is_primary != planned.is_primary {
            let cloud = cx.session.cloud(&prior.cloud)?;
            let keys = SSH_KEYS.of("cloud", cloud.as_ref(), cloud.ssh_keys())?;
            let id = id_in_state::<SshKey>(&prior.id)?;
            let deadline = Deadline::from_now("update", None);
            deadline.spend(cx, make_primary(keys, &id)).await?;
        }
        Ok(planned.with_unknowns_from(prior))
    }

    async fn delete(&self, cx: &Context<Session>, state: SshKeyModel, _saved: &Saved) -> Result<(), Diagnostics> {
        let cloud = cx.session.cloud(&state.cloud)?;
        let keys = SSH_KEYS.of("cloud", cloud.as_ref(), cloud.ssh_keys())?;
        let id = id_in_state::<SshKey>(&state.id)?;
        let deadline = Deadline::from_now("delete", None);
        deadline
            .spend(cx, delete_when_unused::delete_at_once(cx, keys, &id))
            .await
    }

    /// Takes `<id>` and `<cloud>/<id>`.
    async fn import(&self, cx: &Context<Session>, text: &str) -> Result<SshKeyModel, Diagnostics> {
        import::import(cx, text)
    }
}

async fn make_primary(keys: &dyn SshKeys, id: &SshKeyId) -> Result<(), Diagnostics> {
    let made = keys.make_primary(id).await;
    made.map_err(|error| cloud_error::diagnostics(messages::cannot_be_primary(), &error))
}

#[cfg(test)]
mod tests;

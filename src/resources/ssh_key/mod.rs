//! `gpupod_ssh_key`: an SSH key that new pods let in, and the data source that looks one up.

pub mod messages;

mod model;

mod thing;

mod observe;

mod data_source;

#[cfg(test)]
mod tests;

use async_trait::async_trait;

use crate::{
    clouds::{SshKey, SshKeyId, SshKeySpec},
    resources::{
        absence, cloud, failure, lookup,
        make::{self, Order},
        neighbours,
        part::SSH_KEYS,
        release,
        session::Session,
        thing::{id_in_state, look},
        timeouts::Deadline,
    },
    tf::{Change, Context, Diagnostics, Model, Origin, Plan, Resource, Saved, Tf},
};

pub use data_source::SshKeyDataSource;
use model::SshKeyModel;
use thing::SshKeysOf;

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
        if let Some(prior) = &plan.prior {
            cx.session.neighbours.note_planned::<SshKey>(&prior.cloud, &prior.id);
        } else if let Some(cloud) = cloud::to_ask(&cx.session, &plan.planned.cloud)
            && let Ok(things) = SshKeysOf::new(cloud.as_ref())
        {
            neighbours::check(cx, cloud.as_ref(), &things, &plan.config.name, diagnostics).await;
        }
    }

    async fn create(
        &self,
        cx: &Context<Session>,
        mut planned: SshKeyModel,
        _config: SshKeyModel,
        saved: &Saved,
    ) -> Result<SshKeyModel, Diagnostics> {
        let cloud = cx.session.cloud(&planned.cloud)?;
        let keys = SshKeysOf::new(cloud.as_ref())?;
        planned.cloud = Tf::Known(cloud.capabilities().name.to_owned());
        let spec = SshKeySpec {
            name: planned.name.known().cloned().unwrap_or_default(),
            public_key: planned.public_key.known().cloned().unwrap_or_default(),
        };
        let deadline = Deadline::from_now("create", None);
        let order = Order {
            name: &spec.name,
            spec: &spec,
            evidence: &|key| observe::evidence(&spec, key),
        };
        let made = deadline.spend(cx, make::order(cx, &keys, order)).await?;
        if planned.is_primary == Tf::Known(true) && made.is_primary != Some(true) {
            saved.save(&SshKeyModel {
                is_primary: made.is_primary.into(),
                ..observe::complete(planned.clone(), &made)
            });
            deadline.spend(cx, make_primary(&keys, &made.id)).await?;
        }
        Ok(observe::complete(planned, &made))
    }

    async fn read(
        &self,
        cx: &Context<Session>,
        state: SshKeyModel,
        origin: Origin,
    ) -> Result<Option<SshKeyModel>, Diagnostics> {
        let Some(cloud) = cx.session.cloud_to_read(&state.cloud, origin)? else {
            return Ok(Some(state));
        };
        let keys = SshKeysOf::new(cloud.as_ref())?;
        let id = id_in_state::<SshKey>(&state.id)?;
        let _reading = cx.session.neighbours.reading::<SshKey>(cloud.capabilities().name, &id);
        let key = look(cx, &keys, &id).await?;
        if key.is_none() && origin == Origin::State {
            let capabilities = cloud.capabilities();
            absence::tell::<SshKey>(cx, capabilities, &id, &state.name, &state.created_at);
        }
        if key.is_none() && origin == Origin::Import {
            return Err(lookup::nothing_to_import::<SshKey>(&id, cloud.capabilities()));
        }
        Ok(key.map(|key| observe::refresh(state, &key, origin)))
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
            let keys = SshKeysOf::new(cloud.as_ref())?;
            let id = id_in_state::<SshKey>(&prior.id)?;
            let deadline = Deadline::from_now("update", None);
            deadline.spend(cx, make_primary(&keys, &id)).await?;
        }
        Ok(planned.with_unknowns_from(prior))
    }

    async fn delete(&self, cx: &Context<Session>, state: SshKeyModel, _saved: &Saved) -> Result<(), Diagnostics> {
        let cloud = cx.session.cloud(&state.cloud)?;
        let keys = SshKeysOf::new(cloud.as_ref())?;
        let id = id_in_state::<SshKey>(&state.id)?;
        let deadline = Deadline::from_now("delete", None);
        deadline.spend(cx, release::delete_at_once(cx, &keys, &id)).await
    }

    /// Takes `<id>` and `<cloud>/<id>`.
    async fn import(&self, cx: &Context<Session>, text: &str) -> Result<SshKeyModel, Diagnostics> {
        let (cloud, id) = cloud::imported::<SshKey>(&cx.session, text)?;
        Ok(SshKeyModel {
            cloud,
            id,
            ..SshKeyModel::null()
        })
    }
}

async fn make_primary(keys: &SshKeysOf<'_>, id: &SshKeyId) -> Result<(), Diagnostics> {
    let made = keys.keys.make_primary(id).await;
    made.map_err(|error| failure::diagnostics(messages::cannot_be_primary(), &error))
}

//! Pods as things at a cloud.

use async_trait::async_trait;
use tokio::time::Instant;

use crate::{
    clouds::{Capabilities, Cloud, IdForm, Invalid, Pod, PodId, PodSpec, Result},
    resources::{
        absence::Since,
        failure,
        neighbours::{Listed, Neighbour},
        pod::Ongoing,
        session::Session,
        thing::{Living, Thing, Things},
    },
};

impl Thing for Pod {
    const NOUN: &'static str = "pod";
    const NOT_AN_ID: &'static str = "Not an id of a pod";
    const LISTED_BY: &'static str = "`data \"gpupod_pods\"`";
    const COSTS_MONEY: bool = true;

    type Id = PodId;

    fn to_id(text: &str) -> std::result::Result<PodId, Invalid> {
        PodId::new(text)
    }

    fn id_form(capabilities: &Capabilities) -> &IdForm {
        &capabilities.ids.pod
    }

    fn id(&self) -> &PodId {
        &self.id
    }

    fn name(&self) -> Option<&str> {
        self.observed.name.as_deref()
    }

    fn created_at(&self) -> Option<i64> {
        self.created_at
    }

    fn shown_status(&self) -> Option<&str> {
        Some(&self.cloud_status)
    }
}

impl Living for Pod {
    fn status(&self) -> &'static str {
        self.phase.as_str()
    }

    fn cloud_status(&self) -> &str {
        &self.cloud_status
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

/// Every cloud has pods.
#[async_trait]
impl Things for dyn Cloud + '_ {
    type Thing = Pod;
    type Spec = PodSpec;

    fn cloud(&self) -> &'static str {
        self.capabilities().name
    }

    fn time_at(&self, moment: Instant) -> Option<i64> {
        Cloud::time_at(self, moment)
    }

    async fn create(&self, spec: &PodSpec) -> Result<Pod> {
        self.create_pod(spec).await
    }

    async fn read(&self, id: &PodId) -> Result<Option<Pod>> {
        self.pod(id).await
    }

    async fn list(&self) -> Result<Vec<Pod>> {
        self.pods().await
    }

    async fn listed(&self, session: &Session, id: &PodId, since: Since) -> Result<Option<Pod>> {
        session.census.listed(self, id, since).await
    }

    async fn delete(&self, id: &PodId) -> Result<()> {
        self.delete_pod(id).await
    }

    async fn neighbours(&self, session: &Session) -> Listed {
        let list = session.census.advice(self).await;
        let pods = list.pods().map_err(failure::told)?;
        Ok(pods.map(Neighbour::of).collect())
    }

    async fn awaited(&self, session: &Session, id: &PodId, moment: Instant) -> Result<Option<Pod>> {
        session.census.awaited(self, id, moment).await
    }

    fn waiting(&self, session: &Session) -> Option<Ongoing> {
        Some(session.census.waiting(self))
    }

    fn spared_until(&self, session: &Session) -> Option<Instant> {
        session.census.spared_until(self)
    }

    fn is_crowded(&self, session: &Session) -> bool {
        session.census.is_crowded(self)
    }
}

//! Pods as things at a cloud.

use async_trait::async_trait;
use tokio::time::Instant;

use crate::{
    clouds::{Cloud, Pod, PodId, PodSpec, Result},
    resources::{
        absence::Since,
        failure,
        neighbours::{Listed, Neighbour},
        pod::Ongoing,
        session::Session,
        thing::{Thing, Things},
    },
};

impl Thing for Pod {
    const NOT_AN_ID: &'static str = "Not an id of a pod";
    const LISTED_BY: &'static str = "`data \"gpupod_pods\"`";
    const COSTS_MONEY: bool = true;
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
        self.pods().create(spec).await
    }

    async fn read(&self, id: &PodId) -> Result<Option<Pod>> {
        self.pods().get(id).await
    }

    async fn list(&self) -> Result<Vec<Pod>> {
        self.pods().list().await
    }

    async fn listed(&self, session: &Session, id: &PodId, since: Since) -> Result<Option<Pod>> {
        session.census.listed(self, id, since).await
    }

    async fn delete(&self, id: &PodId) -> Result<()> {
        self.pods().delete(id).await
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

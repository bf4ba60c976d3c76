//! Pods at Yotta Labs.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use async_trait::async_trait;
use tokio::time::Instant;

use super::{CAPABILITIES, Yotta};
use crate::clouds::{
    Account, Capabilities, Catalogue, Cloud, Histories, Logs, Pod, PodId, PodSpec, RegistryAuths, Result, Runtimes,
    SshKeys, Volumes,
};
use api::PodJson;

#[async_trait]
impl Cloud for Yotta {
    fn capabilities(&self) -> &'static Capabilities {
        &CAPABILITIES
    }

    fn account(&self) -> &Account {
        &self.account
    }

    fn time_at(&self, moment: Instant) -> Option<i64> {
        self.http.time_at(moment)
    }

    async fn create_pod(&self, spec: &PodSpec) -> Result<Pod> {
        let (id, pod) = self.http.send(&requests::create(spec), api::made).await?;
        Ok(self.told(id, pod))
    }

    async fn pod(&self, id: &PodId) -> Result<Option<Pod>> {
        let (id, pod) = self.http.send(&requests::get(id), api::pod).await?;
        Ok((!convert::is_gone(&pod)).then(|| self.told(id, pod)))
    }

    async fn pods(&self) -> Result<Vec<Pod>> {
        let pods = self.http.send(&requests::list(), api::pods).await?;
        let pods = pods.into_iter().filter(|(_, pod)| !convert::is_gone(pod));
        Ok(pods.map(|(id, pod)| self.told(id, pod)).collect())
    }

    async fn stop_pod(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::pause(id), api::done).await
    }

    async fn start_pod(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::resume(id), api::done).await
    }

    async fn delete_pod(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::delete(id), api::deleted).await
    }

    fn volumes(&self) -> Option<&dyn Volumes> {
        Some(self)
    }

    fn catalogue(&self) -> Option<&dyn Catalogue> {
        Some(self)
    }

    fn registry_auths(&self) -> Option<&dyn RegistryAuths> {
        Some(self)
    }

    fn ssh_keys(&self) -> Option<&dyn SshKeys> {
        None
    }

    fn logs(&self) -> Option<&dyn Logs> {
        Some(self)
    }

    fn runtimes(&self) -> Option<&dyn Runtimes> {
        Some(self)
    }

    fn histories(&self) -> Option<&dyn Histories> {
        None
    }
}

impl Yotta {
    fn told(&self, id: PodId, pod: PodJson) -> Pod {
        self.http.secrets().told(convert::to_pod(id, pod))
    }
}

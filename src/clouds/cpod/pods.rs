//! Pods at cPod.

use async_trait::async_trait;
use tokio::time::Instant;

use super::{
    CAPABILITIES, Cpod,
    api::{self, PodJson},
    convert, inferred, pages, requests,
};
use crate::clouds::{
    Account, Capabilities, Catalogue, Cloud, Histories, Logs, Pod, PodId, PodSpec, RegistryAuths, Result, Runtimes,
    SshKeys, Volumes,
};

#[async_trait]
impl Cloud for Cpod {
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
        let request = requests::create(spec, &self.account);
        let (id, pod) = self.http.send(&request, api::made).await?;
        Ok(self.told(id, pod))
    }

    /// There is no word for a pod that has ended: it is not found.
    async fn pod(&self, id: &PodId) -> Result<Option<Pod>> {
        let (id, pod) = self.http.send(&requests::get(id), api::pod).await?;
        Ok(Some(self.told(id, pod)))
    }

    async fn pods(&self) -> Result<Vec<Pod>> {
        let pods = pages::read_all(&self.http).await?.into_iter();
        Ok(pods.map(|(id, pod)| self.told(id, pod)).collect())
    }

    async fn stop_pod(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::stop(id), inferred::done).await
    }

    async fn start_pod(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::start(id), inferred::done).await
    }

    async fn delete_pod(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::delete(id), inferred::done).await
    }

    fn volumes(&self) -> Option<&dyn Volumes> {
        None
    }

    fn catalogue(&self) -> Option<&dyn Catalogue> {
        None
    }

    fn registry_auths(&self) -> Option<&dyn RegistryAuths> {
        None
    }

    fn ssh_keys(&self) -> Option<&dyn SshKeys> {
        None
    }

    fn logs(&self) -> Option<&dyn Logs> {
        None
    }

    fn runtimes(&self) -> Option<&dyn Runtimes> {
        None
    }

    fn histories(&self) -> Option<&dyn Histories> {
        None
    }
}

impl Cpod {
    fn told(&self, id: PodId, pod: PodJson) -> Pod {
        self.http.secrets().told(convert::to_pod(id, pod))
    }
}

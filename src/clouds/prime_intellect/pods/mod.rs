//! Pods at Prime Intellect.

mod requests;

mod api;

mod convert;

mod address;

mod order;

#[cfg(test)]
mod tests;

use async_trait::async_trait;
use tokio::time::Instant;

use super::{CAPABILITIES, PrimeIntellect, api as answers, refusal};
use crate::clouds::{
    Account, Capabilities, Catalogue, Cloud, Histories, Kind, Logs, Pod, PodId, PodSpec, RegistryAuths, Result,
    Runtimes, SshKeys, Volumes,
};
use api::PodJson;

#[async_trait]
impl Cloud for PrimeIntellect {
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
        self.order(spec).await
    }

    async fn pod(&self, id: &PodId) -> Result<Option<Pod>> {
        let (id, pod) = self.http.send(&requests::get(id), api::pod).await?;
        Ok((!convert::is_gone(&pod)).then(|| self.told(id, pod)))
    }

    async fn pods(&self) -> Result<Vec<Pod>> {
        let pods = requests::list().read_all(&self.http).await?.into_iter();
        let pods = answers::each_once(pods.filter(|(_, pod)| !convert::is_gone(pod)));
        Ok(pods.map(|(id, pod)| self.told(id, pod)).collect())
    }

    async fn stop_pod(&self, id: &PodId) -> Result<()> {
        let message = "there is no call for it: a pod runs until it is deleted".to_owned();
        Err(refusal(Kind::Invalid, format!("stopping pod {id}"), message))
    }

    async fn start_pod(&self, id: &PodId) -> Result<()> {
        let message = "there is no call for it: a pod that was stopped has to be made anew".to_owned();
        Err(refusal(Kind::Invalid, format!("starting pod {id}"), message))
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
        None
    }

    fn ssh_keys(&self) -> Option<&dyn SshKeys> {
        Some(self)
    }

    fn logs(&self) -> Option<&dyn Logs> {
        Some(self)
    }

    fn runtimes(&self) -> Option<&dyn Runtimes> {
        None
    }

    fn histories(&self) -> Option<&dyn Histories> {
        Some(self)
    }
}

impl PrimeIntellect {
    fn told(&self, id: PodId, pod: PodJson) -> Pod {
        self.http.secrets().told(convert::to_pod(id, pod, &self.account))
    }
}

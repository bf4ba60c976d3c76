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
        match self.read_pod(id).await {
            Err(error) if error.kind == Kind::NotFound => match self.has_status(id).await? {
                false => Ok(None),
                // Somebody on the way had answered, perhaps for a moment only.
                true => self.read_pod(id).await,
            },
            result => result,
        }
    }

    async fn pods(&self) -> Result<Vec<Pod>> {
        let pods = requests::list().read_all(&self.http).await?.into_iter();
        let pods = answers::each_once(pods.filter(|(_, pod)| !convert::is_gone(pod)));
        Ok(pods.map(|(id, pod)| convert::to_pod(id, pod, &self.account)).collect())
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
        match self.http.send(&requests::delete(id), api::deleted_if_there).await {
            Err(error) if error.kind == Kind::NotFound => match self.has_status(id).await? {
                false => Ok(()),
                true => Err(error),
            },
            result => result.map(drop),
        }
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
    /// The pod by a single answer.
    async fn read_pod(&self, id: &PodId) -> Result<Option<Pod>> {
        let pod = self.http.send(&requests::get(id), api::pod_if_there).await?;
        let pod = pod.filter(|(_, pod)| !convert::is_gone(pod));
        Ok(pod.map(|(id, pod)| convert::to_pod(id, pod, &self.account)))
    }

    /// Whether the pod has a row among the statuses and is not gone by it, where a single answer does not prove that
    /// it is gone. That ids which are not known are left out there is inferred.
    async fn has_status(&self, id: &PodId) -> Result<bool> {
        let rows = self.http.send(&requests::statuses(&[id]), api::statuses).await?;
        Ok(rows.iter().any(|row| row.is_of(id) && !row.is_gone()))
    }
}

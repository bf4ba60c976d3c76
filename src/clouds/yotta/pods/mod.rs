//! Pods at Yotta Labs.

mod requests;

mod api;

mod convert;

#[cfg(test)]
mod tests;

use async_trait::async_trait;
use tokio::time::Instant;

use super::{CAPABILITIES, Yotta, is_signed_absence};
use crate::clouds::{
    Account, Capabilities, Catalogue, Cloud, Histories, Kind, Logs, Pod, PodId, PodSpec, RegistryAuths, Result,
    Runtimes, SshKeys, Volumes,
};

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
        Ok(convert::to_pod(id, pod))
    }

    async fn pod(&self, id: &PodId) -> Result<Option<Pod>> {
        match self.http.send(&requests::get(id), api::pod).await {
            Ok((_, pod)) if convert::is_gone(&pod) => Ok(None),
            Ok((id, pod)) => Ok(Some(convert::to_pod(id, pod))),
            Err(error) if is_signed_absence(&error) => Ok(None),
            Err(error) if error.kind == Kind::NotFound => self.listed_pod(id).await,
            Err(error) => Err(error),
        }
    }

    async fn pods(&self) -> Result<Vec<Pod>> {
        let pods = self.http.send(&requests::list(), api::pods).await?;
        let pods = pods.into_iter().filter(|(_, pod)| !convert::is_gone(pod));
        Ok(pods.map(|(id, pod)| convert::to_pod(id, pod)).collect())
    }

    async fn stop_pod(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::pause(id), api::done).await
    }

    async fn start_pod(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::resume(id), api::done).await
    }

    async fn delete_pod(&self, id: &PodId) -> Result<()> {
        match self.http.send(&requests::delete(id), api::done).await {
            Err(error) if is_signed_absence(&error) => Ok(()),
            Err(error) if error.kind == Kind::NotFound => match self.listed_pod(id).await? {
                None => Ok(()),
                Some(_) => Err(error),
            },
            result => result,
        }
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
    /// The pod as the list shows it, where a single answer does not prove that it is gone.
    async fn listed_pod(&self, id: &PodId) -> Result<Option<Pod>> {
        Ok(self.pods().await?.into_iter().find(|pod| pod.id == *id))
    }
}

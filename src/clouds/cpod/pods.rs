//! Pods at cPod.

use async_trait::async_trait;

use super::{
    Cpod,
    api::{self, PodJson},
    convert, inferred, pages, requests,
};
use crate::clouds::{Collection, Pod, PodId, PodSpec, Pods, Result};

#[async_trait]
impl Collection<Pod> for Cpod {
    async fn create(&self, spec: &PodSpec) -> Result<Pod> {
        let request = requests::create(spec, &self.account);
        let (id, pod) = self.http.send(&request, api::made).await?;
        Ok(self.told(id, pod))
    }

    /// There is no word for a pod that has ended: it is not found.
    async fn get(&self, id: &PodId) -> Result<Option<Pod>> {
        let (id, pod) = self.http.send(&requests::get(id), api::pod).await?;
        Ok(Some(self.told(id, pod)))
    }

    async fn list(&self) -> Result<Vec<Pod>> {
        let pods = pages::read_all(&self.http).await?.into_iter();
        Ok(pods.map(|(id, pod)| self.told(id, pod)).collect())
    }

    async fn delete(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::delete(id), inferred::done).await
    }
}

#[async_trait]
impl Pods for Cpod {
    async fn stop(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::stop(id), inferred::done).await
    }

    async fn start(&self, id: &PodId) -> Result<()> {
        self.http.send(&requests::start(id), inferred::done).await
    }
}

impl Cpod {
    fn told(&self, id: PodId, pod: PodJson) -> Pod {
        self.http.secrets().told(convert::to_pod(id, pod))
    }
}

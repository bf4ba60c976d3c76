//! The cloud in memory's GPUs, logs and running times. It applies no filter: the provider has to.

use async_trait::async_trait;

use super::{
    TestCloud, World,
    world::{error, out_of_order},
};
use crate::clouds::{
    Catalogue, EndedPod, Histories, Kind, LogLine, LogQuery, Logs, Machine, MachineFilter, PodId, Result, Runtime,
    Runtimes,
};

impl TestCloud {
    /// A list, once everybody has come to the meeting.
    pub async fn listed<T>(&self, call: &'static str, list: fn(&World) -> Vec<T>) -> Result<Vec<T>> {
        if let Some(meeting) = &self.meeting {
            meeting.wait().await;
        }
        if self.is_failing {
            return Err(out_of_order(self.capabilities.title));
        }
        self.world().answer(call, call.to_owned(), |world| Ok(list(world)))
    }
}

impl World {
    fn has_pod(&self, id: &PodId) -> bool {
        self.pods.iter().any(|pod| pod.id == *id)
    }
}

#[async_trait]
impl Catalogue for TestCloud {
    async fn machines(&self, _: &MachineFilter) -> Result<Vec<Machine>> {
        self.listed("list machines", |world| world.machines.clone()).await
    }
}

#[async_trait]
impl Logs for TestCloud {
    async fn pod_logs(&self, id: &PodId, _: &LogQuery) -> Result<Vec<LogLine>> {
        let world = self.world();
        let lines = world.has_pod(id).then(|| world.lines.clone());
        lines.ok_or_else(|| error("read log", Kind::NotFound))
    }
}

#[async_trait]
impl Runtimes for TestCloud {
    async fn pod_runtime(&self, id: &PodId) -> Result<Option<Runtime>> {
        let world = self.world();
        let runtime = world.runtime.clone().filter(|_| world.has_pod(id));
        runtime.map(Some).ok_or_else(|| error("read runtime", Kind::NotFound))
    }
}

#[async_trait]
impl Histories for TestCloud {
    async fn ended_pods(&self, limit: u32) -> Result<Vec<EndedPod>> {
        let ended = self.world().ended_pods.clone().into_iter();
        Ok(ended.take(limit as usize).collect())
    }
}

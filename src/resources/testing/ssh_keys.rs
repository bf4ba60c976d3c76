//! SSH keys at the cloud in memory.

use async_trait::async_trait;

use super::{TestCloud, world::error};
use crate::clouds::{Collection, Kind, Result, SshKey, SshKeyId, SshKeySpec, SshKeys};

#[async_trait]
impl Collection<SshKey> for TestCloud {
    async fn create(&self, spec: &SshKeySpec) -> Result<SshKey> {
        let call = format!("create key {}", spec.name);
        self.world().answer("create key", call, |world| {
            let id = world.next_id();
            let made = SshKey {
                id: SshKeyId::new(id.as_str()).expect("an id"),
                name: Some(spec.name.clone()),
                public_key: Some(spec.public_key.trim().to_owned()),
                is_primary: Some(false),
                created_at: world.now(),
            };
            world.ssh_keys.insert(id, made.clone());
            Ok(made)
        })
    }

    async fn get(&self, id: &SshKeyId) -> Result<Option<SshKey>> {
        let found = self.world().ssh_keys.get(id.as_str()).cloned();
        found.map(Some).ok_or_else(|| error("read key", Kind::NotFound))
    }

    async fn list(&self) -> Result<Vec<SshKey>> {
        Ok(self.world().ssh_keys.values().cloned().collect())
    }

    async fn delete(&self, id: &SshKeyId) -> Result<()> {
        self.world().answer("delete key", format!("delete key {id}"), |world| {
            let removed = world.ssh_keys.remove(id.as_str());
            removed.map(drop).ok_or_else(|| error("delete key", Kind::NotFound))
        })
    }
}

#[async_trait]
impl SshKeys for TestCloud {
    async fn make_primary(&self, id: &SshKeyId) -> Result<()> {
        self.world()
            .answer("make key primary", format!("make key {id} primary"), |world| {
                if !world.ssh_keys.contains_key(id.as_str()) {
                    return Err(error("make key primary", Kind::NotFound));
                }
                for key in world.ssh_keys.values_mut() {
                    key.is_primary = Some(key.id == *id);
                }
                Ok(())
            })
    }
}

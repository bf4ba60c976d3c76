//! Volumes and credentials at the cloud in memory.

use async_trait::async_trait;

use super::{TestCloud, volume, world::error};
use crate::{
    clouds::{
        Collection, GiB, Kind, Name, RegistryAuth, RegistryAuthId, RegistryAuthSpec, RegistryAuths, Result, Storage,
        Volume, VolumeId, VolumePhase, VolumeSpec, Volumes,
    },
    resources::common::reported::timestamp,
};

#[async_trait]
impl Collection<Volume> for TestCloud {
    async fn create(&self, spec: &VolumeSpec) -> Result<Volume> {
        let name = spec.name.as_str();
        self.world()
            .answer("create volume", format!("create volume {name}"), |world| {
                let id = world.next_id();
                let made = Volume {
                    phase: VolumePhase::Creating,
                    created_at: world.now(),
                    ..with_storage(volume(&id, name), &spec.storage)
                };
                world.volumes.insert(id, made.clone());
                Ok(made)
            })
    }

    async fn get(&self, id: &VolumeId) -> Result<Option<Volume>> {
        let mut world = self.world();
        world.move_on();
        world.answer("read volume", format!("read volume {id}"), |world| {
            let found = world.volumes.get(id.as_str()).cloned();
            found.map(Some).ok_or_else(|| error("read volume", Kind::NotFound))
        })
    }

    async fn list(&self) -> Result<Vec<Volume>> {
        let mut world = self.world();
        world.answer("list volumes", "list volumes".to_owned(), |world| {
            Ok(world.volumes.values().cloned().collect())
        })
    }

    async fn delete(&self, id: &VolumeId) -> Result<()> {
        let mut world = self.world();
        world.move_on();
        world.answer("delete volume", format!("delete volume {id}"), |world| {
            if world.mounts(id.as_str()) > 0 {
                return Err(error("delete volume", Kind::Conflict));
            }
            let volume = world.volumes.get_mut(id.as_str());
            volume.ok_or_else(|| error("delete volume", Kind::NotFound))?.phase = VolumePhase::Deleting;
            Ok(())
        })
    }
}

#[async_trait]
impl Volumes for TestCloud {
    async fn rename(&self, id: &VolumeId, name: &Name) -> Result<()> {
        let call = format!("rename volume {id} to {}", name.as_str());
        self.world().answer("rename volume", call, |world| {
            let volume = world.volumes.get_mut(id.as_str());
            volume.ok_or_else(|| error("rename volume", Kind::NotFound))?.name = Some(name.as_str().to_owned());
            Ok(())
        })
    }

    async fn grow(&self, id: &VolumeId, size: GiB) -> Result<()> {
        let call = format!("grow volume {id} to {}", size.get());
        self.world().answer("grow volume", call, |world| {
            if world.mounts(id.as_str()) > 0 {
                return Err(error("grow volume", Kind::WrongState));
            }
            let volume = world.volumes.get_mut(id.as_str());
            volume.ok_or_else(|| error("grow volume", Kind::NotFound))?.phase = VolumePhase::Resizing;
            Ok(())
        })
    }
}

fn with_storage(volume: Volume, storage: &Storage) -> Volume {
    let region = match storage {
        Storage::S3 | Storage::Offered { .. } => None,
        Storage::R2 { region } => region.clone(),
        Storage::Ceph { region, .. } | Storage::Vendor { region, .. } => Some(region.clone()),
    };
    Volume {
        storage_type: storage.storage_type(),
        region,
        ..volume
    }
}

#[async_trait]
impl Collection<RegistryAuth> for TestCloud {
    async fn create(&self, spec: &RegistryAuthSpec) -> Result<RegistryAuth> {
        let call = format!("create credential {}", told(spec));
        self.world().answer("create credential", call, |world| {
            let id = world.next_id();
            let made = RegistryAuth {
                id: RegistryAuthId::new(id.as_str()).expect("an id"),
                name: spec.name.clone(),
                username: None,
                kind: spec.kind.clone(),
                created_at: world.now().and_then(timestamp),
            };
            world.registry_auths.insert(id, made.clone());
            Ok(made)
        })
    }

    async fn get(&self, id: &RegistryAuthId) -> Result<Option<RegistryAuth>> {
        let call = format!("read credential {id}");
        self.world().answer("read credential", call, |world| {
            let found = world.registry_auths.get(id.as_str()).cloned();
            found.map(Some).ok_or_else(|| error("read credential", Kind::NotFound))
        })
    }

    async fn list(&self) -> Result<Vec<RegistryAuth>> {
        let mut world = self.world();
        world.answer("list credentials", "list credentials".to_owned(), |world| {
            Ok(world.registry_auths.values().cloned().collect())
        })
    }

    async fn delete(&self, id: &RegistryAuthId) -> Result<()> {
        let mut world = self.world();
        world.move_on();
        world.answer("delete credential", format!("delete credential {id}"), |world| {
            if world.used_auths.iter().any(|used| used == id.as_str()) {
                return Err(error("delete credential", Kind::Conflict));
            }
            let removed = world.registry_auths.remove(id.as_str());
            removed
                .map(drop)
                .ok_or_else(|| error("delete credential", Kind::NotFound))
        })
    }
}

#[async_trait]
impl RegistryAuths for TestCloud {
    async fn update(&self, id: &RegistryAuthId, spec: &RegistryAuthSpec) -> Result<()> {
        let call = format!("change credential {id} {}", told(spec));
        self.world().answer("change credential", call, |world| {
            let auth = world.registry_auths.get_mut(id.as_str());
            let auth = auth.ok_or_else(|| error("change credential", Kind::NotFound))?;
            auth.name = spec.name.clone().or(auth.name.take());
            Ok(())
        })
    }
}

/// What a request says, the password included: tests look for it.
fn told(spec: &RegistryAuthSpec) -> String {
    let fields = [
        ("name", spec.name.as_deref()),
        ("username", spec.username.as_deref()),
        ("password", spec.password.as_ref().map(|password| password.reveal())),
        ("type", spec.kind.as_deref()),
    ];
    let given = fields
        .into_iter()
        .filter_map(|(name, value)| Some(format!("{name}={}", value?)));
    given.collect::<Vec<_>>().join(" ")
}

//! Every kind of object that a cloud can create, so that what holds for all of them is tested once.

use std::collections::BTreeMap;

use gpupod::clouds::{
    Capabilities, Cloud, DiskKind, Kind, Name, PodId, RegistryAuthId, RegistryAuthSpec, RegistryAuths, Result, Secret,
    SshKeyId, SshKeySpec, SshKeys, Storage, StorageType, Support, VolumeFeature, VolumeId, VolumeOffer, VolumePhase,
    VolumeSpec, Volumes, moment_in,
};

use super::{
    bench::Bench,
    specs::{self, gib},
    words::words,
};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thing {
    Pod,
    Volume,
    RegistryAuth,
    SshKey,
}

impl Thing {
    /// What the cloud has.
    pub fn all(cloud: &Capabilities) -> impl Iterator<Item = Thing> + use<> {
        let volume = cloud.volume.is_some().then_some(Thing::Volume);
        let registry_auth = cloud.has.registry_auths.then_some(Thing::RegistryAuth);
        let ssh_key = cloud.has.ssh_keys.then_some(Thing::SshKey);
        [Some(Thing::Pod), volume, registry_auth, ssh_key].into_iter().flatten()
    }

    /// Its name, if it is made by [`create`](Thing::create).
    pub fn name(self) -> &'static str {
        match self {
            Thing::Pod => "trainer",
            Thing::Volume => "training-data",
            Thing::RegistryAuth => "team-registry",
            Thing::SshKey => "laptop",
        }
    }

    pub async fn create(self, cloud: &dyn Cloud) -> Result<String> {
        let capabilities = cloud.capabilities();
        Ok(match self {
            Thing::Pod => {
                let pod = cloud.pods().create(&specs::least(capabilities)).await?;
                pod.id.to_string()
            }
            Thing::Volume => {
                let spec = volume_spec(&storages(capabilities)[0]);
                let volume = volumes_of(cloud).create(&spec).await?;
                volume.id.to_string()
            }
            Thing::RegistryAuth => {
                let spec = registry_auth_spec(capabilities);
                let auth = registry_auths_of(cloud).create(&spec).await?;
                auth.id.to_string()
            }
            Thing::SshKey => {
                let key = ssh_keys_of(cloud).create(&ssh_key_spec()).await?;
                key.id.to_string()
            }
        })
    }

    /// How it is seen, as text; `None` if it is gone by the cloud's own word, or neither found nor listed.
    pub async fn read(self, cloud: &dyn Cloud, id: &str) -> Result<Option<String>> {
        let found = self.look(cloud, id).await;
        self.unless_unlisted(cloud, id, found, None).await
    }

    /// By a single answer.
    pub async fn look(self, cloud: &dyn Cloud, id: &str) -> Result<Option<String>> {
        Ok(match self {
            Thing::Pod => cloud.pods().get(&pod_id(id)).await?.map(|pod| format!("{pod:?}")),
            Thing::Volume => {
                let volume = volumes_of(cloud).get(&volume_id(id)).await?;
                volume.map(|volume| format!("{volume:?}"))
            }
            Thing::RegistryAuth => {
                let auth = registry_auths_of(cloud).get(&registry_auth_id(id)).await?;
                auth.map(|auth| format!("{auth:?}"))
            }
            Thing::SshKey => {
                let key = ssh_keys_of(cloud).get(&ssh_key_id(id)).await?;
                key.map(|key| format!("{key:?}"))
            }
        })
    }

    /// The names of all, by their ids.
    pub async fn list(self, cloud: &dyn Cloud) -> Result<BTreeMap<String, Option<String>>> {
        Ok(match self {
            Thing::Pod => {
                let pods = cloud.pods().list().await?.into_iter();
                pods.map(|pod| (pod.id.to_string(), pod.observed.name)).collect()
            }
            Thing::Volume => {
                let volumes = volumes_of(cloud).list().await?.into_iter();
                volumes.map(|volume| (volume.id.to_string(), volume.name)).collect()
            }
            Thing::RegistryAuth => {
                let auths = registry_auths_of(cloud).list().await?.into_iter();
                auths.map(|auth| (auth.id.to_string(), auth.name)).collect()
            }
            Thing::SshKey => {
                let keys = ssh_keys_of(cloud).list().await?.into_iter();
                keys.map(|key| (key.id.to_string(), key.name)).collect()
            }
        })
    }

    /// When each was made, in milliseconds since 1970, by their ids.
    pub async fn dates(self, cloud: &dyn Cloud) -> Result<BTreeMap<String, Option<i64>>> {
        Ok(match self {
            Thing::Pod => {
                let pods = cloud.pods().list().await?.into_iter();
                pods.map(|pod| (pod.id.to_string(), pod.created_at)).collect()
            }
            Thing::Volume => {
                let volumes = volumes_of(cloud).list().await?.into_iter();
                volumes
                    .map(|volume| (volume.id.to_string(), volume.created_at))
                    .collect()
            }
            Thing::RegistryAuth => {
                let auths = registry_auths_of(cloud).list().await?.into_iter();
                let date = |text: Option<String>| text.as_deref().and_then(moment_in);
                auths.map(|auth| (auth.id.to_string(), date(auth.created_at))).collect()
            }
            Thing::SshKey => {
                let keys = ssh_keys_of(cloud).list().await?.into_iter();
                keys.map(|key| (key.id.to_string(), key.created_at)).collect()
            }
        })
    }

    /// Done as well if it is neither found nor listed.
    pub async fn delete(self, cloud: &dyn Cloud, id: &str) -> Result<()> {
        let deleted = self.order_end(cloud, id).await;
        self.unless_unlisted(cloud, id, deleted, ()).await
    }

    async fn unless_unlisted<T>(self, cloud: &dyn Cloud, id: &str, result: Result<T>, gone: T) -> Result<T> {
        match result {
            Err(error) if error.kind == Kind::NotFound => match self.list(cloud).await?.contains_key(id) {
                true => Err(error),
                false => Ok(gone),
            },
            result => result,
        }
    }

    /// Told to end, by a single answer.
    pub async fn order_end(self, cloud: &dyn Cloud, id: &str) -> Result<()> {
        match self {
            Thing::Pod => cloud.pods().delete(&pod_id(id)).await,
            Thing::Volume => volumes_of(cloud).delete(&volume_id(id)).await,
            Thing::RegistryAuth => {
                let auths = registry_auths_of(cloud);
                auths.delete(&registry_auth_id(id)).await
            }
            Thing::SshKey => ssh_keys_of(cloud).delete(&ssh_key_id(id)).await,
        }
    }

    /// One that can be deleted.
    pub async fn deletable(self, bench: &Bench) -> String {
        match self {
            Thing::Pod => bench.deletable().await.to_string(),
            Thing::Volume => {
                let id = self.create(&*bench.cloud).await.expect("is made");
                bench
                    .volume_phases_until(&volume_id(&id), Some(VolumePhase::Active))
                    .await;
                id
            }
            Thing::RegistryAuth | Thing::SshKey => self.create(&*bench.cloud).await.expect("is made"),
        }
    }

    /// One that was deleted, until it is gone.
    pub async fn deleted(self, bench: &Bench) -> String {
        let id = self.deletable(bench).await;
        self.delete(&*bench.cloud, &id).await.expect("is told to end");
        self.pass_until_gone(bench, &id).await;
        id
    }

    pub async fn pass_until_gone(self, bench: &Bench, id: &str) {
        let is_gone = async || self.read(&*bench.cloud, id).await.expect("is read").is_none();
        bench.seen_until(true, is_gone).await;
    }
}

pub fn volumes_of(cloud: &dyn Cloud) -> &dyn Volumes {
    cloud.volumes().expect("the cloud has volumes")
}

pub fn registry_auths_of(cloud: &dyn Cloud) -> &dyn RegistryAuths {
    cloud.registry_auths().expect("the cloud keeps credentials")
}

pub fn ssh_keys_of(cloud: &dyn Cloud) -> &dyn SshKeys {
    cloud.ssh_keys().expect("the cloud keeps keys")
}

/// Every kind of storage that the cloud takes; where it has a size, the same one.
pub fn storages(cloud: &Capabilities) -> Vec<Storage> {
    let takes = |feature| {
        let volume = cloud.volume.expect("the cloud has volumes");
        (volume.feature)(feature) != Support::Refused
    };
    let types = words(cloud).storage_types;
    assert_eq!(takes(VolumeFeature::StorageType), !types.is_empty());
    let typed = types.iter().map(|storage_type| typed(cloud, *storage_type));
    let offered = takes(VolumeFeature::Offer).then(|| offered(cloud));
    typed.chain(offered).collect()
}

fn typed(cloud: &Capabilities, storage_type: StorageType) -> Storage {
    let region = words(cloud).region.expect("one with storage").to_owned();
    let size = gib(100);
    match storage_type {
        StorageType::S3 => Storage::S3,
        StorageType::R2 => Storage::R2 { region: None },
        StorageType::Ceph => Storage::Ceph { region, size },
        StorageType::Vendor => {
            let disk = DiskKind::Nvme;
            Storage::Vendor { region, size, disk }
        }
    }
}

fn offered(cloud: &Capabilities) -> Storage {
    let place = words(cloud).disk_place.as_ref().expect("a place for disks");
    Storage::Offered {
        size: gib(100),
        offer: VolumeOffer {
            provider: place.provider.to_owned(),
            data_center_id: Some(place.data_center_id.to_owned()),
            country: Some(place.country.to_owned()),
            ..VolumeOffer::default()
        },
    }
}

pub fn volume_spec(storage: &Storage) -> VolumeSpec {
    VolumeSpec {
        name: Name::new(Thing::Volume.name()).expect("a name"),
        storage: storage.clone(),
    }
}

pub fn ssh_key_spec() -> SshKeySpec {
    SshKeySpec {
        name: Thing::SshKey.name().to_owned(),
        public_key: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIE9uZVNlY3JldFRoYXROb2JvZHlFdmVySGVhcmRP tester".to_owned(),
    }
}

pub fn registry_auth_spec(cloud: &Capabilities) -> RegistryAuthSpec {
    RegistryAuthSpec {
        name: Some(Thing::RegistryAuth.name().to_owned()),
        username: Some("team".to_owned()),
        password: Some(Secret::new("swordfish")),
        kind: words(cloud).registry_kind.map(str::to_owned),
    }
}

pub fn pod_id(id: &str) -> PodId {
    PodId::new(id).expect("an id")
}

pub fn volume_id(id: &str) -> VolumeId {
    VolumeId::new(id).expect("an id")
}

pub fn registry_auth_id(id: &str) -> RegistryAuthId {
    RegistryAuthId::new(id).expect("an id")
}

pub fn ssh_key_id(id: &str) -> SshKeyId {
    SshKeyId::new(id).expect("an id")
}

//! Specifications of pods for the suite: the least that a cloud takes, one feature more, or nearly everything.

use gpupod::clouds::{
    Capabilities, EnvironmentVariables, Exposed, GiB, GpuCount, GpuRequest, ImageVisibility, Mount, MountPath, Name,
    PodFeature, PodSpec, Port, Price, Protocol, ResourceType, Secret, Support, Workload,
};

use super::words::words;

/// Asked of a cloud that takes no such thing, any word will do.
const ANY: &str = "any";

/// With a name and an image alone.
pub fn blank(name: &str, image: &str) -> PodSpec {
    PodSpec::new(Name::new(name).expect("a name"), Name::new(image).expect("an image"))
}

/// With what the cloud requires, and nothing else.
pub fn least(cloud: &Capabilities) -> PodSpec {
    let mut spec = blank("trainer", words(cloud).image);
    for &feature in PodFeature::ALL {
        // A mount path is required of a volume, and there is none.
        if (cloud.pod)(feature) == Support::Required && feature != PodFeature::VolumeMountPath {
            ask(&mut spec, feature, cloud);
        }
    }
    spec
}

/// With everything that the cloud takes, except for what a simulator has only for those who made it before: machines
/// of the spot market, credentials and volumes.
pub fn ample(cloud: &Capabilities) -> PodSpec {
    let mut spec = least(cloud);
    for &feature in PodFeature::ALL {
        let is_at_hand = !matches!(
            feature,
            PodFeature::Spot
                | PodFeature::MaxPrice
                | PodFeature::RegistryAuth
                | PodFeature::Volumes
                | PodFeature::VolumeMountPath
        );
        if is_at_hand && (cloud.pod)(feature) != Support::Refused {
            ask(&mut spec, feature, cloud);
        }
    }
    spec
}

/// Asks for one thing more.
pub fn ask(spec: &mut PodSpec, feature: PodFeature, cloud: &Capabilities) {
    match feature {
        PodFeature::GpuType | PodFeature::GpuCount => spec.gpu = Some(gpus(1, cloud)),
        PodFeature::Regions => spec.regions = [words(cloud).region.unwrap_or(ANY).to_owned()].into(),
        PodFeature::ResourceType => spec.resource_type = Some(ResourceType::Gpu),
        PodFeature::Spot => spec.is_spot = Some(true),
        PodFeature::MaxPrice => {
            spec.max_price = Some(price("0.35"));
            spec.is_spot = cloud.max_price_is_for_spot.then_some(true);
        }
        PodFeature::ImageRegistry => spec.image_registry = Some("registry.example.com".to_owned()),
        PodFeature::ImageVisibility => spec.image_visibility = Some(ImageVisibility::Public),
        PodFeature::RegistryAuth => spec.registry_auth_id = Some("420522713875326001".to_owned()),
        PodFeature::MinVram => spec.min_vram_per_gpu = Some(gib(8)),
        PodFeature::MinRam => spec.min_ram_per_gpu = Some(gib(8)),
        PodFeature::MinVcpu => spec.min_vcpu_per_gpu = Some(2),
        PodFeature::SharedMemory => spec.shared_memory = Some(gib(16)),
        PodFeature::ContainerVolume => spec.container_volume = Some(gib(100)),
        PodFeature::InitializationCommand => spec.initialization_command = Some("nvidia-smi".to_owned()),
        PodFeature::Environment => spec.environment = variables([("MODE", "train"), ("EPOCHS", "3")]),
        PodFeature::Ports => spec.expose = vec![port(8888, Protocol::Http), port(22, Protocol::Tcp)],
        PodFeature::Volumes if (cloud.pod)(PodFeature::VolumeMountPath) == Support::Refused => {
            spec.volumes = vec![mount("420522713875327001", None)];
        }
        PodFeature::Volumes | PodFeature::VolumeMountPath => {
            spec.volumes = vec![mount("420522713875327001", Some("/data"))];
        }
        PodFeature::Callback => spec.callback_url = Some("https://hooks.example.com/pods".to_owned()),
        PodFeature::Marketplace => spec.marketplace.auto_restart = Some(true),
        PodFeature::Workload => spec.workload = workload(),
    }
}

/// Takes back what [`ask`] asked for, as far as a cloud requires it.
pub fn leave_out(spec: &mut PodSpec, feature: PodFeature) {
    match feature {
        PodFeature::GpuType | PodFeature::GpuCount => spec.gpu = None,
        PodFeature::Regions => spec.regions.clear(),
        PodFeature::VolumeMountPath => spec.volumes = vec![mount("420522713875327001", None)],
        PodFeature::ContainerVolume => spec.container_volume = None,
        feature => panic!("no cloud required {feature:?} until now: say here how to leave it out"),
    }
}

pub fn gpus(count: u32, cloud: &Capabilities) -> GpuRequest {
    GpuRequest {
        gpu_type: words(cloud).gpu_type.unwrap_or(ANY).to_owned(),
        count: GpuCount::new(count, cloud.gpu_counts).expect("a count"),
    }
}

fn workload() -> Workload {
    Workload {
        cpu: Some("1000m".to_owned()),
        memory: Some("2Gi".to_owned()),
        replicas: Some(2),
        labels: Some([("team".to_owned(), "research".to_owned())].into()),
        ..Workload::default()
    }
}

pub fn gib(size: u32) -> GiB {
    GiB::new(size).expect("a size")
}

pub fn price(text: &str) -> Price {
    Price::new(text.parse().expect("a number")).expect("a price")
}

pub fn port(number: u16, protocol: Protocol) -> Exposed {
    Exposed {
        port: Port::new(number).expect("a port"),
        protocol: Some(protocol),
    }
}

pub fn mount(volume_id: &str, path: Option<&str>) -> Mount {
    Mount {
        volume_id: volume_id.to_owned(),
        path: path.map(|path| MountPath::new(path).expect("a path")),
    }
}

pub fn variables<const LENGTH: usize>(pairs: [(&str, &str); LENGTH]) -> EnvironmentVariables {
    EnvironmentVariables(pairs.map(|(name, value)| (name.to_owned(), Secret::new(value))).into())
}

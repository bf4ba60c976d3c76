//! Rules between a pod's attributes, and what its cloud makes of them. Unknown values are never wrong.

use super::messages;
use std::collections::BTreeMap;

use super::model::{MARKETPLACE, PodModel, RUNNING, STOPPED};
use crate::{
    clouds::{Capabilities, GpuCount, GpuCounts, MountPath, PodFeature, RegistryAuth, StopSupport, Support},
    resources::{
        common::{attribute_support, cloud_name::clouds_where},
        managed::id,
    },
    tf::{Diagnostics, Number, Path, Tf},
};

/// Finds what no configuration may have, whether the pod is there or not.
///
/// `capabilities` is `None` while it is open which cloud is meant.
pub fn check(config: &PodModel, capabilities: Option<&Capabilities>, diagnostics: &mut Diagnostics) {
    each_once(&ports(config), "Port is published twice", "port", diagnostics);
    each_once(&volume_ids(config), "Volume is mounted twice", "volume", diagnostics);
    each_once(&mount_paths(config), "Mount path is used twice", "path", diagnostics);
    mount_paths_are_absolute(config, diagnostics);
    secret_variables(config, diagnostics);
    callback_url(config, diagnostics);
    template_of_no_use(config, diagnostics);
    if let Some(capabilities) = capabilities {
        attribute_support::check(config, capabilities, |one, feature| (one.pod)(feature), diagnostics);
        gpu_count(config, capabilities, diagnostics);
        max_price(config, capabilities, diagnostics);
        stopping(config, capabilities, diagnostics);
        registry_auth_id(config, capabilities, diagnostics);
    }
}

/// Finds what a pod that is to be made lacks. Of one that is there, the cloud may tell less.
pub fn check_new(config: &PodModel, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
    private_image(config, diagnostics);
    missing_template(config, capabilities, diagnostics);
    attribute_support::check_new(config, capabilities, |one, feature| (one.pod)(feature), diagnostics);
}

fn ports(config: &PodModel) -> Vec<(Path, String)> {
    let expose = config.expose.known().map_or(&[][..], |list| &list.0);
    let port = |(index, expose): (usize, &Tf<super::model::Expose>)| {
        let port = expose.known()?.port.known()?;
        Some((Path::from("expose").index(index).attribute("port"), port.to_string()))
    };
    expose.iter().enumerate().filter_map(port).collect()
}

fn volume_ids(config: &PodModel) -> Vec<(Path, String)> {
    mounts(config)
        .filter_map(|(path, mount)| Some((path.attribute("id"), mount.id.known()?.clone())))
        .collect()
}

fn mount_paths(config: &PodModel) -> Vec<(Path, String)> {
    let path = |(path, mount): (Path, &super::model::VolumeMount)| {
        let mount_path = mount.mount_path.known()?;
        // The same directory, however it is written.
        let directory = match mount_path.trim_end_matches('/') {
            "" => "/",
            directory => directory,
        };
        Some((path.attribute("mount_path"), directory.to_owned()))
    };
    mounts(config).filter_map(path).collect()
}

/// The mounts that are known, with their places.
fn mounts(config: &PodModel) -> impl Iterator<Item = (Path, &super::model::VolumeMount)> {
    let mounts = config.volumes.known().map_or(&[][..], |list| &list.0);
    mounts
        .iter()
        .enumerate()
        .filter_map(|(index, mount)| Some((Path::from("volumes").index(index), mount.known()?)))
}

fn each_once(found: &[(Path, String)], summary: &str, noun: &str, diagnostics: &mut Diagnostics) {
    let mut first: BTreeMap<&str, &Path> = BTreeMap::new();
    for (path, value) in found {
        match first.get(value.as_str()) {
            None => drop(first.insert(value, path)),
            Some(earlier) => {
                let message = messages::used_twice(summary, path, value, earlier, noun);
                diagnostics.add_error(path.clone(), message);
            }
        }
    }
}

fn mount_paths_are_absolute(config: &PodModel, diagnostics: &mut Diagnostics) {
    for (path, mount) in mounts(config) {
        let Some(mount_path) = mount.mount_path.known() else {
            continue;
        };
        if MountPath::new(mount_path.as_str()).is_err() {
            let path = path.attribute("mount_path");
            let message = messages::relative_mount_path(&path, mount_path);
            diagnostics.add_error(path, message);
        }
    }
}

fn secret_variables(config: &PodModel, diagnostics: &mut Diagnostics) {
    let Some(secrets) = config.secret_environment_vars_wo.known() else {
        return;
    };
    if config.secret_environment_vars_wo_version.is_null() {
        diagnostics.add_error("secret_environment_vars_wo_version", messages::secrets_need_version());
    }
    let Some(variables) = config.environment_vars.known() else {
        return;
    };
    for name in secrets.0.keys().filter(|name| variables.0.contains_key(*name)) {
        diagnostics.add_error("secret_environment_vars_wo", messages::variable_set_twice(name));
    }
}

fn callback_url(config: &PodModel, diagnostics: &mut Diagnostics) {
    let Some(url) = config.callback_url.known() else { return };
    if !is_https_url(url) {
        diagnostics.add_error("callback_url", messages::not_an_https_url());
    }
}

pub fn is_https_url(url: &str) -> bool {
    let host = url
        .strip_prefix("https://")
        .map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    host.is_some_and(|host| !host.is_empty()) && !url.contains(char::is_whitespace)
}

fn private_image(config: &PodModel, diagnostics: &mut Diagnostics) {
    let is_private = config
        .image_public_type
        .known()
        .is_some_and(|visibility| visibility == "PRIVATE");
    if is_private && config.container_registry_auth_id.is_null() {
        diagnostics.add_error("container_registry_auth_id", messages::private_image_needs_credential());
    }
}

/// The image that stands for a template of one's own.
pub const CUSTOM_TEMPLATE: &str = "custom_template";

fn template(config: &PodModel) -> Tf<&String> {
    match &config.prime_intellect {
        Tf::Known(wish) => wish.custom_template_id.as_ref(),
        Tf::Unknown => Tf::Unknown,
        Tf::Null => Tf::Null,
    }
}

fn template_path() -> Path {
    Path::from(MARKETPLACE).attribute("custom_template_id")
}

fn missing_template(config: &PodModel, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
    let has_templates = (capabilities.pod)(PodFeature::Marketplace) != Support::Refused;
    let is_custom = config.image.known().is_some_and(|image| image == CUSTOM_TEMPLATE);
    if has_templates && is_custom && template(config).is_null() {
        let path = template_path();
        let message = messages::no_template(&path, CUSTOM_TEMPLATE);
        diagnostics.add_error(path, message);
    }
}

fn template_of_no_use(config: &PodModel, diagnostics: &mut Diagnostics) {
    let other = config.image.known().filter(|image| *image != CUSTOM_TEMPLATE);
    if let (Some(image), Tf::Known(_)) = (other, template(config)) {
        let path = template_path();
        let message = messages::unused_template(&path, image, CUSTOM_TEMPLATE);
        diagnostics.add_error(path, message);
    }
}

/// The credential is at the pod's own cloud, which says what its ids are like.
fn registry_auth_id(config: &PodModel, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
    let Some(id) = config
        .container_registry_auth_id
        .known()
        .filter(|_| capabilities.has.registry_auths)
    else {
        return;
    };
    id::check::<RegistryAuth>(id.trim(), "container_registry_auth_id", capabilities, diagnostics);
}

fn gpu_count(config: &PodModel, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
    let count = config
        .gpu_count
        .known()
        .and_then(Number::as_u64)
        .and_then(|count| u32::try_from(count).ok());
    // Zero and fractions are the attribute's own rule.
    let Some(count) = count.filter(|count| *count > 0) else {
        return;
    };
    if GpuCount::new(count, capabilities.gpu_counts).is_err() {
        let takes_any = |one: &Capabilities| {
            one.gpu_counts == GpuCounts::Any && (one.pod)(PodFeature::GpuCount) != Support::Refused
        };
        let advice = or_a_cloud_where(&takes_any);
        let message = messages::not_a_power_of_two(count, capabilities.title, &advice);
        diagnostics.add_error("gpu_count", message);
    }
}

fn max_price(config: &PodModel, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
    let is_spot_for_sure = matches!(config.is_spot, Tf::Known(true) | Tf::Unknown);
    if capabilities.max_price_is_for_spot && !config.max_price.is_null() && !is_spot_for_sure {
        let takes_any =
            |one: &Capabilities| !one.max_price_is_for_spot && (one.pod)(PodFeature::MaxPrice) != Support::Refused;
        let advice = or_a_cloud_where(&takes_any);
        let message = messages::max_price_is_for_spot(capabilities.title, &advice);
        diagnostics.add_error("max_price", message);
    }
}

/// The clouds where it is otherwise, as the end of a sentence; nothing if there are none.
fn or_a_cloud_where(is_otherwise: &dyn Fn(&Capabilities) -> bool) -> String {
    clouds_where(is_otherwise).map_or_else(String::new, |names| messages::or_use_cloud(&names))
}

fn stopping(config: &PodModel, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
    let title = capabilities.title;
    let is_wanted_stopped = config.desired_state.known().is_some_and(|state| state == STOPPED);
    if capabilities.stop == StopSupport::None && is_wanted_stopped {
        let advice = or_a_cloud_where(&|one| one.stop != StopSupport::None);
        let message = messages::cannot_be_stopped_there(STOPPED, title, RUNNING, &advice);
        diagnostics.add_error("desired_state", message);
    }
    if capabilities.stop == StopSupport::RequiredBeforeDelete && config.stop_before_destroy == Tf::Known(false) {
        let advice = or_a_cloud_where(&|one| one.stop != StopSupport::RequiredBeforeDelete);
        let message = messages::must_be_stopped(title, &advice);
        diagnostics.add_error("stop_before_destroy", message);
    }
}

//! Rules between a pod's attributes, and what its cloud makes of them. Unknown values are never wrong.

use std::collections::BTreeMap;

use super::model::{MARKETPLACE, PodModel, RUNNING, STOPPED};
use crate::{
    clouds::{Capabilities, GpuCount, GpuCounts, MountPath, PodFeature, RegistryAuth, StopSupport, Support},
    resources::{cloud::clouds_where, id, support},
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
        support::check(config, capabilities, |one, feature| (one.pod)(feature), diagnostics);
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
    support::check_new(config, capabilities, |one, feature| (one.pod)(feature), diagnostics);
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
                let detail = format!("`{path}` is {value}, and so is `{earlier}`. Use each {noun} once.");
                diagnostics.error(path.clone(), summary, detail);
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
            let detail = format!("`{path}` is {mount_path:?}. Use an absolute path, such as `/data`.");
            diagnostics.error(path, "Mount path is not absolute", detail);
        }
    }
}

fn secret_variables(config: &PodModel, diagnostics: &mut Diagnostics) {
    let Some(secrets) = config.secret_environment_vars_wo.known() else {
        return;
    };
    if config.secret_environment_vars_wo_version.is_null() {
        diagnostics.error(
            "secret_environment_vars_wo_version",
            "Secrets need a version",
            "`secret_environment_vars_wo_version` is not set, but `secret_environment_vars_wo` is. Give it a number and \
             raise it whenever a secret changes: Terraform cannot see that by itself.",
        );
    }
    let Some(variables) = config.environment_vars.known() else {
        return;
    };
    for name in secrets.0.keys().filter(|name| variables.0.contains_key(*name)) {
        let detail = format!(
            "`secret_environment_vars_wo` has the variable {name:?}, and so has `environment_vars`. Keep it in one of \
             the two."
        );
        diagnostics.error("secret_environment_vars_wo", "Variable is set twice", detail);
    }
}

fn callback_url(config: &PodModel, diagnostics: &mut Diagnostics) {
    let Some(url) = config.callback_url.known() else { return };
    if !is_https_url(url) {
        // Of the URL nothing is repeated: it may hold a token.
        let detail =
            "`callback_url` is no such URL. Use one that starts with `https://`, names a host and has no space.";
        diagnostics.error("callback_url", "Not an https URL", detail);
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
        diagnostics.error(
            "container_registry_auth_id",
            "Private image needs a credential",
            "`container_registry_auth_id` is not set, but `image_public_type` is \"PRIVATE\". Give it the id of a \
             registry credential, or make the image public.",
        );
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
        let detail = format!(
            "`{path}` is not set, and `image` is {CUSTOM_TEMPLATE:?}. Give it the id of a template, or use another image."
        );
        diagnostics.error(path, "No template is named", detail);
    }
}

fn template_of_no_use(config: &PodModel, diagnostics: &mut Diagnostics) {
    let other = config.image.known().filter(|image| *image != CUSTOM_TEMPLATE);
    if let (Some(image), Tf::Known(_)) = (other, template(config)) {
        let path = template_path();
        let detail = format!(
            "`{path}` is set, and `image` is {image:?}. Set `image` to {CUSTOM_TEMPLATE:?}, or remove `{path}`."
        );
        diagnostics.error(path, "The template is not used", detail);
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
        let detail = format!(
            "`gpu_count` is {count}. {} takes 1, 2, 4, 8, 16 and so on: use one of these{advice}.",
            capabilities.title
        );
        diagnostics.error("gpu_count", "GPU count is not a power of two", detail);
    }
}

fn max_price(config: &PodModel, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
    let is_spot_for_sure = matches!(config.is_spot, Tf::Known(true) | Tf::Unknown);
    if capabilities.max_price_is_for_spot && !config.max_price.is_null() && !is_spot_for_sure {
        let takes_any =
            |one: &Capabilities| !one.max_price_is_for_spot && (one.pod)(PodFeature::MaxPrice) != Support::Refused;
        let advice = or_a_cloud_where(&takes_any);
        let detail = format!(
            "`max_price` is set, and `is_spot` is not true. {} has a price limit for spot pods only: set `is_spot = \
             true`, or remove `max_price`{advice}.",
            capabilities.title
        );
        diagnostics.error("max_price", "Price limit is for spot pods", detail);
    }
}

/// The clouds where it is otherwise, as the end of a sentence; nothing if there are none.
fn or_a_cloud_where(is_otherwise: &dyn Fn(&Capabilities) -> bool) -> String {
    clouds_where(is_otherwise).map_or_else(String::new, |names| format!(", or use the cloud {names}"))
}

fn stopping(config: &PodModel, capabilities: &Capabilities, diagnostics: &mut Diagnostics) {
    let title = capabilities.title;
    let is_wanted_stopped = config.desired_state.known().is_some_and(|state| state == STOPPED);
    if capabilities.stop == StopSupport::None && is_wanted_stopped {
        let advice = or_a_cloud_where(&|one| one.stop != StopSupport::None);
        let detail =
            format!("`desired_state` is {STOPPED:?}. Pods on {title} cannot be stopped: use `{RUNNING}`{advice}.");
        diagnostics.error("desired_state", "Pod cannot be stopped", detail);
    }
    if capabilities.stop == StopSupport::RequiredBeforeDelete && config.stop_before_destroy == Tf::Known(false) {
        let advice = or_a_cloud_where(&|one| one.stop != StopSupport::RequiredBeforeDelete);
        let detail = format!("`stop_before_destroy` is false. {title} deletes stopped pods only: remove it{advice}.");
        diagnostics.error("stop_before_destroy", "Pod must be stopped first", detail);
    }
}

//! The messages of `gpupod_pod`.

use std::fmt::Display;

crate::messages! {
    /// When two elements of a list have the same port, volume or path.
    pub fn used_twice(summary: &str, path: impl Display, value: &str, earlier: impl Display, noun: &str) {
        "{summary}",
        "`{path}` is {value}, and so is `{earlier}`. Use each {noun} once."
    }

    /// When a mount path is not absolute.
    pub fn relative_mount_path(path: impl Display, mount_path: &str) {
        "Mount path is not absolute",
        "`{path}` is {mount_path:?}. Use an absolute path, such as `/data`."
    }

    /// When there are secret variables without a version.
    pub fn secrets_need_version() {
        "Secrets need a version",
        "`secret_environment_vars_wo_version` is not set, but `secret_environment_vars_wo` is. Give it a number and \
         raise it whenever a secret changes: Terraform cannot see that by itself."
    }

    /// When a variable is secret and is not.
    pub fn variable_set_twice(name: &str) {
        "Variable is set twice",
        "`secret_environment_vars_wo` has the variable {name:?}, and so has `environment_vars`. Keep it in one of the \
         two."
    }

    /// When a callback is no https URL. Of the URL nothing is repeated: it may hold a token.
    pub fn not_an_https_url() {
        "Not an https URL",
        "`callback_url` is no such URL. Use one that starts with `https://`, names a host and has no space."
    }

    /// When a new pod has a private image and no credential for it.
    pub fn private_image_needs_credential() {
        "Private image needs a credential",
        "`container_registry_auth_id` is not set, but `image_public_type` is \"PRIVATE\". Give it the id of a registry \
         credential, or make the image public."
    }

    /// When a new pod has the image that stands for a template, and no template.
    pub fn no_template(path: impl Display, image: &str) {
        "No template is named",
        "`{path}` is not set, and `image` is {image:?}. Give it the id of a template, or use another image."
    }

    /// When there is a template, and an image that does not stand for one.
    pub fn unused_template(path: impl Display, image: &str, custom: &str) {
        "The template is not used",
        "`{path}` is set, and `image` is {image:?}. Set `image` to {custom:?}, or remove `{path}`."
    }

    /// When a cloud takes powers of two alone.
    pub fn not_a_power_of_two(count: u32, title: &str, advice: &str) {
        "GPU count is not a power of two",
        "`gpu_count` is {count}. {title} takes 1, 2, 4, 8, 16 and so on: use one of these{advice}."
    }

    /// When a cloud has price limits for spot pods alone.
    pub fn max_price_is_for_spot(title: &str, advice: &str) {
        "Price limit is for spot pods",
        "`max_price` is set, and `is_spot` is not true. {title} has a price limit for spot pods only: set `is_spot = \
         true`, or remove `max_price`{advice}."
    }

    /// In other messages, where some clouds do it differently.
    pub fn or_use_cloud(names: &str) { ", or use the cloud {names}" }

    /// When a pod is to be stopped on a cloud without a stop.
    pub fn cannot_be_stopped_there(stopped: &str, title: &str, running: &str, advice: &str) {
        "Pod cannot be stopped",
        "`desired_state` is {stopped:?}. Pods on {title} cannot be stopped: use `{running}`{advice}."
    }

    /// When a pod is not to be stopped before it is deleted, and the cloud wants that.
    pub fn must_be_stopped(title: &str, advice: &str) {
        "Pod must be stopped first",
        "`stop_before_destroy` is false. {title} deletes stopped pods only: remove it{advice}."
    }

    /// When neither the pod nor the provider block names a workspace.
    pub fn no_workspace(path: impl Display, name: &str, title: &str) {
        "No workspace is named",
        "`{path}` is not set, and neither is `{name}.workspace_id` of the provider block. A pod on {title} belongs to a \
         workspace: name it in one of the two."
    }

    /// When a plan replaces a pod that is running.
    pub fn running_pod_replaced(id: &str, name: &str, cost: &str, reasons: &str) {
        "A running pod will be replaced",
        "The pod {id} ({name}) is running.{cost} Changing {reasons} replaces it: what is on its container disk is lost, \
         and the machine may have gone to somebody else before the new pod is made. With `create_before_destroy` the new \
         one is made first."
    }

    /// In `running_pod_replaced`.
    pub fn costs(price: &str) { " It costs {price} an hour now." }

    /// When a refresh finds a stopped pod on a cloud that cannot start one.
    pub fn pod_is_stopped(id: impl Display, name: &str, cloud_status: &str, title: &str) {
        "The pod is stopped",
        "The pod {id} ({name}) is `{cloud_status}`, and {title} has no call that starts it. Look at it in the cloud's \
         console, or replace it with `terraform apply -replace=ADDRESS`: what is on its disk is lost then."
    }

    /// When a refresh finds a pod that has failed.
    pub fn pod_has_failed(id: impl Display, name: &str, cloud_status: &str, reason: &str) {
        "The pod has failed",
        "The pod {id} ({name}) is `{cloud_status}`.{reason} It is planned for replacement; a destroy removes it."
    }

    /// In `pod_has_failed`.
    pub fn failure_reason(reason: &str) { " The cloud's reason: {reason}." }

    /// Summary of `refused`, of a start.
    pub fn cannot_be_started() { "The pod cannot be started" }

    /// Summary of `refused`, of a stop.
    pub fn cannot_be_stopped() { "The pod cannot be stopped" }

    /// When a pod cannot be started or stopped from where it is.
    pub fn out_of_reach(summary: &str, id: impl Display, status: &str, cloud_status: &str) {
        "{summary}",
        "The pod {id} is `{status}` ({cloud_status}). Run a plan: it shows what can be done about it."
    }

    /// When Ctrl-C comes before a start or a stop was sent.
    pub fn power_interrupted(id: impl Display, order: &str) {
        "Interrupted",
        "The run was interrupted before the pod {id} was told to {order}. Apply again."
    }

    /// When a log is asked for that ends before it starts.
    pub fn end_before_start(end: &str, start: &str) {
        "The end is before the start",
        "`end_time` is earlier than `start_time`: {end} and {start}. Exchange them, or leave one of them out."
    }

    /// Summary of `refused`, of ended pods.
    pub fn histories_cannot_be_read() { "The ended pods cannot be read" }

    /// Summary of `refused`, of the time that a pod has run.
    pub fn running_time_cannot_be_read() { "The running time cannot be read" }

    /// Summary of `refused`, of a log.
    pub fn logs_cannot_be_read() { "The logs cannot be read" }
}

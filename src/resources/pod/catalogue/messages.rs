//! The messages about a new pod that the cloud's catalogue does not offer.

use std::fmt::Display;

crate::messages! {
    /// When the catalogue cannot be read.
    pub fn unreadable(error: &str) {
        "The catalogue could not be read",
        "{error}. New pods were not checked against the catalogue; the cloud will check them itself when they are made. \
         `plan_checks = \"off\"` in the provider block plans without asking."
    }

    /// When the catalogue has no such GPU.
    pub fn no_such_gpu_type(gpu_type: &str, title: &str, advice: &str) {
        "No such GPU type",
        "`gpu_type` is {gpu_type:?}, which {title} does not have. {advice}"
    }

    /// In `no_such_gpu_type`.
    pub fn nearest(names: &str) { "The nearest are {names}. `data \"gpupod_gpu_specs\"` lists all." }

    /// In `no_such_gpu_type`.
    pub fn empty_catalogue() { "Its catalogue is empty now." }

    /// When a region has no such GPU.
    pub fn not_in_region(region: &str, title: &str, gpu_type: &str, offered: &str) {
        "No such GPU in the region",
        "`regions` has {region:?}, where {title} has no {gpu_type}. Use {offered}, or remove it."
    }

    /// When a GPU is not offered as spot.
    pub fn not_as_spot() {
        "Not offered as spot",
        "`is_spot` is true. With the other attributes as they are, the catalogue has this GPU on demand only: set it to \
         false, or remove it."
    }

    /// When a GPU is offered as spot alone.
    pub fn only_as_spot() {
        "Only offered as spot",
        "`is_spot` is false. With the other attributes as they are, the catalogue has this GPU as spot only: set it to \
         true."
    }

    /// When none of the offers has what an attribute asks for.
    pub fn not_offered(summary: &str, path: impl Display, wish: &str, offered: &str) {
        "{summary}",
        "`{path}` is {wish}. With the other attributes as they are, the catalogue has this GPU with {offered}. Use what \
         it has, or change the others."
    }

    /// Summary of `not_offered`, of the number of GPUs.
    pub fn count_not_offered() { "Not offered with so many GPUs" }

    /// Summary of `not_offered`, of the image.
    pub fn image_not_offered() { "Image is not offered" }

    /// Summary of `not_offered`, of an attribute of `prime_intellect`.
    pub fn trait_not_offered() { "Not offered" }

    /// When the container's disk is too small or too large.
    pub fn disk_out_of_range(wish: u64, range: &str) {
        "Container disk out of range",
        "`container_volume_in_gb` is {wish}. With the other attributes as they are, {range}."
    }

    /// When an amount of vCPUs or memory is not offered.
    pub fn amount_not_offered(path: impl Display, amount: u32, range: &str) {
        "Amount is not offered",
        "`{path}` is {amount}. With the other attributes as they are, {range}."
    }

    /// In messages about amounts.
    pub fn from_to(least: u32, most: u32) { "the catalogue allows {least} to {most}" }

    /// In messages about amounts.
    pub fn at_most(most: u32) { "the catalogue allows at most {most}" }

    /// In messages about amounts.
    pub fn at_least(least: u32) { "the catalogue allows {least} and more" }

    /// In messages about amounts.
    pub fn no_choice() { "the catalogue leaves no choice: remove it" }

    /// When nothing that fits is free.
    pub fn sold_out(title: &str, gpu_type: &str, elsewhere: &str) {
        "Sold out now",
        "{title} offers {gpu_type} as asked for, and has none free now. {elsewhere}. The apply fails unless one gets free \
         before it."
    }

    /// In `sold_out`.
    pub fn free_elsewhere(regions: &str) { "It is free, in some size, in {regions}" }

    /// In `sold_out`.
    pub fn free_nowhere() { "It is sold out everywhere" }

    /// When everything that is free costs more than the limit.
    pub fn too_dear(limit: impl Display, cheapest: impl Display) {
        "Nothing is that cheap now",
        "`max_price` is {limit}, and the cheapest that is free now costs {cheapest} an hour. The apply fails unless it \
         gets cheaper before it."
    }
}

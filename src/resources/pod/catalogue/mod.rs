//! A new pod against the cloud's live catalogue, while it is planned and nothing has been paid.

pub mod messages;

mod offer;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use super::model::PodModel;
use crate::{
    clouds::{Accelerators, Cloud, ContainerVolumeLimits, CountOption, Error, Machine},
    resources::{
        common::cloud_error,
        session::{PlanChecks, Session},
    },
    tf::{Context, Diagnostics, Number, Path, Phase, Tf, enum_names},
};

/// So many near names are offered for one that the catalogue does not have.
const NEAREST: usize = 3;

/// Checks a new pod. What the catalogue does not offer is an error, or as `plan_checks` has it; what is sold out is a
/// warning; a catalogue that cannot be read is a warning too.
pub async fn check(cx: &Context<Session>, cloud: &dyn Cloud, config: &PodModel, diagnostics: &mut Diagnostics) {
    let Some(catalogue) = cloud.catalogue().filter(|_| is_in_catalogue(config)) else {
        return;
    };
    let Some(gpu_type) = config.gpu_type.known() else {
        return;
    };
    let catalogues = &cx.session.run.catalogues;
    let mut found = Diagnostics::new();
    let judge = |machines: &[Machine], found: &mut Diagnostics| {
        judge(config, gpu_type, machines, cloud.capabilities().title, found)
    };

    let is_usual = catalogues.machines(cloud, catalogue, Accelerators::CloudsDefault, |answer| match answer {
        Ok(machines) if machines.iter().any(|machine| is_of_type(machine, gpu_type)) => {
            judge(machines, &mut found);
            true
        }
        // Another vendor may have it.
        Ok(_) => false,
        Err(error) => {
            unreadable(cx, cloud, error, &mut found);
            true
        }
    });
    if !is_usual.await {
        let all = catalogues.machines(cloud, catalogue, Accelerators::All, |answer| match answer {
            Ok(machines) => judge(machines, &mut found),
            Err(error) => unreadable(cx, cloud, error, &mut found),
        });
        all.await;
    }
    report(cx, found, diagnostics);
}

/// Writes a GPU's code as the catalogue does, which a cloud may take in no other way. A code in capitals is how clouds
/// write it, and is not looked up.
pub async fn spell(cx: &Context<Session>, cloud: &dyn Cloud, gpu_type: &mut String) {
    let Some(catalogue) = cloud.catalogue() else { return };
    if !gpu_type.contains(|c: char| c.is_ascii_lowercase()) {
        return;
    }
    for accelerators in [Accelerators::CloudsDefault, Accelerators::All] {
        let spelling = |machines: &[Machine]| {
            let machine = machines.iter().find(|machine| is_of_type(machine, gpu_type));
            machine.map(|machine| machine.gpu_type.clone())
        };
        let catalogues = &cx.session.run.catalogues;
        let found = catalogues.machines(cloud, catalogue, accelerators, |answer| answer.ok().and_then(spelling));
        if let Some(spelled) = found.await {
            *gpu_type = spelled;
            return;
        }
    }
}

/// Catalogues list GPUs that are rented by the hour.
fn is_in_catalogue(config: &PodModel) -> bool {
    let has_gpu = config.resource_type.known().is_none_or(|kind| kind != "CPU");
    let marketplace = config.prime_intellect.known();
    has_gpu && marketplace.is_none_or(|wish| wish.prepaid_hours.is_null())
}

/// `plan_checks = "warn"` makes warnings of errors. What has been warned of once is not worth it again.
fn report(cx: &Context<Session>, found: Diagnostics, diagnostics: &mut Diagnostics) {
    let found = match cx.session.plan_checks {
        PlanChecks::Error => found,
        PlanChecks::Warn | PlanChecks::Off => found.into_warnings(),
    };
    diagnostics.extend(match cx.phase {
        Phase::Planning => found,
        Phase::Applying => found.without_warnings(),
    });
}

/// An error that many pods run into is reported once.
fn unreadable(cx: &Context<Session>, cloud: &dyn Cloud, error: &Error, found: &mut Diagnostics) {
    if cx.session.run.is_news(cloud.capabilities().name) {
        found.add_warning(Path::root(), messages::unreadable(&cloud_error::describe(error)));
    }
}

fn is_of_type(machine: &Machine, gpu_type: &str) -> bool {
    machine.gpu_type.eq_ignore_ascii_case(gpu_type)
}

/// Narrows the catalogue down by one wish after the other. One that would leave nothing is told of, and narrows nothing
/// down, so that those after it are judged as well.
fn judge(config: &PodModel, gpu_type: &str, machines: &[Machine], title: &str, found: &mut Diagnostics) {
    let mut of_type: Vec<&Machine> = machines
        .iter()
        .filter(|machine| is_of_type(machine, gpu_type))
        .collect();
    if of_type.is_empty() {
        unknown_type(gpu_type, machines, title, found);
        of_type = machines.iter().collect();
    }
    let in_regions = in_regions(config, gpu_type, &of_type, title, found);
    let as_wished = as_spot_or_not(config, &in_regions, found);
    let offered = offer::as_wished(config, &as_wished, found);
    let options = with_count(config, &offered, found);
    let options = offer::with_amounts(config, &options, found);
    let fitting = with_volume(config, &options, found);
    if is_open(config) || fitting.is_empty() || found.has_errors() {
        return;
    }
    match fitting
        .iter()
        .filter(|(_, option)| option.is_available)
        .collect::<Vec<_>>()
    {
        free if free.is_empty() => sold_out(gpu_type, &of_type, title, found),
        free => offer::too_dear(config, &free, found),
    }
}

/// Whether the wish may still become another one.
fn is_open(config: &PodModel) -> bool {
    config.gpu_count.is_unknown()
        || config.is_spot.is_unknown()
        || has_unknown_region(config)
        || config.prime_intellect.is_unknown()
}

fn has_unknown_region(config: &PodModel) -> bool {
    match &config.regions {
        Tf::Known(regions) => regions.0.iter().any(Tf::is_unknown),
        regions => regions.is_unknown(),
    }
}

fn unknown_type(gpu_type: &str, machines: &[Machine], title: &str, found: &mut Diagnostics) {
    let known: BTreeSet<&str> = machines.iter().map(|machine| machine.gpu_type.as_str()).collect();
    let mut nearest: Vec<(f64, &str)> = known.into_iter().map(|name| (likeness(gpu_type, name), name)).collect();
    nearest.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    let nearest: Vec<&str> = nearest.into_iter().take(NEAREST).map(|(_, name)| name).collect();
    let advice = if nearest.is_empty() {
        messages::empty_catalogue()
    } else {
        messages::nearest(&enum_names(&nearest))
    };
    found.add_error("gpu_type", messages::no_such_gpu_type(gpu_type, title, &advice));
}

fn likeness(a: &str, b: &str) -> f64 {
    strsim::jaro_winkler(&a.to_ascii_uppercase(), &b.to_ascii_uppercase())
}

/// The machines in the regions that are asked for, with an error for each region that has none.
fn in_regions<'a>(
    config: &PodModel,
    gpu_type: &str,
    machines: &[&'a Machine],
    title: &str,
    found: &mut Diagnostics,
) -> Vec<&'a Machine> {
    let Some(regions) = config.regions.known() else {
        return machines.to_vec();
    };
    let wished: Vec<&str> = regions.0.iter().filter_map(Tf::known).map(String::as_str).collect();
    for region in &wished {
        if !machines.iter().any(|machine| machine.is_in(region)) {
            let offered: BTreeSet<&str> = machines
                .iter()
                .filter_map(|machine| machine.region.as_deref())
                .collect();
            let offered: Vec<&str> = offered.into_iter().collect();
            let message = messages::not_in_region(region, title, gpu_type, &enum_names(&offered));
            found.add_error("regions", message);
        }
    }
    let is_open = regions.0.is_empty() || regions.0.iter().any(Tf::is_unknown);
    let in_any = |machine: &&&Machine| is_open || wished.iter().any(|region| machine.is_in(region));
    or_all(machines.iter().filter(in_any).copied().collect(), machines)
}

/// What is left, or if that is nothing all that there was.
fn or_all<T: Copy>(kept: Vec<T>, all: &[T]) -> Vec<T> {
    if kept.is_empty() { all.to_vec() } else { kept }
}

/// The machines that are spot or not, as asked for. Without a wish, those that are not, if there are any.
fn as_spot_or_not<'a>(config: &PodModel, machines: &[&'a Machine], found: &mut Diagnostics) -> Vec<&'a Machine> {
    let with_spot = |spot: bool| -> Vec<&'a Machine> {
        machines
            .iter()
            .filter(|one| one.is_spot.is_none_or(|is| is == spot))
            .copied()
            .collect()
    };
    let wish = match config.is_spot {
        Tf::Known(wish) => wish,
        Tf::Null if !with_spot(false).is_empty() => return with_spot(false),
        Tf::Null | Tf::Unknown => return machines.to_vec(),
    };
    let kept = with_spot(wish);
    if kept.is_empty() && !machines.is_empty() {
        let message = if wish {
            messages::not_as_spot()
        } else {
            messages::only_as_spot()
        };
        found.add_error("is_spot", message);
    }
    or_all(kept, machines)
}

/// A machine with one of its counts.
type Fitting<'a> = (&'a Machine, &'a CountOption);

/// The options with as many GPUs as asked for; without a wish, all.
fn with_count<'a>(config: &PodModel, machines: &[&'a Machine], found: &mut Diagnostics) -> Vec<Fitting<'a>> {
    let options = machines
        .iter()
        .flat_map(|machine| machine.count_options.iter().map(|option| (*machine, option)));
    let Some(wish) = config.gpu_count.known().and_then(Number::as_u64) else {
        return options.collect();
    };
    let all: Vec<Fitting<'_>> = options.collect();
    let kept: Vec<Fitting<'_>> = all
        .iter()
        .filter(|(_, option)| u64::from(option.gpu_count) == wish)
        .copied()
        .collect();
    if kept.is_empty() && !all.is_empty() {
        let offered: BTreeSet<u32> = all.iter().map(|(_, option)| option.gpu_count).collect();
        let offered: Vec<String> = offered.into_iter().map(|count| count.to_string()).collect();
        let offered: Vec<&str> = offered.iter().map(String::as_str).collect();
        let message = messages::not_offered(
            &messages::count_not_offered(),
            "gpu_count",
            &wish.to_string(),
            &enum_names(&offered),
        );
        found.add_error("gpu_count", message);
    }
    or_all(kept, &all)
}

/// The options whose limits the container's disk keeps.
fn with_volume<'a>(config: &PodModel, options: &[Fitting<'a>], found: &mut Diagnostics) -> Vec<Fitting<'a>> {
    let Some(wish) = config.container_volume_in_gb.known().and_then(Number::as_u64) else {
        return options.to_vec();
    };
    let fits = |(_, option): &&Fitting<'_>| {
        option
            .container_volume
            .as_ref()
            .is_none_or(|limits| allows(limits, wish))
    };
    let kept: Vec<Fitting<'_>> = options.iter().filter(fits).copied().collect();
    if kept.is_empty() && !options.is_empty() {
        let limits = || {
            options
                .iter()
                .filter_map(|(_, option)| option.container_volume.as_ref())
        };
        let least = limits().filter_map(|limits| limits.min_in_gb).min();
        let most = limits().filter_map(|limits| limits.max_in_gb).max();
        let range = offer::range(least, most);
        found.add_error("container_volume_in_gb", messages::disk_out_of_range(wish, &range));
    }
    or_all(kept, options)
}

fn allows(limits: &ContainerVolumeLimits, size: u64) -> bool {
    let least = limits.min_in_gb.map_or(0, u64::from);
    let most = limits.max_in_gb.map_or(u64::MAX, u64::from);
    (least..=most).contains(&size)
}

fn sold_out(gpu_type: &str, machines: &[&Machine], title: &str, found: &mut Diagnostics) {
    let free = machines
        .iter()
        .filter(|machine| machine.count_options.iter().any(|option| option.is_available));
    let regions: BTreeSet<&str> = free.filter_map(|machine| machine.region.as_deref()).collect();
    let regions: Vec<&str> = regions.into_iter().collect();
    let elsewhere = if regions.is_empty() {
        messages::free_nowhere()
    } else {
        messages::free_elsewhere(&enum_names(&regions))
    };
    found.add_warning("gpu_type", messages::sold_out(title, gpu_type, &elsewhere));
}

//! Leftovers: an object of the same name that is there already may have been left by a run that was killed, and the plan
//! of a new one says so.

use super::{Managed, ManagedModel, messages};
use crate::{
    clouds::{Capabilities, Collection},
    resources::{
        common::cloud_error,
        session::{PlanChecks, Session, cloud},
    },
    tf::{Context, Diagnostics, Message, Phase, Plan, Tf},
};

/// Notes the object of a state as this run's own, whether or not it was refreshed, and looks for leftovers of a new one.
pub async fn check<M: ManagedModel>(cx: &Context<Session>, plan: &Plan<M>, diagnostics: &mut Diagnostics) {
    if let Some(prior) = &plan.prior {
        note(cx, prior);
        return;
    }
    let cloud = cloud::to_ask(&cx.session, plan.planned.identity().cloud);
    if let Some(cloud) = cloud
        && let Ok(collection) = M::Object::of(cloud.as_ref(), "cloud")
    {
        let name = plan.config.identity().name;
        find::<M::Object>(cx, collection, name, diagnostics).await;
    }
}

/// Notes the object of a state that is planned as this run's own.
pub fn note<M: ManagedModel>(cx: &Context<Session>, prior: &M) {
    let known = prior.identity();
    if let (Some(cloud), Some(id)) = (known.cloud.known(), known.id.known()) {
        cx.session.run.own_ids.note::<M::Object>(cloud, id);
    }
}

/// Warns of objects with the name of a new one. Those that this run has read or created itself are not meant, so where one
/// has the name, the check waits until the run reads no more: Terraform reads and plans side by side.
pub async fn find<O: Managed>(
    cx: &Context<Session>,
    collection: &dyn Collection<O>,
    name: &Tf<String>,
    diagnostics: &mut Diagnostics,
) {
    let is_asked = cx.phase == Phase::Planning && cx.session.plan_checks != PlanChecks::Off;
    let Some(name) = name.known().filter(|_| is_asked && !diagnostics.has_errors()) else {
        return;
    };
    let capabilities = collection.capabilities();
    match strangers(cx, collection, name).await {
        Ok(strangers) if strangers.is_empty() => {}
        Ok(_) => {
            tokio::select! {
                () = cx.session.run.own_ids.settled() => {}
                () = cx.stop.cancelled() => {}
            }
            for stranger in strangers(cx, collection, name).await.unwrap_or_default() {
                diagnostics.add_warning("name", warning::<O>(capabilities, &stranger, name));
            }
        }
        Err(error) if cx.session.run.is_news(capabilities.name) => {
            let (noun, article) = (O::NOUN, O::ARTICLE.to_lowercase());
            diagnostics.add_warning("name", messages::name_not_checked(noun, &error, &article));
        }
        Err(_) => {}
    }
}

/// The objects of this name that are not this run's own, or why they cannot be listed.
async fn strangers<O: Managed>(
    cx: &Context<Session>,
    collection: &dyn Collection<O>,
    name: &str,
) -> Result<Vec<O>, String> {
    let run = &cx.session.run;
    let list = O::lists(run).advice(collection).await;
    let listed = list.objects().map_err(cloud_error::describe)?;
    let cloud = collection.capabilities().name;
    let is_stranger = |one: &&O| one.name() == Some(name) && !run.own_ids.has::<O>(cloud, &one.id().to_string());
    Ok(listed.filter(is_stranger).cloned().collect())
}

fn warning<O: Managed>(capabilities: &Capabilities, leftover: &O, name: &str) -> Message {
    let (noun, id) = (O::NOUN, leftover.id());
    let (title, cloud) = (capabilities.title, capabilities.name);
    let status = leftover.cloud_status();
    let status = status.map_or_else(String::new, |status| format!(" ({status})"));
    let cost = if O::COSTS_MONEY {
        messages::costs_money()
    } else {
        String::new()
    };
    let article = O::ARTICLE.to_lowercase();
    messages::same_name(
        O::ARTICLE,
        noun,
        &id.to_string(),
        name,
        &article,
        title,
        &status,
        cloud,
        &cost,
    )
}

//! Attributes of a pod at a cloud that runs copies of a container.

use super::{echoed, variables};
use crate::{
    clouds::{Account, Workload},
    resources::pod::model::CpodPod,
    tf::{Model, Number, Tf},
};

pub fn of(seen: &Workload) -> CpodPod {
    let known = |(name, value): (&String, &String)| (name.clone(), Tf::Known(value.clone()));
    let labels = seen.labels.as_ref();
    CpodPod {
        cpu: seen.cpu.clone().into(),
        memory: seen.memory.clone().into(),
        replicas: seen.replicas.map(Number::from).into(),
        labels: labels.map(|labels| labels.iter().map(known).collect()).into(),
        organization_id: seen.organization_id.clone().into(),
        workspace_id: seen.workspace_id.clone().into(),
    }
}

/// The state after a read. A label that the cloud adds is no drift. The same amount in other words is left to the schema.
pub fn refresh(state: Tf<CpodPod>, seen: Tf<CpodPod>) -> Tf<CpodPod> {
    let (Tf::Known(state), Tf::Known(seen)) = (state.as_ref(), seen) else {
        return state;
    };
    let state = state.clone();
    Tf::Known(CpodPod {
        cpu: echoed(state.cpu, seen.cpu),
        memory: echoed(state.memory, seen.memory),
        replicas: echoed(state.replicas, seen.replicas),
        labels: variables(state.labels, seen.labels),
        organization_id: echoed(state.organization_id, seen.organization_id),
        workspace_id: echoed(state.workspace_id, seen.workspace_id),
    })
}

/// What an import found, unless it is what a pod has for which nothing was asked of this account.
pub fn imported(seen: Tf<CpodPod>, account: &Account) -> Tf<CpodPod> {
    let found = seen.map(|seen| CpodPod {
        labels: seen.labels.filter(|labels| !labels.0.is_empty()),
        ..seen
    });
    found.filter(|found| !is_by_default(found, account))
}

/// A key belongs to one organization, so that one which the account does not name is most likely its own.
fn is_by_default(found: &CpodPod, account: &Account) -> bool {
    let is_own =
        |found: &Tf<String>, own: &Option<String>| found.known().is_none_or(|found| own.as_ref() == Some(found));
    let is_own_organization =
        account.organization_id.is_none() || is_own(&found.organization_id, &account.organization_id);
    let rest = CpodPod {
        organization_id: Tf::Null,
        workspace_id: Tf::Null,
        replicas: found
            .replicas
            .clone()
            .filter(|replicas| *replicas != Number::from(1_u32)),
        ..found.clone()
    };
    is_own_organization && is_own(&found.workspace_id, &account.workspace_id) && rest == CpodPod::null()
}

//! Marketplace options of a pod, as a cloud that resells shows them.

use super::echoed;
use crate::{
    clouds::{MarketplaceOptions, Offer},
    resources::pod::model::{OfferModel, PrimeIntellectPod},
    tf::{Model, Tf},
};

/// What the cloud echoes of what was asked for.
pub fn of(seen: &MarketplaceOptions) -> PrimeIntellectPod {
    PrimeIntellectPod {
        auto_restart: seen.auto_restart.into(),
        custom_template_id: seen.template_id.clone().into(),
        team_id: seen.team_id.clone().into(),
        ..PrimeIntellectPod::null()
    }
}

/// The state after a read. Which offer was asked for is not echoed: what was bought is told apart.
pub fn refresh(state: Tf<PrimeIntellectPod>, seen: Tf<PrimeIntellectPod>) -> Tf<PrimeIntellectPod> {
    let (Tf::Known(state), Tf::Known(seen)) = (state.as_ref(), seen) else {
        return state;
    };
    Tf::Known(PrimeIntellectPod {
        auto_restart: echoed(state.auto_restart.clone(), seen.auto_restart),
        custom_template_id: echoed(state.custom_template_id.clone(), seen.custom_template_id),
        team_id: echoed(state.team_id.clone(), seen.team_id),
        ..state.clone()
    })
}

/// What an import found. Where the image is another one, a template was used for nothing that could be asked for.
pub fn imported(seen: Tf<PrimeIntellectPod>, has_template: bool) -> Tf<PrimeIntellectPod> {
    let found = seen.map(|seen| PrimeIntellectPod {
        custom_template_id: seen.custom_template_id.filter(|_| has_template),
        ..seen
    });
    found.filter(|wish| *wish != PrimeIntellectPod::null())
}

pub fn offer(offer: &Offer) -> OfferModel {
    OfferModel {
        cloud_id: offer.cloud_id.clone().into(),
        provider: offer.provider.clone().into(),
        socket: offer.socket.clone().into(),
        data_center_id: offer.data_center_id.clone().into(),
        country: offer.country.clone().into(),
        security: offer.security.clone().into(),
    }
}

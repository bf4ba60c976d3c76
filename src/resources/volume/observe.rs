//! From what a cloud says of a volume to the model: what is new, and what is merely not said.

use super::{
    model::{PrimeIntellectVolume, VolumeModel},
    names, rules,
};
use crate::{
    clouds::{Volume, VolumeOffer},
    resources::{
        common::{
            number,
            reported::{echoed, said, timestamp},
        },
        managed::ownership::{Evidence, OF_ANOTHER_TEAM, compared},
    },
    tf::{Model, Number, Origin, Tf},
};

/// The state after a create or an update: what was planned, and the cloud's word for what was left open.
pub fn complete(planned: VolumeModel, volume: &Volume) -> VolumeModel {
    let seen = seen(volume, &planned);
    planned.with_unknowns_from(seen)
}

/// The state after a read.
pub fn refresh(state: VolumeModel, volume: &Volume, origin: Origin) -> VolumeModel {
    let seen = seen(volume, &state);
    if origin == Origin::Import {
        return rules::without_refused(seen);
    }
    VolumeModel {
        name: echoed(state.name, seen.name),
        storage_type: echoed(state.storage_type, seen.storage_type),
        region: echoed(state.region, seen.region),
        size_in_gb: echoed(state.size_in_gb, seen.size_in_gb),
        vendor_volume_type: echoed(state.vendor_volume_type, seen.vendor_volume_type),
        prime_intellect: place(state.prime_intellect, seen.prime_intellect),
        status: seen.status,
        used_in_gb: said(state.used_in_gb, seen.used_in_gb),
        mount_count: said(state.mount_count, seen.mount_count),
        price_per_hour: said(state.price_per_hour, seen.price_per_hour),
        created_at: said(state.created_at, seen.created_at),
        ..state
    }
}

/// What a volume tells of whether this order has made it.
pub fn evidence(planned: &VolumeModel, volume: &Volume) -> Evidence {
    let team = |place: &Tf<PrimeIntellectVolume>| place.known().map_or(Tf::Null, |place| place.team_id.clone());
    let seen = volume.offer.as_ref().and_then(|offer| offer.team_id.clone());
    match compared(planned, &refresh(planned.clone(), volume, Origin::State)) {
        // A refresh leaves alone who owns what was ordered for no certain team.
        Evidence::Equal if seen.is_some() && team(&planned.prime_intellect).known() != seen.as_ref() => {
            Evidence::Other(OF_ANOTHER_TEAM.to_owned())
        }
        evidence => evidence,
    }
}

/// All that the cloud says of the volume. What it does not say is null, except for what only we know.
pub fn seen(volume: &Volume, known: &VolumeModel) -> VolumeModel {
    VolumeModel {
        cloud: known.cloud.clone(),
        name: volume.name.clone().into(),
        storage_type: volume
            .storage_type
            .map(|kind| names::of_storage_type(kind).to_owned())
            .into(),
        region: volume.region.clone().into(),
        size_in_gb: volume.size.map(Number::from).into(),
        vendor_volume_type: volume.disk.map(|kind| names::of_disk_kind(kind).to_owned()).into(),
        prime_intellect: volume.offer.as_ref().map(to_place).into(),
        timeouts: known.timeouts.clone(),
        id: Tf::Known(volume.id.as_str().to_owned()),
        status: Tf::Known(volume.phase.as_str().to_owned()),
        used_in_gb: volume.used.map(Number::from).into(),
        mount_count: volume.mount_count.map(Number::from).into(),
        price_per_hour: volume.price_per_hour.and_then(number::from_decimal).into(),
        created_at: volume.created_at.and_then(timestamp).into(),
    }
}

fn to_place(offer: &VolumeOffer) -> PrimeIntellectVolume {
    PrimeIntellectVolume {
        provider: Tf::Known(offer.provider.clone()),
        cloud_id: offer.cloud_id.clone().into(),
        data_center_id: offer.data_center_id.clone().into(),
        country: offer.country.clone().into(),
        team_id: offer.team_id.clone().into(),
    }
}

/// Where the cloud says that the disk is. What it does not say stays.
fn place(state: Tf<PrimeIntellectVolume>, seen: Tf<PrimeIntellectVolume>) -> Tf<PrimeIntellectVolume> {
    let (Tf::Known(state), Tf::Known(seen)) = (state.as_ref(), seen) else {
        return state;
    };
    let state = state.clone();
    Tf::Known(PrimeIntellectVolume {
        provider: echoed(state.provider, seen.provider),
        cloud_id: echoed(state.cloud_id, seen.cloud_id),
        data_center_id: echoed(state.data_center_id, seen.data_center_id),
        country: echoed(state.country, seen.country),
        team_id: echoed(state.team_id, seen.team_id),
    })
}

#[cfg(test)]
mod tests;

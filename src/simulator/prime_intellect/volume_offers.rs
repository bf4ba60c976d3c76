//! Availability of disks: the places where one can be had. Amounts and prices are made up.

use super::catalogue::{Place, Stock, VolumeOffer, adjustable};
use super::offers::{CANADA, CZECHIA, FINLAND_1, FINLAND_2, KANSAS, MISSOURI, NEBIUS_NORTH};

/// In no particular order, as from a cloud.
pub(super) const VOLUME_OFFERS: &[VolumeOffer] = &[
    disk("runpod", &KANSAS, (10, 100, 4_000), 1),
    sold_out(disk("runpod", &MISSOURI, (10, 100, 4_000), 1)),
    disk("primecompute", &CZECHIA, (10, 100, 10_000), 1),
    for_one_pod(disk("datacrunch", &FINLAND_1, (50, 100, 2_000), 2)),
    for_one_pod(disk("datacrunch", &FINLAND_2, (50, 100, 2_000), 2)),
    VolumeOffer {
        cloud_id: Some("default-CANADA-1"),
        ..for_one_pod(disk("hyperstack", &CANADA, (1, 50, 5_000), 1))
    },
    VolumeOffer {
        cloud_id: Some("network-ssd"),
        size: adjustable((93, 93, 9_300), 93, 1),
        ..disk("nebius", &NEBIUS_NORTH, (93, 93, 9_300), 1)
    },
];

const fn disk(provider: &'static str, place: &'static Place, sizes: (i64, i64, i64), price: i64) -> VolumeOffer {
    VolumeOffer {
        provider,
        cloud_id: None,
        place,
        size: adjustable(sizes, 1, price),
        stock: Stock::Plenty("Available"),
        is_multinode: true,
    }
}

const fn for_one_pod(offer: VolumeOffer) -> VolumeOffer {
    VolumeOffer {
        is_multinode: false,
        ..offer
    }
}

const fn sold_out(offer: VolumeOffer) -> VolumeOffer {
    VolumeOffer {
        stock: Stock::SoldOut,
        ..offer
    }
}

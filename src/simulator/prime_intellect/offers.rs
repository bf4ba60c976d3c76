//! The configurations that are rented out, as rows of the availability. Cloud ids are written as each provider was
//! seen to write them; prices and amounts are made up.

use super::catalogue::{Amount, Gpu, Offer, Place, Stock, adjustable, fixed};
use crate::simulator::price::Price;

pub(super) const KANSAS: Place = place("united_states", Some("US-KS-2"), "US");
pub(super) const MISSOURI: Place = place("united_states", Some("US-MO-1"), "US");
pub(super) const CZECHIA: Place = place("eu_east", Some("EU-CZ-1"), "CZ");
pub(super) const FINLAND_1: Place = place("eu_north", Some("FIN-01"), "FI");
pub(super) const FINLAND_2: Place = place("eu_north", Some("FIN-02"), "FI");
pub(super) const CANADA: Place = place("canada", Some("CANADA-1"), "CA");
pub(super) const NEBIUS_NORTH: Place = place("eu_north", Some("eu-north1"), "FI");
const NORWAY: Place = place("eu_north", Some("NORWAY-1"), "NO");
const MONTREAL: Place = place("canada", Some("MON1"), "CA");
const LAMBDA_EAST: Place = place("united_states", Some("us-east-1"), "US");
const LAMBDA_JAPAN: Place = place("asia_northeast", Some("asia-northeast-1"), "JP");
const DES_MOINES: Place = place("united_states", Some("us-central-2"), "US");
const VIRGINIA: Place = place("united_states", Some("us-east1-a"), "US");
/// Some providers name no data center.
const GERMANY: Place = place("eu_west", None, "DE");
const SOMEWHERE: Place = place("united_states", None, "US");

const RTX_3090: Gpu = gpu("RTX3090_24GB", "PCIe", 24);
const RTX_4090: Gpu = gpu("RTX4090_24GB", "PCIe", 24);
const A40: Gpu = gpu("A40_48GB", "PCIe", 48);
const L40S: Gpu = gpu("L40S_48GB", "PCIe", 48);
const A100_PCIE: Gpu = gpu("A100_80GB", "PCIe", 80);
const A100: Gpu = gpu("A100_80GB", "SXM4", 80);
const H100_PCIE: Gpu = gpu("H100_80GB", "PCIe", 80);
const H100: Gpu = gpu("H100_80GB", "SXM5", 80);
const H200: Gpu = gpu("H200_141GB", "SXM5", 141);
const B200: Gpu = gpu("B200_180GB", "SXM6", 180);
/// Machines without GPUs stand in the same list.
const CPU: Gpu = gpu("CPU_NODE", "PCIe", 0);

const UBUNTU: &[&str] = &["ubuntu_22_cuda_12"];
const SOME_IMAGES: &[&str] = &["ubuntu_22_cuda_12", "cuda_12_4_pytorch_2_5", "prime_rl"];
const ALL_IMAGES: &[&str] = &[
    "ubuntu_22_cuda_12",
    "cuda_12_1_pytorch_2_4",
    "cuda_12_4_pytorch_2_5",
    "cuda_12_6_pytorch_2_7",
    "stable_diffusion",
    "vllm_llama_8b",
    "custom_template",
    "prime_rl",
];

const RUNPOD_DISK: Amount = Amount {
    is_included: Some(true),
    note: Some("40 GB of the disk is used by the file system"),
    ..adjustable((60, 120, 1_000), 1, 1)
};

/// In no particular order, as from a cloud.
pub(super) const OFFERS: &[Offer] = &[
    runpod("NVIDIA GeForce RTX 4090", &RTX_4090, 1, &KANSAS, 6900),
    runpod("NVIDIA GeForce RTX 4090", &RTX_4090, 1, &MISSOURI, 6900),
    runpod("NVIDIA GeForce RTX 4090 x2", &RTX_4090, 2, &KANSAS, 13_800),
    community(runpod("NVIDIA GeForce RTX 4090", &RTX_4090, 1, &SOMEWHERE, 3300)),
    spot(runpod("NVIDIA GeForce RTX 4090_SPOT", &RTX_4090, 1, &KANSAS, 2900)),
    tensordock("geforcertx4090-pcie-24gb", &RTX_4090, 1, &GERMANY, 2500),
    tensordock("geforcertx4090-pcie-24gb", &RTX_4090, 1, &SOMEWHERE, 2300),
    tensordock("geforcertx4090-pcie-24gb-x4", &RTX_4090, 4, &SOMEWHERE, 9200),
    primecompute("rtx4090.1x", &RTX_4090, 1, &CZECHIA, 4400),
    primecompute("rtx4090.2x", &RTX_4090, 2, &CZECHIA, 8800),
    spot(primecompute("rtx4090.1x_SPOT", &RTX_4090, 1, &CZECHIA, 2100)),
    sold_out(primecompute("rtx4090.8x", &RTX_4090, 8, &CZECHIA, 35_200)),
    community(runpod("NVIDIA GeForce RTX 3090", &RTX_3090, 1, &SOMEWHERE, 2200)),
    tensordock("geforcertx3090-pcie-24gb", &RTX_3090, 1, &GERMANY, 1300),
    with_stock(
        Stock::Left(1),
        offer("oblivus", "A40_48GB_x1", &A40, 1, &MONTREAL, 3900),
    ),
    massedcompute("gpu_1x_l40s", &L40S, 1, &DES_MOINES, 8600),
    massedcompute("gpu_2x_l40s", &L40S, 2, &DES_MOINES, 17_200),
    sold_out(massedcompute("gpu_4x_l40s", &L40S, 4, &DES_MOINES, 34_400)),
    lambdalabs("gpu_1x_a100_sxm4", &A100, 1, &LAMBDA_EAST, 12_900),
    sold_out(lambdalabs("gpu_1x_a100_sxm4", &A100, 1, &LAMBDA_JAPAN, 12_900)),
    lambdalabs("gpu_8x_a100_80gb_sxm4", &A100, 8, &LAMBDA_EAST, 143_200),
    with_stock(
        Stock::Plenty("Low"),
        crusoecloud("a100-80gb.1x", &A100, 1, &VIRGINIA, 16_500),
    ),
    hyperstack("n3-A100x1", &A100_PCIE, 1, &CANADA, 13_500),
    hyperstack("n3-H100x1", &H100_PCIE, 1, &NORWAY, 19_000),
    datacrunch("1H100.80S.30V", &H100, 1, &FINLAND_1, 21_900),
    datacrunch("1H100.80S.30V", &H100, 1, &FINLAND_2, 22_900),
    spot(datacrunch("1H100.80S.30V_SPOT", &H100, 1, &FINLAND_1, 9500)),
    spot(datacrunch("1H100.80S.30V_SPOT", &H100, 1, &FINLAND_2, 9500)),
    sold_out(datacrunch("8H100.80S.176V", &H100, 8, &FINLAND_1, 175_200)),
    with_stock(
        Stock::Plenty("Medium"),
        nebius("gpu-h200-sxm_1gpu", &H200, 1, &NEBIUS_NORTH, 35_000),
    ),
    nebius("gpu-h200-sxm_8gpu", &H200, 8, &NEBIUS_NORTH, 280_000),
    sold_out(spot(datacrunch("1B200.30V_SPOT", &B200, 1, &FINLAND_2, 17_500))),
    prepaid(168, primecompute("b200.8x.reserved", &B200, 8, &CZECHIA, 239_200)),
    datacrunch("CPU.4V.16G", &CPU, 1, &FINLAND_1, 500),
    hyperstack("n1-cpu-small", &CPU, 1, &CANADA, 900),
];

/// Several machines that are rented as one. No document shows how such a pod comes to be, so there is none to be had.
pub(super) const MULTI_NODE: &[Offer] = &[
    sold_out(primecompute("h100.16x.cluster", &H100, 16, &CZECHIA, 367_200)),
    sold_out(nebius("gpu-h200-sxm_16gpu", &H200, 16, &NEBIUS_NORTH, 566_400)),
];

const fn place(region: &'static str, data_center: Option<&'static str>, country: &'static str) -> Place {
    Place {
        region,
        data_center,
        country,
    }
}

const fn gpu(name: &'static str, socket: &'static str, memory: i64) -> Gpu {
    Gpu { name, socket, memory }
}

type Site = &'static Place;
type Model = &'static Gpu;

const fn offer(provider: &'static str, id: &'static str, gpu: Model, count: i64, place: Site, price: i64) -> Offer {
    Offer {
        cloud_id: id,
        provider,
        gpu,
        gpu_count: count,
        place,
        disk: fixed(500 * count),
        vcpus: fixed(16 * count),
        memory: fixed(64 * count),
        stock: Stock::Plenty("Available"),
        is_secure: true,
        price: Price(price),
        is_variable: false,
        images: ALL_IMAGES,
        is_spot: false,
        prepaid_hours: None,
    }
}

const fn lambdalabs(id: &'static str, gpu: Model, count: i64, place: Site, price: i64) -> Offer {
    offer("lambdalabs", id, gpu, count, place, price)
}

const fn crusoecloud(id: &'static str, gpu: Model, count: i64, place: Site, price: i64) -> Offer {
    offer("crusoecloud", id, gpu, count, place, price)
}

const fn hyperstack(id: &'static str, gpu: Model, count: i64, place: Site, price: i64) -> Offer {
    offer("hyperstack", id, gpu, count, place, price)
}

const fn datacrunch(id: &'static str, gpu: Model, count: i64, place: Site, price: i64) -> Offer {
    offer("datacrunch", id, gpu, count, place, price)
}

const fn nebius(id: &'static str, gpu: Model, count: i64, place: Site, price: i64) -> Offer {
    offer("nebius", id, gpu, count, place, price)
}

const fn runpod(id: &'static str, gpu: Model, count: i64, place: Site, price: i64) -> Offer {
    Offer {
        disk: RUNPOD_DISK,
        ..offer("runpod", id, gpu, count, place, price)
    }
}

const fn primecompute(id: &'static str, gpu: Model, count: i64, place: Site, price: i64) -> Offer {
    Offer {
        disk: adjustable((20, 100, 2_000), 10, 1),
        ..offer("primecompute", id, gpu, count, place, price)
    }
}

/// Disk, processors and memory are chosen freely and cost extra.
const fn tensordock(id: &'static str, gpu: Model, count: i64, place: Site, price: i64) -> Offer {
    Offer {
        disk: adjustable((20, 100, 1_000), 5, 1),
        vcpus: adjustable((2, 8, 32), 2, 30),
        memory: adjustable((8, 32, 192), 8, 10),
        images: SOME_IMAGES,
        ..community(offer("tensordock", id, gpu, count, place, price))
    }
}

/// Their prices move.
const fn massedcompute(id: &'static str, gpu: Model, count: i64, place: Site, price: i64) -> Offer {
    Offer {
        is_variable: true,
        images: UBUNTU,
        ..offer("massedcompute", id, gpu, count, place, price)
    }
}

const fn community(offer: Offer) -> Offer {
    Offer {
        is_secure: false,
        ..offer
    }
}

const fn spot(offer: Offer) -> Offer {
    Offer { is_spot: true, ..offer }
}

const fn with_stock(stock: Stock, offer: Offer) -> Offer {
    Offer { stock, ..offer }
}

const fn sold_out(offer: Offer) -> Offer {
    with_stock(Stock::SoldOut, offer)
}

const fn prepaid(hours: i64, offer: Offer) -> Offer {
    Offer {
        prepaid_hours: Some(hours),
        ..offer
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::simulator::prime_intellect::words::{GPU_TYPES, IMAGES, PROVIDERS, REGIONS, SOCKETS};

    #[test]
    fn no_two_offers_are_one() {
        let all = || OFFERS.iter().chain(MULTI_NODE);
        let keys: BTreeSet<String> = all().map(Offer::key).collect();
        assert_eq!(keys.len(), all().count());
    }

    #[test]
    fn every_word_is_one_of_the_document() {
        for offer in OFFERS.iter().chain(MULTI_NODE) {
            let words = [
                (PROVIDERS, offer.provider),
                (GPU_TYPES, offer.gpu.name),
                (SOCKETS, offer.gpu.socket),
                (REGIONS, offer.place.region),
            ];
            let images = offer.images.iter().map(|image| (IMAGES, *image));
            for (list, word) in words.into_iter().chain(images) {
                assert!(list.contains(&word), "{}: {word}", offer.key());
            }
        }
    }

    #[test]
    fn there_is_an_offer_of_each_kind() {
        let has = |is_kind: fn(&Offer) -> bool| assert!(OFFERS.iter().any(is_kind));
        has(|offer| offer.is_spot && offer.stock.is_empty(0));
        has(|offer| !offer.is_spot && offer.stock.is_empty(0));
        has(|offer| offer.is_variable);
        has(|offer| !offer.is_secure);
        has(|offer| offer.place.data_center.is_none());
        has(|offer| offer.prepaid_hours.is_some());
        has(|offer| offer.gpu.name == "CPU_NODE");
        has(|offer| offer.disk.most.is_some() && offer.disk.is_included == Some(true));
        let last = OFFERS.iter().filter(|offer| matches!(offer.stock, Stock::Left(1)));
        assert!(last.count() > 0);
        let repeated = |offer: &&Offer| OFFERS.iter().filter(|it| it.cloud_id == offer.cloud_id).count() > 1;
        assert!(OFFERS.iter().any(|offer| repeated(&offer)));
    }
}

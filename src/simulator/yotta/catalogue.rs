//! Catalogue of the simulated Yotta: GPU types, regions, stock and prices.

use std::iter;

use crate::simulator::price::Price;

/// A GPU type. Its code is one of those the guide lists; the sizes are for one GPU, in GB.
pub(super) struct Gpu {
    pub code: &'static str,
    pub display_name: &'static str,
    pub vendor: &'static str,
    pub memory: i64,
    pub ram: i64,
    pub vcpu: i64,
    pub disk: i64,
}

/// GPUs of one type in one region under one contract.
pub(super) struct Offer {
    pub gpu: &'static Gpu,
    pub region: &'static str,
    pub cloud_type: &'static str,
    pub is_spot: bool,
    pub max_gpu_count: i64,
    /// Empty: sold out.
    pub free_gpu_counts: &'static [i64],
    /// For one GPU and hour.
    pub price: Price,
}

const CONTAINER_GB_HOUR: Price = Price(1);
const SYSTEM_GB_HOUR: Price = Price(2);
const VOLUME_GB_HOUR: Price = Price(1);
/// Least container disk and system volume, GB.
const LEAST_DISK: i64 = 20;

const RTX_4090: Gpu = nvidia("NVIDIA_RTX_4090_24G", "NVIDIA RTX 4090", 24, (60, 12, 200));
const RTX_5090: Gpu = nvidia("NVIDIA_RTX_5090_32G", "NVIDIA RTX 5090", 32, (92, 16, 250));
const RTX_A6000: Gpu = nvidia("NVIDIA_RTX_A6000_48G", "NVIDIA RTX A6000", 48, (64, 14, 300));
const RTX_6000_ADA: Gpu = nvidia("NVIDIA_RTX_6000_Ada_48G", "NVIDIA RTX 6000 Ada", 48, (96, 16, 400));
const A100_PCIE: Gpu = nvidia("NVIDIA_A100_PCIe_80G", "NVIDIA A100 PCIe", 80, (120, 16, 500));
const A100: Gpu = nvidia("NVIDIA_A100_80G", "NVIDIA A100 SXM", 80, (120, 22, 800));
const H100: Gpu = nvidia("NVIDIA_H100_80G", "NVIDIA H100 SXM", 80, (200, 26, 1000));
const H200: Gpu = nvidia("NVIDIA_H200_141G", "NVIDIA H200 SXM", 141, (240, 28, 1000));
const B200: Gpu = nvidia("NVIDIA_B200_180G", "NVIDIA B200 SXM", 180, (280, 32, 1500));
const TRAINIUM: Gpu = Gpu {
    vendor: "AWS",
    ..nvidia("AWS_Trainium_32G", "AWS Trainium", 32, (32, 8, 400))
};

/// In no particular order, as from a cloud.
pub(super) const OFFERS: &[Offer] = &[
    on_demand(&RTX_5090, "us-east-3", 8, &[1, 2, 4, 8], 6500),
    on_demand(&RTX_4090, "us-east-1", 8, &[1, 2, 4], 4400),
    spot(&RTX_4090, "us-east-1", 4, &[1, 2, 4], 2100),
    on_demand(&RTX_4090, "eu-2", 8, &[1, 2, 4, 8], 3900),
    on_demand(&RTX_5090, "us-west-1", 8, &[], 6900),
    on_demand(&RTX_A6000, "us-west-1", 4, &[1, 2, 4], 4900),
    community(&RTX_6000_ADA, "eu-3", 8, &[1, 2], 7700),
    on_demand(&A100_PCIE, "eu-3", 8, &[1, 2, 4, 8], 12_900),
    on_demand(&A100, "us-east-1", 8, &[1, 2, 4], 15_900),
    on_demand(&H100, "us-east-1", 8, &[1, 2, 4, 8], 24_900),
    spot(&H100, "us-west-1", 8, &[1, 2], 14_500),
    on_demand(&H100, "eu-2", 8, &[], 23_900),
    on_demand(&H200, "us-central-3", 8, &[1, 2, 4, 8], 32_900),
    spot(&H200, "us-central-3", 8, &[], 18_800),
    on_demand(&B200, "us-east-4", 8, &[], 54_900),
    on_demand(&TRAINIUM, "us-west-1", 16, &[1, 2, 4, 8, 16], 13_400),
];

/// `sizes` are RAM, vCPUs and local disk.
const fn nvidia(code: &'static str, display_name: &'static str, memory: i64, sizes: (i64, i64, i64)) -> Gpu {
    let (ram, vcpu, disk) = sizes;
    Gpu {
        code,
        display_name,
        vendor: "NVIDIA",
        memory,
        ram,
        vcpu,
        disk,
    }
}

const fn on_demand(gpu: &'static Gpu, region: &'static str, most: i64, free: &'static [i64], price: i64) -> Offer {
    let price = Price(price);
    Offer {
        gpu,
        region,
        cloud_type: "SECURE",
        is_spot: false,
        max_gpu_count: most,
        free_gpu_counts: free,
        price,
    }
}

const fn spot(gpu: &'static Gpu, region: &'static str, most: i64, free: &'static [i64], price: i64) -> Offer {
    Offer {
        is_spot: true,
        ..on_demand(gpu, region, most, free, price)
    }
}

const fn community(gpu: &'static Gpu, region: &'static str, most: i64, free: &'static [i64], price: i64) -> Offer {
    Offer {
        cloud_type: "COMMUNITY",
        ..on_demand(gpu, region, most, free, price)
    }
}

impl Offer {
    /// The powers of two up to the largest machine.
    pub fn gpu_counts(&self) -> impl Iterator<Item = i64> {
        let most = self.max_gpu_count;
        iter::successors(Some(1), |count| Some(count * 2)).take_while(move |count| *count <= most)
    }

    pub fn is_sold_out(&self) -> bool {
        self.free_gpu_counts.is_empty()
    }

    pub fn has(&self, gpu_count: i64) -> bool {
        self.free_gpu_counts.contains(&gpu_count)
    }

    /// Least and most container disk, GB.
    pub fn container_volume(&self, gpu_count: i64) -> (i64, i64) {
        (LEAST_DISK, self.gpu.disk * gpu_count)
    }

    /// Least and most local system volume, GB; `None` where there is none.
    pub fn system_volume(&self, gpu_count: i64) -> Option<(i64, i64)> {
        let supported = self.cloud_type == "SECURE" && !self.is_spot;
        supported.then_some((LEAST_DISK, self.gpu.disk * gpu_count / 2))
    }

    pub fn price_of_gpus(&self, gpu_count: i64) -> Price {
        self.price.times(gpu_count)
    }
}

pub(super) fn container_volume_price(size: Option<i64>) -> Price {
    CONTAINER_GB_HOUR.times(size.unwrap_or(LEAST_DISK))
}

pub(super) fn system_volume_price(size: Option<i64>) -> Price {
    SYSTEM_GB_HOUR.times(size.unwrap_or(0))
}

/// What a volume of so many GB costs in so many milliseconds.
pub(super) fn volume_cost(size: i64, milliseconds: u64) -> Price {
    VOLUME_GB_HOUR.times(size).during(milliseconds)
}

pub(super) fn is_region(region: &str) -> bool {
    OFFERS.iter().any(|offer| offer.region == region)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_catalogue_shows_every_kind_of_offer() {
        assert!(OFFERS.iter().any(|offer| offer.is_spot && offer.is_sold_out()));
        assert!(OFFERS.iter().any(|offer| !offer.is_spot && offer.is_sold_out()));
        assert!(OFFERS.iter().any(|offer| offer.system_volume(1).is_none()));
        for offer in OFFERS {
            let counts: Vec<i64> = offer.gpu_counts().collect();
            assert!(
                offer.free_gpu_counts.iter().all(|count| counts.contains(count)),
                "{}",
                offer.gpu.code
            );
        }
    }
}

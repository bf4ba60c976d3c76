//! The attributes of `data "gpupod_gpu_specs"`: its filters and its results.

use crate::{
    model,
    resources::common::number,
    tf::{
        List, Number, Set, computed, optional,
        validators::{at_least, not_empty, one_of},
    },
};

model! {
    /// The GPUs that clouds rent out now, with their prices: what to look at before a pod is bought.
    ///
    /// All filters have to be met; one that is left out or empty lets everything pass. What a cloud does not tell of a
    /// machine does not pass a filter on it.
    ///
    /// Prices and stock move. A pod whose `gpu_type` is taken from `cheapest` is replaced when another GPU becomes
    /// cheaper, unless `lifecycle.ignore_changes` has it.
    pub struct GpuSpecsModel {
        /// The clouds that are asked; the default is all that have a key and publish their GPUs. If one of them cannot
        /// be read, nothing is: the cheapest of some is not the cheapest of all.
        clouds: Set<String> = optional(),

        /// The regions that the machines are in, as the cloud writes them. Of Prime Intellect's offers also countries and
        /// data centers.
        regions: Set<String> = optional().validator(not_empty("Remove it, or name a region.").for_each()),

        /// The clouds' codes for the GPUs, such as `NVIDIA_RTX_4090_24G`.
        gpu_types: Set<String> = optional().validator(not_empty("Remove it, or name a GPU type.").for_each()),

        /// How many GPUs.
        gpu_counts: Set<Number> = optional().validator(at_least(1).for_each()),

        /// The least VRAM of each GPU, in GB.
        min_gpu_memory_in_gb: Number = optional().validator(at_least(1)),

        /// The least RAM for each GPU, in GB.
        min_ram_per_gpu_in_gb: Number = optional().validator(at_least(1)),

        /// The fewest vCPUs for each GPU.
        min_vcpu_per_gpu: Number = optional().validator(at_least(1)),

        /// The size of the container's disk, in GB, that has to be possible. Where a cloud charges for it, the prices
        /// are with it.
        container_volume_in_gb: Number = optional().validator(at_least(1)),

        /// The size of a local system volume, in GB, that has to be possible. Where a cloud charges for it, the prices
        /// are with it.
        system_volume_in_gb: Number = optional().validator(at_least(1)),

        /// Whose machines: the cloud's own data centers (`SECURE`), or others' (`COMMUNITY`).
        cloud_types: Set<String> = optional().validator(one_of(&["SECURE", "COMMUNITY"]).for_each()),

        /// Who makes the accelerators: `NVIDIA` or `AWS`. Left out, those that the cloud shows by itself; on Yotta those
        /// are NVIDIA's.
        accelerator_vendor: String = optional().validator(one_of(&["NVIDIA", "AWS"])),

        /// Whether to show what is sold out as well; the default is `false`.
        include_unavailable: bool = optional(),

        /// Whether to show spot capacity alone (`true`) or none (`false`). A machine of which its cloud does not tell is
        /// not spot.
        is_spot: bool = optional(),

        /// The most that an offer as a whole may cost an hour, in its currency.
        max_price_per_hour: Number = optional().validator(number::price()),

        /// The machines, one entry for each option, by cloud, GPU type and region.
        specs: List<SpecModel> = computed(),

        /// What can be bought: one entry for each machine and number of GPUs. The cheapest comes first; what costs the
        /// same is ordered by cloud, GPU type, number of GPUs and region; what has no price comes last. Currencies are
        /// not converted.
        offers: List<OfferModel> = computed(),

        /// The first of the `offers` that is available and has a price; null if there is none.
        cheapest: OfferModel = computed(),
    }
}

model! {
    /// A machine that is rented out.
    pub struct SpecModel {
        /// The cloud that rents it out.
        cloud: String = computed(),

        /// The cloud's code for the GPU, as `gpu_type` of a pod takes it.
        gpu_type: String = computed(),

        /// The GPU's name for people.
        display_name: String = computed(),

        /// The VRAM of each GPU, in GB.
        gpu_memory_in_gb: Number = computed(),

        /// The region.
        region: String = computed(),

        /// `SECURE` or `COMMUNITY`.
        cloud_type: String = computed(),

        /// Who makes the accelerator.
        accelerator_vendor: String = computed(),

        /// Whether it is spot capacity, which is cheaper and can be taken away.
        is_spot: bool = computed(),

        /// The cloud's own word for the machine's availability. Whether a number of GPUs is free is in
        /// `gpu_count_options`.
        status: String = computed(),

        /// The most GPUs that a pod can have.
        max_gpu_count: Number = computed(),

        /// The numbers of GPUs that are free now, whichever were asked for.
        available_gpu_counts: List<Number> = computed(),

        /// The RAM for each GPU, in GB.
        ram_per_gpu_in_gb: Number = computed(),

        /// The vCPUs for each GPU.
        vcpu_per_gpu: Number = computed(),

        /// The local disk for each GPU, in GB.
        local_disk_per_gpu_in_gb: Number = computed(),

        /// The machine by its number of GPUs, the smallest first; those that pass the filters.
        gpu_count_options: List<CountOptionModel> = computed(),
    }
}

model! {
    /// A machine with so many GPUs.
    pub struct CountOptionModel {
        /// How many GPUs.
        gpu_count: Number = computed(),

        /// Whether it can be rented now.
        available: bool = computed(),

        /// The VRAM of all GPUs, in GB.
        total_gpu_memory_in_gb: Number = computed(),

        /// The RAM, in GB.
        total_ram_in_gb: Number = computed(),

        /// The vCPUs.
        total_vcpu: Number = computed(),

        /// The local disk, in GB.
        total_local_disk_in_gb: Number = computed(),

        /// How large the container's disk can be.
        container_volume: ContainerVolumeModel = computed(),

        /// How large a local system volume can be.
        system_volume: SystemVolumeModel = computed(),

        /// What it costs.
        price: PriceModel = computed(),
    }
}

model! {
    /// The limits of a container's disk.
    pub struct ContainerVolumeModel {
        /// The smallest size, in GB.
        min_in_gb: Number = computed(),

        /// The largest size, in GB.
        max_in_gb: Number = computed(),

        /// The largest size beside a local system volume, in GB.
        max_in_gb_with_local_system_volume: Number = computed(),

        /// The largest size without a local system volume, in GB.
        max_in_gb_without_local_system_volume: Number = computed(),
    }
}

model! {
    /// The limits of a local system volume.
    pub struct SystemVolumeModel {
        /// Whether there can be one.
        supported: bool = computed(),

        /// The smallest size, in GB.
        min_in_gb: Number = computed(),

        /// The largest size, in GB.
        max_in_gb: Number = computed(),
    }
}

model! {
    /// What a machine costs.
    pub struct PriceModel {
        /// One GPU, an hour.
        price_per_gpu_per_hour: Number = computed(),

        /// All GPUs, an hour.
        gpu_price_per_hour: Number = computed(),

        /// The container's disk, an hour.
        container_volume_price_per_hour: Number = computed(),

        /// The system volume, an hour.
        system_volume_price_per_hour: Number = computed(),

        /// Each GB of the container's disk, an hour.
        container_volume_price_per_gb_per_hour: Number = computed(),

        /// Each GB of the system volume, an hour.
        system_volume_price_per_gb_per_hour: Number = computed(),

        /// All of it, an hour.
        total_price_per_hour: Number = computed(),

        /// The currency.
        currency: String = computed(),
    }
}

model! {
    /// Something that can be bought.
    pub struct OfferModel {
        /// The cloud that offers it.
        cloud: String = computed(),

        /// The cloud's code for the GPU, as `gpu_type` of a pod takes it.
        gpu_type: String = computed(),

        /// The GPU's name for people.
        display_name: String = computed(),

        /// How many GPUs.
        gpu_count: Number = computed(),

        /// The region.
        region: String = computed(),

        /// Whether it is spot capacity, which is cheaper and can be taken away.
        is_spot: bool = computed(),

        /// Whether it can be bought now.
        available: bool = computed(),

        /// What all of it costs an hour, disks included.
        price_per_hour: Number = computed(),

        /// What one GPU costs an hour, without disks where the cloud tells the GPUs' price alone.
        price_per_gpu_per_hour: Number = computed(),

        /// The currency of the prices.
        currency: String = computed(),

        /// The id of the offer. Only Prime Intellect's offers have one.
        cloud_id: String = computed(),

        /// Who owns the machine. Only Prime Intellect tells.
        provider: String = computed(),

        /// How the GPUs are connected. Only Prime Intellect tells.
        socket: String = computed(),

        /// The data center. Only Prime Intellect tells.
        data_center_id: String = computed(),

        /// The country. Only Prime Intellect tells.
        country: String = computed(),

        /// How well the machine is guarded. Only Prime Intellect tells.
        security: String = computed(),
    }
}

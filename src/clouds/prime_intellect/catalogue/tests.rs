//! The catalogue: how an offer becomes a machine, and which are shown.

use serde_json::{Value, json};

use crate::clouds::{
    Catalogue, ContainerVolumeLimits, CountOption, Limits, Machine, MachineFilter, MachinePrice, Offer,
    prime_intellect::testing::{prime, success},
};

fn row(fields: Value) -> Value {
    let mut row = json!({"cloudId": "id", "gpuType": "T", "socket": "PCIe", "provider": "vultr", "gpuCount": 2});
    for (name, value) in fields.as_object().expect("a test's fields") {
        row[name] = value.clone();
    }
    row
}

async fn machines(rows: &[Value], include_unavailable: bool) -> Vec<Machine> {
    let page = json!({"items": rows, "totalCount": rows.len()}).to_string();
    let (server, prime) = prime([success(&page)]).await;
    let filter = MachineFilter {
        gpu_types: vec!["H100_80GB".to_owned()],
        include_unavailable,
        ..MachineFilter::default()
    };
    let machines = prime.machines(&filter).await.expect("are listed");
    assert_eq!(server.lines(), ["GET /api/v1/availability/gpus?page=1&page_size=100"]);
    machines
}

async fn machine(fields: Value) -> Machine {
    machines(&[row(fields)], true).await.remove(0)
}

fn whole() -> Value {
    json!({
        "gpuMemory": 80, "region": "eu_north", "dataCenter": "FIN-01", "country": "FI", "security": "secure_cloud",
        "stockStatus": "Low", "images": ["axolotl"], "isSpot": null,
        "disk": {"minCount": 100, "defaultCount": 200, "maxCount": 400, "pricePerUnit": 0.001},
        "vcpu": {"defaultCount": 30}, "memory": {"minCount": 64, "defaultCount": 120, "maxCount": 256},
        "prices": {"onDemand": 3.98, "currency": "USD"},
    })
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[tokio::test]
async fn an_offer_is_a_machine_with_one_count() {
    let expected = Machine {
        gpu_type: "T".to_owned(),
        display_name: None,
        gpu_memory_in_gb: Some(80),
        region: text("eu_north"),
        cloud_type: text("SECURE"),
        accelerator_vendor: text("NVIDIA"),
        is_spot: Some(false),
        status: text("Low"),
        max_gpu_count: Some(2),
        available_gpu_counts: vec![2],
        ram_per_gpu_in_gb: Some(60),
        vcpu_per_gpu: Some(15),
        local_disk_per_gpu_in_gb: Some(100),
        offer: Offer {
            cloud_id: text("id"),
            provider: text("vultr"),
            socket: text("PCIe"),
            data_center_id: text("FIN-01"),
            country: text("FI"),
            security: text("secure_cloud"),
        },
        images: Some(vec!["axolotl".to_owned()]),
        count_options: vec![expected_option()],
    };
    assert_eq!(machine(whole()).await, expected);
}

fn expected_option() -> CountOption {
    CountOption {
        gpu_count: 2,
        is_available: true,
        total_gpu_memory_in_gb: Some(160),
        total_ram_in_gb: Some(120),
        total_vcpu: Some(30),
        total_local_disk_in_gb: Some(200),
        vcpus: Some(Limits {
            least: Some(30),
            most: Some(30),
        }),
        memory: Some(Limits {
            least: Some(64),
            most: Some(256),
        }),
        container_volume: Some(ContainerVolumeLimits {
            min_in_gb: Some(100),
            max_in_gb: Some(400),
            max_in_gb_with_local_system_volume: None,
            max_in_gb_without_local_system_volume: None,
        }),
        system_volume: None,
        price: Some(MachinePrice {
            per_gpu_per_hour: None,
            gpus_per_hour: None,
            container_volume_per_hour: None,
            system_volume_per_hour: None,
            container_volume_per_gb_per_hour: None,
            system_volume_per_gb_per_hour: None,
            total_per_hour: "3.98".parse().ok(),
            currency: text("USD"),
        }),
    }
}

#[tokio::test]
async fn an_offer_that_says_little_is_a_machine_too() {
    let machine = machine(json!({"security": "community_cloud", "isSpot": true, "gpuType": "CPU_NODE"})).await;
    assert_eq!((machine.cloud_type, machine.is_spot), (text("COMMUNITY"), Some(true)));
    assert_eq!(
        (machine.accelerator_vendor, machine.images, machine.status),
        (None, None, None)
    );
    let [option] = &machine.count_options[..] else {
        panic!("one option")
    };
    assert!(option.is_available && option.container_volume.is_none() && option.vcpus.is_none());
    let price = option.price.as_ref().expect("a price");
    assert_eq!((price.total_per_hour, &price.currency), (None, &None));
}

#[tokio::test]
async fn what_is_sold_out_is_shown_to_those_who_ask() {
    let rows = [
        row(json!({"stockStatus": "Unavailable"})),
        row(json!({"cloudId": "other"})),
        row(json!({"cloudId": "reserved", "prepaidTime": 720})),
        json!({"gpuType": "without an id"}),
    ];
    let shown = async |include_unavailable| {
        let machines = machines(&rows, include_unavailable).await;
        machines
            .into_iter()
            .map(|machine| {
                (
                    machine.offer.cloud_id.unwrap_or_default(),
                    machine.available_gpu_counts.len(),
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(shown(false).await, [("other".to_owned(), 1)]);
    assert_eq!(shown(true).await, [("id".to_owned(), 0), ("other".to_owned(), 1)]);
}

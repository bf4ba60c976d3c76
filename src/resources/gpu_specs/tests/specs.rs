//! Machines as the data source shows them.

use super::*;
use crate::{
    resources::testing::NORTH,
    tf::{Model, Value},
};

#[tokio::test]
async fn every_field_of_a_machine_is_shown() {
    let price = MachinePrice {
        per_gpu_per_hour: Some(Decimal::new(1, 1)),
        gpus_per_hour: Some(Decimal::new(2, 1)),
        container_volume_per_hour: Some(Decimal::new(3, 1)),
        system_volume_per_hour: Some(Decimal::new(4, 1)),
        container_volume_per_gb_per_hour: Some(Decimal::new(5, 1)),
        system_volume_per_gb_per_hour: Some(Decimal::new(6, 1)),
        total_per_hour: Some(Decimal::new(700, 3)),
        currency: Some("USD".to_owned()),
    };
    let options = vec![CountOption {
        price: Some(price),
        ..option(2, 0)
    }];
    let shown = read(
        vec![TestCloud::of(&NORTH).with_machines(vec![machine("A", options)])],
        filter!(),
    )
    .await;
    let specs = shown.to_object().get("specs").elements().map(<[Value]>::to_vec);
    let spec = specs.and_then(|mut specs| specs.pop()).expect("a spec");
    let option = spec.get("gpu_count_options").elements().expect("options")[0].clone();
    assert_eq!(nulls(&spec), [""; 0]);
    let told = |value: &Value, name: &str| crate::tf::describe(value.get(name));
    assert_eq!(told(&spec, "available_gpu_counts"), "[1, 2]");
    assert_eq!(
        told(option.get("container_volume"), "max_in_gb_with_local_system_volume"),
        "300"
    );
    assert_eq!(told(option.get("system_volume"), "supported"), "true");
    let prices = ["price_per_gpu_per_hour", "gpu_price_per_hour", "total_price_per_hour"];
    assert_eq!(
        prices.map(|name| told(option.get("price"), name)),
        ["0.1", "0.2", "0.7"]
    );
}

/// The names of all attributes within that are null.
fn nulls(value: &Value) -> Vec<String> {
    match value {
        Value::Map(object) => {
            let null = object.iter().filter(|(_, value)| value.is_null());
            let names: Vec<String> = null.map(|(name, _)| name.to_string()).collect();
            [names, object.values().flat_map(nulls).collect()].concat()
        }
        Value::List(elements) => elements.iter().flat_map(nulls).collect(),
        _ => Vec::new(),
    }
}

//! The price list: whole, sorted, filtered, and with the cheapest that can be bought.

use serde_json::{Value, json};

use super::{block::Block, workspace::Workspace};

const SPECS: &str = "data.gpupod_gpu_specs.this";

/// Every GPU that there is, sold out or not.
fn all_specs() -> Block {
    Block::data("gpupod_gpu_specs").with("include_unavailable", true)
}

fn prices(specs: &Value) -> Vec<f64> {
    let offers = specs["offers"].as_array().unwrap();
    offers
        .iter()
        .map(|offer| offer["price_per_hour"].as_f64().unwrap())
        .collect()
}

#[test]
fn the_cheapest_is_the_first_offer_that_is_not_sold_out() {
    let specs = all_specs()
        .with("gpu_types", r#"["NVIDIA_H100_80G"]"#)
        .with("gpu_counts", "[1]")
        .with("is_spot", false);
    let workspace = Workspace::applied(specs);
    let specs = workspace.attributes(SPECS);
    let first = &specs["offers"][0];
    assert_eq!((&first["region"], &first["available"]), (&json!("eu-2"), &json!(false)));
    assert_eq!(specs["cheapest"], specs["offers"][1]);
    assert_eq!(specs["cheapest"]["region"], "us-east-1");
    assert_eq!(specs["cheapest"]["price_per_hour"].to_string(), "2.492");
    workspace.finish();
}

#[test]
fn there_is_no_cheapest_where_all_is_sold_out() {
    let workspace = Workspace::applied(all_specs().with("gpu_types", r#"["NVIDIA_B200_180G"]"#));
    let specs = workspace.attributes(SPECS);
    assert_eq!(specs["cheapest"], Value::Null);
    assert_eq!(specs["offers"].as_array().unwrap().len(), 4);
    workspace.finish();
}

#[test]
fn several_pages_are_one_sorted_list() {
    let workspace = Workspace::applied(all_specs());
    let on_one_page = workspace.attributes(SPECS);
    workspace.cloud.quirks(json!({"short_pages": true})).unwrap();
    workspace.cloud.clear_requests();
    workspace.apply();
    assert_eq!(workspace.times_asked("POST", "/v2/gpu/list"), 5);
    assert_eq!(workspace.attributes(SPECS), on_one_page);
    assert_eq!(on_one_page["specs"].as_array().unwrap().len(), 15);
    assert!(prices(&on_one_page).is_sorted());
    workspace.finish();
}

#[test]
fn a_catalogue_that_cannot_be_read_is_told() {
    let workspace = Workspace::new(all_specs());
    workspace.fault("POST", "/v2/gpu/list", 1, json!({"respond": {"status": 500}}));
    workspace.run(&["plan"]).fails().says(&["HTTP 500"]);
    workspace.apply();
    workspace.finish();
}

/// Each filter, and how many machines it leaves of the simulator's.
const FILTERS: [(&str, &str, usize); 13] = [
    ("clouds", r#"["yotta"]"#, 11),
    ("include_unavailable", "true", 15),
    ("regions", r#"["eu-2", "eu-3"]"#, 3),
    ("gpu_types", r#"["NVIDIA_RTX_4090_24G"]"#, 3),
    ("gpu_counts", "[8]", 5),
    ("min_gpu_memory_in_gb", "141", 1),
    ("min_ram_per_gpu_in_gb", "200", 3),
    ("min_vcpu_per_gpu", "26", 3),
    ("container_volume_in_gb", "8000", 2),
    ("cloud_types = [\"COMMUNITY\"]\nsystem_volume_in_gb", "20", 0),
    ("accelerator_vendor", r#""AWS""#, 1),
    ("is_spot", "true", 2),
    ("max_price_per_hour", "0.3", 1),
];

#[test]
fn each_filter_leaves_what_it_names() {
    let questions = FILTERS.iter().enumerate().map(|(index, (filter, value, _))| {
        let question = Block::data("gpupod_gpu_specs").labelled(&format!("filter_{index}"));
        question.with(filter, value).to_string()
    });
    let workspace = Workspace::applied(questions.collect::<String>());
    for (index, (filter, value, expected)) in FILTERS.iter().enumerate() {
        let found = workspace.attributes(&format!("data.gpupod_gpu_specs.filter_{index}"));
        assert_eq!(
            found["specs"].as_array().unwrap().len(),
            *expected,
            "{filter} = {value}"
        );
    }
    workspace.finish();
}

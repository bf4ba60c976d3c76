//! The lists of what can be rented.

use std::collections::BTreeSet;

use serde_json::json;

use super::Desk;

#[test]
fn filters_keep_what_they_name() {
    let mut desk = Desk::new();
    let mut check = |query: &str, expected: usize| {
        let page = desk.read(&format!("availability/gpus?{query}"));
        assert_eq!(page["totalCount"], expected, "{query}");
    };
    check("", 35);
    check("gpu_type=H100_80GB", 6);
    check("gpu_type=H100_80GB&socket=PCIe", 1);
    check("gpu_type=H100_80GB&gpu_count=8", 1);
    check("gpu_type=CPU_NODE", 2);
    check("regions=canada", 3);
    check("regions=canada&regions=asia_northeast", 4);
    check("security=community_cloud", 6);
    check("data_center_id=FIN-02", 3);
    check("cloud_id=1H100.80S.30V", 2);
    check("cloud_id=1H100.80S.30V&data_center_id=FIN-02", 1);
    check("gpu_type=GB200", 0);
    check("gpu_count=0", 0);
}

#[test]
fn disks_are_filtered_by_place() {
    let mut desk = Desk::new();
    let mut check = |query: &str, expected: usize| {
        let page = desk.read(&format!("availability/disks?{query}"));
        assert_eq!(page["totalCount"], expected, "{query}");
    };
    check("", 7);
    check("regions=eu_north", 3);
    check("data_center_id=US-MO-1", 1);
    check("cloud_id=network-ssd", 1);
    check("regions=africa", 0);
}

#[test]
fn only_offers_beside_all_disks_are_kept() {
    let mut desk = Desk::new();
    let disk = desk.create_disk();
    let other = json!({"disk": {"size": 100, "dataCenterId": "FIN-01"}, "provider": {"type": "datacrunch"}});
    let other = super::id(&desk.told("POST disks", other));
    let mut places = |query: &str| {
        let page = desk.read(&format!("availability/gpus?{query}"));
        let rows = page["items"].as_array().unwrap().iter();
        let places: BTreeSet<String> = rows.map(|row| row["dataCenter"].to_string()).collect();
        places.into_iter().collect::<Vec<String>>().join(" ")
    };
    assert_eq!(places(&format!("disks={disk}")), "\"EU-CZ-1\"");
    assert_eq!(places(&format!("disks={other}")), "\"FIN-01\"");
    assert_eq!(places(&format!("disks={disk}&disks={other}")), "");
    assert_eq!(places("disks=nobody"), "");
}

#[test]
fn pages_hold_every_offer_once() {
    let check = |quirks: serde_json::Value, size: usize, most: usize| {
        let mut desk = Desk::with_quirks(quirks);
        let mut seen = Vec::new();
        for page in 1.. {
            let page = desk.read(&format!("availability/gpus?page={page}&page_size={size}"));
            assert_eq!(page["totalCount"], 35);
            let items = page["items"].as_array().unwrap();
            assert!(items.len() <= most);
            if items.is_empty() {
                break;
            }
            seen.extend(items.clone());
        }
        assert_eq!(json!(seen), Desk::new().read("availability/gpus")["items"]);
    };
    check(json!({}), 10, 10);
    check(json!({"short_pages": true}), 100, 3);
}

#[test]
fn pages_can_be_empty_although_there_is_stock() {
    let mut desk = Desk::with_quirks(json!({"empty_pages": 2}));
    let mut counts = |times: usize| -> Vec<usize> {
        let count = |_| desk.read("availability/gpus")["items"].as_array().unwrap().len();
        (0..times).map(count).collect()
    };
    assert_eq!(counts(4), [0, 0, 35, 35]);
    desk.quirks.merge(json!({"empty_pages": 0})).unwrap();
    assert_eq!(desk.read("availability/gpus")["totalCount"], 35);
    desk.quirks.merge(json!({"empty_pages": 1})).unwrap();
    assert_eq!(desk.read("availability/gpus")["totalCount"], 0);
}

#[test]
fn a_row_tells_what_the_offer_takes() {
    let mut desk = Desk::new();
    let mut row = |query: &str| desk.read(&format!("availability/gpus?{query}"))["items"][0].clone();
    let runpod = row("cloud_id=NVIDIA+GeForce+RTX+4090&data_center_id=US-KS-2");
    assert_eq!(
        runpod["prices"],
        json!({"onDemand": 0.69, "communityPrice": null, "isVariable": false, "currency": "USD"})
    );
    assert_eq!(
        (&runpod["disk"]["minCount"], &runpod["disk"]["defaultIncludedInPrice"]),
        (&json!(60), &json!(true))
    );
    assert_eq!(runpod["vcpu"]["maxCount"], json!(null), "a fixed amount has no limits");
    let community = row("security=community_cloud");
    assert_eq!(
        (&community["prices"]["onDemand"], &community["prices"]["communityPrice"]),
        (&json!(null), &json!(0.33))
    );
    let prepaid = row("cloud_id=b200.8x.reserved");
    assert_eq!(prepaid["prepaidTime"], 168);
    assert_eq!(row("cloud_id=1B200.30V_SPOT")["stockStatus"], "Unavailable");
    assert_eq!(row("cloud_id=gpu_1x_l40s")["prices"]["isVariable"], true);
}

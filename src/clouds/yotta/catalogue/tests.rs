//! Tests of the catalogue: requests, conversion of rows, and pagination.

use crate::clouds::{
    Accelerators, Catalogue, ContainerVolumeLimits, CountOption, Kind, Machine, MachineFilter, MachinePrice,
    SystemVolumeLimits,
    http::{Idempotency, test_server::Reply},
    tolerant::FromJson,
    yotta::{
        catalogue::{api::MachineJson, convert::to_machine, requests},
        testing::{body, page, refusal, success, yotta},
    },
};

const PAGE: &str = include_str!(concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/tests/fixtures/yotta/gpu-list-page.json"
));

fn machine(row: &str) -> Option<Machine> {
    to_machine(MachineJson::from_json(
        serde_json::from_str(row).expect("a test's JSON"),
    )?)
}

/// A machine with further fields, given as JSON.
fn with(fields: &str) -> Machine {
    machine(&format!(r#"{{"gpuType":"H100",{fields}}}"#)).expect("a machine")
}

fn decimal(text: &str) -> Option<rust_decimal::Decimal> {
    Some(text.parse().expect("a number"))
}

fn filter(accelerators: Accelerators) -> MachineFilter {
    MachineFilter {
        accelerators,
        ..MachineFilter::default()
    }
}

#[test]
fn only_the_filters_that_are_set_are_sent() {
    let request = requests::list(&MachineFilter::default(), None, 1);
    assert_eq!(request.idempotency, Idempotency::Idempotent);
    assert_eq!(body(&request), r#"{"includeUnavailable":false,"page":1,"size":100}"#);
    let filter = MachineFilter {
        regions: vec!["us-east-1".to_owned(), "eu-2".to_owned()],
        gpu_types: vec!["NVIDIA_RTX_6000_Ada_48G".to_owned()],
        gpu_counts: vec![1, 8],
        min_gpu_memory_in_gb: Some(24),
        min_ram_per_gpu_in_gb: Some(32),
        min_vcpu_per_gpu: Some(4),
        container_volume_in_gb: Some(100),
        system_volume_in_gb: Some(20),
        cloud_types: vec!["SECURE".to_owned()],
        accelerators: Accelerators::CloudsDefault,
        include_unavailable: true,
        is_spot: Some(false),
    };
    let expected = r#"{"acceleratorVendor":"AWS","cloudTypes":["SECURE"],"containerVolumeInGb":100,"gpuCounts":[1,8],
        "gpuTypes":["NVIDIA_RTX_6000_Ada_48G"],"includeUnavailable":true,"isSpot":false,"minGpuMemoryInGb":24,
        "minRamPerGpuInGb":32,"minVcpuPerGpu":4,"page":7,"regions":["us-east-1","eu-2"],"size":100,
        "systemVolumeInGb":20}"#;
    let expected: String = expected.lines().map(str::trim).collect();
    assert_eq!(body(&requests::list(&filter, Some("AWS"), 7)), expected);
}

#[tokio::test]
async fn the_references_page_is_read() {
    let (server, yotta) = yotta([Reply::json(200, PAGE)]).await;
    let machines = yotta.machines(&MachineFilter::default()).await.expect("are listed");
    let [machine] = &machines[..] else {
        panic!("one machine: {machines:?}");
    };
    let Machine { count_options, .. } = machine;
    let [one, two] = &count_options[..] else {
        panic!("two options: {count_options:?}");
    };
    assert_eq!(*machine, expected_machine(count_options.clone()));
    assert_eq!(*one, expected_option());
    let price = two.price.as_ref().and_then(|price| price.total_per_hour);
    assert_eq!((two.gpu_count, two.is_available, price), (2, false, decimal("1.302")));
    assert_eq!(server.lines(), ["POST /v2/gpu/list"]);
}

fn expected_machine(count_options: Vec<CountOption>) -> Machine {
    let text = |text: &str| Some(text.to_owned());
    Machine {
        gpu_type: "NVIDIA_RTX_5090_32G".to_owned(),
        display_name: text("NVIDIA RTX 5090"),
        gpu_memory_in_gb: Some(32),
        region: text("us-east-3"),
        cloud_type: text("SECURE"),
        accelerator_vendor: text("NVIDIA"),
        is_spot: Some(false),
        status: text("AVAILABLE"),
        max_gpu_count: Some(2),
        available_gpu_counts: vec![1],
        ram_per_gpu_in_gb: Some(92),
        vcpu_per_gpu: Some(16),
        local_disk_per_gpu_in_gb: Some(250),
        offer: crate::clouds::Offer::default(),
        images: None,
        count_options,
    }
}

fn expected_option() -> CountOption {
    CountOption {
        gpu_count: 1,
        is_available: true,
        total_gpu_memory_in_gb: Some(32),
        total_ram_in_gb: Some(92),
        total_vcpu: Some(16),
        total_local_disk_in_gb: Some(250),
        vcpus: None,
        memory: None,
        container_volume: Some(ContainerVolumeLimits {
            min_in_gb: Some(20),
            max_in_gb: Some(250),
            max_in_gb_with_local_system_volume: Some(125),
            max_in_gb_without_local_system_volume: Some(250),
        }),
        system_volume: Some(SystemVolumeLimits {
            is_supported: Some(true),
            min_in_gb: Some(20),
            max_in_gb: Some(125),
        }),
        price: Some(MachinePrice {
            per_gpu_per_hour: decimal("0.65"),
            gpus_per_hour: decimal("0.65"),
            container_volume_per_hour: decimal("0.002"),
            system_volume_per_hour: decimal("0"),
            container_volume_per_gb_per_hour: decimal("0.0001"),
            system_volume_per_gb_per_hour: decimal("0.0002"),
            total_per_hour: decimal("0.652"),
            currency: Some("USD".to_owned()),
        }),
    }
}

#[test]
fn a_price_is_a_text_or_a_number() {
    let check = |price: &str, expected: Option<&str>| {
        let machine = with(&format!(
            r#""gpuCountOptions":[{{"gpuCount":1,"price":{{"totalPricePerHour":{price}}}}}]"#
        ));
        let found = machine.count_options[0]
            .price
            .as_ref()
            .and_then(|price| price.total_per_hour);
        assert_eq!(found.map(|price| price.to_string()).as_deref(), expected, "{price}");
    };
    check(r#""0.650""#, Some("0.65"));
    check("0.1", Some("0.1"));
    check("0", Some("0"));
    for odd in ["-1", r#""free""#, "null", "{}", "1e999"] {
        check(odd, None);
    }
}

#[test]
fn a_row_needs_a_gpu_type_alone() {
    for row in [
        "null",
        "1",
        "[]",
        "{}",
        r#"{"gpuType":null}"#,
        r#"{"gpuType":" "}"#,
        r#"{"region":"eu-2"}"#,
    ] {
        assert_eq!(machine(row), None, "{row}");
    }
    let fields = [
        "displayName",
        "gpuMemoryInGb",
        "region",
        "cloudType",
        "acceleratorVendor",
        "isSpot",
        "status",
        "maxGpuCount",
        "availableGpuCounts",
        "ramPerGpuInGb",
        "vcpuPerGpu",
        "localDiskPerGpuInGb",
        "gpuCountOptions",
    ];
    let bare = machine(r#"{"gpuType":"H100"}"#).expect("a machine");
    for field in fields {
        for value in ["null", "-1.5", "{}", "[]", "[null]", "[[1]]", "[{}]", r#""""#] {
            assert_eq!(with(&format!(r#""{field}":{value}"#)), bare, "{field}: {value}");
        }
    }
}

#[test]
fn an_option_that_cannot_be_read_hides_no_other() {
    let machine = with(
        r#""availableGpuCounts":[2,"4",null],
           "gpuCountOptions":[{"gpuCount":1},{"gpuCount":"2"},null,{"available":true},{"gpuCount":4,"available":false}]"#,
    );
    assert_eq!(machine.available_gpu_counts, [2, 4]);
    let options: Vec<_> = machine
        .count_options
        .iter()
        .map(|option| (option.gpu_count, option.is_available))
        .collect();
    // What an option does not say, the list of free counts does.
    assert_eq!(options, [(1, false), (2, true), (4, false)]);
    assert!(machine.count_options.iter().all(|option| option.price.is_none()));
}

#[tokio::test]
async fn all_pages_are_read() {
    let (server, yotta) = yotta([
        page(r#"{"gpuType":"A"},null"#, 2),
        // A read may be repeated, though it is a POST.
        Reply::CutAfterReading,
        page(r#"{"gpuType":"B"}"#, 2),
    ])
    .await;
    let machines = yotta.machines(&MachineFilter::default()).await.expect("are listed");
    let types: Vec<_> = machines.iter().map(|machine| machine.gpu_type.as_str()).collect();
    assert_eq!(types, ["A", "B"]);
    let bodies: Vec<_> = server.requests().into_iter().map(|asked| asked.body).collect();
    let expected = [1, 2, 2].map(|page| format!(r#"{{"includeUnavailable":false,"page":{page},"size":100}}"#));
    assert_eq!(bodies, expected);
}

#[tokio::test]
async fn a_list_without_numbers_ends_with_an_empty_page() {
    let items = |rows: &str| success(&format!(r#"{{"items":[{rows}]}}"#));
    let (server, yotta) = yotta([items(r#"{"gpuType":"A"}"#), items(r#"{"gpuType":"B"}"#), items("")]).await;
    let machines = yotta.machines(&MachineFilter::default()).await.expect("are listed");
    assert_eq!((machines.len(), server.lines().len()), (2, 3));
}

#[tokio::test]
async fn a_list_that_never_ends_is_left() {
    let forever = (0..2_000).map(|row| page(&format!(r#"{{"gpuType":"{row}"}}"#), u32::MAX));
    let (server, yotta) = yotta(forever).await;
    let error = yotta.machines(&MachineFilter::default()).await.expect_err("has no end");
    assert_eq!((error.kind, server.lines().len()), (Kind::Unreadable, 1_000));
}

#[tokio::test]
async fn each_vendor_is_asked_about() {
    let asked = async |accelerators, replies: Vec<Reply>| {
        let (server, yotta) = yotta(replies).await;
        let machines = yotta.machines(&filter(accelerators)).await.expect("are listed");
        let vendor = |body: &str| body.split('"').nth(3).map(str::to_owned);
        let vendors: Vec<_> = server
            .requests()
            .iter()
            .filter_map(|asked| vendor(&asked.body))
            .collect();
        let types: Vec<_> = machines.into_iter().map(|machine| machine.gpu_type).collect();
        (vendors.join(" "), types.join(" "))
    };
    let (nvidia, aws) = (page(r#"{"gpuType":"H100"}"#, 1), page(r#"{"gpuType":"Trainium"}"#, 1));
    let found = asked(Accelerators::Of("AWS".to_owned()), vec![aws.clone()]).await;
    assert_eq!(found, ("AWS".to_owned(), "Trainium".to_owned()));
    let found = asked(Accelerators::All, vec![nvidia.clone(), aws]).await;
    assert_eq!(found, ("NVIDIA AWS".to_owned(), "H100 Trainium".to_owned()));
    // A cloud that does not filter by the vendor answers with the same rows twice.
    let found = asked(Accelerators::All, vec![nvidia.clone(), nvidia]).await;
    assert_eq!(found, ("NVIDIA AWS".to_owned(), "H100".to_owned()));
}

#[tokio::test]
async fn one_question_without_an_answer_is_no_catalogue() {
    let (_server, yotta) = yotta([page(r#"{"gpuType":"H100"}"#, 1), refusal(200, 10001)]).await;
    let error = yotta.machines(&filter(Accelerators::All)).await.expect_err("a refusal");
    assert_eq!(
        error.to_string(),
        "Yotta Labs, listing the machines with accelerators of AWS: no (HTTP 200, code 10001)"
    );
}

//! Several clouds in one configuration: who is meant, who gets which key, and a module that moves between them.

use serde_json::json;

use super::{
    super::{
        plan::Action::Replace,
        workspace::{PROVIDER_SETTINGS, Workspace},
    },
    ALL, CPOD, PRIME_INTELLECT, YOTTA, in_a_workspace, names,
};

/// A test's world in which all clouds have a key.
fn workspace() -> Workspace {
    let workspace = Workspace::new("").with_all_keys();
    in_a_workspace(&workspace);
    workspace
}

fn one_on_each() -> String {
    let pods = ALL.iter().map(|cloud| cloud.named_pod(cloud.name()).to_string());
    pods.collect()
}

#[test]
fn one_apply_makes_a_pod_on_each_cloud_and_one_destroy_ends_them() {
    let workspace = workspace();
    workspace.write(one_on_each());
    workspace.apply();
    let living = workspace.cloud.living_pods();
    let clouds: Vec<&str> = living.iter().map(|pod| pod.cloud).collect();
    assert_eq!(clouds, names());
    workspace.plan().assert_empty();
    workspace.destroy();
    assert!(workspace.has_no_pods());
    workspace.write("");
    workspace.finish();
}

#[test]
fn a_key_goes_to_its_own_cloud_only() {
    let workspace = workspace();
    workspace.write(one_on_each());
    workspace.apply();
    let headers = |path: &str| {
        let requests = workspace.cloud.requests();
        let of_cloud = requests.into_iter().filter(|request| request.path.starts_with(path));
        of_cloud
            .map(|request| format!("{:?}", request.headers))
            .collect::<Vec<_>>()
    };
    for of_cloud in ALL {
        let (asked, environment) = (headers(of_cloud.path), workspace.cloud.environment());
        let cloud = of_cloud.name();
        let own = workspace.cloud.environment_of(cloud);
        assert!(!asked.is_empty(), "{cloud} was asked");
        let foreign = environment
            .iter()
            .filter(|(name, _)| name.ends_with("_API_KEY") && !own.iter().any(|(own, _)| own == name));
        for (name, key) in foreign {
            assert!(
                asked.iter().all(|headers| !headers.contains(key.as_str())),
                "{cloud} got {name}"
            );
        }
    }
    workspace.finish();
}

#[test]
fn of_several_clouds_one_has_to_be_named() {
    let mut workspace = workspace();
    workspace.write(YOTTA.pod());
    let refusal = workspace.run(&["plan"]).fails();
    refusal.says(&[
        "No cloud is chosen",
        "`cpod`, `prime_intellect` or `yotta`",
        "GPUPOD_CLOUD",
    ]);
    workspace.tool.set("GPUPOD_CLOUD", "prime_intellect");
    workspace.write(PRIME_INTELLECT.pod());
    workspace.apply();
    assert_eq!(workspace.pod()["cloud"], "prime_intellect");
    workspace.provider(&format!("{PROVIDER_SETTINGS}\ncloud = \"yotta\""));
    workspace.write(YOTTA.pod());
    assert_eq!(workspace.plan().only().action, Replace);
    workspace.write(PRIME_INTELLECT.named_pod("this"));
    workspace.finish();
}

#[test]
fn a_cloud_without_a_key_is_missed_only_where_it_is_used() {
    let workspace = Workspace::new("").with_keys_of(&["prime_intellect"]);
    workspace.write(PRIME_INTELLECT.pod());
    workspace.apply();
    workspace.write(format!("{}{}", PRIME_INTELLECT.pod(), CPOD.named_pod("other")));
    workspace
        .run(&["plan"])
        .fails()
        .says(&["The cloud `cpod` has no key", "CPOD_API_KEY"]);
    workspace.write(PRIME_INTELLECT.pod());
    workspace.finish();
}

fn with_module(name: &str, arguments: &str) -> String {
    let source = format!("{}/examples/modules/{name}", env!("CARGO_MANIFEST_DIR"));
    format!("module \"pod\" {{\n  source = {source:?}\n  name = \"trainer\"\n{arguments}\n}}\n")
}

#[test]
fn the_same_module_runs_on_each_cloud_by_one_variable() {
    let workspace = workspace();
    for (index, cloud) in names().into_iter().enumerate() {
        workspace.write(with_module("pod", &format!("  cloud = {cloud:?}")));
        workspace.run(&["get"]).succeeds();
        let change = workspace.plan();
        if index > 0 {
            assert_eq!(change.only().action, Replace);
            assert!(change.only().replaced_for.contains(&"cloud".to_owned()), "{change:?}");
        }
        workspace.apply();
        let living = workspace.cloud.living_pods();
        assert_eq!(living.iter().map(|pod| pod.cloud).collect::<Vec<_>>(), [cloud]);
        workspace.plan().assert_empty();
    }
    workspace.finish();
}

#[test]
fn the_cheapest_offer_of_all_clouds_is_taken() {
    let outputs = "output \"offer\" {\n  value = module.pod.offer\n}\n";
    let workspace = workspace();
    // An RTX 4090 is cheaper at Prime Intellect, an H100 with so many GPUs at Yotta.
    for (arguments, expected) in [
        ("  gpu_types = [\"RTX4090_24GB\", \"NVIDIA_RTX_4090_24G\"]", None),
        ("  gpu_types = [\"NVIDIA_H100_80G\"]", Some("yotta")),
        (
            "  clouds = [\"prime_intellect\"]\n  min_gpu_memory_in_gb = 80",
            Some("prime_intellect"),
        ),
    ] {
        workspace.write(with_module("cheapest-anywhere", arguments) + outputs);
        workspace.run(&["get"]).succeeds();
        workspace.apply();
        let (offer, living) = (workspace.output("offer"), workspace.cloud.living_pods());
        assert_eq!(living.len(), 1);
        assert_eq!(offer["cloud"], living[0].cloud);
        assert_eq!(offer["available"], true);
        assert!(expected.is_none_or(|expected| living[0].cloud == expected), "{offer}");
        let pod = workspace.attributes("gpupod_pod.this");
        if living[0].cloud == "prime_intellect" {
            assert_eq!(pod["offer"]["provider"], offer["provider"]);
            assert_eq!(pod["price_per_hour"], offer["price_per_hour"]);
        }
        workspace.plan().assert_empty();
        workspace.write("");
        workspace.apply();
    }
    workspace.finish();
}

#[test]
fn specs_of_all_clouds_come_in_one_order_of_prices() {
    let workspace = workspace();
    workspace.write(
        "data \"gpupod_gpu_specs\" \"all\" {}\noutput \"offers\" {\n  value = data.gpupod_gpu_specs.all.offers\n}\n",
    );
    workspace.apply();
    let offers = workspace.output("offers");
    let offers = offers.as_array().unwrap();
    let prices: Vec<f64> = offers
        .iter()
        .filter_map(|offer| offer["price_per_hour"].as_f64())
        .collect();
    assert!(prices.is_sorted() && prices.len() > 20, "{prices:?}");
    for cloud in ["yotta", "prime_intellect"] {
        assert!(offers.iter().any(|offer| offer["cloud"] == cloud), "{cloud}");
    }
    let of_prime = offers.iter().find(|offer| offer["cloud"] == "prime_intellect").unwrap();
    for field in ["cloud_id", "provider", "socket", "security", "country"] {
        assert!(of_prime[field].is_string(), "{field}: {of_prime}");
    }
    let refused = "data \"gpupod_gpu_specs\" \"all\" {\n  clouds = [\"cpod\"]\n}\n";
    workspace.write(refused);
    workspace
        .run(&["plan"])
        .fails()
        .says(&["cPod publishes no GPUs", "`yotta` or `prime_intellect`"]);
    workspace.write("");
    workspace.apply();
    assert_eq!(workspace.output("offers"), json!(null));
    workspace.finish();
}

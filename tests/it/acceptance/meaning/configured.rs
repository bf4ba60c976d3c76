//! The same written in other words, and back.

use super::super::{
    block::Block,
    clouds::{ALL, CPOD, OfCloud, PRIME_INTELLECT, PUBLIC_KEY},
    plan::Action,
    volume::{ceph, s3},
    workspace::Workspace,
};

/// A block, and other words for some of its attributes.
type Pair = (Block, Vec<(&'static str, String)>);

fn words(attribute: &'static str, value: &str) -> Vec<(&'static str, String)> {
    vec![(attribute, value.to_owned())]
}

/// Every pair stands under a label of its own: what it is made as, what is written then, and what was written first.
#[track_caller]
fn check(workspace: Workspace, pairs: Vec<Pair>) {
    let labelled = |index: usize, block: &Block| block.labelled(&format!("pair_{index}")).to_string();
    let plain = || {
        pairs
            .iter()
            .enumerate()
            .map(|(index, (block, _))| labelled(index, block))
            .collect::<String>()
    };
    let other = || {
        let reworded = pairs.iter().map(|(block, words)| {
            words
                .iter()
                .fold(block.clone(), |block, (name, value)| block.with(name, value))
        });
        reworded
            .enumerate()
            .map(|(index, block)| labelled(index, &block))
            .collect::<String>()
    };
    workspace.write(plain());
    workspace.apply();
    workspace.cloud.clear_requests();
    for configuration in [other(), plain()] {
        workspace.write(configuration);
        let plan = workspace.plan();
        for change in &plan.changes {
            assert_eq!(change.action, Action::Update, "{change:?}");
        }
        assert!(!plan.told.contains("will be replaced"), "{}", plan.told);
        if !plan.changes.is_empty() {
            workspace.run(&["apply", "plan.bin"]).succeeds();
            workspace.plan().assert_empty();
        }
        assert_eq!(workspace.changes(), [""; 0]);
    }
    workspace.finish();
}

/// What says nothing, in every attribute of a pod that can be left out, whether the cloud has it or not.
const NOTHING: [(&str, &str); 21] = [
    ("cloud", r#""""#),
    ("gpu_type", r#""""#),
    ("regions", "[]"),
    ("resource_type", r#""""#),
    ("image_registry", r#""""#),
    ("image_public_type", r#""""#),
    ("container_registry_auth_id", r#""""#),
    ("initialization_command", r#""""#),
    ("environment_vars", "{}"),
    ("environment_vars", "{ A = null }"),
    ("secret_environment_vars_wo", "{}"),
    ("expose", "[]"),
    ("volumes", "[]"),
    ("callback_url", r#""""#),
    ("prime_intellect", "{}"),
    ("cpod", "{}"),
    ("desired_state", r#""""#),
    ("desired_state", r#""running""#),
    ("timeouts", "{}"),
    ("timeouts", r#"{ create = "" }"#),
    ("stop_before_destroy", "true"),
];

#[test]
fn what_says_nothing_is_as_good_as_nothing_on_every_cloud() {
    for cloud in ALL {
        let is_needed = |name: &str| name == "gpu_type" && cloud.name() != CPOD.name();
        let nothing = NOTHING.iter().filter(|(name, _)| !is_needed(name));
        let mut pairs: Vec<Pair> = nothing.map(|(name, value)| (cloud.pod(), words(name, value))).collect();
        pairs.extend(own_nothing(cloud));
        check(cloud.workspace(), pairs);
    }
}

/// What says nothing in the attributes that one cloud alone has.
fn own_nothing(cloud: &OfCloud) -> Vec<Pair> {
    let object = match cloud.name() {
        "prime_intellect" => [
            "{ auto_restart = false }",
            "{ shared_with_team = false, provider = \"\", team_member_ids = [] }",
            "{ cloud_id = \"\", socket = \"\", data_center_id = \"\", country = \"\", security = \"\", ssh_key_id = \"\" }",
            "{ custom_template_id = \"\", team_id = \"\", jupyter_password_wo = \"\" }",
        ],
        "cpod" => [
            "{ replicas = 1 }",
            "{ cpu = \"\", memory = \"\" }",
            "{ labels = {} }",
            "{ labels = { a = null }, organization_id = \"\", workspace_id = \"\" }",
        ],
        _ => return Vec::new(),
    };
    let name = if cloud.name() == CPOD.name() {
        "cpod"
    } else {
        "prime_intellect"
    };
    object.map(|value| (cloud.pod(), words(name, value))).to_vec()
}

#[test]
fn a_pod_is_the_same_in_other_words() {
    let workspace = Workspace::new("");
    let pod = workspace.maximal_pod();
    let volumes = "[{ id = gpupod_volume.data.id, mount_path = \"/data/\" }]";
    let mounting = pod.with("volumes", "[{ id = gpupod_volume.data.id, mount_path = \"/data\" }]");
    let script = mounting
        .clone()
        .with("initialization_command", r#""set -e\nnvidia-smi\n""#);
    let json = mounting
        .clone()
        .with("initialization_command", r#""{\"a\":[1,2],\"b\":\"<\"}""#);
    let debian = mounting.clone().with("image", r#""debian""#);
    let variables = r#"{ EPOCHS = "3", MODE = "train\r\n", NONE = null }"#;
    let pairs = vec![
        (mounting.clone(), words("volumes", volumes)),
        (mounting.clone(), words("environment_vars", variables)),
        (mounting.clone(), words("gpu_type", r#""nvidia_rtx_4090_24g""#)),
        (mounting.clone(), words("image_registry", r#""GHCR.io""#)),
        (
            mounting.clone(),
            words("timeouts", r#"{ create = "300s", update = "5m", delete = "4m60s" }"#),
        ),
        (
            mounting.clone(),
            words(
                "expose",
                r#"[{ port = 22, protocol = "TCP" }, { port = 8080, protocol = "HTTP" }]"#,
            ),
        ),
        (
            mounting.clone(),
            words("callback_url", r#""https://hooks.example/pods""#),
        ),
        (
            script.clone(),
            words("initialization_command", r#""set -e\r\nnvidia-smi\r\n""#),
        ),
        (script, words("initialization_command", r#""set -e\nnvidia-smi""#)),
        (
            json,
            words("initialization_command", r#"jsonencode({ b = "<", a = [1, 2] })"#),
        ),
        (debian.clone(), words("image", r#""docker.io/library/debian:latest""#)),
        (debian, words("image", r#""index.docker.io/library/debian""#)),
    ];
    // Each pair stands for itself; the disk is theirs in common.
    let data = s3().labelled("data");
    let mut all = vec![(data, Vec::new())];
    all.extend(pairs);
    check_beside_a_disk(workspace, all);
}

/// The first block keeps its label, since the others name it.
#[track_caller]
fn check_beside_a_disk(workspace: Workspace, mut pairs: Vec<Pair>) {
    let (disk, _) = pairs.remove(0);
    let labelled = |index: usize, block: Block| block.labelled(&format!("pair_{index}")).to_string();
    let plain: String = pairs
        .iter()
        .enumerate()
        .map(|(index, (block, _))| labelled(index, block.clone()))
        .collect();
    let reworded = pairs.iter().map(|(block, words)| {
        words
            .iter()
            .fold(block.clone(), |block, (name, value)| block.with(name, value))
    });
    let other: String = reworded
        .enumerate()
        .map(|(index, block)| labelled(index, block))
        .collect();
    workspace.write(format!("{disk}{plain}"));
    workspace.apply();
    workspace.cloud.clear_requests();
    workspace.write(format!("{disk}{other}"));
    let plan = workspace.plan();
    assert!(
        plan.changes.is_empty(),
        "where both say something, no word is noted: {plan:#?}"
    );
    workspace.apply();
    assert_eq!(workspace.changes(), [""; 0]);
    workspace.finish();
}

#[test]
fn a_volume_is_the_same_in_other_words() {
    let empty = [
        ("region", r#""""#),
        ("vendor_volume_type", r#""""#),
        ("timeouts", "{}"),
        ("timeouts", r#"{ delete = "" }"#),
    ];
    let pairs = empty.iter().map(|(name, value)| (s3(), words(name, value)));
    let named = [
        (ceph(), words("cloud", r#""""#)),
        (ceph(), words("vendor_volume_type", r#""""#)),
    ];
    check(Workspace::new(""), pairs.chain(named).collect());

    let disk = Block::resource("gpupod_volume")
        .with("name", r#""data""#)
        .with("size_in_gb", 100)
        .with("prime_intellect", r#"{ provider = "primecompute" }"#);
    let empty = r#"{ provider = "PrimeCompute", cloud_id = "", data_center_id = "", country = "", team_id = "" }"#;
    let pairs = vec![
        (disk.clone(), words("prime_intellect", empty)),
        (disk.clone(), words("storage_type", r#""""#)),
        (disk.clone(), words("region", r#""""#)),
        (disk, words("vendor_volume_type", r#""""#)),
    ];
    check(PRIME_INTELLECT.workspace(), pairs);
}

#[test]
fn a_key_and_a_credential_are_the_same_in_other_words() {
    let key = Block::resource("gpupod_ssh_key")
        .with("name", r#""laptop""#)
        .with("public_key", format!("{PUBLIC_KEY:?}"));
    let without_comment = PUBLIC_KEY.rsplit_once(' ').map_or("", |(key, _)| key);
    let pairs = [
        words("public_key", &format!("{without_comment:?}")),
        words("public_key", &format!("\"{without_comment} somebody@else\\r\\n\"")),
        words("cloud", r#""""#),
        words("is_primary", "false"),
    ];
    // The first key of an account is its primary one, and may be no other than that.
    let first = key.clone().with("name", r#""first""#).with("is_primary", true);
    let first = (first, words("public_key", &format!("\" {PUBLIC_KEY}\\n\"")));
    let workspace = PRIME_INTELLECT.workspace();
    workspace.write(first.0.labelled("pair_0"));
    workspace.apply();
    let all = std::iter::once(first).chain(pairs.map(|words| (key.clone(), words)));
    check(workspace, all.collect());

    let credential = super::super::credential::credential();
    let pairs = [
        words("timeouts", "{}"),
        words("timeouts", r#"{ delete = "" }"#),
        words("cloud", r#""""#),
    ];
    let mut pairs: Vec<Pair> = pairs.map(|words| (credential.clone(), words)).to_vec();
    pairs.push((credential.without("type"), words("type", r#""""#)));
    check(Workspace::new(""), pairs);
}

#[test]
fn what_is_sent_has_plain_line_ends_and_nothing_that_is_empty() {
    let workspace = Workspace::new(
        Block::resource("gpupod_pod")
            .with("name", r#""trainer""#)
            .with("image", r#""debian""#)
            .with("gpu_type", r#""nvidia_rtx_4090_24g""#)
            .with("gpu_count", 1)
            .with("regions", "[]")
            .with("initialization_command", r#""a\r\nb\r\n""#)
            .with("environment_vars", r#"{ A = "x\r\ny", B = null }"#)
            .with("callback_url", r#""""#)
            .with("image_registry", r#""""#)
            .with("expose", r#"[{ port = 22, protocol = "SSH" }]"#)
            .with("timeouts", "{}"),
    );
    // The reference's enumeration lacks SSH, which Yotta's own clients send.
    workspace.cloud.quirks(serde_json::json!({"strict": false})).unwrap();
    workspace.apply();
    let sent = workspace.order_body();
    assert_eq!(sent["initializationCommand"], "a\nb\n");
    assert_eq!(
        sent["environmentVars"],
        serde_json::json!([{"key": "A", "value": "x\ny"}])
    );
    assert_eq!(sent["gpuType"], "NVIDIA_RTX_4090_24G", "as the catalogue writes it");
    assert_eq!(sent["expose"], serde_json::json!([{"port": 22, "protocol": "SSH"}]));
    for nothing in ["regions", "callbackUrl", "imageRegistry"] {
        assert!(sent[nothing].is_null(), "{sent}");
    }
    workspace.finish();
}

#[test]
fn what_means_something_else_replaces_all_the_same() {
    let workspace = Workspace::new("");
    let pod = workspace.maximal_pod();
    workspace.write(&pod);
    workspace.apply();
    for (attribute, value) in [
        ("name", r#""Trainer""#),
        ("image", r#""ghcr.io/pytorch/pytorch:2.8.0""#),
        ("initialization_command", r#""nvidia-smi ""#),
        ("environment_vars", r#"{ EPOCHS = "3", MODE = "Train" }"#),
        ("callback_url", r#""https://hooks.example/pods/""#),
    ] {
        workspace.write(pod.clone().with(attribute, value));
        assert_eq!(workspace.plan().only().replaced_for, [attribute]);
    }
    workspace.write(pod);
    workspace.finish();
}

#[test]
fn a_name_or_an_image_with_white_space_around_it_is_never_sent() {
    let with_space = [r#"" trainer""#, r#""trainer\n""#, r#""trai\nner""#, r#""trainer\t""#];
    for cloud in ALL {
        let workspace = cloud.workspace();
        let wrong = with_space.iter().flat_map(|value| [("name", value), ("image", value)]);
        let wrong = wrong.map(|(attribute, value)| (attribute, cloud.pod().with(attribute, value)));
        let wrong = wrong.enumerate();
        let wrong: Vec<_> = wrong
            .map(|(index, (attribute, pod))| (attribute, pod.labelled(&format!("wrong_{index}"))))
            .collect();
        workspace.write(wrong.iter().map(|(_, pod)| pod.to_string()).collect::<String>());
        workspace.run(&["validate"]).succeeds();
        let refusals = workspace.run(&["plan", "-json"]).fails();
        for (attribute, pod) in wrong {
            let (summary, detail) = refusals.error_at(&pod.address());
            assert_eq!(summary, "White space around the text");
            for phrase in [&format!("`{attribute}` is"), "Remove the white space"] {
                assert!(detail.contains(phrase), "{detail}");
            }
        }
        workspace.write("");
        workspace.finish();
    }
    let workspace = Workspace::applied(s3());
    workspace.write(s3().with("name", r#""renamed\n""#));
    workspace.run(&["plan"]).fails().says(&["White space around the text"]);
    workspace.write(s3());
    workspace.finish();
}

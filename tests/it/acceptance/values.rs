//! Values at the edges: large ones, and numbers that no float holds.

use super::{pod::Pod, workspace::Workspace};

#[test]
fn six_megabytes_pass() {
    let large = r#"join("", [for line in range(1024) : format("%06144d", line)])"#;
    let workspace = Workspace::applied(Pod::minimal().with("initialization_command", large));
    let body = workspace.order_body();
    assert_eq!(body["initializationCommand"].as_str().unwrap().len(), 6 << 20);
    workspace.finish();
}

#[test]
fn a_price_limit_keeps_its_digits() {
    let limit = |price: &str| Pod::minimal().with("is_spot", true).with("max_price", price);
    let workspace = Workspace::new(limit("0.1"));
    workspace.try_apply().fails().says(&["no available resource"]);
    assert_eq!(workspace.order_body()["maxPrice"].to_string(), "0.1");
    workspace.write(limit("0.3000000000000000000001"));
    workspace.apply();
    assert_eq!(
        workspace.order_body()["maxPrice"].to_string(),
        "0.3000000000000000000001"
    );
    workspace.finish();
}

#[test]
fn text_of_any_script_passes() {
    let name = "Größe 训练 🚀 \\\"quoted\\\" $${not} %%{a} template";
    let workspace = Workspace::applied(Pod::minimal().with("name", format!("\"{name}\"")));
    assert_eq!(
        workspace.order_body()["name"],
        "Größe 训练 🚀 \"quoted\" ${not} %{a} template"
    );
    workspace.finish();
}

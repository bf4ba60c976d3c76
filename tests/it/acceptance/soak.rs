//! A short run of the soak, which `cargo run --example soak` runs for longer.

#[path = "../../../tools/soak/rounds.rs"]
mod rounds;

use super::workspace::Workspace;
use rounds::Soak;

#[test]
fn nothing_is_lost_in_a_few_rounds_of_random_faults() {
    let workspace = Workspace::new("").with_all_keys();
    workspace.remove_provider_block();
    let soak = Soak {
        simulator: &workspace.cloud,
        command: &|arguments| workspace.tool.command(arguments),
        write: &|configuration| {
            workspace.write(configuration);
            Ok(())
        },
        state: &|| workspace.state(),
    };
    let tally = soak.run(3, 7, |_, _| {}).unwrap();
    assert_eq!(tally.violations, Vec::<String>::new());
    assert!(tally.kept > 5 && tally.failed_commands > 0, "{tally:#?}");
    workspace.write("");
    workspace.restore_provider_block();
    workspace.finish();
}

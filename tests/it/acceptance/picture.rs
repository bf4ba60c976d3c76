//! The picture in the README shows what a run really says.

#[path = "../../../tools/picture/drawing.rs"]
mod drawing;

use std::{env, fs};

use super::workspace::Workspace;
use crate::files::{self, root};

/// Stands for lines that are left out.
const GAP: &str = "…";
/// What is done between two commands, as the demo's own heading says it.
const STOP: &str = "Somebody stops the pod behind Terraform's back";

/// A command with the lines that are shown of what it said.
struct Shown<'a> {
    command: &'a str,
    lines: Vec<&'a str>,
    /// Said before the command.
    remark: Option<&'a str>,
}

fn shown(excerpt: &str) -> Vec<Shown<'_>> {
    let (mut shown, mut remark): (Vec<Shown<'_>>, _) = (Vec::new(), None);
    for line in excerpt.lines() {
        if let Some(command) = line.strip_prefix("$ terraform ") {
            shown.push(Shown {
                command,
                lines: Vec::new(),
                remark: remark.take(),
            });
        } else if let Some(text) = line.strip_prefix("# ") {
            remark = Some(text);
        } else {
            shown.last_mut().expect("a command comes first").lines.push(line);
        }
    }
    shown
}

/// Without what differs from run to run: ids, ports and seconds.
fn steady(line: &str) -> String {
    let mut steady = line.trim_end().to_owned();
    for (start, end) in [("[id=", "]"), (" -p ", "\""), (" after ", "s")] {
        if let Some((before, rest)) = steady.split_once(start)
            && let Some((volatile, after)) = rest.split_once(end)
            && volatile.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        {
            steady = format!("{before}{start}{end}{after}");
        }
    }
    steady
}

/// Holds that the lines are in the output as they stand, with others between them only where a gap is shown.
#[track_caller]
fn assert_shows(lines: &[&str], output: &str) {
    let said: Vec<String> = output.lines().map(steady).filter(|line| !line.is_empty()).collect();
    let lines: Vec<String> = lines.iter().map(|line| steady(line)).collect();
    let mut place = 0;
    for (gaps, run) in lines.split(|line| line == GAP).enumerate() {
        let run: Vec<String> = run.iter().filter(|line| !line.is_empty()).cloned().collect();
        let last = if gaps == 0 { 0 } else { said.len() };
        let found = (place..=last).find(|from| said[*from..].starts_with(&run));
        let from = found.unwrap_or_else(|| panic!("{run:#?}\n\nis not what was said:\n\n{output}"));
        place = from + run.len();
    }
    assert!(
        lines.last().is_some_and(|line| line == GAP) || place == said.len(),
        "more was said, and no gap is shown at the end:\n{output}"
    );
}

#[test]
fn the_excerpt_is_what_the_demo_says() {
    let demo = files::read("examples/quickstart.rs");
    let excerpt = files::read(drawing::EXCERPT);
    let workspace = Workspace::new("");
    workspace.remove_provider_block();
    workspace.write(files::read("examples/demo/main.tf"));
    for shown in shown(&excerpt) {
        if let Some(remark) = shown.remark {
            assert_eq!(remark, STOP);
            assert!(
                demo.contains(&format!("say(\"{remark}\")")),
                "the demo does no such thing"
            );
            workspace.behind_the_back(serde_json::json!({"event": "stop"}));
        }
        let words: Vec<&str> = shown.command.split(' ').collect();
        for word in &words {
            assert!(
                demo.contains(&format!("\"{word}\"")),
                "the demo does not run {}",
                shown.command
            );
        }
        assert_shows(&shown.lines, &workspace.run(&words).output);
    }
    workspace.write("");
    workspace.restore_provider_block();
    workspace.finish();
}

#[test]
fn the_picture_is_drawn_from_the_excerpt() {
    let excerpt = files::read(drawing::EXCERPT);
    let drawn = drawing::svg(&excerpt);
    if env::var_os("UPDATE").is_some() {
        fs::write(root().join(drawing::PICTURE), &drawn).unwrap();
    }
    assert_eq!(
        files::read(drawing::PICTURE),
        drawn,
        "it is stale: run `cargo run --example picture`"
    );
    for line in excerpt.lines() {
        assert!(line.chars().count() <= drawing::COLUMNS, "too long to be drawn: {line}");
        for word in line.split_whitespace() {
            let word = word.replace('<', "&lt;").replace('>', "&gt;");
            assert!(drawn.contains(&word), "{word} is not in the picture");
        }
    }
}

//! What a guide tells its reader to do, step by step.

use crate::markdown::{self, Block, code};

pub struct Script {
    pub steps: Vec<Step>,
}

#[derive(Debug)]
pub enum Step {
    /// Something happens at the cloud: `<!-- at the cloud: … -->`.
    AtTheCloud(String),
    Write {
        file: String,
        text: String,
    },
    Type(Commands),
    /// The commands before have printed these lines, in this order.
    Reads(Vec<String>),
}

#[derive(Debug)]
pub struct Commands {
    pub lines: Vec<String>,
    /// The exit code of the last one: `<!-- ends with 2 -->`.
    pub code: i32,
    /// Ctrl-C while the last one waits: `<!-- interrupted -->`.
    pub is_interrupted: bool,
}

impl Script {
    pub fn read(page: &str) -> Self {
        Self {
            steps: markdown::blocks(page).iter().flat_map(steps).collect(),
        }
    }

    /// How many commands there are.
    pub fn commands(&self) -> usize {
        let lines = self.steps.iter().map(|step| match step {
            Step::Type(commands) => commands.lines.len(),
            _ => 0,
        });
        lines.sum()
    }
}

fn steps(block: &Block) -> Vec<Step> {
    let mut steps = Vec::new();
    let (mut code, mut is_interrupted) = (0, false);
    for comment in &block.comments {
        match comment.split_once(": ").unwrap_or((comment, "")) {
            ("at the cloud", what) => steps.push(Step::AtTheCloud(what.to_owned())),
            ("interrupted", "") => is_interrupted = true,
            (ends, "") if ends.starts_with("ends with ") => code = ends.replace("ends with ", "").parse().unwrap(),
            _ => panic!("nobody knows what `{comment}` means"),
        }
    }
    let text = block.text.clone();
    match block.language.as_str() {
        "terraform" => steps.push(Step::Write {
            file: file(block),
            text,
        }),
        "shell" => steps.push(Step::Type(Commands {
            lines: text.lines().map(str::to_owned).collect(),
            code,
            is_interrupted,
        })),
        "text" => steps.push(Step::Reads(text.lines().map(str::to_owned).collect())),
        // A workflow, which no terminal can run.
        "yaml" => {}
        other => panic!("a block of {other:?} is neither written nor run"),
    }
    steps
}

/// The file that is named last before a block.
fn file(block: &Block) -> String {
    let is_file = |name: &&str| name.ends_with(".tf") || name.ends_with(".tftest.hcl");
    let named = code(&block.lead).filter(is_file).last();
    let named = named.unwrap_or_else(|| panic!("no file is named before\n{}", block.text));
    named.to_owned()
}

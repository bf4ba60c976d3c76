//! The pages that people read, taken apart: front matter, fenced blocks with what stands before them, and links.

/// A fenced block of a page.
#[derive(Debug)]
pub struct Block {
    pub language: String,
    pub text: String,
    /// The paragraph before the block, on one line.
    pub lead: String,
    /// The comments between that paragraph and the block, which readers of the rendered page do not see.
    pub comments: Vec<String>,
}

const FENCE: &str = "```";

/// The fenced blocks of a page, in their order.
pub fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let (mut lead, mut comments, mut ends) = (String::new(), Vec::new(), true);
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(language) = line.strip_prefix(FENCE) {
            let text: Vec<&str> = lines.by_ref().take_while(|line| *line != FENCE).collect();
            blocks.push(Block {
                language: language.to_owned(),
                text: text.join("\n") + "\n",
                lead: std::mem::take(&mut lead),
                comments: std::mem::take(&mut comments),
            });
        } else if let Some(comment) = line.strip_prefix("<!-- ") {
            comments.push(comment.trim_end_matches(" -->").to_owned());
        } else if line.is_empty() {
            ends = true;
        } else {
            if ends {
                lead.clear();
                comments.clear();
            }
            ends = false;
            lead = format!("{lead} {line}").trim().to_owned();
        }
    }
    blocks
}

/// What a page says between its first two lines of three hyphens, and the page without it.
pub fn front_matter(page: &str) -> Option<(&str, &str)> {
    page.strip_prefix("---\n")?.split_once("\n---\n")
}

/// The code between single backticks.
pub fn code(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

/// Where the links of a page lead, those in its fenced blocks left out.
pub fn links(page: &str) -> Vec<String> {
    let mut prose = String::new();
    for (index, part) in page.split(&format!("\n{FENCE}")).enumerate() {
        if index % 2 == 0 {
            prose.push_str(part);
        }
    }
    let targets = prose.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    targets.map(str::to_owned).collect()
}

/// What a link to a heading ends in; `None` for any other line.
pub fn anchor(line: &str) -> Option<String> {
    let heading = line.strip_prefix('#')?.trim_start_matches('#').trim();
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || " -_".contains(*c));
    Some(kept.collect::<String>().to_lowercase().replace(' ', "-"))
}

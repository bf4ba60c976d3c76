//! The frame of every page: the front matter that the registry reads, a heading, what it is about, and sections.

use crate::{resources::Gpupod, tf::Provider};

pub(super) struct Page {
    pub path: String,
    pub title: String,
    pub heading: String,
    /// Markdown; its first paragraph is also what the registry shows in lists.
    pub description: String,
    /// In their order; those that a page has no use for are `None`.
    pub sections: Vec<Option<String>>,
}

const GENERATED: &str = "# Generated from the provider's declarations; `cargo run --example docs` writes it anew.";

impl Page {
    pub(super) fn render(&self) -> String {
        let start = [
            self.front_matter(),
            format!("# {}", self.heading),
            self.description.clone(),
        ];
        let sections = self.sections.iter().flatten().map(|section| section.trim().to_owned());
        let parts: Vec<String> = start.into_iter().chain(sections).collect();
        format!("{}\n", parts.join("\n\n"))
    }

    fn front_matter(&self) -> String {
        let lines: Vec<String> = self.summary().lines().map(|line| format!("  {line}")).collect();
        format!(
            "---\n{GENERATED}\npage_title: \"{} - {}\"\nsubcategory: \"\"\ndescription: |-\n{}\n---",
            self.title,
            Gpupod::NAME,
            lines.join("\n")
        )
    }

    fn summary(&self) -> &str {
        self.description.split("\n\n").next().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_parts_with_a_line_between() {
        let page = Page {
            path: "docs/a.md".to_owned(),
            title: "A".to_owned(),
            heading: "An A".to_owned(),
            description: "Short.\n\nLong.".to_owned(),
            sections: vec![None, Some("## B\n".to_owned())],
        };
        let expected = format!(
            "---\n{GENERATED}\npage_title: \"A - gpupod\"\nsubcategory: \"\"\ndescription: |-\n  Short.\n---\n\n# An A\n\n\
             Short.\n\nLong.\n\n## B\n"
        );
        assert_eq!(page.render(), expected);
    }
}

//! The table that contributors read, section by section: written anew with `UPDATE=1`, compared otherwise.

use std::{
    env, fs,
    sync::{Mutex, PoisonError},
};

use crate::files;

const FILE: &str = "tests/it/acceptance/matrix/README.md";

/// Sections are written by tests that run side by side.
static WRITING: Mutex<()> = Mutex::new(());

pub struct Section {
    pub heading: &'static str,
    pub columns: Vec<&'static str>,
    /// Each with its title and a text for every column.
    pub rows: Vec<(&'static str, Vec<String>)>,
}

impl Section {
    /// Holds that the file has this section as it is.
    #[track_caller]
    pub fn check(&self) {
        let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
        let text = files::read(FILE);
        let (start, end) = place(&text, self.heading);
        let table = self.table();
        if env::var_os("UPDATE").is_some() {
            fs::write(
                files::root().join(FILE),
                format!("{}{table}{}", &text[..start], &text[end..]),
            )
            .unwrap();
        } else {
            assert_eq!(&text[start..end], table, "UPDATE=1 writes {FILE} anew");
        }
    }

    fn table(&self) -> String {
        let line = |cells: Vec<&str>| format!("| {} |\n", cells.join(" | "));
        let titles = [""].into_iter().chain(self.columns.iter().copied()).collect();
        let rule = vec!["---"; self.columns.len() + 1];
        let rows = self.rows.iter().map(|(title, cells)| {
            let cells = cells.iter().map(String::as_str);
            line([*title].into_iter().chain(cells).collect())
        });
        format!("{}{}{}", line(titles), line(rule), rows.collect::<String>())
    }
}

/// The table under a heading, from its first line to its last.
#[track_caller]
fn place(text: &str, heading: &str) -> (usize, usize) {
    let marked = format!("\n## {heading}\n");
    let start = text.find(&marked).unwrap_or_else(|| panic!("{FILE} lacks {heading:?}")) + marked.len() - 1;
    let end = text[start..].find("\n## ").map_or(text.len(), |end| start + end);
    let first = text[start..end].find("\n|").map_or(end, |before| start + before + 1);
    let lines = text[first..end].split_inclusive('\n');
    let length: usize = lines.take_while(|line| line.starts_with('|')).map(str::len).sum();
    (first, first + length)
}

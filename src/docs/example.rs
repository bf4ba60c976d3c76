//! Files under `examples/`, shown as they are.

use super::Read;

/// The section that shows how a thing is written, if there is an example.
pub(super) fn usage(read: Read<'_>, path: &str) -> Option<String> {
    let code = code(read, path, "terraform")?;
    Some(format!("## Example Usage\n\n{code}"))
}

/// The section on taking over what exists, if a resource has an example of it. The names are those that HashiCorp's
/// own generator reads.
pub(super) fn import(read: Read<'_>, folder: &str, prose: &str) -> Option<String> {
    let block = code(read, &format!("{folder}/import-by-string-id.tf"), "terraform")?;
    let command = code(read, &format!("{folder}/import.sh"), "shell")?;
    let prose = prose.trim();
    Some(format!(
        "## Import\n\n{prose}\n\nWith an `import` block:\n\n{block}\n\nOr with a command:\n\n{command}"
    ))
}

fn code(read: Read<'_>, path: &str, language: &str) -> Option<String> {
    let text = read(path)?;
    Some(format!("```{language}\n{}\n```", text.trim_end()))
}

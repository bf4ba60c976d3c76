//! The names that credentials can have.

use crate::tf::validators::Validator;

const LONGEST: usize = 20;

/// The pattern of the clouds' documents, `^(?=[A-Za-z])[A-Za-z0-9@._-]{1,20}$`.
pub fn validator() -> Validator {
    let allowed = "Use 1 to 20 letters, digits, `@`, `.`, `_` or `-`, the first of them a letter.";
    Validator::new("Not a name for a credential", allowed, |value| {
        let name = value.as_str()?;
        (!fits(name)).then(|| format!("is {name:?}"))
    })
}

fn fits(name: &str) -> bool {
    let is_allowed = |c: char| c.is_ascii_alphanumeric() || "@._-".contains(c);
    name.starts_with(|first: char| first.is_ascii_alphabetic()) && name.len() <= LONGEST && name.chars().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_short_and_begins_with_a_letter() {
        for name in ["a", "Team-1", "a@b.c_d-e", "abcdefghijklmnopqrst"] {
            assert!(fits(name), "{name}");
        }
        for name in ["", "1a", "-a", "@a", "a b", "ä", "aä", "a/b", "abcdefghijklmnopqrstu"] {
            assert!(!fits(name), "{name}");
        }
    }
}

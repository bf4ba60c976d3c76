//! The texts of the provider that are in no diagnostic as a whole: what fills the holes of messages.

use super::{
    code::{Code, Function},
    follow::Scope,
    place::Place,
    rules::Broken,
    text::Text,
};

/// Layers whose texts reach users.
const SPEAKING: [&str; 5] = ["src/clouds/", "src/resources/", "src/server/", "src/tf/", "src/wire/"];

/// What is on the page elsewhere, or on the registry's pages and in no message.
const ELSEWHERE: [&str; 2] = ["src/resources/failure.rs", "src/tf/description.rs"];

fn speaks(function: &Function) -> bool {
    let is_told = SPEAKING.iter().any(|layer| function.file.starts_with(layer));
    is_told && !ELSEWHERE.contains(&function.file) && function.name != "signature"
}

/// All texts in functions that no place shows, each once for a file.
pub fn others(code: &Code, places: &[Place], rules: &[Broken]) -> Vec<(&'static str, Text)> {
    let shown: Vec<&Text> = places.iter().flat_map(Place::texts).collect();
    let mut others = Vec::new();
    for function in code.functions.iter().filter(|one| speaks(one)) {
        let scope = Scope {
            code,
            function,
            locals: &[],
        };
        for text in scope.written() {
            let is_rule = || rules.iter().any(|rule| rule.says(&text));
            if !shown.contains(&&text) && !is_rule() && !others.contains(&(function.file, text.clone())) {
                others.push((function.file, text));
            }
        }
    }
    others
}

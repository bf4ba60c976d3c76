//! The places of the code where a user is told something.

use proc_macro2::TokenTree;

use super::{
    code::{Call, Code, Function},
    follow::{Scope, expression},
    text::{Text, compact, string},
};

/// Where diagnostics are declared, and not made.
const DECLARATIONS: [&str; 3] = ["src/tf/diagnostics.rs", "src/tf/context.rs", "src/resources/failure.rs"];

#[derive(Debug, Clone)]
pub struct Place {
    pub file: &'static str,
    pub function: String,
    pub severity: &'static str,
    /// The attribute, as the code has it; empty if it is none.
    pub path: String,
    pub summaries: Vec<Text>,
    pub details: Vec<Text>,
    /// The holes of the texts that are filled with other texts of ours.
    pub parts: Vec<(String, Vec<Text>)>,
}

/// All places, in the order of the files and of the code.
pub fn places(code: &Code) -> Vec<Place> {
    let functions = code.functions.iter().filter(|one| !DECLARATIONS.contains(&one.file));
    let made = functions.flat_map(|function| function.calls.iter().filter_map(|call| place(code, function, call)));
    made.filter(|place| place.is_refusal() || !place.is_handed_on())
        .collect()
}

/// The functions that make diagnostics of texts.
pub fn makers(code: &Code) -> Vec<&str> {
    let declared = code.functions.iter().filter(|one| DECLARATIONS.contains(&one.file));
    let tells = |one: &&Function| one.parameters.iter().any(|name| name == "summary" || name == "detail");
    declared.filter(tells).map(|one| one.name.as_str()).collect()
}

/// What users are advised to do after a cloud's refusal.
pub fn advice(code: &Code) -> Vec<Text> {
    let is_advice = |one: &&Function| one.file == "src/resources/failure.rs" && one.name == "advice";
    let function = code.functions.iter().find(is_advice).expect("the advice is there");
    let locals = &[];
    Scope { code, function, locals }.texts(&function.body)
}

fn place(code: &Code, function: &Function, call: &Call) -> Option<Place> {
    let scope = Scope {
        code,
        function,
        locals: &call.locals,
    };
    let (severity, path, summaries, details) = match (call.name.as_str(), &call.arguments[..]) {
        (".error" | "Diagnostics::of_error", [path, summary, detail]) => {
            ("Error", attribute(path), scope.shown(summary), scope.shown(detail))
        }
        (".warning" | ".warn", [path, summary, detail]) => {
            ("Warning", attribute(path), scope.shown(summary), scope.shown(detail))
        }
        (".bug" | "Diagnostics::of_bug", [detail]) => {
            let summary = Text::plain("Internal error of the provider");
            ("Error", String::new(), vec![summary], scope.shown(detail))
        }
        ("failure::diagnostics", [summary, _]) => ("Error", String::new(), scope.shown(summary), Vec::new()),
        ("wrong_argument", [text]) => ("Error", "the argument".to_owned(), Vec::new(), scope.shown(text)),
        ("failure", [text]) if function.file.ends_with("rpc/function.rs") => {
            ("Error", String::new(), Vec::new(), scope.shown(text))
        }
        _ => return None,
    };
    let parts = parts(scope, summaries.iter().chain(&details));
    Some(Place {
        file: function.file,
        function: function.name.clone(),
        severity,
        path,
        summaries,
        details,
        parts,
    })
}

impl Place {
    /// All texts of it.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let parts = self.parts.iter().flat_map(|(_, texts)| texts);
        self.summaries.iter().chain(&self.details).chain(parts)
    }

    /// Whether it hands a cloud's refusal on, whose detail `src/resources/failure.rs` writes.
    pub fn is_refusal(&self) -> bool {
        self.details.is_empty()
    }

    /// Whether it hands on what is made elsewhere.
    fn is_handed_on(&self) -> bool {
        self.details
            .iter()
            .all(|detail| detail.to_string().ends_with(".detail}"))
    }
}

impl Scope<'_> {
    /// The texts of an expression, or the expression itself as a hole.
    fn shown(self, expression: &[TokenTree]) -> Vec<Text> {
        let texts = self.texts(expression);
        match texts.is_empty() {
            true => vec![Text::hole(&compact(expression))],
            false => texts,
        }
    }
}

fn parts<'a>(scope: Scope<'_>, texts: impl Iterator<Item = &'a Text>) -> Vec<(String, Vec<Text>)> {
    let mut parts: Vec<(String, Vec<Text>)> = Vec::new();
    for hole in texts.flat_map(Text::holes) {
        let mut found = scope.texts(&expression(hole));
        found.retain(Text::is_prose);
        if !found.is_empty() && parts.iter().all(|(name, _)| name != hole) {
            parts.push((hole.to_owned(), found));
        }
    }
    parts
}

/// `Path::root()`, `"name"`, `Path::from("name")`, or what the code has.
fn attribute(path: &[TokenTree]) -> String {
    match path {
        [TokenTree::Literal(name)] => string(&name.to_string()).unwrap_or_default(),
        path => {
            let shown = compact(path);
            let name = shown
                .strip_prefix("Path::from(\"")
                .and_then(|rest| rest.strip_suffix("\")"));
            match (shown.as_str(), name) {
                ("Path::root()", _) => String::new(),
                (_, Some(name)) => name.to_owned(),
                (other, None) => format!("{{{}}}", bare(other)),
            }
        }
    }
}

/// The expression within the conversions around it.
fn bare(expression: &str) -> &str {
    let inner = expression
        .strip_prefix("Path::from(")
        .and_then(|rest| rest.strip_suffix(')'));
    inner
        .filter(|inner| !inner.contains(')'))
        .unwrap_or(expression)
        .trim_end_matches(".clone()")
}

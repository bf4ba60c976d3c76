//! The provider's code as far as its texts need it: functions, the calls in them, and constants.

use proc_macro2::{Delimiter, TokenTree};

use crate::architecture::{
    self,
    source::{self, is},
};

/// A function, or a method.
#[derive(Debug)]
pub struct Function {
    pub file: &'static str,
    pub name: String,
    /// The names of its parameters in order, without `self`.
    pub parameters: Vec<String>,
    pub body: Vec<TokenTree>,
    /// The calls in the body.
    pub calls: Vec<Call>,
    /// All locals, as they are at the end of the body.
    pub locals: Vec<Local>,
}

/// A file's constants and fields with a text: `NAME: … = "text"`, `name: "text"`.
#[derive(Debug)]
pub struct Named {
    pub file: &'static str,
    pub name: String,
    pub value: TokenTree,
}

#[derive(Debug, Default)]
pub struct Code {
    pub functions: Vec<Function>,
    pub named: Vec<Named>,
}

/// What makes a message of texts.
pub const MAKERS: [&str; 8] = [
    ".error",
    ".warning",
    ".warn",
    ".bug",
    "Diagnostics::of_error",
    "Diagnostics::of_bug",
    "failure::diagnostics",
    "wrong_argument",
];

impl Function {
    /// Whether a call in some file means this function.
    pub fn is_meant(&self, callee: &str, file: &str, code: &Code) -> bool {
        let (owner, name) = callee.rsplit_once("::").unwrap_or(("", callee));
        let (name, is_method) = name.strip_prefix('.').map_or((name, false), |name| (name, true));
        if name != self.name {
            return false;
        }
        let is_own = self.file == file;
        let is_only = || code.functions.iter().filter(|one| one.name == name).count() == 1;
        match owner {
            "" if is_method => is_own && is_only(),
            "" => is_own || is_only(),
            "self" | "Self" => is_own,
            module => module == self.module(),
        }
    }

    /// Whether it makes a diagnostic: then its texts are no part of another one.
    pub fn tells(&self) -> bool {
        self.calls.iter().any(|call| MAKERS.contains(&call.name.as_str()))
    }

    fn module(&self) -> &str {
        let path = self.file.trim_end_matches(".rs").trim_end_matches("/mod");
        path.rsplit('/').next().unwrap_or(path)
    }
}

impl Code {
    /// All code outside tests and the simulator.
    pub fn read() -> Self {
        let mut code = Self::default();
        let is_provider = |file: &&architecture::File| !file.path.starts_with("src/simulator/");
        for file in architecture::files().iter().filter(is_provider) {
            code.walk(&file.path, &source::tokens(&file.text));
        }
        code
    }

    fn walk(&mut self, file: &'static str, tokens: &[TokenTree]) {
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Ident(word) if word == "fn" => self.functions.extend(function(file, &tokens[index + 1..])),
                TokenTree::Ident(name) => self.named.extend(value(&tokens[index + 1..]).map(|value| Named {
                    file,
                    name: name.to_string(),
                    value,
                })),
                TokenTree::Group(group) => self.walk(file, &source::inside(group)),
                _ => {}
            }
        }
    }
}

/// The function whose name comes first in the tokens; `None` if it has no body.
fn function(file: &'static str, tokens: &[TokenTree]) -> Option<Function> {
    let name = tokens.first()?.to_string();
    let end = tokens
        .iter()
        .position(|token| is(Some(token), ';') || is_group(token, Delimiter::Brace))?;
    let TokenTree::Group(body) = &tokens[end] else {
        return None;
    };
    let parameters = tokens[..end]
        .iter()
        .find(|token| is_group(token, Delimiter::Parenthesis))?;
    let body = source::inside(body);
    let (calls, locals) = calls_and_locals(&body);
    Some(Function {
        file,
        name,
        parameters: arguments(parameters).iter().filter_map(|one| parameter(one)).collect(),
        body,
        calls,
        locals,
    })
}

/// `name: Type` or `mut name: Type`; `None` for `self` in all its forms.
fn parameter(tokens: &[TokenTree]) -> Option<String> {
    let colon = tokens.iter().position(|token| is(Some(token), ':'))?;
    Some(tokens[..colon].last()?.to_string())
}

/// The text behind `: … =` or `:`.
fn value(tokens: &[TokenTree]) -> Option<TokenTree> {
    let is_typed = is(tokens.first(), ':') && !is(tokens.get(1), ':');
    if !is_typed {
        return None;
    }
    let end = |token: &TokenTree| is(Some(token), ';') || is(Some(token), ',');
    let rest = tokens[1..].split(end).next()?;
    let value = match rest.iter().position(|token| is(Some(token), '=')) {
        Some(equals) => &rest[equals + 1..],
        None => rest,
    };
    match value {
        [text @ TokenTree::Literal(_)] => Some(text.clone()),
        _ => None,
    }
}

/// The arguments between a call's parentheses.
pub fn arguments(group: &TokenTree) -> Vec<Vec<TokenTree>> {
    let TokenTree::Group(group) = group else {
        return Vec::new();
    };
    let tokens = source::inside(group);
    let parts = tokens.split(|token| is(Some(token), ','));
    parts
        .filter(|part| !part.is_empty())
        .map(<[TokenTree]>::to_vec)
        .collect()
}

pub fn is_group(token: &TokenTree, delimiter: Delimiter) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == delimiter)
}

/// Visits each token in the order of the text, as its place in the run of tokens that it belongs to.
pub fn each_token(tokens: &[TokenTree], visit: &mut dyn FnMut(&[TokenTree], usize)) {
    for (index, token) in tokens.iter().enumerate() {
        visit(tokens, index);
        if let TokenTree::Group(group) = token {
            each_token(&source::inside(group), visit);
        }
    }
}

/// A call: what is before the parentheses, the arguments, and what locals have been set to before.
#[derive(Debug)]
pub struct Call {
    pub name: String,
    pub arguments: Vec<Vec<TokenTree>>,
    pub locals: Vec<Local>,
}

/// What a local is set to: a value, or what stands at a place in the tuples of it.
#[derive(Debug, Clone)]
pub struct Local {
    pub name: String,
    pub value: Vec<TokenTree>,
    /// The place, and the length of the tuples.
    pub place: Option<(usize, usize)>,
}

/// The calls in a body. A `::<T>` before the parentheses is left out.
pub fn calls(body: &[TokenTree]) -> Vec<Call> {
    calls_and_locals(body).0
}

fn calls_and_locals(body: &[TokenTree]) -> (Vec<Call>, Vec<Local>) {
    let mut locals: Vec<Local> = Vec::new();
    let mut found = Vec::new();
    each_token(body, &mut |run, index| match &run[index] {
        TokenTree::Ident(word) if word == "let" => locals.extend(set(&run[index + 1..])),
        token if is_group(token, Delimiter::Parenthesis) => found.extend(callee(&run[..index]).map(|name| Call {
            name,
            arguments: arguments(token),
            locals: locals.clone(),
        })),
        _ => {}
    });
    (found, locals)
}

/// The locals of `let name = value;`, or of `let (a, b) = value;` with what stands at their places in tuples.
fn set(tokens: &[TokenTree]) -> Vec<Local> {
    let end = tokens
        .iter()
        .position(|token| is(Some(token), ';'))
        .unwrap_or(tokens.len());
    let Some(equals) = tokens[..end].iter().position(|token| is(Some(token), '=')) else {
        return Vec::new();
    };
    let (pattern, value) = (&tokens[..equals], &tokens[equals + 1..end]);
    match pattern {
        [TokenTree::Ident(name)] | [TokenTree::Ident(name), TokenTree::Punct(_), ..] => vec![Local {
            name: name.to_string(),
            value: value.to_vec(),
            place: None,
        }],
        [tuple] if is_group(tuple, Delimiter::Parenthesis) => {
            let names = arguments(tuple);
            let local = |(place, name): (usize, &Vec<TokenTree>)| Local {
                name: name.iter().map(ToString::to_string).collect(),
                value: value.to_vec(),
                place: Some((place, names.len())),
            };
            names.iter().enumerate().map(local).collect()
        }
        _ => Vec::new(),
    }
}

/// What stands at a place in each tuple of a length.
pub fn at_place(tokens: &[TokenTree], (place, length): (usize, usize)) -> Vec<Vec<TokenTree>> {
    let mut found = Vec::new();
    each_token(tokens, &mut |run, index| {
        let before = &run[..index];
        let is_call = is(before.last(), '!') || callee(before).is_some();
        let is_tuple = is_group(&run[index], Delimiter::Parenthesis) && !is_call;
        // A pattern before `=>` is a tuple as well, and holds no text.
        if is_tuple && !is(run.get(index + 1), '=') {
            let parts = arguments(&run[index]);
            found.extend((parts.len() == length).then(|| parts[place].clone()));
        }
    });
    found
}

/// The path or the method that is called: `a::b`, `.c`; a method of one's own as `Self::c`.
pub fn callee(before: &[TokenTree]) -> Option<String> {
    let mut before = before;
    if is(before.last(), '>') {
        let open = before.iter().rposition(|token| is(Some(token), '<'))?;
        before = &before[..open.saturating_sub(2)];
    }
    let (TokenTree::Ident(name), rest) = before.split_last()? else {
        return None;
    };
    match rest {
        [.., TokenTree::Ident(owner), dot] if is(Some(dot), '.') && owner == "self" => Some(format!("Self::{name}")),
        [.., dot] if is(Some(dot), '.') => Some(format!(".{name}")),
        [.., TokenTree::Ident(owner), a, b] if is(Some(a), ':') && is(Some(b), ':') => Some(format!("{owner}::{name}")),
        [.., TokenTree::Ident(keyword)] if keyword == "fn" => None,
        _ => Some(name.to_string()),
    }
}

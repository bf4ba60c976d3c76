//! Follows an expression to the texts that it may be: through locals, parameters, constants and our own functions.

use proc_macro2::{Delimiter, TokenTree};

use super::{
    code::{Code, Function, Local, MAKERS, arguments, at_place, callee, calls},
    text::{Text, string},
};
use crate::architecture::source::{self, is};

/// How far a text is followed from where it is used to where it is written.
const FAR_ENOUGH: u32 = 6;
/// Macros whose texts no user is told.
const FOR_THE_LOG: [&str; 6] = ["trace", "debug", "info", "warn", "error", "unreachable"];

/// Where an expression stands, and what locals have been set to before.
#[derive(Clone, Copy)]
pub struct Scope<'a> {
    pub code: &'a Code,
    pub function: &'a Function,
    pub locals: &'a [Local],
}

impl<'a> Scope<'a> {
    /// The texts that an expression may be, each once, in the order of the code; none if it is no text of ours.
    pub fn texts(self, expression: &[TokenTree]) -> Vec<Text> {
        let mut found = Vec::new();
        self.follow(expression, FAR_ENOUGH, &mut found);
        let mut texts: Vec<Text> = Vec::new();
        for text in found.into_iter().map(|text| self.with_constants(text)) {
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
        texts
    }

    fn follow(self, expression: &[TokenTree], steps: u32, found: &mut Vec<Text>) {
        let Some(steps) = steps.checked_sub(1) else { return };
        match expression {
            [TokenTree::Literal(literal)] => found.extend(string(&literal.to_string()).map(|text| Text::plain(&text))),
            [reference, rest @ ..] if is(Some(reference), '&') => self.follow(rest, steps + 1, found),
            [TokenTree::Ident(name)] if !is_constant(&name.to_string()) => {
                self.follow_local(&name.to_string(), steps, found);
            }
            [.., TokenTree::Ident(name)] if is_constant(&name.to_string()) || is_field(expression) => {
                self.follow_constant(&name.to_string(), steps, found);
            }
            _ => self.gather(expression, steps, found),
        }
    }

    fn follow_local(self, name: &str, steps: u32, found: &mut Vec<Text>) {
        let Some(local) = self.locals.iter().rfind(|local| local.name == name) else {
            return self.follow_parameter(name, steps, found);
        };
        let Some(place) = local.place else {
            return self.follow(&local.value, steps, found);
        };
        at_place(&local.value, place)
            .iter()
            .for_each(|value| self.follow(value, steps, found));
        for call in calls(&local.value) {
            for function in self.meant(&call.name) {
                let locals = &function.locals[..];
                let scope = Scope {
                    function,
                    locals,
                    ..self
                };
                let mut given = Vec::new();
                for value in at_place(&function.body, place) {
                    scope.follow(&value, steps, &mut given);
                }
                found.extend(given.into_iter().filter(Text::is_prose));
            }
        }
    }

    /// What the callers give.
    fn follow_parameter(self, name: &str, steps: u32, found: &mut Vec<Text>) {
        let Some(place) = self.function.parameters.iter().position(|one| one == name) else {
            return;
        };
        for function in &self.code.functions {
            for call in &function.calls {
                if self.function.is_meant(&call.name, function.file, self.code) {
                    let locals = &call.locals[..];
                    let scope = Scope {
                        function,
                        locals,
                        ..self
                    };
                    call.arguments
                        .get(place)
                        .into_iter()
                        .for_each(|one| scope.follow(one, steps, found));
                }
            }
        }
    }

    /// A constant, or a field that has a text in the same file.
    fn follow_constant(self, name: &str, steps: u32, found: &mut Vec<Text>) {
        let all = || self.code.named.iter().filter(|one| one.name == name);
        let is_own = !is_constant(name) || all().any(|one| one.file == self.function.file);
        for one in all().filter(|one| !is_own || one.file == self.function.file) {
            self.follow(std::slice::from_ref(&one.value), steps, found);
        }
    }

    /// All texts within an expression: literals, formats, and what our functions give.
    fn gather(self, expression: &[TokenTree], steps: u32, found: &mut Vec<Text>) {
        for (index, token) in expression.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let before = found.len();
                    match callee(&expression[..index]).filter(|_| group.delimiter() == Delimiter::Parenthesis) {
                        None if is_macro(&expression[..index], &["format"]) => found.extend(format_of(token)),
                        None => self.gather(&source::inside(group), steps, found),
                        Some(name) if MAKERS.contains(&name.as_str()) => {}
                        Some(name) => {
                            self.gather_from(&name, steps, found);
                            if found.len() == before {
                                self.gather(&source::inside(group), steps, found);
                            }
                        }
                    }
                }
                TokenTree::Literal(literal) => {
                    let text = string(&literal.to_string()).map(|text| Text::plain(&text));
                    found.extend(text.filter(Text::is_prose));
                }
                TokenTree::Ident(name) if is_constant(&name.to_string()) => {
                    let mut texts = Vec::new();
                    self.follow_constant(&name.to_string(), steps, &mut texts);
                    found.extend(texts.into_iter().filter(Text::is_prose));
                }
                _ => {}
            }
        }
    }

    /// The texts that stand in the function itself, without those for the log.
    pub fn written(self) -> Vec<Text> {
        let mut found = Vec::new();
        written(&self.function.body, &mut found);
        found.retain(Text::is_prose);
        found.into_iter().map(|text| self.with_constants(text)).collect()
    }

    /// The text with the words of the constants in its holes, where there is but one of the name.
    fn with_constants(self, text: Text) -> Text {
        text.filled(|hole| {
            let name = hole
                .rsplit("::")
                .next()
                .filter(|name| is_constant(name) && !hole.starts_with("T::"))?;
            let mut texts = Vec::new();
            self.follow_constant(name, FAR_ENOUGH, &mut texts);
            match &texts[..] {
                [only] => Some(only.to_string()),
                _ => None,
            }
        })
    }

    fn gather_from(self, callee: &str, steps: u32, found: &mut Vec<Text>) {
        let Some(steps) = steps.checked_sub(1) else { return };
        for function in self
            .meant(callee)
            .filter(|one| one.name != self.function.name && !one.tells())
        {
            let scope = Scope { function, ..self };
            scope.gather(&function.body, steps, found);
        }
    }

    /// The functions that a call may mean.
    fn meant<'b>(self, callee: &'b str) -> impl Iterator<Item = &'a Function> + use<'a, 'b> {
        let is_meant = move |one: &&Function| one.is_meant(callee, self.function.file, self.code);
        self.code.functions.iter().filter(is_meant)
    }
}

fn written(tokens: &[TokenTree], found: &mut Vec<Text>) {
    for (index, token) in tokens.iter().enumerate() {
        let before = &tokens[..index];
        match token {
            TokenTree::Group(_) if is_macro(before, &FOR_THE_LOG) => {}
            TokenTree::Group(_) if callee(before).as_deref() == Some(".expect") => {}
            TokenTree::Group(group) => match format_of(token).filter(|_| is_macro(before, &["format"])) {
                Some(text) => found.push(text),
                None if is_macro(before, &["write"]) => found.extend(format_behind(token)),
                None => written(&source::inside(group), found),
            },
            TokenTree::Literal(literal) => found.extend(string(&literal.to_string()).map(|text| Text::plain(&text))),
            _ => {}
        }
    }
}

/// The tokens of a hole.
pub fn expression(hole: &str) -> Vec<TokenTree> {
    let tokens = hole.parse::<proc_macro2::TokenStream>();
    tokens.map(|all| all.into_iter().collect()).unwrap_or_default()
}

fn is_macro(before: &[TokenTree], names: &[&str]) -> bool {
    matches!(before, [.., TokenTree::Ident(name), mark] if is(Some(mark), '!') && names.contains(&name.to_string().as_str()))
}

fn format_of(group: &TokenTree) -> Option<Text> {
    format_from(&arguments(group))
}

/// The format behind what is written to.
fn format_behind(group: &TokenTree) -> Option<Text> {
    format_from(arguments(group).get(1..)?)
}

fn format_from(arguments: &[Vec<TokenTree>]) -> Option<Text> {
    let ([TokenTree::Literal(format)], rest) = arguments.split_first().map(|(first, rest)| (&first[..], rest))? else {
        return None;
    };
    Some(Text::of_format(&string(&format.to_string())?, rest))
}

fn is_constant(name: &str) -> bool {
    name.len() > 1 && name.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_')
}

/// `self.lack` and the like.
fn is_field(expression: &[TokenTree]) -> bool {
    matches!(expression, [TokenTree::Ident(_), dot, TokenTree::Ident(_)] if is(Some(dot), '.'))
}

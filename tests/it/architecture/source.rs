//! Reads a Rust file as far as layers need it: the paths it names, the words it uses, and what of it is for tests.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

/// What stands in a file outside its tests. Comments and texts are no part of it.
#[derive(Debug, Default)]
pub struct Source {
    /// Paths within the package: `crate::a::b`, `super::super::c`. Braces in a `use` are written out.
    pub paths: Vec<String>,
    /// All identifiers; a macro's call ends with `!`.
    pub words: Vec<String>,
    /// Modules that are compiled for tests alone.
    pub test_modules: Vec<String>,
}

pub fn read(text: &str) -> Source {
    let mut source = Source::default();
    source.walk(&tokens(text));
    without_tests(text.parse().expect("Rust"), &mut source.test_modules);
    source
}

/// The tokens of a file outside its tests.
pub fn tokens(text: &str) -> Vec<TokenTree> {
    without_tests(text.parse().expect("Rust"), &mut Vec::new())
}

impl Source {
    fn walk(&mut self, tokens: &[TokenTree]) {
        for (index, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => self.walk(&inside(group)),
                TokenTree::Ident(word) => {
                    let call = if is(tokens.get(index + 1), '!') { "!" } else { "" };
                    self.words.push(format!("{word}{call}"));
                    let starts = matches!(word.to_string().as_str(), "crate" | "super");
                    if starts && !is(index.checked_sub(1).and_then(|before| tokens.get(before)), ':') {
                        paths(&tokens[index..], "", &mut self.paths);
                    }
                }
                _ => {}
            }
        }
    }
}

/// Writes out the path that starts here, once for each that ends in its braces.
fn paths(tokens: &[TokenTree], before: &str, found: &mut Vec<String>) {
    match tokens {
        [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Brace => {
            let inside = inside(group);
            inside
                .split(|token| is(Some(token), ','))
                .for_each(|one| paths(one, before, found));
        }
        [
            TokenTree::Ident(word),
            TokenTree::Punct(a),
            TokenTree::Punct(b),
            rest @ ..,
        ] if a.as_char() == ':' && b.as_char() == ':' => {
            paths(rest, &format!("{before}{word}::"), found);
        }
        [TokenTree::Ident(word), ..] => found.push(format!("{before}{word}")),
        // A glob, or the `(` of `pub(crate)` and the like.
        _ if !before.is_empty() => found.push(before.trim_end_matches("::").to_owned()),
        _ => {}
    }
}

/// The tokens without those behind `#[cfg(test)]`; names of modules among these are told to `modules`.
fn without_tests(tokens: TokenStream, modules: &mut Vec<String>) -> Vec<TokenTree> {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_test = is(Some(&token), '#')
            && matches!(tokens.peek(), Some(TokenTree::Group(group)) if group.stream().to_string() == "cfg (test)");
        if !is_test {
            kept.push(token);
            continue;
        }
        let item: Vec<TokenTree> = take_item(&mut tokens);
        if let [_, TokenTree::Ident(keyword), TokenTree::Ident(name), ..] = &item[..]
            && keyword == "mod"
        {
            modules.push(name.to_string());
        }
    }
    kept
}

/// Takes all up to the end of the item: a semicolon or a block.
fn take_item(tokens: &mut impl Iterator<Item = TokenTree>) -> Vec<TokenTree> {
    let mut item = Vec::new();
    for token in tokens {
        let is_block = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        let is_end = is_block || is(Some(&token), ';');
        item.push(token);
        if is_end {
            break;
        }
    }
    item
}

pub fn inside(group: &Group) -> Vec<TokenTree> {
    without_tests(group.stream(), &mut Vec::new())
}

pub fn is(token: Option<&TokenTree>, punctuation: char) -> bool {
    matches!(token, Some(TokenTree::Punct(found)) if found.as_char() == punctuation)
}

#[test]
fn paths_are_written_out() {
    let source = read(
        "//! crate::comment
        use crate::{a::{self, B}, c, d::*};
        use super::super::e;
        pub(crate) fn f() -> crate::g::H { vec![crate::i::j(\"crate::text\")] }
        #[cfg(test)]
        mod tests { use crate::k; }
        #[cfg(test)]
        mod testing;",
    );
    let expected = [
        "crate::a::self",
        "crate::a::B",
        "crate::c",
        "crate::d",
        "super::super::e",
        "crate",
        "crate::g::H",
        "crate::i::j",
    ];
    assert_eq!(source.paths, expected);
    assert_eq!(source.test_modules, ["tests", "testing"]);
    assert!(source.words.contains(&"vec!".to_owned()));
}

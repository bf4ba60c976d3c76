//! A text with holes, as the code has it.

use proc_macro2::TokenTree;

use crate::architecture::source::is;

/// What a user reads, where the code leaves holes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Text(Vec<Piece>);

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Piece {
    Words(String),
    /// The expression that fills the hole, and whether it is shown with quotes.
    Hole {
        source: String,
        is_quoted: bool,
    },
}

/// Fewer letters would fit nearly everything.
const FEWEST_LETTERS: usize = 10;

impl Text {
    pub fn plain(text: &str) -> Self {
        Self(vec![Piece::Words(text.to_owned())])
    }

    pub fn hole(source: &str) -> Self {
        Self(vec![Piece::Hole {
            source: source.to_owned(),
            is_quoted: false,
        }])
    }

    /// A format string; `arguments` fill the holes without a name.
    pub fn of_format(format: &str, arguments: &[Vec<TokenTree>]) -> Self {
        let named = |name: &str| {
            let is_it = |argument: &&Vec<TokenTree>| argument[0].to_string() == name && is(argument.get(1), '=');
            arguments.iter().find(is_it).map(|argument| &argument[2..])
        };
        let mut positional = arguments.iter().filter(|argument| !is(argument.get(1), '='));
        let mut pieces = Vec::new();
        let mut words = String::new();
        let mut rest = format.chars().peekable();
        while let Some(letter) = rest.next() {
            match letter {
                '{' | '}' if rest.peek() == Some(&letter) => words.extend(rest.next()),
                '{' => {
                    let hole: String = rest.by_ref().take_while(|letter| *letter != '}').collect();
                    let (name, look) = hole.split_once(':').unwrap_or((&hole, ""));
                    let source = match (name, named(name)) {
                        ("", _) => positional.next().map(|argument| compact(argument)).unwrap_or_default(),
                        (_, Some(value)) => compact(value),
                        (name, None) => name.to_owned(),
                    };
                    pieces.push(Piece::Words(std::mem::take(&mut words)));
                    pieces.push(Piece::Hole {
                        source,
                        is_quoted: look.contains('?'),
                    });
                }
                letter => words.push(letter),
            }
        }
        pieces.push(Piece::Words(words));
        pieces.retain(|piece| *piece != Piece::Words(String::new()));
        Self(pieces)
    }

    /// The expressions in the holes.
    pub fn holes(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Hole { source, .. } => Some(source.as_str()),
            Piece::Words(_) => None,
        })
    }

    /// The text with the words that `fill` has for some of its holes.
    pub fn filled(self, fill: impl Fn(&str) -> Option<String>) -> Self {
        let mut pieces: Vec<Piece> = Vec::new();
        for piece in self.0 {
            let piece = match &piece {
                Piece::Hole { source, is_quoted } => match (fill(source), is_quoted) {
                    (Some(words), true) => Piece::Words(format!("{words:?}")),
                    (Some(words), false) => Piece::Words(words),
                    (None, _) => piece,
                },
                Piece::Words(_) => piece,
            };
            match (pieces.last_mut(), piece) {
                (Some(Piece::Words(last)), Piece::Words(words)) => last.push_str(&words),
                (_, piece) => pieces.push(piece),
            }
        }
        Self(pieces)
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|piece| match piece {
            Piece::Words(words) => Some(words.as_str()),
            Piece::Hole { .. } => None,
        })
    }

    /// Whether it says something, and is not a separator, a name or a key.
    pub fn is_prose(&self) -> bool {
        let text = self.to_string();
        let words = text.split_whitespace().count();
        let has_letters = self
            .words()
            .any(|words| words.contains(|letter: char| letter.is_lowercase()));
        has_letters && (words > 2 || (words == 2 && text.ends_with('.')))
    }

    /// How many letters of it are its own.
    pub fn weight(&self) -> usize {
        self.words().map(|words| words.trim().len()).sum()
    }

    /// The part of `said` that is this text with its holes filled, up to the end.
    pub fn find_in<'a>(&self, said: &'a str) -> Option<&'a str> {
        if self.weight() < FEWEST_LETTERS {
            return None;
        }
        let start = match self.0.first()? {
            Piece::Words(words) => said.find(words.as_str())?,
            Piece::Hole { .. } => 0,
        };
        let mut rest = &said[start..];
        let mut open = None;
        for piece in &self.0 {
            match piece {
                Piece::Hole { is_quoted, .. } => open = Some(*is_quoted),
                Piece::Words(words) => {
                    let at = rest.find(words.as_str())?;
                    if !fills(&rest[..at], open.take()) {
                        return None;
                    }
                    rest = &rest[at + words.len()..];
                }
            }
        }
        fills(rest, open).then_some(&said[start..])
    }
}

/// Whether this may be in a hole, or where there is none.
fn fills(found: &str, hole: Option<bool>) -> bool {
    match hole {
        None => found.is_empty(),
        Some(false) => !found.is_empty(),
        Some(true) => found.len() > 1 && found.starts_with('"') && found.ends_with('"'),
    }
}

impl std::fmt::Display for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|piece| match piece {
            Piece::Words(words) => f.write_str(words),
            Piece::Hole {
                source,
                is_quoted: true,
            } => write!(f, "\"{{{source}}}\""),
            Piece::Hole {
                source,
                is_quoted: false,
            } => write!(f, "{{{source}}}"),
        })
    }
}

/// What a literal of a text says; `None` for numbers, letters and bytes.
pub fn string(literal: &str) -> Option<String> {
    let inner = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut letters = inner.chars().peekable();
    while let Some(letter) = letters.next() {
        match (letter, letter == '\\') {
            (letter, false) => text.push(letter),
            (_, true) => match letters.next()? {
                'n' => text.push('\n'),
                '\n' => while letters.next_if(|letter| letter.is_whitespace()).is_some() {},
                letter @ ('"' | '\\' | '\'') => text.push(letter),
                // Nothing that a user is told.
                _ => return None,
            },
        }
    }
    Some(text)
}

/// An expression as it stands in the code, without the blanks between tokens.
pub fn compact(expression: &[TokenTree]) -> String {
    expression
        .iter()
        .map(ToString::to_string)
        .collect::<String>()
        .replace(" :: ", "::")
}

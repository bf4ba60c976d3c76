//! Sanitizing text for a terminal: a stranger's text must not move the cursor, change colours, reverse what stands after
//! it, or begin a line that looks like one of ours.
//!
//! Removed are the control characters of ASCII and of Latin-1 (C0, C1), escape sequences with all that belongs to them
//! (ECMA-48), the marks and overrides of direction (the Unicode Bidirectional Algorithm), and what has no width.

use std::borrow::Cow;

/// So many characters of a stranger's text are shown or kept.
pub const LONGEST_LINE: usize = 1_000;
/// A text of ours, whatever is quoted in it.
const LONGEST_DETAIL: usize = 50_000;

/// The text as one line of at most [`LONGEST_LINE`] characters: a line break in it is a space.
pub fn line(text: &str) -> Cow<'_, str> {
    sanitized(text, LONGEST_LINE, |_| ' ')
}

/// A text of our own, of which single lines may quote a stranger's. Its line breaks and tabs stay.
pub fn paragraphs(text: &str) -> Cow<'_, str> {
    sanitized(text, LONGEST_DETAIL, |space| match space {
        '\n' | '\t' => space,
        _ => ' ',
    })
}

/// The text as one line with single spaces between its words, of at most [`LONGEST_LINE`] characters.
pub fn sentence(text: &str) -> String {
    let harmless = sanitized(text, usize::MAX, |_| ' ');
    let words: Vec<&str> = harmless.split_whitespace().collect();
    shortened(&words.join(" "), LONGEST_LINE).into_owned()
}

/// The text without what a terminal would do or not show; its line breaks and tabs stay.
pub fn visible(text: &str) -> Cow<'_, str> {
    sanitized(text, usize::MAX, |space| match space {
        '\n' | '\t' => space,
        _ => '\n',
    })
}

/// The text's beginning, with a mark where it was cut.
pub fn shortened(text: &str, most: usize) -> Cow<'_, str> {
    match text.char_indices().nth(most) {
        // A character is a byte at least.
        _ if text.len() <= most => Cow::Borrowed(text),
        Some((end, _)) => Cow::Owned(format!("{}…", &text[..end])),
        None => Cow::Borrowed(text),
    }
}

/// Whether a text has a character that no name has: one that controls a terminal, ends a line or turns the direction.
pub fn has_control(text: &str) -> bool {
    let is_direction = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    // These bytes begin all of them in UTF-8.
    text.bytes()
        .any(|byte| byte < b' ' || matches!(byte, 0x7f | 0xc2 | 0xe2))
        && text
            .chars()
            .any(|c| (c.is_control() && c != '\t') || is_line_break(c) || is_direction(c))
}

fn sanitized(text: &str, most: usize, break_as: impl Fn(char) -> char) -> Cow<'_, str> {
    if text.len() <= most && text.bytes().all(|byte| (b' '..0x7f).contains(&byte)) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len().min(most.saturating_mul(2)));
    let mut length = 0;
    let mut rest = Rest {
        text,
        has_no_end: false,
    };
    while let Some(c) = rest.next() {
        let shown = match c {
            '\r' if rest.text.starts_with('\n') => continue,
            c if is_line_break(c) || c == '\t' => break_as(c),
            c if is_invisible(c) => continue,
            c => c,
        };
        if length == most {
            kept.push('…');
            break;
        }
        kept.push(shown);
        length += 1;
    }
    Cow::Owned(kept)
}

/// What ends a line in some terminal or viewer.
fn is_line_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Control characters, and format characters (Unicode's category Cf) with the other ones that have no width.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}'
            | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e007f}')
}

/// What is left of a text, read without its escape sequences.
struct Rest<'a> {
    text: &'a str,
    /// No control string that begins from here on is ever ended.
    has_no_end: bool,
}

impl Rest<'_> {
    fn next(&mut self) -> Option<char> {
        loop {
            let c = self.take()?;
            match c {
                '\u{1b}' => self.skip_escape(),
                // C1: control sequence introducer; device control string, start of string, operating system command,
                // privacy message, application program command.
                '\u{9b}' => self.skip_sequence(),
                '\u{90}' | '\u{98}' | '\u{9d}' | '\u{9e}' | '\u{9f}' => self.skip_string(),
                c => return Some(c),
            }
        }
    }

    fn take(&mut self) -> Option<char> {
        let c = self.text.chars().next()?;
        self.text = &self.text[c.len_utf8()..];
        Some(c)
    }

    fn skip_escape(&mut self) {
        match self.text.as_bytes().first() {
            Some(b'[') => {
                self.skip(1);
                self.skip_sequence();
            }
            Some(b'P' | b'X' | b']' | b'^' | b'_') => {
                self.skip(1);
                self.skip_string();
            }
            // Any other sequence: intermediate bytes, and a final one.
            Some(_) => {
                self.skip(self.count(|byte| (b' '..=b'/').contains(&byte)));
                self.skip(self.count(|byte| (b'0'..=b'~').contains(&byte)).min(1));
            }
            None => {}
        }
    }

    /// A control sequence: parameter bytes, intermediate bytes, and a final one.
    fn skip_sequence(&mut self) {
        self.skip(self.count(|byte| (b'0'..=b'?').contains(&byte)));
        self.skip(self.count(|byte| (b' '..=b'/').contains(&byte)));
        self.skip(self.count(|byte| (b'@'..=b'~').contains(&byte)).min(1));
    }

    /// A control string, up to its terminator or the bell. One without an end would hide all that follows: of it, only
    /// the beginning is left out.
    fn skip_string(&mut self) {
        if self.has_no_end {
            return;
        }
        let ends = ["\u{7}", "\u{1b}\\", "\u{9c}"];
        let end = ends
            .iter()
            .filter_map(|end| Some((self.text.find(end)?, end.len())))
            .min();
        match end {
            Some((at, length)) => self.skip(at + length),
            None => self.has_no_end = true,
        }
    }

    /// How many bytes of ASCII pass, from here on.
    fn count(&self, passes: impl Fn(u8) -> bool) -> usize {
        self.text.bytes().take_while(|byte| passes(*byte)).count()
    }

    fn skip(&mut self, bytes: usize) {
        self.text = &self.text[bytes..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(line(text), expected, "{text:?}");
    }

    #[test]
    fn what_a_terminal_would_do_is_gone() {
        check("plain, with two  spaces", "plain, with two  spaces");
        check("München 日本 🦀", "München 日本 🦀");
        check("\u{1b}[31;1mred\u{1b}[0m", "red");
        check("\u{9b}2Jcleared", "cleared");
        check("\u{1b}]0;a title\u{7}after", "after");
        check("\u{1b}]8;;https://example.com\u{1b}\\link\u{1b}]8;;\u{1b}\\", "link");
        check("\u{1b}P1$r\u{9c}after", "after");
        check("\u{9d}52;c;aGk=\u{9c}after", "after");
        check("\u{1b}(Bset\u{1b}c\u{1b}7", "set");
        check("never ended: \u{1b}]0;shown", "never ended: 0;shown");
        check("cut short\u{1b}", "cut short");
        check("cut short\u{1b}[3", "cut short");
        check("bell\u{7} back\u{8} nul\0 del\u{7f} c1\u{80}", "bell back nul del c1");
    }

    #[test]
    fn a_line_is_one_line() {
        for end in ["\n", "\r", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}"] {
            check(&format!("a{end}Error: forged"), "a Error: forged");
        }
        check("a\tb", "a b");
        assert_eq!(paragraphs("ours\n\n\tand\r\u{2028}theirs"), "ours\n\n\tand  theirs");
        assert_eq!(sentence(" two\nlines\u{1b}[31m  here "), "two lines here");
        assert_eq!(visible("a\r\nb\u{85}c\td"), "a\nb\nc\td");
    }

    #[test]
    fn nothing_is_turned_round_or_hidden() {
        let marks = [
            '\u{200e}',
            '\u{200f}',
            '\u{61c}',
            '\u{202a}',
            '\u{202b}',
            '\u{202c}',
            '\u{202d}',
            '\u{202e}',
            '\u{2066}',
            '\u{2067}',
            '\u{2068}',
            '\u{2069}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{2060}',
            '\u{feff}',
            '\u{ad}',
            '\u{e0041}',
        ];
        for mark in marks {
            check(&format!("a{mark}b"), "ab");
        }
    }

    #[test]
    fn a_long_text_is_cut_by_characters() {
        check(&"ä".repeat(1_000), &"ä".repeat(1_000));
        check(&"ä".repeat(1_001), &format!("{}…", "ä".repeat(1_000)));
        check(&"x".repeat(5_000_000), &format!("{}…", "x".repeat(1_000)));
        assert_eq!(sentence(&"a ".repeat(1_000)).chars().count(), 1_001);
        assert_eq!(paragraphs(&"x".repeat(60_000)).chars().count(), LONGEST_DETAIL + 1);
    }

    #[test]
    fn a_text_full_of_beginnings_is_read_once() {
        let text = "\u{1b}]".repeat(1_000_000);
        check(&text, "");
    }

    #[test]
    fn names_have_no_control_characters() {
        for name in ["trainer", "München", "👩\u{200d}🚀", "a\tb", ""] {
            assert!(!has_control(name), "{name:?}");
        }
        for odd in [
            "a\nb",
            "a\u{1b}[m",
            "\u{9b}",
            "a\u{2028}b",
            "\0",
            "\u{7f}",
            "\u{202e}gpj.exe",
        ] {
            assert!(has_control(odd), "{odd:?}");
        }
    }
}

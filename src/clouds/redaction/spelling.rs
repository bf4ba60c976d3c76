//! Spellings of a text: as it is, and unescaped.

/// A character, and where the text has it.
#[derive(Debug, Clone, Copy)]
pub struct Unit {
    pub character: char,
    pub start: usize,
    pub end: usize,
}

/// The text as it is, out of a JSON string, out of one within another, out of a URL, and out of one in a JSON string.
pub fn spellings(text: &str) -> Vec<Vec<Unit>> {
    let mut spellings = vec![plain(text)];
    if text.contains('\\') {
        let once = out_of_json(&spellings[0]);
        spellings.push(out_of_json(&once));
        spellings.push(once);
    }
    if text.contains(['%', '+']) {
        let of_urls: Vec<Vec<Unit>> = spellings.iter().map(|units| out_of_url(units)).collect();
        spellings.extend(of_urls);
    }
    spellings
}

fn plain(text: &str) -> Vec<Unit> {
    let unit = |(start, character): (usize, char)| Unit {
        character,
        start,
        end: start + character.len_utf8(),
    };
    text.char_indices().map(unit).collect()
}

fn out_of_json(units: &[Unit]) -> Vec<Unit> {
    let mut read = Vec::with_capacity(units.len());
    let mut rest = units;
    while let [first, tail @ ..] = rest {
        let escaped = Some(first).filter(|first| first.character == '\\').and(escape(tail));
        let (character, length) = escaped.unwrap_or((first.character, 0));
        // A line break may be written as one character or as two.
        if character != '\r' {
            read.push(Unit {
                character,
                start: first.start,
                end: rest[length].end,
            });
        }
        rest = &tail[length..];
    }
    read
}

/// What a backslash before these means, and how many of them belong to it (RFC 8259, 7).
fn escape(units: &[Unit]) -> Option<(char, usize)> {
    let character = match units.first()?.character {
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'u' => return in_unicode(units),
        other @ ('"' | '\\' | '/' | '\'') => other,
        _ => return None,
    };
    Some((character, 1))
}

/// `u0041`, or two of them for a character beyond the first 65,536.
fn in_unicode(units: &[Unit]) -> Option<(char, usize)> {
    let code = |units: &[Unit]| -> Option<u16> {
        let digits: String = units.get(1..5)?.iter().map(|unit| unit.character).collect();
        let is_hex = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_hex.then(|| u16::from_str_radix(&digits, 16).ok())?
    };
    let first = code(units)?;
    if let Some(Ok(character)) = char::decode_utf16([first]).next() {
        return Some((character, 5));
    }
    let is_escaped = matches!(units.get(5..7)?, [a, b] if a.character == '\\' && b.character == 'u');
    let second = is_escaped.then(|| code(&units[6..]))??;
    let character = char::decode_utf16([first, second]).next()?.ok()?;
    Some((character, 11))
}

/// `%2F` and the like, byte by byte of UTF-8, and a plus for a space, as forms have it.
fn out_of_url(units: &[Unit]) -> Vec<Unit> {
    let mut read = Vec::with_capacity(units.len());
    let mut rest = units;
    while let [first, tail @ ..] = rest {
        let (character, length) = match first.character {
            '+' => (' ', 1),
            '%' => percent(rest).unwrap_or(('%', 1)),
            other => (other, 1),
        };
        if character != '\r' {
            read.push(Unit {
                character,
                start: first.start,
                end: rest[length - 1].end,
            });
        }
        rest = &tail[length - 1..];
    }
    read
}

fn percent(units: &[Unit]) -> Option<(char, usize)> {
    let byte = |place: usize| -> Option<u8> {
        let [percent, high, low] = units.get(3 * place..3 * place + 3)? else {
            return None;
        };
        let digit = |unit: &Unit| unit.character.to_digit(16);
        let value = (percent.character == '%').then_some(digit(high)? * 16 + digit(low)?)?;
        u8::try_from(value).ok()
    };
    let bytes: Vec<u8> = (0..4).map_while(byte).collect();
    (1..=bytes.len()).find_map(|length| {
        let character = std::str::from_utf8(&bytes[..length]).ok()?.chars().next()?;
        Some((character, 3 * length))
    })
}

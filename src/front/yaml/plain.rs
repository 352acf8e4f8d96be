//! Which text needs quotes, and which quotes.
//!
//! The rule is one for all readers: SafeYAML, Psych, goccy/go-yaml, yaml.v2, yaml.v3 and PyYAML must take the text for the
//! same text. Where one of them would not, it gets quotes.

use std::fmt::Write as _;

use crate::front::limits::MAX_SIMPLE_KEY;

/// Where a text stands.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Behind `key:` or `-`.
    Block,
    /// Between brackets or braces, where commas and brackets end it.
    Flow,
    /// In front of the colon.
    Key,
}

/// Words that some reader takes for a truth or null, in any letter case to be safe.
const WORDS: [&str; 9] = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"];

/// Writes a text on one line, in quotes if it needs them.
pub(super) fn write(text: &str, place: Place, out: &mut String) {
    if is_plain(text, place) {
        out.push_str(text);
    } else if text.contains(['"', '\\']) && text.chars().all(is_printable) {
        out.push('\'');
        out.push_str(&text.replace('\'', "''"));
        out.push('\'');
    } else {
        double_quoted(text, out);
    }
}

/// Whether a key must stand behind `?`.
pub(super) fn is_long_key(text: &str) -> bool {
    // Quotes and escapes make it longer than it is: six characters for one at most.
    let written = || {
        let mut written = String::new();
        write(text, Place::Key, &mut written);
        written.len()
    };
    text.len() * 2 > MAX_SIMPLE_KEY || text.len() * 6 > MAX_SIMPLE_KEY && written() > MAX_SIMPLE_KEY
}

/// Whether every reader takes the text for itself without quotes.
fn is_plain(text: &str, place: Place) -> bool {
    let (Some(first), Some(last)) = (text.chars().next(), text.chars().next_back()) else { return false };
    let starts_well = !matches!(
        first,
        '-' | '?'
            | ':'
            | ','
            | '['
            | ']'
            | '{'
            | '}'
            | '#'
            | '&'
            | '*'
            | '!'
            | '|'
            | '>'
            | '\''
            | '"'
            | '%'
            | '@'
            | '`'
            | '='
            | '~'
    );
    starts_well
        && !first.is_whitespace()
        && !last.is_whitespace()
        && last != ':'
        && text.chars().all(is_printable)
        && !text.contains(": ")
        && !text.contains(" #")
        && !(place == Place::Flow && text.contains([',', '[', ']', '{', '}', ':', '\'', '"', '#', '?']))
        && !(place == Place::Key && text.contains(['{', '}', '[', ']', ',', '"', '\'', ' ']))
        && !is_retyped(text)
        && text != "<<"
        && !text.starts_with("...")
}

/// Characters that all readers take as they are, on one line.
pub(super) fn is_printable(c: char) -> bool {
    !(c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'))
}

/// Whether some reader makes a number, a date, a truth or nothing of the text.
fn is_retyped(text: &str) -> bool {
    let bytes = text.as_bytes();
    match bytes.first() {
        Some(b'0'..=b'9' | b'+' | b'.') => is_numeric(text) || is_timestamp(text) || is_special_float(text),
        _ => text.len() <= 5 && WORDS.iter().any(|word| word.eq_ignore_ascii_case(text)),
    }
}

/// Digits and what numbers of some YAML have beside them: `1_000`, `1,000`, `1:30`, `1e3`, `0x1F`.
fn is_numeric(text: &str) -> bool {
    let decimal = |b: u8| b.is_ascii_digit() || matches!(b, b'_' | b',' | b'.' | b':' | b'e' | b'E' | b'+' | b'-');
    let radix = |b: u8| b.is_ascii_hexdigit() || matches!(b, b'_' | b',');
    let unsigned = text.trim_start_matches('+').as_bytes();
    text.bytes().all(decimal)
        || matches!(unsigned, [b'0', b'x' | b'X' | b'o' | b'O' | b'b' | b'B', rest @ ..] if rest.iter().all(|&b| radix(b)))
}

/// Days, and times behind them.
fn is_timestamp(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() >= 8
        && bytes[..4].iter().all(u8::is_ascii_digit)
        && bytes[4] == b'-'
        && bytes
            .iter()
            .all(|b| b.is_ascii_digit() || matches!(b, b'T' | b't' | b'Z' | b'z' | b':' | b'.' | b'+' | b'-' | b' '))
}

fn is_special_float(text: &str) -> bool {
    let word = text.trim_start_matches('+').to_ascii_lowercase();
    matches!(word.as_str(), ".inf" | ".nan")
}

/// A text in double quotes, with escapes that YAML and JSON share.
fn double_quoted(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_printable(c) => out.push(c),
            // What is left lies below U+10000.
            c => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
        }
    }
    out.push('"');
}

/// Whether a text of several lines may stand as a block scalar, as all readers read it: see [`block`].
pub(super) fn is_block(text: &str) -> bool {
    let content = text.strip_suffix('\n').unwrap_or(text);
    content.contains('\n')
        && !content.starts_with([' ', '\n'])
        && !content.ends_with('\n')
        && content.split('\n').all(|line| {
            line.chars().all(is_printable)
                && !line.ends_with(|c: char| c.is_whitespace())
                && !line.starts_with(|c: char| c.is_whitespace() && c != ' ')
        })
}

/// The lines of a text behind `|`, indented by `indent` spaces. Empty lines stay empty.
pub(super) fn block(text: &str, indent: usize, out: &mut String) {
    for line in text.strip_suffix('\n').unwrap_or(text).split('\n') {
        if !line.is_empty() {
            super::emit::pad(indent, out);
            out.push_str(line);
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        write(text, Place::Block, &mut out);
        out
    }

    #[test]
    fn quotes_where_a_reader_would_retype_and_nowhere_else() {
        for text in [
            "Hello",
            "it's",
            "a:b",
            "http://x.y/#z",
            "C:\\dir",
            "a {{ b }}",
            "C#",
            "say \"hi\"",
            "2019 was good",
            "1 000",
            "3D",
            "½",
        ] {
            assert_eq!(written(text), text);
        }
        for text in [
            "yes",
            "NO",
            "y",
            "010",
            "1:30",
            "2019-5-1",
            "2019-01-01 10:00:00",
            ".5",
            "+.inf",
            "",
            "- a",
            "a: b",
            "a #b",
            " a",
            "~",
            "1e3",
            "0x1F",
            "<<",
        ] {
            assert_eq!(written(text), format!("\"{text}\""));
        }
        assert_eq!(written("\"x\": 'y'"), "'\"x\": ''y'''");
        assert_eq!(written("a\u{7}\n"), "\"a\\u0007\\n\"");
    }

    #[test]
    fn brackets_and_commas_count_between_brackets() {
        let mut out = String::new();
        write("a, b", Place::Flow, &mut out);
        assert_eq!(out, "\"a, b\"");
        assert_eq!(written("a, b"), "a, b");
    }
}

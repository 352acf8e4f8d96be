//! Keys and texts as Hugo writes them.

use std::fmt::Write as _;

/// Writes a key: bare if it may be.
pub(super) fn key(key: &str, out: &mut String) {
    let is_bare = !key.is_empty() && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if is_bare { out.push_str(key) } else { one_line(key, out) }
}

/// Writes a text: in single quotes where nothing needs an escape, on several lines where it has several.
pub(super) fn text(text: &str, out: &mut String) {
    let is_several_lines = text.trim_end_matches('\n').contains('\n');
    let is_literal = || !text.contains("''") && !text.ends_with('\'') && text.chars().all(|c| c == '\n' || is_plain(c));
    if is_several_lines && is_literal() {
        // A line feed right behind the opening quotes is no part of the text.
        out.extend(["'''\n", text, "'''"]);
    } else {
        one_line(text, out);
    }
}

/// Writes a text on one line.
pub(super) fn one_line(text: &str, out: &mut String) {
    let is_simple = text.bytes().all(|byte| matches!(byte, b' '..=b'~') && byte != b'\'');
    if is_simple || (!text.contains('\'') && text.chars().all(is_plain)) {
        out.push('\'');
        out.push_str(text);
        out.push('\'');
    } else {
        basic(text, out);
    }
}

/// Characters that need no escape between any quotes. TOML allows a tab and more, but not for the eye to see.
fn is_plain(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}')
}

fn basic(text: &str, out: &mut String) {
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            c if is_plain(c) => out.push(c),
            c => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_quotes_that_hugo_prefers() {
        let written = |text: &str| {
            let mut out = String::new();
            super::text(text, &mut out);
            out
        };
        assert_eq!(written("C:\\dir \"x\""), "'C:\\dir \"x\"'");
        assert_eq!(written("it's"), "\"it's\"");
        assert_eq!(written("a\nb\n"), "'''\na\nb\n'''");
        assert_eq!(written("a\n"), "\"a\\n\"");
        assert_eq!(written("a\u{7}"), "\"a\\u0007\"");
    }
}

//! How quotes, dashes and dots are set is no difference to a reader: `"x" -- y...` and `“x” – y…` are the same.

use std::borrow::Cow;

/// The text with plain quotes, one kind of dash and three dots.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| matches!(byte, 0xc2 | 0xe2 | b'-' | b'`' | b'\'' | b'<' | b'>')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let (plain, length) = sign(rest, c);
        out.push_str(plain);
        rest = rest.get(length..).unwrap_or_default();
    }
    if out == text { Cow::Borrowed(text) } else { Cow::Owned(out) }
}

/// What the sign at the start of `text` is to a reader, and how long it is.
fn sign(text: &str, c: char) -> (&str, usize) {
    let own = c.len_utf8();
    let as_is = |length: usize| (&text[..length], length);
    match c {
        '\u{201c}'..='\u{201f}' => ("\"", own),
        '\u{2018}'..='\u{201b}' => ("'", own),
        '\u{2026}' => ("...", own),
        '\u{2012}'..='\u{2015}' => ("\u{2013}", own),
        '\u{ab}' => ("<<", own),
        '\u{bb}' => (">>", own),
        // Two or three hyphens are what dashes are typed as; more are a line.
        '-' => match text.bytes().take_while(|byte| *byte == b'-').count() {
            count @ (2 | 3) => ("\u{2013}", count),
            count => as_is(count),
        },
        '`' if text.starts_with("``") => ("\"", 2),
        '\'' if text.starts_with("''") => ("\"", 2),
        _ => as_is(own),
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn typing_and_typesetting_are_the_same() {
        assert_eq!(plain("“It’s” – a — b…"), plain("\"It's\" -- a --- b..."));
        assert_eq!(plain("``x''"), plain("“x”"));
        assert_eq!(plain("«x»"), plain("<<x>>"));
        assert_ne!(plain("a-b"), plain("a–b"));
        assert_ne!(plain("a"), plain("“a”"));
        assert_eq!(plain("----"), "----");
        assert!(matches!(plain("plain text"), std::borrow::Cow::Borrowed(_)));
    }
}

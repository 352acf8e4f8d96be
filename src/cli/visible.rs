//! Text from outside, made fit to be shown: a post must not steer the terminal.

use std::borrow::Cow;

/// `text` with each character that a terminal would act on, or that would reorder what is around it, replaced by one that
/// shows. Newlines and tabs stay. As many characters come out as go in, so that columns stay right.
pub(crate) fn visible(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_unsafe) {
        text.chars().map(|c| if is_unsafe(c) { picture(c) } else { c }).collect::<String>().into()
    } else {
        text.into()
    }
}

/// The same on one line: newlines are replaced too.
pub(crate) fn visible_line(text: &str) -> Cow<'_, str> {
    match visible(text) {
        text if text.contains('\n') => text.replace('\n', "\u{2424}").into(),
        text => text,
    }
}

fn is_unsafe(c: char) -> bool {
    match c {
        '\n' | '\t' => false,
        // C0 and C1 controls, among them ESC and its one-character form CSI.
        c if c.is_control() => true,
        // Marks, embeddings, overrides and isolates of the bidirectional algorithm (Unicode Standard Annex 9).
        '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // Line and paragraph separator.
        '\u{2028}' | '\u{2029}' => true,
        _ => false,
    }
}

/// Unicode has a picture for each C0 control; the rest is the replacement character.
fn picture(c: char) -> char {
    match u32::from(c) {
        code @ 0..=0x1f => char::from_u32(0x2400 + code),
        0x7f => Some('\u{2421}'),
        _ => None,
    }
    .unwrap_or(char::REPLACEMENT_CHARACTER)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_a_terminal_is_shown_instead() {
        assert_eq!(visible("a\u{1b}[31mb\r\n\tc"), "a\u{241b}[31mb\u{240d}\n\tc");
        assert_eq!(visible("\u{9b}31m \u{202e}x\u{7f}"), "\u{fffd}31m \u{fffd}x\u{2421}");
        assert_eq!(visible_line("a\nb"), "a\u{2424}b");
        assert!(matches!(visible("Ünïcode 日本 🎉"), Cow::Borrowed(_)));
    }
}

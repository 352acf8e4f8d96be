//! Which signs of a text would be markup, and must be escaped. Each row of the table says where its sign is unsafe and
//! why; a sign that no row finds unsafe stays as it is.

use super::setup::Setup;
use crate::ast::same::scan::Set;

/// Where text stands.
#[derive(Clone, Copy, Debug, Default)]
#[allow(clippy::struct_excessive_bools)] // each is a construct that the text is in
pub(super) struct Place {
    /// In the text of a link or an image: brackets end it.
    pub(super) in_brackets: bool,
    /// In a table's cell.
    pub(super) in_cell: bool,
    /// The text began with `[`: it must not become a definition of a link.
    pub(super) after_bracket: bool,
    /// Signs that stand alone in their paragraph and cannot pair.
    pub(super) inert: Inert,
}

/// For each of the three delimiters whether none of them in the text can pair with another.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Inert {
    pub(super) star: bool,
    pub(super) underscore: bool,
    pub(super) tilde: bool,
}

/// A sign with its neighbours.
#[derive(Clone, Copy, Debug)]
struct Sign<'a> {
    text: &'a str,
    at: usize,
    /// The character before the text, and the one behind it.
    outside: (Option<char>, Option<char>),
}

/// A longer run is no rule that somebody drew, and each of its signs would look over all of it.
const LONG_RUN: usize = 256;

impl Sign<'_> {
    fn next(&self) -> Option<char> {
        self.text[self.at + 1..].chars().next().or(self.outside.1)
    }

    /// The characters around the run of equal signs that it stands in; the sign itself where the run is very long.
    fn around_run(&self) -> (Option<char>, Option<char>) {
        let (before, after) = self.text.split_at(self.at);
        let is_sign = |byte: &u8| *byte == self.text.as_bytes()[self.at];
        let length_before = before.bytes().rev().take(LONG_RUN).take_while(is_sign).count();
        let length_after = after.bytes().take(LONG_RUN).take_while(is_sign).count();
        let before = before[..before.len() - length_before].chars().next_back();
        let after = after[length_after..].chars().next();
        (before.or(self.outside.0), after.or(self.outside.1))
    }

    fn rest(&self) -> &str {
        &self.text[self.at..]
    }
}

/// A row of the table.
struct Row {
    sign: u8,
    is_unsafe: fn(&Sign<'_>, Place, &Setup) -> bool,
}

/// Signs that are unsafe anywhere in running text. What is unsafe at the start of a line only stands in `line.rs`.
const TABLE: &[Row] = &[
    // Before punctuation it escapes that, at the end of a line it is a break.
    Row {
        sign: b'\\',
        is_unsafe: |sign, _, _| sign.next().is_none_or(|c| c.is_ascii_punctuation() || matches!(c, '\n' | '\u{a0}')),
    },
    // Any other tick, however far, makes code of what is between.
    Row { sign: b'`', is_unsafe: |_, _, _| true },
    // Emphasis; between spaces it can neither open nor close.
    Row { sign: b'*', is_unsafe: |sign, place, _| !place.inert.star && !between_spaces(sign) },
    // Emphasis; inside a word it can neither open nor close.
    Row { sign: b'_', is_unsafe: |sign, place, _| !place.inert.underscore && !between_spaces(sign) && !in_word(sign) },
    // Strikethrough, with one tilde or two.
    Row {
        sign: b'~',
        is_unsafe: |sign, place, setup| setup.strikethrough && !place.inert.tilde && !between_spaces(sign),
    },
    // The text of a link or image ends at a bracket; `[^` is a footnote.
    Row {
        sign: b'[',
        is_unsafe: |sign, place, setup| place.in_brackets || setup.footnotes && sign.next() == Some('^'),
    },
    // `](` makes a link, `]:` a definition of one.
    Row {
        sign: b']',
        is_unsafe: |sign, place, _| {
            place.in_brackets || sign.next() == Some('(') || place.after_bracket && sign.next() == Some(':')
        },
    },
    // A tag, a comment, an autolink.
    Row {
        sign: b'<',
        is_unsafe: |sign, _, setup| {
            // Goldmark makes one sign of two `<`, and no tag of what follows.
            let makes_one = |c| c == '<' && (setup.smart || sign.at + 1 == sign.text.len());
            sign.next().is_some_and(|c| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?') || makes_one(c))
        },
    },
    // What a reader that sets quotes, dashes and the like would set otherwise than meant.
    Row { sign: b'"', is_unsafe: |_, _, setup| setup.smart },
    Row { sign: b'\'', is_unsafe: |_, _, setup| setup.smart },
    Row { sign: b'-', is_unsafe: |sign, _, setup| setup.smart && sign.next() == Some('-') },
    Row { sign: b'.', is_unsafe: |sign, _, setup| setup.smart && sign.rest().starts_with("...") },
    Row { sign: b'>', is_unsafe: |sign, _, setup| setup.smart && sign.next() == Some('>') },
    // A character reference.
    Row { sign: b'&', is_unsafe: |sign, _, _| is_reference(sign.rest()) },
    // An image, if a link follows.
    Row { sign: b'!', is_unsafe: |sign, _, _| sign.at + 1 == sign.text.len() && sign.outside.1 == Some('[') },
    // A formula.
    Row { sign: b'$', is_unsafe: |_, _, setup| setup.math || setup.is_kramdown() },
    // The end of a cell; in kramdown any line with it is a row of a table.
    Row { sign: b'|', is_unsafe: |_, place, setup| place.in_cell || setup.is_kramdown() },
    // kramdown: attributes and extensions.
    Row { sign: b'{', is_unsafe: |sign, _, setup| setup.is_kramdown() && sign.next() == Some(':') },
];

/// The bytes that have a row, or are otherwise not written as they are: `\r`, and the first byte of a no-break space.
static MARKED: Set = Set::of(b"\\`*_~[]<&!$|{\r\xc2");

/// The same where the reader sets quotes, dashes and dots.
static MARKED_OR_SET: Set = Set::of(b"\\`*_~[]<&!$|{\r\xc2").and(b"\"'-.>");

const _: () = {
    let mut index = 0;
    while index < TABLE.len() {
        assert!(MARKED_OR_SET.has(TABLE[index].sign), "a row whose sign is not looked for");
        index += 1;
    }
};

/// Writes `text`, with what stands before and behind it in the same paragraph.
pub(super) fn text(text: &str, outside: (Option<char>, Option<char>), place: Place, setup: &Setup, out: &mut String) {
    let bytes = text.as_bytes();
    let marked = if setup.smart { &MARKED_OR_SET } else { &MARKED };
    let mut done = 0;
    let mut next = 0;
    while next < bytes.len() {
        let at = next + if setup.is_careful { 0 } else { marked.find(&bytes[next..]) };
        let Some(byte) = bytes.get(at) else { break };
        next = at + 1;
        let is_punctuation = setup.is_careful && byte.is_ascii_punctuation() && !matches!(byte, b'"' | b'\'' | b',');
        if !marked.has(*byte) && !is_punctuation {
            continue;
        }
        let escaped = match byte {
            0xc2 if bytes.get(at + 1) == Some(&0xa0) => "&nbsp;",
            0xc2 => continue,
            b'\r' => "&#13;",
            b'&' if is_reference(&text[at..]) => "&amp;",
            _ if is_punctuation => "\\",
            _ => {
                let sign = Sign { text, at, outside };
                let is_unsafe = TABLE.iter().any(|row| row.sign == *byte && (row.is_unsafe)(&sign, place, setup));
                if !is_unsafe {
                    continue;
                }
                // A backslash before it would take the one that escapes a pipe in a cell.
                if *byte == b'|' && at > 0 && bytes[at - 1] == b'\\' { "&#124;" } else { "\\" }
            }
        };
        out.push_str(&text[done..at]);
        out.push_str(escaped);
        done = match escaped {
            "\\" => at,
            "&nbsp;" => at + 2,
            _ => at + 1,
        };
    }
    out.push_str(&text[done..]);
}

fn between_spaces(sign: &Sign<'_>) -> bool {
    let (before, after) = sign.around_run();
    // A no-break space is written as `&nbsp;`.
    let is_space = |c: char| c.is_whitespace() && c != '\u{a0}';
    before.is_none_or(is_space) && after.is_none_or(is_space)
}

fn in_word(sign: &Sign<'_>) -> bool {
    let (before, after) = sign.around_run();
    before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
}

/// Whether a character reference begins here. Names are not looked up: one that no parser knows today may be known to
/// another.
pub(super) fn is_reference(text: &str) -> bool {
    let Some(body) = text.strip_prefix('&') else { return false };
    let is_body = |body: &str, is_part: fn(char) -> bool| {
        let rest = body.trim_start_matches(is_part);
        rest.len() < body.len() && rest.starts_with(';')
    };
    match body.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(digits) => is_body(digits, |c| c.is_ascii_hexdigit()),
            None => is_body(number, |c| c.is_ascii_digit()),
        },
        None => body.starts_with(|c: char| c.is_ascii_alphabetic()) && is_body(body, |c| c.is_ascii_alphanumeric()),
    }
}

/// Whether the delimiters in the texts of a paragraph can pair, if no mark uses them.
pub(super) fn inert<'t>(texts: impl Iterator<Item = &'t str> + Clone, strikethrough: bool) -> Inert {
    if texts.clone().all(|text| memchr::memchr3(b'*', b'_', b'~', text.as_bytes()).is_none()) {
        return Inert { star: true, underscore: true, tilde: true };
    }
    let single = |sign: u8| {
        let mut runs =
            texts.clone().flat_map(|text| memchr::memchr_iter(sign, text.as_bytes()).map(move |at| (text, at)));
        // Any two could; so little is looked at that a second run settles it.
        let Some((text, first)) = runs.next() else { return true };
        let mut last = first;
        runs.all(|(other, at)| {
            let follows = std::ptr::eq(text, other) && at == last + 1;
            last = at;
            follows
        })
    };
    Inert { star: single(b'*'), underscore: single(b'_'), tilde: !strikethrough || single(b'~') }
}

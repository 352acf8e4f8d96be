//! Quotes, dashes, entities, abbreviations.

use super::Spans;
use super::level::Level;
use crate::ast::{Inline, InlineElement, InlineKind};
use crate::markup::kramdown::attrs;
use crate::markup::kramdown::block::Parser;
use crate::markup::kramdown::scan::{byte, char_at, is_space, is_word, is_word_char};
use crate::markup::kramdown::tables;
use crate::markup::kramdown::text::Buffer;

/// Which quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Quote {
    LeftSingle,
    RightSingle,
    LeftDouble,
    RightDouble,
}

impl Quote {
    const fn left(mark: u8) -> Self {
        if mark == b'"' { Quote::LeftDouble } else { Quote::LeftSingle }
    }

    const fn right(mark: u8) -> Self {
        if mark == b'"' { Quote::RightDouble } else { Quote::RightSingle }
    }
}

/// Characters after which a quote opens.
const OPENERS: &[char] = &[' ', '\\', '\t', '\r', '\n', '[', '{', '(', '-'];

impl Spans<'_, '_, '_> {
    /// A quote here, or behind one character; kramdown's rules (SmartyPants's) in their order.
    pub(super) fn quote(&mut self, level: &mut Level) -> bool {
        let text = self.text;
        let at = self.at;
        let Some(first) = char_at(text, at) else { return false };
        let behind = at + first.len_utf8();
        let here = matches!(first, '"' | '\'');
        let follows = first != '\\' && matches!(byte(text, behind), b'"' | b'\'');
        if !here && !follows {
            return false;
        }
        if here {
            let mark = byte(text, at);
            if let Some(quote) = quote_at(text, at, mark) {
                self.add_quotes(level, at, &[quote]);
                return true;
            }
        }
        // White space may stand before these.
        let from = if !here && first.is_ascii() && is_space(first as u8) { behind } else { at };
        if let Some(quotes) = nested(text, from) {
            self.add_text(level, at, from);
            self.add_quotes(level, from, &quotes);
            return true;
        }
        if byte(text, from) == b'\'' && is_decade(text, from + 1) {
            self.add_text(level, at, from);
            self.add_quotes(level, from, &[Quote::RightSingle]);
            return true;
        }
        let mark = byte(text, behind);
        if follows {
            let space = first.is_ascii() && is_space(first as u8);
            if space && is_word(byte(text, behind + 1)) {
                self.add_text(level, at, behind);
                self.add_quotes(level, behind, &[Quote::left(mark)]);
                return true;
            }
            if !OPENERS.contains(&first) {
                self.add_text(level, at, behind);
                self.add_quotes(level, behind, &[Quote::right(mark)]);
                return true;
            }
        }
        if here && ends_word(text, at + 1) {
            self.add_quotes(level, at, &[Quote::right(byte(text, at))]);
            return true;
        }
        let place = if follows { behind } else { at };
        self.add_text(level, at, place);
        self.add_quotes(level, place, &[Quote::left(byte(text, place))]);
        true
    }

    fn add_quotes(&mut self, level: &mut Level, at: usize, quotes: &[Quote]) {
        for (index, quote) in quotes.iter().enumerate() {
            let text = &self.parser.settings.typography.quotes[*quote as usize];
            level.push_symbol(text, self.buffer.span(at + index, at + index + 1));
        }
        self.at = at + quotes.len();
    }

    /// `---`, `--`, `...`, `<<`, `>>`.
    pub(super) fn symbol(&mut self, level: &mut Level) -> bool {
        let Some(symbols) = &self.parser.settings.typography.symbols else { return false };
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        let known = [
            ("---", symbols.mdash.as_str()),
            ("--", &symbols.ndash),
            ("...", &symbols.hellip),
            ("\\<<", "<<"),
            ("\\>>", ">>"),
            ("<< ", &symbols.laquo_space),
            (" >>", &symbols.raquo_space),
            ("<<", &symbols.laquo),
            (">>", &symbols.raquo),
        ];
        let Some((mark, text)) = known.iter().find(|(mark, _)| rest.starts_with(mark.as_bytes())) else { return false };
        level.push_symbol(text, self.buffer.span(self.at, self.at + mark.len()));
        self.at += mark.len();
        true
    }

    /// `&amp;`.
    pub(super) fn entity(&mut self, level: &mut Level) -> bool {
        let start = self.at;
        let text = self.text;
        let hash = byte(text, start + 1) == b'#';
        let hex = hash && byte(text, start + 2) == b'x';
        let from = start + 1 + usize::from(hash) + usize::from(hex);
        let mut end = from;
        loop {
            let b = byte(text, end);
            let fits = match (hash, hex) {
                (true, true) => b.is_ascii_hexdigit(),
                (true, false) => b.is_ascii_digit(),
                _ => is_word(b) || b == b':' || (end > from && matches!(b, b'-' | b'.')),
            };
            if !fits {
                break;
            }
            end += 1;
        }
        if end == from || byte(text, end) != b';' {
            return false;
        }
        let name = text.get(from..end).unwrap_or_default();
        let found = if hash {
            let number = u32::from_str_radix(name, if hex { 16 } else { 10 }).unwrap_or(u32::MAX);
            Some(attrs::code_point(number))
        } else {
            tables::named(name)
        };
        self.at = end + 1;
        match found {
            Some(c) => {
                let mut buffer = [0; 4];
                level.push_symbol(c.encode_utf8(&mut buffer), self.buffer.span(start, self.at));
            }
            None => {
                level.push_symbol("&", self.buffer.span(start, start + 1));
                self.add_text(level, start + 1, self.at);
            }
        }
        true
    }
}

/// The quote at `at` as what follows decides it.
fn quote_at(text: &str, at: usize, mark: u8) -> Option<Quote> {
    let next = byte(text, at + 1);
    let after = char_at(text, at + 2);
    if matches!(next, b'_' | b'*') && after.is_some_and(|c| !(c.is_ascii() && is_space(c as u8))) {
        return Some(Quote::left(mark));
    }
    let is_mark = next.is_ascii_punctuation() && next != b'&';
    let ellipsis = byte(text, at + 2) == b'.' && byte(text, at + 3) == b'.';
    let no_boundary = (next == b'_') == after.is_some_and(is_word_char);
    (is_mark && !ellipsis && no_boundary).then(|| Quote::right(mark))
}

/// Two quotes in one, before a word.
fn nested(text: &str, at: usize) -> Option<[Quote; 2]> {
    if !is_word(byte(text, at + 2)) {
        return None;
    }
    match (byte(text, at), byte(text, at + 1)) {
        (b'"', b'\'') => Some([Quote::LeftDouble, Quote::LeftSingle]),
        (b'\'', b'"') => Some([Quote::LeftSingle, Quote::LeftDouble]),
        _ => None,
    }
}

/// `80s`.
fn is_decade(text: &str, at: usize) -> bool {
    byte(text, at).is_ascii_digit() && byte(text, at + 1).is_ascii_digit() && byte(text, at + 2) == b's'
}

/// Whether a word ends at `at`, up to an `s`.
fn ends_word(text: &str, at: usize) -> bool {
    at >= text.len()
        || is_space(byte(text, at))
        || (byte(text, at) == b's' && !char_at(text, at + 1).is_some_and(is_word_char))
}

/// Marks abbreviations in texts.
pub(super) fn abbreviate(parser: &Parser<'_>, buffer: &Buffer<'_>, inlines: &mut Vec<Inline>) {
    let mut known: Vec<usize> = (0..parser.abbreviations.len()).collect();
    known
        .sort_by_key(|index| std::cmp::Reverse(parser.abbreviations.get(*index).map_or(0, |a| a.name.chars().count())));
    let mut out = Vec::with_capacity(inlines.len());
    for mut inline in std::mem::take(inlines) {
        match &mut inline.kind {
            InlineKind::Emphasis(kids) | InlineKind::Strong(kids) | InlineKind::Strikethrough(kids) => {
                abbreviate(parser, buffer, kids);
            }
            InlineKind::Link(link) => abbreviate(parser, buffer, &mut link.content),
            InlineKind::Text(text) => {
                let text = std::mem::take(text);
                split(parser, &known, buffer, &text, inline.span, &mut out);
                continue;
            }
            _ => {}
        }
        out.push(inline);
    }
    *inlines = out;
}

fn split(
    parser: &Parser<'_>,
    known: &[usize],
    buffer: &Buffer<'_>,
    text: &str,
    span: crate::diag::Span,
    out: &mut Vec<Inline>,
) {
    let mut from = 0;
    let mut at = 0;
    // Text and source run alike unless something was decoded or escaped.
    let alike = span.len() == text.len();
    let place = |start: usize, end: usize| {
        if alike { crate::diag::Span::new(span.start + start, span.start + end) } else { span }
    };
    let mut add = |start: usize, end: usize, abbreviation: Option<&super::super::block::Abbreviation>| {
        let Some(part) = text.get(start..end).filter(|part| !part.is_empty()) else { return };
        let node = Inline::new(InlineKind::Text(part.to_owned())).at(place(start, end));
        out.push(match abbreviation {
            None => node,
            Some(abbreviation) => {
                let mut pairs = Vec::new();
                if let Some(ial) = &abbreviation.ial {
                    attrs::apply_pairs(&mut pairs, &parser.resolved(ial));
                }
                if !abbreviation.title.is_empty() {
                    attrs::set(&mut pairs, "title", &abbreviation.title);
                }
                let mut node =
                    Inline::new(InlineKind::Element(InlineElement::new("abbr", vec![node]))).at(place(start, end));
                node.attrs = attrs::finish(pairs);
                node
            }
        });
    };
    while at < text.len() {
        let is_start = at == from
            || !text.get(..at).and_then(|t| t.chars().next_back()).is_some_and(|c| c.is_ascii() && is_word(c as u8));
        let rest = text.get(at..).unwrap_or_default();
        let matches =
            |index: &&usize| parser.abbreviations.get(**index).is_some_and(|a| rest.starts_with(a.name.as_str()));
        let whole = |index: &&usize| {
            matches(index) && parser.abbreviations.get(**index).is_some_and(|a| !is_word(byte(rest, a.name.len())))
        };
        if is_start && buffer.spend(known.len() / 4) && known.iter().any(|index| whole(&index)) {
            let longest = known.iter().find(matches).and_then(|index| parser.abbreviations.get(*index));
            if let Some(abbreviation) = longest {
                add(from, at, None);
                add(at, at + abbreviation.name.len(), Some(abbreviation));
                at += abbreviation.name.len();
                from = at;
                continue;
            }
        }
        at += char_at(text, at).map_or(1, char::len_utf8);
    }
    add(from, text.len(), None);
}

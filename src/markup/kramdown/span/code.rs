//! Code, formulas, footnote marks, addresses in angle brackets.

use super::Spans;
use super::level::{Level, Tail};
use crate::ast::{Inline, InlineKind, Link, LinkStyle, Math};
use crate::markup::kramdown::attrs::decoded;
use crate::markup::kramdown::block::Parser;
use crate::markup::kramdown::scan::{byte, char_at, id_name, is_alnum, is_space, is_strippable};
use crate::markup::kramdown::text::{Needle, Piece};

impl Spans<'_, '_, '_> {
    /// `` `a` ``.
    pub(super) fn code(&mut self, level: &mut Level) {
        let start = self.at;
        match self.code_span() {
            Some((from, to)) => {
                let code = self.text.get(from..to).unwrap_or_default().replace('\n', " ");
                level.push(Inline::new(InlineKind::Code(code)).at(self.buffer.span(start, self.at)));
            }
            None => self.add_text(level, start, self.at),
        }
    }

    /// Reads the code here and gives where it stands; without an end, only its mark is read.
    fn code_span(&mut self) -> Option<(usize, usize)> {
        let start = self.at;
        let bytes = self.text.as_bytes();
        let length = bytes.get(start..)?.iter().take_while(|b| **b == b'`').count();
        let from = start + length;
        self.at = from;
        let is_simple = length == 1;
        let apart = start == self.start || self.is_space_before(start);
        if is_simple && apart && is_space(byte(self.text, from)) {
            return None;
        }
        let rest = bytes.get(from..)?;
        let to = from + memchr::memmem::find(rest, bytes.get(start..from)?)?;
        self.at = to + length;
        let (mut open, mut close) = (from, to);
        if !is_simple {
            open += usize::from(open < close && byte(self.text, open) == b' ');
            close -= usize::from(close > open && byte(self.text, close - 1) == b' ');
        }
        Some((open, close))
    }

    /// `$$a$$`.
    pub(super) fn math(&mut self, level: &mut Level) -> bool {
        let start = self.at;
        if byte(self.text, start + 1) != b'$' {
            return false;
        }
        let Some(close) = self.buffer.find(Needle::Dollars, start + 2) else { return false };
        let Some(formula) = self.text.get(start + 2..close).filter(|_| close + 2 <= self.text.len()) else {
            return false;
        };
        self.at = close + 2;
        let math = Math::new(false, formula.trim_matches(is_strippable));
        level.push(Inline::new(InlineKind::Math(math)).at(self.buffer.span(start, self.at)));
        true
    }

    /// `[^name]`.
    pub(super) fn footnote(&mut self, level: &mut Level) -> bool {
        let start = self.at;
        if byte(self.text, start + 1) != b'^' {
            return false;
        }
        let Some(end) = id_name(self.text, start + 2).filter(|&end| byte(self.text, end) == b']') else { return false };
        self.at = end + 1;
        let name = self.text.get(start + 2..end).unwrap_or_default();
        if self.parser.footnote_names.contains_key(name) {
            let kind = InlineKind::FootnoteReference(name.to_owned());
            level.push(Inline::new(kind).at(self.buffer.span(start, self.at)));
        } else {
            self.add_text(level, start, self.at);
        }
        true
    }

    /// `<http://a>` or `<a@b>`.
    pub(super) fn autolink(&mut self, level: &mut Level) -> bool {
        let start = self.at;
        let Some(end) = self.address_end(start + 1) else { return false };
        let address = self.text.get(start + 1..end).unwrap_or_default();
        let has_scheme = scheme(address).is_some();
        self.at = end + 1;
        let shown = address.strip_prefix("mailto:").unwrap_or(address);
        let inside = self.buffer.span(end - shown.len(), end);
        let text = Inline::new(InlineKind::Text(decoded(shown.to_owned()))).at(inside);
        let url = if has_scheme { address.to_owned() } else { format!("mailto:{address}") };
        let link = Link::new(decoded(url), vec![text]).style(LinkStyle::Autolink);
        level.push(Inline::new(InlineKind::Link(link)).at(self.buffer.span(start, self.at)));
        true
    }

    /// Where the address that starts at `from` ends.
    fn address_end(&self, from: usize) -> Option<usize> {
        let rest = self.text.get(from..)?;
        if let Some(length) = scheme(rest) {
            // At least one character behind the scheme.
            let first = rest.get(length..)?.chars().next().filter(|c| *c != '\n')?.len_utf8();
            if let Some(end) = self.angle(from + length + first) {
                return Some(end);
            }
        }
        let is_part = |c: char| is_alnum(c) || matches!(c, '-' | '_' | '.');
        let local = self.while_chars(from, is_part);
        if local == from || byte(self.text, local) != b'@' {
            return None;
        }
        let end = self.while_chars(local + 1, is_part);
        (end > local + 1 && byte(self.text, end) == b'>').then_some(end)
    }

    fn while_chars(&self, from: usize, is_part: impl Fn(char) -> bool) -> usize {
        let mut end = from;
        while let Some(c) = char_at(self.text, end).filter(|c| is_part(*c)) {
            end += c.len_utf8();
        }
        end
    }
}

/// The length of the scheme that an address starts with, its colon included.
fn scheme(address: &str) -> Option<usize> {
    let known = ["mailto:", "https:", "http:", "ftps:", "ftp:"];
    known.iter().find(|scheme| address.starts_with(**scheme)).map(|scheme| scheme.len())
}

/// A part of a text in which only code, and maybe tags, were looked for.
#[derive(Debug)]
pub(in super::super) enum Part {
    /// Text, where it stands.
    Text(usize, usize),
    /// Code: where it stands and what it says.
    Code(usize, usize, String),
    /// A tag, by its name, or a comment.
    Other(String),
}

/// Reads a text only for its code, and for its tags if `with_tags`.
pub(in super::super) fn parts<'a>(parser: &mut Parser<'a>, piece: &Piece<'a>, with_tags: bool) -> Vec<Part> {
    let Some(text) = piece.buffer.text.get(..piece.end) else { return Vec::new() };
    let mut spans = Spans {
        parser,
        buffer: &piece.buffer,
        text,
        start: piece.start,
        at: piece.start,
        in_footnote: false,
        standalone: false,
        levels: 0,
        hopeless: super::HOPE,
    };
    let mut found: Vec<Part> = Vec::new();
    let mut from = piece.start;
    while from < text.len() {
        let rest = text.as_bytes().get(from..).unwrap_or_default();
        let next = if with_tags { memchr::memchr2(b'`', b'<', rest) } else { memchr::memchr(b'`', rest) };
        let at = next.map_or(text.len(), |n| from + n);
        add_part(&mut found, from, at);
        spans.at = at;
        if at == text.len() {
            break;
        }
        if byte(text, at) == b'`' {
            match spans.code_span() {
                Some((open, close)) => {
                    found.push(Part::Code(at, spans.at, text.get(open..close).unwrap_or_default().to_owned()));
                }
                None => add_part(&mut found, at, spans.at),
            }
        } else {
            let mut level = Level::root();
            if !spans.html(&mut level) {
                spans.at = at + 1;
                add_part(&mut found, at, at + 1);
            } else if level.tail == Tail::Text {
                add_part(&mut found, at, spans.at);
            } else if text.get(at..).is_some_and(|rest| rest.starts_with("<!--")) {
                found.push(Part::Other(text.get(at..spans.at).unwrap_or_default().to_owned()));
            } else {
                let name = crate::markup::kramdown::scan::tag_name(text, at + 1).unwrap_or(at + 1);
                found.push(Part::Other(text.get(at + 1..name).unwrap_or_default().to_owned()));
            }
        }
        from = spans.at;
    }
    found
}

fn add_part(found: &mut Vec<Part>, start: usize, end: usize) {
    if start == end {
        return;
    }
    match found.last_mut() {
        Some(Part::Text(_, last)) if *last == start => *last = end,
        _ => found.push(Part::Text(start, end)),
    }
}

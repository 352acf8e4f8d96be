//! What is defined for the whole body: addresses, footnotes, abbreviations. And formulas.

use super::{Abbreviation, El, End, Footnote, Kind, Level, LinkDefinition, Parser, Source};
use crate::diag::Span;
use crate::markup::kramdown::scan::{
    blanks, byte, id_name, is_space, is_strippable, line_end, rest_blank, spaces, trailing,
};
use crate::markup::kramdown::span::link_id;
use crate::markup::kramdown::text::{Builder, Needle};

impl<'a> Parser<'a> {
    /// `$$` … `$$`.
    pub(super) fn math(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let (text, start) = (src.text, src.at);
        let mark = spaces(text, start, 3);
        let is_escaped = byte(text, mark) == b'\\';
        let open = mark + usize::from(is_escaped);
        if byte(text, open) != b'$' || byte(text, open + 1) != b'$' {
            return false;
        }
        if !level.is_after_boundary() {
            return false;
        }
        let Some(close) = src.buffer.find(Needle::Dollars, open + 2) else { return false };
        let ends_line = rest_blank(text, close + 2);
        if is_escaped {
            // The backslash goes if the formula stood on its own; what follows is a paragraph.
            if ends_line.is_some() {
                src.at = mark + 1;
            }
            return false;
        }
        src.at = ends_line.unwrap_or(close + 2);
        if !super::paragraph::is_before_boundary(src) {
            src.at = start;
            return false;
        }
        let formula = text.get(open + 2..close).unwrap_or_default().trim_matches(is_strippable).to_owned();
        level.push(El::new(Kind::Math(formula), src.span_from(start)));
        true
    }

    /// `[^name]: text`.
    pub(super) fn footnote(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let (text, start) = (src.text, src.at);
        let open = spaces(text, start, 3);
        if byte(text, open + 1) != b'^' {
            return false;
        }
        let Some(name_end) = id_name(text, open + 2) else { return false };
        if byte(text, name_end) != b']' || byte(text, name_end + 1) != b':' {
            return false;
        }
        let line = line_end(text, start);
        let end = self.indented_end(&Source { buffer: src.buffer, text, at: line });
        let mut builder = Builder::default();
        builder.push(src.buffer, super::code::indent(text, name_end + 2), line);
        let mut at = line;
        while at < end {
            let next = line_end(text, at);
            builder.push(src.buffer, super::code::indent(text, at), next);
            at = next;
        }
        src.at = end;
        let span = src.span_from(start);
        let mut holder = El::new(Kind::Group, span);
        self.parse_derived(builder.finish(), &mut holder, 1);
        let label = text.get(open + 2..name_end).unwrap_or_default().to_owned();
        let index = self.footnotes.len();
        self.footnote_names.insert(label.clone(), index);
        self.footnotes.push(Footnote { label, kids: holder.kids });
        level.push(El::new(Kind::End(End::Footnote(index)), span));
        true
    }

    /// `[name]: address "title"`.
    pub(super) fn link_definition(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let Some(found) = definition(src.text, src.at) else { return false };
        let text = src.text;
        let name = link_id(text.get(found.name.0..found.name.1).unwrap_or_default());
        let url = text.get(found.url.0..found.url.1).unwrap_or_default().to_owned();
        let title = found.title.and_then(|(from, to)| text.get(from..to)).map(str::to_owned);
        src.at = found.end;
        let index = self.links.len();
        self.links.push(LinkDefinition { url, title, ial: level.ial.take() });
        self.link_names.insert(name, index);
        level.push(El::new(Kind::End(End::Link(index)), Span::default()));
        true
    }

    /// `*[name]: title`.
    pub(super) fn abbreviation(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let text = src.text;
        let open = spaces(text, src.at, 3);
        if byte(text, open + 1) != b'[' {
            return false;
        }
        let line = line_end(text, open);
        let rest = text.get(open + 2..line).unwrap_or_default();
        let first = rest.chars().next().map_or(0, char::len_utf8);
        let Some(close) = rest.get(first..).and_then(|rest| rest.find("]:")).map(|at| first + at) else { return false };
        let name = rest.get(..close).unwrap_or_default().to_owned();
        let title = rest.get(close + 2..).unwrap_or_default().trim_matches(is_strippable).to_owned();
        src.at = line;
        let found = self.abbreviations.iter().position(|known| known.name == name);
        let index = found.unwrap_or(self.abbreviations.len());
        let abbreviation = Abbreviation { name, title, ial: level.ial.take() };
        match self.abbreviations.get_mut(index) {
            Some(known) => *known = abbreviation,
            None => self.abbreviations.push(abbreviation),
        }
        level.push(El::new(Kind::End(End::Abbreviation(index)), Span::default()));
        true
    }
}

/// The parts of a link's definition.
struct Definition {
    name: (usize, usize),
    url: (usize, usize),
    title: Option<(usize, usize)>,
    end: usize,
}

fn definition(text: &str, at: usize) -> Option<Definition> {
    let open = spaces(text, at, 3);
    let line = line_end(text, open);
    let name_end = open + 1 + memchr::memchr(b']', text.as_bytes().get(open + 1..line)?)?;
    if name_end == open + 1 || byte(text, name_end + 1) != b':' {
        return None;
    }
    let name = (open + 1, name_end);
    let from = blanks(text, name_end + 2);
    if byte(text, from) == b'<' {
        let closes = memchr::memchr_iter(b'>', text.as_bytes().get(from..line)?);
        for close in closes.map(|n| from + n).take(64) {
            if let Some((title, end)) = title_behind(text, close + 1) {
                return Some(Definition { name, url: (from + 1, close), title, end });
            }
        }
    }
    // The address lasts up to the first place from which a title or nothing stands on the line.
    let rest = text.get(from..line)?;
    let content = rest.trim_end_matches([' ', '\t', '\n']);
    if content.is_empty() || content.bytes().all(is_space) {
        return None;
    }
    let last = from + content.len();
    let url = match same_line_title(text, from, last) {
        Some((url_end, title)) => (url_end, Some(title), trailing(text, last)?),
        None => {
            let (title, end) = title_behind(text, last)?;
            (last, title, end)
        }
    };
    let (url_end, title, end) = url;
    let address = text.get(from..url_end)?;
    let has_quote = |(i, b): (usize, u8)| matches!(b, b' ' | b'\t') && matches!(byte(address, i + 1), b'"' | b'\'');
    if address.bytes().enumerate().any(has_quote) {
        return None;
    }
    Some(Definition { name, url: (from, url_end), title, end })
}

/// A title at the end of a line that ends at `last`: where the address before it ends, and the title.
fn same_line_title(text: &str, from: usize, last: usize) -> Option<(usize, (usize, usize))> {
    let quote = byte(text, last - 1);
    if !matches!(quote, b'"' | b'\'') {
        return None;
    }
    let mut at = from;
    while at + 2 < last {
        if !is_space(byte(text, at)) && matches!(byte(text, at + 1), b' ' | b'\t') {
            let open = blanks(text, at + 1);
            if byte(text, open) == quote && open + 2 < last {
                return Some((at + 1, (open + 1, last - 1)));
            }
        }
        at += 1;
    }
    None
}

/// What may stand behind an address: nothing, or a title on the same line or the next. Gives where the definition ends.
fn title_behind(text: &str, at: usize) -> Option<(Option<(usize, usize)>, usize)> {
    let from = blanks(text, at);
    let is_next_line = byte(text, from) == b'\n';
    let open = blanks(text, from + usize::from(is_next_line));
    let quote = byte(text, open);
    if (is_next_line || from > at) && matches!(quote, b'"' | b'\'') {
        let line = line_end(text, open);
        let content = text.get(open..line)?.trim_end_matches([' ', '\t', '\n']);
        let close = open + content.len() - 1;
        if close > open + 1 && byte(text, close) == quote && text.get(..line)?.ends_with('\n') {
            return Some((Some((open + 1, close)), line));
        }
    }
    is_next_line.then_some((None, from + 1))
}

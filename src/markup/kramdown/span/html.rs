//! Tags in running text.

use super::level::{Level, Tail, Tree};
use super::{Spans, Stop};
use crate::ast::{Inline, InlineKind, Raw};
use crate::diag::Span;
use crate::markup::kramdown::attrs;
use crate::markup::kramdown::scan::{OpenTag, byte, close_tag, is_word, open_tag};
use crate::markup::kramdown::tables::{self, Model};
use crate::markup::kramdown::text::Needle;

impl Spans<'_, '_, '_> {
    /// A comment, an element, or a tag that is text. `false` if none starts here.
    pub(super) fn html(&mut self, level: &mut Level) -> bool {
        let (text, start) = (self.text, self.at);
        if byte(text, start) != b'<' {
            return false;
        }
        if text.get(start..).is_some_and(|rest| rest.starts_with("<!--")) {
            let end = self.buffer.find(Needle::CommentEnd, start + 4).map(|end| end + 3);
            let Some(end) = end.filter(|end| *end <= text.len()) else { return false };
            self.at = end;
            level.push_raw(text.get(start..end).unwrap_or_default(), self.buffer.span(start, end));
            level.tail = Tail::Node;
            return true;
        }
        if let Some((_, end)) = close_tag(text, start) {
            self.at = end;
            self.add_tag_text(level, start, end);
            return true;
        }
        let Some(tag) = open_tag(text, start) else { return false };
        self.at = tag.end;
        let written = text.get(start + 1..tag.name_end).unwrap_or_default();
        let lower = written.to_lowercase();
        let is_html = tables::is_html(&lower);
        let name = if is_html { lower } else { written.to_owned() };
        if tables::is_block(&name) {
            self.add_tag_text(level, start, tag.end);
            return true;
        }
        self.element(level, start, tag, &name);
        true
    }

    /// The element whose opening tag was read, up to its end.
    fn element(&mut self, level: &mut Level, start: usize, tag: OpenTag, name: &str) {
        let is_html = tables::is_html(name);
        let source = self.text.get(start..tag.end).unwrap_or_default();
        let mut pairs = attrs::of_tag(self.text.get(tag.name_end..tag.attrs_end).unwrap_or_default(), is_html);
        let mut is_mended = source.contains('\n');
        for (_, value) in &mut pairs {
            join_lines(value);
        }
        let model = tables::model(name);
        let mut is_parsed = model != Model::Raw && !level.is_raw && self.parser.settings.parse_span_html;
        if let Some(index) = pairs.iter().position(|(name, _)| name == "markdown") {
            match pairs.remove(index).1.as_str() {
                "0" => is_parsed = false,
                "1" => is_parsed = model != Model::Raw,
                "span" => is_parsed = true,
                _ => {}
            }
            is_mended = true;
        }
        let count = source.split_ascii_whitespace().filter(|word| word.contains('=')).count();
        is_mended |= pairs.len() < count;
        let is_void = tables::is_void(name);
        is_mended |= tag.is_closed && !is_void;
        let open = if is_mended || (level.is_verbatim && is_void) {
            open_text(name, &pairs, is_void)
        } else {
            source.to_owned()
        };
        let mut parts = vec![Inline::new(InlineKind::Raw(Raw::html(open))).at(self.buffer.span(start, tag.end))];
        if !is_void {
            self.content(level, &mut parts, name, (tag, is_parsed));
        }
        let index = level.kids.len();
        if !is_parsed && parts.iter().all(|part| matches!(part.kind, InlineKind::Raw(_))) {
            let whole: String = parts.iter().map(raw_text).collect();
            level.push_raw(&whole, self.buffer.span(start, self.at));
        } else {
            level.kids.append(&mut parts);
        }
        level.tail = Tail::Tag(index);
    }

    /// What stands between the tags, and the closing tag.
    fn content(&mut self, level: &Level, parts: &mut Vec<Inline>, name: &str, (tag, is_parsed): (OpenTag, bool)) {
        let mut end = self.at;
        if !tag.is_closed {
            let fold = tables::is_html(name);
            let mut inner = level.child(Tree::Other);
            inner.in_html = true;
            inner.is_raw = !is_parsed;
            let holds_text = !matches!(name, "script" | "style" | "textarea" | "option" | "math");
            inner.is_verbatim = !is_parsed && (level.is_verbatim || !holds_text);
            if self.run(&mut inner, &mut Stop::Tag { name, fold }) {
                end = self.at;
                self.at = self.close_tag_of(name, fold).unwrap_or(self.at);
            } else {
                let rest = self.at;
                self.add_text(&mut inner, rest, self.text.len());
                self.at = self.text.len();
                end = self.at;
            }
            parts.append(&mut inner.kids);
        }
        let close = self.text.get(end..self.at).filter(|close| close.starts_with("</")).map(str::to_owned);
        let close = close.unwrap_or_else(|| format!("</{name}>"));
        let mut place = self.buffer.span(end, self.at);
        if end == self.at {
            // A tag that was not written stands where what it closes ends.
            let before = self.buffer.span(tag.end - 1, end).end;
            place = Span::new(before, before);
        }
        parts.push(Inline::new(InlineKind::Raw(Raw::html(close))).at(place));
    }

    /// Behind the tag here, if it closes `name`.
    pub(super) fn close_tag_of(&self, name: &str, fold: bool) -> Option<usize> {
        let (name_end, end) = close_tag(self.text, self.at).or_else(|| self.odd_close_tag(name))?;
        let written = self.text.get(self.at + 2..name_end)?;
        let is_it = if fold { written.eq_ignore_ascii_case(name) } else { written == name };
        is_it.then_some(end)
    }

    /// A closing tag whose name the general rule reads further than the element's own.
    fn odd_close_tag(&self, name: &str) -> Option<(usize, usize)> {
        let rest = self.text.get(self.at..)?;
        if !rest.starts_with("</") || !rest.get(2..)?.starts_with(name) {
            return None;
        }
        let name_end = self.at + 2 + name.len();
        let end = crate::markup::kramdown::scan::white(self.text, name_end);
        (byte(self.text, end) == b'>').then_some((name_end, end + 1))
    }

    /// A tag that is shown as text: character references in it count.
    fn add_tag_text(&mut self, level: &mut Level, start: usize, end: usize) {
        let text = self.text.get(start..end).unwrap_or_default();
        if level.is_raw || memchr::memchr(b'&', text.as_bytes()).is_none() {
            self.add_text(level, start, end);
            return;
        }
        let text = attrs::decoded(text.replace('\n', " "));
        level.push_text(&text, self.buffer.span(start, end));
        level.tail = Tail::Text;
    }
}

fn raw_text(inline: &Inline) -> &str {
    match &inline.kind {
        InlineKind::Raw(raw) => &raw.text,
        _ => "",
    }
}

/// Runs of newlines are a space in an attribute.
fn join_lines(value: &mut String) {
    if value.contains('\n') {
        *value = value.split('\n').filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
    }
}

/// An opening tag as kramdown prints it.
pub(in super::super) fn open_text(name: &str, pairs: &[(String, String)], is_void: bool) -> String {
    let mut out = format!("<{name}");
    for (name, value) in pairs {
        out.push(' ');
        out.push_str(name);
        out.push_str("=\"");
        out.push_str(&escape_text(value).replace('"', "&quot;"));
        out.push('"');
    }
    out.push_str(if is_void { " />" } else { ">" });
    out
}

/// Text as kramdown prints it in an element that is passed through: character references stay.
pub(in super::super) fn escape_text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' if !is_reference(text, at) => out.push_str("&amp;"),
            c => out.push(c),
        }
    }
    out
}

/// Whether a character reference starts at `at`, known or not.
pub(in super::super) fn is_reference(text: &str, at: usize) -> bool {
    let first = byte(text, at + 1);
    let mut end = at + 1;
    if first == b'#' {
        let hex = byte(text, at + 2) == b'x';
        let from = at + 2 + usize::from(hex);
        end = from;
        while if hex { byte(text, end).is_ascii_hexdigit() } else { byte(text, end).is_ascii_digit() } {
            end += 1;
        }
        return end > from && byte(text, end) == b';';
    }
    if !(is_word(first) || first == b':') {
        return false;
    }
    while is_word(byte(text, end)) || matches!(byte(text, end), b'-' | b'.' | b':') {
        end += 1;
    }
    byte(text, end) == b';'
}

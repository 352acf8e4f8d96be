//! HTML among blocks.

use super::{El, Kind, Level, Outcome, Parser, Source};
use crate::ast::MAX_DEPTH;
use crate::markup::kramdown::attrs;
use crate::markup::kramdown::scan::{OpenTag, byte, close_tag, open_tag, spaces, tag_name, trailing};
use crate::markup::kramdown::tables::{self, Model};
use crate::markup::kramdown::text::{Needle, Piece};

/// An element that is passed through, with what is in it.
#[derive(Debug)]
pub(in super::super) struct RawHtml<'a> {
    pub(in super::super) piece: Piece<'a>,
    pub(in super::super) events: Vec<Event<'a>>,
    /// Whether kramdown would print something else than what was written.
    pub(in super::super) is_mended: bool,
}

/// A part of an element that is passed through; offsets count in its text.
#[derive(Debug)]
pub(in super::super) enum Event<'a> {
    Open(OpenTag, usize),
    /// The element that was opened last ends.
    Close,
    /// Text; kramdown escapes what is no tag in it.
    Text(usize, usize),
    /// A comment, an instruction, the inside of a script.
    Verbatim(usize, usize),
    /// An element whose content is Markdown.
    Markdown(El<'a>),
}

/// An opening tag that was read, as far as what follows depends on it.
struct Opened {
    tag: OpenTag,
    start: usize,
    name: String,
    attrs: Vec<(String, String)>,
    model: Model,
    is_closed: bool,
}

impl<'a> Parser<'a> {
    /// A comment, an element, or the tag that closes the element which is being read.
    pub(super) fn html(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> Outcome {
        let (text, start) = (src.text, src.at);
        if text.as_bytes().get(start..).is_some_and(|rest| rest.starts_with(b"<!--")) {
            let Some(end) = src.buffer.find(Needle::CommentEnd, start + 4) else { return Outcome::Other };
            let piece = src.piece(start, end + 3);
            let span = piece.span();
            src.at = trailing(text, end + 3).unwrap_or(end + 3);
            level.tree.kids.push(El::new(Kind::Comment(piece), span));
            return Outcome::Read;
        }
        let at = spaces(text, start, 3);
        if let Some(tag) = open_tag(text, at) {
            let name = text.get(at + 1..tag.name_end).unwrap_or_default();
            if tables::is_span(&name.to_lowercase()) {
                return Outcome::Other;
            }
            let ial = level.ial.take();
            let opened = self.opened(text, at, tag, false);
            let mut el = self.element(src, opened);
            el.ial = ial;
            src.at = trailing(text, src.at).unwrap_or(src.at);
            level.tree.kids.push(el);
            return Outcome::Read;
        }
        let Some((name_end, end)) = close_tag(text, at) else { return Outcome::Other };
        let name = text.get(at + 2..name_end).unwrap_or_default().to_lowercase();
        match &level.tree.kind {
            Kind::Html { name: open } if *open == name && !tables::is_span(&name) => {
                src.at = end;
                Outcome::Closed
            }
            _ => Outcome::Other,
        }
    }

    /// What an opening tag says. `is_raw` tells that what it stands in is passed through.
    fn opened(&self, text: &str, start: usize, tag: OpenTag, is_raw: bool) -> Opened {
        let mut name = text.get(start + 1..tag.name_end).unwrap_or_default().to_owned();
        let lower = name.to_lowercase();
        let is_html = tables::is_html(&lower);
        if is_html {
            name = lower;
        }
        let mut attrs = attrs::of_tag(text.get(tag.name_end..tag.attrs_end).unwrap_or_default(), is_html);
        let own = tables::model(&name);
        let mut model = if is_raw || !self.settings.parse_block_html { Model::Raw } else { own };
        if let Some(index) = attrs.iter().position(|(name, _)| name == "markdown") {
            model = match attrs.remove(index).1.as_str() {
                "0" => Model::Raw,
                "1" => own,
                "span" => Model::Spans,
                "block" => Model::Blocks,
                _ => model,
            };
        }
        let is_closed = tag.is_closed || tables::is_void(&name);
        Opened { tag, start, name, attrs, model, is_closed }
    }

    /// The element whose opening tag was read, up to its end.
    fn element(&mut self, src: &mut Source<'_, 'a>, opened: Opened) -> El<'a> {
        let start = opened.start;
        let is_script = matches!(opened.name.as_str(), "script" | "style");
        if opened.model == Model::Raw || is_script {
            return self.raw_element(src, opened);
        }
        src.at = opened.tag.end;
        let mut el = El::new(Kind::Html { name: opened.name.clone() }, src.span_from(start));
        el.attrs = opened.attrs;
        if opened.model == Model::Blocks {
            src.at = trailing(src.text, src.at).unwrap_or(src.at);
        }
        if !opened.is_closed {
            if opened.model == Model::Blocks {
                self.parse_blocks(src, &mut el, 1);
            } else {
                let from = src.at;
                let (end, behind) = closing(src, from, &opened.name).unwrap_or((src.text.len(), src.text.len()));
                let piece = src.piece(from, end);
                let span = piece.span();
                if end > from {
                    el.kids.push(El::new(Kind::Spans(piece), span));
                }
                src.at = behind;
            }
        }
        el.span = src.span_from(start);
        el
    }

    /// An element that is passed through: tags are only matched with each other.
    fn raw_element(&mut self, src: &mut Source<'_, 'a>, opened: Opened) -> El<'a> {
        let start = opened.start;
        let mut raw = Raw { events: Vec::new(), open: Vec::new(), is_mended: false, depth: 0 };
        raw.enter(src, opened);
        while !src.is_done() && !raw.open.is_empty() {
            let from = src.at;
            let Some(at) = next_tag(src.text, from) else {
                raw.text(src, from, src.text.len());
                src.at = src.text.len();
                break;
            };
            raw.text(src, from, at);
            src.at = at;
            if let Some(end) = verbatim(src, at) {
                raw.events.push(Event::Verbatim(at, end));
                src.at = end;
            } else if let Some(tag) = open_tag(src.text, at) {
                let opened = self.opened(src.text, at, tag, true);
                let is_script = matches!(opened.name.as_str(), "script" | "style");
                if opened.model == Model::Raw || is_script {
                    raw.enter(src, opened);
                } else if self.depth + raw.depth + 1 < MAX_DEPTH {
                    raw.is_mended = true;
                    let el = self.element(src, opened);
                    raw.events.push(Event::Markdown(el));
                } else {
                    raw.text(src, at, at + 1);
                    src.at = at + 1;
                }
            } else if let Some((name_end, end)) = close_tag(src.text, at) {
                src.at = end;
                raw.close(src, at, name_end);
            } else {
                raw.is_mended = true;
                raw.text(src, at, at + 1);
                src.at = at + 1;
            }
        }
        if !raw.open.is_empty() {
            raw.is_mended = true;
            raw.events.extend(raw.open.iter().map(|_| Event::Close));
        }
        let piece = src.piece(start, src.at);
        let span = src.span_from(start);
        let raw = RawHtml { piece, events: raw.events, is_mended: raw.is_mended };
        El::new(Kind::RawHtml(Box::new(raw)), span)
    }
}

/// An element that is passed through, while it is read.
struct Raw<'a> {
    events: Vec<Event<'a>>,
    open: Vec<String>,
    is_mended: bool,
    depth: usize,
}

impl Raw<'_> {
    fn enter(&mut self, src: &mut Source<'_, '_>, opened: Opened) {
        let Opened { tag, start, name, attrs, is_closed, .. } = opened;
        let is_script = matches!(name.as_str(), "script" | "style");
        let written = src.text.get(tag.name_end..tag.attrs_end).unwrap_or_default();
        // Of two attributes with one name kramdown takes the last, a browser the first; `markdown` is taken off.
        self.is_mended |= written.contains("markdown")
            || attrs::has_loose_reference(written)
            || (attrs.len() > 1
                && attrs.len() < written.split(char::is_whitespace).filter(|w| w.contains('=')).count());
        self.events.push(Event::Open(tag, start));
        src.at = tag.end;
        if is_script {
            let (end, behind) = closing(src, tag.end, &name).unwrap_or_else(|| {
                self.is_mended = true;
                (src.text.len(), src.text.len())
            });
            // A script that is closed at once is no less read up to its end tag.
            self.is_mended |= tag.is_closed;
            self.events.push(Event::Verbatim(tag.end, end));
            self.events.push(Event::Close);
            src.at = behind;
        } else if is_closed {
            self.events.push(Event::Close);
        } else {
            self.open.push(name);
        }
    }

    fn close(&mut self, src: &Source<'_, '_>, at: usize, name_end: usize) {
        let written = src.text.get(at + 2..name_end).unwrap_or_default();
        let closes = self
            .open
            .last()
            .is_some_and(|open| if tables::is_html(open) { written.to_lowercase() == *open } else { written == open });
        if closes {
            self.open.pop();
            self.events.push(Event::Close);
        } else {
            self.is_mended = true;
            self.events.push(Event::Text(at, src.at));
        }
    }

    fn text(&mut self, src: &Source<'_, '_>, start: usize, end: usize) {
        if start == end {
            return;
        }
        let written = src.text.get(start..end).unwrap_or_default();
        self.is_mended |=
            memchr::memchr2(b'>', b'<', written.as_bytes()).is_some() || attrs::has_loose_reference(written);
        match self.events.last_mut() {
            Some(Event::Text(_, last)) if *last == start => *last = end,
            _ => self.events.push(Event::Text(start, end)),
        }
    }
}

/// The next place where a tag, a comment or an instruction may start.
fn next_tag(text: &str, from: usize) -> Option<usize> {
    let rest = text.as_bytes().get(from..)?;
    memchr::memchr_iter(b'<', rest).map(|n| from + n).find(|&at| {
        matches!(byte(text, at + 1), b'/' | b'?')
            || text.as_bytes().get(at + 1..).is_some_and(|rest| rest.starts_with(b"!--"))
            || tag_name(text, at + 1).is_some()
    })
}

/// Behind the comment or instruction at `at`.
fn verbatim(src: &Source<'_, '_>, at: usize) -> Option<usize> {
    let rest = src.text.as_bytes().get(at..)?;
    if rest.starts_with(b"<!--") {
        return Some(src.buffer.find(Needle::CommentEnd, at + 4)? + 3);
    }
    if rest.starts_with(b"<?") {
        return Some(src.buffer.find(Needle::InstructionEnd, at + 2)? + 2);
    }
    None
}

/// The first tag that closes `name`, whatever stands before it: where it starts and ends.
fn closing(src: &Source<'_, '_>, from: usize, name: &str) -> Option<(usize, usize)> {
    let text = src.text;
    let rest = text.as_bytes().get(from..)?;
    for found in memchr::memmem::find_iter(rest, b"</") {
        let at = from + found;
        let end = at + 2 + name.len();
        let is_name = text.get(at + 2..end).is_some_and(|written| written.eq_ignore_ascii_case(name));
        let close = crate::markup::kramdown::scan::white(text, end);
        if is_name && byte(text, close) == b'>' {
            return Some((at, close + 1));
        }
    }
    src.buffer.spend(rest.len() / 4);
    None
}

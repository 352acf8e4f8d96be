//! Blocks: where each begins and ends, and what of it is text to be read later.

mod code;
mod definitions;
mod deflist;
mod extension;
mod html;
mod list;
mod marks;
mod paragraph;
mod table;

use std::collections::HashMap;
use std::ops::Range;
use std::rc::Rc;

pub(super) use extension::{StartTag, raw_kind, start_tag, stop_tag};
pub(super) use html::{Event, RawHtml};
use marks::{end_marker, rule_end};
pub(super) use paragraph::split_id;
pub(super) use table::{Columns, Section, SectionKind};

use super::attrs::List as AttrList;
use super::scan::{byte, line_end, spaces};
use super::settings::Settings;
use super::text::{Buffer, Piece};
use crate::ast::{Fence, HeadingStyle, Marker};
use crate::diag::Span;

/// What is known by a name.
// hash: names are only looked up
type Names<T> = HashMap<String, T>;

/// A block while blocks are being read.
#[derive(Debug)]
pub(super) struct El<'a> {
    pub(super) kind: Kind<'a>,
    pub(super) span: Span,
    /// The attribute list that stands at it.
    pub(super) ial: Option<Box<AttrList>>,
    /// The attributes it has by itself.
    pub(super) attrs: Vec<(String, String)>,
    pub(super) kids: Vec<El<'a>>,
}

#[derive(Debug)]
pub(super) enum Kind<'a> {
    /// The body, an item, anything that only holds blocks for a while.
    Group,
    /// Blank lines; whether it is just one empty line.
    Blank {
        is_single: bool,
    },
    /// Something that shows nothing, and ends what stands before it.
    End(End),
    Paragraph(Paragraph<'a>),
    Heading {
        level: u8,
        style: HeadingStyle,
        text: Piece<'a>,
    },
    Quote,
    Code {
        text: String,
        fence: Option<Fence>,
    },
    Rule,
    List {
        is_numbered: bool,
        marker: Marker,
    },
    Item,
    Definitions,
    Term(Piece<'a>),
    Definition,
    Math(String),
    Table(Box<Columns<'a>>),
    /// An HTML element whose content is Markdown.
    Html {
        name: String,
    },
    /// Running text in an HTML element.
    Spans(Piece<'a>),
    /// HTML that is passed through.
    RawHtml(Box<RawHtml<'a>>),
    /// A comment.
    Comment(Piece<'a>),
    /// `{::nomarkdown}`, `{::comment}`: bytes of a markup.
    Raw {
        markup: String,
        text: String,
    },
    /// What lies too deep to be read.
    Deep(Piece<'a>),
    /// A block that is read by somebody else.
    Plain,
}

#[derive(Debug)]
pub(super) struct Paragraph<'a> {
    pub(super) text: Piece<'a>,
    /// Shown without `<p>`.
    pub(super) is_plain: bool,
    /// The box of a task item in front of the text.
    pub(super) task: Option<bool>,
}

/// What ended a block and shows nothing itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Marker,
    Options,
    AttrListDefinition,
    AttrList,
    Link(usize),
    Abbreviation(usize),
    Footnote(usize),
}

#[derive(Debug)]
pub(super) struct LinkDefinition {
    pub(super) url: String,
    pub(super) title: Option<String>,
    pub(super) ial: Option<Box<AttrList>>,
}

#[derive(Debug)]
pub(super) struct Footnote<'a> {
    pub(super) label: String,
    pub(super) kids: Vec<El<'a>>,
}

#[derive(Debug)]
pub(super) struct Abbreviation {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) ial: Option<Box<AttrList>>,
}

/// What is known of the whole body.
#[derive(Debug)]
pub(super) struct Parser<'a> {
    /// The whole text that the body stands in.
    pub(super) whole: &'a str,
    pub(super) settings: Settings,
    pub(super) lists: Names<AttrList>,
    pub(super) links: Vec<LinkDefinition>,
    pub(super) link_names: Names<usize>,
    pub(super) footnotes: Vec<Footnote<'a>>,
    pub(super) footnote_names: Names<usize>,
    pub(super) abbreviations: Vec<Abbreviation>,
    /// Levels of the tree that are open, and how many may be.
    depth: usize,
    deepest: usize,
    /// The first place that lies too deep.
    pub(super) too_deep: Option<Span>,
    /// Whether looking for something was given up.
    pub(super) is_exhausted: bool,
}

/// Where reading stands in a text.
pub(super) struct Source<'t, 'a> {
    pub(super) buffer: &'t Rc<Buffer<'a>>,
    pub(super) text: &'t str,
    pub(super) at: usize,
}

impl<'t, 'a> Source<'t, 'a> {
    pub(super) fn new(buffer: &'t Rc<Buffer<'a>>) -> Self {
        Source { buffer, text: &buffer.text, at: 0 }
    }

    pub(super) fn is_done(&self) -> bool {
        self.at >= self.text.len()
    }

    pub(super) fn piece(&self, start: usize, end: usize) -> Piece<'a> {
        Piece { buffer: Rc::clone(self.buffer), start, end }
    }

    /// What stands from `start` to here, white space at its end left out.
    pub(super) fn span_from(&self, start: usize) -> Span {
        let part = self.text.get(start..self.at).unwrap_or_default();
        self.buffer.span(start, start + part.trim_ascii_end().len())
    }
}

/// Blocks that are being read into one element.
pub(super) struct Level<'e, 'a> {
    pub(super) tree: &'e mut El<'a>,
    /// An attribute list that stands before the block it belongs to.
    pub(super) ial: Option<Box<AttrList>>,
}

impl<'a> Level<'_, 'a> {
    /// Adds a block; a list that stood before it is its own.
    pub(super) fn push(&mut self, mut el: El<'a>) {
        el.ial = self.ial.take();
        self.tree.kids.push(el);
    }

    fn last(&self) -> Option<&El<'a>> {
        self.tree.kids.last()
    }

    /// Whether a block that needs a boundary before it may begin here.
    pub(super) fn is_after_boundary(&self) -> bool {
        match self.last().map(|last| &last.kind) {
            None | Some(Kind::Blank { .. } | Kind::End(End::Marker)) => true,
            Some(_) => self.ial.is_some(),
        }
    }
}

impl<'a> El<'a> {
    pub(super) fn new(kind: Kind<'a>, span: Span) -> Self {
        El { kind, span, ial: None, attrs: Vec::new(), kids: Vec::new() }
    }
}

/// What became of the text at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// It was read, and reading stands behind it.
    Read,
    /// It is something else.
    Other,
    /// It was the tag that closes the element which is being read.
    Closed,
}

impl From<bool> for Outcome {
    fn from(read: bool) -> Self {
        if read { Outcome::Read } else { Outcome::Other }
    }
}

impl<'a> Parser<'a> {
    pub(super) fn new(whole: &'a str, settings: Settings) -> Self {
        let mut parser = Parser {
            deepest: settings.deepest(whole.len()),
            whole,
            settings,
            lists: Names::default(),
            links: Vec::new(),
            link_names: Names::default(),
            footnotes: Vec::new(),
            footnote_names: Names::default(),
            abbreviations: Vec::new(),
            depth: 1,
            too_deep: None,
            is_exhausted: false,
        };
        for (name, url, title) in std::mem::take(&mut parser.settings.links) {
            parser.link_names.insert(super::span::link_id(&name), parser.links.len());
            parser.links.push(LinkDefinition { url, title, ial: None });
        }
        parser
    }

    /// Reads the body, but for the blocks of it that are `plain`.
    pub(super) fn parse_body(&mut self, buffer: &Rc<Buffer<'a>>, plain: &[Range<usize>]) -> El<'a> {
        let mut root = El::new(Kind::Group, buffer.span(0, buffer.text.len()));
        let mut src = Source::new(buffer);
        let mut level = Level { tree: &mut root, ial: None };
        let mut plain = plain.iter();
        while !src.is_done() {
            let next = plain.as_slice().first();
            match next {
                Some(next) if next.start < src.at => drop(plain.next()),
                Some(next) if next.start == src.at && level.ial.is_none() && level.is_after_boundary() => {
                    src.at = (next.end + 1).min(src.text.len());
                    level.push(El::new(Kind::Plain, buffer.span(next.start, next.end)));
                }
                _ if self.parse_block(&mut src, &mut level) == Outcome::Closed => break,
                _ => {}
            }
        }
        root
    }

    /// Reads a derived text into `el`, which lies `levels` deeper than what is being read.
    pub(super) fn parse_derived(&mut self, buffer: Buffer<'a>, el: &mut El<'a>, levels: usize) {
        let buffer = Rc::new(buffer);
        self.parse_blocks(&mut Source::new(&buffer), el, levels);
        self.is_exhausted |= buffer.is_exhausted();
    }

    /// Reads blocks into `el` until the text ends, or until the tag that closes `el`: then it returns `true`.
    pub(super) fn parse_blocks(&mut self, src: &mut Source<'_, 'a>, el: &mut El<'a>, levels: usize) -> bool {
        if self.depth + levels > self.deepest {
            let piece = src.piece(src.at, src.text.len());
            let span = piece.span();
            self.too_deep.get_or_insert(span);
            src.at = src.text.len();
            el.kids.push(El::new(Kind::Deep(piece), span));
            return false;
        }
        self.depth += levels;
        let mut level = Level { tree: el, ial: None };
        let mut closed = false;
        while !src.is_done() && !closed {
            closed = self.parse_block(src, &mut level) == Outcome::Closed;
        }
        self.depth -= levels;
        closed
    }

    /// Reads the block that begins here. The order in which kinds are tried is kramdown's.
    fn parse_block(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> Outcome {
        let (text, at) = (src.text, src.at);
        if self.blank(src, level) || self.indented_code(src, level) {
            return Outcome::Read;
        }
        let start = spaces(text, at, 3);
        let first = byte(text, start);
        let read = match first {
            b'`' | b'~' => self.fenced_code(src, level),
            b'>' => self.quote(src, level),
            b'#' if start == at => self.atx_heading(src, level),
            b'*' | b'-' | b'_' if self.rule(src, level) => true,
            b'*' | b'-' | b'+' | b'0'..=b'9' => self.list(src, level),
            b':' => self.definition_list(src, level),
            b'<' => match self.html(src, level) {
                Outcome::Other => false,
                outcome => return outcome,
            },
            _ => false,
        };
        let read = read
            || self.setext_heading(src, level)
            || (matches!(first, b'$' | b'\\') && self.math(src, level))
            || self.table(src, level)
            || (first == b'[' && (self.footnote(src, level) || self.link_definition(src, level)))
            || (first == b'*' && self.abbreviation(src, level))
            || (first == b'{' && self.extension(src, level))
            || (byte(text, src.at) == b'^' && self.end_marker(src, level));
        if !read {
            self.paragraph(src, level);
        }
        Outcome::Read
    }

    /// Blank lines.
    fn blank(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let Some(end) = super::scan::blank_lines(src.text, src.at) else { return false };
        let is_single = src.text.get(src.at..end) == Some("\n");
        src.at = end;
        if let Some(El { kind: Kind::Blank { is_single }, .. }) = level.tree.kids.last_mut() {
            *is_single = false;
        } else {
            level.push(El::new(Kind::Blank { is_single }, Span::default()));
        }
        true
    }

    /// `> a`.
    fn quote(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let start = src.at;
        let mut builder = super::text::Builder::default();
        loop {
            let line = src.at;
            src.at = line_end(src.text, line);
            let mark = spaces(src.text, line, 3);
            let from = if byte(src.text, mark) == b'>' { spaces(src.text, mark + 1, 1) } else { line };
            builder.push(src.buffer, from, src.at);
            if self.ends_lazily(src) {
                break;
            }
        }
        let mut el = El::new(Kind::Quote, src.span_from(start));
        let ial = level.ial.take();
        self.parse_derived(builder.finish(), &mut el, 1);
        el.ial = ial;
        level.tree.kids.push(el);
        true
    }

    /// `***`.
    fn rule(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let Some(end) = rule_end(src.text, src.at) else { return false };
        let start = src.at;
        src.at = end;
        level.push(El::new(Kind::Rule, src.span_from(start)));
        true
    }

    /// `^`: the end of the block before it.
    fn end_marker(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let Some(end) = end_marker(src.text, src.at) else { return false };
        src.at = end;
        level.push(El::new(Kind::End(End::Marker), Span::default()));
        true
    }
}

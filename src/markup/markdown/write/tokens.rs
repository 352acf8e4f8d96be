//! Running text as a flat list of tokens: white space collapses in one pass over it, and each token can look at its
//! neighbours.

use super::starts;
use super::tags;
use crate::ast::same::scan;
use crate::ast::{Attrs, Image, Inline, InlineKind, Link, Math};

use super::folds::Fold;
use super::link;
use super::mark::{Mark, MarkKind, Notation};
use super::setup::Setup;

/// A piece of running text. Ranges are in [`Tokens::text`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Token<'a> {
    /// Text, white space in it collapsed, none at its ends.
    Text(usize, usize),
    /// White space.
    Space,
    /// White space that the source has as the end of a line.
    SoftBreak,
    /// `<br>`
    HardBreak,
    /// The start of a mark.
    Open(usize),
    /// The end of a mark.
    Close(usize),
    /// Code.
    Code(&'a str),
    /// An image that Markdown can say.
    Image(&'a Image),
    /// Raw HTML.
    Html(usize, usize),
    /// A link that is its own text.
    Autolink(&'a str),
    /// A reference to a footnote.
    Note(&'a str),
    /// A formula.
    Math(&'a Math),
    /// The box of a task.
    Task(bool),
    /// Bytes to be put as they are.
    Verbatim(&'a str),
}

/// Running text as tokens. Kept from run to run for its buffers.
#[derive(Debug, Default)]
pub(super) struct Tokens<'a> {
    pub(super) list: Vec<Token<'a>>,
    /// The last token that shows something.
    shown: Option<usize>,
    /// Where the marks begin that were opened since, with nothing in them yet.
    opens: Option<usize>,
    pub(super) marks: Vec<Mark<'a>>,
    pub(super) text: String,
    /// The folds that were made.
    pub(super) folds: Vec<Fold>,
    /// The run is the first of an item, where a box makes a task.
    pub(super) in_item: bool,
    /// Something has no form in running Markdown: the block must be raw HTML.
    pub(super) unsayable: bool,
}

impl<'a> Tokens<'a> {
    /// None, with room for a common paragraph.
    pub(super) fn new() -> Self {
        Tokens { list: Vec::with_capacity(32), text: String::with_capacity(512), ..Tokens::default() }
    }

    /// Takes in a run of inlines.
    pub(super) fn fill(&mut self, inlines: &'a [Inline], setup: &Setup, notes: &mut crate::ast::same::Notes) {
        self.list.clear();
        self.shown = None;
        self.opens = None;
        self.marks.clear();
        self.text.clear();
        self.folds.clear();
        self.unsayable = false;
        self.inlines(inlines, setup, notes);
        self.trim();
    }

    fn inlines(&mut self, inlines: &'a [Inline], setup: &Setup, notes: &mut crate::ast::same::Notes) {
        for inline in inlines {
            self.inline(inline, setup, notes);
        }
    }

    fn inline(&mut self, inline: &'a Inline, setup: &Setup, notes: &mut crate::ast::same::Notes) {
        let attrs = inline.attrs.as_deref();
        match &inline.kind {
            InlineKind::Text(text) => self.text(text, setup),
            InlineKind::SoftBreak => self.space(Token::SoftBreak, setup),
            InlineKind::HardBreak if attrs.is_none() => self.hard_break(),
            InlineKind::HardBreak => self.tag("br", attrs),
            InlineKind::Code(text) => {
                if attrs.is_none() && !text.is_empty() && !self.ends_in_code() && !setup.is_careful {
                    self.push(Token::Code(text));
                } else if text.is_empty() && attrs.is_none() && !setup.is_exact() {
                    self.folds.push(Fold::EmptyInline);
                } else {
                    self.tag("code", attrs);
                    self.text(text, setup);
                    self.end_tag("code");
                }
            }
            InlineKind::Emphasis(children) => {
                self.mark(MarkKind::Emphasis, Notation::Usual, inline, children, setup, notes);
            }
            InlineKind::Strong(children) => {
                self.mark(MarkKind::Strong, Notation::Usual, inline, children, setup, notes);
            }
            InlineKind::Strikethrough(children) => {
                let notation = if setup.strikethrough { Notation::Usual } else { Notation::Html };
                self.mark(MarkKind::Strikethrough, notation, inline, children, setup, notes);
            }
            InlineKind::Link(link) => self.link(link, inline, setup, notes),
            InlineKind::Image(image) => {
                let is_empty_title = image.title.as_deref() == Some("");
                if attrs.is_none() && !is_empty_title && link::is_sayable_url(&image.url) {
                    self.push(Token::Image(image));
                } else {
                    let start = self.text.len();
                    tags::image(image, attrs, &mut self.text);
                    self.push_html(start);
                }
            }
            InlineKind::FootnoteReference(label) => self.note(label, setup, notes),
            InlineKind::Math(math) => {
                if setup.math && link::is_sayable_math(math) {
                    self.push(Token::Math(math));
                } else {
                    let start = self.text.len();
                    tags::start_tag("span", [("class", crate::ast::same::math_class(math.display))], &mut self.text);
                    self.push_html(start);
                    self.text(&math.text, setup);
                    self.end_tag("span");
                }
            }
            InlineKind::TaskMarker(checked) => {
                if setup.task_lists && self.in_item && self.list.is_empty() && attrs.is_none() {
                    self.push(Token::Task(*checked));
                } else {
                    let start = self.text.len();
                    tags::task(*checked, attrs, &mut self.text);
                    self.push_html(start);
                    self.space(Token::Space, setup);
                }
            }
            InlineKind::Element(element) => {
                if crate::ast::same::names::is_void(&element.name) {
                    self.tag(&element.name, attrs);
                } else {
                    let kind = MarkKind::Element(&element.name);
                    self.mark(kind, Notation::Html, inline, &element.children, setup, notes);
                }
            }
            InlineKind::Raw(raw) if raw.markup == "html" => self.raw(&raw.text),
            InlineKind::Raw(raw) => self.push(Token::Verbatim(&raw.text)),
            InlineKind::Template(tag) => self.push(Token::Verbatim(&tag.text)),
        }
    }

    /// Text: white space in it becomes single spaces, white space at its ends tokens of their own.
    fn text(&mut self, text: &str, setup: &Setup) {
        let is_space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c');
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            if is_space(bytes[at]) {
                at += bytes[at..].iter().take_while(|byte| is_space(**byte)).count();
                self.space(Token::Space, setup);
                continue;
            }
            // A control character stands for itself.
            let end = at + scan::words(&bytes[at..]).max(1);
            self.push_text(&text[at..end]);
            at = end;
        }
    }

    fn push_text(&mut self, text: &str) {
        let start = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        match self.list.as_mut_slice() {
            [.., Token::Text(_, last)] if *last == start => *last = end,
            // One space between two texts joins them to one.
            [.., Token::Text(_, last), Token::Space] if *last == start => {
                self.text.insert(start, ' ');
                *last = end + 1;
                self.list.pop();
                self.shown = self.list.len().checked_sub(1);
            }
            _ => self.push(Token::Text(start, end)),
        }
    }

    /// White space. Only the first of a run counts; none counts at a break. A reader sees it outside the marks that it
    /// stands just inside.
    fn space(&mut self, token: Token<'a>, setup: &Setup) {
        if self.shown.and_then(|at| self.list.get(at)).is_none_or(is_space) {
            return;
        }
        match self.opens {
            Some(opens) if !setup.is_exact() => {
                self.folds.push(Fold::Space);
                self.list.insert(opens, token);
                self.shown = Some(opens);
                self.opens = Some(opens + 1);
            }
            _ => self.push(token),
        }
    }

    /// Puts a token at the end.
    fn push(&mut self, token: Token<'a>) {
        let at = self.list.len();
        match token {
            Token::Open(_) => self.opens = self.opens.or(Some(at)),
            Token::Close(_) => self.opens = None,
            Token::Html(start, _) if self.text.get(start..).is_some_and(|html| html.starts_with("<!--")) => {}
            _ => {
                self.opens = None;
                self.shown = Some(at);
            }
        }
        self.list.push(token);
    }

    /// Takes white space off the end.
    fn pop_space(&mut self) -> Option<Token<'a>> {
        let space = self.list.pop_if(|token| matches!(token, Token::Space | Token::SoftBreak));
        if space.is_some() {
            // White space stands behind something that shows, or it would not be there.
            self.shown = self.list.iter().rposition(|token| !matches!(token, Token::Open(_) | Token::Close(_)));
        }
        space
    }

    fn hard_break(&mut self) {
        self.pop_space();
        self.push(Token::HardBreak);
    }

    fn mark(
        &mut self,
        kind: MarkKind<'a>,
        notation: Notation,
        inline: &'a Inline,
        children: &'a [Inline],
        setup: &Setup,
        notes: &mut crate::ast::same::Notes,
    ) {
        let attrs = inline.attrs.as_deref();
        let notation = match kind {
            _ if setup.is_careful => Notation::Html,
            MarkKind::Link(_) => notation,
            _ if attrs.is_some() => Notation::Html,
            _ => notation,
        };
        let index = self.marks.len();
        self.marks.push(Mark { kind, attrs, notation });
        self.push(Token::Open(index));
        self.inlines(children, setup, notes);
        self.close(index, setup);
    }

    fn close(&mut self, index: usize, setup: &Setup) {
        let Some(mark) = self.marks.get_mut(index) else { return };
        if self.list.last() == Some(&Token::Open(index)) {
            if !setup.is_exact() && mark.is_nothing_if_empty() {
                self.folds.push(Fold::EmptyInline);
                self.list.pop();
                self.opens = self.opens.filter(|at| *at < self.list.len());
                return;
            }
            if !matches!(mark.kind, MarkKind::Link(_)) {
                mark.notation = Notation::Html;
            }
        }
        let space = if setup.is_exact() { None } else { self.pop_space() };
        self.push(Token::Close(index));
        if let Some(space) = space {
            self.folds.push(Fold::Space);
            self.push(space);
        }
    }

    fn link(&mut self, link: &'a Link, inline: &'a Inline, setup: &Setup, notes: &mut crate::ast::same::Notes) {
        let attrs = inline.attrs.as_deref();
        if attrs.is_none() && !setup.is_careful && link::is_autolink(link) {
            self.push(Token::Autolink(link.url.strip_prefix("mailto:").unwrap_or(&link.url)));
            return;
        }
        let is_sayable = attrs.is_none()
            && link.title.as_deref() != Some("")
            && link::is_sayable_url(&link.url)
            && !link::contains_link(&link.content);
        let notation = if is_sayable { Notation::Brackets } else { Notation::Html };
        self.mark(MarkKind::Link(link), notation, inline, &link.content, setup, notes);
    }

    fn note(&mut self, label: &'a str, setup: &Setup, notes: &mut crate::ast::same::Notes) {
        let number = notes.number(label);
        if setup.footnotes && link::is_sayable_label(label) {
            self.push(Token::Note(label));
            return;
        }
        let start = self.text.len();
        tags::footnote_reference(label, number, &mut self.text);
        self.push_html(start);
    }

    /// Raw HTML of the source, which may be anything.
    fn raw(&mut self, raw: &'a str) {
        let start = self.text.len();
        self.unsayable |= !starts::is_inline(raw);
        self.text.push_str(raw);
        self.push_html(start);
    }

    fn tag(&mut self, name: &str, attrs: Option<&Attrs>) {
        let start = self.text.len();
        tags::start_tag(name, attrs.into_iter().flat_map(Attrs::iter), &mut self.text);
        self.push_html(start);
    }

    fn end_tag(&mut self, name: &str) {
        let start = self.text.len();
        tags::end_tag(name, &mut self.text);
        self.push_html(start);
    }

    fn push_html(&mut self, start: usize) {
        self.push(Token::Html(start, self.text.len()));
    }

    fn ends_in_code(&self) -> bool {
        matches!(self.list.last(), Some(Token::Code(_)))
    }

    /// Drops white space at both ends.
    fn trim(&mut self) {
        while matches!(self.list.last(), Some(Token::Space | Token::SoftBreak)) {
            self.list.pop();
        }
    }
}

fn is_space(token: &Token<'_>) -> bool {
    matches!(token, Token::Space | Token::SoftBreak | Token::HardBreak | Token::Task(_))
}

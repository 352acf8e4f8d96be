//! Running text as a flat list of tokens: white space collapses in one pass over it, and each token can look at its
//! neighbours.

use crate::ast::{Attrs, Image, Inline, InlineKind, Link, Math};

use super::folds::Fold;
use super::html;
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

/// Something around text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark<'a> {
    pub(super) kind: MarkKind<'a>,
    pub(super) attrs: Option<&'a Attrs>,
    pub(super) notation: Notation,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum MarkKind<'a> {
    Emphasis,
    Strong,
    Strikethrough,
    Link(&'a Link),
    Element(&'a str),
}

/// How a mark is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Notation {
    /// `*`, `**` or `~~`.
    Usual,
    /// `_` or `__`.
    Underscore,
    /// `[` and `](…)`.
    Brackets,
    /// Raw tags.
    Html,
}

impl Mark<'_> {
    /// The name of its element.
    pub(super) fn name(&self) -> &str {
        match self.kind {
            MarkKind::Emphasis => "em",
            MarkKind::Strong => "strong",
            MarkKind::Strikethrough => "del",
            MarkKind::Link(_) => "a",
            MarkKind::Element(name) => name,
        }
    }

    /// The delimiter as it is written: the character and how many.
    pub(super) fn delimiter(&self) -> Option<(char, usize)> {
        let length = if matches!(self.kind, MarkKind::Emphasis) { 1 } else { 2 };
        match (self.notation, self.kind) {
            (Notation::Html | Notation::Brackets, _) | (_, MarkKind::Link(_) | MarkKind::Element(_)) => None,
            (_, MarkKind::Strikethrough) => Some(('~', 2)),
            (Notation::Usual, _) => Some(('*', length)),
            (Notation::Underscore, _) => Some(('_', length)),
        }
    }

    /// Whether nothing at all is meant by it when nothing is in it.
    fn is_nothing_if_empty(&self) -> bool {
        self.attrs.is_none_or(Attrs::is_empty) && !matches!(self.kind, MarkKind::Link(_))
    }
}

/// Running text as tokens. Kept from run to run for its buffers.
#[derive(Debug, Default)]
pub(super) struct Tokens<'a> {
    pub(super) list: Vec<Token<'a>>,
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
    /// Takes in a run of inlines.
    pub(super) fn fill(&mut self, inlines: &'a [Inline], setup: &Setup, notes: &mut crate::ast::same::Notes) {
        self.list.clear();
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
                    self.list.push(Token::Code(text));
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
                if attrs.is_none() && !is_empty_title && is_sayable_url(&image.url) {
                    self.list.push(Token::Image(image));
                } else {
                    let start = self.text.len();
                    html::image(image, attrs, &mut self.text);
                    self.push_html(start);
                }
            }
            InlineKind::FootnoteReference(label) => self.note(label, setup, notes),
            InlineKind::Math(math) => {
                if setup.math && is_sayable_math(math) {
                    self.list.push(Token::Math(math));
                } else {
                    let start = self.text.len();
                    html::start_tag("span", [("class", crate::ast::same::math_class(math.display))], &mut self.text);
                    self.push_html(start);
                    self.text(&math.text, setup);
                    self.end_tag("span");
                }
            }
            InlineKind::TaskMarker(checked) => {
                if setup.task_lists && self.in_item && self.list.is_empty() && attrs.is_none() {
                    self.list.push(Token::Task(*checked));
                } else {
                    let start = self.text.len();
                    html::task(*checked, attrs, &mut self.text);
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
            InlineKind::Raw(raw) => self.list.push(Token::Verbatim(&raw.text)),
            InlineKind::Template(tag) => self.list.push(Token::Verbatim(&tag.text)),
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
            // A piece ends before white space that is not one space between words.
            let mut end = at;
            while end < bytes.len() {
                if is_space(bytes[end]) {
                    let is_single = bytes[end] == b' ' && bytes.get(end + 1).is_some_and(|byte| !is_space(*byte));
                    if !is_single {
                        break;
                    }
                }
                end += 1;
            }
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
            }
            _ => self.list.push(Token::Text(start, end)),
        }
    }

    /// White space. Only the first of a run counts; none counts at a break. A reader sees it outside the marks that it
    /// stands just inside.
    fn space(&mut self, token: Token<'a>, setup: &Setup) {
        let is_nothing = |token: &Token<'_>| matches!(token, Token::Open(_)) || self.is_comment(token);
        let behind_opens = self.list.iter().rposition(|token| !is_nothing(token)).map_or(0, |at| at + 1);
        let shows = |token: &&Token<'_>| !matches!(token, Token::Open(_) | Token::Close(_)) && !self.is_comment(token);
        let before = self.list.iter().rev().find(shows);
        if before.is_none_or(is_space) {
            return;
        }
        let is_behind =
            !self.list.get(behind_opens..).is_some_and(|list| list.iter().any(|token| matches!(token, Token::Open(_))));
        if is_behind || setup.is_exact() {
            self.list.push(token);
        } else {
            self.folds.push(Fold::Space);
            self.list.insert(behind_opens, token);
        }
    }

    fn is_comment(&self, token: &Token<'_>) -> bool {
        matches!(token, Token::Html(start, _) if self.text.get(*start..).is_some_and(|html| html.starts_with("<!--")))
    }

    fn hard_break(&mut self) {
        while matches!(self.list.last(), Some(Token::Space | Token::SoftBreak)) {
            self.list.pop();
        }
        self.list.push(Token::HardBreak);
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
        self.list.push(Token::Open(index));
        self.inlines(children, setup, notes);
        self.close(index, setup);
    }

    fn close(&mut self, index: usize, setup: &Setup) {
        let Some(mark) = self.marks.get_mut(index) else { return };
        if self.list.last() == Some(&Token::Open(index)) {
            if !setup.is_exact() && mark.is_nothing_if_empty() {
                self.folds.push(Fold::EmptyInline);
                self.list.pop();
                return;
            }
            if !matches!(mark.kind, MarkKind::Link(_)) {
                mark.notation = Notation::Html;
            }
        }
        let trailing = self.list.last().copied().filter(|token| matches!(token, Token::Space | Token::SoftBreak));
        match trailing {
            Some(space) if !setup.is_exact() => {
                self.list.pop();
                self.list.push(Token::Close(index));
                self.folds.push(Fold::Space);
                self.list.push(space);
            }
            _ => self.list.push(Token::Close(index)),
        }
    }

    fn link(&mut self, link: &'a Link, inline: &'a Inline, setup: &Setup, notes: &mut crate::ast::same::Notes) {
        let attrs = inline.attrs.as_deref();
        if attrs.is_none() && !setup.is_careful && is_autolink(link) {
            self.list.push(Token::Autolink(link.url.strip_prefix("mailto:").unwrap_or(&link.url)));
            return;
        }
        let is_sayable = attrs.is_none()
            && link.title.as_deref() != Some("")
            && is_sayable_url(&link.url)
            && !contains_link(&link.content);
        let notation = if is_sayable { Notation::Brackets } else { Notation::Html };
        self.mark(MarkKind::Link(link), notation, inline, &link.content, setup, notes);
    }

    fn note(&mut self, label: &'a str, setup: &Setup, notes: &mut crate::ast::same::Notes) {
        let number = notes.number(label);
        if setup.footnotes && is_sayable_label(label) {
            self.list.push(Token::Note(label));
            return;
        }
        let start = self.text.len();
        html::footnote_reference(label, number, &mut self.text);
        self.push_html(start);
    }

    /// Raw HTML of the source, which may be anything.
    fn raw(&mut self, raw: &'a str) {
        let start = self.text.len();
        self.unsayable |= !html::is_inline(raw);
        self.text.push_str(raw);
        self.push_html(start);
    }

    fn tag(&mut self, name: &str, attrs: Option<&Attrs>) {
        let start = self.text.len();
        html::start_tag(name, attrs.into_iter().flat_map(Attrs::iter), &mut self.text);
        self.push_html(start);
    }

    fn end_tag(&mut self, name: &str) {
        let start = self.text.len();
        html::end_tag(name, &mut self.text);
        self.push_html(start);
    }

    fn push_html(&mut self, start: usize) {
        self.list.push(Token::Html(start, self.text.len()));
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

/// Whether the link can stand as `<…>`: CommonMark 0.31, autolinks.
fn is_autolink(link: &Link) -> bool {
    let [Inline { kind: InlineKind::Text(text), attrs: None, .. }] = link.content.as_slice() else { return false };
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '`' | '\\' | '|' | '&');
    if link.title.is_some() || !text.chars().all(is_plain) {
        return false;
    }
    if let Some(address) = link.url.strip_prefix("mailto:") {
        return address == text && is_email(address);
    }
    let is_scheme = |scheme: &str| {
        (2..=32).contains(&scheme.len())
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'))
    };
    link.url == *text && link.url.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
}

fn is_email(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else { return false };
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    !local.is_empty()
        && local.chars().all(|c| c.is_ascii_alphanumeric() || ".-_+".contains(c))
        && domain.split('.').all(is_label)
}

/// A link cannot stand in a link.
fn contains_link(inlines: &[Inline]) -> bool {
    crate::ast::Walk::inlines(inlines).any(|step| {
        let crate::ast::Step::Enter(crate::ast::NodeRef::Inline(inline)) = step else { return false };
        match &inline.kind {
            InlineKind::Link(_) | InlineKind::FootnoteReference(_) => true,
            InlineKind::Element(element) => element.name == "a",
            InlineKind::Raw(raw) => raw.text.to_ascii_lowercase().contains("<a"),
            _ => false,
        }
    })
}

/// A browser takes line breaks and tabs out of an address; Markdown has no form for them that stays one.
fn is_sayable_url(url: &str) -> bool {
    !url.chars().any(char::is_control)
}

fn is_sayable_label(label: &str) -> bool {
    !label.is_empty() && label.chars().all(|c| !c.is_whitespace() && !matches!(c, '[' | ']' | '\\' | '`' | '<' | '&'))
}

fn is_sayable_math(math: &Math) -> bool {
    let text = &math.text;
    !text.is_empty()
        && !text.contains('$')
        && !text.contains("\n\n")
        && !text.ends_with('\\')
        && (math.display || !text.starts_with(char::is_whitespace) && !text.ends_with(char::is_whitespace))
}

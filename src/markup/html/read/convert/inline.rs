//! Running text. A run is flattened into tokens first: white space collapses over all of it, whatever elements begin and
//! end in between (CSS Text 3, section 4.1.1). Then the tokens become a tree.

use super::super::super::names;
use super::super::arena::{Class, Data, Id, NONE, Node};
use super::{Convert, Edges};
use crate::ast::same::scan;
use crate::ast::{Image, Inline, InlineElement, InlineKind, Link, MAX_DEPTH};
use crate::diag::Span;

pub(super) enum Token {
    Text(String, Span),
    SoftBreak(Span),
    Open(Id),
    Close,
    Leaf(Inline),
}

/// A run while it is flattened.
struct Run {
    tokens: Vec<Token>,
    /// Whether a space here would follow another, or a border.
    is_spaced: bool,
    /// The token that ends in the space that a border would take away.
    space: Option<usize>,
    /// Whether white space stands as it is, in `pre`.
    is_exact: bool,
}

impl Convert<'_> {
    /// The inlines of these nodes, white space collapsed.
    pub(super) fn inlines(&mut self, ids: impl Iterator<Item = Id>, edges: Edges, depth: usize) -> Vec<Inline> {
        let tokens = std::mem::take(&mut self.tokens);
        let mut run = Run { tokens, is_spaced: !edges.before, space: None, is_exact: false };
        for id in ids {
            self.flatten(id, depth, &mut run);
        }
        if !edges.after {
            run.drop_space();
        }
        self.build(run.tokens)
    }

    /// The inlines that the element holds, white space as it is.
    pub(super) fn exact(&mut self, id: Id, depth: usize) -> Vec<Inline> {
        let tokens = std::mem::take(&mut self.tokens);
        let mut run = Run { tokens, is_spaced: false, space: None, is_exact: true };
        for child in self.children(id) {
            self.flatten(child, depth, &mut run);
        }
        self.build(run.tokens)
    }

    fn flatten(&mut self, root: Id, depth: usize, run: &mut Run) {
        let mut current = root;
        let mut level = depth;
        loop {
            let node = self.node(current);
            let mut first = NONE;
            match (&node.data, node.class) {
                (Data::Text(text), _) => run.text(text, node.span()),
                (Data::Element(..), Class::Inline) if level + 2 > MAX_DEPTH => {
                    let raw = self.too_deep(current);
                    run.show(Inline::new(InlineKind::Raw(raw)).at(node.span()));
                }
                (Data::Element(..), Class::Inline) => first = self.open(current, run),
                (_, Class::Hidden) => {
                    let raw = Inline::new(InlineKind::Raw(self.raw(current))).at(node.span());
                    run.tokens.push(Token::Leaf(raw));
                }
                _ => run.show(Inline::new(InlineKind::Raw(self.raw(current))).at(node.span())),
            }
            if first != NONE {
                current = first;
                level += 1;
                continue;
            }
            loop {
                if current == root {
                    return;
                }
                if self.node(current).next != NONE {
                    current = self.node(current).next;
                    break;
                }
                current = self.node(current).parent;
                run.close(self.node(current));
                level -= 1;
            }
        }
    }

    /// Takes an inline element: gives its first child if its content comes next.
    fn open(&self, id: Id, run: &mut Run) -> Id {
        let node = self.node(id);
        match node.name() {
            "br" => run.line_break(self.leaf(id, InlineKind::HardBreak, &[])),
            "img" => run.show(self.image(id)),
            // A place where a line may break takes no room.
            "wbr" => run.tokens.push(Token::Leaf(self.void(id))),
            name if names::is_void(name) => run.show(self.void(id)),
            _ => {
                run.tokens.push(Token::Open(id));
                if node.first == NONE {
                    run.close(node);
                }
                return node.first;
            }
        }
        NONE
    }

    fn leaf(&self, id: Id, kind: InlineKind, said: &[&str]) -> Inline {
        Inline::new(kind).at(self.node(id).span()).with_attrs(self.attrs_without(id, said))
    }

    fn void(&self, id: Id) -> Inline {
        self.leaf(id, InlineKind::Element(InlineElement::new(self.node(id).name(), Vec::new())), &[])
    }

    fn image(&self, id: Id) -> Inline {
        match (self.attr(id, "src"), self.attr(id, "alt")) {
            (Some(url), Some(alt)) if is_sayable(url) => {
                let title = self.attr(id, "title").map(str::to_owned);
                let image = Image::new(url, alt).title(title);
                self.leaf(id, InlineKind::Image(image), &["src", "alt", "title"])
            }
            _ => self.void(id),
        }
    }

    /// Makes a tree of the tokens. Finished inlines wait on one stack for the element that they stand in, so that each
    /// list is made once and as long as it is.
    fn build(&mut self, mut tokens: Vec<Token>) -> Vec<Inline> {
        let mut done = std::mem::take(&mut self.done);
        let start = done.len();
        self.open.clear();
        for token in tokens.drain(..) {
            match token {
                Token::Text(text, _) if text.is_empty() => {}
                Token::Text(text, span) => done.push(Inline::new(InlineKind::Text(text)).at(span)),
                Token::SoftBreak(span) => done.push(Inline::new(InlineKind::SoftBreak).at(span)),
                Token::Leaf(inline) => done.push(inline),
                Token::Open(id) => self.open.push((id, done.len())),
                Token::Close => {
                    let Some((id, first)) = self.open.pop() else { continue };
                    let children = done.drain(first..).collect();
                    done.push(self.inline(id, children));
                }
            }
        }
        let inlines = done.drain(start..).collect();
        (self.tokens, self.done) = (tokens, done);
        inlines
    }

    /// An inline element with its content.
    fn inline(&self, id: Id, children: Vec<Inline>) -> Inline {
        let name = self.node(id).name();
        match name {
            "em" | "i" => self.leaf(id, InlineKind::Emphasis(children), &[]),
            "strong" | "b" => self.leaf(id, InlineKind::Strong(children), &[]),
            "del" | "s" | "strike" => self.leaf(id, InlineKind::Strikethrough(children), &[]),
            "code" => match only_text(&children) {
                Some(text) => self.leaf(id, InlineKind::Code(text), &[]),
                None => self.leaf(id, InlineKind::Element(InlineElement::new(name, children)), &[]),
            },
            "a" if let Some(url) = self.attr(id, "href").filter(|url| is_sayable(url)) => {
                let title = self.attr(id, "title").map(str::to_owned);
                self.leaf(id, InlineKind::Link(Link::new(url, children).title(title)), &["href", "title"])
            }
            _ => self.leaf(id, InlineKind::Element(InlineElement::new(name, children)), &[]),
        }
    }
}

impl Run {
    fn text(&mut self, text: &str, span: Span) {
        if self.is_exact {
            return self.push(text, span);
        }
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let length = bytes[at..].iter().take_while(|b| b.is_ascii_whitespace()).count();
            if length > 0 {
                let has_newline = bytes[at..at + length].contains(&b'\n');
                self.white_space(has_newline, span);
                at += length;
                continue;
            }
            // A control character stands for itself.
            let end = at + scan::words(&bytes[at..]).max(1);
            self.push(&text[at..end], span);
            (self.is_spaced, self.space) = (false, None);
            at = end;
        }
    }

    fn white_space(&mut self, has_newline: bool, span: Span) {
        if self.is_spaced {
            return;
        }
        if has_newline {
            self.tokens.push(Token::SoftBreak(span));
        } else {
            self.push(" ", span);
        }
        (self.is_spaced, self.space) = (true, Some(self.tokens.len() - 1));
    }

    fn push(&mut self, text: &str, span: Span) {
        match self.tokens.last_mut() {
            Some(Token::Text(before, place)) => {
                before.push_str(text);
                *place = place.cover(span);
            }
            _ => {
                // A space often follows.
                let mut own = String::with_capacity(text.len() + 1);
                own.push_str(text);
                self.tokens.push(Token::Text(own, span));
            }
        }
    }

    /// The end of an element. One with attributes stays even if it shows nothing: the space before it is not at the border.
    fn close(&mut self, node: &Node) {
        self.tokens.push(Token::Close);
        if node.element().is_some_and(|(_, attrs)| !attrs.is_empty()) {
            self.space = None;
        }
    }

    /// Something that takes room on the line.
    fn show(&mut self, inline: Inline) {
        self.tokens.push(Token::Leaf(inline));
        (self.is_spaced, self.space) = (false, None);
    }

    fn line_break(&mut self, inline: Inline) {
        if !self.is_exact {
            self.drop_space();
        }
        self.tokens.push(Token::Leaf(inline));
        self.is_spaced = true;
    }

    /// A border takes away the space in front of it.
    fn drop_space(&mut self) {
        let Some(token) = self.space.take().and_then(|index| self.tokens.get_mut(index)) else { return };
        match token {
            Token::Text(text, _) => drop(text.pop()),
            other => *other = Token::Text(String::new(), Span::default()),
        }
    }
}

/// Whether Markdown can say the address. Browsers drop white space around it and line breaks in it; Markdown encodes them.
fn is_sayable(url: &str) -> bool {
    url.trim_ascii().len() == url.len() && memchr::memchr3(b'\n', b'\r', b'\t', url.as_bytes()).is_none()
}

/// The text, if there is some and nothing else.
fn only_text(inlines: &[Inline]) -> Option<String> {
    let mut out = String::new();
    for inline in inlines {
        match &inline.kind {
            InlineKind::Text(text) => out.push_str(text),
            InlineKind::SoftBreak => out.push(' '),
            _ => return None,
        }
    }
    (!out.is_empty()).then_some(out)
}

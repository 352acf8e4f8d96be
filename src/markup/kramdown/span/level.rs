//! What has been read of a running text, or of a part of it.

use crate::ast::{Inline, InlineKind, Raw};
use crate::diag::Span;

/// What was added last, as kramdown has it: it decides what an attribute list belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    Nothing,
    Text,
    /// A quote, dash or entity: text here, a node of its own there.
    Symbol,
    Node,
    /// An element of HTML; where its opening tag stands among the inlines.
    Tag(usize),
}

/// What a level is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tree {
    Other,
    Emphasis,
    Strong,
    Link,
}

#[derive(Debug)]
pub(super) struct Level {
    pub(super) kids: Vec<Inline>,
    pub(super) tail: Tail,
    pub(super) tree: Tree,
    /// Whether this or what it stands in is one.
    pub(super) in_emphasis: bool,
    pub(super) in_strong: bool,
    pub(super) in_link: bool,
    pub(super) in_html: bool,
    /// Whether only tags are read.
    pub(super) is_raw: bool,
    /// Whether text stays as kramdown prints it: the inside of a script.
    pub(super) is_verbatim: bool,
    /// Whether quotes and dashes stay apart from text: abbreviations end at them.
    pub(super) keeps_symbols: bool,
    /// Images that were added.
    pub(super) images: isize,
    /// Nodes that this lies in.
    pub(super) nodes: usize,
}

impl Level {
    pub(super) fn root() -> Self {
        Level {
            kids: Vec::new(),
            tail: Tail::Nothing,
            tree: Tree::Other,
            in_emphasis: false,
            in_strong: false,
            in_link: false,
            in_html: false,
            is_raw: false,
            is_verbatim: false,
            keeps_symbols: false,
            images: 0,
            nodes: 0,
        }
    }

    /// A level in this one.
    pub(super) fn child(&self, tree: Tree) -> Self {
        Level {
            tree,
            in_emphasis: self.in_emphasis || tree == Tree::Emphasis,
            in_strong: self.in_strong || tree == Tree::Strong,
            in_link: self.in_link || tree == Tree::Link,
            in_html: self.in_html,
            keeps_symbols: self.keeps_symbols,
            nodes: self.nodes + usize::from(tree != Tree::Other),
            ..Level::root()
        }
    }

    pub(super) fn push(&mut self, inline: Inline) {
        self.kids.push(inline);
        self.tail = Tail::Node;
    }

    /// Adds text without a newline in it, to the text before it if there is one.
    pub(super) fn push_text(&mut self, text: &str, span: Span) {
        let text = match self.kids.last() {
            Some(Inline { kind: InlineKind::SoftBreak | InlineKind::HardBreak, .. }) => {
                text.trim_start_matches([' ', '\t'])
            }
            _ => text,
        };
        if text.is_empty() {
            return;
        }
        let span = Span::new(span.end - text.len().min(span.len()), span.end);
        let is_apart = self.keeps_symbols && self.tail == Tail::Symbol;
        if let Some(Inline { kind: InlineKind::Text(last), span: place, .. }) = self.kids.last_mut()
            && !is_apart
        {
            last.push_str(text);
            place.end = span.end.max(place.end);
            return;
        }
        self.kids.push(Inline::new(InlineKind::Text(text.to_owned())).at(span));
    }

    /// Adds what stands for a quote, a dash, an entity.
    pub(super) fn push_symbol(&mut self, text: &str, span: Span) {
        self.tail = Tail::Symbol;
        self.push_text(text, span);
    }

    pub(super) fn push_raw(&mut self, text: &str, span: Span) {
        self.kids.push(Inline::new(InlineKind::Raw(Raw::html(text))).at(span));
    }

    /// Adds a line break; white space before it goes.
    pub(super) fn push_break(&mut self, inline: Inline) {
        self.trim_end();
        let follows_break = matches!(self.kids.last().map(|last| &last.kind), Some(InlineKind::HardBreak));
        if !(follows_break && inline.kind == InlineKind::SoftBreak) {
            self.kids.push(inline);
        }
    }

    /// Takes white space off the end.
    fn trim_end(&mut self) {
        if let Some(Inline { kind: InlineKind::Text(text), span, .. }) = self.kids.last_mut() {
            let length = text.trim_end_matches([' ', '\t']).len();
            span.end = span.end.saturating_sub(text.len() - length).max(span.start);
            text.truncate(length);
            if length == 0 {
                self.kids.pop();
            }
        }
    }

    /// Takes a backslash off the end of the text, if there is one.
    pub(super) fn drop_backslash(&mut self) -> bool {
        let Some(Inline { kind: InlineKind::Text(text), span, .. }) = self.kids.last_mut() else { return false };
        if text.ends_with('\\') {
            text.pop();
            span.end = span.end.saturating_sub(1).max(span.start);
            if text.is_empty() {
                self.kids.pop();
            }
            return true;
        }
        false
    }

    pub(super) fn finish(self) -> Vec<Inline> {
        self.kids
    }
}

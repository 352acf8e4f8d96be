//! What stands around text: emphasis, links, elements.

use crate::ast::{Attrs, Link};

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
    pub(super) fn is_nothing_if_empty(&self) -> bool {
        self.attrs.is_none_or(Attrs::is_empty) && !matches!(self.kind, MarkKind::Link(_))
    }
}

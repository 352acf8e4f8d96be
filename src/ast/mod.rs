//! The body as a tree: [`Document`], the meaning that all markups share.
//!
//! Every node is a [`Node`]: a kind, where it was written, and its HTML attributes. Blocks hold blocks or inlines,
//! inlines hold inlines; each kind's doc comment says what it contains.
//!
//! Notation (which bullet, how long a fence, setext or ATX) is stored so that printing looks like the source, and is no
//! part of [`Document::same_meaning`].
//!
//! Readers nest nodes at most [`MAX_DEPTH`] deep and keep what lies deeper as raw text. Code that recurses over a
//! document relies on that; so does dropping one.

mod attrs;
mod kind;
pub(crate) mod same;
#[cfg(test)]
pub(crate) mod shape;
mod tag;
mod text;
pub(crate) mod visit;
mod walk;

pub use attrs::Attrs;
pub use kind::{
    AlertKind, Alignment, Block, BlockKind, BlockQuote, Cell, CodeBlock, DefinitionItem, DefinitionKind, Element,
    Fence, FootnoteDefinition, Heading, HeadingStyle, Image, Inline, InlineElement, InlineKind, Link, LinkStyle, List,
    ListItem, ListItemContent, Marker, Math, Raw, Row, Table,
};
pub use same::Equality;
pub use tag::{
    Address, Argument, Details, Embed, Figure, Highlight, Meaning, Numbers, PageLink, Place, PlacedTag, Tag, TagDetails,
};
pub use text::plain_text;
pub use walk::{NodeRef, Step, Walk};

use std::sync::Arc;

use crate::diag::Span;

/// How deep nodes may lie in each other.
///
/// Low enough that recursion over a document fits any thread's stack, far above what people write by hand; html5ever's
/// time also grows with the square of the depth.
pub const MAX_DEPTH: usize = 256;

/// A node of the tree.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Node<K> {
    /// What it is, with what it holds.
    pub kind: K,
    /// Where it was written, in bytes of the text that was read. From Markdown it is exact; from HTML it is the lines
    /// that the element stands on.
    pub span: Span,
    /// Its HTML attributes, if it has any.
    pub attrs: Option<Box<Attrs>>,
}

impl<K> Node<K> {
    /// A node that was not read from a text, without attributes.
    pub fn new(kind: impl Into<K>) -> Self {
        Node { kind: kind.into(), span: Span::default(), attrs: None }
    }

    /// The same, read at `span`.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = span;
        self
    }

    /// The same, with attributes.
    #[must_use]
    pub fn with_attrs(mut self, attrs: Attrs) -> Self {
        self.attrs = (!attrs.is_empty()).then(|| Box::new(attrs));
        self
    }

    /// The value of the attribute `name`.
    pub fn attr(&self, name: &str) -> Option<&str> {
        self.attrs.as_ref().and_then(|attrs| attrs.get(name))
    }
}

/// The body of a post as a tree.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Document {
    /// Its blocks, in order.
    pub blocks: Vec<Block>,
    /// How CommonMark reads the text, if it was read as two markups.
    pub(crate) readings: Option<Arc<Readings>>,
}

/// A text that was read as another markup and as CommonMark. Blocks outside `others` are CommonMark's own.
#[derive(Debug, Default)]
pub(crate) struct Readings {
    /// The parts that CommonMark reads otherwise, in order, each with what it reads there.
    pub(crate) others: Vec<(Span, Vec<Block>)>,
}

/// Where the trees come from is no part of what they say.
impl PartialEq for Document {
    fn eq(&self, other: &Self) -> bool {
        self.blocks == other.blocks
    }
}

impl Document {
    /// A document of these blocks.
    pub fn new(blocks: Vec<Block>) -> Self {
        Document { blocks, readings: None }
    }

    /// Whether both say the same to a reader, notation and spans aside: [`Equality::Reader`].
    pub fn same_meaning(&self, other: &Document) -> bool {
        same::same(self, other, Equality::Reader)
    }

    /// Whether both say the same, notation and spans aside.
    ///
    /// An HTML element equals the raw tags that say the same, `<b>` equals `<strong>`, a line break that is white space
    /// counts as a space.
    pub fn same_meaning_as(&self, other: &Document, equality: Equality) -> bool {
        same::same(self, other, equality)
    }

    /// All nodes in reading order, each entered and left. Needs no stack space of its own.
    pub fn walk(&self) -> Walk<'_> {
        Walk::new(&self.blocks)
    }
}

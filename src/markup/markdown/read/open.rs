//! Nodes whose end has not come.

use crate::ast::{
    AlertKind, Alignment, Attrs, Block, Cell, CodeBlock, DefinitionItem, Image, Inline, LinkStyle, ListItem, Marker,
    Row,
};
use crate::diag::Span;

/// A node that is kept as raw text while it goes by.
pub(super) struct Skipped {
    pub(super) span: Span,
    pub(super) is_block: bool,
    /// How many starts are without their end.
    pub(super) depth: usize,
}

/// A node whose end has not come, and where it stands.
pub(super) struct Frame {
    pub(super) span: Span,
    pub(super) open: Open,
}

/// What such a node is, as far as it was read.
pub(super) enum Open {
    Blocks(BlockParent, Vec<Block>),
    Inlines(InlineParent, Vec<Inline>),
    List(Option<u64>, Option<Marker>, Vec<ListItem>),
    Definitions(Vec<DefinitionItem>),
    Table(Vec<Alignment>, Vec<Row>),
    Row(Vec<Cell>),
    Code(CodeBlock),
    Html(String),
    Image(Image),
    /// Something in an image: only its words count.
    Alt,
}

/// What holds blocks.
pub(super) enum BlockParent {
    Quote(Option<AlertKind>),
    Item,
    Definition,
    Footnote(String),
}

/// What holds inlines.
pub(super) enum InlineParent {
    Paragraph,
    /// Text without a paragraph around it. It has no event of its own.
    Plain,
    Heading(u8, Attrs),
    Term,
    Cell,
    Emphasis,
    Strong,
    Strikethrough,
    Element(&'static str),
    Link(String, Option<String>, LinkStyle),
}

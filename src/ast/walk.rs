use super::{Block, BlockKind, Cell, DefinitionItem, DefinitionKind, Inline, InlineKind, ListItem, Row};
use crate::diag::Span;

/// Any node, borrowed.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum NodeRef<'a> {
    /// A block.
    Block(&'a Block),
    /// An inline.
    Inline(&'a Inline),
    /// An item of a list.
    Item(&'a ListItem),
    /// A term or definition.
    Definition(&'a DefinitionItem),
    /// A row of a table; the first one entered is the head.
    Row(&'a Row),
    /// A cell of a row.
    Cell(&'a Cell),
}

impl<'a> NodeRef<'a> {
    /// Where the node was written.
    pub fn span(self) -> Span {
        match self {
            NodeRef::Block(node) => node.span,
            NodeRef::Inline(node) => node.span,
            NodeRef::Item(node) => node.span,
            NodeRef::Definition(node) => node.span,
            NodeRef::Row(node) => node.span,
            NodeRef::Cell(node) => node.span,
        }
    }

    /// The node's attributes.
    pub fn attrs(self) -> Option<&'a super::Attrs> {
        match self {
            NodeRef::Block(node) => node.attrs.as_deref(),
            NodeRef::Inline(node) => node.attrs.as_deref(),
            NodeRef::Item(node) => node.attrs.as_deref(),
            NodeRef::Definition(node) => node.attrs.as_deref(),
            NodeRef::Row(node) => node.attrs.as_deref(),
            NodeRef::Cell(node) => node.attrs.as_deref(),
        }
    }

    fn push_children(self, stack: &mut Vec<Step<'a>>) {
        match self {
            NodeRef::Block(block) => push_block_children(block, stack),
            NodeRef::Inline(inline) => {
                if let Some(children) = inline_children(inline) {
                    push(children, NodeRef::Inline, stack);
                }
            }
            NodeRef::Item(item) => push(&item.kind.blocks, NodeRef::Block, stack),
            NodeRef::Definition(item) => match &item.kind {
                DefinitionKind::Term(inlines) => push(inlines, NodeRef::Inline, stack),
                DefinitionKind::Definition(blocks) => push(blocks, NodeRef::Block, stack),
            },
            NodeRef::Row(row) => push(&row.kind, NodeRef::Cell, stack),
            NodeRef::Cell(cell) => push(&cell.kind, NodeRef::Inline, stack),
        }
    }
}

fn push<'a, T>(nodes: &'a [T], wrap: impl Fn(&'a T) -> NodeRef<'a>, stack: &mut Vec<Step<'a>>) {
    stack.extend(nodes.iter().rev().map(|node| Step::Enter(wrap(node))));
}

fn push_block_children<'a>(block: &'a Block, stack: &mut Vec<Step<'a>>) {
    match &block.kind {
        BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => push(inlines, NodeRef::Inline, stack),
        BlockKind::Heading(heading) => push(&heading.content, NodeRef::Inline, stack),
        BlockKind::BlockQuote(quote) => push(&quote.blocks, NodeRef::Block, stack),
        BlockKind::List(list) => push(&list.items, NodeRef::Item, stack),
        BlockKind::Table(table) => {
            push(&table.rows, NodeRef::Row, stack);
            stack.push(Step::Enter(NodeRef::Row(&table.head)));
        }
        BlockKind::DefinitionList(items) => push(items, NodeRef::Definition, stack),
        BlockKind::FootnoteDefinition(note) => push(&note.blocks, NodeRef::Block, stack),
        BlockKind::Element(element) => push(&element.children, NodeRef::Block, stack),
        BlockKind::CodeBlock(_) | BlockKind::ThematicBreak | BlockKind::Raw(_) | BlockKind::Template(_) => {}
    }
}

fn inline_children(inline: &Inline) -> Option<&Vec<Inline>> {
    match &inline.kind {
        InlineKind::Emphasis(children) | InlineKind::Strong(children) | InlineKind::Strikethrough(children) => {
            Some(children)
        }
        InlineKind::Link(link) => Some(&link.content),
        InlineKind::Element(element) => Some(&element.children),
        InlineKind::Text(_)
        | InlineKind::SoftBreak
        | InlineKind::HardBreak
        | InlineKind::Code(_)
        | InlineKind::Image(_)
        | InlineKind::FootnoteReference(_)
        | InlineKind::Math(_)
        | InlineKind::TaskMarker(_)
        | InlineKind::Raw(_)
        | InlineKind::Template(_) => None,
    }
}

/// One step of a [`Walk`].
#[derive(Clone, Copy, Debug)]
#[allow(clippy::exhaustive_enums)] // a node is entered and left
pub enum Step<'a> {
    /// The node begins; its children follow.
    Enter(NodeRef<'a>),
    /// The node ends.
    Leave(NodeRef<'a>),
}

/// All nodes of a tree in reading order, each entered and left. It keeps its own stack.
#[derive(Debug)]
pub struct Walk<'a> {
    stack: Vec<Step<'a>>,
}

impl<'a> Walk<'a> {
    /// A walk over these blocks.
    pub fn new(blocks: &'a [Block]) -> Self {
        let mut stack = Vec::new();
        push(blocks, NodeRef::Block, &mut stack);
        Walk { stack }
    }

    /// A walk over these inlines.
    pub fn inlines(inlines: &'a [Inline]) -> Self {
        let mut stack = Vec::new();
        push(inlines, NodeRef::Inline, &mut stack);
        Walk { stack }
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = Step<'a>;

    fn next(&mut self) -> Option<Step<'a>> {
        let step = self.stack.pop()?;
        if let Step::Enter(node) = step {
            self.stack.push(Step::Leave(node));
            node.push_children(&mut self.stack);
        }
        Some(step)
    }
}

//! Tags in a tree that has no text behind it, for a program made or changed it: each is said in the target's language
//! where it stands.

use super::translate::{Job, Rewritten, Said};
use crate::ast::{
    Block, BlockKind, CodeBlock, DefinitionKind, Document, Inline, InlineKind, NodeRef, Place, PlacedTag, Raw, Step, Tag,
};
use crate::diag::{Sink, Span};

/// Whether a tag stands in the tree.
pub(crate) fn has_tags(document: &Document) -> bool {
    document.walk().any(|step| match step {
        Step::Enter(NodeRef::Block(block)) => matches!(block.kind, BlockKind::Template(_)),
        Step::Enter(NodeRef::Inline(inline)) => matches!(inline.kind, InlineKind::Template(_)),
        _ => false,
    })
}

/// The tree with words and plain nodes in the place of its tags.
pub(crate) fn from_tree(document: &Document, job: &Job<'_>, sink: &mut dyn Sink) -> (Document, Rewritten) {
    let text = all_text(document);
    let mut rewritten = Rewritten::new(&text);
    let blocks = in_tree(&document.blocks, &mut rewritten, job, sink);
    (Document::new(blocks), rewritten)
}

/// Blocks with words and plain nodes in the place of their tags.
pub(crate) fn in_tree(blocks: &[Block], rewritten: &mut Rewritten, job: &Job<'_>, sink: &mut dyn Sink) -> Vec<Block> {
    let mut blocks = blocks.to_vec();
    Work { rewritten, job, sink }.blocks(&mut blocks);
    blocks
}

/// Everything that the words must not occur in.
fn all_text(document: &Document) -> String {
    let mut out = String::new();
    for step in document.walk() {
        match step {
            Step::Enter(NodeRef::Inline(inline)) => match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
                InlineKind::Raw(raw) => out.push_str(&raw.text),
                InlineKind::Link(link) => out.push_str(&link.url),
                _ => {}
            },
            Step::Enter(NodeRef::Block(block)) => match &block.kind {
                BlockKind::CodeBlock(code) => out.push_str(&code.text),
                BlockKind::Raw(raw) => out.push_str(&raw.text),
                _ => {}
            },
            _ => {}
        }
    }
    out
}

struct Work<'a, 's> {
    rewritten: &'s mut Rewritten,
    job: &'a Job<'a>,
    sink: &'s mut dyn Sink,
}

/// Nodes lie at most [`MAX_DEPTH`](crate::ast::MAX_DEPTH) deep, so recursion is bounded.
impl Work<'_, '_> {
    fn said(&mut self, tag: &Tag, span: Span, place: Place) -> Said {
        let placed = PlacedTag { place, ..PlacedTag::new(tag.clone(), span) };
        self.rewritten.say_alone(&placed, self.job, self.sink)
    }

    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        for block in blocks {
            match &mut block.kind {
                BlockKind::Template(tag) => {
                    let tag = tag.clone();
                    block.kind = match self.said(&tag, block.span, Place::Block) {
                        Said::Text(text) => BlockKind::Paragraph(vec![Inline::new(InlineKind::Text(text))]),
                        Said::Html(html) => BlockKind::Raw(Raw::html(html)),
                        Said::Code(info, code) => BlockKind::CodeBlock(CodeBlock::new(info, code)),
                    };
                }
                BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => self.inlines(inlines),
                BlockKind::Heading(heading) => self.inlines(&mut heading.content),
                BlockKind::BlockQuote(quote) => self.blocks(&mut quote.blocks),
                BlockKind::List(list) => list.items.iter_mut().for_each(|item| self.blocks(&mut item.kind.blocks)),
                BlockKind::Table(table) => {
                    let rows = std::iter::once(&mut table.head).chain(&mut table.rows);
                    rows.flat_map(|row| &mut row.kind).for_each(|cell| self.inlines(&mut cell.kind));
                }
                BlockKind::DefinitionList(items) => {
                    for item in items {
                        match &mut item.kind {
                            DefinitionKind::Term(inlines) => self.inlines(inlines),
                            DefinitionKind::Definition(blocks) => self.blocks(blocks),
                        }
                    }
                }
                BlockKind::FootnoteDefinition(note) => self.blocks(&mut note.blocks),
                BlockKind::Element(element) => self.blocks(&mut element.children),
                BlockKind::CodeBlock(_) | BlockKind::ThematicBreak | BlockKind::Raw(_) => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        for inline in inlines {
            match &mut inline.kind {
                InlineKind::Template(tag) => {
                    let tag = tag.clone();
                    inline.kind = match self.said(&tag, inline.span, Place::Text) {
                        Said::Text(text) => InlineKind::Text(text),
                        Said::Html(html) => InlineKind::Raw(Raw::html(html)),
                        Said::Code(_, code) => InlineKind::Code(code),
                    };
                }
                InlineKind::Emphasis(children) | InlineKind::Strong(children) | InlineKind::Strikethrough(children) => {
                    self.inlines(children);
                }
                InlineKind::Link(link) => self.inlines(&mut link.content),
                InlineKind::Element(element) => self.inlines(&mut element.children),
                InlineKind::Text(_)
                | InlineKind::SoftBreak
                | InlineKind::HardBreak
                | InlineKind::Code(_)
                | InlineKind::Image(_)
                | InlineKind::FootnoteReference(_)
                | InlineKind::Math(_)
                | InlineKind::TaskMarker(_)
                | InlineKind::Raw(_) => {}
            }
        }
    }
}

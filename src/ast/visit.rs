//! Going through a tree to change it. Nodes lie at most [`MAX_DEPTH`](super::MAX_DEPTH) deep.

use super::{Block, BlockKind, DefinitionKind, Inline, InlineKind};

/// Calls `with` for each list of blocks that `block` holds.
pub(crate) fn each_body(block: &mut Block, with: &mut dyn FnMut(&mut Vec<Block>)) {
    match &mut block.kind {
        BlockKind::BlockQuote(quote) => with(&mut quote.blocks),
        BlockKind::List(list) => list.items.iter_mut().for_each(|item| with(&mut item.kind.blocks)),
        BlockKind::DefinitionList(items) => items.iter_mut().for_each(|item| {
            if let DefinitionKind::Definition(blocks) = &mut item.kind {
                with(blocks);
            }
        }),
        BlockKind::FootnoteDefinition(note) => with(&mut note.blocks),
        BlockKind::Element(element) => with(&mut element.children),
        _ => {}
    }
}

/// The same, to look at.
pub(crate) fn each_body_of<'b>(block: &'b Block, with: &mut dyn FnMut(&'b [Block])) {
    match &block.kind {
        BlockKind::BlockQuote(quote) => with(&quote.blocks),
        BlockKind::List(list) => list.items.iter().for_each(|item| with(&item.kind.blocks)),
        BlockKind::DefinitionList(items) => items.iter().for_each(|item| {
            if let DefinitionKind::Definition(blocks) = &item.kind {
                with(blocks);
            }
        }),
        BlockKind::FootnoteDefinition(note) => with(&note.blocks),
        BlockKind::Element(element) => with(&element.children),
        _ => {}
    }
}

/// Calls `with` for each of the blocks and those below them.
pub(crate) fn each_block(blocks: &mut [Block], with: &mut dyn FnMut(&mut Block)) {
    for block in blocks {
        with(block);
        each_body(block, &mut |blocks| each_block(blocks, with));
    }
}

/// Calls `with` for each inline below `blocks`, those in links and emphasis before what they stand in.
pub(crate) fn each_inline(blocks: &mut [Block], with: &mut dyn FnMut(&mut Inline)) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => within(inlines, with),
            BlockKind::Heading(heading) => within(&mut heading.content, with),
            BlockKind::Table(table) => {
                let rows = std::iter::once(&mut table.head).chain(&mut table.rows);
                rows.flat_map(|row| &mut row.kind).for_each(|cell| within(&mut cell.kind, with));
            }
            BlockKind::DefinitionList(items) => {
                for item in items {
                    match &mut item.kind {
                        DefinitionKind::Term(inlines) => within(inlines, with),
                        DefinitionKind::Definition(blocks) => each_inline(blocks, with),
                    }
                }
            }
            _ => each_body(block, &mut |blocks| each_inline(blocks, with)),
        }
    }
}

fn within(inlines: &mut [Inline], with: &mut dyn FnMut(&mut Inline)) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::Emphasis(kids) | InlineKind::Strong(kids) | InlineKind::Strikethrough(kids) => {
                within(kids, with);
            }
            InlineKind::Link(link) => within(&mut link.content, with),
            InlineKind::Element(element) => within(&mut element.children, with),
            _ => {}
        }
        with(inline);
    }
}

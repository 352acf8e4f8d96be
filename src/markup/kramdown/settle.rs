//! What stands in a body for something that kramdown makes: its table of contents, its empty cells, the place of its
//! footnotes. Another markup has nothing of the kind, so what kramdown makes takes its place.

use std::borrow::Cow;

use super::shown::{self, Display, no_break_space};
use crate::ast::visit::{each_body, each_inline};
use crate::ast::{Block, BlockKind, InlineKind, NodeRef, Step, Walk};
use crate::diag::{Diagnostic, Sink, codes};

/// Puts the table of contents in its place, takes options out, and what is for another format than HTML.
pub(super) fn settle(blocks: &mut Vec<Block>, source: &str, sink: &mut dyn Sink) {
    let is_ours = |step: Step<'_>| match step {
        Step::Enter(NodeRef::Block(block)) => match &block.kind {
            BlockKind::Template(tag) => tag.dialect == "kramdown",
            BlockKind::Raw(raw) => is_foreign(&raw.markup),
            _ => false,
        },
        Step::Enter(NodeRef::Inline(inline)) => match &inline.kind {
            InlineKind::Template(tag) => tag.dialect == "kramdown",
            InlineKind::Raw(raw) => is_foreign(&raw.markup),
            _ => false,
        },
        _ => false,
    };
    if !Walk::new(blocks).any(is_ours) {
        return;
    }
    let contents = shown::contents(blocks, source, &Display::default());
    replace(blocks, &contents, sink);
    each_inline(blocks, &mut |inline| {
        let is_gone = match &inline.kind {
            InlineKind::Template(tag) => tag.dialect == "kramdown",
            InlineKind::Raw(raw) => is_foreign(&raw.markup),
            _ => false,
        };
        if is_gone {
            inline.kind = InlineKind::Text(String::new());
        }
    });
}

fn is_foreign(markup: &str) -> bool {
    !matches!(markup, "html" | "kramdown")
}

fn replace(blocks: &mut Vec<Block>, contents: &[Block], sink: &mut dyn Sink) {
    blocks.retain_mut(|block| match &block.kind {
        BlockKind::Raw(raw) => !is_foreign(&raw.markup),
        BlockKind::Template(tag) if tag.dialect == "kramdown" && tag.name == "toc" => {
            let Some(list) = contents.first() else { return false };
            let message = "kramdown makes a table of contents here: it is written out";
            sink.report(Diagnostic::new(&codes::SHOWN_OTHERWISE, message).at(block.span));
            block.kind = list.kind.clone();
            each_inline(std::slice::from_mut(block), &mut |inline| inline.attrs = None);
            true
        }
        BlockKind::Template(tag) if tag.dialect == "kramdown" => {
            if tag.name == "footnotes" {
                let message = "kramdown puts the footnotes here: they stand at the end";
                sink.report(Diagnostic::new(&codes::SHOWN_OTHERWISE, message).at(block.span));
            }
            false
        }
        _ => true,
    });
    for block in blocks {
        each_body(block, &mut |blocks| replace(blocks, contents, sink));
    }
}

/// The first table with a cell that kramdown fills, for it is empty.
pub(crate) fn empty_cell(blocks: &[Block]) -> Option<&Block> {
    blocks.iter().find(|block| {
        let is_empty = |step: Step<'_>| match step {
            Step::Enter(NodeRef::Cell(cell)) => cell.kind.is_empty(),
            Step::Enter(NodeRef::Block(Block { kind: BlockKind::Element(element), .. })) => {
                matches!(element.name.as_str(), "td" | "th") && is_empty_text(&element.children)
            }
            _ => false,
        };
        Walk::new(std::slice::from_ref(block)).any(is_empty)
    })
}

fn is_empty_text(blocks: &[Block]) -> bool {
    matches!(blocks, [Block { kind: BlockKind::Plain(inlines), .. }] if inlines.is_empty())
}

/// The blocks with what kramdown puts into empty cells of tables.
pub(crate) fn fill_cells(blocks: &mut Cow<'_, [Block]>) {
    if empty_cell(blocks).is_some() {
        fill(blocks.to_mut());
    }
}

fn fill(blocks: &mut [Block]) {
    for block in blocks {
        if let BlockKind::Table(table) = &mut block.kind {
            let rows = std::iter::once(&mut table.head).chain(&mut table.rows);
            rows.flat_map(|row| &mut row.kind)
                .filter(|cell| cell.kind.is_empty())
                .for_each(|cell| cell.kind.push(no_break_space()));
        }
        if let BlockKind::Element(element) = &mut block.kind
            && matches!(element.name.as_str(), "td" | "th")
            && let [Block { kind: BlockKind::Plain(inlines), .. }] = element.children.as_mut_slice()
            && inlines.is_empty()
        {
            inlines.push(no_break_space());
        }
        each_body(block, &mut |blocks| fill(blocks));
    }
}

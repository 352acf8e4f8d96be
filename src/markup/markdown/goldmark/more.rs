//! `<!--more-->`, which Hugo takes out before it reads Markdown.

use crate::ast::{Block, BlockKind, Inline, InlineKind};
use crate::diag::Span;

/// What divides the summary of a page from the rest of it.
pub(in super::super) const MORE: &str = "<!--more-->";

/// Divides the paragraph in which the first [`MORE`] stands, at `first`. Gives its place and what Hugo makes of the paragraph; `None`
/// if that is what Jekyll does.
pub(in super::super) fn divide(blocks: &mut Vec<Block>, first: usize) -> Option<(Span, &'static str)> {
    let is_mark = |inline: &Inline| matches!(&inline.kind, InlineKind::Raw(raw) if raw.text == MORE);
    let is_mark = |inline: &Inline| inline.span.start == first && is_mark(inline);
    let is_space = |inline: &Inline| match &inline.kind {
        InlineKind::Text(text) => text.trim().is_empty(),
        kind => matches!(kind, InlineKind::SoftBreak | InlineKind::HardBreak),
    };
    let found = blocks.iter().enumerate().find_map(|(index, block)| {
        let BlockKind::Paragraph(inlines) = &block.kind else { return None };
        Some((index, inlines.iter().position(is_mark)?))
    });
    let (index, at) = found?;
    let block = blocks.get_mut(index)?;
    let BlockKind::Paragraph(inlines) = &mut block.kind else { return None };
    let mut behind = inlines.split_off(at + 1);
    let place = inlines.pop()?.span;
    while inlines.last().is_some_and(is_space) {
        inlines.pop();
    }
    behind.drain(..behind.iter().take_while(|inline| is_space(inline)).count());
    if behind.is_empty() || inlines.is_empty() {
        inlines.append(&mut behind);
        return inlines.is_empty().then_some((place, "leaves out the empty paragraph around"));
    }
    let second = Block { span: Span::new(place.end, block.span.end), ..Block::new(BlockKind::Paragraph(behind)) };
    block.span.end = place.start;
    blocks.insert(index + 1, second);
    Some((place, "divides the paragraph at"))
}

/// Takes every [`MORE`] out.
pub(in super::super) fn take_marks(blocks: &mut Vec<Block>) {
    blocks.retain_mut(|block| {
        match &mut block.kind {
            BlockKind::Raw(raw) if raw.markup == "html" && raw.text.contains(MORE) => {
                raw.text = raw.text.replace(MORE, "");
                return !raw.text.trim().is_empty();
            }
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
                take_marks_in_text(inlines);
                return !inlines.is_empty();
            }
            BlockKind::BlockQuote(quote) => take_marks(&mut quote.blocks),
            BlockKind::List(list) => list.items.iter_mut().for_each(|item| take_marks(&mut item.kind.blocks)),
            BlockKind::Element(element) => take_marks(&mut element.children),
            _ => {}
        }
        true
    });
}

fn take_marks_in_text(inlines: &mut Vec<Inline>) {
    inlines.retain_mut(|inline| {
        match &mut inline.kind {
            InlineKind::Raw(raw) => return raw.text != MORE,
            InlineKind::Emphasis(kids) | InlineKind::Strong(kids) | InlineKind::Strikethrough(kids) => {
                take_marks_in_text(kids);
            }
            InlineKind::Link(link) => take_marks_in_text(&mut link.content),
            _ => {}
        }
        true
    });
}

//! The quick way to the same answer: trees that are alike node by node say the same, whatever the stream would make of
//! them. Most of what is compared is two readings of one text, and most of these are alike.

use super::super::{Block, BlockKind, DefinitionKind, Inline, InlineKind, Node};

/// Whether the blocks are certainly the same elements; if not, that is for the stream to say.
pub(crate) fn blocks(a: &[Block], b: &[Block]) -> bool {
    all(a, b, block)
}

fn all<T>(a: &[Node<T>], b: &[Node<T>], is_alike: impl Fn(&T, &T) -> bool) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.attrs == b.attrs && is_alike(&a.kind, &b.kind))
}

/// Nodes lie at most [`MAX_DEPTH`](super::super::MAX_DEPTH) deep.
fn block(a: &BlockKind, b: &BlockKind) -> bool {
    match (a, b) {
        (BlockKind::Paragraph(a), BlockKind::Paragraph(b)) | (BlockKind::Plain(a), BlockKind::Plain(b)) => {
            inlines(a, b)
        }
        (BlockKind::Heading(a), BlockKind::Heading(b)) => a.level == b.level && inlines(&a.content, &b.content),
        (BlockKind::BlockQuote(a), BlockKind::BlockQuote(b)) => a.alert == b.alert && blocks(&a.blocks, &b.blocks),
        (BlockKind::List(a), BlockKind::List(b)) => {
            a.start == b.start && all(&a.items, &b.items, |a, b| blocks(&a.blocks, &b.blocks))
        }
        (BlockKind::CodeBlock(a), BlockKind::CodeBlock(b)) => a.info == b.info && a.text == b.text,
        (BlockKind::Table(a), BlockKind::Table(b)) => {
            let row = |a: &Vec<_>, b: &Vec<_>| all(a, b, |a: &Vec<Inline>, b| inlines(a, b));
            a.alignments == b.alignments
                && a.head.attrs == b.head.attrs
                && row(&a.head.kind, &b.head.kind)
                && all(&a.rows, &b.rows, row)
        }
        (BlockKind::ThematicBreak, BlockKind::ThematicBreak) => true,
        (BlockKind::DefinitionList(a), BlockKind::DefinitionList(b)) => all(a, b, |a, b| match (a, b) {
            (DefinitionKind::Term(a), DefinitionKind::Term(b)) => inlines(a, b),
            (DefinitionKind::Definition(a), DefinitionKind::Definition(b)) => blocks(a, b),
            _ => false,
        }),
        (BlockKind::FootnoteDefinition(a), BlockKind::FootnoteDefinition(b)) => {
            a.label == b.label && blocks(&a.blocks, &b.blocks)
        }
        (BlockKind::Raw(a), BlockKind::Raw(b)) => a == b,
        _ => false,
    }
}

/// Running text, in however many pieces.
fn inlines(a: &[Inline], b: &[Inline]) -> bool {
    let (mut left, mut right) = (a.iter(), b.iter());
    let (mut text, mut other) = ("", "");
    loop {
        if text.is_empty() || other.is_empty() {
            let (a, b) = (next(&mut left, &mut text), next(&mut right, &mut other));
            match (a, b) {
                (None, None) if text.is_empty() && other.is_empty() => return left.len() == 0 && right.len() == 0,
                (None, None) if !text.is_empty() && !other.is_empty() => {}
                (Some(a), Some(b)) if text.is_empty() && other.is_empty() => {
                    if a.attrs != b.attrs || !inline(&a.kind, &b.kind) {
                        return false;
                    }
                    continue;
                }
                _ => return false,
            }
        }
        let length = text.len().min(other.len());
        if text.as_bytes()[..length] != other.as_bytes()[..length] {
            return false;
        }
        (text, other) = (text.get(length..).unwrap_or_default(), other.get(length..).unwrap_or_default());
    }
}

/// The next inline, if it is no text; text goes into `text`, if that is used up.
fn next<'a>(inlines: &mut std::slice::Iter<'a, Inline>, text: &mut &'a str) -> Option<&'a Inline> {
    while text.is_empty() {
        let inline = inlines.next()?;
        match &inline.kind {
            InlineKind::Text(more) if inline.attrs.is_none() => *text = more,
            _ => return Some(inline),
        }
    }
    None
}

fn inline(a: &InlineKind, b: &InlineKind) -> bool {
    match (a, b) {
        (InlineKind::Emphasis(a), InlineKind::Emphasis(b))
        | (InlineKind::Strong(a), InlineKind::Strong(b))
        | (InlineKind::Strikethrough(a), InlineKind::Strikethrough(b)) => inlines(a, b),
        (InlineKind::Link(a), InlineKind::Link(b)) => {
            a.url == b.url && a.title == b.title && inlines(&a.content, &b.content)
        }
        (InlineKind::Image(a), InlineKind::Image(b)) => a.url == b.url && a.title == b.title && a.alt == b.alt,
        (InlineKind::SoftBreak, InlineKind::SoftBreak) | (InlineKind::HardBreak, InlineKind::HardBreak) => true,
        (InlineKind::Code(a), InlineKind::Code(b))
        | (InlineKind::FootnoteReference(a), InlineKind::FootnoteReference(b)) => a == b,
        (InlineKind::TaskMarker(a), InlineKind::TaskMarker(b)) => a == b,
        (InlineKind::Raw(a), InlineKind::Raw(b)) => a == b,
        _ => false,
    }
}

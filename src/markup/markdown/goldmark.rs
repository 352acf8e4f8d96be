//! Goldmark as Hugo 0.168 runs it: what it reads otherwise than pulldown-cmark. Each case was tried on the real program.

use super::read;
use crate::ast::{Block, BlockKind, Inline, InlineKind, ListItem};
use crate::diag::Span;
use crate::format::Extensions;

/// What divides the summary of a page from the rest of it.
pub(super) const MORE: &str = "<!--more-->";

/// What Hugo itself puts in its place while Markdown is read.
const DIVIDER: &str = "HUGOMORE42";

/// Reads the part `span` of `text`. The first [`MORE`] divides blocks wherever it stands, and takes the white space behind
/// it away; it is no part of the result, nor is any other.
pub(super) fn read(text: &str, span: Span, extensions: &Extensions) -> Vec<Block> {
    let body = span.slice(text).unwrap_or_default();
    let Some(at) = body.find(MORE) else {
        let mut blocks = read::parse(text, span, extensions, &mut ()).blocks;
        amend(&mut blocks, text);
        return blocks;
    };
    let (before, behind) = (&body[..at], body[at + MORE.len()..].trim_start());
    let from = body.len() - behind.len();
    let divided = format!("{before}\n\n{DIVIDER}\n\n{behind}");
    let mut blocks = read::parse(&divided, Span::new(0, divided.len()), extensions, &mut ()).blocks;
    amend(&mut blocks, &divided);
    let resumes = divided.len() - behind.len();
    let own = |offset: usize| match offset.checked_sub(resumes) {
        Some(offset) => span.start + from + offset,
        None => span.start + offset.min(at),
    };
    blocks.retain(|block| !is_divider(block));
    take_marks(&mut blocks);
    for block in &mut blocks {
        block.span = Span::new(own(block.span.start), own(block.span.end));
    }
    blocks
}

fn is_divider(block: &Block) -> bool {
    let BlockKind::Paragraph(inlines) = &block.kind else { return false };
    matches!(inlines.as_slice(), [Inline { kind: InlineKind::Text(text), .. }] if text == DIVIDER)
}

/// Takes every [`MORE`] out.
pub(super) fn take_marks(blocks: &mut Vec<Block>) {
    blocks.retain_mut(|block| {
        match &mut block.kind {
            BlockKind::Raw(raw) if raw.markup == "html" && raw.text.contains(MORE) => {
                raw.text = raw.text.replace(MORE, "");
                return !raw.text.trim().is_empty();
            }
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
                inlines.retain(|inline| !matches!(&inline.kind, InlineKind::Raw(raw) if raw.text == MORE));
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

/// Makes of pulldown-cmark's reading of `text` Goldmark's.
fn amend(blocks: &mut [Block], text: &str) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading(_) => amend_heading(block, text),
            BlockKind::BlockQuote(quote) => amend(&mut quote.blocks, text),
            BlockKind::FootnoteDefinition(note) => amend(&mut note.blocks, text),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    amend_item(item, text);
                    amend(&mut item.kind.blocks, text);
                }
            }
            _ => {}
        }
    }
}

/// What stands in braces behind a heading is text unless each word of it is an id, a class or a name with a value.
fn amend_heading(block: &mut Block, text: &str) {
    if block.attrs.is_none() {
        return;
    }
    let source = block.span.slice(text).unwrap_or_default();
    let line = source.lines().next().unwrap_or_default().trim_end().trim_end_matches('#').trim_end();
    let Some((_, inside)) = line.strip_suffix('}').and_then(|line| line.rsplit_once('{')) else { return };
    let is_attribute = |word: &str| word.starts_with(['#', '.']) || word.contains('=');
    if inside.contains(['"', '\'']) || inside.split_ascii_whitespace().all(is_attribute) {
        return;
    }
    if let BlockKind::Heading(heading) = &mut block.kind {
        heading.content.push(Inline::new(InlineKind::Text(format!(" {{{inside}}}"))));
        block.attrs = None;
    }
}

/// The box of a task needs no space behind it, and be it a link.
fn amend_item(item: &mut ListItem, text: &str) {
    let Some(first) = item.kind.blocks.first_mut() else { return };
    let source = first.span.slice(text).unwrap_or_default();
    let (BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines)) = &mut first.kind else { return };
    let is_task = matches!(inlines.first(), Some(Inline { kind: InlineKind::TaskMarker(_), .. }));
    if let [b'[', mark @ (b' ' | b'x' | b'X'), b']', ..] = source.as_bytes()
        && !is_task
    {
        inlines.insert(0, Inline::new(InlineKind::TaskMarker(*mark != b' ')));
    }
}

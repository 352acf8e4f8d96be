//! What a body means that was written for kramdown: what kramdown shows, but where that is broken and CommonMark has the
//! better reading.

use std::ops::Range;
use std::sync::Arc;

use super::parts::{Part, parts, same};
use super::settle::settle;
use super::{Settings, broken, plain, read, read_around};
use crate::ast::visit::{each_block, each_inline};
use crate::ast::{Attrs, Block, BlockKind, Document, Inline, InlineKind, NodeRef, Readings, Step, Walk};
use crate::diag::{Diagnostic, Sink, Span, codes};

/// The dialect of the tag that stands in the place of a plain block.
pub(super) const MARK: &str = "plain";

fn is_mark(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Template(tag) if tag.dialect == MARK)
}

/// Reads the part `range` of `text` with kramdown, what it makes itself in its place.
pub(crate) fn as_written(text: &str, range: Span, settings: &Settings, sink: &mut dyn Sink) -> Document {
    let mut document = read(text, range, &settings.as_written(), sink);
    settle(&mut document.blocks, text, sink);
    as_read(&mut document.blocks);
    document
}

/// What only kramdown's HTML has is none of a body's meaning.
fn as_read(blocks: &mut [Block]) {
    without_breaks_in_descriptions(blocks);
    each_block(blocks, &mut without_class_of_tasks);
}

/// The classes that kramdown gives lists of tasks.
fn without_class_of_tasks(block: &mut Block) {
    let BlockKind::List(list) = &mut block.kind else { return };
    let take = |attrs: &mut Option<Box<Attrs>>, class: &str| {
        if let Some(found) = attrs.as_mut().filter(|attrs| attrs.get("class") == Some(class)) {
            found.remove("class");
            if found.is_empty() {
                *attrs = None;
            }
        }
    };
    take(&mut block.attrs, "task-list");
    list.items.iter_mut().for_each(|item| take(&mut item.attrs, "task-list-item"));
}

/// A newline in the description of an image is a space to whoever hears it.
fn without_breaks_in_descriptions(blocks: &mut [Block]) {
    each_inline(blocks, &mut |inline| {
        if let InlineKind::Image(image) = &mut inline.kind
            && image.alt.contains('\n')
        {
            image.alt = image.alt.replace('\n', " ");
        }
    });
}

/// Reads the part `range` of `text` as kramdown shows it, with CommonMark's reading `found` beside it.
pub(crate) fn as_shown(text: &str, range: Span, settings: &Settings, found: Document, sink: &mut dyn Sink) -> Document {
    let mut shown = around_plain(text, range, settings, &found.blocks, sink)
        .unwrap_or_else(|| as_written(text, range, settings, sink).blocks);
    // kramdown prints a quote in an address as it stands, which ends the attribute.
    each_inline(&mut shown, &mut |inline| match &mut inline.kind {
        InlineKind::Link(link) => cut_at_quote(&mut link.url),
        InlineKind::Image(image) => cut_at_quote(&mut image.url),
        _ => {}
    });
    beside(range, shown, found, &mut |_, _, _| false)
}

/// Says of a part whether the second of its readings counts.
type Prefers<'p> = &'p mut dyn FnMut(Span, &[Block], &[Block]) -> bool;

/// The reading `shown` with that of CommonMark beside it. Where they differ, `prefers` says of a part whether CommonMark's counts.
fn beside(range: Span, shown: Vec<Block>, found: Document, prefers: Prefers<'_>) -> Document {
    let mut blocks = Vec::with_capacity(shown.len());
    let mut readings = Readings::default();
    let cuts = parts(range, &shown, &found.blocks);
    let (mut shown, mut found) = (shown.into_iter(), found.blocks.into_iter());
    for part in cuts {
        let left: Vec<Block> = shown.by_ref().take(part.left.len()).collect();
        let right: Vec<Block> = found.by_ref().take(part.right.len()).collect();
        if left.first().is_some_and(is_mark) || same(&left, &right) || prefers(part.span, &left, &right) {
            blocks.extend(right);
        } else {
            blocks.extend(left);
            readings.others.push((part.span, right));
        }
    }
    let mut document = Document::new(blocks);
    document.readings = Some(Arc::new(readings));
    document
}

fn cut_at_quote(url: &mut String) {
    if let Some(at) = memchr::memchr(b'"', url.as_bytes()) {
        url.truncate(at);
    }
}

/// Reports the addresses that kramdown cuts short.
fn report_quotes(blocks: &[Block], sink: &mut dyn Sink) {
    for step in Walk::new(blocks) {
        let Step::Enter(NodeRef::Inline(inline)) = step else { continue };
        let url = match &inline.kind {
            InlineKind::Link(link) => &link.url,
            InlineKind::Image(image) => &image.url,
            _ => continue,
        };
        if url.contains('"') {
            let message = "kramdown ends an address at a quote: read as it was meant";
            sink.report(Diagnostic::new(&codes::READ_AS_MEANT, message).at(inline.span));
        }
    }
}

/// Reads the part `range` of `text` with kramdown and with CommonMark, `found`. Each part that CommonMark keeps is
/// reported.
pub(crate) fn as_meant(text: &str, range: Span, settings: &Settings, found: Document, sink: &mut dyn Sink) -> Document {
    let shown = around_plain(text, range, settings, &found.blocks, sink)
        .unwrap_or_else(|| as_written(text, range, settings, sink).blocks);
    report_quotes(&shown, sink);
    beside(range, shown, found, &mut |span, left, right| {
        let Some(what) = broken::sign(text, span, left, right) else { return false };
        let message = format!("kramdown {what}: read as it was meant");
        sink.report(Diagnostic::new(&codes::READ_AS_MEANT, message).at(span));
        true
    })
}

/// The reading of kramdown with marks in the places of plain blocks; `None` if it is no reading for kramdown's own input,
/// or if something in it looks at the whole of the body.
fn around_plain(
    text: &str,
    range: Span,
    settings: &Settings,
    found: &[Block],
    sink: &mut dyn Sink,
) -> Option<Vec<Block>> {
    if !settings.gfm || settings.hard_wrap {
        return None;
    }
    let mut plain = plain::blocks(range.slice(text)?);
    keep_blocks_of(&mut plain, range.start, found);
    if plain.is_empty() {
        return None;
    }
    let mut reports: Vec<Diagnostic> = Vec::new();
    let mut document = read_around(text, range, &plain, &settings.as_written(), &mut reports);
    as_read(&mut document.blocks);
    let is_made = |step: Step<'_>| match step {
        Step::Enter(NodeRef::Block(Block { kind: BlockKind::Template(tag), .. })) => tag.dialect != MARK,
        Step::Enter(NodeRef::Inline(Inline { kind: InlineKind::Template(_), .. })) => true,
        _ => false,
    };
    if document.walk().any(is_made) {
        return None;
    }
    // A mark and what it stands for begin and end together, and with nothing else.
    let cuts = parts(range, &document.blocks, found);
    let is_apart = |part: &Part| {
        let left = document.blocks.get(part.left.clone()).unwrap_or_default();
        left.len() == 1 || !left.iter().any(is_mark)
    };
    if !cuts.iter().all(is_apart) {
        return None;
    }
    reports.into_iter().for_each(|report| sink.report(report));
    Some(document.blocks)
}

/// Keeps the plain blocks that are blocks of the other reading too.
fn keep_blocks_of(plain: &mut Vec<Range<usize>>, offset: usize, found: &[Block]) {
    let mut at = 0;
    plain.retain(|range| {
        let (start, end) = (offset + range.start, offset + range.end);
        while found.get(at).is_some_and(|block| block.span.start < start) {
            at += 1;
        }
        let block = found.get(at);
        block.is_some_and(|block| block.span.start == start && (end..=end + 1).contains(&block.span.end))
    });
}

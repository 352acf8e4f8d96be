//! What a body means that was written for kramdown: what kramdown shows, but where that is broken and CommonMark has the
//! better reading.

use super::parts::{parts, same};
use super::settle::settle;
use super::visit::each_inline;
use super::{Settings, broken, read_as_written};
use crate::ast::{Block, Document, InlineKind, NodeRef, Step};
use crate::diag::{Diagnostic, Sink, Span, codes};

/// Reads the part `range` of `text` with kramdown, what it makes itself in its place.
pub(crate) fn as_written(text: &str, range: Span, settings: &Settings, sink: &mut dyn Sink) -> Document {
    let mut document = read_as_written(text, range, settings, sink);
    settle(&mut document.blocks, text, sink);
    document
}

/// Reads the part `range` of `text` as kramdown shows it.
pub(crate) fn as_shown(text: &str, range: Span, settings: &Settings, sink: &mut dyn Sink) -> Document {
    let mut document = as_written(text, range, settings, sink);
    // kramdown prints a quote in an address as it stands, which ends the attribute.
    each_inline(&mut document.blocks, &mut |inline| match &mut inline.kind {
        InlineKind::Link(link) => cut_at_quote(&mut link.url),
        InlineKind::Image(image) => cut_at_quote(&mut image.url),
        _ => {}
    });
    document
}

fn cut_at_quote(url: &mut String) {
    if let Some(at) = memchr::memchr(b'"', url.as_bytes()) {
        url.truncate(at);
    }
}

/// Reports the addresses that kramdown cuts short.
fn report_quotes(document: &Document, sink: &mut dyn Sink) {
    for step in document.walk() {
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
    let shown = as_written(text, range, settings, sink);
    report_quotes(&shown, sink);
    if same(&shown.blocks, &found.blocks) {
        return found;
    }
    let mut blocks = Vec::with_capacity(shown.blocks.len());
    let cuts = parts(range, &shown.blocks, &found.blocks);
    let (mut shown, mut found) = (shown.blocks.into_iter(), found.blocks.into_iter());
    for part in cuts {
        let left: Vec<Block> = shown.by_ref().take(part.left.len()).collect();
        let right: Vec<Block> = found.by_ref().take(part.right.len()).collect();
        if same(&left, &right) {
            blocks.extend(right);
            continue;
        }
        let Some(what) = broken::sign(text, part.span, &left, &right) else {
            blocks.extend(left);
            continue;
        };
        let message = format!("kramdown {what}: read as it was meant");
        sink.report(Diagnostic::new(&codes::READ_AS_MEANT, message).at(part.span));
        blocks.extend(right);
    }
    Document::new(blocks)
}

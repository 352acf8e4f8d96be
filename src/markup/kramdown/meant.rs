//! What a body means that was written for kramdown: what kramdown shows, but where that is broken and CommonMark has the
//! better reading.

use super::parts::{parts, same};
use super::settle::settle;
use super::{Settings, broken, read_as_written};
use crate::ast::{Block, Document};
use crate::diag::{Diagnostic, Sink, Span, codes};

/// Reads the part `range` of `text` as kramdown shows it.
pub(crate) fn as_shown(text: &str, range: Span, settings: &Settings, sink: &mut dyn Sink) -> Document {
    let mut shown = read_as_written(text, range, settings, sink);
    settle(&mut shown.blocks, text, sink);
    shown
}

/// Reads the part `range` of `text` with kramdown and with CommonMark, `found`. Each part that CommonMark keeps is
/// reported.
pub(crate) fn as_meant(text: &str, range: Span, settings: &Settings, found: Document, sink: &mut dyn Sink) -> Document {
    let shown = as_shown(text, range, settings, sink);
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

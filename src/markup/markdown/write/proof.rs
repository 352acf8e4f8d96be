//! The proof: what was written is read back and compared with what was meant.
//!
//! Both become streams of canonical bytes, unit by unit: a unit is an outermost block, or a tag around such. What differs
//! is written again, with more care. The proof shows that the Markdown says what was meant; it does not show that the
//! source was read right, nor that every renderer agrees with the one that reads back here.

use super::writer::{Care, Cares, Unit, UnitPlace, key};
use std::collections::BTreeSet;

use super::back::Back;
use crate::ast::same::{Notes, Stream};
use crate::ast::{Block, BlockKind, Equality};
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::format::Extensions;

/// So many times a body is written; what differs then is not proved.
pub(super) const ROUNDS: usize = 8;

/// The units that do not come back as they were meant.
pub(super) fn failing<'u, 'a>(
    text: &str,
    units: &'u [UnitPlace<'a>],
    extensions: &Extensions,
    equality: Equality,
    loosened: &BTreeSet<usize>,
) -> Vec<&'u [UnitPlace<'a>]> {
    let mut back = Back::new(text, extensions);
    let mut meant = Stream::new(equality).with_spacing(loosened.clone());
    let mut found = Stream::new(equality).with_spacing(BTreeSet::new());
    let mut notes = Notes::default();
    let mut failing = Vec::new();
    let mut first = 0;
    while first < units.len() {
        let mut end = first;
        let mut reached = 0;
        loop {
            put(&units[end].unit, &mut meant, &mut notes);
            end += 1;
            let limit = units.get(end).map_or(text.len(), |next| next.start);
            while back.next_start().is_some_and(|start| start < limit || end == units.len()) {
                reached = back.block(&mut found).unwrap_or(text.len()).max(reached);
            }
            // A block read back that holds the start of the next unit joins the two.
            if reached <= limit || end == units.len() {
                break;
            }
        }
        found.seam();
        if !meant.agrees(&found) {
            failing.push(&units[first..end]);
            found.resume_as(&meant);
        }
        meant.clear();
        found.clear();
        first = end;
    }
    failing
}

fn put(unit: &Unit<'_>, stream: &mut Stream, notes: &mut Notes) {
    match unit {
        Unit::Block(block) => {
            let is_run = matches!(block.kind, BlockKind::Plain(_)) && !stream.is_line_between_tags();
            let border = if is_run { Stream::boundary } else { Stream::seam };
            border(stream);
            stream.block(block, notes);
            border(stream);
        }
        Unit::Open(name, attrs, own) => {
            stream.seam();
            stream.element(name, *attrs, own.iter().map(|(name, value)| (*name, value.as_str())));
            stream.seam();
        }
        Unit::Close(name) => {
            stream.close(name);
            stream.seam();
        }
        Unit::Label(label) => {
            stream.footnote_label(label, notes);
            stream.boundary();
        }
        Unit::Item(name, attrs, inlines) => {
            stream.element(name, *attrs, None);
            stream.inlines(inlines, notes);
            stream.close(name);
        }
        Unit::RawItem(name, attrs, blocks) => {
            stream.element(name, *attrs, None);
            blocks.iter().for_each(|block| stream.block(block, notes));
            stream.close(name);
        }
    }
}

/// Gives what failed more care, towards the last round all there is; false if nothing more can be done for any of it.
pub(super) fn take_care(failing: &[&[UnitPlace<'_>]], round: usize, cares: &mut Cares) -> bool {
    let mut is_new = false;
    for units in failing {
        let mut is_cared = false;
        for unit in *units {
            if let Unit::Block(block) = &unit.unit
                && let Some(care) = next(block, cares.get(&key(block)).copied())
            {
                cares.insert(key(block), if round + 2 < ROUNDS { care } else { Care::Raw });
                is_cared = true;
            }
        }
        if !is_cared {
            // Only the tags around are left.
            for around in units.iter().filter_map(|unit| unit.within) {
                is_cared |= cares.insert(around, Care::Raw) != Some(Care::Raw);
            }
        }
        is_new |= is_cared;
    }
    is_new
}

/// The care after `care` for this block.
fn next(block: &Block, care: Option<Care>) -> Option<Care> {
    let is_container = matches!(
        block.kind,
        BlockKind::BlockQuote(_) | BlockKind::List(_) | BlockKind::DefinitionList(_) | BlockKind::FootnoteDefinition(_)
    );
    match (care, &block.kind) {
        (_, BlockKind::Raw(_) | BlockKind::Template(_)) | (Some(Care::Raw), _) => None,
        (None, BlockKind::CodeBlock(_) | BlockKind::ThematicBreak | BlockKind::Element(_)) => Some(Care::Raw),
        (None, _) => Some(Care::Careful),
        (Some(Care::Careful), _) if is_container => Some(Care::Tags),
        (Some(_), _) => Some(Care::Raw),
    }
}

/// Says what could not be proved.
pub(super) fn report(failing: &[&[UnitPlace<'_>]], sink: &mut dyn Sink) {
    for units in failing {
        let spans = units.iter().filter_map(|unit| match &unit.unit {
            Unit::Block(block) => Some(block.span).filter(|span| !span.is_empty()),
            _ => None,
        });
        let message = "this does not read back as it was meant: look at it in the output";
        sink.report(Diagnostic::new(&codes::UNPROVED, message).at_opt(spans.reduce(Span::cover)));
    }
}

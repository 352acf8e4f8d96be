//! Two readings of one text, cut where blocks of both end together.

use std::ops::Range;

use super::formulas;
use crate::ast::same::{alike, same_elements};
use crate::ast::{Block, BlockKind, Inline, InlineKind, NodeRef, Step, Walk};
use crate::diag::{Diagnostic, Sink, Span, codes};

/// Reads a part of a text.
pub(crate) type Read<'f> = &'f dyn Fn(&str, Span, &mut dyn Sink) -> Vec<Block>;

/// A part of a text that neither reading cuts through.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) span: Span,
    /// The blocks of the one reading in it.
    pub(super) left: Range<usize>,
    /// Those of the other.
    pub(super) right: Range<usize>,
}

/// What becomes of a part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fate {
    /// Its bytes stay: the target reads it as it is meant.
    Kept,
    /// The same, though nobody can say how it is read, so deep it lies. No edit would show.
    Left,
    /// It is mended.
    Mended,
}

/// The parts of a body, each with what becomes of it; `None` if the target reads all of it as it is meant.
pub(super) fn cut(text: &str, range: Span, meant: &[Block], read: Read<'_>) -> Option<Vec<(Part, Fate)>> {
    let has_math = formulas::has_words(range.slice(text).unwrap_or_default());
    // Where formulas are passed through, an escaped parenthesis opens one.
    let opens_math = |span: Span| has_math && span.slice(text).is_some_and(formulas::has_escaped_parenthesis);
    let mut deep: Vec<Span> = Vec::new();
    let found = read(text, range, &mut |told: Diagnostic| {
        deep.extend(told.span.filter(|_| *told.code == codes::NESTED_TOO_DEEP));
    });
    if !opens_math(range) && same(meant, &found) {
        return None;
    }
    let with_fate = |part: Part| {
        let left = meant.get(part.left.clone()).unwrap_or_default();
        if same(left, found.get(part.right.clone()).unwrap_or_default()) && !opens_math(part.span) {
            (part, Fate::Kept)
        } else if deep.iter().any(|deep| deep.start < part.span.end && part.span.start < deep.end) {
            (part, Fate::Left)
        } else {
            (part, Fate::Mended)
        }
    };
    Some(parts(range, meant, &found).into_iter().map(with_fate).collect())
}

/// Cuts both readings where blocks of both end together.
pub(super) fn parts(range: Span, left: &[Block], right: &[Block]) -> Vec<Part> {
    let mut parts = Vec::new();
    let (mut i, mut j) = (0, 0);
    while i < left.len() || j < right.len() {
        let (from_i, from_j) = (i, j);
        let starts = [left.get(i), right.get(j)];
        let Some(start) = starts.iter().flatten().map(|block| block.span.start).min() else { break };
        let mut end = start;
        loop {
            let before = (i, j);
            i = take(left, i, start, &mut end);
            j = take(right, j, start, &mut end);
            if before == (i, j) {
                break;
            }
        }
        let span = Span::new(start.max(range.start), end.min(range.end));
        parts.push(Part { span, left: from_i..i, right: from_j..j });
    }
    parts
}

/// Takes the blocks that begin before `end`, and moves it behind them.
fn take(blocks: &[Block], mut at: usize, start: usize, end: &mut usize) -> usize {
    while let Some(block) = blocks.get(at).filter(|block| block.span.start < *end || block.span.start == start) {
        *end = block.span.end.max(*end);
        at += 1;
    }
    at
}

/// Whether the blocks are the same elements.
pub(super) fn same(meant: &[Block], found: &[Block]) -> bool {
    alike(meant, found) || same_elements(meant, found) && scripts_in_text(meant) == scripts_in_text(found)
}

/// Where the two readings differ.
pub(crate) fn differences(range: Span, left: &[Block], right: &[Block]) -> Vec<Span> {
    let differ = |part: &Part| {
        !same(left.get(part.left.clone()).unwrap_or_default(), right.get(part.right.clone()).unwrap_or_default())
    };
    parts(range, left, right).into_iter().filter(differ).map(|part| part.span).collect()
}

/// How many scripts stand in running text: it shows nothing there either, but it is another place.
fn scripts_in_text(blocks: &[Block]) -> usize {
    let is_script = |step| match step {
        Step::Enter(NodeRef::Inline(Inline { kind: InlineKind::Raw(raw), .. })) => raw.text.starts_with("<script"),
        _ => false,
    };
    Walk::new(blocks).filter(|step| is_script(*step)).count()
}

/// Whether a reference to a footnote became HTML, which leads nowhere, or a footnote did, which then is none.
pub(super) fn loses_notes(meant: &[Block], printed: &str) -> bool {
    let is_note = |step| match step {
        Step::Enter(NodeRef::Inline(inline)) => matches!(inline.kind, InlineKind::FootnoteReference(_)),
        Step::Enter(NodeRef::Block(block)) => matches!(block.kind, BlockKind::FootnoteDefinition(_)),
        _ => false,
    };
    ["footnote-reference", "footnote-definition"].iter().any(|class| printed.contains(class))
        && Walk::new(meant).any(is_note)
}

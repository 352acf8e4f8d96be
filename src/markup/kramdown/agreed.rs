//! What a reading leaves for the writer, so that nothing is read or compared twice: where kramdown and CommonMark read the
//! same, the tree is CommonMark's own.

use super::parts::{Fate, Part, same};
use crate::ast::{Block, Readings};
use crate::diag::Span;

/// How the target's reading is made of CommonMark's.
pub(crate) struct Agreed<'f> {
    /// Both readings of the body.
    pub(crate) readings: &'f Readings,
    /// Whether the target reads a block otherwise than CommonMark.
    pub(crate) is_amended: &'f dyn Fn(&Block) -> bool,
    /// Makes the target's reading of CommonMark's.
    pub(crate) amend: &'f dyn Fn(&mut Vec<Block>),
}

impl Agreed<'_> {
    /// The parts of a body that means `meant`, each with what becomes of it. Blocks in which a heading needs its id stay
    /// nowhere.
    pub(super) fn parts(&self, range: Span, meant: &[Block], without_id: &[Span]) -> Vec<(Part, Fate)> {
        let mut parts = Vec::with_capacity(meant.len());
        let mut others = self.readings.others.iter().skip_while(|(span, _)| span.end <= range.start).peekable();
        let mut missing = without_id.iter().peekable();
        let mut at = 0;
        loop {
            let from = at;
            let start = meant.get(at).map(|block| block.span.start);
            let (span, other) = match others.peek() {
                Some((span, other)) if start.is_none_or(|start| span.start <= start) => {
                    let is_in = |block: &&Block| block.span.start < span.end || block.span.start == span.start;
                    at += meant.get(at..).unwrap_or_default().iter().take_while(is_in).count();
                    others.next();
                    (*span, Some(other))
                }
                _ => {
                    let Some(block) = meant.get(at) else { break };
                    at += 1;
                    (block.span, None)
                }
            };
            let left = meant.get(from..at).unwrap_or_default();
            let mut is_kept = true;
            while missing.next_if(|heading| heading.start < span.end).is_some() {
                is_kept = false;
            }
            is_kept &= match (other, left) {
                (Some(other), left) => {
                    let mut other = other.clone();
                    (self.amend)(&mut other);
                    same(left, &other)
                }
                (None, [block]) => !(self.is_amended)(block),
                (None, _) => false,
            };
            let span = Span::new(span.start.max(range.start), span.end.min(range.end));
            let fate = if is_kept { Fate::Kept } else { Fate::Mended };
            parts.push((Part { span, left: from..at, right: 0..0 }, fate));
        }
        parts
    }
}

//! Where Hugo passes `\(` … `\)` through as a formula, escaped parentheses in text are one: on the whole site, though only
//! some pages have formulas.

use crate::ast::{Block, BlockKind, Inline, InlineKind, NodeRef, Raw, Step, Walk};

/// The extension of formats.
pub(super) const NAME: &str = "passthrough";

/// Marks the blocks in which Hugo finds a formula, for nothing was meant to be one.
pub(super) fn mark(blocks: &mut [Block], text: &str) {
    for block in blocks {
        let Some((_, behind)) = block.span.slice(text).and_then(|source| source.split_once("\\(")) else { continue };
        if behind.contains("\\)") && Walk::new(std::slice::from_ref(block)).any(|step| opens_formula(&step, text)) {
            let otherwise = Inline::new(InlineKind::Raw(Raw::html("<otherwise></otherwise>")));
            block.kind = BlockKind::Paragraph(vec![otherwise]);
        }
    }
}

fn opens_formula(step: &Step<'_>, text: &str) -> bool {
    let Step::Enter(NodeRef::Inline(Inline { kind: InlineKind::Text(own), span, .. })) = step else { return false };
    let is_escaped = |at: usize| {
        let before = text.get(..at).unwrap_or_default();
        (before.len() - before.trim_end_matches('\\').len()) % 2 == 1
    };
    let source = span.slice(text).unwrap_or_default();
    own.contains('(') && source.match_indices('(').any(|(at, _)| is_escaped(span.start + at))
}

//! What tests of readers ask of a tree: whether its spans lie as they must, and its shape in one line.

use super::{Document, InlineKind, NodeRef, Step};
use crate::diag::Span;

/// Law 4: spans lie in the file, on character boundaries, children inside their parents.
pub(crate) fn check_nesting(text: &str, document: &Document) {
    let mut parents = vec![Span::new(0, text.len())];
    for step in document.walk() {
        match step {
            Step::Enter(node) => {
                let (span, parent) = (node.span(), *parents.last().unwrap());
                assert!(span.slice(text).is_some(), "{span:?} of {node:?} in {text:?}");
                assert!(
                    parent.start <= span.start && span.end <= parent.end,
                    "{span:?} in {parent:?} of {text:?} {node:?}"
                );
                parents.push(span);
            }
            Step::Leave(_) => drop(parents.pop()),
        }
    }
}

/// The same, and top-level blocks have something in them and stand behind each other.
pub(crate) fn check_spans(text: &str, document: &Document) {
    check_nesting(text, document);
    let mut end = 0;
    for block in &document.blocks {
        assert!(!block.span.is_empty() && block.span.start >= end, "{:?} behind {end} in {text:?}", block.span);
        end = block.span.end;
    }
}

/// The tree in short: kinds of nodes with what is in them in parentheses, items in brackets, text as it is.
pub(crate) fn outline(document: &Document) -> String {
    let mut out = String::new();
    for step in document.walk() {
        match step {
            Step::Enter(NodeRef::Block(block)) => open(&format!("{:?}", block.kind), &mut out),
            Step::Enter(NodeRef::Inline(inline)) => match &inline.kind {
                InlineKind::Text(text) => out.push_str(text),
                other => open(&format!("{other:?}"), &mut out),
            },
            Step::Leave(NodeRef::Inline(inline)) if matches!(inline.kind, InlineKind::Text(_)) => {}
            Step::Enter(_) => out.push('['),
            Step::Leave(NodeRef::Block(_) | NodeRef::Inline(_)) => out.push(')'),
            Step::Leave(_) => out.push(']'),
        }
    }
    out
}

/// The name that a kind's debug form begins with.
fn open(kind: &str, out: &mut String) {
    out.push_str(kind.split(['(', ' ']).next().unwrap_or_default());
    out.push('(');
}

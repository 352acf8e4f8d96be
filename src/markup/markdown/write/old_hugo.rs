//! What Hugo 0.111 has no form for. Each case was tried on the real program.

use std::borrow::Cow;

use crate::ast::{Block, BlockKind, Inline, InlineKind, Math, NodeRef, Raw, Step, Walk};
use crate::diag::Span;
use crate::markup::kramdown::{each_body, each_inline};

/// Makes of formulas what that Hugo leaves alone, for it passes none through; gives what shows otherwise.
pub(super) fn suit(blocks: &mut Cow<'_, [Block]>, text: &str) -> Vec<(Span, &'static str)> {
    let mut told = Vec::new();
    let is_math =
        |step: Step<'_>| matches!(step, Step::Enter(NodeRef::Inline(Inline { kind: InlineKind::Math(_), .. })));
    if Walk::new(blocks).any(is_math) {
        let blocks = blocks.to_mut();
        set_apart(blocks, &mut told);
        each_inline(blocks, &mut |inline| {
            if let InlineKind::Math(math) = &inline.kind {
                let formula = math.text.split_whitespace().collect::<Vec<_>>().join(" ");
                inline.kind = InlineKind::Text(format!("\\({formula}\\)"));
            }
        });
    }
    for step in Walk::new(blocks) {
        let Step::Enter(NodeRef::Inline(inline)) = step else { continue };
        let source = inline.span.slice(text).unwrap_or_default();
        match &inline.kind {
            InlineKind::Image(image) if is_odd(&image.alt, source) => {
                told.push((inline.span, "Hugo 0.111 does not read the description of an image as Jekyll does"));
            }
            InlineKind::Raw(raw) if ends_on_own_line(&raw.text) || ends_on_own_line(source) => {
                told.push((inline.span, "Hugo 0.111 shows a tag as text that ends on a line of its own"));
            }
            _ => {}
        }
    }
    told
}

fn ends_on_own_line(tag: &str) -> bool {
    tag.contains('\n') && tag.lines().last().is_some_and(|line| matches!(line.trim(), ">" | "/>"))
}

/// Whether a description has signs that are set, escaped or lost.
fn is_odd(alt: &str, source: &str) -> bool {
    alt.contains(['\'', '"', '&', '<', '>', '\\', '_', '*', '`', '~'])
        || alt.contains("--")
        || alt.contains("...")
        || source.contains('\n')
}

/// Formulas between blocks stand in an element of their own, which Markdown leaves alone.
fn set_apart(blocks: &mut [Block], told: &mut Vec<(Span, &'static str)>) {
    for block in blocks {
        if let BlockKind::Paragraph(inlines) = &block.kind
            && let [Inline { kind: InlineKind::Math(Math { text, display: true, .. }), .. }] = inlines.as_slice()
        {
            let lines = text.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join("\n");
            let formula = lines.replace('&', "&amp;").replace('<', "&lt;");
            block.kind = BlockKind::Raw(Raw::html(format!("<div>\n\\[{formula}\\]\n</div>")));
            told.push((block.span, "Hugo 0.111 has no formulas: this one stands in a `div`"));
        }
        each_body(block, &mut |blocks| set_apart(blocks, told));
    }
}

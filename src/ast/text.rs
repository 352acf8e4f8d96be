use super::{Inline, InlineKind, NodeRef, Step, Walk};

/// The words of running text without its markup, as a reader hears them: an image gives its `alt`, a break a space.
pub fn plain_text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for step in Walk::inlines(inlines) {
        let Step::Enter(NodeRef::Inline(inline)) = step else { continue };
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
            InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
            InlineKind::Image(image) => out.push_str(&image.alt),
            InlineKind::Math(math) => out.push_str(&math.text),
            InlineKind::Emphasis(_)
            | InlineKind::Strong(_)
            | InlineKind::Strikethrough(_)
            | InlineKind::Link(_)
            | InlineKind::Element(_)
            | InlineKind::FootnoteReference(_)
            | InlineKind::TaskMarker(_)
            | InlineKind::Raw(_)
            | InlineKind::Template(_) => {}
        }
    }
    out
}

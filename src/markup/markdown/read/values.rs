//! What single values of events become.

use pulldown_cmark::{Alignment as Column, BlockQuoteKind, CowStr, Tag, TagEnd};

use crate::ast::{AlertKind, Alignment, Attrs, InlineKind};

/// The words of an image's description, as pulldown-cmark gives them to `alt`.
pub(super) fn push_alt(alt: &mut String, kind: &InlineKind) {
    match kind {
        InlineKind::Text(text) | InlineKind::Code(text) => alt.push_str(text),
        InlineKind::Raw(raw) => alt.push_str(&raw.text),
        InlineKind::SoftBreak | InlineKind::HardBreak => alt.push(' '),
        InlineKind::Math(math) => {
            let mark = if math.display { "$$" } else { "$" };
            alt.push_str(mark);
            alt.push_str(&math.text);
            alt.push_str(mark);
        }
        InlineKind::FootnoteReference(label) => {
            alt.push('[');
            alt.push_str(label);
            alt.push(']');
        }
        InlineKind::TaskMarker(checked) => alt.push_str(if *checked { "[x]" } else { "[ ]" }),
        InlineKind::Image(image) => alt.push_str(&image.alt),
        InlineKind::Emphasis(_)
        | InlineKind::Strong(_)
        | InlineKind::Strikethrough(_)
        | InlineKind::Link(_)
        | InlineKind::Element(_)
        | InlineKind::Template(_) => {}
    }
}

/// pulldown-cmark does not tell an empty title from none.
pub(super) fn title_of(title: &str) -> Option<String> {
    (!title.is_empty()).then(|| unix_lines(title))
}

pub(in crate::markup::markdown) fn heading_attrs(
    id: Option<&str>,
    classes: &[CowStr<'_>],
    others: &[(CowStr<'_>, Option<CowStr<'_>>)],
) -> Attrs {
    let id = id.map(|id| ("id".to_owned(), id.to_owned()));
    let classes = (!classes.is_empty()).then(|| {
        let classes: Vec<&str> = classes.iter().map(AsRef::as_ref).collect();
        ("class".to_owned(), classes.join(" "))
    });
    let others =
        others.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.as_deref().unwrap_or_default().to_owned()));
    id.into_iter().chain(classes).chain(others).collect()
}

pub(in crate::markup::markdown) fn alert(kind: BlockQuoteKind) -> AlertKind {
    match kind {
        BlockQuoteKind::Note => AlertKind::Note,
        BlockQuoteKind::Tip => AlertKind::Tip,
        BlockQuoteKind::Important => AlertKind::Important,
        BlockQuoteKind::Warning => AlertKind::Warning,
        BlockQuoteKind::Caution => AlertKind::Caution,
    }
}

pub(super) fn alignment(column: Column) -> Alignment {
    match column {
        Column::None => Alignment::None,
        Column::Left => Alignment::Left,
        Column::Center => Alignment::Center,
        Column::Right => Alignment::Right,
    }
}

/// The tree holds lines as `\n` ends them, whatever the file has.
pub(super) fn unix_lines(text: &str) -> String {
    text.replace("\r\n", "\n")
}

pub(super) fn push_unix_lines(out: &mut String, text: &str) {
    for (index, part) in text.split("\r\n").enumerate() {
        if index > 0 {
            out.push('\n');
        }
        out.push_str(part);
    }
}

/// Whether the tag is part of running text.
pub(super) fn is_inline(tag: &Tag<'_>) -> bool {
    is_inline_end(tag.to_end())
}

/// The same of its end.
pub(super) fn is_inline_end(end: TagEnd) -> bool {
    use TagEnd::{Emphasis, Image, Link, Strikethrough, Strong, Subscript, Superscript};
    matches!(end, Emphasis | Strong | Strikethrough | Superscript | Subscript | Link | Image)
}

/// Whether the tag is a `<pre>` and begins one.
pub(super) fn pre_tag(html: &str) -> Option<bool> {
    let (name, is_start) = match html.strip_prefix("</") {
        Some(name) => (name, false),
        None => (html.strip_prefix('<')?, true),
    };
    let is_pre = name.get(..3).is_some_and(|name| name.eq_ignore_ascii_case("pre"));
    (is_pre && name[3..].starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'))).then_some(is_start)
}

//! Where a post's summary ends: Jekyll's `excerpt_separator`, `<!--more-->` everywhere else.

use crate::ast::{Block, BlockKind, Document, Inline, InlineKind, NodeRef, Raw, Step};
use crate::diag::{Diagnostic, Sink, codes};
use crate::format::Context;
use crate::post::Post;

/// The mark of a canonical post; Hugo takes exactly this.
const MORE: &str = "<!--more-->";

/// Makes the first `separator` in the body the mark. One of white space alone is no mark but Jekyll's default, the first
/// paragraph.
pub(super) fn normalize(post: &mut Post, separator: &str) {
    if separator != MORE && !separator.trim().is_empty() {
        replace_first(post, separator, MORE);
    }
}

/// The mark as Hugo does not take it for one.
const HIDDEN: &str = "<!-- more -->";

/// Hugo divides a post at its mark even if the post has a summary of its own; Jekyll does not.
pub(super) fn hide_from_hugo(post: &mut Post) {
    if post.meta.map.contains_key("summary") {
        while replace_first(post, MORE, HIDDEN) {}
    }
}

/// Makes the mark what the post's own `excerpt_separator` says.
pub(super) fn localize(post: &mut Post) {
    let separator = post.meta.get_str("excerpt_separator").map(str::to_owned);
    let Some(separator) = separator.filter(|text| !text.trim().is_empty()) else { return };
    if post.meta.map.contains_key("excerpt") && separator != HIDDEN {
        while replace_first(post, HIDDEN, &separator) {}
    }
    if separator != MORE {
        replace_first(post, MORE, &separator);
    }
}

/// Says which setting Jekyll needs for a mark that the body has.
pub(super) fn review(post: &Post, written: &Document, context: &Context<'_>, sink: &mut dyn Sink) {
    let is_set = post.meta.map.contains_key("excerpt_separator")
        || post.meta.map.contains_key("excerpt")
        || context.site.excerpt_separator.as_deref() == Some(MORE);
    if !is_set && has_mark(written) {
        let message = "Jekyll divides this post at its mark with this setting";
        sink.report(Diagnostic::new(&codes::JEKYLL_CONFIG, message).help(format!("excerpt_separator: {MORE}\n")));
    }
}

fn has_mark(document: &Document) -> bool {
    document.walk().any(|step| match step {
        Step::Enter(NodeRef::Block(block)) => matches!(&block.kind, BlockKind::Raw(raw) if raw.text.contains(MORE)),
        Step::Enter(NodeRef::Inline(inline)) => matches!(&inline.kind, InlineKind::Raw(raw) if raw.text.contains(MORE)),
        _ => false,
    })
}

/// Replaces the first `from` in raw pieces and text of the body, and gives whether there was one; the top-level block that
/// it stands in is written anew.
fn replace_first(post: &mut Post, from: &str, to: &str) -> bool {
    let is_absent = post.body.text().is_some_and(|(_, text)| !text.contains(from));
    !is_absent && post.body.edit_first(|block| in_block(block, from, to))
}

fn in_block(block: &mut Block, from: &str, to: &str) -> bool {
    match &mut block.kind {
        BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
            // A separator that is a paragraph of its own is the mark as a block of its own.
            if to == MORE
                && matches!(&inlines[..], [Inline { kind: InlineKind::Text(text), .. }] if text.trim() == from)
            {
                block.kind = BlockKind::Raw(Raw::html(MORE));
                return true;
            }
            in_inlines(inlines, from, to)
        }
        BlockKind::Raw(raw) if raw.text.trim() == from && !to.starts_with('<') => {
            block.kind = BlockKind::Paragraph(vec![Inline::new(InlineKind::Text(to.to_owned()))]);
            true
        }
        BlockKind::Raw(raw) => in_text(&mut raw.text, from, to),
        BlockKind::Heading(heading) => in_inlines(&mut heading.content, from, to),
        BlockKind::BlockQuote(quote) => in_blocks(&mut quote.blocks, from, to),
        BlockKind::Element(element) => in_blocks(&mut element.children, from, to),
        BlockKind::List(list) => list.items.iter_mut().any(|item| in_blocks(&mut item.kind.blocks, from, to)),
        _ => false,
    }
}

fn in_blocks(blocks: &mut [Block], from: &str, to: &str) -> bool {
    blocks.iter_mut().any(|block| in_block(block, from, to))
}

fn in_inlines(inlines: &mut Vec<Inline>, from: &str, to: &str) -> bool {
    for index in 0..inlines.len() {
        let Some(inline) = inlines.get_mut(index) else { return false };
        match &mut inline.kind {
            InlineKind::Raw(raw) if raw.text.trim() == from && !to.starts_with('<') => {
                inline.kind = InlineKind::Text(to.to_owned());
                return true;
            }
            InlineKind::Raw(raw) => {
                let is_done = in_text(&mut raw.text, from, to);
                if is_done {
                    return true;
                }
            }
            InlineKind::Text(text) => {
                let Some(at) = text.find(from) else { continue };
                let behind = text.split_off(at + from.len());
                text.truncate(at);
                let mark =
                    if to.starts_with('<') { InlineKind::Raw(Raw::html(to)) } else { InlineKind::Text(to.to_owned()) };
                let pieces = [mark, InlineKind::Text(behind)].map(Inline::new);
                inlines.splice(index + 1..=index, pieces);
                inlines.retain(|inline| !matches!(&inline.kind, InlineKind::Text(text) if text.is_empty()));
                return true;
            }
            InlineKind::Emphasis(inner) | InlineKind::Strong(inner) => {
                let is_done = in_inlines(inner, from, to);
                if is_done {
                    return true;
                }
            }
            _ => {}
        }
    }
    false
}

fn in_text(text: &mut String, from: &str, to: &str) -> bool {
    match text.find(from) {
        Some(at) => {
            text.replace_range(at..at + from.len(), to);
            true
        }
        None => false,
    }
}

//! Where a post's summary ends: Jekyll's `excerpt_separator`, `<!--more-->` everywhere else.

mod pad;

use pad::{Pad, pad, padded};

use crate::ast::{Block, BlockKind, Document, Inline, InlineKind, NodeRef, Raw, Step};
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::format::Context;
use crate::post::{Body, Post};

/// The mark of a canonical post; Hugo takes exactly this.
const MORE: &str = "<!--more-->";

/// Makes the first `separator` in the body the mark. One of white space alone is no mark but Jekyll's default, the first
/// paragraph.
pub(super) fn normalize(post: &mut Post, separator: &str) {
    if separator != MORE && !separator.trim().is_empty() {
        pad(post, Pad::On);
        replace_first(post, &padded(separator, Pad::On), MORE);
    }
}

/// The mark as Hugo does not take it for one.
const HIDDEN: &str = "<!-- more -->";

/// Hugo divides a post at its mark even if the post has a summary of its own; Jekyll does not.
pub(super) fn hide_from_hugo(post: &mut Post) {
    if post.meta.map.contains_key("summary") {
        pad::each_comment(post, MORE, |text| text.replace(MORE, HIDDEN));
    }
}

/// Hugo ends a paragraph at the mark and takes it out. A mark in the middle of running text stands between two paragraphs
/// then; or, where what was shown counts, it is none any more.
pub(super) fn settle_for_hugo(post: &mut Post, is_as_shown: bool, sink: &mut dyn Sink) {
    if !is_as_shown {
        set_apart(post);
        return;
    }
    while divides_text(&post.body) && replace_first(post, MORE, HIDDEN) {
        let message =
            "`<!--more-->` in the middle of a paragraph, which Hugo would end there, divides nothing any more";
        sink.report(Diagnostic::new(&codes::SHOWN_OTHERWISE, message));
    }
}

/// Whether the first mark has text of its own paragraph on both sides.
fn divides_text(body: &Body) -> bool {
    if body.text().is_some_and(|(_, text)| !may_have_mark(text)) {
        return false;
    }
    let (mut has_text, mut is_found) = (false, false);
    for step in body.document().walk() {
        match step {
            Step::Enter(NodeRef::Block(_)) | Step::Leave(NodeRef::Block(_)) if is_found => return false,
            Step::Enter(NodeRef::Block(block)) => {
                if matches!(&block.kind, BlockKind::Raw(raw) if raw.text.contains(MORE)) {
                    return false;
                }
                has_text = false;
            }
            Step::Enter(NodeRef::Inline(inline)) => match &inline.kind {
                InlineKind::Raw(raw) if !is_found && raw.text.contains(MORE) => is_found = true,
                _ if is_blank(inline) => {}
                _ if is_found => return has_text,
                _ => has_text = true,
            },
            _ => {}
        }
    }
    false
}

fn is_blank(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(text) => text.trim().is_empty(),
        InlineKind::SoftBreak | InlineKind::HardBreak => true,
        _ => false,
    }
}

/// Makes of a paragraph with the mark in it two with the mark in between, which is what Hugo makes of it: whatever stands
/// behind the mark begins a line then, where it could be something else.
fn set_apart(post: &mut Post) {
    if !divides_text(&post.body) {
        return;
    }
    let is_mark = |inline: &Inline| matches!(&inline.kind, InlineKind::Raw(raw) if raw.text.trim() == MORE);
    let place = |block: &Block| match &block.kind {
        BlockKind::Paragraph(inlines) => inlines.iter().position(is_mark),
        _ => None,
    };
    let blocks = &post.body.document().blocks;
    let Some((index, at)) = blocks.iter().enumerate().find_map(|(index, block)| Some((index, place(block)?))) else {
        return;
    };
    let blocks = &mut post.body.document_mut().blocks;
    let Some(Block { kind: BlockKind::Paragraph(inlines), .. }) = blocks.get_mut(index) else { return };
    let mut behind = inlines.split_off(at);
    behind.remove(0);
    let first = behind.iter().position(|inline| !is_blank(inline)).unwrap_or(behind.len());
    behind.drain(..first);
    while inlines.last().is_some_and(is_blank) {
        inlines.pop();
    }
    let after = [BlockKind::Raw(Raw::html(MORE)), BlockKind::Paragraph(behind)].map(Block::new);
    blocks.splice(index + 1..=index, after);
}

/// Makes the mark what the post's own `excerpt_separator` says.
pub(super) fn localize(post: &mut Post) {
    let separator = post.meta.get_str("excerpt_separator").map(str::to_owned);
    let Some(separator) = separator.filter(|text| !text.trim().is_empty()) else { return };
    if post.meta.map.contains_key("excerpt") && separator != HIDDEN {
        replace_each(post, HIDDEN, &separator);
    }
    if separator != MORE {
        replace_first(post, MORE, &padded(&separator, Pad::On));
        pad(post, Pad::Off);
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

/// Whether the mark may be in what is read of the text, however its comment is written there.
pub(super) fn may_have_mark(text: &str) -> bool {
    text.contains("more")
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
    let standing = standing(post, from).filter(|_| to == MORE);
    !is_absent
        && post.body.edit_first(|block| {
            if Some(block.span) != standing {
                return in_block(block, from, to);
            }
            block.kind = BlockKind::Raw(Raw::html(to));
            block.attrs = None;
            true
        })
}

/// Replaces every `from` in raw pieces and text of the body; the top-level blocks that they stand in are written anew.
fn replace_each(post: &mut Post, from: &str, to: &str) {
    post.body.edit_each(|block| {
        let mut is_changed = false;
        while in_block(block, from, to) {
            is_changed = true;
        }
        is_changed
    });
}

/// The block of the body that is the separator and nothing else, such as `<hr class="more">`.
fn standing(post: &Post, separator: &str) -> Option<Span> {
    let (source, _) = post.body.source().filter(|_| separator.starts_with('<'))?;
    let is_it = |span: &Span| span.slice(&source.text).is_some_and(|text| text.trim() == separator);
    post.body.document().blocks.iter().map(|block| block.span).find(is_it)
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
                let space = if lacks_space(inlines, index) { " " } else { "" };
                if let Some(inline) = inlines.get_mut(index) {
                    inline.kind = InlineKind::Text(format!("{to}{space}"));
                }
                return true;
            }
            InlineKind::Raw(raw) => {
                let is_done = in_text(&mut raw.text, from, to);
                if is_done {
                    return true;
                }
            }
            // What is a tag in the source is none in text, and the other way round.
            InlineKind::Text(_) if from.starts_with('<') => {}
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

/// Whether words stand right behind the mark though there is white space in front of it. On both sides of a comment one is
/// enough, and no more is written; a separator that readers see had both.
fn lacks_space(inlines: &[Inline], mark: usize) -> bool {
    let before = mark.checked_sub(1).and_then(|before| inlines.get(before)).map(|inline| &inline.kind);
    let behind = inlines.get(mark + 1).map(|inline| &inline.kind);
    matches!(before, Some(InlineKind::Text(text)) if text.ends_with(char::is_whitespace))
        && matches!(behind, Some(InlineKind::Text(text)) if text.starts_with(|c: char| c.is_alphanumeric()))
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

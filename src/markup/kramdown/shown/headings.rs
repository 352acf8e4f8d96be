//! Ids of headings and the table of contents.

use std::borrow::Cow;

use super::Display;
use crate::ast::visit::{each_body, each_body_of};
use crate::ast::{
    Attrs, Block, BlockKind, Heading, HeadingStyle, Inline, InlineKind, Link, List, ListItemContent, Node,
};
use crate::diag::Span;
use crate::markup::kramdown::block::split_id;
use crate::markup::kramdown::ids::{GfmIds, Ids, NativeIds, text as text_of};

/// Headings that were given ids.
#[derive(Debug, Default)]
pub(crate) struct Headings {
    gfm: GfmIds,
    native: NativeIds,
    /// Level, id and text of what the table of contents lists.
    listed: Vec<(u8, String, Vec<Inline>)>,
}

/// Writes the id of each heading that `other` would give another than `own`. Gives where each of these stands, and where
/// each heading stands that has none written, with its id.
pub(in super::super) fn write_ids(
    blocks: &mut Cow<'_, [Block]>,
    source: &str,
    own: &mut dyn Ids,
    other: &mut dyn Ids,
) -> (Vec<Span>, Vec<(Span, String)>) {
    let (mut missing, mut all) = (Vec::new(), Vec::new());
    each_heading(blocks, &mut |block, heading| {
        if let Some(id) = block.attr("id") {
            own.put(id);
            other.put(id);
            return;
        }
        let numbered = numbered(block, heading, source);
        let content = numbered.as_ref().map_or(heading.content.as_slice(), std::slice::from_ref);
        let words = block.span.slice(source).unwrap_or_default();
        let id = own.next_in(words, content, &heading.content);
        let others = other.next_in(words, content, &heading.content);
        if id.is_empty() {
            return;
        }
        if id != others || needs_id(block, heading, source) {
            missing.push((block.span, id));
        } else {
            all.push((block.span, id));
        }
    });
    if !missing.is_empty() {
        put_ids(blocks, &missing);
    }
    (missing.into_iter().map(|(span, _)| span).collect(), all)
}

/// Puts ids on the headings that stand where they belong to.
pub(in super::super) fn put_ids(blocks: &mut Cow<'_, [Block]>, ids: &[(Span, String)]) {
    let mut has_one = false;
    each_heading(blocks, &mut |_, _| has_one = true);
    if has_one {
        give_ids(blocks.to_mut(), ids);
    }
}

/// The headings that are given ids, in order.
fn each_heading<'b>(blocks: &'b [Block], with: &mut dyn FnMut(&'b Block, &'b Heading)) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => with(block, heading),
            BlockKind::Element(_) => {}
            _ => each_body_of(block, &mut |blocks| each_heading(blocks, with)),
        }
    }
}

/// The first heading that gets no id, for there is nothing in it to make one of.
pub(crate) fn heading_without_id(blocks: &[Block]) -> Option<&Block> {
    blocks.iter().find_map(|block| {
        let mut found = None;
        match &block.kind {
            BlockKind::Heading(heading) => {
                let is_bare = block.attr("id").is_none() && GfmIds::default().next(&heading.content).is_empty();
                found = is_bare.then_some(block);
            }
            _ => each_body_of(block, &mut |blocks| found = found.or_else(|| heading_without_id(blocks))),
        }
        found
    })
}

fn numbered(block: &Block, heading: &Heading, source: &str) -> Option<Inline> {
    let source = block.span.slice(source).filter(|source| source.contains("&#"))?;
    crate::markup::kramdown::ids::numbered(&heading.content, source)
}

/// Whether the id must be written although both give the same: a brace at the end may have to be written as a
/// reference, whose number Hugo takes into the id; with attributes that only HTML can say, a heading gets no id by itself;
/// and numbers of references count for Hugo.
fn needs_id(block: &Block, heading: &Heading, source: &str) -> bool {
    let needs_html = block.attrs.iter().any(|attrs| attrs.iter().any(|(name, _)| !matches!(name, "id" | "class")));
    let has_number = || block.span.slice(source).is_some_and(|source| source.contains("&#"));
    let has_brace = || {
        let text = text_of(&heading.content);
        text.ends_with('}') && text.rsplit_once('{').is_some_and(|(_, inside)| inside.contains(['#', '.', '=']))
    };
    needs_html || has_brace() || has_number()
}

fn give_ids(blocks: &mut [Block], ids: &[(Span, String)]) {
    for block in blocks {
        match &mut block.kind {
            BlockKind::Heading(_) => {
                if let Some((_, id)) = ids.iter().find(|(span, _)| *span == block.span && !span.is_empty())
                    && block.attr("id").is_none()
                {
                    block.attrs.get_or_insert_default().set("id", id.as_str());
                }
            }
            BlockKind::Element(_) => {}
            _ => each_body(block, &mut |blocks| give_ids(blocks, ids)),
        }
    }
}

impl Headings {
    /// Ids as the GFM parser gives them: to headings that stand in no element of HTML.
    pub(super) fn give_gfm_ids(&mut self, blocks: &mut [Block], display: &Display) {
        for block in blocks {
            if let BlockKind::Heading(heading) = &block.kind {
                if block.attr("id").is_none() {
                    let id = format!("{}{}", display.auto_id_prefix, self.gfm.next(&heading.content));
                    block.attrs.get_or_insert_default().set("id", id);
                }
            } else if !matches!(block.kind, BlockKind::Element(_)) {
                each_body(block, &mut |blocks| self.give_gfm_ids(blocks, display));
            }
        }
    }

    /// Ids as kramdown itself gives them, to all that have none; empty ones go. Takes down what is to be listed.
    pub(super) fn give_native_ids(&mut self, blocks: &mut [Block], source: &str, display: &Display) {
        for block in blocks {
            let BlockKind::Heading(heading) = &block.kind else {
                each_body(block, &mut |blocks| self.give_native_ids(blocks, source, display));
                continue;
            };
            let (level, content) = (heading.level, heading.content.clone());
            if display.auto_ids && block.attr("id").is_none() {
                let text = raw_text(heading, block.span, source, display);
                let id = format!("{}{}", display.auto_id_prefix, self.native.next(&text));
                block.attrs.get_or_insert_default().set("id", id);
            }
            let is_listed = display.toc_levels.contains(&level)
                && !block.attrs.iter().any(|attrs| attrs.classes().any(|class| class == "no_toc"));
            if let Some(id) = block.attr("id").filter(|_| is_listed) {
                self.listed.push((level, id.to_owned(), content));
            }
            if block.attr("id") == Some("") {
                block.attrs = block.attrs.take().and_then(|mut attrs| {
                    attrs.remove("id");
                    (!attrs.is_empty()).then_some(attrs)
                });
            }
        }
    }

    /// The table of contents.
    pub(super) fn contents(&mut self) -> Vec<Block> {
        let listed = std::mem::take(&mut self.listed);
        if listed.is_empty() {
            return Vec::new();
        }
        let mut list = nested(&mut listed.into_iter().peekable());
        list.attrs = Some(Box::new(Attrs::from_unique(vec![("id".to_owned(), "markdown-toc".to_owned())])));
        vec![list]
    }
}

/// The list of the headings that come, as deep as the first one of them or deeper.
fn nested(rest: &mut std::iter::Peekable<std::vec::IntoIter<(u8, String, Vec<Inline>)>>) -> Block {
    let mut items = Vec::new();
    let mut open: Option<u8> = None;
    while let Some((level, ..)) = rest.peek() {
        match open {
            Some(first) if *level < first && !items.is_empty() => break,
            _ => {}
        }
        let level = *level;
        let Some((_, id, content)) = rest.next() else { break };
        open = Some(open.map_or(level, |first| first.min(level)));
        let mut link = Inline::new(InlineKind::Link(Link::new(format!("#{id}"), entry(content))));
        link.attrs = Some(Box::new(Attrs::from_unique(vec![("id".to_owned(), format!("markdown-toc-{id}"))])));
        let mut blocks = vec![Block::new(BlockKind::Plain(vec![link]))];
        if rest.peek().is_some_and(|(next, ..)| *next > level) {
            blocks.push(nested(rest));
        }
        items.push(Node::new(ListItemContent::from(blocks)));
    }
    Block::new(BlockKind::List(List::bullets(items)))
}

/// The text of a heading without footnotes, and without links around its words.
fn entry(content: Vec<Inline>) -> Vec<Inline> {
    let mut out = Vec::with_capacity(content.len());
    for mut inline in content {
        match inline.kind {
            InlineKind::FootnoteReference(_) => continue,
            InlineKind::Link(link) => {
                out.extend(entry(link.content));
                continue;
            }
            InlineKind::Emphasis(kids) => inline.kind = InlineKind::Emphasis(entry(kids)),
            InlineKind::Strong(kids) => inline.kind = InlineKind::Strong(entry(kids)),
            InlineKind::Strikethrough(kids) => inline.kind = InlineKind::Strikethrough(entry(kids)),
            _ => {}
        }
        out.push(inline);
    }
    out
}

/// What an id is made of: what the heading shows, or how it is written.
fn raw_text(heading: &Heading, span: Span, source: &str, display: &Display) -> String {
    if display.gfm || display.auto_id_stripping {
        return text_of(&heading.content);
    }
    let written = span.slice(source).unwrap_or_default();
    let line = written.lines().next().unwrap_or_default().trim();
    let line = match heading.style {
        HeadingStyle::Atx => line.trim_start_matches('#').trim_start(),
        HeadingStyle::Setext => line,
    };
    let (line, _) = split_id(line);
    match heading.style {
        HeadingStyle::Atx => line.trim_end_matches('#').trim_end().to_owned(),
        HeadingStyle::Setext => line.to_owned(),
    }
}

//! Footnotes at the end of a body.

use std::collections::HashMap;

use super::{Display, Headings, show_blocks};
use crate::ast::visit::each_body;
use crate::ast::{Attrs, Block, BlockKind, DefinitionKind, Element, Inline, InlineKind, Node, Raw};

/// The footnotes of a body.
#[derive(Debug, Default)]
pub(crate) struct Footnotes {
    /// What each says; of two with one label the later counts.
    // hash: labels are only looked up
    known: HashMap<String, Vec<Block>>,
    /// Those that were referred to, in that order, with how often they were again.
    shown: Vec<(String, usize)>,
}

/// Takes the footnotes out of the blocks.
pub(super) fn take(blocks: &mut Vec<Block>, notes: &mut Footnotes) {
    for block in blocks.iter_mut() {
        each_body(block, &mut |blocks| take(blocks, notes));
        if let BlockKind::FootnoteDefinition(note) = &mut block.kind {
            notes.known.insert(note.label.clone(), std::mem::take(&mut note.blocks));
        }
    }
    blocks.retain(|block| !matches!(block.kind, BlockKind::FootnoteDefinition(_)));
}

impl Footnotes {
    /// The number that stands for a footnote, with links to it and back.
    pub(super) fn reference(&mut self, label: &str, display: &Display) -> InlineKind {
        let name = format!("{}{label}", display.footnote_prefix);
        let found = self.shown.iter().position(|(known, _)| known == label);
        let (index, again) = match found {
            Some(index) => {
                self.shown[index].1 += 1;
                (index, format!(":{}", self.shown[index].1))
            }
            None => {
                self.shown.push((label.to_owned(), 0));
                (self.shown.len() - 1, String::new())
            }
        };
        InlineKind::Raw(Raw::html(format!(
            "<sup id=\"fnref:{name}{again}\" role=\"doc-noteref\"><a href=\"#fn:{name}\" class=\"footnote\" \
             rel=\"footnote\">{}</a></sup>",
            display.footnote_nr + index
        )))
    }

    /// The list of those that were referred to.
    pub(super) fn section(&mut self, display: &Display, headings: &mut Headings, text: &str) -> Vec<Block> {
        let mut items = Vec::new();
        let mut index = 0;
        while let Some((label, again)) = self.shown.get(index).cloned() {
            let mut blocks = self.known.get(&label).cloned().unwrap_or_default();
            headings.give_native_ids(&mut blocks, text, display);
            show_blocks(&mut blocks, display, self);
            let name = format!("{}{label}", display.footnote_prefix);
            add_backlinks(&mut blocks, &name, again, display);
            let mut item = Block::new(BlockKind::Element(Element::new("li", blocks)));
            item.attrs = attrs(&[("id", &format!("fn:{name}")), ("role", "doc-endnote")]);
            items.push(item);
            index += 1;
        }
        if items.is_empty() {
            return items;
        }
        let mut list = Block::new(BlockKind::Element(Element::new("ol", items)));
        if display.footnote_nr != 1 {
            list.attrs = attrs(&[("start", &display.footnote_nr.to_string())]);
        }
        let mut section = Block::new(BlockKind::Element(Element::new("div", vec![list])));
        section.attrs = attrs(&[("class", "footnotes"), ("role", "doc-endnotes")]);
        vec![section]
    }
}

fn attrs(pairs: &[(&str, &str)]) -> Option<Box<Attrs>> {
    Some(Box::new(pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()))
}

/// Adds the links that lead back: to the last paragraph, or as one of their own.
fn add_backlinks(blocks: &mut Vec<Block>, name: &str, again: usize, display: &Display) {
    if display.footnote_backlink.is_empty() {
        return;
    }
    let link = |number: &str, mark: &str| {
        format!("<a href=\"#fnref:{name}{number}\" class=\"reversefootnote\" role=\"doc-backlink\">{mark}</a>")
    };
    let mark = &crate::markup::kramdown::span::escape_text(&display.footnote_backlink);
    let ends_in_text = matches!(blocks.last().map(|last| &last.kind), Some(BlockKind::Paragraph(_)));
    let target = if ends_in_text || display.footnote_backlink_inline { last_text(blocks) } else { None };
    let space = if target.is_some() { "\u{a0}" } else { "" };
    let mut links = vec![(space, link("", mark))];
    links.extend((1..=again).map(|n| ("\u{a0}", link(&format!(":{n}"), &format!("{mark}<sup>{}</sup>", n + 1)))));
    let links = links.into_iter().flat_map(|(space, link)| {
        [Node::new(InlineKind::Text(space.to_owned())), Node::new(InlineKind::Raw(Raw::html(link)))]
    });
    match target {
        Some(inlines) => inlines.extend(links),
        None => blocks.push(Block::new(BlockKind::Paragraph(links.collect()))),
    }
}

/// The text of the last paragraph or heading, however deep it lies.
fn last_text(blocks: &mut [Block]) -> Option<&mut Vec<Inline>> {
    match &mut blocks.last_mut()?.kind {
        BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => Some(inlines),
        BlockKind::Heading(heading) => Some(&mut heading.content),
        BlockKind::BlockQuote(quote) => last_text(&mut quote.blocks),
        BlockKind::List(list) => last_text(&mut list.items.last_mut()?.kind.blocks),
        BlockKind::Element(element) => {
            // Text that stands in an element by itself is no paragraph.
            let is_bare = matches!(element.children.last(), Some(Block { kind: BlockKind::Plain(_), .. }));
            if is_bare { None } else { last_text(&mut element.children) }
        }
        BlockKind::DefinitionList(items) => match &mut items.last_mut()?.kind {
            DefinitionKind::Definition(blocks) => last_text(blocks),
            DefinitionKind::Term(_) => None,
        },
        _ => None,
    }
}

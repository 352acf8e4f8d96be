//! Tags in a tree that has no text behind it, for a program made or changed it: each is said in the target's language
//! where it stands.

use std::collections::BTreeMap;

use super::translate::{Job, Rewritten, Said};
use crate::ast::{
    Attrs, Block, BlockKind, CodeBlock, DefinitionKind, Document, Inline, InlineKind, Meaning, NodeRef, Place,
    PlacedTag, Raw, Step, Tag,
};
use crate::diag::{Sink, Span};

/// The first tag in running text of the tree.
pub(crate) fn first_tag(document: &Document) -> Option<&Tag> {
    document.walk().find_map(|step| match step {
        Step::Enter(NodeRef::Block(Block { kind: BlockKind::Template(tag), .. })) => Some(tag),
        Step::Enter(NodeRef::Inline(Inline { kind: InlineKind::Template(tag), .. })) => Some(tag),
        _ => None,
    })
}

/// The tree with words and plain nodes in the place of its tags. `tags` are those that its texts may hold elsewhere than
/// in running text.
pub(crate) fn from_tree(
    document: &Document,
    tags: &[PlacedTag],
    job: &Job<'_>,
    sink: &mut dyn Sink,
) -> (Document, Rewritten) {
    let text = all_text(document);
    let mut rewritten = Rewritten::new(&text);
    let blocks = in_tree(&document.blocks, tags, &mut rewritten, job, sink);
    (Document::new(blocks), rewritten)
}

/// Blocks with words and plain nodes in the place of their tags.
pub(crate) fn in_tree(
    blocks: &[Block],
    tags: &[PlacedTag],
    rewritten: &mut Rewritten,
    job: &Job<'_>,
    sink: &mut dyn Sink,
) -> Vec<Block> {
    let mut blocks = blocks.to_vec();
    let is_tag = |tag: &&PlacedTag| !matches!(tag.tag.details.meaning, Meaning::RawMark | Meaning::Text(_));
    let known = tags.iter().filter(is_tag).map(|tag| (tag.tag.text.as_str(), tag)).collect();
    Work { rewritten, known, job, sink }.blocks(&mut blocks);
    blocks
}

/// Everything that the words must not occur in.
fn all_text(document: &Document) -> String {
    let mut out = String::new();
    for step in document.walk() {
        match step {
            Step::Enter(NodeRef::Inline(inline)) => match &inline.kind {
                InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
                InlineKind::Raw(raw) => out.push_str(&raw.text),
                InlineKind::Link(link) => out.push_str(&link.url),
                _ => {}
            },
            Step::Enter(NodeRef::Block(block)) => match &block.kind {
                BlockKind::CodeBlock(code) => out.push_str(&code.text),
                BlockKind::Raw(raw) => out.push_str(&raw.text),
                _ => {}
            },
            _ => {}
        }
    }
    out
}

struct Work<'a, 's> {
    rewritten: &'s mut Rewritten,
    /// The tags that may stand in an address, in code or in an attribute, by their text.
    known: BTreeMap<&'a str, &'a PlacedTag>,
    job: &'a Job<'a>,
    sink: &'s mut dyn Sink,
}

/// Nodes lie at most [`MAX_DEPTH`](crate::ast::MAX_DEPTH) deep, so recursion is bounded.
impl Work<'_, '_> {
    fn said(&mut self, tag: &Tag, span: Span, place: Place) -> Said {
        let placed = PlacedTag { place, ..PlacedTag::new(tag.clone(), span) };
        self.rewritten.say_alone(&placed, self.job, self.sink)
    }

    /// Puts words into the place of the known tags in a text that is no running text.
    fn text(&mut self, text: &mut String) {
        if self.known.is_empty() || !text.contains("{{") && !text.contains("{%") {
            return;
        }
        let (mut out, mut at) = (String::new(), 0);
        for open in memchr::memchr_iter(b'{', text.as_bytes()) {
            let Some(rest) = text.get(open..).filter(|_| open >= at) else { continue };
            // No tag's text begins with another's, so the nearest one before is the one, if any is.
            let found = self.known.range(..=rest).next_back().filter(|(known, _)| rest.starts_with(**known));
            let Some((known, tag)) = found.map(|(known, tag)| (*known, *tag)) else { continue };
            let Said::Text(said) = self.rewritten.say_alone(tag, self.job, self.sink) else { continue };
            out.push_str(text.get(at..open).unwrap_or_default());
            out.push_str(&said);
            at = open + known.len();
        }
        out.push_str(text.get(at..).unwrap_or_default());
        *text = out;
    }

    fn attrs(&mut self, attrs: Option<&mut Attrs>) {
        let Some(attrs) = attrs else { return };
        let pairs: Vec<_> = attrs.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
        for (name, mut value) in pairs {
            let before = value.clone();
            self.text(&mut value);
            if value != before {
                attrs.set(name, value);
            }
        }
    }

    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        for block in blocks {
            self.attrs(block.attrs.as_deref_mut());
            match &mut block.kind {
                BlockKind::Template(tag) => {
                    let tag = tag.clone();
                    block.kind = match self.said(&tag, block.span, Place::Block) {
                        Said::Text(text) => BlockKind::Paragraph(vec![Inline::new(InlineKind::Text(text))]),
                        Said::Html(html) => BlockKind::Raw(Raw::html(html)),
                        Said::Code(info, code) => BlockKind::CodeBlock(CodeBlock::new(info, code)),
                    };
                }
                BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => self.inlines(inlines),
                BlockKind::Heading(heading) => self.inlines(&mut heading.content),
                BlockKind::BlockQuote(quote) => self.blocks(&mut quote.blocks),
                BlockKind::List(list) => list.items.iter_mut().for_each(|item| self.blocks(&mut item.kind.blocks)),
                BlockKind::Table(table) => {
                    let rows = std::iter::once(&mut table.head).chain(&mut table.rows);
                    rows.flat_map(|row| &mut row.kind).for_each(|cell| self.inlines(&mut cell.kind));
                }
                BlockKind::DefinitionList(items) => {
                    for item in items {
                        match &mut item.kind {
                            DefinitionKind::Term(inlines) => self.inlines(inlines),
                            DefinitionKind::Definition(blocks) => self.blocks(blocks),
                        }
                    }
                }
                BlockKind::FootnoteDefinition(note) => self.blocks(&mut note.blocks),
                BlockKind::Element(element) => self.blocks(&mut element.children),
                BlockKind::CodeBlock(code) => self.text(&mut code.text),
                BlockKind::Raw(raw) => self.text(&mut raw.text),
                BlockKind::ThematicBreak => {}
            }
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        for inline in inlines {
            self.attrs(inline.attrs.as_deref_mut());
            match &mut inline.kind {
                InlineKind::Template(tag) => {
                    let tag = tag.clone();
                    inline.kind = match self.said(&tag, inline.span, Place::Text) {
                        Said::Text(text) => InlineKind::Text(text),
                        Said::Html(html) => InlineKind::Raw(Raw::html(html)),
                        Said::Code(_, code) => InlineKind::Code(code),
                    };
                }
                InlineKind::Emphasis(children) | InlineKind::Strong(children) | InlineKind::Strikethrough(children) => {
                    self.inlines(children);
                }
                InlineKind::Link(link) => {
                    self.text(&mut link.url);
                    self.inlines(&mut link.content);
                }
                InlineKind::Image(image) => self.text(&mut image.url),
                InlineKind::Code(code) => self.text(code),
                InlineKind::Raw(raw) => self.text(&mut raw.text),
                InlineKind::Element(element) => self.inlines(&mut element.children),
                InlineKind::Text(_)
                | InlineKind::SoftBreak
                | InlineKind::HardBreak
                | InlineKind::FootnoteReference(_)
                | InlineKind::Math(_)
                | InlineKind::TaskMarker(_) => {}
            }
        }
    }
}

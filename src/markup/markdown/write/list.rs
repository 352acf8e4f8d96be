//! Lists.

use super::folds::Fold;
use super::inline::Within;
use super::line::Line;
use super::starts::{self, Start};
use super::writer::{Care, Gap, Writer, key};
use crate::ast::{Block, BlockKind, DefinitionItem, DefinitionKind, List, ListItem, Marker};

/// How the items of a list stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Spacing {
    Tight,
    Loose,
    /// Tight as it is meant, or partly so; only loose can it be said.
    Loosened,
}

/// The greatest number of an item (CommonMark 0.31: nine digits).
const MAX_NUMBER: u64 = 999_999_999;

impl<'a> Writer<'a> {
    /// A list; `last` is the marker of a list right before it.
    pub(super) fn list(
        &mut self,
        block: &'a Block,
        list: &'a List,
        outer_gap: Gap,
        last: Option<char>,
    ) -> Option<char> {
        let has_attrs = block.attrs.is_some() || list.items.iter().any(|item| item.attrs.is_some());
        let is_too_long =
            list.start.is_some_and(|start| start.saturating_add(list.items.len() as u64) > MAX_NUMBER + 1);
        let mut spacing = self.spacing(list);
        if self.loosened.contains(&key(block)) {
            spacing = Spacing::Loosened;
        }
        let cannot = has_attrs
            || is_too_long
            || list.items.is_empty()
            || self.setup.is_exact() && self.is_inexact(list, spacing);
        if cannot {
            if outer_gap != Gap::Blank || !self.element_of(block) {
                self.raw_block(block);
            }
            return None;
        }
        if spacing == Spacing::Loosened {
            self.folds.add(Fold::LooseList);
            self.loosened.insert(key(block));
        }
        let marker = marker(list, last);
        let (start, folds, was_swallowed) =
            (self.out.len(), self.folds.clone(), std::mem::take(&mut self.is_swallowed));
        self.lists.push(key(block));
        self.items_of_list(list, marker, spacing);
        self.lists.pop();
        if std::mem::replace(&mut self.is_swallowed, was_swallowed) && spacing == Spacing::Tight {
            self.out.truncate(start);
            self.folds = folds;
            self.loosened.insert(key(block));
            return self.list(block, list, outer_gap, last);
        }
        Some(marker)
    }

    fn items_of_list(&mut self, list: &'a List, marker: char, spacing: Spacing) {
        let gap = if spacing == Spacing::Tight { Gap::Line } else { Gap::Blank };
        for (index, item) in list.items.iter().enumerate() {
            if index > 0 {
                self.gap(gap);
            }
            let bullet = match list.start {
                Some(start) => format!("{}{marker}", start + index as u64),
                None => marker.to_string(),
            };
            self.item_of_list(item, &bullet, gap);
        }
    }

    fn item_of_list(&mut self, item: &'a ListItem, bullet: &str, gap: Gap) {
        self.put(bullet);
        let blocks = item.kind.blocks.as_slice();
        let is_empty = match blocks {
            [] => true,
            [Block { kind: BlockKind::Plain(inlines), .. }] => inlines.is_empty(),
            _ => false,
        };
        if is_empty {
            return;
        }
        self.put(" ");
        // A number has nine digits at most.
        let indent = "            ".get(..=bullet.len()).unwrap_or("  ");
        self.inside(indent, |writer| match blocks {
            [first, rest @ ..]
                if let BlockKind::Plain(inlines) | BlockKind::Paragraph(inlines) = &first.kind
                    && first.attrs.is_none()
                    && writer.care(first).is_none_or(|care| care == Care::Careful) =>
            {
                writer.gap = gap;
                writer.paragraph(first, inlines, Line { in_item: true, ..Line::default() });
                if !rest.is_empty() {
                    writer.gap(gap);
                    writer.blocks(rest, gap);
                }
            }
            blocks => writer.blocks(blocks, gap),
        });
    }

    fn spacing(&self, list: &List) -> Spacing {
        let blocks = || list.items.iter().flat_map(|item| item.kind.blocks.iter());
        let has_text = blocks().any(|block| matches!(block.kind, BlockKind::Plain(_)));
        let has_paragraph = blocks().any(|block| matches!(block.kind, BlockKind::Paragraph(_)));
        let fits = list.items.iter().all(|item| {
            item.kind.blocks.windows(2).all(|pair| match pair {
                [before, after] => self.fit_tightly(before, after),
                _ => true,
            })
        });
        match (has_text, has_paragraph) {
            (true, true) => Spacing::Loosened,
            (false, true) => Spacing::Loose,
            (true, false) if !fits => Spacing::Loosened,
            (false, false) if !fits => Spacing::Loose,
            (_, false) => Spacing::Tight,
        }
    }

    /// Whether `after` can stand on the line below `before` and neither swallows the other.
    fn fit_tightly(&self, before: &Block, after: &Block) -> bool {
        let interrupts = |block: &Block| match &block.kind {
            BlockKind::Heading(_) | BlockKind::CodeBlock(_) => true,
            BlockKind::BlockQuote(quote) => !quote.blocks.is_empty(),
            BlockKind::List(list) => {
                list.start.is_none_or(|start| start == 1)
                    && list.items.first().is_some_and(|item| match item.kind.blocks.first().map(|block| &block.kind) {
                        Some(BlockKind::Plain(inlines) | BlockKind::Paragraph(inlines)) => !inlines.is_empty(),
                        first => first.is_some(),
                    })
            }
            BlockKind::ThematicBreak => true,
            BlockKind::Raw(raw) => matches!(starts::start_of(&raw.text), Start::Marked | Start::Block),
            BlockKind::Element(element) => {
                matches!(starts::start_of(&format!("<{}>", element.name)), Start::Marked | Start::Block)
            }
            _ => false,
        };
        match &before.kind {
            BlockKind::Plain(_) => interrupts(after),
            BlockKind::Heading(_) | BlockKind::CodeBlock(_) | BlockKind::ThematicBreak => true,
            // Text right below would be part of what is before.
            BlockKind::List(_) => interrupts(after),
            BlockKind::BlockQuote(_) => interrupts(after) && !matches!(after.kind, BlockKind::BlockQuote(_)),
            BlockKind::Raw(raw) => starts::start_of(&raw.text) == Start::Marked && interrupts(after),
            _ => false,
        }
    }

    /// Whether what Markdown can say differs from the list, in whatever small way.
    fn is_inexact(&self, list: &List, spacing: Spacing) -> bool {
        let is_single = match list.items.as_slice() {
            [item] => item.kind.blocks.len() <= 1,
            _ => false,
        };
        spacing == Spacing::Loosened || spacing == Spacing::Loose && is_single
    }

    /// A definition list.
    pub(super) fn definitions(&mut self, block: &'a Block, items: &'a [DefinitionItem], gap: Gap) {
        let start = self.out.len();
        let folds = self.folds.clone();
        let is_plain = block.attrs.is_none() && items.iter().all(|item| item.attrs.is_none());
        let spacing = definition_spacing(items);
        let cannot = spacing == Spacing::Loosened && self.setup.is_exact();
        if is_plain && (self.setup.definition_lists || self.setup.is_kramdown()) && is_sayable(items) && !cannot {
            if spacing == Spacing::Loosened {
                self.folds.add(Fold::LooseList);
            }
            if self.definition_items(items, spacing) {
                return;
            }
            self.out.truncate(start);
            self.folds = folds;
        }
        if gap != Gap::Blank || !self.element_of(block) {
            self.raw_block(block);
        }
    }

    fn definition_items(&mut self, items: &'a [DefinitionItem], spacing: Spacing) -> bool {
        for (index, item) in items.iter().enumerate() {
            match &item.kind {
                DefinitionKind::Term(inlines) => {
                    if index > 0 {
                        self.gap(Gap::Blank);
                    }
                    let line = Line { is_first: true, ..Line::default() };
                    if self.inlines(inlines, Within::Term, line).is_err() {
                        return false;
                    }
                    self.put_run();
                }
                DefinitionKind::Definition(blocks) => {
                    self.gap(if spacing == Spacing::Tight { Gap::Line } else { Gap::Blank });
                    self.put(": ");
                    self.inside("  ", |writer| match blocks.as_slice() {
                        [first, rest @ ..] if let BlockKind::Plain(inlines) = &first.kind => {
                            writer.gap = Gap::Blank;
                            writer.paragraph(first, inlines, Line { in_item: true, ..Line::default() });
                            if !rest.is_empty() {
                                writer.gap(Gap::Blank);
                                writer.blocks(rest, Gap::Blank);
                            }
                        }
                        blocks => writer.blocks(blocks, Gap::Blank),
                    });
                }
            }
        }
        true
    }
}

/// One definition with a paragraph makes all of them loose, for pulldown-cmark 0.13 at least.
fn definition_spacing(items: &[DefinitionItem]) -> Spacing {
    let has = |is: fn(&BlockKind) -> bool| {
        items.iter().any(|item| match &item.kind {
            DefinitionKind::Definition(blocks) => blocks.iter().any(|block| is(&block.kind)),
            DefinitionKind::Term(_) => false,
        })
    };
    match (has(|kind| matches!(kind, BlockKind::Plain(_))), has(|kind| matches!(kind, BlockKind::Paragraph(_)))) {
        (_, false) => Spacing::Tight,
        (false, true) => Spacing::Loose,
        (true, true) => Spacing::Loosened,
    }
}

/// One term, then its definitions, and so on.
fn is_sayable(items: &[DefinitionItem]) -> bool {
    let is_term = |item: Option<&DefinitionItem>| item.is_some_and(|item| matches!(item.kind, DefinitionKind::Term(_)));
    is_term(items.first())
        && !is_term(items.last())
        && items.windows(2).all(|pair| !(is_term(pair.first()) && is_term(pair.get(1))))
        && items.iter().all(|item| match &item.kind {
            DefinitionKind::Term(inlines) => !inlines.is_empty(),
            DefinitionKind::Definition(blocks) => !blocks.is_empty(),
        })
}

/// The marker that the list has, or the other one if a list right before it has that.
fn marker(list: &List, last: Option<char>) -> char {
    let (usual, other) = match (list.start, list.marker) {
        (None, Marker::Asterisk) => ('*', '-'),
        (None, Marker::Plus) => ('+', '-'),
        (None, _) => ('-', '*'),
        (Some(_), Marker::Parenthesis) => (')', '.'),
        (Some(_), _) => ('.', ')'),
    };
    if last == Some(usual) { other } else { usual }
}

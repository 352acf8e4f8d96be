//! Lists and definition lists.

use super::super::arena::{Data, Id};
use super::block::item_at;
use super::{Convert, Edges};
use crate::ast::{
    Block, BlockKind, DefinitionItem, DefinitionKind, Inline, InlineKind, List, ListItem, ListItemContent,
};

impl Convert<'_> {
    pub(super) fn list(&mut self, id: Id, depth: usize) -> Block {
        let has_only_items = self.children(id).all(|child| {
            let node = self.node(child);
            node.name() == "li" || matches!(node.data, Data::Comment(_)) || self.is_blank(child)
        });
        let has_items = self.children(id).any(|child| self.node(child).name() == "li");
        let Some(start) = self.start(id).filter(|_| has_only_items && has_items) else {
            return self.element(id, Edges::HARD, depth);
        };
        let items = self.items(id, depth);
        let list = match start {
            Some(start) => List::numbered(start, items),
            None => List::bullets(items),
        };
        let said: &[&str] = match (start, self.attr(id, "start")) {
            (Some(start), Some(written)) if start != 1 && written == start.to_string() => &["start"],
            _ => &[],
        };
        self.block_at(id, BlockKind::List(list), self.attrs_without(id, said))
    }

    /// The number of the first item, `Some(None)` if there are bullets, `None` if Markdown has no such number.
    fn start(&self, id: Id) -> Option<Option<u64>> {
        if self.node(id).name() == "ul" {
            return Some(None);
        }
        let Some(written) = self.attr(id, "start") else { return Some(Some(1)) };
        // What is no number counts as 1; browsers read up to the first character that is no digit.
        let written = written.trim_ascii();
        let digits = written.bytes().take_while(u8::is_ascii_digit).count();
        match &written[..digits] {
            "" if written.starts_with('-') || written.starts_with('+') => None,
            "" => Some(Some(1)),
            digits => digits.parse().ok().map(Some),
        }
    }

    fn items(&mut self, list: Id, depth: usize) -> Vec<ListItem> {
        let mut items: Vec<ListItem> = Vec::new();
        // A comment in front of the first item moves into it, any other into the item before it.
        let mut early = Vec::new();
        for child in self.children(list) {
            if self.node(child).name() == "li" {
                let mut blocks = self.blocks(child, Edges::HARD, depth + 2);
                mark_task(&mut blocks);
                let mut item = item_at::<ListItemContent, _>(self, child, blocks);
                if let Some(start) = early.first().map(|raw: &Block| raw.span) {
                    item.span = item.span.cover(start);
                    item.kind.blocks.splice(0..0, early.drain(..));
                }
                items.push(item);
            } else if !self.is_blank(child) {
                let raw = Block::new(BlockKind::Raw(self.raw(child))).at(self.node(child).span());
                match items.last_mut() {
                    Some(item) => {
                        item.span = item.span.cover(raw.span);
                        item.kind.blocks.push(raw);
                    }
                    None => early.push(raw),
                }
            }
        }
        items
    }

    pub(super) fn definition_list(&mut self, id: Id, depth: usize) -> Block {
        let is_plain = self.children(id).all(|child| {
            let node = self.node(child);
            node.name() == "dd" || node.name() == "dt" && !node.has_block || self.is_blank(child)
        });
        let mut names = self.children(id).filter(|&child| !self.is_blank(child)).map(|child| self.node(child).name());
        if !is_plain || names.next() != Some("dt") {
            return self.element(id, Edges::HARD, depth);
        }
        let mut items: Vec<DefinitionItem> = Vec::new();
        for child in self.children(id) {
            let kind = match self.node(child).name() {
                "dt" => DefinitionKind::Term(self.content(child, depth + 1)),
                "dd" => DefinitionKind::Definition(self.blocks(child, Edges::HARD, depth + 2)),
                _ => continue,
            };
            items.push(item_at(self, child, kind));
        }
        self.block_at(id, BlockKind::DefinitionList(items), self.attrs(id))
    }
}

/// Makes the check box that an item begins with, and white space behind it, the mark of a task.
fn mark_task(blocks: &mut [Block]) {
    let Some(Block { kind: BlockKind::Plain(inlines) | BlockKind::Paragraph(inlines), .. }) = blocks.first_mut() else {
        return;
    };
    let [input, behind, ..] = inlines.as_mut_slice() else { return };
    let Some(checked) = task(input) else { return };
    let is_empty = match &mut behind.kind {
        InlineKind::SoftBreak => true,
        InlineKind::Text(text) if text.starts_with(' ') => {
            text.remove(0);
            text.is_empty()
        }
        _ => return,
    };
    let mut attrs = input.attrs.take().map(|attrs| *attrs).unwrap_or_default();
    attrs.remove("type");
    for name in ["disabled", "checked"] {
        if attrs.get(name) == Some("") {
            attrs.remove(name);
        }
    }
    *input = Inline::new(InlineKind::TaskMarker(checked)).at(input.span).with_attrs(attrs);
    if is_empty {
        inlines.remove(1);
    }
}

/// Whether the element is the box of a task that only shows its state, and which.
fn task(input: &Inline) -> Option<bool> {
    let is_input = matches!(&input.kind, InlineKind::Element(element) if element.name == "input");
    let is_box = input.attr("type").is_some_and(|kind| kind.eq_ignore_ascii_case("checkbox"));
    (is_input && is_box && input.attr("disabled").is_some()).then(|| input.attr("checked").is_some())
}

//! Words that touch across the border of an inline element that holds blocks: a line end there would be a space.

use super::html::Html;
use super::starts;
use super::writer::{Unit, UnitPlace, Writer};
use crate::ast::same::names::{self, Class};
use crate::ast::{Block, BlockKind, Inline, InlineKind};

impl<'a> Writer<'a> {
    /// How many of the blocks, from the first on, are inline elements whose words touch.
    pub(super) fn glued_elements(&self, blocks: &[Block]) -> usize {
        let is_element = |block: &Block| matches!(block.kind, BlockKind::Element(_));
        1 + blocks.windows(2).take_while(|pair| pair.iter().all(is_element) && touch(&pair[0], &pair[1])).count()
    }

    /// Such elements as one piece of HTML.
    pub(super) fn glued(&mut self, blocks: &'a [Block]) {
        let start = self.out.len();
        let mut html = String::new();
        for (index, block) in blocks.iter().enumerate() {
            if self.depth == 0 {
                // They are read back as one: the others begin in the first.
                let start = start + usize::from(index > 0);
                let within = self.around.last().copied();
                self.units.push(UnitPlace { unit: Unit::Block(block), start, within });
            }
            Html::new(&mut self.notes, &mut html).block(block);
        }
        self.put_html(html);
    }

    /// Whether words of the blocks touch that would be parted on lines of their own. What is bare becomes a paragraph, but
    /// in exact mode.
    pub(super) fn is_parted(&self, blocks: &[Block]) -> bool {
        self.setup.is_exact() && blocks.windows(2).any(|pair| touch(&pair[0], &pair[1]))
    }
}

/// Whether the last words of the one block and the first of the next stand on one line and nothing between them.
fn touch(before: &Block, behind: &Block) -> bool {
    let is_element = |block: &Block| matches!(block.kind, BlockKind::Element(_));
    (is_element(before) || is_element(behind)) && ends_in_words(before) && starts_with_words(behind)
}

fn ends_in_words(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Plain(inlines) => match inlines.last().map(|last| &last.kind) {
            None | Some(InlineKind::SoftBreak | InlineKind::HardBreak) => false,
            Some(InlineKind::Text(text)) => !text.ends_with(|c: char| c.is_ascii_whitespace()),
            Some(_) => true,
        },
        BlockKind::Element(element) if names::class(&element.name) == Class::Inline => {
            let last = element.children.iter().rfind(|child| !is_hidden(child));
            last.is_none_or(ends_in_words)
        }
        _ => false,
    }
}

fn starts_with_words(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Plain(inlines) => {
            !matches!(inlines.as_slice(), [] | [Inline { kind: InlineKind::HardBreak, .. }, ..])
        }
        BlockKind::Element(element) if names::class(&element.name) == Class::Inline => {
            let first = element.children.iter().find(|child| !is_hidden(child));
            first.is_none_or(starts_with_words)
        }
        _ => false,
    }
}

fn is_hidden(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Raw(raw) if raw.text.starts_with("<!--") || starts::is_hidden(&raw.text))
}

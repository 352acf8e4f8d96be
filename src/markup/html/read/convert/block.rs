//! Blocks, one function a kind.

use super::super::super::names;
use super::super::arena::{Class, Id, NONE};
use super::{Convert, Edges};
use crate::ast::{Attrs, Block, BlockKind, BlockQuote, Element, Heading, Inline, Node};
use crate::diag::Span;

impl Convert<'_> {
    /// The blocks that a container holds; runs of bare text among them are `Plain`.
    pub(super) fn blocks(&mut self, parent: Id, edges: Edges, depth: usize) -> Vec<Block> {
        let mut out = Vec::with_capacity(self.children(parent).filter(|&child| !self.is_blank(child)).count());
        let mut run = std::mem::take(&mut self.siblings);
        let mut before = edges.before;
        let mut child = self.node(parent).first;
        while child != NONE {
            let next = self.node(child).next;
            if self.is_blockish(child) {
                let is_inline = self.node(child).class != Class::Block;
                let continues = self.run(&run, Edges { before, after: is_inline }, depth, &mut out);
                run.clear();
                let after = if next == NONE { edges.after } else { !self.is_hard(next) };
                out.push(self.block(child, Edges { before: before || continues, after }, depth));
                before = is_inline;
            } else {
                run.push(child);
            }
            child = next;
        }
        self.run(&run, Edges { before, after: edges.after }, depth, &mut out);
        run.clear();
        self.siblings = run;
        out.shrink_to_fit();
        out
    }

    fn is_hard(&self, id: Id) -> bool {
        self.node(id).class == Class::Block
    }

    /// A run of nodes that are no blocks. Gives whether there was text in it.
    fn run(&mut self, run: &[Id], edges: Edges, depth: usize, out: &mut Vec<Block>) -> bool {
        let shows = |convert: &Self, id: Id| convert.node(id).class != Class::Hidden && !convert.is_blank(id);
        let first = run.iter().position(|&id| shows(self, id));
        let last = run.iter().rposition(|&id| shows(self, id));
        let (Some(first), Some(last)) = (first, last) else {
            let is_space = edges.before && edges.after && run.iter().any(|&id| self.is_blank(id));
            if is_space {
                out.push(self.plain(run, edges, depth));
            } else {
                self.hidden(run, out);
            }
            return false;
        };
        let first = if edges.before { 0 } else { first };
        let last = if edges.after { run.len() } else { last + 1 };
        self.hidden(&run[..first], out);
        out.push(self.plain(&run[first..last], edges, depth));
        self.hidden(&run[last..], out);
        true
    }

    fn plain(&mut self, run: &[Id], edges: Edges, depth: usize) -> Block {
        let inlines = self.inlines(run.iter().copied(), edges, depth + 1);
        let span = run.iter().map(|&id| self.node(id).span()).reduce(Span::cover).unwrap_or_default();
        Block::new(BlockKind::Plain(inlines)).at(span)
    }

    fn hidden(&mut self, run: &[Id], out: &mut Vec<Block>) {
        for &id in run {
            if self.node(id).class == Class::Hidden {
                out.push(Block::new(BlockKind::Raw(self.raw(id))).at(self.node(id).span()));
            }
        }
    }

    /// One block.
    fn block(&mut self, id: Id, edges: Edges, depth: usize) -> Block {
        let name = self.node(id).name();
        if names::is_opaque(name) {
            return self.block_at(id, BlockKind::Raw(self.raw(id)), Attrs::new());
        }
        if Self::is_too_deep(depth) {
            let raw = self.too_deep(id);
            return self.block_at(id, BlockKind::Raw(raw), Attrs::new());
        }
        match name {
            "p" if !self.node(id).has_block => {
                let inlines = self.content(id, depth);
                self.block_at(id, BlockKind::Paragraph(inlines), self.attrs(id))
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" if !self.node(id).has_block => self.heading(id, name, depth),
            "blockquote" => {
                let blocks = self.blocks(id, Edges::HARD, depth + 1);
                self.block_at(id, BlockKind::BlockQuote(BlockQuote::new(blocks)), self.attrs(id))
            }
            "hr" => self.block_at(id, BlockKind::ThematicBreak, self.attrs(id)),
            "ul" | "ol" => self.list(id, depth),
            "dl" => self.definition_list(id, depth),
            "pre" => self.pre(id, depth),
            "table" => self.table(id, depth),
            _ => self.element(id, edges, depth),
        }
    }

    fn heading(&mut self, id: Id, name: &str, depth: usize) -> Block {
        let level = name.as_bytes().get(1).map_or(1, |digit| digit - b'0');
        let content = self.content(id, depth);
        self.block_at(id, BlockKind::Heading(Heading::new(level, content)), self.attrs(id))
    }

    /// An element that no other kind says.
    pub(super) fn element(&mut self, id: Id, edges: Edges, depth: usize) -> Block {
        let is_inline = self.node(id).class == Class::Inline;
        let blocks = self.blocks(id, if is_inline { edges } else { Edges::HARD }, depth + 1);
        self.block_at(id, BlockKind::Element(Element::new(self.node(id).name(), blocks)), self.attrs(id))
    }

    /// The running text that an element holds.
    pub(super) fn content(&mut self, id: Id, depth: usize) -> Vec<Inline> {
        self.inlines(self.children(id), Edges::HARD, depth + 1)
    }

    pub(super) fn block_at(&self, id: Id, kind: BlockKind, attrs: Attrs) -> Block {
        Block::new(kind).at(self.node(id).span()).with_attrs(attrs)
    }
}

/// An item that holds blocks, with the place and attributes of an element.
pub(super) fn item_at<K, T: Into<K>>(convert: &Convert<'_>, id: Id, content: T) -> Node<K> {
    Node::new(content).at(convert.node(id).span()).with_attrs(convert.attrs(id))
}

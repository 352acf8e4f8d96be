//! Tables.

use super::super::arena::Id;
use super::{Convert, Edges};
use crate::ast::{Alignment, Attrs, Block, BlockKind, Cell, Row, Table};

impl Convert<'_> {
    /// A table that Markdown can say, or an element.
    pub(super) fn table(&mut self, id: Id, depth: usize) -> Block {
        let Some(shape) = self.shape(id) else { return self.element(id, Edges::HARD, depth) };
        let head = self.row(shape.head, depth + 1);
        let rows = shape.rows.iter().map(|&row| self.row(row, depth + 1)).collect();
        let table = Table::new(shape.alignments, head, rows);
        self.block_at(id, BlockKind::Table(table), self.attrs(id))
    }

    fn row(&mut self, row: Id, depth: usize) -> Row {
        let cells: Vec<Id> = self.children(row).filter(|&cell| !self.is_blank(cell)).collect();
        let cells = cells.into_iter().map(|cell| {
            let content = self.content(cell, depth + 1);
            Cell::new(content).at(self.node(cell).span())
        });
        let cells = cells.collect::<Vec<_>>();
        Row::new(cells).at(self.node(row).span())
    }

    /// What Markdown says of the table: one head row of `th`, body rows as wide of `td`, one alignment for each column,
    /// text in every cell and no attribute but the alignment.
    fn shape(&self, table: Id) -> Option<Shape> {
        let mut parts = self.children(table).filter(|&child| !self.is_blank(child));
        let head = self.part(parts.next()?, "thead")?;
        let [head] = head.as_slice() else { return None };
        let rows = match parts.next() {
            Some(body) => self.part(body, "tbody")?,
            None => Vec::new(),
        };
        if parts.next().is_some() {
            return None;
        }
        let alignments = self.alignments(*head, "th")?;
        let is_alike = |&row: &Id| self.alignments(row, "td").as_ref() == Some(&alignments);
        (!alignments.is_empty() && rows.iter().all(is_alike)).then_some(Shape { alignments, head: *head, rows })
    }

    /// The rows of the `thead` or `tbody`.
    fn part(&self, part: Id, name: &str) -> Option<Vec<Id>> {
        let node = self.node(part);
        let rows: Vec<Id> = self.children(part).filter(|&row| !self.is_blank(row)).collect();
        let is_plain = |&row: &Id| self.node(row).name() == "tr" && self.attrs(row).is_empty();
        (node.name() == name && self.attrs(part).is_empty() && rows.iter().all(is_plain)).then_some(rows)
    }

    /// How the cells of a row are aligned.
    fn alignments(&self, row: Id, cell_name: &str) -> Option<Vec<Alignment>> {
        self.children(row)
            .filter(|&cell| !self.is_blank(cell))
            .map(|cell| {
                let node = self.node(cell);
                (node.name() == cell_name && !node.has_block).then(|| alignment(&self.attrs(cell)))?
            })
            .collect()
    }
}

struct Shape {
    alignments: Vec<Alignment>,
    head: Id,
    rows: Vec<Id>,
}

/// What the attributes say, if it is an alignment and nothing else.
fn alignment(attrs: &Attrs) -> Option<Alignment> {
    let mut pairs = attrs.iter();
    let value = match (pairs.next(), pairs.next()) {
        (None, _) => return Some(Alignment::None),
        (Some(("align", value)), None) => value,
        (Some(("style", style)), None) => {
            style.trim().trim_end_matches(';').strip_prefix("text-align")?.trim().strip_prefix(':')?.trim()
        }
        _ => return None,
    };
    // White space around an attribute's value makes it none that browsers know.
    match value {
        "left" => Some(Alignment::Left),
        "center" => Some(Alignment::Center),
        "right" => Some(Alignment::Right),
        _ => None,
    }
}

//! Tables.

use super::inline::Within;
use super::line::Line;
use super::writer::{Gap, Writer};
use crate::ast::{Alignment, Block, Row, Table};

impl<'a> Writer<'a> {
    /// A table, as HTML if the target has none or one cell cannot be said in it.
    pub(super) fn table(&mut self, block: &'a Block, table: &'a Table, gap: Gap) {
        let width = table.alignments.len();
        let rows = || std::iter::once(&table.head).chain(&table.rows);
        let is_plain = |row: &Row| {
            row.attrs.is_none() && row.kind.len() == width && row.kind.iter().all(|cell| cell.attrs.is_none())
        };
        let fits = self.setup.tables && block.attrs.is_none() && width > 0 && rows().all(is_plain);
        let (start, folds) = (self.out.len(), self.folds.clone());
        if fits && gap == Gap::Blank && self.rows(table) {
            return;
        }
        self.out.truncate(start);
        self.folds = folds;
        self.raw_block(block);
    }

    fn rows(&mut self, table: &'a Table) -> bool {
        if !self.row(&table.head) {
            return false;
        }
        self.newline();
        self.put("|");
        for alignment in &table.alignments {
            self.put(match alignment {
                Alignment::None => " --- |",
                Alignment::Left => " :-- |",
                Alignment::Center => " :-: |",
                Alignment::Right => " --: |",
            });
        }
        for row in &table.rows {
            self.newline();
            if !self.row(row) {
                return false;
            }
        }
        true
    }

    fn row(&mut self, row: &'a Row) -> bool {
        self.put("|");
        for cell in &row.kind {
            if self.inlines(&cell.kind, Within::Cell, Line::default()).is_err() {
                return false;
            }
            self.put(" ");
            self.put_run();
            self.put(" |");
        }
        true
    }
}

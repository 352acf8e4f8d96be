//! Tables that Markdown can say but for how they were marked up: without a row of heads, with paragraphs in their cells,
//! with the widths of their columns.

use html5ever::{Attribute, LocalName, local_name};

use super::super::arena::{Class, Data, Id, NONE, Name, attach, detach, node};
use super::{Cleaner, Kind};

/// What a cell holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Content {
    Text,
    Paragraphs,
    Other,
}

impl Cleaner<'_> {
    /// Makes the table one that Markdown can say, if nothing of it would be lost.
    pub(super) fn table(&mut self, table: Id) {
        let Some(parts) = self.parts(table) else { return };
        let rows: Vec<Vec<Id>> = parts.rows.iter().map(|&row| self.elements(row)).collect();
        let cells: Vec<Id> = rows.iter().flatten().copied().collect();
        if let ([cell], false) = (cells.as_slice(), parts.has_head) {
            return self.single_cell(table, *cell);
        }
        let width = rows.first().map_or(0, Vec::len);
        let is_even = width > 0 && rows.iter().all(|row| row.len() == width);
        let is_sayable = |&cell: &Id| self.content_of(cell) != Content::Other && self.has_alignment_alone(cell);
        let is_head = |row: &[Id]| row.iter().all(|&cell| self.node(cell).name() == "th");
        // Heads of rows have no form.
        let has_row_heads = rows.iter().skip(1).flatten().any(|&cell| self.node(cell).name() == "th");
        let first_is_head = rows.first().is_some_and(|row| parts.has_head || is_head(row));
        let is_mixed = !first_is_head && rows.first().is_some_and(|row| row.iter().any(|&cell| self.is_th(cell)));
        if !is_even || has_row_heads || is_mixed || !cells.iter().all(is_sayable) {
            return;
        }
        let aligned = self.alignments(&rows);
        if aligned.is_none() {
            self.count("alignments of single cells", table);
        }
        for cell in cells {
            if self.content_of(cell) == Content::Paragraphs {
                self.lines(cell);
            }
            if aligned.is_none() {
                self.set_attrs(cell, Box::new([]));
            }
        }
        for column in parts.columns {
            self.count("widths of columns", column);
            detach(self.nodes, column);
        }
        match (parts.has_head, first_is_head) {
            (true, _) => {
                for &cell in rows.first().map_or(&[][..], Vec::as_slice) {
                    self.rename(cell, local_name!("th"));
                }
            }
            (false, true) => {
                let head = self.head(table);
                if let Some(&row) = parts.rows.first() {
                    detach(self.nodes, row);
                    attach(self.nodes, head, NONE, row);
                }
            }
            (false, false) => {
                self.note(Kind::Changed("tables without a row of heads got an empty one"), table);
                let head = self.head(table);
                let row = self.make(local_name!("tr"), Box::new([]));
                attach(self.nodes, head, NONE, row);
                for column in 0..width {
                    let attrs = rows.first().and_then(|row| row.get(column)).map(|&cell| self.attrs_of(cell));
                    let cell = self.make(local_name!("th"), attrs.unwrap_or_default());
                    attach(self.nodes, row, NONE, cell);
                }
            }
        }
    }

    /// The text of the only cell of a table is laid out by it and no more.
    fn single_cell(&mut self, table: Id, cell: Id) {
        self.count("tables of one cell", table);
        self.wrap_text(cell);
        let (parent, before) = (self.node(table).parent, self.node(table).next);
        let mut child = self.node(cell).first;
        while child != NONE {
            let next = self.node(child).next;
            detach(self.nodes, child);
            attach(self.nodes, parent, before, child);
            child = next;
        }
        detach(self.nodes, table);
    }

    /// The rows, if the table has no parts but these: one head, one body, columns, none with attributes.
    fn parts(&self, table: Id) -> Option<Parts> {
        let mut parts = Parts::default();
        let mut bodies = 0;
        if !self.is_plain(table) {
            return None;
        }
        for part in self.elements(table) {
            match self.node(part).name() {
                "colgroup" | "col" => parts.columns.push(part),
                "thead" if self.is_plain(part) && !parts.has_head && bodies == 0 => {
                    parts.has_head = true;
                    parts.rows.extend(self.elements(part));
                    if parts.rows.len() != 1 {
                        return None;
                    }
                }
                "tbody" if self.is_plain(part) && bodies == 0 => {
                    bodies += 1;
                    parts.rows.extend(self.elements(part));
                }
                _ => return None,
            }
        }
        let is_row = |&row: &Id| self.node(row).name() == "tr" && self.is_plain(row);
        let holds_cells =
            |&row: &Id| self.elements(row).iter().all(|&cell| matches!(self.node(cell).name(), "td" | "th"));
        (!parts.rows.is_empty() && parts.rows.iter().all(is_row) && parts.rows.iter().all(holds_cells)).then_some(parts)
    }

    /// The children but for white space.
    fn elements(&self, id: Id) -> Vec<Id> {
        let mut out = Vec::new();
        let mut child = self.node(id).first;
        while child != NONE {
            if !self.is_blank(child) {
                out.push(child);
            }
            child = self.node(child).next;
        }
        out
    }

    fn is_plain(&self, id: Id) -> bool {
        self.node(id).element().is_some_and(|(_, attrs)| attrs.is_empty())
    }

    fn is_th(&self, id: Id) -> bool {
        self.node(id).name() == "th"
    }

    fn attrs_of(&self, id: Id) -> Box<[Attribute]> {
        self.node(id).element().map_or_else(Box::default, |(_, attrs)| attrs.to_vec().into_boxed_slice())
    }

    fn set_attrs(&mut self, id: Id, new: Box<[Attribute]>) {
        if let Data::Element(_, attrs) = &mut self.nodes[id as usize].data {
            *attrs = new;
        }
    }

    fn has_alignment_alone(&self, cell: Id) -> bool {
        let is_alignment = |attr: &Attribute| matches!(&*attr.name.local, "align" | "style");
        self.node(cell).element().is_some_and(|(_, attrs)| attrs.iter().all(is_alignment))
    }

    /// How each column is aligned, if all its cells agree.
    fn alignments(&self, rows: &[Vec<Id>]) -> Option<()> {
        let [first, rest @ ..] = rows else { return None };
        let same = |row: &Vec<Id>| row.iter().zip(first).all(|(&a, &b)| self.attrs_of(a) == self.attrs_of(b));
        rest.iter().all(same).then_some(())
    }

    fn content_of(&self, cell: Id) -> Content {
        let mut content = Content::Text;
        for child in self.elements(cell) {
            let node = self.node(child);
            let is_paragraph = node.name() == "p" && self.is_plain(child) && !self.holds_block(child);
            match content {
                _ if is_paragraph => content = Content::Paragraphs,
                _ if node.class == Class::Block || self.holds_block(child) => return Content::Other,
                // Text beside a paragraph stands on a line of its own.
                _ => {}
            }
        }
        content
    }

    fn holds_block(&self, id: Id) -> bool {
        let mut open = vec![self.node(id).first];
        while let Some(child) = open.pop() {
            if child == NONE {
                continue;
            }
            let node = self.node(child);
            if node.class == Class::Block {
                return true;
            }
            open.extend([node.next, node.first]);
        }
        false
    }

    /// Makes lines of a cell's paragraphs.
    fn lines(&mut self, cell: Id) {
        let children = self.elements(cell);
        if children.len() > 1 {
            self.note(Kind::Changed("paragraphs in a cell became lines"), cell);
        }
        let is_paragraph: Vec<bool> = children.iter().map(|&child| self.node(child).name() == "p").collect();
        for (index, child) in children.iter().enumerate() {
            let is_border = index > 0 && (is_paragraph[index] || is_paragraph[index - 1]);
            if is_border {
                let line_break = self.make(local_name!("br"), Box::new([]));
                self.nodes[line_break as usize].class = Class::Inline;
                attach(self.nodes, cell, *child, line_break);
            }
            if is_paragraph[index] {
                self.replace_by_children(*child);
            }
        }
    }

    fn rename(&mut self, id: Id, local: LocalName) {
        if let Data::Element(name, _) = &mut self.nodes[id as usize].data {
            *name = Name::Html(local);
        }
    }

    /// A new head of the table.
    fn head(&mut self, table: Id) -> Id {
        let head = self.make(local_name!("thead"), Box::new([]));
        let first = self.node(table).first;
        attach(self.nodes, table, first, head);
        let span = self.node(table).span();
        self.nodes[head as usize].set_span(span);
        head
    }

    /// A new element, a block.
    fn make(&mut self, local: LocalName, attrs: Box<[Attribute]>) -> Id {
        let id = Id::try_from(self.nodes.len()).unwrap_or(NONE);
        let name = Name::Html(local);
        self.nodes.push(node(Data::Element(name, attrs), Class::Block, crate::diag::Span::default()));
        id
    }
}

#[derive(Default)]
struct Parts {
    has_head: bool,
    rows: Vec<Id>,
    columns: Vec<Id>,
}

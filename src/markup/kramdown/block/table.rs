//! Tables.

use super::{El, Kind, Level, Parser, Source};
use crate::ast::Alignment;
use crate::diag::Span;
use crate::markup::kramdown::scan::{byte, is_strippable, line_end, spaces};
use crate::markup::kramdown::span::{Part, parts};
use crate::markup::kramdown::text::{Builder, Piece};

/// A table: its columns and what stands in them.
#[derive(Debug)]
pub(in super::super) struct Columns<'a> {
    pub(in super::super) alignments: Vec<Alignment>,
    pub(in super::super) sections: Vec<Section<'a>>,
}

/// Rows that stand together.
#[derive(Debug)]
pub(in super::super) struct Section<'a> {
    pub(in super::super) kind: SectionKind,
    pub(in super::super) rows: Vec<(Span, Vec<Piece<'a>>)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum SectionKind {
    Head,
    Body,
    Foot,
}

impl<'a> Parser<'a> {
    /// Lines with `|` in them.
    pub(super) fn table(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let (text, start) = (src.text, src.at);
        let first = spaces(text, start, 3);
        if !has_pipe(text, first) || !level.is_after_boundary() {
            return false;
        }
        let Some(table) = self.rows(src, byte(text, first) == b'|') else {
            src.at = start;
            return false;
        };
        level.push(El::new(Kind::Table(Box::new(table)), src.span_from(start)));
        true
    }

    fn rows(&mut self, src: &mut Source<'_, 'a>, has_leading_pipe: bool) -> Option<Columns<'a>> {
        let start = src.at;
        if separator(src.text, src.at, b'-').is_some() {
            src.at = line_end(src.text, src.at);
        }
        let mut table = Columns { alignments: Vec::new(), sections: Vec::new() };
        let mut rows = Vec::new();
        let mut has_footer = false;
        while !src.is_done() && has_pipe(src.text, src.at) {
            let line = src.at;
            src.at = line_end(src.text, line);
            if separator(src.text, line, b'-').is_some() {
                if rows.is_empty() {
                    // A separator before all rows, or a second one, means nothing.
                } else if table.alignments.is_empty() && !has_footer {
                    table.add(SectionKind::Head, &mut rows);
                    table.alignments = alignments(src.text.get(line..src.at)?);
                } else if !has_footer {
                    table.add(SectionKind::Body, &mut rows);
                }
            } else if separator(src.text, line, b'=').is_some() {
                if !rows.is_empty() {
                    table.add(SectionKind::Body, &mut rows);
                }
                has_footer = true;
            } else {
                let end = src.text.get(..src.at)?.trim_end_matches(['\n', ' ', '\t']).len().max(line);
                let cells = self.cells(&src.piece(line, end), has_leading_pipe);
                rows.push((src.buffer.span(line, end), cells));
            }
        }
        if !super::paragraph::is_before_boundary(src) || !self.is_table(&src.piece(start, src.at - 1)) {
            return None;
        }
        if !rows.is_empty() {
            table.add(if has_footer { SectionKind::Foot } else { SectionKind::Body }, &mut rows);
        }
        if !table.sections.iter().any(|section| section.kind == SectionKind::Body) {
            return None;
        }
        table.square(src);
        Some(table)
    }

    /// The cells of a row. A `|` in code is none, nor one behind a backslash.
    fn cells(&mut self, row: &Piece<'a>, has_leading_pipe: bool) -> Vec<Piece<'a>> {
        let text = row.as_str();
        let plain = memchr::memchr3(b'`', b'\\', b'<', text.as_bytes()).is_none();
        let mut cells = if plain { split(row) } else { self.cells_with_code(row) };
        let is_empty = |cell: &Piece<'_>| cell.as_str().trim_matches(is_strippable).is_empty();
        if has_leading_pipe && cells.first().is_some_and(is_empty) {
            cells.remove(0);
        }
        cells.pop_if(|last| is_empty(last));
        for cell in &mut cells {
            let content = cell.as_str();
            let left = content.len() - content.trim_start_matches(is_strippable).len();
            let right = content.trim_end_matches(is_strippable).len();
            (cell.start, cell.end) = (cell.start + left, cell.start + right.max(left));
        }
        cells
    }

    fn cells_with_code(&mut self, row: &Piece<'a>) -> Vec<Piece<'a>> {
        let mut cells: Vec<Builder> = Vec::new();
        let mut at = row.start;
        while at < row.end {
            let (code, behind) = code_element(row, at).unwrap_or((row.end, row.end));
            for part in parts(self, &Piece { start: at, end: code, ..row.clone() }, false) {
                match part {
                    Part::Text(start, end) => add_text(row, start, end, &mut cells),
                    Part::Code(start, end, code) => add_code(row, (start, end), &code, last_cell(&mut cells)),
                    Part::Other(_) => {}
                }
            }
            if code < behind {
                last_cell(&mut cells).push(&row.buffer, code, behind);
            }
            at = behind;
        }
        let whole = |cell: Builder| {
            let buffer = cell.finish();
            Piece { start: 0, end: buffer.text.len(), buffer: std::rc::Rc::new(buffer) }
        };
        cells.into_iter().map(whole).collect()
    }

    /// Whether each line has a `|` that is in no code and no tag.
    fn is_table(&mut self, all: &Piece<'a>) -> bool {
        if memchr::memchr2(b'`', b'<', all.as_str().as_bytes()).is_none() {
            return true;
        }
        if !all.buffer.spend(all.end - all.start) {
            return false;
        }
        let mut on_line = false;
        for part in parts(self, all, true) {
            let (value, is_code) = match &part {
                Part::Text(start, end) => (all.buffer.text.get(*start..*end).unwrap_or_default(), false),
                Part::Code(_, _, code) => (code.as_str(), true),
                Part::Other(value) => (value.as_str(), false),
            };
            let lines: Vec<&str> = value.trim_end_matches('\n').split('\n').collect();
            let count = if value.trim_end_matches('\n').is_empty() { 0 } else { lines.len() };
            if is_code {
                if count > 2 || (count == 2 && !on_line) {
                    break;
                }
                on_line &= count < 2;
                continue;
            }
            let has = |line: Option<&&str>| count > 0 && line.is_some_and(|line| pipe_in(line));
            if count > 1 && !on_line && !has(lines.first()) {
                break;
            }
            on_line = (count < 2 && on_line) || has(lines.last());
        }
        on_line
    }
}

impl<'a> Columns<'a> {
    fn add(&mut self, kind: SectionKind, rows: &mut Vec<(Span, Vec<Piece<'a>>)>) {
        self.sections.push(Section { kind, rows: std::mem::take(rows) });
    }

    /// Makes all rows as wide as the widest.
    fn square(&mut self, src: &Source<'_, 'a>) {
        let rows = || self.sections.iter().flat_map(|section| &section.rows);
        let width = rows().map(|(_, cells)| cells.len()).max().unwrap_or(0);
        self.alignments.resize(width, Alignment::None);
        // One row of a thousand cells and a thousand empty ones: the empty cells are left out.
        let limit = rows().map(|(_, cells)| cells.len()).sum::<usize>().saturating_mul(64) + 4096;
        if rows().count().saturating_mul(width) > limit {
            return;
        }
        let at = src.at.saturating_sub(1);
        for (span, cells) in self.sections.iter_mut().flat_map(|section| &mut section.rows) {
            let _ = span;
            let end = cells.last().map(|cell| Piece { start: cell.end, end: cell.end, ..cell.clone() });
            cells.resize_with(width, || end.clone().unwrap_or_else(|| src.piece(at, at)));
        }
    }
}

/// The cell that is being filled.
fn last_cell(cells: &mut Vec<Builder>) -> &mut Builder {
    if cells.is_empty() {
        cells.push(Builder::default());
    }
    let last = cells.len() - 1;
    &mut cells[last]
}

/// Adds text, which each `|` ends a cell in; `\|` is `|`.
fn add_text(row: &Piece<'_>, start: usize, end: usize, cells: &mut Vec<Builder>) {
    let text = &*row.buffer.text;
    let mut from = start;
    for at in start..end {
        if byte(text, at) != b'|' {
            continue;
        }
        if at > start && byte(text, at - 1) == b'\\' {
            last_cell(cells).push(&row.buffer, from, at - 1);
            from = at;
            continue;
        }
        last_cell(cells).push(&row.buffer, from, at);
        cells.push(Builder::default());
        from = at + 1;
    }
    last_cell(cells).push(&row.buffer, from, end);
}

/// Adds code again with marks that do for what is in it.
fn add_code(row: &Piece<'_>, (start, end): (usize, usize), code: &str, cell: &mut Builder) {
    let mut longest = 0;
    let mut run = 0;
    for byte in code.bytes() {
        run = if byte == b'`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let marks = "`".repeat(longest + 1);
    let space = if longest > 0 { " " } else { "" };
    let from = row.buffer.source(start);
    let len = row.buffer.span(start, end).len();
    cell.insert(&format!("{marks}{space}{code}{space}{marks}"), from, len);
}

/// The next `<code>` element at `at` or behind it.
fn code_element(row: &Piece<'_>, at: usize) -> Option<(usize, usize)> {
    let text = row.buffer.text.get(at..row.end)?;
    let start = text.find("<code")?;
    let open = start + 5 + text.get(start + 5..)?.find('>')? + 1;
    let end = open + text.get(open..)?.find("</code>")? + 7;
    Some((at + start, at + end))
}

/// A row that has nothing but cells.
fn split<'a>(row: &Piece<'a>) -> Vec<Piece<'a>> {
    let mut from = row.start;
    let mut cells: Vec<Piece<'a>> = Vec::new();
    for part in row.as_str().split('|') {
        cells.push(Piece { start: from, end: from + part.len(), ..row.clone() });
        from += part.len() + 1;
    }
    cells
}

/// Whether the line has a `|` that no backslash stands before.
fn has_pipe(text: &str, at: usize) -> bool {
    let line = text.get(at..line_end(text, at)).unwrap_or_default();
    line.ends_with('\n') && pipe_in(line)
}

fn pipe_in(line: &str) -> bool {
    let bytes = line.as_bytes();
    memchr::memchr_iter(b'|', bytes).any(|at| at == 0 || !matches!(bytes.get(at - 1), Some(b'\\' | b'\n')))
}

/// Whether the line is nothing but a separator made with `mark`.
fn separator(text: &str, at: usize, mark: u8) -> Option<()> {
    let mut has_mark = false;
    let mut end = at;
    loop {
        match byte(text, end) {
            b'+' | b'|' | b':' | b' ' | b'\t' => {}
            b if b == mark => has_mark = true,
            b'\n' => return has_mark.then_some(()),
            _ => return None,
        }
        end += 1;
    }
}

/// What a separator says of the columns.
fn alignments(line: &str) -> Vec<Alignment> {
    let bytes = line.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] != b'-' {
            at += 1;
            continue;
        }
        let left = at > 0 && bytes[at - 1] == b':';
        while byte(line, at) == b'-' {
            at += 1;
        }
        let right = byte(line, at) == b':';
        found.push(match (left, right) {
            (false, false) => Alignment::None,
            (true, false) => Alignment::Left,
            (false, true) => Alignment::Right,
            (true, true) => Alignment::Center,
        });
        at += usize::from(right);
    }
    found
}

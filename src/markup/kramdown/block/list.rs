//! Lists.

use super::{El, Kind, Level, Parser, Source};
use crate::ast::Marker;
use crate::markup::kramdown::attrs::{self, List as AttrList};
use crate::markup::kramdown::scan::{blank_lines, byte, id_name, line_end, list_close, spaces, white};
use crate::markup::kramdown::text::{Buffer, Builder, Piece};

/// An item while its lines are gathered.
struct Item<'a> {
    el: El<'a>,
    /// Its text; what comes behind the first nested list that follows text at once is read on its own.
    chunks: Vec<Builder>,
}

impl<'a> Parser<'a> {
    /// `* a` or `1. a`.
    pub(super) fn list(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let Some(first) = start(src.text, src.at, 3) else { return false };
        let begin = src.at;
        let ial = level.ial.take();
        let mut items: Vec<Item<'a>> = Vec::new();
        let mut column = 0;
        // How far a further item may be indented.
        let mut most = 3;
        let mut is_nested = false;
        let mut is_after_blank = false;
        let mut is_ended = false;
        while !src.is_done() {
            let line = src.at;
            if is_after_blank && super::rule_end(src.text, line).is_some() {
                break;
            }
            if let Some(end) = super::end_marker(src.text, line) {
                src.at = end;
                is_ended = true;
                break;
            }
            if let Some(mark) = start(src.text, line, most).filter(|mark| mark.is_numbered == first.is_numbered) {
                src.at = line_end(src.text, line);
                let content = first_line(src, mark.end, src.at, mark.end - line);
                column = content.column;
                most = column.saturating_sub(1).min(3);
                let mut item = Item { el: El::new(Kind::Item, src.buffer.span(line, src.at)), chunks: vec![] };
                let from = item_attrs(src, content.from, src.at, &mut item.el);
                is_nested = from < src.at && any_start(src.text, from);
                is_after_blank = false;
                let mut builder = Builder::default();
                builder.push(src.buffer, from, src.at);
                item.chunks.push(builder);
                items.push(item);
                continue;
            }
            let Some(item) = items.last_mut() else { break };
            if self.continues(src, column, is_after_blank) {
                src.at = line_end(src.text, line);
                add_line(src, line, column, &mut is_nested, &mut item.chunks);
                item.el.span = item.el.span.cover(src.span_from(line));
                is_after_blank = false;
            } else if let Some(end) = blank_lines(src.text, line) {
                if let Some(chunk) = item.chunks.last_mut() {
                    chunk.push(src.buffer, line, end);
                }
                src.at = end;
                is_nested = true;
                is_after_blank = true;
            } else {
                break;
            }
        }
        let marker = match byte(src.text, first.mark) {
            b'*' => Marker::Asterisk,
            b'+' => Marker::Plus,
            b'-' => Marker::Hyphen,
            _ => Marker::Period,
        };
        let kind = Kind::List { is_numbered: first.is_numbered, marker };
        let mut list = El::new(kind, src.span_from(begin));
        list.ial = ial;
        let blank = self.finish_items(items, is_ended, &mut list);
        if self.settings.gfm {
            mark_tasks(&mut list);
        }
        level.tree.kids.push(list);
        if let Some(blank) = blank.filter(|_| !is_ended) {
            level.tree.kids.push(blank);
        }
        true
    }

    /// Whether the line here belongs to an item whose text starts in `column`.
    pub(super) fn continues(&self, src: &Source<'_, 'a>, column: usize, is_after_blank: bool) -> bool {
        let (text, at) = (src.text, src.at);
        let from = white(text, at);
        let has_content = from < line_end(text, at) && line_end(text, at) > at;
        if !has_content {
            return false;
        }
        if is_indented(text, at, column) {
            return true;
        }
        let mark = spaces(text, at, column.min(3));
        // Fewer spaces match as well: what stands behind them has to be a tag or a list all the same.
        let stops = (byte(text, mark) == b'{' && super::extension::attr_list_line(src.buffer, mark).is_some())
            || super::paragraph::lazy_html(text, mark);
        !is_after_blank && !stops
    }

    /// Reads the items, decides which show their text without `<p>`, and gives the blank lines at the end.
    fn finish_items(&mut self, items: Vec<Item<'a>>, is_ended: bool, list: &mut El<'a>) -> Option<El<'a>> {
        let mut trailing = None;
        let count = items.len();
        for (index, mut item) in items.into_iter().enumerate() {
            for chunk in std::mem::take(&mut item.chunks) {
                self.parse_derived(chunk.finish(), &mut item.el, 2);
            }
            let is_last = index + 1 == count;
            if !item.el.kids.is_empty() {
                drop_end_behind_attrs(&mut item.el.kids);
                let is_loose_list = || !list.kids.iter().any(shows_bare_text);
                if is_bare(&item.el.kids, is_last, is_ended) && (!is_last || count == 1 || !is_loose_list()) {
                    make_plain(&mut item.el.kids);
                }
                trailing = match item.el.kids.last() {
                    Some(El { kind: Kind::Blank { .. }, .. }) => item.el.kids.pop(),
                    _ => None,
                };
            }
            list.kids.push(item.el);
        }
        trailing
    }
}

/// An attribute list behind the first paragraph ends it, but no more than that.
fn drop_end_behind_attrs(kids: &mut Vec<El<'_>>) {
    let has_attrs = |el: &El<'_>| matches!(el.kind, Kind::Paragraph(_)) && el.ial.is_some();
    if kids.first().is_some_and(has_attrs) && matches!(kids.get(1), Some(El { kind: Kind::End(_), .. })) {
        kids.remove(1);
    }
}

/// Whether an item starts with text that no blank line follows.
fn is_bare(kids: &[El<'_>], is_last: bool, is_ended: bool) -> bool {
    let is_blank = |el: &El<'_>| matches!(el.kind, Kind::Blank { .. });
    matches!(kids.first(), Some(El { kind: Kind::Paragraph(_), .. }))
        && (!kids.get(1).is_some_and(is_blank) || (is_last && kids.len() == 2 && !is_ended))
}

/// Whether an item does not start with a paragraph that shows as one.
fn shows_bare_text(item: &El<'_>) -> bool {
    match item.kids.first() {
        Some(El { kind: Kind::Paragraph(paragraph), .. }) => paragraph.is_plain,
        _ => true,
    }
}

/// Makes the first paragraph show without `<p>`.
pub(super) fn make_plain(kids: &mut [El<'_>]) {
    let follows = kids.get(1).is_some_and(|el| !matches!(el.kind, Kind::Blank { .. }));
    if let Some(El { kind: Kind::Paragraph(paragraph), .. }) = kids.first_mut() {
        paragraph.is_plain = true;
        if follows {
            // A newline behind the text: marks of a line break at its end count.
            let Piece { buffer, end, .. } = &paragraph.text;
            if byte(&buffer.text, *end) == b'\n' {
                paragraph.text.end += 1;
            }
        }
    }
}

/// Boxes of tasks. From the first one on, every item of the list is one of tasks.
fn mark_tasks(list: &mut El<'_>) {
    let mut is_task_list = false;
    for item in &mut list.kids {
        let Some(El { kind: Kind::Paragraph(paragraph), .. }) = item.kids.first_mut() else { continue };
        if let Some((checked, length)) = task_box(paragraph.text.as_str()) {
            paragraph.task = Some(checked);
            paragraph.text.start += length;
            is_task_list = true;
        }
        if is_task_list {
            attrs::set(&mut item.attrs, "class", "task-list-item");
        }
    }
    if is_task_list {
        attrs::set(&mut list.attrs, "class", "task-list");
    }
}

/// `[ ] ` or `[x] ` at the start of an item's text, and its length.
fn task_box(text: &str) -> Option<(bool, usize)> {
    let open = white(text, 0);
    if byte(text, open) != b'[' || byte(text, open + 2) != b']' {
        return None;
    }
    let checked = match byte(text, open + 1) {
        b' ' => false,
        b'x' | b'X' => true,
        _ => return None,
    };
    let end = white(text, open + 3);
    (end > open + 3).then_some((checked, end))
}

/// The mark of an item.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    is_numbered: bool,
    /// Where it stands.
    mark: usize,
    /// Behind it.
    pub(super) end: usize,
}

/// The item that starts at `at`, indented by `most` spaces at most.
fn start(text: &str, at: usize, most: usize) -> Option<Mark> {
    let mark = spaces(text, at, most);
    let (is_numbered, end) = match byte(text, mark) {
        b'*' | b'+' | b'-' => (false, mark + 1),
        b'0'..=b'9' => {
            let mut end = mark;
            while byte(text, end).is_ascii_digit() {
                end += 1;
            }
            if byte(text, end) != b'.' {
                return None;
            }
            (true, end + 1)
        }
        _ => return None,
    };
    tail(text, end).then_some(Mark { is_numbered, mark, end })
}

/// What has to follow the mark of an item.
pub(super) fn tail(text: &str, at: usize) -> bool {
    matches!(byte(text, at), b' ' | b'\t' | b'|')
}

/// Whether an item of any list starts at `at`.
pub(super) fn any_start(text: &str, at: usize) -> bool {
    start(text, at, 3).is_some()
}

/// Where the text of an item starts.
pub(super) struct FirstLine {
    pub(super) from: usize,
    pub(super) column: usize,
}

/// The first line of an item whose mark is `width` wide and ends at `from`.
pub(super) fn first_line(src: &Source<'_, '_>, from: usize, end: usize, width: usize) -> FirstLine {
    let text = src.text;
    let start = white(text, from).min(end);
    let holds_nothing = start >= end || item_list(src.buffer, start, end).is_some_and(|(_, _, to)| to >= end);
    if holds_nothing {
        return FirstLine { from: start, column: 4 };
    }
    let mut column = width;
    for at in from..end {
        match byte(text, at) {
            b' ' => column += 1,
            b'\t' => column += 4 - column % 4,
            _ => break,
        }
    }
    FirstLine { from: start, column }
}

/// The attribute list at the start of an item's text: the inside of the braces, and where the text goes on.
fn item_list(buffer: &Buffer<'_>, at: usize, end: usize) -> Option<(usize, usize, usize)> {
    let text = &*buffer.text;
    if byte(text, at) != b'{' || byte(text, at + 1) != b':' {
        return None;
    }
    let from = at + 2;
    let name = id_name(text, from).unwrap_or(from);
    if byte(text, name) == b':' || byte(text, from) == b'/' {
        return None;
    }
    let (close, ()) = list_close(buffer, from, |behind| (behind <= end).then_some(()))?;
    Some((from, close, white(text, close + 1).min(end)))
}

/// Takes the attribute list off the start of an item's text; gives where the text goes on.
pub(super) fn item_attrs(src: &Source<'_, '_>, from: usize, end: usize, el: &mut El<'_>) -> usize {
    let Some((open, close, to)) = item_list(src.buffer, from, end) else { return from };
    let mut list = AttrList::default();
    list.parse(src.text.get(open..close).unwrap_or_default());
    el.ial = Some(Box::new(list));
    to
}

/// Whether the line is indented up to `column`.
fn is_indented(text: &str, at: usize, column: usize) -> bool {
    let mut from = at;
    for _ in 0..column / 4 {
        let next = super::code::indent(text, from);
        if next == from {
            return false;
        }
        from = next;
    }
    spaces(text, from, column % 4) - from == column % 4 || super::code::indent(text, from) > from
}

/// Adds a line to an item without its indentation.
fn add_line(src: &Source<'_, '_>, line: usize, column: usize, is_nested: &mut bool, chunks: &mut Vec<Builder>) {
    let (text, end) = (src.text, src.at);
    let from = outdented(text, line, column);
    let starts_list = {
        let mark = from.at + (spaces(text, from.at, 3) - from.at).min(3usize.saturating_sub(from.spaces));
        from.spaces <= 3 && start(text, mark, 0).is_some()
    };
    let mut left = from.spaces;
    if !*is_nested && from.is_indented && starts_list {
        chunks.push(Builder::default());
        *is_nested = true;
    } else if *is_nested && !from.is_indented && starts_list {
        left += column + 4;
    }
    if let Some(chunk) = chunks.last_mut() {
        chunk.spaces(left, src.buffer.source(from.at));
        chunk.push(src.buffer, from.at, end);
    }
}

/// A line without indentation.
pub(super) struct Outdented {
    /// Spaces that are left of tabs.
    pub(super) spaces: usize,
    /// What stands behind them.
    pub(super) at: usize,
    /// Whether the line was indented up to the column.
    pub(super) is_indented: bool,
}

/// Takes `column` spaces off a line; tabs at its start are four spaces each.
pub(super) fn outdented(text: &str, line: usize, column: usize) -> Outdented {
    let mut at = line;
    while byte(text, at) == b'\t' {
        at += 1;
    }
    let width = 4 * (at - line);
    if width >= column {
        return Outdented { spaces: width - column, at, is_indented: true };
    }
    let behind = spaces(text, at, column - width);
    if behind - at == column - width {
        return Outdented { spaces: 0, at: behind, is_indented: true };
    }
    Outdented { spaces: width, at, is_indented: false }
}

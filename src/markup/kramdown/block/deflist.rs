//! Definition lists.

use super::list::{first_line, item_attrs, make_plain, outdented, tail};
use super::{El, Kind, Level, Parser, Source};
use crate::markup::kramdown::scan::{blank_lines, byte, line_end, spaces};
use crate::markup::kramdown::text::{Builder, Piece};

/// A definition while its lines are gathered.
struct Definition<'a> {
    el: El<'a>,
    text: Builder,
    /// Whether its first text shows as a paragraph.
    is_paragraph: bool,
}

impl<'a> Parser<'a> {
    /// `: definition`, below the paragraph that holds its terms.
    pub(super) fn definition_list(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        if definition_start(src.text, src.at, 3).is_none() {
            return false;
        }
        let Some((terms, is_apart)) = take_terms(&mut level.tree.kids) else { return false };
        level.ial = None;
        let mut list = El::new(Kind::Definitions, terms.span);
        list.ial = terms.ial;
        if let Kind::Paragraph(paragraph) = terms.kind {
            add_terms(&paragraph.text, &mut list);
        }
        let definitions = self.definitions(src, is_apart);
        list.span = list.span.cover(src.span_from(src.at.saturating_sub(1)));
        let mut blank = None;
        for mut definition in definitions {
            list.span = list.span.cover(definition.el.span);
            self.parse_derived(definition.text.finish(), &mut definition.el, 2);
            let kids = &mut definition.el.kids;
            if !kids.is_empty() {
                blank = kids.pop_if(|last| matches!(last.kind, Kind::Blank { .. }));
                if !definition.is_paragraph {
                    make_plain(kids);
                }
            }
            list.kids.push(definition.el);
        }
        add_list(list, &mut level.tree.kids);
        level.tree.kids.extend(blank);
        true
    }

    /// The lines of the definitions.
    fn definitions(&mut self, src: &mut Source<'_, 'a>, is_apart: bool) -> Vec<Definition<'a>> {
        let mut found: Vec<Definition<'a>> = Vec::new();
        let mut is_paragraph = is_apart;
        let mut is_after_blank = false;
        let (mut column, mut most) = (0, 3);
        while !src.is_done() {
            let line = src.at;
            if let Some(mark) = definition_start(src.text, line, most) {
                src.at = line_end(src.text, line);
                let content = first_line(src, mark, src.at, mark - line);
                column = content.column;
                most = column.saturating_sub(1).min(3);
                let mut el = El::new(Kind::Definition, src.span_from(line));
                let from = item_attrs(src, content.from, src.at, &mut el);
                let mut text = Builder::default();
                text.push(src.buffer, from, src.at);
                found.push(Definition { el, text, is_paragraph });
                is_paragraph = false;
                is_after_blank = false;
                continue;
            }
            let Some(last) = found.last_mut() else { break };
            if super::end_marker(src.text, line).is_some() {
                break;
            }
            if self.continues(src, column, is_after_blank) {
                src.at = line_end(src.text, line);
                let from = outdented(src.text, line, column);
                last.text.spaces(from.spaces, src.buffer.source(from.at));
                last.text.push(src.buffer, from.at, src.at);
                last.el.span = last.el.span.cover(src.span_from(line));
                is_paragraph = false;
                is_after_blank = false;
            } else if let Some(end) = blank_lines(src.text, line) {
                last.text.push(src.buffer, line, end);
                src.at = end;
                is_paragraph = true;
                is_after_blank = true;
            } else {
                break;
            }
        }
        found
    }
}

/// Behind the mark of the definition at `at`.
fn definition_start(text: &str, at: usize, most: usize) -> Option<usize> {
    let mark = spaces(text, at, most);
    (byte(text, mark) == b':' && tail(text, mark + 1)).then_some(mark + 1)
}

/// Takes the paragraph with the terms off the blocks before; `true` if an empty line stands between.
fn take_terms<'a>(kids: &mut Vec<El<'a>>) -> Option<(El<'a>, bool)> {
    let is_paragraph = |el: &El<'_>| matches!(el.kind, Kind::Paragraph(_));
    if let Some(terms) = kids.pop_if(|last| is_paragraph(last)) {
        return Some((terms, false));
    }
    let [.., before, El { kind: Kind::Blank { is_single: true }, .. }] = kids.as_slice() else { return None };
    if !is_paragraph(before) {
        return None;
    }
    kids.pop();
    kids.pop().map(|terms| (terms, true))
}

/// A term for each line.
fn add_terms<'a>(text: &Piece<'a>, list: &mut El<'a>) {
    let mut at = text.start;
    let lines = text.as_str().trim_end_matches('\n').to_owned();
    for line in lines.split('\n') {
        let end = at + line.len();
        let buffer = std::rc::Rc::clone(&text.buffer);
        let span = buffer.span(at, end);
        let mut el = El::new(Kind::Definition, span);
        let from = item_attrs(&Source { buffer: &buffer, text: &buffer.text, at }, at, end, &mut el);
        el.kind = Kind::Term(Piece { buffer: std::rc::Rc::clone(&buffer), start: from, end });
        list.kids.push(el);
        at = end + 1;
    }
}

/// Adds the list, to the one that stands right before it if there is one.
fn add_list<'a>(list: El<'a>, kids: &mut Vec<El<'a>>) {
    let before = match kids.as_slice() {
        [.., El { kind: Kind::Definitions, .. }] => 1,
        [.., El { kind: Kind::Definitions, .. }, El { kind: Kind::Blank { .. }, .. }] => 2,
        _ => {
            kids.push(list);
            return;
        }
    };
    kids.truncate(kids.len() + 1 - before);
    if let Some(last) = kids.last_mut() {
        last.span = last.span.cover(list.span);
        last.kids.extend(list.kids);
    }
}

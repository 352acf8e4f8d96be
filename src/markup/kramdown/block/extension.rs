//! Attribute lists and `{::extensions}` between blocks.

use super::{El, End, Kind, Level, Parser, Source};
use crate::diag::Span;
use crate::markup::kramdown::attrs::List as AttrList;
use crate::markup::kramdown::scan::{byte, id_name, is_space, is_word, list_close, rest_blank, spaces};
use crate::markup::kramdown::text::Buffer;

impl<'a> Parser<'a> {
    /// What starts with `{:`.
    pub(super) fn extension(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>) -> bool {
        let open = spaces(src.text, src.at, 3);
        if byte(src.text, open + 1) != b':' {
            return false;
        }
        if self.list_definition(src, level, open) {
            return true;
        }
        if let Some(tag) = start_tag(src.buffer, open)
            && let Some(end) = rest_blank(src.text, tag.end)
        {
            return self.block_extension(src, level, (open, &tag, end));
        }
        // A closing tag that closes nothing is text.
        if stop_tag(src.text, open, None).is_some_and(|end| rest_blank(src.text, end).is_some()) {
            return false;
        }
        let Some((from, close, end)) = attr_list_line(src.buffer, open) else { return false };
        let mut list = AttrList::default();
        list.parse(src.text.get(from..close).unwrap_or_default());
        src.at = end;
        let follows = attr_list_line(src.buffer, spaces(src.text, src.at, 3)).is_some();
        self.add_list(list, level, follows);
        true
    }

    /// An attribute list belongs to the block before it, or to the one behind it.
    fn add_list(&mut self, list: AttrList, level: &mut Level<'_, 'a>, follows: bool) {
        let target = match level.tree.kids.last_mut() {
            None => None,
            Some(last) => match last.kind {
                Kind::End(End::Link(index)) => self.links.get_mut(index).map(|link| &mut link.ial),
                Kind::End(End::Abbreviation(index)) => self.abbreviations.get_mut(index).map(|known| &mut known.ial),
                Kind::End(End::Footnote(_)) => Some(&mut last.ial),
                Kind::Blank { .. } | Kind::End(_) => None,
                _ => Some(&mut last.ial),
            },
        };
        let Some(target) = target else {
            level.ial.get_or_insert_default().merge(&list);
            return;
        };
        target.get_or_insert_default().merge(&list);
        if !follows {
            level.push(El::new(Kind::End(End::AttrList), Span::default()));
        }
    }

    /// `{:name: .class}`.
    fn list_definition(&mut self, src: &mut Source<'_, 'a>, level: &mut Level<'_, 'a>, open: usize) -> bool {
        let Some(name_end) = id_name(src.text, open + 2) else { return false };
        if byte(src.text, name_end) != b':' {
            return false;
        }
        let from = name_end + 1;
        let Some((close, end)) = list_close(src.buffer, from, |behind| rest_blank(src.text, behind)) else {
            return false;
        };
        let name = src.text.get(open + 2..name_end).unwrap_or_default().to_owned();
        self.lists.entry(name).or_default().parse(src.text.get(from..close).unwrap_or_default());
        src.at = end;
        level.push(El::new(Kind::End(End::AttrListDefinition), Span::default()));
        true
    }

    /// `{::comment}` … `{:/comment}` on lines of their own.
    fn block_extension(
        &mut self,
        src: &mut Source<'_, 'a>,
        level: &mut Level<'_, 'a>,
        (open, tag, end): (usize, &StartTag, usize),
    ) -> bool {
        let start = src.at;
        let name = src.text.get(open + 3..tag.name_end).unwrap_or_default();
        if !matches!(name, "comment" | "nomarkdown" | "options") {
            return false;
        }
        let mut list = AttrList::default();
        list.parse(src.text.get(tag.list.0..tag.list.1).unwrap_or_default());
        let mut body = None;
        src.at = end;
        if !tag.is_closed {
            let Some((stop, behind)) = self.block_stop(src, end, name) else {
                src.at = start;
                return false;
            };
            let inside = src.text.get(end..stop).unwrap_or_default();
            body = Some(inside.strip_suffix('\n').unwrap_or(inside));
            src.at = behind;
        }
        let span = src.span_from(start);
        let kind = match name {
            "options" => {
                self.set_options(&list);
                let text = src.text.get(open..src.at).unwrap_or_default().trim_end().to_owned();
                let mut el = El::new(Kind::End(End::Options), span);
                el.attrs.push(("text".to_owned(), text));
                level.push(el);
                return true;
            }
            _ => raw_kind(name, body, &list, "\n"),
        };
        if let Some(kind) = kind {
            level.tree.kids.push(El::new(kind, span));
        }
        true
    }

    /// The line that closes an extension: where it starts and where it ends.
    fn block_stop(&mut self, src: &Source<'_, 'a>, from: usize, name: &str) -> Option<(usize, usize)> {
        let text = src.text;
        let rest = text.as_bytes().get(from..)?;
        for found in memchr::memmem::find_iter(rest, b"{:/") {
            let at = from + found;
            let line = text.get(..at)?.trim_end_matches(' ').len().max(from);
            let line = if at - line <= 3 { line } else { continue };
            if line > from && byte(text, line - 1) != b'\n' {
                continue;
            }
            let Some(end) = stop_tag(text, at, Some(name)) else { continue };
            if let Some(behind) = rest_blank(text, end) {
                return Some((line, behind));
            }
        }
        src.buffer.spend(rest.len() / 8);
        None
    }

    /// What can be set from inside a body for its reading.
    pub(in super::super) fn set_options(&mut self, list: &AttrList) {
        for (name, value) in &list.pairs {
            let on = value == "true";
            match name.as_str() {
                "parse_block_html" => self.settings.parse_block_html = on,
                "parse_span_html" => self.settings.parse_span_html = on,
                _ => {}
            }
        }
    }
}

/// A comment, or bytes that are passed through.
pub(in super::super) fn raw_kind<'a>(name: &str, body: Option<&str>, list: &AttrList, end: &str) -> Option<Kind<'a>> {
    let body = body?;
    if name == "comment" {
        return Some(Kind::Raw { markup: "html".to_owned(), text: format!("<!-- {body} -->{end}") });
    }
    let types = list.pairs.get("type").map_or("", String::as_str);
    let mut types = types.split_ascii_whitespace().peekable();
    let markup = match types.peek() {
        None => "html",
        Some(first) => {
            let first = *first;
            if types.any(|name| name == "html") { "html" } else { first }
        }
    };
    Some(Kind::Raw { markup: markup.to_owned(), text: format!("{body}{end}") })
}

/// The attribute list on a line of its own: its inside, and behind its line.
pub(super) fn attr_list_line(buffer: &Buffer<'_>, open: usize) -> Option<(usize, usize, usize)> {
    let text = &*buffer.text;
    let from = open + 2;
    if byte(text, open) != b'{' || byte(text, open + 1) != b':' || matches!(byte(text, from), b':' | b'/') {
        return None;
    }
    let (close, end) = list_close(buffer, from, |behind| rest_blank(text, behind))?;
    Some((from, close, end))
}

/// `{::name list}` or `{::name list /}`.
#[derive(Debug)]
pub(in super::super) struct StartTag {
    pub(in super::super) name_end: usize,
    pub(in super::super) list: (usize, usize),
    pub(in super::super) is_closed: bool,
    pub(in super::super) end: usize,
}

/// The tag of an extension whose `{::` stands at `open`.
pub(in super::super) fn start_tag(buffer: &Buffer<'_>, open: usize) -> Option<StartTag> {
    let text = &*buffer.text;
    if !text.as_bytes().get(open..)?.starts_with(b"{::") {
        return None;
    }
    let mut name_end = open + 3;
    while is_word(byte(text, name_end)) {
        name_end += 1;
    }
    if name_end == open + 3 {
        return None;
    }
    if !is_space(byte(text, name_end)) {
        let is_closed = byte(text, name_end) == b'/';
        let end = name_end + usize::from(is_closed);
        let tag = StartTag { name_end, list: (name_end, name_end), is_closed, end: end + 1 };
        return (byte(text, end) == b'}').then_some(tag);
    }
    let from = name_end + 1;
    // An empty list ends in the brace at once.
    let (close, ()) = if byte(text, from) == b'}' { (from, ()) } else { list_close(buffer, from, |_| Some(()))? };
    let is_closed = close > from && byte(text, close - 1) == b'/';
    Some(StartTag { name_end, list: (from, close - usize::from(is_closed)), is_closed, end: close + 1 })
}

/// Behind the `{:/name}` or `{:/}` at `at`; any name if none is given.
pub(in super::super) fn stop_tag(text: &str, at: usize, name: Option<&str>) -> Option<usize> {
    let from = at + 3;
    if !text.as_bytes().get(at..)?.starts_with(b"{:/") {
        return None;
    }
    if byte(text, from) == b'}' {
        return Some(from + 1);
    }
    let end = match name {
        Some(name) => text.get(from..)?.starts_with(name).then_some(from + name.len())?,
        None => id_name(text, from)?,
    };
    (byte(text, end) == b'}').then_some(end + 1)
}

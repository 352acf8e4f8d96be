//! Attribute lists and extensions in running text.

use super::Spans;
use super::level::{Level, Tail};
use crate::ast::{Inline, InlineKind, Raw, Tag};
use crate::markup::kramdown::attrs::{self, List as AttrList, decoded};
use crate::markup::kramdown::block::{Kind, raw_kind, start_tag, stop_tag};
use crate::markup::kramdown::scan::{byte, list_close};

impl Spans<'_, '_, '_> {
    /// `{:.class}` or `{::name}` … `{:/name}`.
    pub(super) fn extension(&mut self, level: &mut Level) -> bool {
        let start = self.at;
        if let Some(tag) = start_tag(self.buffer, start).filter(|tag| tag.end <= self.text.len()) {
            let done = self.extension_element(level, start, &tag);
            if !done {
                self.at = start + 1;
                self.add_text(level, start, start + 1);
            }
            return true;
        }
        let is_stop = stop_tag(self.text, start, None).is_some();
        let close = list_close(self.buffer, start + 2, |_| Some(())).map(|(close, ())| close);
        let close = close.filter(|close| !is_stop && *close < self.text.len());
        let Some(close) = close.filter(|_| !matches!(level.tail, Tail::Text | Tail::Nothing)) else {
            self.at = start + 1;
            self.add_text(level, start, start + 1);
            return true;
        };
        let mut list = AttrList::default();
        list.parse(self.text.get(start + 2..close).unwrap_or_default());
        self.at = close + 1;
        // Each list by itself would look at all attributes before it.
        while list.refs.is_empty()
            && let Some((more, end)) = self.plain_list()
        {
            list.merge(&more);
            self.at = end;
        }
        let pairs = self.parser.resolved(&list);
        match level.tail {
            Tail::Tag(index) => apply_to_tag(level.kids.get_mut(index), &pairs),
            Tail::Node => {
                if let Some(last) = level.kids.last_mut() {
                    self.standalone |= matches!(last.kind, InlineKind::Image(_)) && list.has_ref("standalone");
                    apply(last, &pairs);
                    last.span.end = self.buffer.span(start, self.at).end.max(last.span.end);
                }
            }
            _ => {}
        }
        true
    }

    /// The list that begins here and refers to no other, and where it ends.
    fn plain_list(&mut self) -> Option<(AttrList, usize)> {
        let rest = self.text.get(self.at..)?;
        if !rest.starts_with("{:") || rest.starts_with("{::") || stop_tag(self.text, self.at, None).is_some() {
            return None;
        }
        let (close, ()) = list_close(self.buffer, self.at + 2, |_| Some(()))?;
        let mut list = AttrList::default();
        list.parse(self.text.get(self.at + 2..close).filter(|_| close < self.text.len())?);
        list.refs.is_empty().then_some((list, close + 1))
    }

    fn extension_element(
        &mut self,
        level: &mut Level,
        start: usize,
        tag: &crate::markup::kramdown::block::StartTag,
    ) -> bool {
        let name = self.text.get(start + 3..tag.name_end).unwrap_or_default();
        if !matches!(name, "comment" | "nomarkdown" | "options") {
            return false;
        }
        let mut list = AttrList::default();
        list.parse(self.text.get(tag.list.0..tag.list.1).unwrap_or_default());
        let mut body = None;
        let mut end = tag.end;
        if !tag.is_closed {
            let rest = self.text.get(tag.end..).unwrap_or_default();
            let found = memchr::memmem::find_iter(rest.as_bytes(), b"{:/")
                .find_map(|at| stop_tag(self.text, tag.end + at, Some(name)).map(|end| (tag.end + at, end)));
            let Some((stop, behind)) = found else {
                self.buffer.spend(rest.len() / 8);
                return false;
            };
            body = self.text.get(tag.end..stop);
            end = behind;
        }
        self.at = end;
        let span = self.buffer.span(start, end);
        if name == "options" {
            self.parser.set_options(&list);
            let tag = Tag::new("kramdown", "options", self.text.get(start..end).unwrap_or_default());
            level.push(Inline::new(InlineKind::Template(tag)).at(span));
        } else if let Some(Kind::Raw { markup, text }) = raw_kind(name, body, &list, "") {
            let mut raw = Raw::html(text);
            raw.markup = markup;
            level.push(Inline::new(InlineKind::Raw(raw)).at(span));
        }
        true
    }
}

/// Gives a node attributes: those that its kind says itself become part of that.
pub(super) fn apply(node: &mut Inline, pairs: &[(String, String)]) {
    let mut rest: Vec<(String, String)> = Vec::new();
    for (name, value) in pairs {
        let shown = || decoded(value.clone());
        match (&mut node.kind, name.as_str()) {
            (InlineKind::Link(link), "href") => link.url = shown(),
            (InlineKind::Link(link), "title") => link.title = Some(shown()),
            (InlineKind::Image(image), "src") => image.url = shown(),
            (InlineKind::Image(image), "alt") => image.alt = shown(),
            (InlineKind::Image(image), "title") => image.title = Some(shown()),
            (InlineKind::FootnoteReference(_), _) => {}
            _ => rest.push((name.clone(), value.clone())),
        }
    }
    if rest.is_empty() {
        return;
    }
    let known: Vec<(String, String)> =
        node.attrs.iter().flat_map(|attrs| attrs.iter()).map(|(n, v)| (n.to_owned(), v.to_owned())).collect();
    let mut all = known;
    attrs::apply_pairs(&mut all, &rest);
    node.attrs = attrs::finish(all);
}

/// Gives an element of HTML attributes.
fn apply_to_tag(tag: Option<&mut Inline>, pairs: &[(String, String)]) {
    let Some(Inline { kind: InlineKind::Raw(raw), .. }) = tag else { return };
    let Some(open) = crate::markup::kramdown::scan::open_tag(&raw.text, 0) else { return };
    let name = raw.text.get(1..open.name_end).unwrap_or_default().to_owned();
    let mut known = attrs::of_tag(raw.text.get(open.name_end..open.attrs_end).unwrap_or_default(), true);
    attrs::apply_pairs(&mut known, pairs);
    let is_void = crate::markup::kramdown::tables::is_void(&name) || byte(&raw.text, open.end - 2) == b'/';
    let rest = raw.text.get(open.end..).unwrap_or_default();
    raw.text = super::html::open_text(&name, &known, is_void) + rest;
}

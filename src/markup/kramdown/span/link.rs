//! Links and images.

use super::level::{Level, Tree};
use super::{Spans, Stop};
use crate::ast::{Image, Inline, InlineKind, Link};
use crate::markup::kramdown::attrs::{List as AttrList, decoded};
use crate::markup::kramdown::scan::{byte, is_space, is_strippable, white};
use crate::markup::kramdown::text::Needle;

/// What a link or image is to be made of.
struct Target<'t> {
    url: &'t str,
    title: Option<&'t str>,
}

/// Address, title and attributes that a definition gives.
type Referred = (String, Option<String>, Option<Box<AttrList>>);

impl Spans<'_, '_, '_> {
    /// `[a](b)`, `[a][b]`, `[a]`, and the same with `!`.
    pub(super) fn link(&mut self, level: &mut Level) -> bool {
        let start = self.at;
        let is_image = byte(self.text, start) == b'!';
        let from = start + 1 + usize::from(is_image);
        if byte(self.text, from - 1) != b'[' || from >= self.text.len() || byte(self.text, from) == b'^' {
            return false;
        }
        self.at = from;
        let nested = !is_image && level.in_link;
        if nested || !self.may_try() || level.nodes >= super::MOST_NODES || !self.complete(level, start, is_image) {
            self.at = from;
            self.add_text(level, start, from);
        }
        true
    }

    /// Reads the text of a link and its address; `false` if it is none.
    fn complete(&mut self, level: &mut Level, start: usize, is_image: bool) -> bool {
        let from = self.at;
        if self.buffer.find(Needle::Bracket, from).is_none_or(|at| at >= self.text.len()) {
            return false;
        }
        let mut inner = level.child(Tree::Link);
        if !self.run(&mut inner, &mut Stop::Bracket { open: 1 }) {
            let reached = self.at;
            self.give_up(from, reached.max(self.text.len()));
            return false;
        }
        let alt = unescaped(self.text.get(from..self.at).unwrap_or_default());
        let close = self.at;
        self.at += 1;
        let found = match self.reference(&alt) {
            Some(found) => found,
            None => self.inline_target().map(|(url, title)| (url, title, None)),
        };
        let Some((url, title, ial)) = found else {
            self.give_up(from, close);
            return false;
        };
        let span = self.buffer.span(start, self.at);
        let mut node = if is_image {
            let mut image = Image { alt: decoded(alt), ..Image::default() };
            image.url = decoded(url);
            image.title = title.map(decoded);
            level.images += 1;
            Inline::new(InlineKind::Image(image)).at(span)
        } else {
            let link = Link::new(decoded(url), inner.finish()).title(title.map(decoded));
            Inline::new(InlineKind::Link(link)).at(span)
        };
        if let Some(ial) = ial {
            self.standalone |= is_image && ial.has_ref("standalone");
            let pairs = self.parser.resolved(&ial);
            super::extension::apply(&mut node, &pairs);
        }
        level.push(node);
        true
    }

    /// What a reference behind the text refers to; `None` if an address stands there instead.
    fn reference(&mut self, alt: &str) -> Option<Option<Referred>> {
        let at = self.at;
        let open = white(self.text, at);
        let mut name = None;
        let mut end = at;
        if byte(self.text, open) == b'[' {
            let rest = self.text.as_bytes().get(open + 1..).unwrap_or_default();
            if let Some(length) = memchr::memchr(b']', rest) {
                name = Some(self.text.get(open + 1..open + 1 + length).unwrap_or_default());
                end = open + length + 2;
            }
        }
        if name.is_none() && byte(self.text, at) == b'(' {
            return None;
        }
        self.at = end;
        let id = link_id(name.filter(|name| !name.is_empty()).unwrap_or(alt));
        let link = self.parser.link_names.get(&id).and_then(|index| self.parser.links.get(*index));
        Some(link.map(|link| (link.url.clone(), link.title.clone(), link.ial.clone())))
    }

    /// The first `>` at `from` or behind it, in the same line.
    pub(super) fn angle(&self, from: usize) -> Option<usize> {
        let end = self.buffer.find(Needle::Angle, from).filter(|end| *end < self.text.len())?;
        self.buffer.find(Needle::LineEnd, from).is_none_or(|line_end| line_end > end).then_some(end)
    }

    /// `(address "title")`.
    fn inline_target(&mut self) -> Option<(String, Option<String>)> {
        let Target { url, title } = self.target()?;
        Some((url.to_owned(), title.map(str::to_owned)))
    }

    fn target(&mut self) -> Option<Target<'_>> {
        let text = self.text;
        let open = self.at;
        if byte(text, open + 1) == b'<'
            && let Some(end) = self.angle(open + 2)
        {
            let url = text.get(open + 2..end)?;
            if byte(text, end + 1) == b')' {
                self.at = end + 2;
                return Some(Target { url, title: None });
            }
            return self.title(url, end + 1);
        }
        let mut depth = 0usize;
        let mut at = open;
        let bytes = text.as_bytes();
        let mut last = open;
        while let Some(b) = bytes.get(at) {
            match b {
                b'(' => depth += 1,
                b')' => {
                    depth -= 1;
                    if depth == 0 {
                        self.at = at + 1;
                        let url = text.get(open + 1..at)?.trim_matches(is_strippable);
                        return Some(Target { url, title: None });
                    }
                }
                b if is_space(*b) && matches!(byte(text, at + 1), b'"' | b'\'') => {
                    let url = text.get(open + 1..at)?.trim_matches(is_strippable);
                    return self.title(url, at + 1);
                }
                _ => {
                    at += 1;
                    continue;
                }
            }
            at += 1;
            last = at;
        }
        // Parentheses that do not close: a title may still stand behind the last one.
        self.buffer.spend((bytes.len() - open) / 2);
        let url = text.get(open + 1..(last.max(open + 2) - 1).max(open + 1))?.trim_matches(is_strippable);
        self.title(url, last)
    }

    /// `"title")` at `at`, white space before it.
    fn title<'x>(&mut self, url: &'x str, at: usize) -> Option<Target<'x>>
    where
        Self: 'x,
    {
        let text = self.text;
        let open = white(text, at);
        let quote = byte(text, open);
        if !matches!(quote, b'"' | b'\'') {
            return None;
        }
        let rest = text.as_bytes().get(open + 1..)?;
        for length in memchr::memchr_iter(quote, rest).filter(|length| *length > 0) {
            let close = open + 1 + length;
            let end = white(text, close + 1);
            if byte(text, end) == b')' {
                self.at = end + 1;
                let _ = url;
                return Some(Target { url, title: text.get(open + 1..close) });
            }
        }
        self.buffer.spend(rest.len() / 4);
        None
    }
}

/// The name of a reference: white space is one space, case does not count.
pub(in super::super) fn link_id(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    let mut is_after_space = false;
    for c in name.chars() {
        let space = c.is_ascii() && is_space(c as u8);
        if space {
            if !is_after_space {
                id.push(' ');
            }
        } else {
            id.extend(c.to_lowercase());
        }
        is_after_space = space;
    }
    id
}

/// Text without the backslashes that escape.
fn unescaped(text: &str) -> String {
    if memchr::memchr(b'\\', text.as_bytes()).is_none() {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\'
            && let Some(next) = chars.next_if(|next| "\\.*_+`<>()[]{}#!:|\"'$=-".contains(*next))
        {
            out.push(next);
        } else {
            out.push(c);
        }
    }
    out
}

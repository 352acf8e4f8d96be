//! Attribute lists (`{: .class #id key="value"}`) and the values of HTML attributes.

use html5ever::data::NAMED_ENTITIES;
use indexmap::IndexMap;

use super::scan::{attribute, byte, id_name, is_space, is_strippable, is_word, white};
use super::tables;
use crate::ast::Attrs;

/// An attribute list: names of other lists and attributes, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct List {
    pub(super) refs: Vec<String>,
    pub(super) pairs: Pairs,
}

/// Attributes by name, in the order in which they came. There may be very many.
pub(super) type Pairs = IndexMap<String, String>;

impl List {
    pub(super) fn has_ref(&self, name: &str) -> bool {
        self.refs.iter().any(|r| r == name)
    }

    /// Adds what `text`, the inside of the braces, says.
    pub(super) fn parse(&mut self, text: &str) {
        let trimmed = text.trim_matches(is_strippable);
        if trimmed.is_empty() || trimmed == ":" {
            return;
        }
        let mut at = 0;
        while at < text.len() {
            let start = if at == 0 && !is_space(byte(text, 0)) {
                0
            } else if is_space(byte(text, at)) {
                at + 1
            } else {
                at += 1;
                continue;
            };
            at = self.item(text, start).unwrap_or(at + 1);
        }
    }

    fn item(&mut self, text: &str, start: usize) -> Option<usize> {
        if let Some(end) = self.pair(text, start) {
            return Some(end);
        }
        if let Some(end) = id_name(text, start)
            && ends(text, end)
        {
            self.refs.push(text.get(start..end)?.to_owned());
            return Some(end);
        }
        self.ids_and_classes(text, start)
    }

    /// `key="value"`.
    fn pair(&mut self, text: &str, start: usize) -> Option<usize> {
        let name_end = id_name(text, start)?;
        let quote = byte(text, name_end + 1);
        if byte(text, name_end) != b'=' || !matches!(quote, b'"' | b'\'') {
            return None;
        }
        let from = name_end + 2;
        let mut value = String::new();
        let mut at = from;
        loop {
            let c = super::scan::char_at(text, at)?;
            if c as u32 == u32::from(quote) && ends(text, at + 1) {
                self.pairs.insert(text.get(start..name_end)?.to_owned(), value);
                return Some(at + 1);
            }
            let next = byte(text, at + 1);
            if c == '\\' && (next == b'}' || next == quote) {
                value.push(next as char);
                at += 2;
                continue;
            }
            if c == '}' {
                return None;
            }
            value.push(c);
            at += c.len_utf8();
        }
    }

    /// `#id.class.class`.
    fn ids_and_classes(&mut self, text: &str, start: usize) -> Option<usize> {
        let mut found: Vec<(bool, &str)> = Vec::new();
        let mut end = start;
        loop {
            let from = end + 1;
            let (is_id, to) = match byte(text, end) {
                b'#' if byte(text, from).is_ascii_alphabetic() => {
                    let is_part = |b: u8| is_word(b) || matches!(b, b':' | b'-');
                    (true, scan_while(text, from, is_part))
                }
                b'.' => (false, scan_while(text, from, |b| b != 0 && !is_space(b) && !matches!(b, b'.' | b'#'))),
                _ => break,
            };
            if to == from {
                break;
            }
            found.push((is_id, text.get(from..to)?));
            end = to;
        }
        if found.is_empty() || !ends(text, end) {
            return None;
        }
        for (is_id, name) in found {
            if is_id {
                self.pairs.insert("id".to_owned(), name.to_owned());
            } else {
                add_class(&mut self.pairs, name);
            }
        }
        Some(end)
    }

    /// Adds another list.
    pub(super) fn merge(&mut self, other: &List) {
        self.refs.extend(other.refs.iter().cloned());
        join(&mut self.pairs, &other.pairs);
    }
}

fn scan_while(text: &str, from: usize, is_part: impl Fn(u8) -> bool) -> usize {
    let mut end = from;
    while end < text.len() && is_part(byte(text, end)) {
        end += 1;
    }
    end
}

/// Whether an item of the list may end at `at`.
fn ends(text: &str, at: usize) -> bool {
    at >= text.len() || is_space(byte(text, at))
}

/// Sets an attribute in place, else at the end.
pub(super) fn set(pairs: &mut Vec<(String, String)>, name: &str, value: &str) {
    match pairs.iter_mut().find(|(n, _)| n == name) {
        Some(pair) => value.clone_into(&mut pair.1),
        None => pairs.push((name.to_owned(), value.to_owned())),
    }
}

fn add_class(pairs: &mut Pairs, class: &str) {
    let classes = pairs.entry("class".to_owned()).or_default();
    if !classes.is_empty() {
        classes.push(' ');
    }
    classes.push_str(class);
}

/// Adds attributes: classes join, all others replace.
fn join<'a>(pairs: &mut Pairs, more: impl IntoIterator<Item = (&'a String, &'a String)>) {
    for (name, value) in more {
        if name == "class" {
            add_class(pairs, value);
        } else {
            pairs.insert(name.clone(), value.clone());
        }
    }
}

/// Adds attributes to others: classes join, all others replace.
pub(super) fn apply_pairs(pairs: &mut Vec<(String, String)>, more: &[(String, String)]) {
    let mut all: Pairs = std::mem::take(pairs).into_iter().collect();
    join(&mut all, more.iter().map(|(name, value)| (name, value)));
    pairs.extend(all);
}

/// The attributes of an opening tag, whose names end in lower case if `fold`. The last of two with one name wins, in the
/// place of the first.
pub(super) fn of_tag(text: &str, fold: bool) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    let mut at = white(text, 0);
    while let Some(found) = attribute(text, at) {
        let name = text.get(at..found.name_end).unwrap_or_default();
        let value = found.value.and_then(|(start, end)| text.get(start..end)).unwrap_or_default();
        let name = if fold && name.chars().any(char::is_uppercase) { name.to_lowercase() } else { name.to_owned() };
        pairs.push((name, value.to_owned()));
        at = white(text, found.end);
    }
    if pairs.len() < 2 { pairs } else { pairs.into_iter().collect::<Pairs>().into_iter().collect() }
}

/// Attributes as HTML shows them: references decoded, an empty id left out.
pub(super) fn finish(pairs: Vec<(String, String)>) -> Option<Box<Attrs>> {
    let decode = |(name, value): (String, String)| (name, decoded(value));
    if pairs.is_empty() {
        return None;
    }
    let shows = |(name, value): &(String, String)| name != "id" || !value.trim_matches(is_strippable).is_empty();
    let attrs: Attrs = pairs.into_iter().filter(shows).map(decode).collect();
    (!attrs.is_empty()).then(|| Box::new(attrs))
}

/// Text in which HTML's character references mean what they do in a browser. kramdown passes references in addresses,
/// titles and tags through.
pub(super) fn decoded(text: String) -> String {
    if memchr::memchr(b'&', text.as_bytes()).is_none() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = 0;
    for at in memchr::memchr_iter(b'&', text.as_bytes()) {
        if at < rest {
            continue;
        }
        if let Some((first, second, end)) = reference(&text, at) {
            out.push_str(text.get(rest..at).unwrap_or_default());
            out.push(first);
            out.extend(second);
            rest = end;
        }
    }
    out.push_str(text.get(rest..).unwrap_or_default());
    out
}

/// The reference at `at`: what it stands for and where it ends.
fn reference(text: &str, at: usize) -> Option<(char, Option<char>, usize)> {
    let name_at = at + 1;
    if byte(text, name_at) == b'#' {
        let hex = matches!(byte(text, name_at + 1), b'x');
        let from = name_at + 1 + usize::from(hex);
        let end = scan_while(text, from, |b| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() });
        if end == from || byte(text, end) != b';' {
            return None;
        }
        let number = u32::from_str_radix(text.get(from..end)?, if hex { 16 } else { 10 }).unwrap_or(u32::MAX);
        return Some((code_point(number), None, end + 1));
    }
    let end = scan_while(text, name_at, |b| is_word(b) || matches!(b, b'-' | b'.' | b':'));
    if end - name_at > 40 || byte(text, end) != b';' {
        return None;
    }
    let &(first, second) = NAMED_ENTITIES.get(text.get(name_at..=end)?)?;
    let first = char::from_u32(first).filter(|_| first != 0)?;
    Some((first, char::from_u32(second).filter(|_| second != 0), end + 1))
}

/// Whether a browser takes something in `text` for a reference that has no semicolon; kramdown takes none for one.
pub(super) fn has_loose_reference(text: &str) -> bool {
    memchr::memchr_iter(b'&', text.as_bytes()).any(|at| {
        let end = scan_while(text, at + 1, |b| b.is_ascii_alphanumeric());
        let name = text.get(at + 1..end).unwrap_or_default();
        let known =
            |length: usize| name.get(..length).and_then(|name| NAMED_ENTITIES.get(name)).is_some_and(|c| c.0 != 0);
        byte(text, at + 1) != b'#' && byte(text, end) != b';' && (2..=6).any(known)
    })
}

/// What a browser makes of a numeric reference.
pub(super) fn code_point(number: u32) -> char {
    match number {
        0 => '\u{fffd}',
        _ => tables::numbered(number).unwrap_or('\u{fffd}'),
    }
}

/// How often lists may refer to lists for one node: they may refer to each other in circles.
const MOST_REFERENCES: usize = 200;

impl super::block::Parser<'_> {
    /// What a list says with the lists that it refers to, whose attributes come first.
    pub(super) fn resolved(&self, list: &List) -> Vec<(String, String)> {
        let mut pairs = Pairs::new();
        self.resolve(list, &mut pairs, 0, &mut 0);
        pairs.into_iter().collect()
    }

    fn resolve(&self, list: &List, pairs: &mut Pairs, depth: usize, count: &mut usize) {
        for name in &list.refs {
            *count += 1;
            if let Some(other) = self.lists.get(name)
                && depth < 16
                && *count < MOST_REFERENCES
            {
                self.resolve(other, pairs, depth + 1, count);
            }
        }
        join(pairs, &list.pairs);
    }
}

//! Ids of headings.

use std::collections::HashMap;

use super::scan::is_word_char;
use crate::ast::{Inline, InlineKind, LinkStyle, NodeRef, Step, Walk};

/// How often ids were given again.
// hash: ids are only looked up
type Counts = HashMap<String, usize>;

/// The text of a heading that its id is made of.
pub(super) fn text(inlines: &[Inline]) -> String {
    let mut out = String::new();
    for step in Walk::inlines(inlines) {
        let Step::Enter(NodeRef::Inline(inline)) = step else { continue };
        match &inline.kind {
            InlineKind::Text(text) | InlineKind::Code(text) => out.push_str(text),
            InlineKind::Math(math) => out.push_str(&math.text),
            _ => {}
        }
    }
    out
}

/// How a generator gives ids to headings, one after the other.
pub(super) trait Ids {
    /// The id of the next heading, which may be empty.
    fn next(&mut self, content: &[Inline]) -> String;

    /// Takes down an id that is written.
    fn put(&mut self, id: &str);
}

/// Ids as kramdown's GFM parser gives them, each only once.
#[derive(Debug, Default)]
pub(super) struct GfmIds {
    counts: Counts,
}

impl Ids for GfmIds {
    fn next(&mut self, content: &[Inline]) -> String {
        let text = text(content);
        let mut id = String::with_capacity(text.len());
        for c in text.chars().flat_map(char::to_lowercase) {
            match c {
                ' ' | '\t' => id.push('-'),
                c if c == '-' || is_word_char(c) => id.push(c),
                _ => {}
            }
        }
        number(&mut self.counts, id)
    }

    /// Ids that are written do not count.
    fn put(&mut self, _: &str) {}
}

/// Ids as Hugo 0.168 gives them (`autoIDType: github`), each only once.
#[derive(Debug, Default)]
pub(super) struct HugoIds {
    // hash: ids are only looked up
    used: std::collections::HashSet<String>,
}

impl Ids for HugoIds {
    /// Letters and digits, those of an image's description too; a free number behind them.
    fn next(&mut self, content: &[Inline]) -> String {
        let mut id = String::new();
        for c in heard(content).trim().chars() {
            match c {
                ' ' | '-' => id.push('-'),
                c if c == '_' || is_letter_or_digit(c) => id.extend(c.to_lowercase()),
                _ => {}
            }
        }
        if id.is_empty() {
            id.push_str("heading");
        }
        let mut free = id.clone();
        let mut number = 0;
        while self.used.contains(&free) {
            number += 1;
            free = format!("{id}-{number}");
        }
        self.used.insert(free.clone());
        free
    }

    fn put(&mut self, id: &str) {
        self.used.insert(id.to_owned());
    }
}

/// The words of a heading that Hugo makes an id of: neither formulas nor addresses in angle brackets, and in code no
/// names of entities, which it resolves.
fn heard(content: &[Inline]) -> String {
    let mut out = String::new();
    let mut within_address = 0;
    for step in Walk::inlines(content) {
        let (inline, is_start) = match step {
            Step::Enter(NodeRef::Inline(inline)) => (inline, true),
            Step::Leave(NodeRef::Inline(inline)) => (inline, false),
            _ => continue,
        };
        match &inline.kind {
            InlineKind::Link(link) if link.style == LinkStyle::Autolink => {
                within_address += if is_start { 1 } else { -1 };
            }
            _ if within_address > 0 || !is_start => {}
            InlineKind::Text(text) => out.push_str(text),
            InlineKind::Code(text) => push_without_entities(text, &mut out),
            InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
            InlineKind::Image(image) => out.push_str(&image.alt),
            _ => {}
        }
    }
    out
}

fn push_without_entities(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let end = behind.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(behind.len());
        let (name, after) = behind.split_at(end);
        rest = if name.starts_with(|c: char| c.is_ascii_alphabetic()) && after.starts_with(';') {
            out.extend(super::tables::named(name));
            after
        } else {
            behind
        };
    }
    out.push_str(rest);
}

/// A letter or decimal digit as Go has them: marks, which count as letters elsewhere, are none.
fn is_letter_or_digit(c: char) -> bool {
    let is_mark = matches!(c as u32, 0x345 | 0x5b0..=0x5c7 | 0x610..=0x61a | 0x64b..=0x657 | 0x659..=0x65f | 0x670
        | 0x93a..=0x94f | 0x955..=0x957 | 0x962..=0x963 | 0xe31 | 0xe34..=0xe3a | 0xe4d);
    c.is_ascii_alphanumeric() || (!c.is_ascii() && !is_mark && super::scan::is_alnum(c))
}

/// Ids as kramdown itself gives them, each only once.
#[derive(Debug, Default)]
pub(super) struct NativeIds {
    counts: Counts,
}

impl NativeIds {
    /// The id of the next heading.
    pub(super) fn next(&mut self, text: &str) -> String {
        let id = native(text);
        number(&mut self.counts, if id.is_empty() { "section".to_owned() } else { id })
    }
}

/// An id of what is ASCII in a text, from its first letter on.
pub(super) fn native(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for line in text.split_inclusive('\n') {
        let line = line.trim_start_matches(|c: char| !c.is_ascii_alphabetic());
        for c in line.chars() {
            match c {
                ' ' => id.push('-'),
                c if c.is_ascii_alphanumeric() || c == '-' => id.push(c.to_ascii_lowercase()),
                _ => {}
            }
        }
    }
    id
}

/// The id with its number, if it has been given before.
fn number(counts: &mut Counts, id: String) -> String {
    match counts.get_mut(&id) {
        Some(count) => {
            *count += 1;
            format!("{id}-{count}")
        }
        None => {
            counts.insert(id.clone(), 0);
            id
        }
    }
}

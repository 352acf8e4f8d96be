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
            InlineKind::Text(text) => push_without_dashes(text, &mut out),
            InlineKind::Code(text) => out.push_str(text),
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

    /// The same, where `written` is how it is written.
    fn next_as_written(&mut self, written: &[Inline], content: &[Inline]) -> String {
        let _ = written;
        self.next(content)
    }

    /// The same, where `source` is the text of the heading as it stands there.
    fn next_in(&mut self, source: &str, written: &[Inline], content: &[Inline]) -> String {
        let _ = source;
        self.next_as_written(written, content)
    }

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
        // A heading without any text gets none.
        if content.is_empty() {
            return String::new();
        }
        self.free(&heard(content))
    }

    fn next_as_written(&mut self, written: &[Inline], _: &[Inline]) -> String {
        self.next(written)
    }

    fn put(&mut self, id: &str) {
        self.used.insert(id.to_owned());
    }
}

impl HugoIds {
    /// The id that is made of a text, with a free number behind it.
    fn free(&mut self, text: &str) -> String {
        let mut id = String::new();
        for c in text.trim().chars() {
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
}

/// Ids as Hugo 0.111 gives them: of the text of a heading as it was written, marks and addresses and all.
#[derive(Debug, Default)]
pub(super) struct OldHugoIds {
    ids: HugoIds,
}

impl Ids for OldHugoIds {
    fn next(&mut self, content: &[Inline]) -> String {
        self.ids.next(content)
    }

    fn next_in(&mut self, source: &str, _: &[Inline], _: &[Inline]) -> String {
        self.ids.free(words_of(source))
    }

    fn put(&mut self, id: &str) {
        self.ids.put(id);
    }
}

/// What stands between the marks of a heading.
fn words_of(source: &str) -> &str {
    let first = source.lines().next().unwrap_or_default().trim();
    let Some(words) = first.strip_prefix('#') else {
        return source.trim_end().rsplit_once('\n').map_or(first, |(words, _)| words.trim());
    };
    let words = words.trim_start_matches('#').trim();
    let closed = words.trim_end_matches('#');
    if closed.is_empty() || closed.ends_with([' ', '\t']) { closed.trim_end() } else { words }
}

/// The text of a heading whose source has references by number, as far as it is nothing but text: Hugo takes the number
/// itself.
pub(super) fn numbered(content: &[Inline], source: &str) -> Option<Inline> {
    if !content.iter().all(|inline| matches!(inline.kind, InlineKind::Text(_))) {
        return None;
    }
    let line = source.lines().next()?.trim().trim_matches('#').trim();
    let mut text = String::with_capacity(line.len());
    push_without_entities(line, &mut text);
    Some(Inline::new(InlineKind::Text(text)))
}

/// The words of a heading that Hugo makes an id of: neither formulas nor addresses in angle brackets, and of emphasis and
/// links only what stands first in them, to the first sign that might have been a mark.
fn heard(content: &[Inline]) -> String {
    let mut out = String::new();
    hear(content, false, &mut out);
    out
}

fn hear(content: &[Inline], is_within: bool, out: &mut String) {
    let mut has_text = false;
    for inline in content {
        let is_text = matches!(inline.kind, InlineKind::Text(_));
        if is_within && has_text && !is_text {
            return;
        }
        has_text |= is_text;
        match &inline.kind {
            InlineKind::Text(text) if is_within => {
                let (first, is_cut) = to_first_mark(text);
                push_without_dashes(first, out);
                if is_cut {
                    return;
                }
                continue;
            }
            InlineKind::Text(text) => push_without_dashes(text, out),
            InlineKind::Code(text) => push_without_entities(text, out),
            InlineKind::SoftBreak | InlineKind::HardBreak => out.push(' '),
            InlineKind::Image(image) => out.push_str(&image.alt),
            InlineKind::Emphasis(kids) | InlineKind::Strong(kids) | InlineKind::Strikethrough(kids) => {
                hear(kids, true, out);
            }
            InlineKind::Link(link) if link.style != LinkStyle::Autolink => hear(&link.content, true, out),
            _ => {}
        }
        if is_within {
            return;
        }
    }
}

/// A text up to what Goldmark takes for a mark at first, or for a quote or dash.
fn to_first_mark(text: &str) -> (&str, bool) {
    for (at, c) in text.char_indices() {
        let rest = text.get(at..).unwrap_or_default();
        if matches!(c, '_' | '*' | '~') {
            let run = rest.len() - rest.trim_start_matches(c).len();
            return (text.get(..at + run).unwrap_or_default(), true);
        }
        let is_typography = matches!(c, '\'' | '"' | '\u{2018}'..='\u{201d}')
            || ["--", "...", "<<", ">>"].iter().any(|mark| rest.starts_with(mark));
        if is_typography {
            return (text.get(..at).unwrap_or_default(), true);
        }
    }
    (text, false)
}

/// Two or three hyphens are a dash, which is in no id.
fn push_without_dashes(text: &str, out: &mut String) {
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("--") {
        out.push_str(before);
        rest = behind.strip_prefix('-').unwrap_or(behind);
    }
    out.push_str(rest);
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

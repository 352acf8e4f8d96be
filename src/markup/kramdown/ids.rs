//! Ids of headings.

use std::collections::HashMap;

use super::scan::is_word_char;
use crate::ast::{Inline, InlineKind, NodeRef, Step, Walk};

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

/// Ids as kramdown's GFM parser gives them, each only once.
#[derive(Debug, Default)]
pub(super) struct GfmIds {
    counts: Counts,
}

impl GfmIds {
    /// The id of the next heading, which may be empty.
    pub(super) fn next(&mut self, text: &str) -> String {
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

//! Writes HTML. What was read from Markdown comes out byte for byte as pulldown-cmark 0.13 renders it, but that a no-break
//! space is written `&nbsp;`, so that people see it.

mod block;
mod escape;
mod inline;

use std::collections::HashMap;

use crate::ast::{Attrs, Block};

pub(super) use escape::{push_attribute, push_text};

/// The HTML of these blocks.
pub(in crate::markup) fn blocks(blocks: &[Block]) -> String {
    let mut writer = Writer::default();
    writer.blocks(blocks);
    writer.out
}

#[derive(Default)]
struct Writer<'a> {
    out: String,
    /// The number of each footnote by its label, in the order they are met.
    // hash: only looked up.
    footnotes: HashMap<&'a str, usize>,
    /// Where a block may begin although no line does: behind the start tag of an inline element.
    may_begin: usize,
    /// Whether white space stands as it is, in `pre`.
    is_exact: bool,
}

impl<'a> Writer<'a> {
    /// Begins a line unless one has just begun.
    fn line(&mut self) {
        if self.out.len() != self.may_begin && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    fn attrs(&mut self, attrs: Option<&Attrs>) {
        for (name, value) in attrs.into_iter().flat_map(Attrs::iter) {
            push_attribute(name, value, &mut self.out);
        }
    }

    /// `<name` with attributes, and `>`.
    fn open(&mut self, name: &str, attrs: Option<&Attrs>) {
        self.out.push('<');
        self.out.push_str(name);
        self.attrs(attrs);
        self.out.push('>');
    }

    fn close(&mut self, name: &str) {
        self.out.push_str("</");
        self.out.push_str(name);
        self.out.push('>');
    }

    /// An element without content.
    fn void(&mut self, name: &str, attrs: Option<&Attrs>) {
        self.out.push('<');
        self.out.push_str(name);
        self.attrs(attrs);
        self.out.push_str(" />");
    }

    /// The number of the footnote `label`.
    fn footnote(&mut self, label: &'a str) -> usize {
        let next = self.footnotes.len() + 1;
        *self.footnotes.entry(label).or_insert(next)
    }
}

#[cfg(test)]
mod tests;

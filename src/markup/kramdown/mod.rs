//! kramdown: Jekyll's Markdown, read as kramdown 2.4 and its GFM parser 1.1 read it.
//!
//! kramdown is no CommonMark. It first cuts a body into blocks, each by a pattern at the start of a line, and takes the
//! markers of quotations and items off to read what is left again; then it reads the running text of each block from
//! left to right. `block` does the first, `span` the second, and `tree` makes the shared tree of it. [`shown`] gives the
//! tree as a reader of the page sees it: footnotes at the end, ids on headings.

mod agreed;
mod attrs;
mod block;
mod broken;
mod carry;
mod edits;
mod formulas;
mod gap;
mod ids;
mod meant;
mod parts;
mod plain;
mod scan;
mod settings;
mod settle;
mod shown;
mod span;
mod tables;
mod text;
mod tree;

use std::ops::Range;
use std::rc::Rc;

use crate::ast::Document;
use crate::diag::{Diagnostic, Sink, Span, codes};

pub(crate) use crate::ast::visit::{each_body, each_inline};
pub(crate) use agreed::Agreed;
pub(crate) use carry::{HeadingIds, Other, Printed, Told, carry};
pub(crate) use edits::Target;
pub(crate) use meant::{as_meant, as_shown, as_written};
pub(crate) use parts::differences;
pub use settings::{Settings, Typography};
pub(crate) use settle::{empty_cell, fill_cells};
pub(crate) use shown::heading_without_id;
pub use shown::{Display, shown};

/// The extensions that say how a body is read: what kramdown shows counts, its own input, each newline shows.
pub(crate) const READING: &[&str] = &["as_shown", NATIVE, HARD_WRAP, BLOCK_HTML];

/// The name of the markup.
pub(crate) const NAME: &str = "kramdown";

pub(crate) use settings::{BLOCK_HTML, HARD_WRAP, NATIVE, extensions_of};

/// Reads the part `span` of `text`. Spans of nodes count from the start of `text`.
///
/// What lies too deep, and what could only be read in unreasonable time, is kept as text and reported.
pub fn read(text: &str, span: Span, settings: &Settings, sink: &mut dyn Sink) -> Document {
    read_around(text, span, &[], settings, sink)
}

/// The same, but that a mark stands in the place of each of the blocks that are `plain`, counted from the start of the
/// part, where a block begins there at all: see [`meant::is_mark`].
fn read_around(text: &str, span: Span, plain: &[Range<usize>], settings: &Settings, sink: &mut dyn Sink) -> Document {
    let Some(body) = span.slice(text) else { return Document::default() };
    let buffer = Rc::new(text::Buffer::body(body, span.start));
    let mut parser = block::Parser::new(text, settings.clone());
    let root = parser.parse_body(&buffer, plain);
    let document = tree::document(&mut parser, root);
    if let Some(place) = parser.too_deep {
        sink.report(Diagnostic::new(&codes::NESTED_TOO_DEEP, "what lies deeper is kept as raw text").at(place));
    }
    if parser.is_exhausted || buffer.is_exhausted() {
        let message = "this body has so many marks without their counterpart that reading it stopped looking for them";
        sink.report(Diagnostic::new(&codes::NESTED_TOO_DEEP, message).at(span));
    }
    document
}

#[cfg(test)]
mod tests;

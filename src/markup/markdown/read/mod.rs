//! Reads Markdown: pulldown-cmark's events become a [`Document`].

mod build;
mod notation;
mod open;
mod values;

use pulldown_cmark::{Options, Parser};

use crate::ast::Document;
use crate::diag::{Fold, Sink, Span, codes};
use crate::format::{Extensions, Limits};

use build::Builder;
pub(super) use values::{alert, heading_attrs};

/// The extensions, each with what switches it on in the parser.
const OPTIONS: [(&str, Options); 8] = [
    ("tables", Options::ENABLE_TABLES),
    ("strikethrough", Options::ENABLE_STRIKETHROUGH),
    ("task_lists", Options::ENABLE_TASKLISTS),
    ("footnotes", Options::ENABLE_FOOTNOTES),
    ("definition_lists", Options::ENABLE_DEFINITION_LIST),
    ("heading_attributes", Options::ENABLE_HEADING_ATTRIBUTES),
    ("math", Options::ENABLE_MATH),
    ("alerts", Options::ENABLE_GFM),
];

/// The names of the extensions.
pub(super) const EXTENSIONS: &[&str] =
    &["tables", "strikethrough", "task_lists", "footnotes", "definition_lists", "heading_attributes", "math", "alerts"];

/// Reads the part `span` of `text`.
pub(super) fn parse(text: &str, span: Span, extensions: &Extensions, limits: &Limits, sink: &mut dyn Sink) -> Document {
    let body = span.slice(text).unwrap_or_default();
    let mut sink = Fold::new(sink, &codes::NESTED_TOO_DEEP);
    let mut builder = Builder::new(body, span.start, limits, &mut sink);
    for (event, range) in Parser::new_ext(body, options(extensions)).into_offset_iter() {
        builder.event(event, range);
    }
    let document = builder.finish();
    sink.finish();
    document
}

/// What the extensions switch on in the parser.
pub(super) fn options(extensions: &Extensions) -> Options {
    OPTIONS.iter().filter(|(name, _)| extensions.has(name)).map(|(_, option)| *option).collect()
}

#[cfg(test)]
mod tests;

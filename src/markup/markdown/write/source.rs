//! Copying the text that a body was read from.

use std::borrow::Cow;

use super::super::{Flavor, read};
use crate::ast::{Document, Equality};
use crate::diag::{Sink, Span};
use crate::format::{Extensions, Limits, WriteOptions};
use crate::post::Body;

/// The part of a body whose text is copied: all blocks from one on.
pub(super) struct Copied<'a> {
    /// How many blocks stand before the text and are printed.
    pub(super) from: usize,
    /// The text.
    pub(super) text: &'a str,
}

/// The text to copy, if the body was read from Markdown that says the same here.
pub(super) fn copyable<'a>(body: &'a Body, extensions: &Extensions, flavor: Flavor) -> Option<Copied<'a>> {
    let (source, range) = body.source()?;
    if !matches!(source.markup.as_str(), "markdown" | "kramdown") {
        return None;
    }
    let blocks = &body.document().blocks;
    let from = blocks.iter().take_while(|block| block.span.is_empty()).count();
    let rest = blocks.get(from..)?;
    if rest.iter().any(|block| block.span.is_empty()) {
        return None;
    }
    let text = range.slice(&source.text)?;
    // Something stood before the text or now stands before it: its edge is white space of no meaning.
    let is_whole = from == 0 && !is_cut(body, range);
    let text = if is_whole { text } else { text.trim_start_matches(['\n', '\r']) };
    if from == blocks.len() && text.trim().is_empty() && from > 0 {
        return None;
    }
    if from == 0 && opens_front_matter(text) {
        return None;
    }
    let same_reading = source.markup == name(flavor)
        && (flavor == Flavor::Kramdown
            || source.extensions.only(read::EXTENSIONS) == extensions.only(read::EXTENSIONS));
    if !same_reading {
        let read = read::parse(text, Span::new(0, text.len()), extensions, &Limits::default(), &mut ());
        let meant = Document::new(rest.to_vec());
        if !read.same_meaning_as(&meant, Equality::Exact) {
            return None;
        }
    }
    Some(Copied { from, text })
}

/// The text that a body was read from as the other flavour, mended for this one: how many blocks stand before it and are
/// printed, and the text. `None` if it is no such body.
pub(super) fn carried<'a>(
    body: &'a Body,
    options: &WriteOptions,
    flavor: Flavor,
    sink: &mut dyn Sink,
) -> Option<(usize, Cow<'a, str>)> {
    let (source, range) = body.source()?;
    let is_other =
        matches!((source.markup.as_str(), flavor), ("kramdown", Flavor::CommonMark) | ("markdown", Flavor::Kramdown));
    let blocks = &body.document().blocks;
    let from = blocks.iter().take_while(|block| block.span.is_empty()).count();
    let rest = blocks.get(from..)?;
    if !is_other || rest.is_empty() || rest.iter().any(|block| block.span.is_empty()) {
        return None;
    }
    let readings = body.document().readings.as_deref();
    let mut text = super::kramdown::carried(source, range, (rest, readings), options, flavor, sink);
    if from > 0 || is_cut(body, range) {
        text = match text {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim_start_matches(['\n', '\r'])),
            Cow::Owned(text) => Cow::Owned(text.trim_start_matches(['\n', '\r']).to_owned()),
        };
    }
    if from == 0 && opens_front_matter(&text) {
        text = Cow::Owned(format!("\n{text}"));
    }
    Some((from, text))
}

fn name(flavor: Flavor) -> &'static str {
    match flavor {
        Flavor::CommonMark => "markdown",
        Flavor::Kramdown => "kramdown",
    }
}

/// Whether the body no longer begins where its text did: its first block was taken out.
fn is_cut(body: &Body, range: Span) -> bool {
    let first = body.document().blocks.iter().map(|block| block.span).find(|span| !span.is_empty());
    let Some((source, _)) = body.source() else { return false };
    let start = first.map_or(range.end, |span| span.start);
    source.text.get(range.start..start).is_some_and(|gap| gap.starts_with(['\n', '\r']) && range.start > 0)
}

/// Whether a reader that looks for front matter would find some where only the body begins.
fn opens_front_matter(text: &str) -> bool {
    let first = text.lines().next().unwrap_or_default().trim_end();
    matches!(first, "---" | "+++")
}

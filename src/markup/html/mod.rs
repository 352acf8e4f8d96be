//! HTML: [`Html`] reads it with html5ever and writes it by hand.

mod names;
mod read;
mod write;

#[cfg(feature = "compare")]
pub(crate) use read::arena;

use std::fmt;

use crate::ast::{Block, Document};
use crate::diag::{Sink, Span, codes};
use crate::error::Error;
use crate::format::{Extensions, Limits, Markup, WriteOptions};
use crate::post::Body;

/// HTML: a fragment, as the body of a post is, or what stands in the `body` of a page.
///
/// The extension `clean` takes out, on reading, what editors leave behind: `style` attributes, `font`, `span` and `div`
/// without attributes, empty paragraphs and the like.
///
/// It is read as a browser reads it inside `body`. White space is what shows: collapsed over inline borders,
/// gone at block borders, exact in `pre`.
#[derive(Clone, Copy, Debug, Default)]
pub struct Html;

/// Blocks as HTML.
pub(in crate::markup) fn printed(blocks: &[Block]) -> String {
    write::blocks(blocks)
}

impl Markup for Html {
    fn name(&self) -> &str {
        "html"
    }

    fn file_extensions(&self) -> &[&str] {
        &["html", "htm", "xhtml"]
    }

    fn extensions(&self) -> &[&str] {
        &[read::CLEAN]
    }

    fn parse(&self, text: &str, span: Span, extensions: &Extensions, sink: &mut dyn Sink) -> Result<Document, Error> {
        self.parse_within(&Limits::default(), text, span, extensions, sink)
    }

    fn parse_within(
        &self,
        limits: &Limits,
        text: &str,
        span: Span,
        extensions: &Extensions,
        sink: &mut dyn Sink,
    ) -> Result<Document, Error> {
        if u32::try_from(text.len()).is_err() {
            return Err(Error::new(&codes::TEXT_TOO_LONG, "an HTML file may be 4 GB long at most"));
        }
        Ok(read::parse(text, span, extensions, limits, sink))
    }

    fn print(&self, body: &Body, _: &WriteOptions, out: &mut dyn fmt::Write, _: &mut dyn Sink) -> Result<(), Error> {
        print(body, out)
            .map_err(|error| Error::new(&codes::WRITE_FAILED, "the output could not be written").caused_by(error))
    }
}

/// Blocks that were put in front are written; the rest is copied if it was read from HTML.
fn print(body: &Body, out: &mut dyn fmt::Write) -> fmt::Result {
    let blocks = &body.document().blocks;
    let source = body.source().filter(|(source, _)| source.markup == "html" && !source.extensions.has(read::CLEAN));
    let new = blocks.iter().take_while(|block| block.span.is_empty()).count();
    let is_rest_old = blocks[new..].iter().all(|block| !block.span.is_empty());
    match source.and_then(|(source, range)| range.slice(&source.text)).filter(|_| is_rest_old) {
        Some(text) if new == 0 => out.write_str(text),
        Some(text) => {
            out.write_str(&write::blocks(&blocks[..new]))?;
            out.write_str(text.trim_start_matches(['\n', '\r']))
        }
        None => out.write_str(&write::blocks(blocks)),
    }
}

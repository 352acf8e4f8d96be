//! Writes Markdown.

mod block;
mod escape;
mod flank;
mod folds;
mod html;
mod inline;
mod line;
mod list;
mod pre;
mod setup;
mod source;
mod table;
mod tokens;
mod wrap;

use std::fmt;

use super::Flavor;
use crate::diag::{Sink, codes};
use crate::error::Error;
use crate::format::Extensions;
use crate::post::Body;

use block::{Cares, Gap, Writer};
use setup::Setup;

/// Writes a body. Where the text that it was read from says the same here, that text is copied.
pub(super) fn print(
    body: &Body,
    extensions: &Extensions,
    flavor: Flavor,
    out: &mut dyn fmt::Write,
    sink: &mut dyn Sink,
) -> Result<(), Error> {
    let setup = Setup::new(extensions, flavor);
    let copied = source::copyable(body, extensions, flavor);
    let blocks = body.document().blocks.as_slice();
    let (printed, copied) = match &copied {
        Some(copied) => (blocks.get(..copied.from).unwrap_or_default(), copied.text),
        None => (blocks, ""),
    };
    let cares = Cares::new();
    let mut writer = Writer::new(&setup, &cares, body.source().map_or(1024, |(_, range)| range.end - range.start));
    writer.blocks(printed, Gap::Blank);
    writer.folds.report(sink);
    let mut text = writer.out;
    if !printed.is_empty() {
        while text.ends_with([' ', '\n']) {
            text.pop();
        }
        if !text.is_empty() {
            text.push('\n');
        }
        if !text.is_empty() && !copied.is_empty() {
            text.push('\n');
        }
    }
    out.write_str(&text)
        .and_then(|()| out.write_str(copied))
        .map_err(|error| Error::new(&codes::WRITE_FAILED, "the output could not be written").caused_by(error))
}

#[cfg(test)]
mod tests;

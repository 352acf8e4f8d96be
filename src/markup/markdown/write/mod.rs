//! Writes Markdown.

mod back;
mod block;
mod code;
mod escape;
mod flank;
mod folds;
mod glue;
mod html;
mod inline;
mod kramdown;
mod line;
mod lines;
mod link;
mod list;
mod mark;
mod old_hugo;
mod paragraph;
mod pre;
mod proof;
mod raw;
mod setup;
mod source;
mod starts;
mod table;
mod tags;
mod tokens;
mod wrap;
mod writer;

use std::fmt;

use super::Flavor;
use crate::ast::Block;
use crate::diag::{Sink, Span, codes};
use crate::error::Error;
use crate::format::{Proof, WriteOptions};
use crate::post::Body;

use setup::Setup;
use writer::{Cares, Gap, Writer};

/// Writes a body. Where the text that it was read from says the same here, that text is copied; where another flavour of
/// Markdown reads a part of it otherwise, that part is mended.
pub(super) fn print(
    body: &Body,
    options: &WriteOptions,
    flavor: Flavor,
    out: &mut dyn fmt::Write,
    sink: &mut dyn Sink,
) -> Result<(), Error> {
    let blocks = body.document().blocks.as_slice();
    let carried = source::carried(body, options, flavor, sink);
    let copied = if carried.is_some() { None } else { source::copyable(body, &options.extensions, flavor) };
    let (from, copied) = match (&carried, &copied) {
        (Some((from, carried)), _) => (*from, &**carried),
        (None, Some(copied)) => (copied.from, copied.text),
        (None, None) => (blocks.len(), ""),
    };
    let printed = blocks.get(..from).unwrap_or_default();
    let mut text = String::new();
    if !printed.is_empty() {
        // About as long as what was read, if it was.
        let read = printed.iter().map(|block| block.span).filter(|span| !span.is_empty()).reduce(Span::cover);
        let size = read.map_or(0, |span| span.end - span.start);
        text = write(printed, &Setup::new(&options.extensions, flavor), options, size, sink);
        if flavor == Flavor::Kramdown && options.proof == Proof::On {
            text = kramdown::proved(text, options, sink);
        }
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

/// Writes blocks, proved unless that is not wanted.
fn write(blocks: &[Block], setup: &Setup, options: &WriteOptions, size: usize, sink: &mut dyn Sink) -> String {
    let mut cares = Cares::new();
    let mut round = 1;
    loop {
        let mut writer = Writer::new(setup, &cares, size);
        writer.blocks(blocks, Gap::Blank);
        let Writer { out, units, folds, mut loosened, mut mixed, .. } = writer;
        loosened.append(&mut mixed);
        let failing = match options.proof {
            Proof::On => proof::failing(&out, &units, &options.extensions, setup.equality, &loosened),
            Proof::Off => Vec::new(),
        };
        if !failing.is_empty() && round < proof::ROUNDS {
            let mut more = cares.clone();
            if proof::take_care(&failing, round, &mut more) {
                cares = more;
                round += 1;
                continue;
            }
        }
        folds.report(sink);
        proof::report(&failing, sink);
        return out;
    }
}

#[cfg(test)]
mod tests;

//! Writes Markdown.

mod back;
mod block;
mod code;
mod escape;
mod flank;
mod folds;
mod html;
mod inline;
mod line;
mod lines;
mod link;
mod list;
mod mark;
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
use crate::diag::{Diagnostic, Sink, codes};
use crate::error::Error;
use crate::format::{Proof, WriteOptions};
use crate::post::Body;

use setup::Setup;
use writer::{Cares, Gap, Writer};

/// Writes a body. Where the text that it was read from says the same here, that text is copied.
pub(super) fn print(
    body: &Body,
    options: &WriteOptions,
    flavor: Flavor,
    out: &mut dyn fmt::Write,
    sink: &mut dyn Sink,
) -> Result<(), Error> {
    let setup = Setup::new(&options.extensions, flavor);
    let blocks = body.document().blocks.as_slice();
    let size = body.source().map_or(0, |(_, range)| range.end - range.start);
    let carried =
        source::carried(body, &options.extensions, flavor, &mut |blocks| write(blocks, &setup, options, 0, sink));
    let copied = match carried {
        Some(_) => None,
        None => source::copyable(body, &options.extensions, flavor),
    };
    let (printed, copied) = match (&copied, &carried) {
        (Some(copied), _) => (blocks.get(..copied.from).unwrap_or_default(), copied.text),
        (None, Some((from, carried))) => (blocks.get(..*from).unwrap_or_default(), carried.text.as_str()),
        (None, None) => (blocks, ""),
    };
    for place in carried.iter().flat_map(|(_, carried)| &carried.different) {
        let message = "this part is read otherwise by the target than by kramdown";
        sink.report(Diagnostic::new(&codes::UNPROVED, message).at(*place));
    }
    let mut text = write(printed, &setup, options, size, sink);
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

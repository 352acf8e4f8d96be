//! YAML: read as each generator reads it, written so that all of them read the same.

mod base64;
mod comments;
mod compose;
mod emit;
mod keys;

mod plain;
mod prepare;
mod rules;
mod strict;
#[cfg(test)]
mod tests;
mod timestamp;

use std::fmt;

use super::fence::{Fence, is_yaml_entry};
use super::print;
use crate::diag::{Sink, Span};
use crate::error::Error;
use crate::format::{FrontMatter, Schema, Split};
use crate::meta::Meta;

pub(super) use emit::{emit, inline};
pub(super) use rules::Rules;

const FENCE: Fence = Fence { mark: "---", other_close: Some("..."), is_entry: is_yaml_entry };

/// YAML between lines of `---`.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Yaml;

impl FrontMatter for Yaml {
    fn name(&self) -> &str {
        "yaml"
    }

    fn split(&self, text: &str, schema: Schema) -> Result<Option<Split>, Error> {
        FENCE.split(text, schema)
    }

    fn parse(&self, text: &str, front: Span, schema: Schema, sink: &mut dyn Sink) -> Result<Meta, Error> {
        parse(text, front, Rules::of(schema), sink)
    }

    fn print(&self, meta: &Meta, body: &str, out: &mut dyn fmt::Write, sink: &mut dyn Sink) -> Result<(), Error> {
        print::fenced(FENCE.mark, &emit(meta, sink), body, out)
    }
}

/// Reads the part `front` of `text` by `rules`.
pub(super) fn parse(text: &str, front: Span, rules: Rules, sink: &mut dyn Sink) -> Result<Meta, Error> {
    compose::compose(text, front, rules, sink)
}

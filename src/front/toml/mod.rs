//! TOML 1.0, in the style of Hugo.

mod marks;
mod read;
mod sweep;
#[cfg(test)]
mod tests;
mod text;
mod write;

use std::fmt;

use super::fence::{Fence, is_toml_entry};
use super::print;
use crate::diag::{Sink, Span};
use crate::error::Error;
use crate::format::{FrontMatter, Schema, Split};
use crate::meta::Meta;

const FENCE: Fence = Fence { mark: "+++", other_close: None, is_entry: is_toml_entry };

/// TOML between lines of `+++`.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Toml;

impl FrontMatter for Toml {
    fn name(&self) -> &str {
        "toml"
    }

    fn split(&self, text: &str, schema: Schema) -> Result<Option<Split>, Error> {
        FENCE.split(text, schema)
    }

    fn parse(&self, text: &str, front: Span, _: Schema, sink: &mut dyn Sink) -> Result<Meta, Error> {
        read::read(text, front, sink)
    }

    fn print(&self, meta: &Meta, body: &str, out: &mut dyn fmt::Write, sink: &mut dyn Sink) -> Result<(), Error> {
        print::fenced(FENCE.mark, &write::write(meta, sink), body, out)
    }
}

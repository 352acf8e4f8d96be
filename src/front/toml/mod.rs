//! TOML 1.0, in the style of Hugo.

#[cfg(test)]
mod against;
mod inline;
mod marks;
mod read;
mod scalar;
mod sweep;
mod tables;
#[cfg(test)]
mod tests;
mod text;
mod write;

pub(super) use read::keys;

use std::cell::RefCell;
use std::fmt;

use super::fence::{Fence, is_toml_entry};
use super::{edit, print};
use crate::diag::{Diagnostic, Sink, Span};
use crate::error::Error;
use crate::format::{FrontMatter, Schema, Split};
use crate::meta::{Meta, Value};
use crate::post::FrontText;

/// A text as a TOML value on one line.
pub(crate) fn toml_text(value: &str) -> String {
    let mut out = String::new();
    text::one_line(value, &mut out);
    out
}

const FENCE: Fence = Fence { mark: "+++", other_close: None, is_entry: is_toml_entry };

/// TOML between lines of `+++`.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct Toml;

impl FrontMatter for Toml {
    fn name(&self) -> &str {
        "toml"
    }

    fn extensions(&self) -> &[&str] {
        &["trace"]
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

    fn edit(&self, source: &FrontText, meta: &Meta, schema: Schema, sink: &mut dyn Sink) -> Option<(String, String)> {
        if source.meta == *meta && source.schema == schema {
            return Some(source.around.clone());
        }
        let text = source.around.0.as_str();
        let says = edit::Source { text, front: source.span, meta: &source.meta, says: &source.meta };
        let report = RefCell::default();
        let edited = edit::edit(&says, meta, &Lines { report: &report })?;
        let read = |toml: &str| read::read(toml, Span::new(0, toml.len()), &mut ()).ok();
        if read(&edited)?.map != read(&write::write(meta, &mut ()))?.map {
            return None;
        }
        report.into_inner().into_iter().for_each(|diagnostic| sink.report(diagnostic));
        let fence = if source.schema == schema { None } else { Some(FENCE.mark) };
        Some((edit::fenced(text, source.span, &edited, fence), source.around.1.clone()))
    }
}

/// Entries as lines of TOML.
struct Lines<'r> {
    report: &'r RefCell<Vec<Diagnostic>>,
}

impl edit::Notation for Lines<'_> {
    fn entry(&self, entry: &Meta) -> String {
        write::write(entry, &mut *self.report.borrow_mut())
    }

    fn key(&self, key: &str) -> String {
        let mut out = String::new();
        text::key(key, &mut out);
        out
    }

    fn is_behind_others(&self, value: &Value) -> bool {
        write::is_table(value)
    }

    fn separator(&self) -> char {
        '='
    }
}

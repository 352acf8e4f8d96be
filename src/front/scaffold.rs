//! Scaffold.
#![allow(missing_docs, clippy::todo)]
use std::fmt;
use crate::diag::{Sink, Span};
use crate::error::Error;
use crate::format::{FrontMatter, Schema, Split};
use crate::meta::{Meta, Value};
pub(crate) fn value_to_json(_: &Value) -> serde_json::Value { todo!() }

#[derive(Clone, Copy, Debug, Default)]
pub struct Yaml;
impl FrontMatter for Yaml {
    fn name(&self) -> &str { "yaml" }
    fn split(&self, _: &str, _: Schema) -> Result<Option<Split>, Error> { todo!() }
    fn parse(&self, _: &str, _: Span, _: Schema, _: &mut dyn Sink) -> Result<Meta, Error> { todo!() }
    fn print(&self, _: &Meta, _: &str, _: &mut dyn fmt::Write, _: &mut dyn Sink) -> Result<(), Error> { todo!() }
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Toml;
impl FrontMatter for Toml {
    fn name(&self) -> &str { "toml" }
    fn split(&self, _: &str, _: Schema) -> Result<Option<Split>, Error> { todo!() }
    fn parse(&self, _: &str, _: Span, _: Schema, _: &mut dyn Sink) -> Result<Meta, Error> { todo!() }
    fn print(&self, _: &Meta, _: &str, _: &mut dyn fmt::Write, _: &mut dyn Sink) -> Result<(), Error> { todo!() }
}

#[derive(Clone, Copy, Debug, Default)]
pub struct Json;
impl FrontMatter for Json {
    fn name(&self) -> &str { "json" }
    fn split(&self, _: &str, _: Schema) -> Result<Option<Split>, Error> { todo!() }
    fn parse(&self, _: &str, _: Span, _: Schema, _: &mut dyn Sink) -> Result<Meta, Error> { todo!() }
    fn print(&self, _: &Meta, _: &str, _: &mut dyn fmt::Write, _: &mut dyn Sink) -> Result<(), Error> { todo!() }
}

#[derive(Clone, Copy, Debug, Default)]
pub struct NoFrontMatter;
impl FrontMatter for NoFrontMatter {
    fn name(&self) -> &str { "none" }
    fn split(&self, _: &str, _: Schema) -> Result<Option<Split>, Error> { todo!() }
    fn parse(&self, _: &str, _: Span, _: Schema, _: &mut dyn Sink) -> Result<Meta, Error> { todo!() }
    fn print(&self, _: &Meta, _: &str, _: &mut dyn fmt::Write, _: &mut dyn Sink) -> Result<(), Error> { todo!() }
}

#[derive(Clone, Copy, Debug, Default)]
pub struct MetaComment;
impl FrontMatter for MetaComment {
    fn name(&self) -> &str { "meta" }
    fn split(&self, _: &str, _: Schema) -> Result<Option<Split>, Error> { todo!() }
    fn parse(&self, _: &str, _: Span, _: Schema, _: &mut dyn Sink) -> Result<Meta, Error> { todo!() }
    fn print(&self, _: &Meta, _: &str, _: &mut dyn fmt::Write, _: &mut dyn Sink) -> Result<(), Error> { todo!() }
}

#[derive(Clone, Copy, Debug, Default)]
pub struct HtmlHead;
impl FrontMatter for HtmlHead {
    fn name(&self) -> &str { "head" }
    fn split(&self, _: &str, _: Schema) -> Result<Option<Split>, Error> { todo!() }
    fn parse(&self, _: &str, _: Span, _: Schema, _: &mut dyn Sink) -> Result<Meta, Error> { todo!() }
    fn print(&self, _: &Meta, _: &str, _: &mut dyn fmt::Write, _: &mut dyn Sink) -> Result<(), Error> { todo!() }
}

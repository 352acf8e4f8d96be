//! Scaffold.
#![allow(missing_docs, clippy::todo)]
use crate::ast::Document;
use crate::diag::{Sink, Span};
use crate::error::Error;
use crate::format::{Extensions, Markup};
use crate::post::Body;
use std::fmt;

#[derive(Clone, Copy, Debug, Default)]
pub struct Html;
#[derive(Clone, Copy, Debug, Default)]
pub struct Markdown;
impl Markdown {
    pub fn commonmark() -> Self {
        Markdown
    }
    pub fn kramdown() -> Self {
        Markdown
    }
}
impl Markup for Html {
    fn name(&self) -> &str {
        "html"
    }
    fn file_extensions(&self) -> &[&str] {
        &["html", "htm", "xhtml"]
    }
    fn parse(&self, _: &str, _: Span, _: &Extensions, _: &mut dyn Sink) -> Result<Document, Error> {
        todo!()
    }
    fn print(&self, _: &Body, _: &Extensions, _: &mut dyn fmt::Write, _: &mut dyn Sink) -> Result<(), Error> {
        todo!()
    }
}
impl Markup for Markdown {
    fn name(&self) -> &str {
        "markdown"
    }
    fn file_extensions(&self) -> &[&str] {
        &["md", "markdown"]
    }
    fn parse(&self, _: &str, _: Span, _: &Extensions, _: &mut dyn Sink) -> Result<Document, Error> {
        todo!()
    }
    fn print(&self, _: &Body, _: &Extensions, _: &mut dyn fmt::Write, _: &mut dyn Sink) -> Result<(), Error> {
        todo!()
    }
}

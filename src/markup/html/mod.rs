//! HTML.

use std::fmt;

use crate::ast::Document;
use crate::diag::{Sink, Span};
use crate::error::Error;
use crate::format::{Extensions, Markup};
use crate::post::Body;

/// HTML: a fragment, or a page's body.
#[derive(Clone, Copy, Debug, Default)]
pub struct Html;

impl Markup for Html {
    fn name(&self) -> &str {
        "html"
    }

    fn file_extensions(&self) -> &[&str] {
        &["html", "htm", "xhtml"]
    }

    #[allow(clippy::todo)]
    fn parse(&self, _: &str, _: Span, _: &Extensions, _: &mut dyn Sink) -> Result<Document, Error> {
        todo!()
    }

    #[allow(clippy::todo)]
    fn print(&self, _: &Body, _: &Extensions, _: &mut dyn fmt::Write, _: &mut dyn Sink) -> Result<(), Error> {
        todo!()
    }
}

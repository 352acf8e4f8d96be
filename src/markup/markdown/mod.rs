//! Markdown: [`Markdown`] reads it with pulldown-cmark and writes it by hand.

pub(crate) mod attributes;
mod goldmark;
mod passthrough;
mod read;
mod write;

use std::fmt;

use crate::ast::Document;
use crate::diag::{Sink, Span};
use crate::error::Error;
use crate::format::{Extensions, Limits, Markup, WriteOptions};
use crate::markup::kramdown;
use crate::post::Body;

/// Which Markdown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Flavor {
    /// CommonMark 0.31 with GitHub's extensions, as pulldown-cmark 0.13 reads it. Hugo's Goldmark agrees with it.
    #[default]
    CommonMark,
    /// kramdown 2.4 with its GFM parser, as Jekyll has it.
    Kramdown,
}

/// Markdown in one of its flavours.
///
/// Extensions: `tables`, `strikethrough`, `task_lists`, `footnotes`, `definition_lists`, `heading_attributes`, `math` and
/// `alerts`; and for writing `exact`, which keeps the tree of elements as it is at the price of more raw HTML
/// ([`Equality::Exact`](crate::ast::Equality::Exact)).
///
/// kramdown is read by its own rules. Where what it shows is broken, as a closing tag that it prints, and CommonMark reads
/// better, that is what was meant, and is reported; with `as_shown`, what kramdown shows counts. `native` is kramdown's own
/// input (`input: kramdown`), with `hard_wrap` each newline of a paragraph shows, with
/// `block_html` Markdown in blocks of HTML is read. With `hugo_0_111` a body is written for that Hugo, with
/// `block_attributes` for one that takes `{.class}` behind a block, with `passthrough` for one that takes `\(` for the start of
/// a formula.
#[derive(Clone, Copy, Debug, Default)]
pub struct Markdown {
    flavor: Flavor,
}

impl Markdown {
    /// The markup `markdown`.
    pub fn commonmark() -> Self {
        Markdown { flavor: Flavor::CommonMark }
    }

    /// The markup `kramdown`.
    pub fn kramdown() -> Self {
        Markdown { flavor: Flavor::Kramdown }
    }
}

/// The reader's extensions, and what is for writing alone.
const EXTENSIONS: &[&str] = &[
    "tables",
    "strikethrough",
    "task_lists",
    "footnotes",
    "definition_lists",
    "heading_attributes",
    "math",
    "alerts",
    "exact",
    AS_SHOWN,
    HUGO_0_111,
    attributes::NAME,
    passthrough::NAME,
    kramdown::NATIVE,
    kramdown::HARD_WRAP,
    kramdown::BLOCK_HTML,
    "smart",
];

/// Written for Hugo 0.111.
const HUGO_0_111: &str = "hugo_0_111";

/// What kramdown shows counts, be it broken.
const AS_SHOWN: &str = "as_shown";

impl Markup for Markdown {
    fn name(&self) -> &str {
        match self.flavor {
            Flavor::CommonMark => "markdown",
            Flavor::Kramdown => "kramdown",
        }
    }

    fn file_extensions(&self) -> &[&str] {
        match self.flavor {
            Flavor::CommonMark => &["md", "markdown"],
            Flavor::Kramdown => &["md", "markdown", "mkd", "mkdn", "mkdown"],
        }
    }

    fn extensions(&self) -> &[&str] {
        EXTENSIONS
    }

    fn is_akin(&self, other: &str) -> bool {
        matches!(other, "markdown" | "kramdown")
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
        Ok(match self.flavor {
            Flavor::CommonMark => read::parse(text, span, extensions, limits, sink),
            Flavor::Kramdown => {
                let found = read::parse(text, span, extensions, limits, &mut ());
                let reads = if extensions.has(AS_SHOWN) { kramdown::as_shown } else { kramdown::as_meant };
                reads(text, span, &kramdown::Settings::of(extensions, limits), found, sink)
            }
        })
    }

    fn print(
        &self,
        body: &Body,
        options: &WriteOptions,
        out: &mut dyn fmt::Write,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        write::print(body, options, self.flavor, out, sink)
    }
}

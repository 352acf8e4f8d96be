//! postferry ferries posts between site generators: Jekyll, Hugo, plain Markdown, HTML and JSON.
//!
//! Every post arrives whole, or you are told exactly what did not, and where.

pub mod ast;
mod date;
pub mod diag;
mod dialect;
mod error;
pub mod format;
mod front;
mod markup;
pub mod meta;
mod post;
mod spec;

pub use diag::{Code, Diagnostic, LineIndex, Position, Report, Severity, Sink, Span};
pub use error::Error;
pub use post::{Body, FrontText, Origin, Post, SourceText, Spelling};
pub use spec::{FormatSpec, Word};

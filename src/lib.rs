//! postferry ferries posts between site generators: Jekyll, Hugo, plain Markdown, HTML and JSON.
//!
//! Every post arrives whole, or you are told exactly what did not, and where.

pub mod ast;
#[cfg(feature = "compare")]
pub mod compare;
mod convert;
pub mod date;
mod detect;
pub mod diag;
pub mod dialect;
mod error;
pub mod format;
pub mod front;
pub mod json;
mod key_map;
mod limits;
mod map_file;
pub mod markup;
pub mod meta;
mod nearest;
mod options;
mod post;
mod post_format;
mod registry;
pub mod site;
mod spec;
mod trace;

pub use convert::{Conversion, Converter, FrontPart, ReadPost, decode};
pub use diag::{Code, Diagnostic, LineIndex, Position, Report, Setting, Severity, Sink, Span};
pub use error::Error;
pub use format::{Input, Role, Site};
pub use key_map::KeyMap;
pub use limits::Limits;
pub use map_file::MapFile;
pub use post::{Assumed, Body, FrontText, Origin, Post, SourceText, Spelling};
pub use registry::{Format, FormatInfo, PostPreset, Registry, WholeFormat};
pub use spec::{FormatSpec, Word};

/// Pages of the book: their Rust is compiled and run.
#[cfg(doctest)]
mod pages {
    #[doc = include_str!("../docs/library.md")]
    pub struct Library;

    #[doc = include_str!("../docs/tags.md")]
    pub struct Tags;
}

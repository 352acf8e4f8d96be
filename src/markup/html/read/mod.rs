//! Reads HTML: html5ever's tree becomes a [`Document`].
//!
//! How HTML stands in the tree:
//! - `<pre><code>` with nothing but text in it is a code block, with the language of `class="language-x"` and the
//!   attributes of `pre` on the node. Any other `pre` is an element that holds bare text, exact to the last space;
//!   [`code_block`](super::code_block) gives the code that a reader sees in it.
//! - Bare text is `Plain`. Where an inline element holds blocks, it is an `Element` among blocks; text in front of or behind
//!   it stands on the same line, and white space at that border is kept.
//! - An image without `alt` is no `Image`, for Markdown's have one: it is an inline element. So is a link or an image whose
//!   address has white space around it, which browsers drop and Markdown would keep.
//! - A list's `start` is in its attributes too where it is not as Markdown would give it, as in `start="1"`.

pub(crate) mod arena;
mod clean;
mod convert;
mod direct;
mod feed;
mod many;
mod name;
mod scan;
mod serialize;
mod tap;

use crate::ast::Document;
use crate::diag::{Fold, Sink, Span, codes};
use crate::format::{Extensions, Limits};

/// The extension that takes out what editors leave behind.
pub(super) const CLEAN: &str = "clean";

/// Reads the part `span` of `text`.
pub(super) fn parse(text: &str, span: Span, extensions: &Extensions, limits: &Limits, sink: &mut dyn Sink) -> Document {
    let mut sink = Fold::new(sink, &codes::NESTED_TOO_DEEP);
    let nodes = feed::parse(text, span, limits, &mut sink);
    let cleaning = extensions.has(CLEAN).then_some(clean::clean as convert::Cleaning);
    let document = convert::convert(text, span, nodes, cleaning, &mut sink);
    sink.finish();
    document
}

#[cfg(test)]
mod tests;

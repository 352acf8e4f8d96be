//! Hugo's shortcodes.

mod arguments;
mod escape;
mod fence;
mod read;
mod say;
mod scan;

pub(crate) use arguments::quote;

use crate::ast::{Document, PlacedTag};
use crate::diag::{Sink, Span};
use crate::format::{Literal, TagContext, TagLanguage, TagText};
use crate::meta::Meta;

const NAME: &str = "hugo";

/// Shortcodes, those that come with Hugo among them, and what stands behind its fences.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::dialect) struct Shortcodes;

impl TagLanguage for Shortcodes {
    fn name(&self) -> &str {
        NAME
    }

    fn scan(&self, text: &str, span: Span, meta: &Meta, sink: &mut dyn Sink) -> Vec<PlacedTag> {
        read::read(text, span, meta, sink)
    }

    fn fences(&self, document: &Document) -> Vec<PlacedTag> {
        fence::fences(document)
    }

    fn say(&self, tag: &PlacedTag, context: &TagContext<'_>) -> Option<TagText> {
        say::say(tag, context)
    }

    fn literals(&self, text: &str, _: bool) -> Vec<Literal> {
        escape::literals(text)
    }
}

//! Liquid, as Jekyll 4 runs it.

pub(crate) mod dates;
mod escape;
pub(crate) mod evaluate;
mod expression;
mod filters;
mod read;
mod say;
mod scan;
mod scope;
mod value;

use crate::ast::PlacedTag;
use crate::diag::{Sink, Span};
use crate::format::{Literal, TagContext, TagLanguage, TagText};
use crate::meta::Meta;

const NAME: &str = "jekyll";

/// Liquid's tags and outputs, Jekyll's and those of its usual plugins among them.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::dialect) struct Liquid;

impl TagLanguage for Liquid {
    fn name(&self) -> &str {
        NAME
    }

    fn scan(&self, text: &str, span: Span, meta: &Meta, sink: &mut dyn Sink) -> Vec<PlacedTag> {
        read::read(text, span, meta, sink)
    }

    fn say(&self, tag: &PlacedTag, context: &TagContext<'_>) -> Option<TagText> {
        say::say(tag, context)
    }

    fn literals(&self, text: &str, before_tag: bool) -> Vec<Literal> {
        escape::literals(text, before_tag)
    }
}

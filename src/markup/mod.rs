//! The markups: [`Html`] and [`Markdown`].

mod html;
pub mod kramdown;
mod markdown;

pub use html::Html;
pub use markdown::{Flavor, Markdown};

#[cfg(feature = "compare")]
pub(crate) use html::arena;

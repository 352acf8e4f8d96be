//! Template tags: Liquid and Hugo's shortcodes, found before any markup is read, and said in another language.
//!
//! A generator runs its tags over the text of a body before it reads the markup, or sets them aside for later. So do we:
//! [`lift`] puts a word in the place of each tag that no markup changes and that does not occur in the text, the markup is
//! read, and the words become [`Tag`](crate::ast::Tag)s of the tree. On writing for another dialect, [`rewrite`] makes of
//! the source text what it would be had its author used the target: constants stand there as text, code as code, and
//! tags of the target, again, as words. That is read and printed as any body is, and last of all [`fill`] puts the tags in
//! and writes what the target would take for a tag so that it does not.

mod block;
pub(crate) mod entity;
pub(crate) mod fill;
pub(crate) mod lift;
mod liquid;
mod map;
pub(crate) mod rewrite;
mod shortcode;
pub(crate) mod translate;
pub(crate) mod tree;
mod usual;
mod words;

pub use map::TagMap;

pub(in crate::dialect) use liquid::Liquid;
pub(crate) use liquid::dates::shown as shown_date;
pub(crate) use liquid::evaluate::{
    Known, Mark, Partly, Scope, Variables, calls, evaluate_marked, evaluate_partly, evaluate_with,
};
pub(in crate::dialect) use shortcode::Shortcodes;
pub(crate) use shortcode::quote as quote_shortcode;

/// The date in front of a post's name and what follows it, as Jekyll's `post_url` and file names have it.
fn dated(name: &str) -> Option<(&str, &str)> {
    let mut end = 0;
    for digits in [2..=4, 1..=2, 1..=2] {
        let part = name.get(end..)?.split('-').next()?;
        if !digits.contains(&part.len()) || !part.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        end += part.len() + 1;
    }
    let slug = name.get(end..).filter(|slug| !slug.is_empty())?;
    Some((name.get(..end - 1)?, slug))
}

/// Makes the spans of `tags` count from `start`.
fn count_from(tags: &mut [crate::ast::PlacedTag], start: usize) {
    for tag in tags {
        tag.span = crate::diag::Span::new(tag.span.start.saturating_sub(start), tag.span.end.saturating_sub(start));
    }
}

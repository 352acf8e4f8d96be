//! What the events do not say and the source does: which bullet, how long a fence, which kind of heading.

use crate::ast::{Fence, HeadingStyle, Marker};

/// The marker of the list item that `source` is.
pub(super) fn marker(source: &str) -> Option<Marker> {
    let source = source.trim_start();
    let behind_digits = source.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_numbered = behind_digits.len() < source.len();
    Some(match (is_numbered, behind_digits.as_bytes().first()?) {
        (true, b')') => Marker::Parenthesis,
        (true, _) => Marker::Period,
        (false, b'*') => Marker::Asterisk,
        (false, b'+') => Marker::Plus,
        (false, _) => Marker::Hyphen,
    })
}

/// The fence that the code block `source` opens with.
pub(super) fn fence(source: &str) -> Option<Fence> {
    let source = source.trim_start();
    let character = source.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    Some(Fence::new(character, source.len() - source.trim_start_matches(character).len()))
}

/// How the heading `source` is marked.
pub(super) fn heading_style(source: &str) -> HeadingStyle {
    // A setext heading may begin with `#` too, as in `#5 and #6`, but not with one to six of them and a space.
    let source = source.trim_start();
    let text = source.trim_start_matches('#');
    let is_atx =
        (1..=6).contains(&(source.len() - text.len())) && !text.starts_with(|c: char| !c.is_ascii_whitespace());
    if is_atx { HeadingStyle::Atx } else { HeadingStyle::Setext }
}

//! `<!--more-->` in a post that another separator divides: a comment like any other, which nobody else may take for the mark.

use crate::ast::visit::{each_block, each_inline};
use crate::ast::{BlockKind, InlineKind};
use crate::post::Post;

/// What is done with a space in front of the word.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pad {
    /// One is put there. Comments that have some get one more, so that they stay apart.
    On,
    /// One is taken away.
    Off,
}

impl Pad {
    /// What such a comment begins with, and what it is to begin with.
    fn change(self) -> (&'static str, &'static str) {
        match self {
            Pad::On => ("<!--", "<!-- "),
            Pad::Off => ("<!-- ", "<!--"),
        }
    }
}

/// Pads all such comments in the body.
pub(super) fn pad(post: &mut Post, how: Pad) {
    each_comment(post, "more-->", |text| padded(text, how));
}

/// Makes of every raw piece of the body in which `word` stands what `change` makes of it.
pub(super) fn each_comment(post: &mut Post, word: &str, change: impl Fn(&str) -> String) {
    if post.body.text().is_some_and(|(_, text)| !text.contains(word)) {
        return;
    }
    post.body.edit_each(|block| {
        let mut is_changed = false;
        let mut change = |text: &mut String| {
            if text.contains(word) {
                let to = change(text);
                is_changed |= to != *text;
                *text = to;
            }
        };
        let blocks = std::slice::from_mut(block);
        each_block(blocks, &mut |block| {
            if let BlockKind::Raw(raw) = &mut block.kind {
                change(&mut raw.text);
            }
        });
        each_inline(blocks, &mut |inline| {
            if let InlineKind::Raw(raw) = &mut inline.kind {
                change(&mut raw.text);
            }
        });
        is_changed
    });
}

/// The same text, with such comments padded.
pub(super) fn padded(text: &str, how: Pad) -> String {
    let (from, to) = how.change();
    let (mut out, mut rest) = (String::with_capacity(text.len() + 1), text);
    while let Some((before, behind)) = rest.split_once(from) {
        out.push_str(before);
        let is_mark = behind.trim_start_matches(' ').starts_with("more-->");
        out.push_str(if is_mark { to } else { from });
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::{Pad, padded};

    #[test]
    fn a_space_goes_there_and_away() {
        for (plain, with_space) in [
            ("<!--more-->", "<!-- more-->"),
            ("a<!-- more--><!--more-->b", "a<!--  more--><!-- more-->b"),
            ("<!-- more --> <!--more", "<!-- more --> <!--more"),
            ("<!--<!--more-->", "<!--<!-- more-->"),
        ] {
            assert_eq!(padded(plain, Pad::On), with_space);
            assert_eq!(padded(with_space, Pad::Off), plain);
        }
    }
}

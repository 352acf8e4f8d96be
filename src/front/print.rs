//! What all syntaxes share in writing.

use std::fmt;

use crate::diag::{Span, codes};
use crate::error::Error;
use crate::meta::{Comment, CommentPlace, Meta, Step};

/// Writes fence, front matter, fence, an empty line and the body.
pub(super) fn fenced(mark: &str, front: &str, body: &str, out: &mut dyn fmt::Write) -> Result<(), Error> {
    // Empty front matter is written too: without it Jekyll would take the file for no page.
    let newline = if front.is_empty() || front.ends_with('\n') { "" } else { "\n" };
    write(out, format_args!("{mark}\n{front}{newline}{mark}\n"))?;
    self::body(body, out)
}

/// Writes an empty line and the body behind front matter; nothing if there is no body.
pub(super) fn body(body: &str, out: &mut dyn fmt::Write) -> Result<(), Error> {
    let body = body.trim_start_matches(['\n', '\r']);
    if body.is_empty() {
        return Ok(());
    }
    write(out, format_args!("\n"))?;
    text(body, out)
}

/// Writes a body, with a line feed at its end.
pub(super) fn text(body: &str, out: &mut dyn fmt::Write) -> Result<(), Error> {
    let end = if body.is_empty() || body.ends_with('\n') { "" } else { "\n" };
    write(out, format_args!("{body}{end}"))
}

/// Writes to `out`, whose errors have no other meaning than that it takes no more.
pub(super) fn write(out: &mut dyn fmt::Write, text: fmt::Arguments<'_>) -> Result<(), Error> {
    out.write_fmt(text)
        .map_err(|error| Error::new(&codes::WRITE_FAILED, "the output could not be written").caused_by(error))
}

/// The comments of some front matter, found by the way to their value.
///
/// Sorted once, so that looking does not read all of them for each value.
pub(super) struct Comments<'m> {
    sorted: Vec<&'m Comment>,
}

impl<'m> Comments<'m> {
    /// The comments of `meta`.
    pub(super) fn new(meta: &'m Meta) -> Self {
        let mut sorted: Vec<&Comment> = meta.comments.iter().collect();
        // Stable: comments at one place keep their order.
        sorted.sort_by(|a, b| order(&a.path).cmp(order(&b.path)));
        Comments { sorted }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Those that stand at `place` of the value at `path`.
    pub(super) fn at(&self, path: &[Step], place: CommentPlace) -> Vec<&'m Comment> {
        if self.sorted.is_empty() {
            return Vec::new();
        }
        let start = self.sorted.partition_point(|comment| order(&comment.path).lt(order(path)));
        self.sorted[start..]
            .iter()
            .copied()
            .take_while(|comment| comment.path == path)
            .filter(|comment| comment.place == place)
            .collect()
    }

    /// Whether any belongs to something below `path`, or ends it.
    pub(super) fn has_inside(&self, path: &[Step]) -> bool {
        let start = self.sorted.partition_point(|comment| order(&comment.path).lt(order(path)));
        self.sorted[start..]
            .iter()
            .take_while(|comment| comment.path.starts_with(path))
            .any(|comment| comment.path.len() > path.len() || comment.place == CommentPlace::End)
    }
}

fn order(path: &[Step]) -> impl Iterator<Item = (&str, usize)> {
    path.iter().map(|step| match step {
        Step::Key(key) => (key.as_str(), 0),
        Step::Index(index) => ("", index + 1),
    })
}

/// The place of the top-level entry that `path` leads into.
pub(super) fn span_of(meta: &Meta, path: &[Step]) -> Option<Span> {
    match path.first() {
        Some(Step::Key(key)) => meta.map.entry(key).map(|entry| entry.span).filter(|span| !span.is_empty()),
        _ => None,
    }
}

//! What all syntaxes share in writing.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::fmt;

use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::error::Error;
use crate::meta::{Comment, CommentPlace, Meta, Step};

/// Writes fence, front matter, fence, an empty line and the body.
pub(super) fn fenced(mark: &str, front: &str, body: &str, out: &mut dyn fmt::Write) -> Result<(), Error> {
    // Empty front matter is written too: without it Jekyll would take the file for no page.
    let newline = if front.is_empty() || front.ends_with('\n') { "" } else { "\n" };
    for piece in [mark, "\n", front, newline, mark, "\n"] {
        out.write_str(piece).map_err(failed)?;
    }
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
    out.write_fmt(text).map_err(failed)
}

fn failed(error: fmt::Error) -> Error {
    Error::new(&codes::WRITE_FAILED, "the output could not be written").caused_by(error)
}

/// The comments of some front matter, found by the way to their value. What has been looked up counts as written.
pub(super) struct Comments<'m> {
    all: &'m [Comment],
    // hash: only looked up, never gone over.
    by_path: HashMap<&'m [Step], Vec<usize>>,
    /// The ways to lists and maps with comments in them.
    // hash: only looked up, never gone over.
    inside: HashSet<&'m [Step]>,
    taken: RefCell<Vec<bool>>,
}

impl<'m> Comments<'m> {
    /// The comments of `meta`.
    pub(super) fn new(meta: &'m Meta) -> Self {
        let all = meta.comments.as_slice();
        let (by_path, inside) = Default::default();
        let mut comments = Comments { all, by_path, inside, taken: RefCell::new(vec![false; all.len()]) };
        for (index, comment) in all.iter().enumerate() {
            comments.by_path.entry(&comment.path).or_default().push(index);
            let outer =
                comment.path.len() - usize::from(comment.place != CommentPlace::End && !comment.path.is_empty());
            comments.inside.extend((0..=outer).filter_map(|length| comment.path.get(..length)));
        }
        comments
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Those that stand at `place` of the value at `path`.
    pub(super) fn at(&self, path: &[Step], place: CommentPlace) -> Vec<&'m Comment> {
        if self.all.is_empty() {
            return Vec::new();
        }
        let Some(here) = self.by_path.get(path) else { return Vec::new() };
        let mut taken = self.taken.borrow_mut();
        let mut found = Vec::new();
        for &index in here {
            if let Some(comment) = self.all.get(index).filter(|comment| comment.place == place) {
                found.push(comment);
                taken.iter_mut().skip(index).take(1).for_each(|taken| *taken = true);
            }
        }
        found
    }

    /// Whether any belongs to something below `path`, or ends it.
    pub(super) fn has_inside(&self, path: &[Step]) -> bool {
        !self.all.is_empty() && self.inside.contains(path)
    }

    /// Those that nothing has asked for: what they belonged to is gone.
    pub(super) fn left(&self) -> Vec<&'m Comment> {
        let taken = self.taken.borrow();
        self.all.iter().zip(taken.iter()).filter(|(_, taken)| !**taken).map(|(comment, _)| comment).collect()
    }
}

/// The places of top-level entries, by key. They are gone through when the first is asked for: few ever are.
pub(super) struct Places<'m> {
    meta: &'m Meta,
    spans: OnceCell<BTreeMap<&'m str, Span>>,
}

impl<'m> Places<'m> {
    /// The places of the entries of `meta`.
    pub(super) fn new(meta: &'m Meta) -> Self {
        Places { meta, spans: OnceCell::new() }
    }

    /// The place of the top-level entry that `path` leads into.
    pub(super) fn of(&self, path: &[Step]) -> Option<Span> {
        let spans = self.spans.get_or_init(|| {
            let read = self.meta.map.iter().filter(|entry| !entry.span.is_empty());
            read.map(|entry| (entry.key.as_str(), entry.span)).collect()
        });
        match path.first() {
            Some(Step::Key(key)) => spans.get(key.as_str()).copied(),
            _ => None,
        }
    }
}

/// Reports the comments of `meta` as left out, all of them, for the reason `why`.
pub(super) fn drop_comments(meta: &Meta, why: &str, sink: &mut dyn Sink) {
    let dropped = meta.comments.iter().filter(|comment| comment.text.is_some());
    report_dropped(dropped, meta, why, sink);
}

/// Reports comments as left out, for the reason `why`.
pub(super) fn report_dropped<'c>(
    comments: impl Iterator<Item = &'c Comment>,
    meta: &Meta,
    why: &str,
    sink: &mut dyn Sink,
) {
    let mut comments = comments.peekable();
    if comments.peek().is_none() {
        return;
    }
    let places = Places::new(meta);
    for comment in comments {
        let text = comment.text.as_deref().unwrap_or_default();
        let message = format!("the comment `#{}` was left out: {why}", text.escape_debug());
        sink.report(Diagnostic::new(&codes::COMMENT_DROPPED, message).at_opt(places.of(&comment.path)));
    }
}

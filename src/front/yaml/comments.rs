//! Which value a comment or an empty line between two values belongs to.

use super::compose::{Composer, Frame, Kind};
use crate::front::trivia::{self, Trivia};
use crate::meta::{CommentPlace, Step};

impl Composer<'_, '_> {
    /// Looks for comments in what stands before a value that begins at `until`.
    pub(super) fn gap_until(&mut self, until: usize) {
        if until > self.gap {
            trivia::scan(self.yaml, self.gap..until, false, &mut self.pending);
            self.gap = until;
            self.attach_trailing();
        }
    }

    /// The first line before a block scalar's text holds its `|` and perhaps a comment; empty lines are text.
    pub(super) fn gap_of_block_scalar(&mut self, start: usize) {
        let gap = self.gap.min(start);
        let header_end = memchr::memchr(b'\n', &self.yaml.as_bytes()[gap..start]).map_or(start, |at| gap + at);
        self.gap_until(header_end);
    }

    /// A comment behind a value, on its line.
    fn attach_trailing(&mut self) {
        if !self.pending.first().is_some_and(|trivia| trivia.is_trailing) {
            return;
        }
        let trailing = self.pending.remove(0);
        let path = self.last_path();
        self.push(path, CommentPlace::Trailing, trailing);
    }

    pub(super) fn attach(&mut self, path: Vec<Step>, place: CommentPlace) {
        let last = self.pending.pop();
        for trivia in std::mem::take(&mut self.pending) {
            self.push(path.clone(), place, trivia);
        }
        if let Some(trivia) = last {
            self.push(path, place, trivia);
        }
    }

    /// At the end of a list or map: what is indented as it is belongs to it, the rest to what follows.
    pub(super) fn attach_end(&mut self) {
        if self.pending.is_empty() {
            return;
        }
        let Some(frame) = self.stack.last() else { return };
        let parent = self.stack.len().checked_sub(2).and_then(|at| self.stack.get(at)).and_then(|parent| parent.column);
        let belongs = |trivia: &Trivia| match (frame.column, parent) {
            (None, _) => true,
            (Some(own), parent) => {
                trivia.text.is_some() && trivia.column >= own && parent.is_none_or(|parent| trivia.column > parent)
            }
        };
        // Up to the first comment that is indented less.
        let is_less = |trivia: &Trivia| trivia.text.is_some() && !belongs(trivia);
        let reach = self.pending.iter().position(is_less).unwrap_or(self.pending.len());
        let count = self.pending[..reach].iter().rposition(belongs).map_or(0, |at| at + 1);
        let path = self.open_path();
        let rest = self.pending.split_off(count);
        for trivia in std::mem::replace(&mut self.pending, rest) {
            self.push(path.clone(), CommentPlace::End, trivia);
        }
    }

    fn push(&mut self, path: Vec<Step>, place: CommentPlace, mut trivia: Trivia) {
        trivia.text = trivia.text.map(|text| self.prepared.restored(text));
        self.comments.push(trivia::comment(path, place, trivia));
    }

    /// The way to the list or map that is open innermost.
    pub(super) fn open_path(&self) -> Vec<Step> {
        let outer = self.stack.len().saturating_sub(1);
        self.stack.iter().take(outer).filter_map(Frame::next_step).collect()
    }

    /// The way to the value read last, or to the key whose value is to come; to the open list or map if it is empty.
    fn last_path(&self) -> Vec<Step> {
        let mut path = self.open_path();
        path.extend(self.stack.last().and_then(Frame::last_step));
        path
    }

    /// Gives what stands above the value that is about to be read to it, unless that is a key.
    pub(super) fn attach_to_next(&mut self) {
        if !self.pending.is_empty() {
            let mut path = self.open_path();
            path.extend(self.stack.last().and_then(Frame::next_step));
            self.attach(path, CommentPlace::Before);
        }
    }

    /// Gives what stands above the key that was just read to it.
    pub(super) fn attach_to_key(&mut self) {
        if !self.pending.is_empty() {
            let path = self.last_path();
            self.attach(path, CommentPlace::Before);
        }
    }
}

impl Frame {
    fn last_step(&self) -> Option<Step> {
        match &self.kind {
            Kind::List(items) => items.len().checked_sub(1).map(Step::Index),
            Kind::Map(map) => match &map.key {
                Some(key) => Some(Step::Key(key.text.clone())),
                None => map.entries.last().map(|entry| Step::Key(entry.key.clone())),
            },
        }
    }

    fn next_step(&self) -> Option<Step> {
        match &self.kind {
            Kind::List(items) => Some(Step::Index(items.len())),
            Kind::Map(map) => map.key.as_ref().map(|key| Step::Key(key.text.clone())),
        }
    }
}

//! Texts that know where they were written.
//!
//! kramdown takes the markers off a quotation or a list item and reads what is left as a text of its own. Such a derived
//! text is a copy here too; it keeps where each of its bytes came from.

use std::borrow::Cow;
use std::cell::Cell;
use std::rc::Rc;

use crate::diag::Span;

/// Bytes of a derived text that stand one after the other in the source too.
#[derive(Clone, Copy, Debug)]
struct Run {
    /// Where they start in the derived text.
    at: usize,
    /// Where they start in the source.
    from: usize,
    /// How many bytes of the source they are; a run of made up white space may be longer than that.
    len: usize,
}

/// What is searched for far ahead.
#[derive(Clone, Copy, Debug)]
pub(super) enum Needle {
    Angle,
    Brace,
    Bracket,
    CommentEnd,
    Dollars,
    InstructionEnd,
    LineEnd,
    Tildes,
}

impl Needle {
    const COUNT: usize = 8;

    const fn text(self) -> &'static [u8] {
        match self {
            Needle::Angle => b">",
            Needle::Brace => b"}",
            Needle::Bracket => b"]",
            Needle::CommentEnd => b"-->",
            Needle::Dollars => b"$$",
            Needle::InstructionEnd => b"?>",
            Needle::LineEnd => b"\n",
            Needle::Tildes => b"~~",
        }
    }
}

/// A text, the body itself or one derived from it.
#[derive(Debug)]
pub(super) struct Buffer<'a> {
    pub(super) text: Cow<'a, str>,
    runs: Vec<Run>,
    /// From where on each needle is known not to occur.
    absent: [Cell<usize>; Needle::COUNT],
    /// Where each needle was found last: from where on it was searched, and where it stands.
    found: [Cell<(usize, usize)>; Needle::COUNT],
    /// For "`" and `~`: from where on, and from which length on, no line is known to close a fence.
    pub(super) unclosed: [Cell<(usize, usize)>; 2],
    /// Bytes that may still be searched in vain or walked over again: what keeps hostile texts from taking forever.
    fuel: Cell<usize>,
}

/// Fuel for each byte of a text, and for any text.
const FUEL: (usize, usize) = (48, 20_000);

impl<'a> Buffer<'a> {
    fn of(text: Cow<'a, str>, runs: Vec<Run>) -> Self {
        let fuel = Cell::new(text.len().saturating_mul(FUEL.0).saturating_add(FUEL.1));
        Buffer {
            text,
            runs,
            absent: std::array::from_fn(|_| Cell::new(usize::MAX)),
            found: std::array::from_fn(|_| Cell::new((usize::MAX, 0))),
            unclosed: Default::default(),
            fuel,
        }
    }

    /// The body: the part of a text that starts at `offset`, with lines that end in newlines, the last one too.
    pub(super) fn body(text: &'a str, offset: usize) -> Self {
        if text.ends_with('\n') && memchr::memchr(b'\r', text.as_bytes()).is_none() {
            let runs = vec![Run { at: 0, from: offset, len: text.len() }];
            return Buffer::of(Cow::Borrowed(text), runs);
        }
        let mut builder = Builder::default();
        let mut rest = 0;
        for at in memchr::memchr_iter(b'\r', text.as_bytes()) {
            builder.copy(text, rest, at, offset);
            rest = at + 1;
            if text.as_bytes().get(rest) != Some(&b'\n') {
                builder.insert("\n", offset + at, 1);
            }
        }
        builder.copy(text, rest, text.len(), offset);
        if !builder.text.ends_with('\n') {
            builder.insert("\n", offset + text.len(), 0);
        }
        builder.finish()
    }

    /// Where the byte at `at` was written; of one behind the end, where the text ends.
    pub(super) fn source(&self, at: usize) -> usize {
        let index = match self.runs.as_slice() {
            [] => return 0,
            [_] => 0,
            runs => runs.partition_point(|run| run.at <= at).saturating_sub(1),
        };
        self.runs.get(index).map_or(0, |run| run.from + at.saturating_sub(run.at).min(run.len))
    }

    /// Where the bytes from `start` up to `end` were written.
    pub(super) fn span(&self, start: usize, end: usize) -> Span {
        let from = self.source(start);
        let to = if end > start { self.source_end(end) } else { from };
        Span::new(from, to.max(from))
    }

    /// Where the byte before `end` ends in the source.
    fn source_end(&self, end: usize) -> usize {
        let index = match self.runs.as_slice() {
            [] => return 0,
            [_] => 0,
            runs => runs.partition_point(|run| run.at < end).saturating_sub(1),
        };
        self.runs.get(index).map_or(0, |run| run.from + end.saturating_sub(run.at).min(run.len))
    }

    /// The first `needle` at `from` or behind it.
    pub(super) fn find(&self, needle: Needle, from: usize) -> Option<usize> {
        let absent = &self.absent[needle as usize];
        if from >= absent.get() {
            return None;
        }
        let last = &self.found[needle as usize];
        let (searched, found) = last.get();
        if (searched..=found).contains(&from) {
            return Some(found);
        }
        let rest = self.text.as_bytes().get(from..)?;
        match memchr::memmem::find(rest, needle.text()) {
            None => {
                absent.set(from);
                None
            }
            Some(at) if !self.spend(at / 8) => None,
            Some(at) => {
                last.set((from, from + at));
                Some(from + at)
            }
        }
    }

    /// Takes fuel for work that may turn out to be in vain; `false` if there is none left.
    pub(super) fn spend(&self, amount: usize) -> bool {
        let left = self.fuel.get();
        self.fuel.set(left.saturating_sub(amount));
        left > amount
    }

    /// Whether the fuel ran out: something may have been read otherwise than kramdown reads it.
    pub(super) fn is_exhausted(&self) -> bool {
        self.fuel.get() == 0
    }
}

/// Makes a derived text.
#[derive(Debug, Default)]
pub(super) struct Builder {
    pub(super) text: String,
    runs: Vec<Run>,
}

impl Builder {
    fn run(&mut self, from: usize, len: usize) {
        let at = self.text.len();
        match self.runs.last_mut() {
            Some(last) if last.from + last.len == from && last.at + last.len == at => last.len += len,
            _ => self.runs.push(Run { at, from, len }),
        }
    }

    fn copy(&mut self, text: &str, start: usize, end: usize, offset: usize) {
        if let Some(part) = text.get(start..end)
            && !part.is_empty()
        {
            self.run(offset + start, part.len());
            self.text.push_str(part);
        }
    }

    /// Adds the part from `start` up to `end` of another text.
    pub(super) fn push(&mut self, buffer: &Buffer<'_>, start: usize, end: usize) {
        let mut at = start;
        let mut index = buffer.runs.partition_point(|run| run.at <= start).saturating_sub(1);
        while at < end {
            let next = buffer.runs.get(index + 1).map_or(usize::MAX, |run| run.at);
            let stop = end.min(next);
            let Some(part) = buffer.text.get(at..stop) else { return };
            let from = buffer.source(at);
            let len = buffer.source_end(stop).saturating_sub(from).min(part.len());
            self.run(from, len);
            self.text.push_str(part);
            at = stop;
            index += 1;
        }
    }

    /// Adds text that stands for `len` bytes of the source at `from`.
    pub(super) fn insert(&mut self, text: &str, from: usize, len: usize) {
        self.runs.push(Run { at: self.text.len(), from, len });
        self.text.push_str(text);
    }

    /// Adds `count` spaces that stand for white space of the source at `from`.
    pub(super) fn spaces(&mut self, count: usize, from: usize) {
        if count > 0 {
            self.runs.push(Run { at: self.text.len(), from, len: 0 });
            self.text.extend(std::iter::repeat_n(' ', count));
        }
    }

    pub(super) fn finish<'a>(self) -> Buffer<'a> {
        Buffer::of(Cow::Owned(self.text), self.runs)
    }
}

/// A part of a text.
#[derive(Clone, Debug)]
pub(super) struct Piece<'a> {
    pub(super) buffer: Rc<Buffer<'a>>,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl Piece<'_> {
    pub(super) fn as_str(&self) -> &str {
        self.buffer.text.get(self.start..self.end).unwrap_or_default()
    }

    pub(super) fn span(&self) -> Span {
        self.buffer.span(self.start, self.end)
    }

    /// The same with `joiner` and another part behind it.
    pub(super) fn join(&mut self, joiner: &str, other: &Self) {
        let same = Rc::ptr_eq(&self.buffer, &other.buffer);
        if same && self.buffer.text.get(self.end..other.start) == Some(joiner) {
            self.end = other.end;
            return;
        }
        let from = self.buffer.source_end(self.end);
        let mut builder = Builder::default();
        match Rc::get_mut(&mut self.buffer) {
            // It was joined before: it goes on growing, for copying it each time would be quadratic.
            Some(buffer) if self.end == buffer.text.len() => {
                builder.text = std::mem::take(&mut buffer.text).into_owned();
                builder.runs = std::mem::take(&mut buffer.runs);
            }
            _ => {
                builder.push(&self.buffer, self.start, self.end);
                self.start = 0;
            }
        }
        builder.insert(joiner, from, 0);
        builder.push(&other.buffer, other.start, other.end);
        self.end = builder.text.len();
        self.buffer = Rc::new(builder.finish());
    }
}

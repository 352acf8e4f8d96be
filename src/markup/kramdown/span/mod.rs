//! Running text: kramdown reads it from left to right, and tries each kind of mark where one may start.

mod code;
mod emphasis;
mod extension;
mod html;
mod level;
mod link;
mod typography;

use super::block::Parser;
use super::scan::{byte, char_at, is_space};
use super::text::{Buffer, Piece};
use crate::ast::{Inline, InlineKind};

pub(super) use code::{Part, parts};
pub(super) use html::{escape_text, open_text};
use level::{Level, Tail};
pub(super) use link::link_id;

/// How deep marks may lie in each other, and how deep their nodes.
const MOST_LEVELS: usize = 120;
const MOST_NODES: usize = 24;

/// Running text that was read.
#[derive(Debug, Default)]
pub(super) struct Running {
    pub(super) inlines: Vec<Inline>,
    /// Whether it is an image that asks to stand alone, as a figure.
    pub(super) is_standalone: bool,
}

/// Reads running text. `in_footnote` tells that it belongs to a footnote, where a backslash breaks no line.
pub(super) fn parse<'a>(parser: &mut Parser<'a>, piece: &Piece<'a>, in_footnote: bool) -> Running {
    let Some(text) = piece.buffer.text.get(..piece.end) else { return Running::default() };
    let start = piece.start;
    let mut spans = Spans {
        parser,
        buffer: &piece.buffer,
        text,
        start,
        at: start,
        in_footnote,
        standalone: false,
        levels: 0,
        hopeless: HOPE,
    };
    let mut level = Level { keeps_symbols: !spans.parser.abbreviations.is_empty(), ..Level::root() };
    spans.run(&mut level, &mut Stop::End);
    let is_standalone = spans.standalone && level.kids.len() == 1;
    let mut inlines = level.finish();
    if !parser.abbreviations.is_empty() {
        typography::abbreviate(parser, &piece.buffer, &mut inlines);
    }
    parser.is_exhausted |= piece.buffer.is_exhausted();
    Running { inlines, is_standalone }
}

/// Nothing is known to be hopeless.
const HOPE: [usize; 5] = [usize::MAX; 5];

/// The reader of one running text.
struct Spans<'s, 't, 'a> {
    parser: &'s mut Parser<'a>,
    buffer: &'t Buffer<'a>,
    /// The text up to the end of what is read.
    text: &'t str,
    /// Where what is read starts.
    start: usize,
    at: usize,
    in_footnote: bool,
    standalone: bool,
    /// Marks that are open.
    levels: usize,
    /// From where on no mark of one kind closes anything: `*`, `**`, `_`, `__`, `~~`.
    hopeless: [usize; 5],
}

/// What ends a level.
enum Stop<'n> {
    /// Only the end of the text.
    End,
    /// A mark of emphasis: which character, how many, whether `<em>`.
    Mark { character: u8, length: usize },
    /// The bracket that closes a link's text; how many are open.
    Bracket { open: isize },
    /// A closing tag, read without regard to case if `fold`.
    Tag { name: &'n str, fold: bool },
}

/// Bytes at which something may start, or just before which.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b"*_`<[]\"'$&\\\n!{-.>~";
    let mut i = 0;
    while i < bytes.len() {
        table[bytes[i] as usize] = true;
        i += 1;
    }
    table
};

impl Spans<'_, '_, '_> {
    /// Reads into `level` up to what stops it; `false` if that does not come. Then what is left is not read.
    fn run(&mut self, level: &mut Level, stop: &mut Stop<'_>) -> bool {
        if self.levels >= MOST_LEVELS {
            let span = self.buffer.span(self.at, self.text.len());
            self.parser.too_deep.get_or_insert(span);
            return false;
        }
        self.levels += 1;
        let mut stopped = false;
        while self.at < self.text.len() && !stopped {
            let from = self.at;
            let next = if level.is_raw { self.next_tag() } else { self.next_mark() };
            let Some(at) = next else {
                if matches!(stop, Stop::End) {
                    self.add_text(level, from, self.text.len());
                    self.at = self.text.len();
                }
                break;
            };
            self.add_text(level, from, at);
            self.at = at;
            stopped = self.stops(level, stop);
            if !stopped {
                self.mark(level);
            }
        }
        self.levels -= 1;
        stopped
    }

    /// Where the next mark may start.
    fn next_mark(&self) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let from = self.at;
        let mut at = from;
        loop {
            at += bytes.get(at..)?.iter().position(|b| SPECIAL[*b as usize])?;
            let next = byte(self.text, at + 1);
            let space_before = at > from && bytes[at - 1] == b' ';
            let found = match bytes[at] {
                b'"' | b'\'' => {
                    let before = self.text.get(from..at).and_then(|text| text.chars().next_back());
                    Some(at - before.map_or(0, char::len_utf8))
                }
                b'\n' => {
                    let breaks =
                        at >= from + 2 && space_before && bytes[at - 2] == b' ' && !self.parser.settings.hard_wrap;
                    breaks.then(|| at - 2)
                }
                b'!' => (next == b'[').then_some(at),
                b'{' => (next == b':').then_some(at),
                b'-' => (next == b'-').then_some(at),
                b'.' => (next == b'.' && byte(self.text, at + 2) == b'.').then_some(at),
                b'>' => (next == b'>').then(|| at - usize::from(space_before)),
                b'<' => Some(at - usize::from(next == b'<' && space_before)),
                b'~' => (next == b'~').then_some(at),
                _ => Some(at),
            };
            if found.is_some() {
                return found;
            }
            at += 1;
        }
    }

    /// Where the next tag may start.
    fn next_tag(&self) -> Option<usize> {
        let rest = self.text.as_bytes().get(self.at..)?;
        memchr::memchr(b'<', rest).map(|n| self.at + n)
    }

    /// Whether the level ends here.
    fn stops(&mut self, level: &Level, stop: &mut Stop<'_>) -> bool {
        match stop {
            Stop::End => false,
            Stop::Mark { character, length } => self.closes_emphasis(level, *character, *length),
            Stop::Bracket { open } => {
                match byte(self.text, self.at) {
                    b']' => *open -= 1,
                    b'[' => *open += 1,
                    b'!' if byte(self.text, self.at + 1) == b'[' => *open += 1,
                    _ => return false,
                }
                *open == level.images
            }
            Stop::Tag { name, fold } => self.close_tag_of(name, *fold).is_some(),
        }
    }

    /// Reads the mark here, or takes one character as text. The order in which kinds are tried is kramdown's.
    fn mark(&mut self, level: &mut Level) {
        let (first, next) = (byte(self.text, self.at), byte(self.text, self.at + 1));
        let read = if level.is_raw {
            first == b'<' && self.html(level)
        } else {
            match first {
                b'*' | b'_' => {
                    self.emphasis(level);
                    true
                }
                b'`' => {
                    self.code(level);
                    true
                }
                b'<' => self.autolink(level) || self.html(level),
                b'[' => self.footnote(level) || self.link(level),
                b'!' => self.link(level),
                _ => false,
            }
        };
        let read = read
            || (!level.is_raw
                && (self.quote(level)
                    || match first {
                        b'$' => self.math(level),
                        b'{' if next == b':' => self.extension(level),
                        b'&' => self.entity(level),
                        _ => false,
                    }
                    || self.symbol(level)
                    || match first {
                        b' ' => self.line_break(level),
                        b'\\' => self.line_break(level) || self.escape(level),
                        b'~' => self.strikethrough(level),
                        _ => false,
                    }));
        if !read {
            let length = char_at(self.text, self.at).map_or(1, char::len_utf8);
            self.add_text(level, self.at, self.at + length);
            self.at += length;
        }
    }

    /// Adds what stands from `start` up to `end` as text.
    fn add_text(&self, level: &mut Level, start: usize, end: usize) {
        if start >= end {
            return;
        }
        let Some(text) = self.text.get(start..end) else { return };
        if level.is_verbatim {
            level.push_raw(&html::escape_text(text), self.buffer.span(start, end));
            level.tail = Tail::Text;
            return;
        }
        if level.is_raw && memchr::memchr(b'&', text.as_bytes()).is_some() {
            level.push_text(&super::attrs::decoded(text.replace('\n', " ")), self.buffer.span(start, end));
            level.tail = Tail::Text;
            return;
        }
        let mut from = start;
        for at in memchr::memchr_iter(b'\n', text.as_bytes()).map(|n| start + n) {
            level.push_text(self.text.get(from..at).unwrap_or_default(), self.buffer.span(from, at));
            self.newline(level, at);
            from = at + 1;
        }
        level.push_text(self.text.get(from..end).unwrap_or_default(), self.buffer.span(from, end));
        level.tail = Tail::Text;
    }

    /// A newline in text: as a rule white space.
    fn newline(&self, level: &mut Level, at: usize) {
        let settings = &self.parser.settings;
        let is_last = at + 1 == self.text.len();
        let gfm = settings.gfm && !level.in_html && !self.in_footnote;
        let backslash = gfm && !settings.hard_wrap && level.tail == Tail::Text && level.drop_backslash();
        let span = self.buffer.span(at, at + 1);
        let kind = if backslash || (gfm && settings.hard_wrap) { InlineKind::HardBreak } else { InlineKind::SoftBreak };
        if !is_last {
            level.push_break(Inline::new(kind).at(span));
        }
        level.tail = Tail::Text;
    }

    /// Two spaces or two backslashes at the end of a line.
    fn line_break(&mut self, level: &mut Level) -> bool {
        let rest = self.text.as_bytes().get(self.at..).unwrap_or_default();
        if self.parser.settings.hard_wrap || !(rest.starts_with(b"  \n") || rest.starts_with(b"\\\\\n")) {
            return false;
        }
        let start = self.at;
        self.at += 2;
        level.push_break(Inline::new(InlineKind::HardBreak).at(self.buffer.span(start, self.at)));
        level.tail = Tail::Node;
        true
    }

    /// `\*`.
    fn escape(&mut self, level: &mut Level) -> bool {
        let escaped = byte(self.text, self.at + 1);
        let known = b"\\.*_+`<>()[]{}#!:|\"'$=-".contains(&escaped) || (escaped == b'~' && self.parser.settings.gfm);
        if !known || escaped == 0 {
            return false;
        }
        let span = self.buffer.span(self.at, self.at + 2);
        level.push_text(self.text.get(self.at + 1..self.at + 2).unwrap_or_default(), span);
        level.tail = Tail::Text;
        self.at += 2;
        true
    }

    /// The character before `at`.
    fn before(&self, at: usize) -> Option<char> {
        self.text.get(self.start..at)?.chars().next_back()
    }

    /// Whether white space stands before `at`.
    fn is_space_before(&self, at: usize) -> bool {
        at > self.start && is_space(byte(self.text, at - 1))
    }

    /// Goes on at `at`, for what was read behind it came to nothing.
    fn give_up(&mut self, at: usize, reached: usize) {
        self.buffer.spend(reached.saturating_sub(at));
        self.at = at;
    }

    /// Whether looking ahead is still allowed.
    fn may_try(&self) -> bool {
        !self.buffer.is_exhausted()
    }
}

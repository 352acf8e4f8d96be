//! Emphasis and strikethrough.

use super::level::{Level, Tree};
use super::{Spans, Stop};
use crate::ast::{Inline, InlineKind};
use crate::markup::kramdown::scan::{byte, char_at, is_alnum, is_alpha, is_space};
use crate::markup::kramdown::text::Needle;

impl Spans<'_, '_, '_> {
    /// `*a*`, `**a**`, `_a_`, `__a__`.
    pub(super) fn emphasis(&mut self, level: &mut Level) {
        let start = self.at;
        let character = byte(self.text, start);
        let length = 1 + usize::from(byte(self.text, start + 1) == character);
        let is_strong = length == 2;
        self.at += length;
        let is_open = if is_strong { level.in_strong } else { level.in_emphasis };
        let in_word = character == b'_' && self.is_word_before(start);
        if in_word || is_space(byte(self.text, self.at)) || is_open || level.nodes >= super::MOST_NODES {
            self.add_text(level, start, self.at);
            return;
        }
        let tree = if is_strong { Tree::Strong } else { Tree::Emphasis };
        if self.try_emphasis(level, (start, character, length), tree)
            || (is_strong
                && level.tree != Tree::Emphasis
                && self.try_emphasis(level, (start, character, 1), Tree::Emphasis))
        {
            return;
        }
        self.at = start + length;
        self.add_text(level, start, self.at);
    }

    /// Reads from behind the mark up to the one that closes it.
    fn try_emphasis(&mut self, level: &mut Level, (start, character, length): (usize, u8, usize), tree: Tree) -> bool {
        self.at = start + length;
        if !self.may_try() || !self.may_close(character, length) {
            return false;
        }
        let mut inner = level.child(tree);
        if !self.run(&mut inner, &mut Stop::Mark { character, length }) {
            let reached = self.at;
            self.give_up(start + length, reached.max(self.text.len()));
            return false;
        }
        self.at += length;
        let content = inner.finish();
        let kind = if tree == Tree::Strong { InlineKind::Strong(content) } else { InlineKind::Emphasis(content) };
        level.push(Inline::new(kind).at(self.buffer.span(start, self.at)));
        true
    }

    /// Whether a mark that could close stands anywhere behind.
    fn may_close(&mut self, character: u8, length: usize) -> bool {
        let kind = usize::from(character == b'_') * 2 + length - 1;
        if self.at >= self.hopeless[kind] {
            return false;
        }
        let bytes = self.text.as_bytes();
        let rest = bytes.get(self.at + 1..).unwrap_or_default();
        let found = memchr::memchr_iter(character, rest)
            .map(|n| self.at + 1 + n)
            .any(|at| !is_space(bytes[at - 1]) && (length == 1 || byte(self.text, at + 1) == character));
        if !found {
            self.hopeless[kind] = self.at;
        }
        found
    }

    /// Whether the mark here closes what is open.
    pub(super) fn closes_emphasis(&self, level: &Level, character: u8, length: usize) -> bool {
        let at = self.at;
        let marks = (at..at + 3).take_while(|&i| byte(self.text, i) == character).count();
        if marks < length || self.is_space_before(at) || level.tail == super::Tail::Nothing {
            return false;
        }
        if length == 1 && marks == 2 {
            return false;
        }
        character != b'_' || !char_at(self.text, at + length).is_some_and(is_alnum)
    }

    /// Whether a word stands before `at`, up to one hyphen behind it.
    fn is_word_before(&self, at: usize) -> bool {
        match self.before(at) {
            Some('-') => self.before(at - 1).is_some_and(is_alpha),
            Some(c) => is_alpha(c),
            None => false,
        }
    }

    /// `~~a~~`.
    pub(super) fn strikethrough(&mut self, level: &mut Level) -> bool {
        let start = self.at;
        let from = start + 2;
        let first = byte(self.text, from);
        if !self.parser.settings.gfm || byte(self.text, start + 1) != b'~' || level.nodes >= super::MOST_NODES {
            return false;
        }
        if first == 0 || is_space(first) || first == b'~' {
            return false;
        }
        let Some(end) = self.strikethrough_end(from) else { return false };
        // What is in it is read as a text of its own.
        let keeps_symbols = level.keeps_symbols;
        let mut inner = Level { in_html: true, nodes: level.nodes + 1, keeps_symbols, ..Level::root() };
        let (outer_text, outer_start, hopeless) = (self.text, self.start, self.hopeless);
        self.hopeless = super::HOPE;
        self.text = self.text.get(..end).unwrap_or_default();
        (self.start, self.at) = (from, from);
        self.run(&mut inner, &mut Stop::End);
        (self.text, self.start, self.hopeless) = (outer_text, outer_start, hopeless);
        self.at = end + 2;
        let kind = InlineKind::Strikethrough(inner.finish());
        level.push(Inline::new(kind).at(self.buffer.span(start, self.at)));
        true
    }

    /// Where the `~~` stands that closes what starts at `from`.
    fn strikethrough_end(&mut self, from: usize) -> Option<usize> {
        if from >= self.hopeless[4] {
            return None;
        }
        let mut at = from;
        while let Some(found) = self.buffer.find(Needle::Tildes, at).filter(|found| found + 2 <= self.text.len()) {
            let before = byte(self.text, found - 1);
            if found > from && !is_space(before) && before != b'~' {
                return Some(found);
            }
            at = found + 1;
        }
        self.hopeless[4] = from;
        None
    }
}

use std::fmt;
use std::sync::OnceLock;

/// A place in a text as an editor shows it: line and column, both from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(clippy::exhaustive_structs)] // a line and a column, forever
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in Unicode scalar values.
    pub column: usize,
}

impl fmt::Display for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.line, self.column)
    }
}

/// Turns byte offsets of one text into [`Position`]s, without reading the text again for each.
#[derive(Debug)]
pub struct LineIndex<'a> {
    text: &'a str,
    starts: Vec<usize>,
    /// How many characters stand before each block of [`BLOCK`] bytes; counted when a place far into its line is asked for.
    before_blocks: OnceLock<Vec<usize>>,
}

/// No more than this is counted for each place.
const BLOCK: usize = 1024;

impl<'a> LineIndex<'a> {
    /// Reads where the lines of `text` start. A line ends at `\n`, at `\r\n` and at a lone `\r`.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        starts.extend(memchr::memchr2_iter(b'\n', b'\r', bytes).filter_map(|at| {
            let before_newline = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            (!before_newline).then_some(at + 1)
        }));
        LineIndex { text, starts, before_blocks: OnceLock::new() }
    }

    /// The place of the byte at `offset`; past the end, the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor_boundary(self.text, offset);
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let start = self.starts[line - 1];
        let characters = match offset.saturating_sub(start) {
            length if length <= BLOCK => self.characters(start, offset),
            _ => self.characters_before(offset).saturating_sub(self.characters_before(start)),
        };
        Position { line, column: characters + 1 }
    }

    /// How many characters begin from `start` to `end`. A byte order mark has no width in any editor.
    fn characters(&self, start: usize, end: usize) -> usize {
        let bytes = self.text.as_bytes();
        let begins = |&at: &usize| {
            let rest = bytes.get(at..).unwrap_or_default();
            rest.first().is_some_and(|byte| byte & 0xC0 != 0x80) && !rest.starts_with("\u{feff}".as_bytes())
        };
        (start..end).filter(begins).count()
    }

    fn characters_before(&self, offset: usize) -> usize {
        let blocks = self.before_blocks.get_or_init(|| {
            let mut count = 0;
            let starts = (0..=self.text.len()).step_by(BLOCK);
            starts
                .map(|start| {
                    let before = count;
                    count += self.characters(start, (start + BLOCK).min(self.text.len()));
                    before
                })
                .collect()
        });
        let block = offset / BLOCK;
        blocks.get(block).copied().unwrap_or_default() + self.characters(block * BLOCK, offset)
    }
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut offset = offset.min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_at_every_kind_of_line_end() {
        let index = LineIndex::new("a\r\nbé\rc\nd");
        let at = |offset| index.position(offset).to_string();
        assert_eq!([at(0), at(3), at(4), at(7), at(9), at(99)], ["1:1", "2:1", "2:2", "3:1", "4:1", "4:2"]);
    }

    #[test]
    fn a_place_far_into_its_line_is_counted_as_one_near_its_start() {
        for piece in ["a", "é", "\u{feff}x", "日本", "🦀a"] {
            let text = format!("first\n{}\nlast", piece.repeat(3_000));
            let index = LineIndex::new(&text);
            for (offset, _) in text.char_indices().step_by(7) {
                let line = text[..offset].rfind('\n').map_or(0, |at| at + 1);
                let expected = text[line..offset].chars().filter(|&c| c != '\u{feff}').count() + 1;
                assert_eq!(index.position(offset).column, expected, "{piece:?} at {offset}");
            }
        }
    }

    #[test]
    fn an_offset_inside_a_character_is_that_characters_place() {
        assert_eq!(LineIndex::new("é").position(1).to_string(), "1:1");
    }
}

use std::fmt;

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
}

impl<'a> LineIndex<'a> {
    /// Reads where the lines of `text` start. A line ends at `\n`, at `\r\n` and at a lone `\r`.
    pub fn new(text: &'a str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        starts.extend(memchr::memchr2_iter(b'\n', b'\r', bytes).filter_map(|at| {
            let before_newline = bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n');
            (!before_newline).then_some(at + 1)
        }));
        LineIndex { text, starts }
    }

    /// The place of the byte at `offset`; past the end, the end.
    pub fn position(&self, offset: usize) -> Position {
        let offset = floor_boundary(self.text, offset);
        let line = self.starts.partition_point(|&start| start <= offset).max(1);
        let before = self.text.get(self.starts[line - 1]..offset).unwrap_or_default();
        // A byte order mark has no width in any editor.
        let column = before.chars().filter(|&c| c != '\u{feff}').count() + 1;
        Position { line, column }
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
    fn an_offset_inside_a_character_is_that_characters_place() {
        assert_eq!(LineIndex::new("é").position(1).to_string(), "1:1");
    }
}

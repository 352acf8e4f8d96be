//! Looking for bytes, many at a time: by a table, or sixteen at once in loops that the compiler turns into a few
//! instructions for each block.

const BLOCK: usize = 16;

/// Some bytes.
#[derive(Clone, Debug)]
pub(crate) struct Set {
    has: [bool; 256],
}

impl Set {
    /// These bytes.
    pub(crate) const fn of(bytes: &[u8]) -> Self {
        Set { has: [false; 256] }.and(bytes)
    }

    /// These too.
    pub(crate) const fn and(mut self, bytes: &[u8]) -> Self {
        let mut index = 0;
        while index < bytes.len() {
            self.has[bytes[index] as usize] = true;
            index += 1;
        }
        self
    }

    /// All from `first` to `last` too.
    pub(crate) const fn and_all(mut self, first: u8, last: u8) -> Self {
        let mut byte = first as usize;
        while byte <= last as usize {
            self.has[byte] = true;
            byte += 1;
        }
        self
    }

    pub(crate) const fn has(&self, byte: u8) -> bool {
        self.has[byte as usize]
    }

    /// How many bytes stand before the first that is one of them.
    pub(crate) fn find(&self, bytes: &[u8]) -> usize {
        let (blocks, _) = bytes.as_chunks::<8>();
        let clear = blocks.iter().take_while(|block| !block.iter().fold(false, |found, byte| found | self.has(*byte)));
        let at = 8 * clear.count();
        at + bytes[at..].iter().position(|byte| self.has(*byte)).unwrap_or(bytes.len() - at)
    }
}

/// How many bytes are words with one space between them, up to white space that is more, to a control character, or to
/// the end. No space stands at their end.
pub(crate) fn words(bytes: &[u8]) -> usize {
    let is_end = |byte: u8, next: u8| (byte < b' ') | ((byte == b' ') & (next <= b' '));
    let has_end = |block: &[u8; BLOCK + 1]| {
        let mut found = false;
        for at in 0..BLOCK {
            found |= is_end(block[at], block[at + 1]);
        }
        found
    };
    let mut at = 0;
    while let Some(block) = bytes[at..].first_chunk() {
        if has_end(block) {
            break;
        }
        at += BLOCK;
    }
    // The last block may overlap the one before.
    if let Some(block) = bytes.last_chunk()
        && bytes.len() - at <= BLOCK
        && !has_end(block)
    {
        at = bytes.len() - 1;
    }
    let next = |at: usize| bytes.get(at + 1).copied().unwrap_or(b' ');
    at + bytes[at..]
        .iter()
        .enumerate()
        .position(|(index, byte)| *byte <= b' ' && is_end(*byte, next(at + index)))
        .unwrap_or(bytes.len() - at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_white_space_is_more_than_a_space() {
        for (text, expected) in [
            ("", 0),
            ("a b", 3),
            ("a b ", 3),
            ("a  b", 1),
            ("a\nb", 1),
            ("a \nb", 1),
            ("\u{1}a", 0),
            ("a long line of words, with no end in sight, and then  some", 52),
            ("exactly sixteen b", 17),
            ("exactly sixteen ", 15),
        ] {
            assert_eq!(words(text.as_bytes()), expected, "{text:?}");
        }
    }

    #[test]
    fn the_first_byte_is_found() {
        let set = Set::of(b"*").and(b"+").and_all(b'[', b']');
        let text = "0123456789abcdef0123456789abcdef*x*";
        assert_eq!(set.find(text.as_bytes()), 32);
        assert_eq!(set.find(&text.as_bytes()[..20]), 20);
        assert_eq!(set.find(b"a\\+"), 1);
        assert_eq!(set.find(b""), 0);
    }
}

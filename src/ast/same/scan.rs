//! Looking for bytes sixteen at a time: loops that the compiler turns into a few instructions for each block.

const BLOCK: usize = 16;

/// How many bytes stand before the first that `is_wanted`.
pub(crate) fn find(bytes: &[u8], is_wanted: impl Fn(u8) -> bool) -> usize {
    let mut at = 0;
    while let Some(block) = bytes.get(at..at + BLOCK).and_then(|block| <&[u8; BLOCK]>::try_from(block).ok()) {
        if block.iter().fold(false, |found, byte| found | is_wanted(*byte)) {
            break;
        }
        at += BLOCK;
    }
    at + bytes[at..].iter().position(|byte| is_wanted(*byte)).unwrap_or(bytes.len() - at)
}

/// How many bytes are words with one space between them, up to white space that is more, to a control character, or to
/// the end. No space stands at their end.
pub(crate) fn words(bytes: &[u8]) -> usize {
    let is_end = |byte: u8, next: u8| (byte < b' ') | ((byte == b' ') & (next <= b' '));
    let mut at = 0;
    while let Some(block) = bytes.get(at..at + BLOCK + 1).and_then(|block| <&[u8; BLOCK + 1]>::try_from(block).ok()) {
        if (0..BLOCK).fold(false, |found, index| found | is_end(block[index], block[index + 1])) {
            break;
        }
        at += BLOCK;
    }
    let next = |index: usize| bytes.get(index + 1).copied().unwrap_or(b' ');
    (at..bytes.len()).find(|&index| is_end(bytes[index], next(index))).unwrap_or(bytes.len())
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
        let text = "0123456789abcdef0123456789abcdef*x*";
        assert_eq!(find(text.as_bytes(), |byte| byte == b'*'), 32);
        assert_eq!(find(&text.as_bytes()[..20], |byte| byte == b'*'), 20);
        assert_eq!(find(b"", |byte| byte == b'*'), 0);
    }
}

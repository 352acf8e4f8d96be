//! Words that stand for tags while a markup is read or printed: letters and digits, so that no markup changes them, and
//! none of them occurs in the text.

use memchr::memmem;

use crate::diag::Span;

/// The words for the tags of one text, numbered from 0.
#[derive(Clone, Debug)]
pub(super) struct Words {
    start: String,
}

impl Words {
    /// Words that do not occur in `text`.
    pub(super) fn new(text: &str) -> Self {
        // Made of the text itself, so that nobody can have written them there, and the same on every run.
        let mut hash = text
            .bytes()
            .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
        loop {
            let letters = (0..6).map(|place| {
                let letter = hash.checked_shr(place * 8 + 8).unwrap_or_default() % 20;
                u8::try_from(letter).map_or('a', |letter| char::from(b'a' + letter))
            });
            let start: String = ['t', 'a', 'g'].into_iter().chain(letters).collect();
            if memmem::find(text.as_bytes(), start.as_bytes()).is_none() {
                return Words { start };
            }
            hash = hash.wrapping_mul(0x0100_0000_01b3).wrapping_add(1);
        }
    }

    /// Other words, that do not occur in `text` either.
    pub(super) fn others(&self, text: &str) -> Self {
        Words::new(&format!("{}{text}", self.start))
    }

    /// The word for the tag numbered `index`.
    pub(super) fn word(&self, index: usize) -> String {
        format!("{}{index}z", self.start)
    }

    /// The words in `text`: where each stands, and its number.
    pub(super) fn find<'t>(&'t self, text: &'t str) -> impl Iterator<Item = (Span, usize)> + 't {
        memmem::find_iter(text.as_bytes(), self.start.as_bytes()).filter_map(|at| {
            let digits = text.get(at + self.start.len()..)?;
            let end = digits.find('z')?;
            let index = digits.get(..end)?.parse().ok()?;
            Some((Span::new(at, at + self.start.len() + end + 1), index))
        })
    }

    /// Whether there is a word in `text`.
    pub(super) fn are_in(&self, text: &str) -> bool {
        memmem::find(text.as_bytes(), self.start.as_bytes()).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_again_and_were_not_there_before() {
        let words = Words::new("some text");
        let text = format!("a{}1{} b", words.word(10), words.word(0));
        let found: Vec<usize> = words.find(&text).map(|(_, index)| index).collect();
        assert_eq!(found, [10, 0]);
        let other = Words::new(&text);
        assert!(other.word(0).bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()));
        assert!(!other.are_in(&text));
    }
}

//! Names of formats: [`FormatSpec`].

use std::fmt;
use std::str::FromStr;

use crate::diag::codes;
use crate::error::Error;

/// A format by name, with words that change it: `hugo`, `hugo+yaml`, `markdown+meta-footnotes`.
///
/// The grammar is `name` followed by any number of `+word` and `-word`; names and words are letters, digits and `_`. An
/// extension whose name has a `_` may be written with a `-` there: `as-shown`. A
/// `+word` that names a front matter syntax or a markup replaces that part of the format; any other word switches an
/// extension on, `-word` off. What a word may be depends on the format and is checked when a
/// [`Registry`](crate::Registry) resolves it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FormatSpec {
    /// The name before the first `+` or `-`.
    pub name: String,
    /// The words behind it, in order.
    pub words: Vec<Word>,
}

/// One word of a [`FormatSpec`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)] // plus and minus are all there is
pub enum Word {
    /// `+word`
    Plus(String),
    /// `-word`
    Minus(String),
}

impl FormatSpec {
    /// The format `name` as it is.
    pub fn new(name: impl Into<String>) -> Self {
        FormatSpec { name: name.into(), words: Vec::new() }
    }

    /// The same, with `+word` behind it.
    #[must_use]
    pub fn plus(mut self, word: impl Into<String>) -> Self {
        self.words.push(Word::Plus(word.into()));
        self
    }
}

impl FromStr for FormatSpec {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let bad = || {
            Error::new(&codes::FORMAT_SYNTAX, format!("`{text}` is not the name of a format"))
                .help("a format is a name and any number of +word or -word: hugo, hugo+yaml, markdown+meta")
        };
        let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let name_end = text.find(['+', '-']).unwrap_or(text.len());
        let (name, mut rest) = text.split_at(name_end);
        if !is_word(name) {
            return Err(bad());
        }
        let mut words = Vec::new();
        while let Some(sign) = rest.chars().next() {
            let word = &rest[1..];
            let (word, after) = word.split_at(word.find(['+', '-']).unwrap_or(word.len()));
            if !is_word(word) {
                return Err(bad());
            }
            words.push(if sign == '+' { Word::Plus(word.to_owned()) } else { Word::Minus(word.to_owned()) });
            rest = after;
        }
        Ok(FormatSpec { name: name.to_owned(), words })
    }
}

impl fmt::Display for FormatSpec {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name)?;
        self.words.iter().try_for_each(|word| match word {
            Word::Plus(word) => write!(f, "+{word}"),
            Word::Minus(word) => write!(f, "-{word}"),
        })
    }
}

/// The words, each name of an extension that is written with hyphens as one word: `+as-shown` is `+as_shown`.
pub(crate) fn joined(words: &[Word], known: &[&str]) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        if let (Some(Word::Plus(first) | Word::Minus(first)), Word::Minus(second)) = (out.last_mut(), word) {
            let whole = format!("{first}_{second}");
            if !known.contains(&first.as_str()) && known.contains(&whole.as_str()) {
                *first = whole;
                continue;
            }
        }
        out.push(word.clone());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_words_come_back_as_written() {
        for text in ["hugo", "hugo+yaml", "markdown+meta-footnotes+definition_lists"] {
            assert_eq!(text.parse::<FormatSpec>().unwrap().to_string(), text);
        }
    }

    #[test]
    fn a_hyphen_may_stand_in_the_name_of_an_extension() {
        let words = |text: &str| joined(&text.parse::<FormatSpec>().unwrap().words, &["as_shown", "tables"]);
        assert_eq!(words("jekyll+as-shown"), [Word::Plus("as_shown".into())]);
        assert_eq!(words("jekyll-as-shown"), [Word::Minus("as_shown".into())]);
        assert_eq!(words("jekyll+as_shown-tables"), [Word::Plus("as_shown".into()), Word::Minus("tables".into())]);
        assert_eq!(words("jekyll+as-nothing"), [Word::Plus("as".into()), Word::Minus("nothing".into())]);
    }

    #[test]
    fn anything_else_is_no_format() {
        for text in ["", "+yaml", "hugo+", "hugo++x", "hu go", "hugo+y.z", "é"] {
            assert!(text.parse::<FormatSpec>().is_err(), "{text}");
        }
    }
}

//! Where two pieces of pages differ, word by word.

use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::finding::{Change, Finding, Kind, Mark};
use super::said::Said;
use crate::ast::same::Piece;

/// Two sides are not told apart word by word if so many words are left between what both begin and end with: no reader
/// would look at them, and the time grows with the square.
const MAX_WORDS: usize = 10_000;

/// How many words around a difference are shown.
const AROUND: usize = 8;

/// Two sides that share less than one word in so many are not told apart word by word.
const SHARED: usize = 4;

/// A word with the white space before it, or a tag, or what stands in a script or style.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
enum Token {
    Word(String),
    Open(String, Vec<(String, String)>),
    Close(String),
    Hidden(String),
}

impl Token {
    fn is_word(&self) -> bool {
        matches!(self, Token::Word(_))
    }

    fn show(&self, out: &mut String) {
        match self {
            Token::Word(text) | Token::Hidden(text) => out.push_str(text),
            Token::Open(name, attrs) if name == "!--" => {
                out.extend(["<!--", attrs.first().map_or("", |(_, text)| text), "-->"]);
            }
            Token::Open(name, attrs) => {
                out.extend(["<", name]);
                for (name, value) in attrs {
                    out.extend([" ", name, "=\"", &value.replace('"', "&quot;"), "\""]);
                }
                out.push('>');
            }
            Token::Close(name) => out.extend(["</", name, ">"]),
        }
    }
}

/// The differences between what two parts say.
pub(super) fn differences(old: &Said, new: &Said) -> Vec<Finding> {
    let (old, new) = (tokens(old), tokens(new));
    let start = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let (old_rest, new_rest) = (&old[start..], &new[start..]);
    let end = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(old, new)| old == new).count();
    let (old_mid, new_mid) = (&old_rest[..old_rest.len() - end], &new_rest[..new_rest.len() - end]);
    let whole = || vec![(0..old_mid.len(), 0..new_mid.len())];
    let hunks = if old_mid.len() + new_mid.len() > MAX_WORDS { whole() } else { hunks(old_mid, new_mid) };
    let mut found = Vec::new();
    for (old_hunk, new_hunk) in hunks {
        let sides = Sides {
            old: &old,
            new: &new,
            old_hunk: start + old_hunk.start..start + old_hunk.end,
            new_hunk: start + new_hunk.start..start + new_hunk.end,
        };
        sides.findings(&mut found);
    }
    found
}

type Range = std::ops::Range<usize>;

/// What is replaced by what.
fn hunks(old: &[Token], new: &[Token]) -> Vec<(Range, Range)> {
    // hash: only looked up.
    let mut numbers: HashMap<&Token, usize> = HashMap::new();
    let mut number = |token| {
        let next = numbers.len();
        *numbers.entry(token).or_insert(next)
    };
    let old: Vec<usize> = old.iter().map(&mut number).collect();
    let new: Vec<usize> = new.iter().map(&mut number).collect();
    let mut counts = vec![0_usize; numbers.len()];
    old.iter().for_each(|&word| counts[word] += 1);
    let mut shared = 0;
    for &word in &new {
        if counts[word] > 0 {
            counts[word] -= 1;
            shared += 1;
        }
    }
    if shared * SHARED < old.len().max(new.len()) && old.len().min(new.len()) > 0 {
        return vec![(0..old.len(), 0..new.len())];
    }
    let ops = capture_diff_slices(Algorithm::Myers, &old, &new);
    let changed = ops.into_iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    changed.map(|op| (op.old_range(), op.new_range())).collect()
}

struct Sides<'t> {
    old: &'t [Token],
    new: &'t [Token],
    old_hunk: Range,
    new_hunk: Range,
}

impl Sides<'_> {
    fn findings(&self, found: &mut Vec<Finding>) {
        let (old, new) = (&self.old[self.old_hunk.clone()], &self.new[self.new_hunk.clone()]);
        let (old_words, new_words) = (words_of(old), words_of(new));
        let (old_tags, new_tags) = (tags_of(old), tags_of(new));
        let has_words = old_words != new_words;
        if has_words {
            let mut finding = self.finding(Kind::Text);
            (finding.old, finding.new) = (old_words, new_words);
            found.push(finding);
        }
        if old_tags != new_tags {
            let start = found.len();
            self.tag_findings(&old_tags, &new_tags, found);
            // The words beside them show them already.
            found.iter_mut().skip(start).filter(|_| has_words).for_each(|finding| finding.change = None);
        } else if !has_words {
            // White space between words and tags, or where a word stands among them.
            found.push(self.finding(Kind::Dom));
        }
    }

    /// Tags that stand for each other are told of one by one, else all together.
    fn tag_findings(&self, old: &[Token], new: &[Token], found: &mut Vec<Finding>) {
        let is_pair = |(old, new): &(&Token, &Token)| match (old, new) {
            (Token::Open(old, _), Token::Open(new, _)) => old == new,
            (old, new) => old == new,
        };
        if old.len() != new.len() || !old.iter().zip(new).all(|pair| is_pair(&pair)) {
            let mut finding = self.finding(Kind::Dom);
            (finding.old, finding.new) = (shown(old), shown(new));
            return found.push(finding);
        }
        for (old, new) in old.iter().zip(new).filter(|(old, new)| old != new) {
            let mut finding = self.finding(kind(old, new));
            let show = |token: &Token| {
                let mut out = String::new();
                token.show(&mut out);
                out
            };
            (finding.old, finding.new) = (show(old), show(new));
            found.push(finding);
        }
    }

    fn finding(&self, kind: Kind) -> Finding {
        let (old, new) = (shown(&self.old[self.old_hunk.clone()]), shown(&self.new[self.new_hunk.clone()]));
        let before = &self.new[self.new_hunk.start.saturating_sub(AROUND)..self.new_hunk.start];
        let behind = &self.new[self.new_hunk.end..(self.new_hunk.end + AROUND).min(self.new.len())];
        let mut finding = Finding::new(kind, old.clone(), new.clone());
        finding.change = Some(Change {
            before: shown(before),
            old: self.marked(self.old, &self.old_hunk),
            new: self.marked(self.new, &self.new_hunk),
            behind: shown(behind),
        });
        finding
    }

    fn marked(&self, tokens: &[Token], hunk: &Range) -> Vec<Mark> {
        let mut marks: Vec<Mark> = Vec::new();
        for token in tokens.get(hunk.clone()).unwrap_or_default() {
            let is_tag = !token.is_word();
            match marks.last_mut().filter(|mark| mark.is_tag == is_tag) {
                Some(mark) => token.show(&mut mark.text),
                None => {
                    let mut text = String::new();
                    token.show(&mut text);
                    marks.push(Mark { is_tag, text });
                }
            }
        }
        marks
    }
}

/// The words alone, with single spaces.
fn words_of(tokens: &[Token]) -> String {
    let words =
        tokens.iter().filter_map(|token| if let Token::Word(word) = token { Some(word.as_str()) } else { None });
    words.flat_map(str::split_ascii_whitespace).collect::<Vec<_>>().join(" ")
}

/// What is no word.
fn tags_of(tokens: &[Token]) -> Vec<Token> {
    tokens.iter().filter(|token| !token.is_word()).cloned().collect()
}

fn shown(tokens: &[Token]) -> String {
    let mut out = String::new();
    tokens.iter().for_each(|token| token.show(&mut out));
    out
}

/// What it is that differs between two tags of one name.
fn kind(old: &Token, new: &Token) -> Kind {
    let (Token::Open(name, old), Token::Open(_, new)) = (old, new) else { return Kind::Dom };
    let differs = |attr: &str| {
        let value =
            |attrs: &[(String, String)]| attrs.iter().find(|(own, _)| own == attr).map(|(_, value)| value.clone());
        value(old) != value(new)
    };
    match name.as_str() {
        "a" | "area" | "iframe" if differs("href") || differs("src") => Kind::Link,
        "img" | "source" | "video" | "audio" if differs("src") || differs("srcset") || differs("poster") => Kind::Image,
        _ => Kind::Dom,
    }
}

fn tokens(said: &Said) -> Vec<Token> {
    let mut out = Vec::new();
    for (piece, is_hidden) in said.pieces() {
        match piece {
            Piece::Open(name, attrs) => out.push(Token::Open(name, attrs)),
            Piece::Close(name) => out.push(Token::Close(name)),
            Piece::Text(text) if is_hidden => out.push(Token::Hidden(text)),
            Piece::Text(text) => words(&text, &mut out),
        }
    }
    out
}

/// Parts a text in front of white space.
fn words(text: &str, out: &mut Vec<Token>) {
    let mut start = 0;
    let mut was_space = true;
    for (at, c) in text.char_indices() {
        let is_space = c.is_ascii_whitespace();
        if is_space && !was_space {
            out.push(Token::Word(text[start..at].to_owned()));
            start = at;
        }
        was_space = is_space;
    }
    if start < text.len() {
        out.push(Token::Word(text[start..].to_owned()));
    }
}

//! Comments and empty lines between values, and which value each belongs to.

use crate::meta::{Comment, CommentPlace, Step};

/// A comment or an empty line found between two values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Trivia {
    /// Whether it stands behind the value that the gap follows, on its line.
    pub(super) is_trailing: bool,
    /// How many bytes of its line stand before it.
    pub(super) column: usize,
    /// The text behind the comment sign; `None` for an empty line.
    pub(super) text: Option<String>,
}

/// Finds the comments and empty lines in a gap between two values, which holds nothing else but punctuation and
/// white space.
///
/// A `#` begins a comment behind white space or at a line's start only (YAML 1.2, section 6.6); TOML's may stand anywhere
/// in a gap, which `anywhere` says.
pub(super) fn scan(text: &str, gap: std::ops::Range<usize>, anywhere: bool, out: &mut Vec<Trivia>) {
    let Some(content) = text.get(gap.clone()) else { return };
    if memchr::memchr2(b'\n', b'#', content.as_bytes()).is_none() {
        return;
    }
    if is_line_end(content, text.as_bytes().get(gap.start.wrapping_sub(1))) {
        return;
    }
    let line_start = text[..gap.start].rfind('\n').map_or(0, |at| at + 1);
    let mut is_first = true;
    for line in content.split_inclusive('\n') {
        let has_end = line.ends_with('\n');
        let bare = line.trim_end_matches(['\n', '\r']);
        let before = if is_first { &text[line_start..gap.start] } else { "" };
        match find_comment(before, bare, anywhere) {
            Some(at) => {
                let prefix = &bare[..at];
                let is_trailing = is_first && !(before.trim().is_empty() && prefix.trim().is_empty());
                out.push(Trivia { is_trailing, column: before.len() + at, text: Some(bare[at + 1..].to_owned()) });
            }
            None if has_end
                && bare.trim().is_empty()
                && before.trim().is_empty()
                && (!is_first || gap.start == line_start) =>
            {
                out.push(Trivia { is_trailing: false, column: 0, text: None });
            }
            None => {}
        }
        is_first = false;
    }
}

/// Whether a gap is what nearly all are: the end of a value's line and the indentation of the next, with punctuation, and
/// neither comments nor empty lines.
fn is_line_end(gap: &str, before: Option<&u8>) -> bool {
    let bytes = gap.as_bytes();
    let newlines = bytes.iter().filter(|&&byte| byte == b'\n').count();
    newlines == 1 && memchr::memchr(b'#', bytes).is_none() && before.is_some_and(|&byte| byte != b'\n')
}

fn find_comment(before: &str, line: &str, anywhere: bool) -> Option<usize> {
    if anywhere {
        return find_unquoted(line);
    }
    let behind_space = |at: usize| match line[..at].chars().next_back().or(before.chars().next_back()) {
        None => true,
        Some(c) => c.is_whitespace(),
    };
    memchr::memchr_iter(b'#', line.as_bytes()).find(|&at| behind_space(at))
}

/// The first `#` outside quotes: parts of dotted keys may stand in a gap.
fn find_unquoted(line: &str) -> Option<usize> {
    let mut quote = None;
    for (at, byte) in line.bytes().enumerate() {
        match quote {
            None if byte == b'#' => return Some(at),
            None if matches!(byte, b'"' | b'\'') => quote = Some(byte),
            Some(open) if byte == open => quote = None,
            _ => {}
        }
    }
    None
}

/// Makes comments of what was found.
pub(super) fn comment(path: Vec<Step>, place: CommentPlace, trivia: Trivia) -> Comment {
    let mut comment = Comment::new(path, place, "");
    comment.text = trivia.text;
    comment
}

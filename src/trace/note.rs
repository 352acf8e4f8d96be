//! Notes in comments.

use std::fmt::Write as _;

use crate::meta::{Comment, CommentPlace, Meta, Step};

/// One note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// Where its lines stood among the others', if not between those of its neighbours.
    pub(super) place: Option<usize>,
    pub(super) lines: String,
}

/// Writes a note behind what the line of the entry has for a comment.
pub(super) fn note(meta: &mut Meta, path: Vec<Step>, note: &Note, label: &str) {
    let mut text = format!(" {label}");
    if let Some(place) = note.place {
        let _ = write!(text, " {place}");
    }
    text.push(':');
    if !note.lines.is_empty() {
        text.push(' ');
        escape(note.lines.strip_suffix('\n').unwrap_or(&note.lines), &mut text);
    }
    let existing = meta
        .comments
        .iter_mut()
        .find(|comment| comment.path == path && comment.place == CommentPlace::Trailing)
        .and_then(|comment| comment.text.as_mut());
    match existing {
        Some(existing) => {
            existing.push_str(" #");
            existing.push_str(&text);
        }
        None => meta.comments.push(Comment::new(path, CommentPlace::Trailing, text)),
    }
}

fn escape(lines: &str, out: &mut String) {
    let last = lines.chars().count().saturating_sub(1);
    for (index, c) in lines.chars().enumerate() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // Space at the ends of a comment is easily lost.
            ' ' if index == 0 || index == last => out.push_str("\\s"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}') => {
                let _ = write!(out, "\\u{{{:x}}}", u32::from(c));
            }
            c => out.push(c),
        }
    }
}

fn unescape(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('\\') {
        out.push_str(&rest[..at]);
        let mut chars = rest[at + 1..].chars();
        match chars.next()? {
            '\\' => out.push('\\'),
            'n' => out.push('\n'),
            'r' => out.push('\r'),
            't' => out.push('\t'),
            's' => out.push(' '),
            'u' => {
                let (code, after) = chars.as_str().strip_prefix('{')?.split_once('}')?;
                out.push(char::from_u32(u32::from_str_radix(code, 16).ok()?)?);
                chars = after.chars();
            }
            _ => return None,
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    Some(out)
}

/// Takes the notes of the format `label` out of the comments of `meta`, each with the top-level key that it stands at.
pub(super) fn take_notes(meta: &mut Meta, label: &str) -> Vec<(String, Note)> {
    let mut notes = Vec::new();
    for comment in &mut meta.comments {
        let Some(text) = comment.text.as_deref().filter(|_| comment.place == CommentPlace::Trailing) else { continue };
        let Some((before, note)) = find_note(text, label) else { continue };
        let key = comment.path.iter().find_map(|step| match step {
            Step::Key(key) => Some(key.clone()),
            Step::Index(_) => None,
        });
        if let Some(key) = key {
            notes.push((key, note));
            comment.text = Some(before.to_owned());
        }
    }
    if !notes.is_empty() {
        meta.comments.retain(|comment| {
            comment.place != CommentPlace::Trailing || comment.text.as_deref().is_some_and(|text| !text.is_empty())
        });
    }
    notes
}

/// Whether there is a note of this format at all.
pub(super) fn has_notes(meta: &Meta, label: &str) -> bool {
    meta.comments.iter().any(|comment| comment.text.as_deref().is_some_and(|text| find_note(text, label).is_some()))
}

fn find_note<'t>(text: &'t str, label: &str) -> Option<(&'t str, Note)> {
    let (before, rest) = match text.trim_start().strip_prefix(label) {
        Some(rest) => ("", rest),
        None => text.split_once(&format!(" # {label}"))?,
    };
    let (place, lines) = rest.split_once(':')?;
    let place = match place.strip_prefix(' ') {
        Some(place) => Some(place.parse().ok()?),
        None if place.is_empty() => None,
        None => return None,
    };
    let lines = unescape(lines.strip_prefix(' ').unwrap_or(lines))?;
    let lines = if lines.is_empty() { lines } else { lines + "\n" };
    Some((before, Note { place, lines }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn notes_come_back_whatever_their_lines_hold() {
        for lines in ["title: x\n", "a: \\n # jekyll: b\n", "tags:\n- a\t\r\n- b \n", " \u{2028}\n\nx: y # z\n", ""] {
            let path = vec![Step::Key("k".to_owned())];
            let mut meta = Meta::new();
            meta.comments.push(Comment::new(path.clone(), CommentPlace::Trailing, " why"));
            let wanted = Note { place: Some(3), lines: lines.to_owned() };
            note(&mut meta, path, &wanted, "jekyll");
            assert_eq!(take_notes(&mut meta, "jekyll"), [("k".to_owned(), wanted)]);
            assert_eq!(meta.comments[0].text.as_deref(), Some(" why"));
        }
    }

    #[test]
    fn other_comments_are_left_alone() {
        for text in [" jekyll", " jekyll says: no", " of jekyll: x", " jekyll: a\\qb", " hugo: x"] {
            assert!(find_note(text, "jekyll").is_none(), "{text}");
        }
    }
}

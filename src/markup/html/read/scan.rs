//! Cuts HTML into pieces that begin and end where tokens do, cheaply and without judging anything: the tokenizer decides
//! what a piece is. So each token's place in the text is known, and what would make the tokenizer slow is seen before it
//! gets there.

use std::ops::Range;

use memchr::{memchr, memmem};

use crate::ast::same::html::tag_end;

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub(super) kind: PieceKind,
    pub(super) range: Range<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PieceKind {
    Text,
    StartTag,
    EndTag,
    /// A comment, a declaration, or what HTML takes for a comment.
    Comment,
}

/// The piece of `text[from..end]` that begins at `from`. It is never empty unless `from` is `end`.
pub(super) fn next_piece(text: &str, from: usize, end: usize) -> Piece {
    let bytes = &text.as_bytes()[..end];
    let kind_at = |at: usize| match (bytes.get(at + 1), bytes.get(at + 2)) {
        (Some(b'/'), Some(c)) if c.is_ascii_alphabetic() => Some(PieceKind::EndTag),
        (Some(b'/'), Some(_)) | (Some(b'!' | b'?'), _) => Some(PieceKind::Comment),
        (Some(c), _) if c.is_ascii_alphabetic() => Some(PieceKind::StartTag),
        _ => None,
    };
    if bytes.get(from) == Some(&b'<')
        && let Some(kind) = kind_at(from)
    {
        let to = match kind {
            PieceKind::Comment => comment_end(bytes, from),
            _ => tag_end(bytes, from).unwrap_or(bytes.len()),
        };
        return Piece { kind, range: from..to };
    }
    let mut at = from;
    let to = loop {
        match memchr(b'<', &bytes[at.min(end)..]) {
            None => break end,
            Some(found) if at + found > from && kind_at(at + found).is_some() => break at + found,
            Some(found) => at += found + 1,
        }
    };
    Piece { kind: PieceKind::Text, range: from..to }
}

/// The piece of `text[from..end]` up to the end tag of the raw text element `name`; the end tag itself if it stands at
/// `from`.
pub(super) fn next_raw_piece(text: &str, name: &str, from: usize, end: usize) -> Piece {
    let bytes = &text.as_bytes()[..end];
    let mut at = from;
    while let Some(found) = bytes.get(at..).and_then(|rest| memmem::find(rest, b"</")) {
        let start = at + found;
        let behind = start + 2 + name.len();
        let is_name = bytes.get(start + 2..behind).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        let is_end = bytes.get(behind).is_none_or(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>'));
        if is_name && is_end {
            return if start == from {
                Piece { kind: PieceKind::EndTag, range: from..tag_end(bytes, from).unwrap_or(bytes.len()) }
            } else {
                Piece { kind: PieceKind::Text, range: from..start }
            };
        }
        at = start + 2;
    }
    Piece { kind: PieceKind::Text, range: from..end }
}

/// The name of the tag `piece`, as written.
pub(super) fn tag_name<'t>(text: &'t str, piece: &Piece) -> &'t str {
    let start = piece.range.start + if piece.kind == PieceKind::EndTag { 2 } else { 1 };
    let rest = text.get(start..piece.range.end).unwrap_or_default();
    let end = rest.bytes().position(|b| b.is_ascii_whitespace() || matches!(b, b'/' | b'>')).unwrap_or(rest.len());
    &rest[..end]
}

/// How many attributes the tag has, or a few more.
pub(super) fn count_attributes(tag: &str) -> usize {
    let mut quote = None;
    let (mut count, mut before) = (0, b'<');
    for b in tag.bytes() {
        match quote {
            Some(q) if b == q => quote = None,
            Some(_) => {}
            None if matches!(b, b'"' | b'\'') && before == b'=' => quote = Some(b),
            None if !is_space(b)
                && !matches!(b, b'=' | b'>')
                && (is_space(before) || matches!(before, b'/' | b'"' | b'\'')) =>
            {
                count += 1
            }
            None => {}
        }
        // `a = "b"`: the quote counts although a space stands before it.
        if !(is_space(b) && before == b'=') {
            before = b;
        }
    }
    count
}

fn is_space(b: u8) -> bool {
    b.is_ascii_whitespace()
}

/// Where the comment that begins at `from` ends (HTML, sections 13.2.5.41 to 13.2.5.52).
fn comment_end(bytes: &[u8], from: usize) -> usize {
    let rest = &bytes[from..];
    let to = if rest.starts_with(b"<!-->") {
        5
    } else if rest.starts_with(b"<!--->") {
        6
    } else if rest.starts_with(b"<!--") {
        let plain = memmem::find(&rest[4..], b"-->").map(|found| found + 7);
        let limit = plain.unwrap_or(rest.len());
        memmem::find(&rest[4..limit], b"--!>").map_or(limit, |found| found + 8)
    } else {
        memchr(b'>', rest).map_or(rest.len(), |found| found + 1)
    };
    from + to
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < text.len() {
            let piece = next_piece(text, at, text.len());
            assert!(piece.range.end > at, "{text:?} at {at}");
            at = piece.range.end;
            out.push(&text[piece.range]);
        }
        out
    }

    #[test]
    fn pieces_end_where_tokens_do() {
        assert_eq!(pieces("a<b>c</b>"), ["a", "<b>", "c", "</b>"]);
        assert_eq!(pieces("1 < 2 <3<a>"), ["1 < 2 <3", "<a>"]);
        assert_eq!(pieces(r#"<a b=">" c='>' d=">x">e"#), [r#"<a b=">" c='>' d=">x">"#, "e"]);
        assert_eq!(pieces(r#"<a b = ">">c"#), [r#"<a b = ">">"#, "c"]);
        assert_eq!(pieces(r#"<a b"c>d"e"#), [r#"<a b"c>"#, r#"d"e"#]);
        assert_eq!(pieces("</a=\"b c=\">\">d"), ["</a=\"b c=\">\">", "d"]);
        assert_eq!(pieces("<a =\"b>c"), ["<a =\"b>", "c"]);
        assert_eq!(pieces("<a b=>c<d e=f/g>h</ i>"), ["<a b=>", "c", "<d e=f/g>", "h", "</ i>"]);
        assert_eq!(pieces("<!-- > -->a<!-->b<?x?></ z>"), ["<!-- > -->", "a", "<!-->", "b", "<?x?>", "</ z>"]);
        assert_eq!(pieces("<!-- a --!>b"), ["<!-- a --!>", "b"]);
        assert_eq!(pieces("<"), ["<"]);
        assert_eq!(pieces("a<"), ["a<"]);
        assert_eq!(pieces("<a b=\"c"), ["<a b=\"c"]);
    }

    #[test]
    fn raw_text_ends_at_its_own_end_tag() {
        let text = "a</b></scripty></SCRIPT >c";
        let piece = next_raw_piece(text, "script", 0, text.len());
        assert_eq!(&text[piece.range.clone()], "a</b></scripty>");
        let piece = next_raw_piece(text, "script", piece.range.end, text.len());
        assert_eq!(&text[piece.range], "</SCRIPT >");
    }

    #[test]
    fn attributes_are_counted() {
        assert_eq!(count_attributes("<a>"), 0);
        assert_eq!(count_attributes("<a b c=d e = \"f g\" h='i'>"), 4);
        let many: String = (0..1000).map(|n| format!(" a{n}=\"x y\"")).collect();
        assert_eq!(count_attributes(&format!("<a{many}>")), 1000);
        let glued: String = (0..1000).map(|n| format!("a{n}=\"x\"")).collect();
        assert!(count_attributes(&format!("<a {glued}>")) >= 1000);
    }
}

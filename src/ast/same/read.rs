//! A stream read back: the tags and texts that it is made of, to show where two differ.

use super::marks::{ANY_SPACING, BROKEN, CLOSE, END, ESCAPE, GLUED, NAME, OPEN, VALUE};

/// A piece of a stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    /// A start tag: name and attributes.
    Open(String, Vec<(String, String)>),
    /// An end tag.
    Close(String),
    /// Text, white space as it is in the stream.
    Text(String),
}

/// The pieces of what a stream has put out.
pub(crate) fn pieces(bytes: &[u8]) -> Vec<Piece> {
    let mut rest = bytes;
    let mut out = Vec::new();
    while let Some(&first) = rest.first() {
        match first {
            OPEN => {
                rest = &rest[1..];
                let name = text(&mut rest);
                let mut attrs = Vec::new();
                while rest.first() == Some(&NAME) {
                    rest = &rest[1..];
                    let name = text(&mut rest);
                    rest = rest.strip_prefix(&[VALUE]).unwrap_or(rest);
                    attrs.push((name, text(&mut rest)));
                }
                rest = rest.strip_prefix(&[END]).unwrap_or(rest);
                out.push(Piece::Open(name, attrs));
            }
            CLOSE => {
                rest = &rest[1..];
                let name = text(&mut rest);
                rest = rest.strip_prefix(&[END]).unwrap_or(rest);
                out.push(Piece::Close(name));
            }
            BROKEN | END | NAME | VALUE | ANY_SPACING | GLUED => rest = &rest[1..],
            _ => {
                let before = rest.len();
                let text = text(&mut rest);
                if rest.len() == before {
                    rest = &rest[1..];
                } else {
                    out.push(Piece::Text(text));
                }
            }
        }
    }
    out
}

/// The text up to the next mark.
fn text(rest: &mut &[u8]) -> String {
    let mut out = Vec::new();
    while let Some(&byte) = rest.first() {
        match byte {
            ESCAPE => {
                out.extend(rest.get(1).map(|byte| byte.wrapping_sub(b'@')));
                *rest = rest.get(2..).unwrap_or_default();
            }
            OPEN | NAME | VALUE | END | CLOSE | BROKEN | ANY_SPACING | GLUED => break,
            byte => {
                out.push(byte);
                *rest = &rest[1..];
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

#[cfg(test)]
mod tests {
    use super::super::{Equality, Stream};
    use super::*;

    #[test]
    fn a_stream_reads_back() {
        let mut stream = Stream::new(Equality::Reader);
        stream.open("p", &mut [("b", "2"), ("a", "\u{1}")]);
        stream.text(" x  y ");
        stream.open("i", &mut []);
        stream.text("z\u{6}");
        stream.close("i");
        stream.close("p");
        stream.finish();
        let attrs = vec![("a".to_owned(), "\u{1}".to_owned()), ("b".to_owned(), "2".to_owned())];
        assert_eq!(
            pieces(stream.bytes()),
            [
                Piece::Open("p".to_owned(), attrs),
                Piece::Text("x y ".to_owned()),
                Piece::Open("em".to_owned(), vec![]),
                Piece::Text("z\u{6}".to_owned()),
                Piece::Close("em".to_owned()),
                Piece::Close("p".to_owned()),
            ]
        );
    }
}

//! Finding head and body of an HTML page, tag by tag.

use crate::ast::same::html::tag_end;

/// A tag, comment or piece of text in the first part of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece<'t> {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind<'t>,
    /// Whether its end was found: else all the rest of the text is in it.
    is_closed: bool,
}

/// What a piece is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'t> {
    /// `<name …>`; of an element whose content is no markup, up to its end tag.
    Open(&'t str),
    /// `</name>`
    Close(&'t str),
    Comment,
    /// `<!DOCTYPE …>` and `<?…>`
    Declaration,
    /// Text with something in it.
    Text,
}

/// Elements whose content is text to the parser.
const RAW_TEXT: [&str; 5] = ["title", "style", "script", "noscript", "template"];

/// The pieces of an HTML text from an offset on. White space between them is left out.
pub(super) struct Pieces<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> Pieces<'t> {
    pub(super) fn new(text: &'t str, at: usize) -> Self {
        Pieces { text, at }
    }
}

impl<'t> Iterator for Pieces<'t> {
    type Item = Piece<'t>;

    fn next(&mut self) -> Option<Piece<'t>> {
        let rest = &self.text[self.at..];
        let start = self.at + (rest.len() - rest.trim_start().len());
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        let (kind, length) = piece(rest);
        self.at = start + length.unwrap_or(rest.len());
        Some(Piece { start, end: self.at, kind, is_closed: length.is_some() })
    }
}

/// What the text begins with, and how long that is, if it ends.
fn piece(rest: &str) -> (Kind<'_>, Option<usize>) {
    if let Some(comment) = rest.strip_prefix("<!--") {
        return (Kind::Comment, comment.find("-->").map(|end| "<!--".len() + end + "-->".len()));
    }
    if rest.starts_with("<!") || rest.starts_with("<?") {
        return (Kind::Declaration, rest.find('>').map(|end| end + 1));
    }
    let (name_start, is_close) = if rest.starts_with("</") { (2, true) } else { (1, false) };
    let ends_name = |byte: u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
    let name_length =
        rest.get(name_start..).map_or(0, |name| name.bytes().take_while(|byte| !ends_name(*byte)).count());
    let name = rest.get(name_start..name_start + name_length).unwrap_or_default();
    if !rest.starts_with('<') || !name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        let first = rest.chars().next().map_or(0, char::len_utf8);
        return (Kind::Text, Some(rest[first..].find('<').map_or(rest.len(), |end| first + end)));
    }
    let end = tag_end(rest.as_bytes(), 0);
    if is_close {
        return (Kind::Close(name), end);
    }
    let is_raw = RAW_TEXT.iter().any(|raw| raw.eq_ignore_ascii_case(name));
    let end = if is_raw { end.and_then(|end| raw_text_end(rest, end, name)) } else { end };
    (Kind::Open(name), end)
}

fn raw_text_end(rest: &str, from: usize, name: &str) -> Option<usize> {
    let content = &rest[from..];
    let ends_name = |rest: &str| rest.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    let close = memchr::memmem::find_iter(content.as_bytes(), b"</").find(|&at| {
        let behind = content.get(at + 2..).and_then(|rest| rest.split_at_checked(name.len()));
        behind.is_some_and(|(found, rest)| found.eq_ignore_ascii_case(name) && ends_name(rest))
    });
    close.and_then(|at| Some(from + tag_end(content.as_bytes(), at)?))
}

/// Where things stand in a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// The first byte of the body's content.
    pub(super) body_start: usize,
    /// The byte behind it.
    pub(super) body_end: usize,
}

/// Finds the body of a page; `None` if the text is a fragment.
pub(super) fn page(text: &str, start: usize) -> Option<Page> {
    let mut is_page = false;
    let mut body_start = None;
    let mut end = start;
    let mut is_endless = false;
    for piece in Pieces::new(text, start) {
        match piece.kind {
            // What never ends would swallow the tags that are written behind it: it is the body's.
            _ if !piece.is_closed && is_page => {
                is_endless = true;
                break;
            }
            _ if !piece.is_closed => return None,
            Kind::Comment if !is_page => {}
            Kind::Comment => end = piece.end,
            Kind::Declaration => {
                let text = &text[piece.start..piece.end];
                is_page |= text.get(..9).is_some_and(|text| text.eq_ignore_ascii_case("<!doctype"));
                end = piece.end;
            }
            Kind::Open(name) if is_one_of(name, &["html", "head"]) => {
                is_page = true;
                end = piece.end;
            }
            Kind::Open(name) if name.eq_ignore_ascii_case("body") => {
                body_start = Some(behind_newline(text, piece.end));
                break;
            }
            Kind::Open(name)
                if is_page
                    && is_one_of(
                        name,
                        &["title", "meta", "link", "base", "style", "script", "noscript", "template"],
                    ) =>
            {
                end = piece.end;
            }
            Kind::Close(name) if is_page && name.eq_ignore_ascii_case("head") => end = piece.end,
            // The tag `<body>` may be left out: the body begins with what cannot stand in a head.
            _ if is_page => break,
            _ => return None,
        }
    }
    let body_start = body_start.or_else(|| is_page.then(|| behind_newline(text, end)))?;
    // What looks like the page's end tags is a part of what never ends.
    let body_end = if is_endless { text.len() } else { body_end(text, body_start) };
    Some(Page { body_start, body_end })
}

/// The body ends where only end tags and comments follow.
fn body_end(text: &str, body_start: usize) -> usize {
    let body = &text[body_start..];
    let close = memchr::memmem::rfind_iter(body.as_bytes(), b"</").take(16).find_map(|at| {
        let name = body.get(at + 2..at + 6)?;
        name.eq_ignore_ascii_case("body").then_some(body_start + at)
    });
    let close = close.filter(|&close| {
        Pieces::new(text, close).all(|piece| match piece.kind {
            Kind::Close(name) => is_one_of(name, &["body", "html"]),
            kind => kind == Kind::Comment,
        })
    });
    close.unwrap_or(text.len())
}

fn behind_newline(text: &str, at: usize) -> usize {
    match &text[at..] {
        rest if rest.starts_with("\r\n") => at + 2,
        rest if rest.starts_with('\n') => at + 1,
        _ => at,
    }
}

pub(super) fn is_one_of(name: &str, names: &[&str]) -> bool {
    names.iter().any(|known| known.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Option<&str> {
        page(text, 0).map(|page| &text[page.body_start..page.body_end])
    }

    #[test]
    fn a_page_has_a_head_or_says_that_it_is_one() {
        assert_eq!(
            body(
                "<!DOCTYPE html>\n<html><head><title>a > b</title></head>\n<body class='x'>\n<p>Hi</p>\n</body></html>\n"
            ),
            Some("<p>Hi</p>\n")
        );
        assert_eq!(body("<!doctype html><title>T</title><p>Hi"), Some("<p>Hi"));
        assert_eq!(body("<HTML><body>x</body> y"), Some("x</body> y"));
        assert_eq!(body("<!-- c --><p>Hi</p>"), None);
        assert_eq!(body("<title>T</title>"), None);
        assert_eq!(body("<html><title>T</title><meta name="), Some("<meta name="));
        assert_eq!(body("<html><title>T"), Some("<title>T"));
        assert_eq!(body("<html><title>T</tilte></body></html>"), Some("<title>T</tilte></body></html>"));
        assert_eq!(body("<html><!-- c"), Some("<!-- c"));
        assert_eq!(body("<html "), None);
        assert_eq!(body("<html\u{feff}><p>Hi"), None);
        assert_eq!(body("<html><title>T</titles></title><p>Hi"), Some("<p>Hi"));
        assert_eq!(body("text"), None);
    }

    #[test]
    fn tags_in_scripts_and_quotes_are_none() {
        assert_eq!(body("<html><head><script>'<body>'</script><meta content='<body>'></head><body>x"), Some("x"));
        // A quote that begins no value hides nothing.
        assert_eq!(body("<html = 'a><head></head><body>x"), Some("x"));
    }
}

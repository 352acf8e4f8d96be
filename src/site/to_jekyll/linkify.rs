//! What Hugo shows otherwise than it is written, put into the text before anything else is done: bare addresses, of which it
//! makes links and kramdown does not, and HTML, which it leaves out unless told.

use crate::ast::{BlockKind, Document, InlineKind, NodeRef, Step};
use crate::diag::Span;

/// A text with marks that were put into it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Linked {
    pub(super) text: String,
    /// Where in the text something was put, and how much so far.
    added: Vec<(usize, isize)>,
}

impl Linked {
    /// The place in the text as it was.
    pub(super) fn source(&self, offset: usize) -> usize {
        let before = self.added.partition_point(|&(at, _)| at < offset);
        let added = before.checked_sub(1).and_then(|last| self.added.get(last)).map_or(0, |&(_, added)| added);
        offset.saturating_add_signed(-added)
    }
}

/// Whether there may be a bare address in the text.
pub(super) fn may_hold(text: &str) -> bool {
    text.contains("://") || text.contains("www.") || text.contains('@')
}

/// Its bare addresses as links; and where one stands in a link of HTML, in which Hugo made another.
/// `protocol` is for addresses that name none.
pub(super) fn linked(text: &str, document: &Document, protocol: &str, shows_html: bool) -> (Vec<Edit>, Option<Span>) {
    let (mut links, mut tags) = (0, 0);
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut nested = None;
    for step in document.walk() {
        match step {
            Step::Enter(NodeRef::Inline(inline)) => match &inline.kind {
                InlineKind::Link(_) => links += 1,
                InlineKind::Raw(raw) if shows_html && is_tag(&raw.text, "<a") => tags += 1,
                InlineKind::Raw(raw) if shows_html && is_tag(&raw.text, "</a") => tags -= 1,
                InlineKind::Text(_) if tags > 0 => {
                    let (start, end) = (inline.span.start, inline.span.end);
                    nested = nested.or_else(|| next(text, start, end).map(|(from, to)| Span::new(from, to)));
                }
                // What is not spelt as it is shown is no bare address.
                InlineKind::Text(shown) if links == 0 && inline.span.slice(text) == Some(shown) => {
                    places.push((inline.span.start, inline.span.end));
                }
                _ => {}
            },
            Step::Leave(NodeRef::Inline(inline)) if matches!(inline.kind, InlineKind::Link(_)) => links -= 1,
            _ => {}
        }
    }
    (marked(text, places, protocol), nested)
}

/// Whether the raw HTML is this tag.
fn is_tag(html: &str, start: &str) -> bool {
    let rest = html.get(..start.len()).filter(|tag| tag.eq_ignore_ascii_case(start)).and(html.get(start.len()..));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '>'))
}

/// What takes the place of a part of the text.
pub(super) type Edit = (usize, usize, String);

/// HTML as comments, which is what Hugo shows of it if it is not told to let it through.
pub(super) fn hidden_html(text: &str, document: &Document) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    // What stood at the start of a line, to be put at its end: there a comment would be a block.
    let mut moved: Option<(usize, String)> = None;
    for step in document.walk() {
        let (span, is_block) = match step {
            Step::Enter(NodeRef::Block(block)) if matches!(block.kind, BlockKind::Raw(_)) => (block.span, true),
            Step::Enter(NodeRef::Inline(inline)) if matches!(inline.kind, InlineKind::Raw(_)) => (inline.span, false),
            _ => continue,
        };
        let Some(slice) = span.slice(text) else { continue };
        let html = slice.trim();
        // To a block of HTML belongs the text below it, too.
        if !html.starts_with('<') || !(is_block || html.ends_with('>')) || html.starts_with("<!--") {
            continue;
        }
        let start = span.start + (slice.len() - slice.trim_start().len());
        let end = start + html.len();
        // Two hyphens would end the comment for some.
        let comment = format!("<!-- {} -->", html.replace("--", "- -"));
        let line = text.get(..start).map_or(0, |before| before.rfind('\n').map_or(0, |at| at + 1));
        let from = edits.last().map_or(line, |last| last.1).max(line);
        let is_first = text.get(from..start).is_some_and(|before| {
            before.chars().all(|c| c.is_whitespace() || c.is_ascii_digit() || ">*-+.)".contains(c))
                && (from == line || edits.last().is_some_and(|last| last.2.is_empty()))
        });
        if is_block || !is_first {
            edits.push((start, end, comment));
            continue;
        }
        let line_end = text.get(end..).map_or(end, |rest| end + rest.find('\n').unwrap_or(rest.len()));
        let line_end = line_end
            - text.get(end..line_end).map_or(0, |rest| rest.len() - rest.trim_end_matches([' ', '\r', '\\']).len());
        edits.push((start, end, String::new()));
        // In a row of a table there is no such end.
        let is_row = text.get(line..line_end).is_some_and(|line| line.contains('|'));
        match &mut moved {
            _ if is_row => {}
            Some((at, comments)) if *at == line_end => comments.push_str(&comment),
            _ => {
                edits.extend(moved.take().map(|(at, comments)| (at, at, comments)));
                moved = Some((line_end, format!(" {comment}")));
            }
        }
        // Space behind it would begin the line.
        if let Some(last) = edits.last_mut() {
            let behind = text.get(end..line_end).unwrap_or_default();
            last.1 += behind.len() - behind.trim_start_matches(' ').len();
        }
    }
    edits.extend(moved.map(|(at, comments)| (at, at, comments)));
    edits
}

/// The text with these edits, if there are any.
pub(super) fn edited(text: &str, mut edits: Vec<Edit>) -> Option<Linked> {
    edits.sort_unstable();
    let mut out = Linked { text: String::with_capacity(text.len() + 16), added: Vec::new() };
    let (mut copied, mut added) = (0, 0_isize);
    for (from, to, put) in edits {
        if from < copied {
            continue;
        }
        out.text.push_str(text.get(copied..from)?);
        out.text.push_str(&put);
        added += put.len().cast_signed() - (to - from).cast_signed();
        out.added.push((out.text.len(), added));
        copied = to;
    }
    out.text.push_str(text.get(copied..)?);
    (!out.added.is_empty()).then_some(out)
}

/// The addresses in these parts of the text, as links.
fn marked(text: &str, places: Vec<(usize, usize)>, protocol: &str) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (start, end) in places {
        let mut at = start;
        while let Some((from, to)) = next(text, at, end) {
            let address = text.get(from..to).unwrap_or_default();
            let link = match address.starts_with("www.") {
                true => format!("[{address}]({protocol}://{address})"),
                false => format!("<{address}>"),
            };
            edits.push((from, to, link));
            at = to;
        }
    }
    edits
}

/// The next bare address in a part of the text, as Goldmark sees it.
/// It looks at the start of a part, too, and behind quotes, which it sets.
fn next(text: &str, from: usize, end: usize) -> Option<(usize, usize)> {
    let part = text.get(..end)?;
    let mut at = from;
    while at < end {
        let before = part.get(..at)?.chars().next_back();
        let opens =
            at == from || before.is_none_or(|c| c.is_whitespace() || matches!(c, '*' | '_' | '~' | '(' | '"' | '\''));
        let rest = part.get(at..)?;
        if opens && let Some(length) = url(rest).or_else(|| mail(rest)) {
            return Some((at, at + length));
        }
        at += rest.chars().next()?.len_utf8();
    }
    None
}

/// How long the address at the start of the text is.
fn url(text: &str) -> Option<usize> {
    let schemes = ["http://", "https://", "ftp://", "www."];
    let scheme = schemes.into_iter().find(|scheme| text.starts_with(scheme))?;
    let bytes = text.as_bytes();
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || b"-@:%._+~#=".contains(&byte);
    let mut end = scheme.len();
    while bytes.get(end).is_some_and(|&byte| is_host(byte)) {
        end += 1;
    }
    // A host ends in a dot and letters, then perhaps a port.
    let host = text.get(scheme.len()..end)?;
    let is_end = |at: usize| {
        let name = host.get(at + 1..)?;
        let letters = name.bytes().take_while(u8::is_ascii_lowercase).count();
        (at > 0 && letters > 0).then_some(at + 1 + letters)
    };
    let mut host_end = host.match_indices('.').filter_map(|(at, _)| is_end(at)).next_back()? + scheme.len();
    if scheme != "www." && bytes.get(host_end) == Some(&b':') {
        let digits = bytes.iter().skip(host_end + 1).take_while(|byte| byte.is_ascii_digit()).count();
        host_end += if digits > 0 { digits + 1 } else { 0 };
    }
    let mut end = host_end;
    if bytes.get(end).is_some_and(|byte| b"/#?".contains(byte)) {
        let is_path = |byte: u8| byte.is_ascii_alphanumeric() || b"-@:%_+.~#$!?&/=();,'\">^{}[]`".contains(&byte);
        while bytes.get(end).is_some_and(|&byte| is_path(byte)) {
            end += 1;
        }
    }
    // What ends a sentence is none of it, nor a bracket that was opened before it.
    loop {
        let found = text.get(..end)?;
        let last = found.chars().next_back()?;
        let is_open = last == ')' && found.matches(')').count() > found.matches('(').count();
        if matches!(last, '?' | '!' | '.' | ',' | ':' | '*' | '_' | '~' | '\'' | '"') || is_open {
            end -= 1;
        } else {
            break;
        }
    }
    // Brackets of the mark itself would end it.
    let is_whole = end >= host_end && !text.get(..end)?.contains(['<', '>', '[', ']', '`', '"']);
    is_whole.then_some(end)
}

/// The same for `a@example.org`.
fn mail(text: &str) -> Option<usize> {
    let is_user = |byte: u8| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte);
    let user = text.bytes().take_while(|&byte| is_user(byte)).count();
    let host = text.get(user..)?.strip_prefix('@')?;
    let is_host = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    let length = host.bytes().take_while(|&byte| is_host(byte)).count();
    let host = host.get(..length)?.trim_end_matches(['.', '-']);
    let is_name = user > 0 && host.contains('.') && host.split('.').all(|part| !part.is_empty());
    // kramdown knows fewer characters before the sign.
    let is_plain = text.get(..user)?.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte));
    let ends_in_letters = host.rsplit('.').next()?.bytes().all(|byte| byte.is_ascii_lowercase());
    (is_name && is_plain && ends_in_letters).then_some(user + 1 + host.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<&str> {
        let (mut at, mut out) = (0, Vec::new());
        while let Some((from, to)) = next(text, at, text.len()) {
            out.push(&text[from..to]);
            at = to;
        }
        out
    }

    #[test]
    fn addresses_are_those_that_goldmark_sees() {
        assert_eq!(
            found("(https://a.org/x_(y)). www.b.org, c@d.org."),
            ["https://a.org/x_(y)", "www.b.org", "c@d.org"]
        );
        assert_eq!(found("http://localhost:4222 xhttp://a.org"), Vec::<&str>::new());
        assert_eq!(found("see https://a.org:8080/x?y=1&z=2!"), ["https://a.org:8080/x?y=1&z=2"]);
        assert_eq!(found("mail a+b@d.org, x@localhost"), Vec::<&str>::new());
    }

    #[test]
    fn html_is_a_comment() {
        use crate::format::Markup;
        let shown = |text: &str| {
            let document = crate::markup::Markdown::commonmark()
                .parse(text, Span::new(0, text.len()), &crate::format::Extensions::new(), &mut ())
                .unwrap();
            edited(text, hidden_html(text, &document)).unwrap().text
        };
        assert_eq!(shown("a <b>c</b>\n"), "a <!-- <b> -->c<!-- </b> -->\n");
        assert_eq!(shown("<div>\n*x*\n</div>\n"), "<!-- <div>\n*x*\n</div> -->\n");
        assert_eq!(shown("<a id=x></a> *b*  \nc\n"), "*b* <!-- <a id=x> --><!-- </a> -->  \nc\n");
    }

    #[test]
    fn edits_are_put_in_once() {
        let edits = vec![(2, 3, "<!-- <b> -->".to_owned()), (0, 1, "x".to_owned()), (2, 3, "y".to_owned())];
        assert_eq!(edited("a b", edits).unwrap().text, "x <!-- <b> -->");
        assert_eq!(edited("a b", Vec::new()), None);
    }

    #[test]
    fn places_are_found_again() {
        let linked = Linked { text: "a <b> c".to_owned(), added: vec![(5, 2)] };
        assert_eq!((linked.source(0), linked.source(6)), (0, 4));
    }
}

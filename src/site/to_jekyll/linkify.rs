//! Bare addresses, of which Hugo makes links and kramdown does not: they are marked as links before anything else is done.

use crate::ast::{Document, InlineKind, NodeRef, Step};
use crate::diag::Span;

/// A text with marks that were put into it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Linked {
    pub(super) text: String,
    /// Where in the text something was put, and how much so far.
    added: Vec<(usize, usize)>,
}

impl Linked {
    /// The place in the text as it was.
    pub(super) fn source(&self, offset: usize) -> usize {
        let before = self.added.partition_point(|&(at, _)| at < offset);
        let added = before.checked_sub(1).and_then(|last| self.added.get(last)).map_or(0, |&(_, added)| added);
        offset.saturating_sub(added)
    }
}

/// Whether there may be a bare address in the text.
pub(super) fn may_hold(text: &str) -> bool {
    text.contains("://") || text.contains("www.") || text.contains('@')
}

/// The text with its bare addresses as links, if it has any; and where one stands in a link of HTML, in which Hugo made another.
/// `protocol` is for addresses that name none.
pub(super) fn linked(text: &str, document: &Document, protocol: &str) -> (Option<Linked>, Option<Span>) {
    let (mut links, mut tags) = (0, 0);
    let mut places: Vec<(usize, usize)> = Vec::new();
    let mut nested = None;
    for step in document.walk() {
        match step {
            Step::Enter(NodeRef::Inline(inline)) => match &inline.kind {
                InlineKind::Link(_) => links += 1,
                InlineKind::Raw(raw) if is_tag(&raw.text, "<a") => tags += 1,
                InlineKind::Raw(raw) if is_tag(&raw.text, "</a") => tags -= 1,
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
    places.sort_unstable();
    (marked(text, places, protocol), nested)
}

/// Whether the raw HTML is this tag.
fn is_tag(html: &str, start: &str) -> bool {
    let rest = html.get(..start.len()).filter(|tag| tag.eq_ignore_ascii_case(start)).and(html.get(start.len()..));
    rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_whitespace() || c == '>'))
}

/// The text with the addresses in these parts of it marked.
fn marked(text: &str, places: Vec<(usize, usize)>, protocol: &str) -> Option<Linked> {
    let mut out = Linked { text: String::with_capacity(text.len() + 16), added: Vec::new() };
    let (mut copied, mut added) = (0, 0);
    for (start, end) in places {
        let mut at = start.max(copied);
        while let Some((from, to)) = next(text, at, end) {
            let address = text.get(from..to)?;
            out.text.push_str(text.get(copied..from)?);
            let link = match address.starts_with("www.") {
                true => format!("[{address}]({protocol}://{address})"),
                false => format!("<{address}>"),
            };
            added += link.len() - address.len();
            out.text.push_str(&link);
            out.added.push((out.text.len(), added));
            copied = to;
            at = to;
        }
    }
    if out.added.is_empty() {
        return None;
    }
    out.text.push_str(text.get(copied..)?);
    Some(out)
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
    fn places_are_found_again() {
        let linked = Linked { text: "a <b> c".to_owned(), added: vec![(5, 2)] };
        assert_eq!((linked.source(0), linked.source(6)), (0, 4));
    }
}

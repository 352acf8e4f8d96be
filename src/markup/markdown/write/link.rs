//! Links, addresses and titles: what Markdown can say of them, and how.

use super::escape;
use crate::ast::same::scan::Set;
use crate::ast::{Inline, InlineKind, Link, Math};

/// Whether the link can stand as `<…>`: CommonMark 0.31, autolinks.
pub(super) fn is_autolink(link: &Link) -> bool {
    let [Inline { kind: InlineKind::Text(text), attrs: None, .. }] = link.content.as_slice() else { return false };
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '`' | '\\' | '|' | '&');
    if link.title.is_some() || !text.chars().all(is_plain) {
        return false;
    }
    if let Some(address) = link.url.strip_prefix("mailto:") {
        return address == text && is_email(address);
    }
    let is_scheme = |scheme: &str| {
        (2..=32).contains(&scheme.len())
            && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-'))
    };
    link.url == *text && link.url.split_once(':').is_some_and(|(scheme, _)| is_scheme(scheme))
}

fn is_email(address: &str) -> bool {
    let Some((local, domain)) = address.split_once('@') else { return false };
    let is_label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    !local.is_empty()
        && local.chars().all(|c| c.is_ascii_alphanumeric() || ".-_+".contains(c))
        && domain.split('.').all(is_label)
}

/// A link cannot stand in a link.
pub(super) fn contains_link(inlines: &[Inline]) -> bool {
    inlines.iter().any(|inline| match &inline.kind {
        InlineKind::Link(_) | InlineKind::FootnoteReference(_) => true,
        InlineKind::Emphasis(children) | InlineKind::Strong(children) | InlineKind::Strikethrough(children) => {
            contains_link(children)
        }
        InlineKind::Element(element) => element.name == "a" || contains_link(&element.children),
        InlineKind::Raw(raw) => raw.text.to_ascii_lowercase().contains("<a"),
        _ => false,
    })
}

/// A browser takes line breaks and tabs out of an address; Markdown has no form for them that stays one.
pub(super) fn is_sayable_url(url: &str) -> bool {
    // Those of two bytes begin with the last one.
    static MAY_BE_CONTROL: Set = Set::of(b"\x7f\xc2").and_all(0, 0x1f);
    MAY_BE_CONTROL.find(url.as_bytes()) == url.len() || !url.chars().any(char::is_control)
}

pub(super) fn is_sayable_label(label: &str) -> bool {
    !label.is_empty() && label.chars().all(|c| !c.is_whitespace() && !matches!(c, '[' | ']' | '\\' | '`' | '<' | '&'))
}

pub(super) fn is_sayable_math(math: &Math) -> bool {
    let text = &math.text;
    !text.is_empty()
        && !text.contains('$')
        && !text.contains("\n\n")
        && !text.ends_with('\\')
        && (math.display || !text.starts_with(char::is_whitespace) && !text.ends_with(char::is_whitespace))
}

/// The address of a link (CommonMark 0.31, link destination).
pub(super) fn destination(url: &str, has_title: bool, out: &mut String) {
    static ODD: Set = Set::of(b"\\&<>`()").and_all(0, b' ').and_all(0x7f, 0xff);
    if !url.is_empty() && ODD.find(url.as_bytes()) == url.len() {
        return out.push_str(url);
    }
    // `[]()` has an empty address too.
    let is_bracketed = url.is_empty() && has_title || url.contains(' ') || !is_balanced(url);
    if is_bracketed {
        out.push('<');
    }
    for (at, c) in url.char_indices() {
        let rest = &url[at..];
        match c {
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) || rest.len() == 1 => {
                out.push_str("\\\\")
            }
            '&' if escape::is_reference(rest) => out.push_str("&amp;"),
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '`' => out.push_str("%60"),
            '\u{a0}' => out.push_str("%C2%A0"),
            c if c.is_whitespace() && c != ' ' => {
                let mut buffer = [0; 4];
                for byte in c.encode_utf8(&mut buffer).bytes() {
                    out.push_str(&format!("%{byte:02X}"));
                }
            }
            c => out.push(c),
        }
    }
    if is_bracketed {
        out.push('>');
    }
}

/// Whether the parentheses in an address pair, and nest no deeper than every parser follows.
fn is_balanced(url: &str) -> bool {
    let mut depth = 0_u32;
    for byte in url.bytes() {
        match byte {
            b'(' => depth += 1,
            b')' if depth == 0 => return false,
            b')' => depth -= 1,
            _ => {}
        }
        if depth > 5 {
            return false;
        }
    }
    depth == 0
}

pub(super) fn title_text(title: &str, quote: char, out: &mut String) {
    for (at, c) in title.char_indices() {
        let rest = &title[at..];
        match c {
            c if c == quote => {
                out.push('\\');
                out.push(c);
            }
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) || rest.len() == 1 => {
                out.push_str("\\\\")
            }
            '&' if escape::is_reference(rest) => out.push_str("&amp;"),
            '\n' => out.push_str("&#10;"),
            '\r' => out.push_str("&#13;"),
            '`' => out.push_str("&#96;"),
            '\u{a0}' => out.push_str("&nbsp;"),
            c => out.push(c),
        }
    }
}

//! HTML in as many lines as the block around may have.

use super::tags;
use crate::ast::same::html::{StartTag, Token, Tokens};
use crate::ast::same::names;

/// The HTML without blank lines, which would end its block. Where white space counts the newline becomes a reference;
/// elsewhere an empty line is nothing. A script keeps those it has if it may stand in a block of its own.
pub(super) fn without_blank_lines(html: &str) -> std::borrow::Cow<'_, str> {
    if !has_blank_line(html) {
        return html.into();
    }
    let mut out = String::with_capacity(html.len());
    let mut tokens = Tokens::new(html);
    let mut keeps_space = 0_usize;
    let mut is_first = false;
    let mut script = None;
    let mut at_border = true;
    let mut at = 0;
    while let Some(token) = tokens.next() {
        let end = html.len() - tokens.left();
        let part = &html[at..end];
        at = end;
        match &token {
            Token::Text(_) if has_blank_line(part) && script.is_some_and(|start| start > 0) => {
                // Its lines cannot be changed: it gets a block of its own, which ends at its end tag. What follows stands on
                // that line.
                let start = script.unwrap_or_default();
                let own = out.split_off(start);
                out.truncate(out.trim_ascii_end().len());
                out.push_str("\n\n");
                out.push_str(&own);
                out.push_str(part);
                out.push_str(&in_one_line(&html[end..]));
                return out.into();
            }
            Token::Text(_) if keeps_space > 0 => push_kept(part, is_first, &mut out),
            Token::Start(tag) if has_line_in_value(tag) => push_tag(tag, &mut out),
            _ => {
                // What stands before the part ends in a newline, or the part has a blank line of its own.
                for (index, line) in part.split('\n').enumerate() {
                    let is_last = index + 1 == part.split('\n').count();
                    if index == 0 {
                        out.push_str(line);
                    } else if !line.trim_ascii().is_empty() || is_last {
                        while out.ends_with(['\n', ' ', '\t']) && out.trim_end_matches([' ', '\t']).ends_with('\n') {
                            out.pop();
                        }
                        out.push('\n');
                        out.push_str(line);
                    }
                }
            }
        }
        is_first = matches!(&token, Token::Start(tag) if names::keeps_space(&tag.name));
        // A script that may stand on a line of its own: no word right in front of it would be parted from one behind.
        script = match &token {
            Token::Start(tag) if names::class(&tag.name) == names::Class::Hidden => {
                let before = out.len().saturating_sub(part.len());
                let is_free = at_border || out[..before].ends_with([' ', '\n']) || ends_line(tokens.clone());
                is_free.then_some(before)
            }
            _ => None,
        };
        at_border = match &token {
            Token::Start(StartTag { name, .. }) | Token::End(name) => {
                names::is_block(name) || at_border && !names::is_replaced(name)
            }
            Token::Text(text) => at_border && text.trim_ascii().is_empty(),
            _ => at_border,
        };
        match token {
            Token::Start(tag) if names::keeps_space(&tag.name) => keeps_space += 1,
            Token::End(name) if names::keeps_space(&name) => keeps_space = keeps_space.saturating_sub(1),
            _ => {}
        }
    }
    out.into()
}

/// Whether nothing shows behind the script that these tokens begin in before its line ends.
fn ends_line(tokens: Tokens<'_>) -> bool {
    for token in tokens.skip(1) {
        match token {
            Token::Start(StartTag { name, .. }) | Token::End(name) if names::is_block(&name) => return true,
            Token::Start(tag) if names::is_replaced(&tag.name) => return false,
            Token::Text(text) if !text.trim_ascii().is_empty() => return false,
            Token::Broken(_) => return false,
            _ => {}
        }
    }
    true
}

/// Whether a line ends in the value of an attribute, where it counts.
fn has_line_in_value(tag: &StartTag<'_>) -> bool {
    tag.attrs.iter().any(|(_, value)| value.contains('\n'))
}

/// The tag in one line.
fn push_tag(tag: &StartTag<'_>, out: &mut String) {
    tags::start_tag(&tag.name, tag.attrs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())), out);
    if tag.closes_itself {
        out.pop();
        out.push_str("/>");
    }
}

fn has_blank_line(html: &str) -> bool {
    let bytes = html.as_bytes();
    memchr::memchr_iter(b'\n', bytes).any(|at| {
        let rest = &bytes[at + 1..];
        let spaces = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
        rest.get(spaces) == Some(&b'\n')
    })
}

/// Text whose white space counts: the newline of a blank line becomes a reference. Right behind the start tag the first
/// newline is no part of the text and stays.
fn push_kept(text: &str, is_first: bool, out: &mut String) {
    let mut text = text;
    if is_first && let Some(rest) = text.strip_prefix('\n') {
        out.push('\n');
        text = rest;
        while let Some(rest) = text.strip_prefix('\n') {
            out.push_str("&#10;");
            text = rest;
        }
    }
    let mut lines = text.split('\n').peekable();
    if let Some(first) = lines.next() {
        out.push_str(first);
    }
    while let Some(line) = lines.next() {
        // What follows the last newline is a tag.
        let is_blank = line.trim_ascii().is_empty() && lines.peek().is_some();
        out.push_str(if is_blank { "&#10;" } else { "\n" });
        out.push_str(line);
    }
}

/// The HTML without line ends.
pub(super) fn in_one_line(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut tokens = Tokens::new(html);
    let mut keeps_space = 0_usize;
    let mut at = 0;
    while let Some(token) = tokens.next() {
        let end = html.len() - tokens.left();
        match &token {
            Token::Start(tag) if has_line_in_value(tag) => push_tag(tag, &mut out),
            _ => out.push_str(&html[at..end].replace('\n', if keeps_space > 0 { "&#10;" } else { " " })),
        }
        at = end;
        match token {
            Token::Start(tag) if names::keeps_space(&tag.name) => keeps_space += 1,
            Token::End(name) if names::keeps_space(&name) => keeps_space = keeps_space.saturating_sub(1),
            _ => {}
        }
    }
    out
}

//! Where front matter begins and ends in a text.

use crate::diag::{Span, codes};
use crate::error::Error;
use crate::format::{Schema, Split};

const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The lines that front matter stands between.
pub(super) struct Fence {
    /// The line that opens it, and closes it.
    pub(super) mark: &'static str,
    /// Another line that closes it in Jekyll: YAML's `...`.
    pub(super) other_close: Option<&'static str>,
    /// Whether a line looks like an entry. Where nothing closes the fence, such a first line shows that it was one.
    pub(super) is_entry: fn(&str) -> bool,
}

impl Fence {
    /// Finds the front matter.
    ///
    /// # Errors
    /// If it is opened and never closed.
    pub(super) fn split(&self, text: &str, schema: Schema) -> Result<Option<Split>, Error> {
        match schema {
            Schema::Hugo => self.split_hugo(text),
            _ => self.split_jekyll(text, schema),
        }
    }

    /// As Jekyll 4.3's `Document::YAML_FRONT_MATTER_REGEXP` does:
    /// `\A(---\s*\n.*?\n?)^((---|\.\.\.)\s*$\n?)`, where `.` takes line ends too.
    fn split_jekyll(&self, text: &str, schema: Schema) -> Result<Option<Split>, Error> {
        let start = after_byte_order_mark(text);
        let Some(rest) = text[start..].strip_prefix(self.mark) else { return Ok(None) };
        let opening = start + self.mark.len();
        let blank = rest.len() - rest.trim_start_matches(is_ruby_space).len();
        let Some(line_end) = rest[..blank].find('\n') else { return Ok(None) };
        let front = opening + line_end + 1;
        for line in Lines::new(text, front) {
            let content = line.slice(text).unwrap_or_default();
            let closes =
                |mark: &str| content.strip_prefix(mark).is_some_and(|rest| rest.trim_matches(is_ruby_space).is_empty());
            if closes(self.mark) || self.other_close.is_some_and(closes) {
                let span = Span::new(front, line.start);
                // Two rules and text between them are a body to everybody but Jekyll, who stops at them.
                if schema != Schema::Jekyll && !self.begins_with_entry(text, span) {
                    return Ok(None);
                }
                return Ok(Some(Split::new(span, Span::new(behind_blank_lines(text, line.end), text.len()))));
            }
        }
        self.unclosed(text, Span::new(start, opening), Span::new(front, text.len()))
    }

    /// As Hugo 0.168's `pageparser` does: white space may stand in front, any line that begins with the mark closes.
    fn split_hugo(&self, text: &str) -> Result<Option<Split>, Error> {
        let start = after_byte_order_mark(text);
        let rest = text[start..].trim_start_matches(is_ruby_space);
        if !rest.starts_with(self.mark) {
            return Ok(None);
        }
        let opening = text.len() - rest.len();
        let front = opening + self.mark.len();
        let front = match &text[front..] {
            rest if rest.starts_with('\n') => front + 1,
            rest if rest.starts_with("\r\n") => front + 2,
            _ => front,
        };
        // On the line of the opening mark nothing can close.
        let begins_line = text[..front].ends_with('\n');
        for line in Lines::new(text, front).skip(usize::from(!begins_line)) {
            if line.slice(text).is_some_and(|content| content.starts_with(self.mark)) {
                let close = line.start + self.mark.len();
                let blank = text[close..].len() - text[close..].trim_start_matches([' ', '\t', '\r']).len();
                let body = match text[close + blank..].starts_with('\n') || close + blank == text.len() {
                    true => behind_blank_lines(text, close),
                    false => close,
                };
                return Ok(Some(Split::new(Span::new(front, line.start), Span::new(body, text.len()))));
            }
        }
        let opening = Span::new(opening, opening + self.mark.len());
        Err(self.error_unclosed(opening))
    }

    /// Nothing closes the fence. Jekyll and Markdown take it for a rule at the top of the body; if a line like `key:` is
    /// the first below, it was meant otherwise.
    fn unclosed(&self, text: &str, opening: Span, front: Span) -> Result<Option<Split>, Error> {
        let entry = first_line(text, front).filter(|line| line.slice(text).is_some_and(self.is_entry));
        entry.map_or(Ok(None), |_| Err(self.error_unclosed(opening)))
    }

    fn begins_with_entry(&self, text: &str, front: Span) -> bool {
        // An empty block is one too, unless the body between two rules is merely missing.
        first_line(text, front).is_none_or(|line| line.slice(text).is_some_and(self.is_entry))
    }

    fn error_unclosed(&self, opening: Span) -> Error {
        let mark = self.mark;
        Error::new(&codes::FRONT_UNCLOSED, format!("the front matter opened by `{mark}` is never closed"))
            .at(opening)
            .help(format!("put a line `{mark}` below its last key"))
    }
}

/// Where the text begins behind a byte order mark.
pub(super) fn after_byte_order_mark(text: &str) -> usize {
    if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len() } else { 0 }
}

/// What stands between a closing fence and the first line of the body that is not empty goes with the fence: so Jekyll's
/// regular expression has it, and no markup looks at blank lines there.
pub(super) fn behind_blank_lines(text: &str, close: usize) -> usize {
    let rest = &text[close..];
    let blank = rest.len() - rest.trim_start_matches(is_ruby_space).len();
    if blank == rest.len() {
        return text.len();
    }
    rest[..blank].rfind('\n').map_or(close, |at| close + at + 1)
}

/// The first line that is neither empty nor a comment.
fn first_line(text: &str, span: Span) -> Option<Span> {
    Lines::new(&text[..span.end], span.start).find(|line| {
        let content = line.slice(text).unwrap_or_default().trim();
        !content.is_empty() && !content.starts_with('#')
    })
}

/// A line of YAML that begins with a key: `title:`, `"a b": 1`, `? key`.
pub(super) fn is_yaml_entry(line: &str) -> bool {
    let line = line.trim_end();
    if line.starts_with("? ") || line.starts_with('{') {
        return true;
    }
    let Some(first) = line.chars().next() else { return false };
    let key = match first {
        '"' | '\'' => quoted_end(line),
        // Neither a sign of YAML, which a plain key cannot begin with, nor what begins a block of Markdown.
        _ if !"#*->|[]{}!&%@`,=~".contains(first) => {
            let ends_key = |at: usize| line[at + 1..].is_empty() || line[at + 1..].starts_with([' ', '\t']);
            memchr::memchr_iter(b':', line.as_bytes()).find(|&at| ends_key(at))
        }
        _ => None,
    };
    // A sentence may hold a colon behind some words; such keys are rare and can have quotes.
    key.and_then(|end| line.split_at_checked(end)).is_some_and(|(key, rest)| {
        (key.ends_with(first) && key.len() > 1 || !key.contains(' ')) && rest.trim_start_matches(' ').starts_with(':')
    })
}

/// Where the quoted text ends that the line begins with, if it does.
fn quoted_end(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    let quote = *bytes.first()?;
    let mut at = 1;
    while let Some(byte) = bytes.get(at) {
        match *byte {
            b'\\' if quote == b'"' => at += 2,
            byte if byte == quote && quote == b'\'' && bytes.get(at + 1) == Some(&quote) => at += 2,
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
    None
}

/// A line of TOML that begins a table or has a key: `[params]`, `title = 'x'`.
pub(super) fn is_toml_entry(line: &str) -> bool {
    let line = line.trim();
    // A quoted key may hold the sign too.
    let mut ends_of_keys = memchr::memchr_iter(b'=', line.as_bytes()).take(4);
    line.starts_with('[') || ends_of_keys.any(|at| super::toml::keys(line[..at].trim()).is_some())
}

/// What `\s` matches in Ruby.
fn is_ruby_space(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{b}' | '\u{c}')
}

/// The lines of a text from an offset on, each without its line feed.
struct Lines<'t> {
    text: &'t str,
    at: Option<usize>,
}

impl<'t> Lines<'t> {
    fn new(text: &'t str, start: usize) -> Self {
        Lines { text, at: Some(start) }
    }
}

impl Iterator for Lines<'_> {
    type Item = Span;

    fn next(&mut self) -> Option<Span> {
        let start = self.at.filter(|&at| at < self.text.len())?;
        let end = memchr::memchr(b'\n', &self.text.as_bytes()[start..]).map(|at| start + at);
        self.at = end.map(|end| end + 1);
        Some(Span::new(start, end.unwrap_or(self.text.len())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const YAML: Fence = Fence { mark: "---", other_close: Some("..."), is_entry: is_yaml_entry };

    fn split(text: &str, schema: Schema) -> Option<(&str, &str)> {
        let split = YAML.split(text, schema).unwrap()?;
        Some((split.front.slice(text).unwrap(), split.body.slice(text).unwrap()))
    }

    #[test]
    fn jekylls_regular_expression() {
        let jekyll = |text| split(text, Schema::Jekyll);
        assert_eq!(jekyll("---\na: 1\n---\nBody"), Some(("a: 1\n", "Body")));
        assert_eq!(jekyll("---  \na: 1\n...\t\n\n\n  Body"), Some(("a: 1\n", "  Body")));
        assert_eq!(jekyll("\u{feff}---\r\na: 1\r\n---\r\n\r\nBody"), Some(("a: 1\r\n", "Body")));
        assert_eq!(jekyll("---\n---\nBody"), Some(("", "Body")));
        assert_eq!(jekyll("---\na: 1\n---"), Some(("a: 1\n", "")));
        assert_eq!(jekyll("---\na: |\n  ---\n--- x\n---\nBody"), Some(("a: |\n  ---\n--- x\n", "Body")));
        assert_eq!(jekyll("\n---\na: 1\n---\n"), None);
        assert_eq!(jekyll("--- a: 1\n---\n"), None);
    }

    #[test]
    fn hugos_page_parser() {
        let hugo = |text| split(text, Schema::Hugo);
        assert_eq!(hugo("---\na: 1\n---\nBody"), Some(("a: 1\n", "Body")));
        assert_eq!(hugo("\n \n---\na: 1\n---  \nBody"), Some(("a: 1\n", "Body")));
        assert_eq!(hugo("---\r\na: 1\r\n---\r\n\r\nBody"), Some(("a: 1\r\n", "Body")));
        assert_eq!(hugo("---\na: 1\n---x\n"), Some(("a: 1\n", "x\n")));
        assert_eq!(hugo("---\n---\n"), Some(("", "")));
        assert!(YAML.split("---\nno end", Schema::Hugo).is_err());
    }

    #[test]
    fn a_rule_at_the_top_of_a_body_is_no_fence() {
        let plain = |text| split(text, Schema::Core);
        assert_eq!(plain("---\n\nSome text.\n"), None);
        assert_eq!(plain("---\n\nNote well: a sentence with a colon: here.\n\n---\n"), None);
        assert_eq!(plain("---\n# hi\ntitle: x\n---\n"), Some(("# hi\ntitle: x\n", "")));
        assert_eq!(split("---\nSome text.\n", Schema::Jekyll), None);
        let error = YAML.split("---\n\ntitle: x\n\nBody\n", Schema::Core).unwrap_err();
        assert_eq!(error.code().name, "front-unclosed");
    }
}

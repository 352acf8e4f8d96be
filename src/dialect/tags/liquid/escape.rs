//! Writing text that Liquid would take for a tag: `{% raw %}` around it, or, where it says `endraw` itself, a quoted
//! string for each delimiter.

use super::scan::find_endraw;
use crate::diag::Span;
use crate::format::Literal;

/// The stretches of `text` that hold delimiters. What stands close together is one stretch.
pub(super) fn literals(text: &str, before_tag: bool) -> Vec<Literal> {
    let mut stretches: Vec<Span> = Vec::new();
    let mut ends = Ends { text, close: 0, line: 0 };
    for at in delimiters(text) {
        match stretches.last_mut() {
            Some(last) if at < last.end => {}
            Some(last) if !has_blank_line(text.get(last.end..at).unwrap_or_default()) => last.end = ends.behind(at),
            _ => stretches.push(Span::new(at, ends.behind(at))),
        }
    }
    let mut literals: Vec<Literal> = stretches
        .into_iter()
        .map(|span| Literal::new(span, Some(written(span.slice(text).unwrap_or_default()))))
        .collect();
    // A brace in front of a tag would open another.
    if before_tag && text.ends_with('{') && literals.last().is_none_or(|last| last.span.end < text.len()) {
        let span = Span::new(text.len() - 1, text.len());
        literals.push(Literal::new(span, Some("{{ \"{\" }}".to_owned())));
    }
    literals
}

fn delimiters(text: &str) -> impl Iterator<Item = usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'{', bytes).filter(|at| matches!(bytes.get(at + 1), Some(b'{' | b'%')))
}

/// Where the next closing delimiter and the next line end stand; each is looked for once.
struct Ends<'t> {
    text: &'t str,
    close: usize,
    line: usize,
}

impl Ends<'_> {
    /// Behind the end of what looks like a tag that begins at `at`, on its line; else behind its delimiter.
    fn behind(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let from = at + 2;
        let find =
            |byte: u8| memchr::memchr_iter(byte, bytes.get(from..).unwrap_or_default()).map(move |found| from + found);
        if self.line < from {
            self.line = find(b'\n').next().unwrap_or(bytes.len());
        }
        if self.close < from + 2 {
            let closes = |&at: &usize| at > from && matches!(bytes.get(at - 1), Some(b'}' | b'%'));
            self.close = find(b'}').find(closes).map_or(usize::MAX, |found| found + 1);
        }
        if self.close <= self.line { self.close } else { from }
    }
}

fn has_blank_line(between: &str) -> bool {
    // The first part ends the line of what stands before, the last begins that of what follows.
    let lines: Vec<&str> = between.split('\n').collect();
    let inner = lines.get(1..lines.len().saturating_sub(1)).unwrap_or_default();
    inner.iter().any(|line| line.trim().is_empty())
}

fn written(text: &str) -> String {
    if !text.contains("endraw") || find_endraw(text).is_none() {
        return format!("{{% raw %}}{text}{{% endraw %}}");
    }
    let mut out = String::new();
    let mut rest = text;
    while let Some(at) = delimiters(rest).next() {
        let (before, behind) = rest.split_at(at);
        let (delimiter, behind) = behind.split_at(2);
        out.push_str(before);
        out.push_str(&format!("{{{{ \"{delimiter}\" }}}}"));
        rest = behind;
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str, before_tag: bool) -> String {
        let (mut out, mut at) = (String::new(), 0);
        for literal in literals(text, before_tag) {
            out.push_str(&text[at..literal.span.start]);
            out.push_str(&literal.written.unwrap());
            at = literal.span.end;
        }
        out + &text[at..]
    }

    #[test]
    fn delimiters_are_raw() {
        for (text, expected) in [
            ("a { b } %}", "a { b } %}"),
            ("a {{ b }} c", "a {% raw %}{{ b }}{% endraw %} c"),
            ("a {{ b }} c {% d %} e", "a {% raw %}{{ b }} c {% d %}{% endraw %} e"),
            ("{{ b }}\nc {{< d >}}\n\n{{ e", "{% raw %}{{ b }}\nc {{< d >}}{% endraw %}\n\n{% raw %}{{{% endraw %} e"),
            ("{% endraw %} {{", "{{ \"{%\" }} endraw %} {{ \"{{\" }}"),
            ("{{{ x }}}", "{% raw %}{{{ x }}{% endraw %}}"),
        ] {
            assert_eq!(written(text, false), expected);
        }
        assert_eq!(written("a {", true), "a {{ \"{\" }}");
        assert_eq!(written("a {{", true), "a {% raw %}{{{% endraw %}");
    }

    #[test]
    fn many_are_found_in_one_pass() {
        assert_eq!(literals(&"{{ a\n\n".repeat(100_000), false).len(), 100_000);
        assert_eq!(literals(&"{{ a".repeat(100_000), false).len(), 1);
    }
}

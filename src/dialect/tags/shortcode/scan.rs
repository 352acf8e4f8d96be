//! Finding shortcodes, as Hugo's lexer does (0.168, `pagelexer_shortcode.go`): `{{<` and `{{%` anywhere, code included.

use std::collections::HashMap;

use crate::diag::Span;

/// A shortcode tag, or the escape of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// Delimiters included.
    pub(super) span: Span,
    /// Whether it is `{{% … %}}`.
    pub(super) is_markup: bool,
    pub(super) kind: Kind<'t>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind<'t> {
    /// `{{< name arguments >}}`
    Open { name: &'t str, arguments: &'t str },
    /// `{{< name arguments />}}`
    Alone { name: &'t str, arguments: &'t str },
    /// `{{< /name >}}`
    Close { name: &'t str },
    /// `{{</* text */>}}`
    Escape,
}

/// The shortcodes in the part `span` of `text`, and the delimiters that never close.
pub(super) fn tokens(text: &str, span: Span) -> (Vec<Token<'_>>, Vec<Span>) {
    let (mut found, mut unclosed) = (Vec::new(), Vec::new());
    let Some(part) = span.slice(text) else { return (found, unclosed) };
    let mut ends = Ends::default();
    let mut at = 0;
    while let Some(open) = next_delimiter(part, at) {
        match token(part, open, &mut ends) {
            Some(token) => {
                at = token.span.end;
                found.push(Token { span: token.span.shift(span.start), ..token });
            }
            None => {
                at = open + 3;
                unclosed.push(Span::new(open, at).shift(span.start));
            }
        }
    }
    (found, unclosed)
}

/// Where the next `{{<` or `{{%` stands.
pub(super) fn next_delimiter(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    let delimiters = memchr::memmem::find_iter(bytes.get(from..)?, "{{").map(|found| from + found);
    // `{{{<` begins one byte later.
    delimiters.flat_map(|at| [at, at + 1]).find(|at| is_delimiter(bytes, *at))
}

fn is_delimiter(bytes: &[u8], at: usize) -> bool {
    matches!(bytes.get(at..at + 3), Some(b"{{<" | b"{{%"))
}

/// What is known not to come any more, so that nobody looks for it again.
#[derive(Default)]
struct Ends {
    no_escape_end: [bool; 2],
    no_backtick: bool,
    /// All quotes up to there are escaped.
    no_quote_before: usize,
}

fn token<'t>(text: &'t str, open: usize, ends: &mut Ends) -> Option<Token<'t>> {
    let inside = text.get(open + 3..)?;
    let is_markup = text.as_bytes().get(open + 2) == Some(&b'%');
    let close = if is_markup { "%}}" } else { ">}}" };
    if let Some(escaped) = inside.strip_prefix("/*") {
        let no_end = &mut ends.no_escape_end[usize::from(is_markup)];
        if *no_end {
            return None;
        }
        let Some(length) = memchr::memmem::find(escaped.as_bytes(), format!("*/{close}").as_bytes()) else {
            *no_end = true;
            return None;
        };
        let span = Span::new(open, open + 5 + length + 5);
        return Some(Token { span, is_markup, kind: Kind::Escape });
    }
    let end = arguments_end(text.as_bytes(), open + 3, close.as_bytes(), ends)?;
    let span = Span::new(open, end + 3);
    let inside = text.get(open + 3..end)?.trim();
    let kind = if let Some(name) = inside.strip_prefix('/') {
        Kind::Close { name: name.trim() }
    } else {
        let (inside, is_alone) = inside.strip_suffix('/').map_or((inside, false), |inside| (inside, true));
        let name_end = inside.find(char::is_whitespace).unwrap_or(inside.len());
        let (name, arguments) = inside.split_at(name_end);
        if is_alone { Kind::Alone { name, arguments } } else { Kind::Open { name, arguments } }
    };
    let (Kind::Open { name, .. } | Kind::Alone { name, .. } | Kind::Close { name }) = kind else { return None };
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '/');
    (!name.is_empty() && name.chars().all(is_name)).then_some(Token { span, is_markup, kind })
}

/// Where the closing delimiter begins, from `from` on: not inside a string in quotes or backticks. `None` if there is
/// none, or another shortcode begins before it.
fn arguments_end(bytes: &[u8], from: usize, close: &[u8], ends: &mut Ends) -> Option<usize> {
    let mut at = from;
    loop {
        match bytes.get(at)? {
            b'"' => at = string_end(bytes, at + 1, ends)?,
            b'`' if ends.no_backtick => return None,
            b'`' => match memchr::memchr(b'`', bytes.get(at + 1..)?) {
                Some(length) => at += length + 2,
                None => {
                    ends.no_backtick = true;
                    return None;
                }
            },
            b'{' if is_delimiter(bytes, at) => return None,
            byte if Some(byte) == close.first() && bytes.get(at..)?.starts_with(close) => return Some(at),
            _ => at += 1,
        }
    }
}

/// Behind the quote that ends a string; strings do not run over lines.
fn string_end(bytes: &[u8], from: usize, ends: &mut Ends) -> Option<usize> {
    if from < ends.no_quote_before {
        return None;
    }
    let mut at = from;
    loop {
        match memchr::memchr3(b'"', b'\\', b'\n', bytes.get(at..).unwrap_or_default()).map(|found| at + found) {
            Some(end) if bytes.get(end) == Some(&b'"') => return Some(end + 1),
            Some(escape) if bytes.get(escape) == Some(&b'\\') => at = escape + 2,
            end => {
                ends.no_quote_before = end.unwrap_or(bytes.len());
                return None;
            }
        }
    }
}

/// For each opening tag, the closing tag that belongs to it: the next of its name that no opening tag in between takes.
pub(super) fn pairs(tokens: &[Token<'_>]) -> Vec<Option<usize>> {
    let mut pairs = vec![None; tokens.len()];
    // hash: looked up by name, never gone through.
    let mut waiting: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Open { name, .. } => waiting.entry(name).or_default().push(index),
            Kind::Close { name } => {
                let opened = waiting.get_mut(name).and_then(Vec::pop);
                if let Some(pair) = opened.and_then(|opened| pairs.get_mut(opened)) {
                    *pair = Some(index);
                }
            }
            Kind::Alone { .. } | Kind::Escape => {}
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<String> {
        let (found, unclosed) = tokens(text, Span::new(0, text.len()));
        let found = found.iter().map(|token| {
            let mark = if token.is_markup { '%' } else { '<' };
            assert!(token.span.slice(text).is_some_and(|text| text.starts_with("{{") && text.ends_with("}}")));
            match token.kind {
                Kind::Open { name, arguments } => format!("{mark}{name}|{}", arguments.trim()),
                Kind::Alone { name, arguments } => format!("{mark}{name}/|{}", arguments.trim()),
                Kind::Close { name } => format!("{mark}/{name}"),
                Kind::Escape => format!("{mark}*{}", token.span.slice(text).map_or("", |all| &all[5..all.len() - 5])),
            }
        });
        found.chain(unclosed.iter().map(|span| format!("!{}", span.start))).collect()
    }

    #[test]
    fn shortcodes_of_both_kinds_are_found() {
        assert_eq!(seen("a {{< b c=\"d >}} e\" >}} f {{% /b %}}"), ["<b|c=\"d >}} e\"", "%/b"]);
        assert_eq!(seen("{{<b>}}{{< c `d \"` />}}{{< e\nf=1\n>}}"), ["<b|", "<c/|`d \"`", "<e|f=1"]);
        assert_eq!(seen("{{{< b >}} {{ c }} {{%d%}}"), ["<b|", "%d|"]);
        assert_eq!(seen("{{</* b */>}} {{%/* c \"d\" */%}} {{</*/* e */*/>}}"), ["<* b ", "%* c \"d\" ", "<*/* e */"]);
    }

    #[test]
    fn what_never_ends_is_text() {
        assert_eq!(seen("x {{< y"), ["!2"]);
        assert_eq!(seen("x {{< y %}} {{< z >}}"), ["<z|", "!2"]);
        assert_eq!(seen("{{< \"a\n\" >}}"), ["!0"]);
        for text in ["{{< a ", "{{</* ", "{{< ` ", "{{< \"", "{{<{{%"] {
            let text = text.repeat(100_000);
            let (found, unclosed) = tokens(&text, Span::new(0, text.len()));
            assert!(found.is_empty() && unclosed.len() >= 100_000);
        }
    }
}

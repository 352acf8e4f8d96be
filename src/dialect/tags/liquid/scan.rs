//! Finding Liquid's tags, as its own tokenizer does (Liquid 5.4, `Tokenizer` and `TemplateParser`): `{%` runs up to the
//! next `%}` and `{{` up to the next `}`, quotes or not, and nothing is a tag between `raw` and `endraw`.

use memchr::memmem::Finder;

use crate::diag::Span;

/// A tag or an output, as the tokenizer sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Token<'t> {
    /// Delimiters included.
    pub(super) span: Span,
    /// The tag's name; empty for an output.
    pub(super) name: &'t str,
    /// What stands behind the name, trimmed.
    pub(super) markup: &'t str,
    /// Whether white space before it, and behind it, is not shown.
    pub(super) trims: (bool, bool),
}

/// The tags of a text, and the delimiters that are never closed.
#[derive(Debug, Default)]
pub(super) struct Tokens<'t> {
    pub(super) found: Vec<Token<'t>>,
    pub(super) unclosed: Vec<Span>,
}

/// Finds the tags in the part `span` of `text`.
pub(super) fn tokens(text: &str, span: Span) -> Tokens<'_> {
    let Some(part) = span.slice(text) else { return Tokens::default() };
    let mut scanner = Scanner { text: part, base: span.start, ends: Ends::default(), tokens: Tokens::default() };
    scanner.run();
    scanner.tokens
}

struct Scanner<'t> {
    text: &'t str,
    /// Where the text starts in the whole.
    base: usize,
    ends: Ends,
    tokens: Tokens<'t>,
}

/// What is known not to come any more, so that nobody looks for it again.
#[derive(Default)]
struct Ends {
    no_tag_end: bool,
    no_endraw: bool,
    /// The first closing brace at or behind where one was last looked for; the end of the text if there is none.
    brace: usize,
}

impl<'t> Scanner<'t> {
    fn run(&mut self) {
        let bytes = self.text.as_bytes();
        let mut at = 0;
        while let Some(open) = memchr::memchr(b'{', bytes.get(at..).unwrap_or_default()).map(|found| at + found) {
            let token = match bytes.get(open + 1) {
                Some(b'%') => self.tag(open),
                Some(b'{') => self.output(open),
                _ => {
                    at = open + 1;
                    continue;
                }
            };
            let Some(token) = token else {
                self.tokens.unclosed.push(Span::new(open, open + 2).shift(self.base));
                at = open + 2;
                continue;
            };
            at = token.span.end;
            let is_raw = token.name == "raw";
            self.push(token);
            if is_raw {
                at = self.raw(at);
            }
        }
    }

    fn push(&mut self, mut token: Token<'t>) {
        token.span = token.span.shift(self.base);
        self.tokens.found.push(token);
    }

    fn tag(&mut self, open: usize) -> Option<Token<'t>> {
        if self.ends.no_tag_end {
            return None;
        }
        let inside = self.text.get(open + 2..)?;
        let Some(length) = memchr::memmem::find(inside.as_bytes(), b"%}") else {
            self.ends.no_tag_end = true;
            return None;
        };
        let span = Span::new(open, open + 2 + length + 2);
        let (inside, trims) = trims(&inside[..length]);
        let inside = inside.trim();
        let name_end = inside.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(inside.len());
        let (name, markup) = inside.split_at(name_end);
        // `{%%}` and `{% # note %}` have no name, and `{% -%}` nothing at all: Liquid has no such tags.
        Some(Token { span, name: if name.is_empty() { "#" } else { name }, markup: markup.trim(), trims })
    }

    fn output(&mut self, open: usize) -> Option<Token<'t>> {
        let start = open + 2;
        if self.ends.brace < start {
            let inside = self.text.get(start..)?;
            self.ends.brace = memchr::memchr(b'}', inside.as_bytes()).map_or(self.text.len(), |found| start + found);
        }
        let end = self.ends.brace;
        // One brace does not close it; Liquid stops there with an error.
        if self.text.as_bytes().get(end + 1) != Some(&b'}') {
            return None;
        }
        let (markup, trims) = trims(self.text.get(start..end)?);
        Some(Token { span: Span::new(open, end + 2), name: "", markup: markup.trim(), trims })
    }

    /// Skips to the end of a raw stretch that begins at `start`, and gives where to go on. A `raw` that never ends is a tag
    /// like any other.
    fn raw(&mut self, start: usize) -> usize {
        if self.ends.no_endraw {
            return start;
        }
        let Some(end) = find_endraw(&self.text[start..]) else {
            self.ends.no_endraw = true;
            return start;
        };
        let span = Span::new(start + end.span.start, start + end.span.end);
        self.push(Token { span, ..end });
        span.end
    }
}

/// The next `{% endraw %}`. Whatever else stands in the tag, Liquid takes it for the end.
pub(super) fn find_endraw(text: &str) -> Option<Token<'_>> {
    for at in Finder::new("endraw").find_iter(text.as_bytes()) {
        let before = text[..at].trim_end();
        let (before, trims_left) = before.strip_suffix('-').map_or((before, false), |before| (before, true));
        let behind = &text[at + "endraw".len()..];
        let is_longer = behind.starts_with(|c: char| c.is_alphanumeric() || c == '_');
        let Some(before) = before.strip_suffix("{%").filter(|_| !is_longer) else { continue };
        // If no tag ends behind this one, none does behind the next.
        let (inside, behind) = behind.split_once("%}")?;
        let span = Span::new(before.len(), text.len() - behind.len());
        return Some(Token { span, name: "endraw", markup: "", trims: (trims_left, inside.ends_with('-')) });
    }
    None
}

/// Takes off the marks of white space control.
fn trims(inside: &str) -> (&str, (bool, bool)) {
    let (inside, left) = inside.strip_prefix('-').map_or((inside, false), |rest| (rest, true));
    let (inside, right) = inside.strip_suffix('-').map_or((inside, false), |rest| (rest, true));
    (inside, (left, right))
}

/// For each token that opens a pair, the one that closes it: `open` and `close` are the names. Pairs lie in each other
/// as brackets do; an opening tag without a closing one has no pair.
pub(super) fn pairs(tokens: &[Token<'_>], open: &str, close: &str) -> Vec<Option<usize>> {
    let mut pairs = vec![None; tokens.len()];
    let mut waiting = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        if token.name == open {
            waiting.push(index);
        } else if token.name == close
            && let Some(opened) = waiting.pop()
            && let Some(pair) = pairs.get_mut(opened)
        {
            *pair = Some(index);
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<String> {
        let tokens = tokens(text, Span::new(0, text.len()));
        let found = tokens.found.iter().map(|token| {
            assert!(token.span.slice(text).is_some_and(|text| text.starts_with('{') && text.ends_with('}')));
            format!("{}|{}", token.name, token.markup)
        });
        found.chain(tokens.unclosed.iter().map(|span| format!("!{}", span.start))).collect()
    }

    #[test]
    fn tags_and_outputs_end_where_liquid_ends_them() {
        assert_eq!(
            seen("a {% include x.html a=\"b\" %} b {{ page.x | upcase }}"),
            ["include|x.html a=\"b\"", "|page.x | upcase"]
        );
        assert_eq!(seen("{%- if a -%}{{- b -}}{%endif%}"), ["if|a", "|b", "endif|"]);
        // Quotes do not shield the end.
        assert_eq!(seen("{% a \"%}\" %}"), ["a|\""]);
        assert_eq!(seen("{{ \"a}b\" }}"), ["!0"]);
        assert_eq!(seen("{{}} {%%}"), ["|", "#|"]);
    }

    #[test]
    fn nothing_is_a_tag_between_raw_and_endraw() {
        assert_eq!(seen("{% raw %}{{ a }} {% b {% endraw %}{{ c }}"), ["raw|", "endraw|", "|c"]);
        assert_eq!(seen("{%- raw -%} {{ a {%- endraw -%}"), ["raw|", "endraw|"]);
        assert_eq!(seen("{% raw %} endraw {{ a }}"), ["raw|", "|a"]);
        assert_eq!(seen("{% raw %}{{ a }}{% endraws %}{% endraw x %}{{ b }}"), ["raw|", "endraw|", "|b"]);
    }

    #[test]
    fn what_never_ends_is_told_and_costs_one_look() {
        let text = "{% a {{ b ".repeat(100_000);
        assert_eq!(tokens(&text, Span::new(0, text.len())).unclosed.len(), 200_000);
        let text = format!("{}}}", "{{ ".repeat(100_000));
        assert_eq!(tokens(&text, Span::new(0, text.len())).unclosed.len(), 100_000);
        let text = "{% raw %} ".repeat(100_000);
        assert_eq!(tokens(&text, Span::new(0, text.len())).found.len(), 100_000);
    }

    #[test]
    fn pairs_lie_in_each_other() {
        let text = "{% c %}{% c %}{% endc %}{% c %}";
        let tokens = tokens(text, Span::new(0, text.len()));
        assert_eq!(pairs(&tokens.found, "c", "endc"), [None, Some(2), None, None]);
    }
}

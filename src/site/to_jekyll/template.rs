//! The little of Go's templates that plain shortcodes are made of.

use crate::ast::Tag;

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Text(String),
    /// `.Get`, by name or number.
    Get {
        key: String,
        is_html: bool,
    },
    /// `.Inner`, as it is or read as Markdown.
    Inner {
        is_markdown: bool,
    },
    /// `.` within `with`.
    Dot {
        is_html: bool,
    },
    /// `with .Get` and `if .Get`: what there is with the parameter, and without.
    With {
        key: String,
        then: Vec<Node>,
        other: Vec<Node>,
    },
}

impl Node {
    /// Whether what stands in the shortcode is read as Markdown; `None` if it is not shown.
    pub(super) fn inner(nodes: &[Node]) -> Option<bool> {
        nodes.iter().find_map(|node| match node {
            Node::Inner { is_markdown } => Some(*is_markdown),
            _ => None,
        })
    }
}

/// The parts of a template; `None` if there is more in it than what is known here.
pub(super) fn nodes(text: &str) -> Option<Vec<Node>> {
    let mut reader = Reader { rest: text };
    let (nodes, end) = reader.read()?;
    (end.is_none() && nodes.iter().filter(|node| matches!(node, Node::Inner { .. })).count() < 2).then_some(nodes)
}

struct Reader<'t> {
    rest: &'t str,
}

impl<'t> Reader<'t> {
    /// Reads up to `end` or `else`, and says which it was.
    fn read(&mut self) -> Option<(Vec<Node>, Option<&'t str>)> {
        let mut nodes = Vec::new();
        while let Some(at) = self.rest.find("{{") {
            let (before, from) = self.rest.split_at(at);
            let end = from.find("}}")?;
            let action = from.get(2..end)?;
            self.rest = from.get(end + 2..)?;
            let before = if action.starts_with("- ") { before.trim_end() } else { before };
            if !before.is_empty() {
                nodes.push(Node::Text(before.to_owned()));
            }
            if action.ends_with(" -") {
                self.rest = self.rest.trim_start();
            }
            let action = action.trim_matches('-').trim();
            if action.starts_with("/*") && action.ends_with("*/") {
                continue;
            }
            if matches!(action, "end" | "else") {
                return Some((nodes, Some(action)));
            }
            if let Some(key) = ["with .Get ", "if .Get "].iter().find_map(|word| action.strip_prefix(word)) {
                let key = literal(key)?;
                let (then, end) = self.read()?;
                let other = if end? == "else" { self.read()?.0 } else { Vec::new() };
                // What stands in the shortcode has one place, whatever the parameters.
                if then.iter().chain(&other).any(|node| matches!(node, Node::Inner { .. })) {
                    return None;
                }
                nodes.push(Node::With { key, then, other });
                continue;
            }
            nodes.push(value(action)?);
        }
        if !self.rest.is_empty() {
            nodes.push(Node::Text(std::mem::take(&mut self.rest).to_owned()));
        }
        Some((nodes, None))
    }
}

fn value(action: &str) -> Option<Node> {
    if matches!(action, ".Page.RenderString .Inner" | "markdownify .Inner") {
        return Some(Node::Inner { is_markdown: true });
    }
    let (first, filters) = action.split_once('|').map_or((action, ""), |(first, filters)| (first.trim(), filters));
    let filters: Vec<&str> = filters.split('|').map(str::trim).filter(|filter| !filter.is_empty()).collect();
    let are = |known: &[&str]| filters.iter().all(|filter| known.contains(filter));
    match first {
        ".Inner" if are(&["safeHTML", "markdownify", ".Page.RenderString", "$.Page.RenderString"]) => {
            Some(Node::Inner { is_markdown: filters.iter().any(|filter| *filter != "safeHTML") })
        }
        "." if are(&["safeHTML"]) => Some(Node::Dot { is_html: !filters.is_empty() }),
        _ if are(&["safeHTML"]) => {
            let key = literal(first.strip_prefix(".Get ")?)?;
            Some(Node::Get { key, is_html: !filters.is_empty() })
        }
        _ => None,
    }
}

/// `"name"`, `0`.
fn literal(text: &str) -> Option<String> {
    let text = text.trim();
    let quoted = ['"', '`'].iter().find_map(|quote| text.strip_prefix(*quote)?.strip_suffix(*quote));
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    quoted.map(str::to_owned).or_else(|| is_number.then(|| text.to_owned()))
}

/// What the parts come to with the parameters of `tag`; `None` if one of them is no text.
pub(super) fn shown(nodes: &[Node], tag: &Tag) -> Option<String> {
    let mut out = String::new();
    show(nodes, tag, None, &mut out)?;
    Some(out)
}

fn show(nodes: &[Node], tag: &Tag, dot: Option<&str>, out: &mut String) -> Option<()> {
    for node in nodes {
        match node {
            Node::Text(text) => out.push_str(text),
            Node::Get { key, is_html } => push(get(tag, key).unwrap_or_default(), *is_html, out),
            Node::Dot { is_html } => push(dot?, *is_html, out),
            Node::Inner { .. } => return None,
            Node::With { key, then, other } => match get(tag, key).filter(|value| !value.is_empty()) {
                Some(value) => show(then, tag, Some(value), out)?,
                None => show(other, tag, dot, out)?,
            },
        }
    }
    Some(())
}

fn get<'t>(tag: &'t Tag, key: &str) -> Option<&'t str> {
    key.parse::<usize>().map_or_else(|_| tag.named(key), |number| tag.positional(number))
}

/// Text as Go's templates put it into HTML.
fn push(text: &str, is_html: bool, out: &mut String) {
    if is_html {
        out.push_str(text);
        return;
    }
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&#34;"),
            '\'' => out.push_str("&#39;"),
            '+' => out.push_str("&#43;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::Argument;

    #[test]
    fn what_is_there_with_and_without_a_parameter() {
        let nodes =
            nodes("<b{{ with .Get \"id\" }} id=\"{{ . }}\"{{ else }} hidden{{ end }}>{{- /* x */ -}} </b>").unwrap();
        let mut tag = Tag::new("hugo", "b", "{{< b >}}");
        assert_eq!(shown(&nodes, &tag).as_deref(), Some("<b hidden></b>"));
        tag.details_mut().arguments.push(Argument::new("x").named("id"));
        assert_eq!(shown(&nodes, &tag).as_deref(), Some("<b id=\"x\"></b>"));
    }

    #[test]
    fn what_asks_for_more_is_not_known() {
        for text in [
            "{{ .Page.Title }}",
            "{{ if eq (.Get 0) \"x\" }}y{{ end }}",
            "{{ with .Get 0 }}",
            "{{ .Inner }}{{ .Inner }}",
        ] {
            assert_eq!(nodes(text), None, "{text}");
        }
    }
}

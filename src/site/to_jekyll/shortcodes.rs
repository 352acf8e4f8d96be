//! The site's own shortcodes: what they come to, in the place of the tag, or an include that shows nothing yet.

use std::collections::BTreeMap;
use std::fs;

use super::template::{Node, nodes, shown};
use crate::ast::{Meaning, Tag};
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::format::{TagConverter, TagText};
use crate::meta::Value;
use crate::site::plan::Plan;
use crate::site::route::Files;

/// What the names of includes begin with.
const NAME: &str = "shortcode-";

/// The templates of shortcodes, by their names.
#[derive(Clone, Debug, Default)]
pub(crate) struct Shortcodes {
    all: BTreeMap<String, Shortcode>,
}

#[derive(Clone, Debug)]
struct Shortcode {
    text: String,
    /// What it is made of, if that is no more than its parameters and what stands in it.
    nodes: Option<Vec<Node>>,
}

impl Shortcodes {
    /// Reads those of the site and of its themes; the site's own go first.
    pub(crate) fn read(plan: &Plan) -> Self {
        let themes = match plan.hugo.config.get("theme") {
            Some(Value::String(theme)) => vec![theme.clone()],
            Some(Value::List(themes)) => themes.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            _ => Vec::new(),
        };
        let roots = std::iter::once(String::new()).chain(themes.into_iter().map(|theme| format!("themes/{theme}/")));
        let mut all = BTreeMap::new();
        for root in roots.filter(|root| !root.contains("..")) {
            for folder in ["layouts/shortcodes", "layouts/_shortcodes"] {
                let folder = plan.root.join(format!("{root}{folder}"));
                let mut below = vec![String::new()];
                while let Some(within) = below.pop() {
                    for entry in fs::read_dir(folder.join(&within)).into_iter().flatten().flatten() {
                        let Ok(name) = entry.file_name().into_string() else { continue };
                        let path = if within.is_empty() { name } else { format!("{within}/{name}") };
                        let Ok(kind) = entry.file_type() else { continue };
                        if kind.is_dir() {
                            below.push(path);
                        } else if let (Some(name), Ok(text)) =
                            (path.strip_suffix(".html"), fs::read_to_string(entry.path()))
                        {
                            let nodes = nodes(&text);
                            all.entry(name.to_owned()).or_insert(Shortcode { text, nodes });
                        }
                    }
                }
            }
        }
        Shortcodes { all }
    }

    /// The includes that were asked for.
    pub(super) fn stubs(&self, plan: &Plan) -> Files {
        let stubs = self.all.iter().map(|(name, shortcode)| (stub(name), name, &shortcode.text));
        let asked = stubs.filter(|(stub, ..)| plan.includes.is_asked(stub));
        asked
            .map(|(stub, name, text)| {
                let text = text.trim_end().replace("{%", "{ %").replace("{{", "{ {");
                let head = format!(
                    "What the shortcode `{name}` of the old site was. Its parameters are there: include.name, include.p0 for the first."
                );
                (format!("_includes/{stub}.html"), format!("{{% comment %}}\n{head}\n\n{text}\n{{% endcomment %}}\n"))
            })
            .collect()
    }

    /// Says of each tag that became an include without anything in it, and gives their names; and of shortcodes whose text
    /// was apart from the page's.
    pub(super) fn note(&self, source: &str, written: &str, sink: &mut dyn Sink) -> Vec<String> {
        let (mut from, mut names) = (0, Vec::new());
        for (at, _) in written.match_indices("{% include shortcode-") {
            let name = written[at + "{% include ".len()..].split(".html").next().unwrap_or_default().to_owned();
            let tag = name.trim_start_matches(NAME);
            let found = ["{{< ", "{{% "].iter().filter_map(|open| source[from..].find(&format!("{open}{tag}"))).min();
            let start = found.map_or(0, |found| from + found);
            from = found.map_or(from, |found| from + found + 2);
            let message = format!("a shortcode became the include `{name}.html`, which shows nothing yet");
            let diagnostic = Diagnostic::new(&codes::INCLUDE_STUB, message).at(Span::new(start, start));
            sink.report(diagnostic.help(format!("say in _includes/{name}.html what it is to show")));
            names.push(name);
        }
        let holders = self.all.iter().filter_map(|(name, one)| Some((name, Node::inner(one.nodes.as_deref()?)?)));
        for (name, is_markdown) in holders {
            let open = ["{{<", "{{%"].map(|open| format!("{open} {name} "));
            if let Some(at) = open.iter().filter_map(|open| source.find(open)).min() {
                let how = if is_markdown { "together with what is around it" } else { "as Markdown" };
                let message = format!("what stands in the shortcode `{name}` is read {how} now");
                sink.report(Diagnostic::new(&codes::SHOWN_OTHERWISE, message).at(Span::new(at, at)));
            }
        }
        let blocks = self.all.iter().filter(|(_, one)| one.nodes.is_some() && is_block(&one.text));
        for (name, _) in blocks {
            if let Some(at) = in_paragraph(source, &format!("{{{{< {name} ")) {
                let message = format!("the shortcode `{name}` is a block in a paragraph: it stands apart now");
                sink.report(Diagnostic::new(&codes::SHOWN_OTHERWISE, message).at(Span::new(at, at)));
            }
        }
        names
    }
}

/// Whether the template begins with an element that ends a paragraph.
fn is_block(text: &str) -> bool {
    const BLOCKS: [&str; 10] =
        ["<div", "<p>", "<p ", "<ul", "<ol", "<table", "<section", "<figure", "<blockquote", "<details"];
    BLOCKS.iter().any(|block| text.trim_start().starts_with(block))
}

/// Where a tag that opens so stands first with text in its paragraph.
fn in_paragraph(source: &str, open: &str) -> Option<usize> {
    source.match_indices(open).map(|(at, _)| at).find(|&at| {
        let (before, behind) = source.split_at(at);
        let behind = behind.split_once("}}").map_or("", |(_, behind)| behind);
        let ends = before.trim_end_matches([' ', '\t']);
        let is_first = ends.is_empty() || ends.ends_with("\n\n") || ends.ends_with("\r\n\r\n");
        let rest = behind.trim_start_matches([' ', '\t', '\r']);
        let is_last = rest.is_empty()
            || rest.strip_prefix('\n').is_some_and(|next| next.is_empty() || next.starts_with(['\n', '\r']));
        !(is_first && is_last)
    })
}

/// The name of the include for a shortcode.
fn stub(name: &str) -> String {
    let name: String = name.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("{NAME}{name}")
}

/// Says the tags of a site's own shortcodes for Jekyll.
pub(super) struct ShortcodeTags(pub(super) Shortcodes);

impl TagConverter for ShortcodeTags {
    fn convert(&self, tag: &Tag, target: &str) -> Option<TagText> {
        if target != "jekyll" || tag.dialect != "hugo" || tag.details.meaning != Meaning::Unknown {
            return None;
        }
        let shortcode = self.0.all.get(&tag.name)?;
        let is_markdown = tag.text.starts_with("{{%");
        let expanded = shortcode.nodes.as_ref().and_then(|nodes| {
            let at = nodes.iter().position(|node| matches!(node, Node::Inner { .. }));
            let Some(at) = at else {
                return if tag.details.closes {
                    Some((String::new(), true))
                } else {
                    Some((shown(nodes, tag)?, false))
                };
            };
            let (before, after) = (nodes.get(..at)?, nodes.get(at + 1..)?);
            let is_text = is_markdown && matches!(nodes.get(at), Some(Node::Inner { is_markdown: false }));
            match tag.details.closes {
                // The parameters are those of the opening tag, which nobody knows here.
                true if !after.iter().all(|node| matches!(node, Node::Text(_))) => None,
                true if is_text => Some((shown(after, tag)?.trim_end_matches('\n').to_owned(), true)),
                true => Some((format!("\n\n{}", shown(after, tag)?.trim_end()), true)),
                false if tag.text.trim_end_matches("}}").ends_with(['/']) || tag.text.ends_with("/>}}") => {
                    Some((format!("{}{}", shown(before, tag)?, shown(after, tag)?), false))
                }
                // Text goes into text as it is.
                false if is_text => Some((shown(before, tag)?, true)),
                false => Some((format!("{}\n\n", shown(before, tag)?.trim_end()), true)),
            }
        });
        Some(match expanded {
            Some((text, is_part)) if is_part || is_markdown => TagText::Markup(text),
            Some((text, _)) => TagText::Html(text.trim_end().to_owned()),
            None if tag.details.closes => TagText::Markup(String::new()),
            None => TagText::Tag(include(tag)),
        })
    }
}

fn include(tag: &Tag) -> String {
    let mut out = format!("{{% include {}.html", stub(&tag.name));
    let mut number = 0;
    for argument in &tag.details.arguments {
        let name = argument.name.as_deref().map_or_else(
            || {
                number += 1;
                format!("p{}", number - 1)
            },
            |name| name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect(),
        );
        // Liquid has no escapes: what holds both kinds of quotes loses one.
        let value = argument.value.replace('\n', " ").replace("%}", "% }");
        let quoted =
            if value.contains('"') { format!("'{}'", value.replace('\'', "’")) } else { format!("\"{value}\"") };
        out.push_str(&format!(" {name}={quoted}"));
    }
    out + " %}"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::Argument;

    fn said(template: &str, text: &str, arguments: &[Argument], closes: bool) -> Option<TagText> {
        let mut shortcodes = Shortcodes::default();
        shortcodes.all.insert("box".to_owned(), Shortcode { text: template.to_owned(), nodes: nodes(template) });
        let mut tag = Tag::new("hugo", "box", text.to_owned());
        let details = tag.details_mut();
        details.arguments.extend_from_slice(arguments);
        details.closes = closes;
        ShortcodeTags(shortcodes).convert(&tag, "jekyll")
    }

    #[test]
    fn blocks_stand_apart() {
        assert_eq!(in_paragraph("a\n\n{{< box >}}\n\nb", "{{< box "), None);
        assert_eq!(in_paragraph("a\n\n{{< box >}}\nb", "{{< box "), Some(3));
        assert!(is_block("<div>x</div>") && !is_block("<b>x</b>"));
    }

    #[test]
    fn parameters_are_put_in_their_places() {
        let given = [Argument::new("a \"b\" & c")];
        let html = "<p title=\"{{ .Get 0 }}\">{{/* no */}}x</p>\n";
        let expected = TagText::Html("<p title=\"a &#34;b&#34; &amp; c\">x</p>".to_owned());
        assert_eq!(said(html, "{{< box \"a\" >}}", &given, false), Some(expected));
        assert_eq!(said("<i>{{ .Inner }}</i>\n", "{{% box %}}", &[], false), Some(TagText::Markup("<i>".to_owned())));
        let pair = "<div>{{ .Inner | markdownify }}</div>\n";
        assert_eq!(said(pair, "{{< box >}}", &[], false), Some(TagText::Markup("<div>\n\n".to_owned())));
        assert_eq!(said(pair, "{{< /box >}}", &[], true), Some(TagText::Markup("\n\n</div>".to_owned())));
        let own = "{{ range site.Pages }}{{ end }}";
        let stub = "{% include shortcode-box.html p0='a \"b\" & c' %}";
        assert_eq!(said(own, "{{< box >}}", &given, false), Some(TagText::Tag(stub.to_owned())));
    }
}

//! What stands in `_includes`, for the tags that ask for it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::ast::Tag;
use crate::format::{TagConverter, TagText};

/// The files below `_includes`, by their paths there.
#[derive(Debug, Default)]
pub(crate) struct Includes {
    files: BTreeMap<String, Include>,
}

/// One of them.
#[derive(Debug)]
struct Include {
    text: String,
    /// The text in pieces, where nothing but arguments of the tag are filled in.
    pieces: Option<Vec<Piece>>,
}

#[derive(Debug)]
enum Piece {
    Text(String),
    /// The value of this argument.
    Argument(String),
}

impl Includes {
    pub(crate) fn insert(&mut self, path: String, text: String, baseurl: &str) {
        let pieces = pieces(&text, baseurl);
        self.files.insert(path, Include { text, pieces });
    }

    /// The shortcodes that stand for what only the old site could work out: name and text.
    pub(crate) fn stubs(&self) -> impl Iterator<Item = (String, String)> {
        let stubs = self.files.iter().filter(|(_, include)| include.pieces.is_none());
        stubs.map(|(path, include)| {
            // Go's comments end at the first `*/`.
            let text = include.text.replace("*/", "* /");
            let text = text.trim_end();
            let head =
                format!("What the include `{path}` of the old site was. Its parameters are there: .Get \"name\".");
            (stub(path), format!("{{{{- /*\n{head}\n\n{text}\n*/ -}}}}\n"))
        })
    }
}

/// The name of the shortcode for an include.
fn stub(path: &str) -> String {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let name: String = stem.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    format!("include-{}", name.trim_matches('-'))
}

/// Says the tag `include` for Hugo: as the text that it stood for, or as a shortcode that keeps its arguments.
pub(crate) struct IncludeTags(pub(crate) Arc<Includes>);

impl TagConverter for IncludeTags {
    fn convert(&self, tag: &Tag, target: &str) -> Option<TagText> {
        if target != "hugo" || tag.name != "include" {
            return None;
        }
        let path = tag.positional(0)?;
        let include = self.0.files.get(path)?;
        let expanded = include.pieces.as_ref().and_then(|pieces| expand(pieces, tag));
        Some(expanded.map_or_else(|| TagText::Tag(shortcode(path, tag)), TagText::Markup))
    }
}

/// The text with the tag's arguments in it; `None` if one of them only the old site knows.
fn expand(pieces: &[Piece], tag: &Tag) -> Option<String> {
    let mut out = String::new();
    for piece in pieces {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Argument(name) => {
                let mut given = tag.details.arguments.iter().filter(|argument| argument.name.as_ref() == Some(name));
                // What is not given shows nothing.
                let Some(argument) = given.next_back() else { continue };
                if !argument.is_literal {
                    return None;
                }
                out.push_str(&argument.value);
            }
        }
    }
    Some(out)
}

fn shortcode(path: &str, tag: &Tag) -> String {
    let mut out = format!("{{{{< {}", stub(path));
    for argument in tag.details.arguments.iter().skip(1) {
        let Some(name) = &argument.name else { continue };
        let name: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        out.push_str(&format!(" {name}={}", crate::dialect::tags::quote_shortcode(&argument.value)));
    }
    out.push_str(" >}}");
    out
}

/// The text in pieces; `None` if it holds any Liquid but `{{ include.name }}` and the site's own address.
fn pieces(text: &str, baseurl: &str) -> Option<Vec<Piece>> {
    let (mut pieces, mut rest) = (Vec::new(), text);
    while let Some(at) = rest.find("{{").into_iter().chain(rest.find("{%")).min() {
        pieces.push(Piece::Text(rest[..at].to_owned()));
        let (inner, behind) = rest[at..].strip_prefix("{{")?.split_once("}}")?;
        pieces.push(match inner.trim() {
            "site.baseurl" => Piece::Text(baseurl.to_owned()),
            inner => {
                let name = inner.strip_prefix("include.")?;
                let is_plain = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
                is_plain.then(|| Piece::Argument(name.to_owned()))?
            }
        });
        rest = behind;
    }
    pieces.push(Piece::Text(rest.to_owned()));
    Some(pieces)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::Argument;

    fn said(text: &str, arguments: &[Argument]) -> Option<TagText> {
        let mut includes = Includes::default();
        includes.insert("a/note.html".to_owned(), text.to_owned(), "/blog");
        let mut tag = Tag::new("jekyll", "include", "{% include a/note.html %}");
        tag.details.arguments.push(Argument::new("a/note.html"));
        tag.details.arguments.extend_from_slice(arguments);
        IncludeTags(Arc::new(includes)).convert(&tag, "hugo")
    }

    #[test]
    fn what_is_constant_is_put_in_its_place() {
        let title = Argument::new("A \"b\"").named("title");
        let text = "<a href='{{ site.baseurl }}/'>{{include.title}}</a>{{ include.more }}\n";
        assert_eq!(
            said(text, std::slice::from_ref(&title)),
            Some(TagText::Markup("<a href='/blog/'>A \"b\"</a>\n".to_owned()))
        );
        let unknown = Argument { is_literal: false, ..title.clone() };
        let shortcode = TagText::Tag("{{< include-a-note title=`A \"b\"` >}}".to_owned());
        assert_eq!(said(text, &[unknown]), Some(shortcode.clone()));
        assert_eq!(said("{% if include.title %}x{% endif %}", &[title]), Some(shortcode));
    }

    #[test]
    fn a_stub_holds_what_there_was() {
        let mut includes = Includes::default();
        includes.insert("x.html".to_owned(), "/* {% for %} */".to_owned(), "");
        let (name, text) = includes.stubs().next().unwrap();
        assert_eq!(name, "include-x");
        assert!(text.ends_with("/* {% for %} * /\n*/ -}}\n"), "{text}");
    }
}

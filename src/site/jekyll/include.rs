//! What stands in `_includes`, for the tags that ask for it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};

use crate::ast::Tag;
use crate::dialect::tags::{Known, Partly, Scope, Variables, calls, evaluate_marked, evaluate_partly, evaluate_with};
use crate::format::{TagConverter, TagText};
use crate::site::links::{PageValues, SiteValues};
use crate::site::shortcodes::{Shortcodes, Shown};

/// How deep includes may ask for each other.
const DEEPEST: usize = 8;

/// The files below `_includes`, by their paths there, and what they may ask the site for.
#[derive(Debug, Default)]
pub(crate) struct Includes {
    pub(crate) files: BTreeMap<String, String>,
    pub(crate) baseurl: String,
    pub(crate) url: String,
    pub(crate) values: SiteValues,
    /// The shortcodes that some post asks for, since what they are only the old site knows.
    pub(crate) asked: Mutex<BTreeSet<String>>,
    /// Those that show what includes showed.
    pub(crate) shortcodes: Shortcodes,
}

impl Includes {
    pub(crate) fn insert(&mut self, path: String, text: String) {
        self.files.insert(path, text);
    }

    /// The shortcodes that were asked for: name and text.
    pub(crate) fn asked_for(&self) -> Vec<(String, String)> {
        let asked = self.asked.lock().map(|asked| asked.clone()).unwrap_or_default();
        let working = self.shortcodes.templates().filter(|(name, _)| asked.contains(name));
        let stubs = self.files.iter().map(|(path, text)| (self.stub(path), path, text));
        let stubs = stubs.filter(|(name, ..)| asked.contains(name)).map(|(name, path, text)| {
            // Go's comments end at the first `*/`.
            let text = text.replace("*/", "* /");
            let text = text.trim_end();
            let head =
                format!("What the include `{path}` of the old site was. Its parameters are there: .Get \"name\".");
            (name, format!("{{{{- /*\n{head}\n\n{text}\n*/ -}}}}\n"))
        });
        working.chain(stubs).collect()
    }

    /// The name of a shortcode that shows nothing.
    fn stub(&self, path: &str) -> String {
        let name = shortcode_name(path);
        if self.shortcodes.has(&name) { format!("{name}-stub") } else { name }
    }

    /// What the includes of a page's body show, as far as it is known.
    pub(crate) fn shown(&self, body: &str, page: &PageValues) -> Vec<Shown> {
        let scope = self.scope(Some(page));
        let shown = |(path, arguments): (&str, BTreeMap<String, Known>)| {
            let given = Given { includes: self, arguments, page: Some(page), depth: 1 };
            let (text, marks) = evaluate_marked(self.files.get(path)?, &given)?;
            Shown::new(path, &text, &marks, &given.arguments)
        };
        calls(body, &scope).into_iter().filter_map(shown).collect()
    }

    /// Notes that a post has this shortcode in it.
    pub(crate) fn ask(&self, name: &str) {
        if let Ok(mut asked) = self.asked.lock() {
            asked.insert(name.to_owned());
        }
    }

    /// What a text comes to that asks for nothing but the configuration; `None` if it asks for more.
    pub(crate) fn worked_out(&self, text: &str) -> Option<String> {
        if !text.contains("{{") && !text.contains("{%") {
            return Some(text.to_owned());
        }
        evaluate_with(text, &self.scope(None), &mut Variables::new())
    }

    /// A text of a page with what leans on the page itself, and on its own variables, worked out.
    pub(crate) fn partly(&self, text: &str, page: &PageValues) -> Option<Partly> {
        evaluate_partly(text, &self.scope(Some(page)))
    }

    fn scope<'i>(&'i self, page: Option<&'i PageValues>) -> Given<'i> {
        Given { includes: self, arguments: BTreeMap::new(), page, depth: 0 }
    }

    fn expand(&self, path: &str, arguments: BTreeMap<String, Known>) -> Option<String> {
        self.scope(None).expand(path, arguments, &mut Variables::new())
    }
}

/// What an include may ask for.
struct Given<'i> {
    includes: &'i Includes,
    arguments: BTreeMap<String, Known>,
    /// The page that it is included in, where that is known.
    page: Option<&'i PageValues>,
    depth: usize,
}

impl Given<'_> {
    fn expand(&self, path: &str, arguments: BTreeMap<String, Known>, own: &mut Variables) -> Option<String> {
        let text = self.includes.files.get(path).filter(|_| self.depth < DEEPEST)?;
        let given = Given { includes: self.includes, arguments, page: self.page, depth: self.depth + 1 };
        evaluate_with(text, &given, own)
    }
}

impl Scope for Given<'_> {
    fn value(&self, path: &str) -> Option<Known> {
        let (first, rest) = path.split_once('.')?;
        match (first, rest) {
            ("site", "baseurl") => Some(Known::Text(self.includes.baseurl.clone())),
            ("site", "url") => Some(Known::Text(self.includes.url.clone())),
            ("site", key) => self.includes.values.known(key),
            ("page", key) => self.page?.known(key),
            ("include", name) => match self.arguments.get(name) {
                Some(value) => Some(value.clone()),
                None if name.contains('.') => None,
                None => Some(Known::Nothing),
            },
            _ => None,
        }
    }

    fn include(&self, file: &str, arguments: BTreeMap<String, Known>, own: &mut Variables) -> Option<String> {
        self.expand(file, arguments, own)
    }

    fn include_relative(&self, file: &str, arguments: BTreeMap<String, Known>, own: &mut Variables) -> Option<String> {
        let text = self.page.filter(|_| self.depth < DEEPEST)?.beside(file)?;
        let given = Given { includes: self.includes, arguments, page: self.page, depth: self.depth + 1 };
        evaluate_with(&text, &given, own)
    }

    fn leans(&self, file: &str, own: &Variables) -> bool {
        let Some(text) = self.includes.files.get(file) else { return false };
        let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        let mut words = text.split(|c| !is_word(c));
        words.any(|word| matches!(word, "page" | "assign" | "capture") || own.contains_key(word))
    }
}

/// The name of the shortcode for an include.
pub(crate) fn shortcode_name(path: &str) -> String {
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
        let includes = &self.0;
        if !includes.files.contains_key(path) {
            return None;
        }
        let arguments: Option<BTreeMap<String, Known>> = tag
            .details
            .arguments
            .iter()
            .skip(1)
            .map(|argument| {
                let value = argument.is_literal.then(|| Known::Text(argument.value.clone()))?;
                Some((argument.name.clone()?, value))
            })
            .collect();
        let expanded = arguments.and_then(|arguments| includes.expand(path, arguments));
        Some(expanded.map_or_else(|| TagText::Tag(shortcode(includes, path, tag)), TagText::Markup))
    }
}

fn shortcode(includes: &Includes, path: &str, tag: &Tag) -> String {
    let mut out = format!("{{{{< {}", includes.stub(path));
    for argument in tag.details.arguments.iter().skip(1) {
        let Some(name) = &argument.name else { continue };
        let name: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        out.push_str(&format!(" {name}={}", crate::dialect::tags::quote_shortcode(&argument.value)));
    }
    out.push_str(" >}}");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ast::Argument;

    fn said(text: &str, arguments: &[Argument]) -> Option<TagText> {
        let mut includes = Includes { baseurl: "/blog".to_owned(), ..Includes::default() };
        includes.insert("a/note.html".to_owned(), text.to_owned());
        let mut tag = Tag::new("jekyll", "include", "{% include a/note.html %}");
        let details = tag.details_mut();
        details.arguments.push(Argument::new("a/note.html"));
        details.arguments.extend_from_slice(arguments);
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
        let shortcode = TagText::Tag("{{< include-a-note title=\"A \\\"b\\\"\" >}}".to_owned());
        assert_eq!(said(text, &[unknown]), Some(shortcode.clone()));
        let logic = "{% if include.title == 'x' %}x{% else %}y{% endif %}";
        assert_eq!(said(logic, std::slice::from_ref(&title)), Some(TagText::Markup("y".to_owned())));
        assert_eq!(said("{% for post in site.posts %}{% endfor %}", &[title]), Some(shortcode));
    }

    #[test]
    fn a_stub_holds_what_there_was() {
        let mut includes = Includes::default();
        includes.insert("x.html".to_owned(), "/* {% for %} */".to_owned());
        includes.insert("y.html".to_owned(), "{% for %}".to_owned());
        includes.ask("include-x");
        let (name, text) = includes.asked_for().pop().unwrap();
        assert_eq!(name, "include-x");
        assert!(text.ends_with("/* {% for %} * /\n*/ -}}\n"), "{text}");
    }
}

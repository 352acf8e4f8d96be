//! Saying in Liquid what a tag of another language means: with what core Jekyll has, for an unknown tag stops its build.

use super::super::{dated, usual};
use crate::ast::{Address, Highlight, Meaning, Numbers, PageLink, PlacedTag};
use crate::format::{TagContext, TagText};
use crate::meta::{Meta, Value};

pub(super) fn say(tag: &PlacedTag, context: &TagContext<'_>) -> Option<TagText> {
    match &tag.tag.details.meaning {
        Meaning::Highlight(highlight) => self::highlight(highlight),
        Meaning::PageLink(link) => page_link(link).map(TagText::Tag),
        Meaning::Address(address) => Some(TagText::Tag(self::address(address))),
        // Hugo escapes a value, Liquid does not.
        Meaning::Param { key, value: Some(value) } if usual::is_same_everywhere(value) => {
            param(key, context.meta).map(TagText::Tag)
        }
        // Liquid stops at a broken tag even here.
        Meaning::Comment(text) if !text.contains("{{") && !text.contains("{%") => {
            Some(TagText::Tag(format!("{{% comment %}}{text}{{% endcomment %}}")))
        }
        // kramdown reads no Markdown in HTML unless told.
        Meaning::DetailsStart(details) if context.written_markup != "html" => {
            Some(TagText::Html(usual::details_start(details, " markdown=\"1\"")))
        }
        _ => None,
    }
}

/// The tag, where a fence cannot say it.
fn highlight(highlight: &Highlight) -> Option<TagText> {
    let Highlight { language, numbers, marked, is_inline, .. } = highlight;
    let is_language =
        !language.is_empty() && language.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".+#_-".contains(&byte));
    if *is_inline || !is_language || (numbers.is_none() && marked.is_empty()) {
        return None;
    }
    let mut open = format!("{{% highlight {language}");
    match numbers {
        Some(Numbers::Usual | Numbers::Inline) => open.push_str(" linenos"),
        Some(Numbers::Table) => open.push_str(" linenos=table"),
        None => {}
    }
    if !marked.is_empty() {
        // Jekyll takes single lines only.
        let lines = marked.iter().flat_map(|&(first, last)| first..=last.min(first.saturating_add(9_999)));
        let lines: Vec<String> = lines.map(|line| line.to_string()).collect();
        open.push_str(&format!(" mark_lines=\"{}\"", lines.join(" ")));
    }
    Some(TagText::Around(format!("{open} %}}"), "{% endhighlight %}".to_owned()))
}

fn page_link(link: &PageLink) -> Option<String> {
    let name = link.page.rsplit('/').next()?;
    dated(name)?;
    let host = if link.is_absolute { "{{ site.url }}" } else { "" };
    Some(format!("{host}{{% post_url {name} %}}{}", link.fragment))
}

fn address(address: &Address) -> String {
    let host = if address.has_host { "{{ site.url }}" } else { "" };
    let base = if address.has_base { "{{ site.baseurl }}" } else { "" };
    format!("{host}{base}{}", address.path)
}

/// The output for a key of the front matter, at top level or under `params`.
fn param(key: &str, meta: &Meta) -> Option<String> {
    let has = |path: &str| {
        let mut steps = path.split('.');
        let first = steps.next().and_then(|step| meta.get(step));
        steps.fold(first, |value, step| value.and_then(Value::as_map).and_then(|map| map.get(step))).is_some()
    };
    let is_plain = |path: &str| path.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
    let under_params = format!("params.{key}");
    let path = if has(key) { key } else { under_params.as_str() };
    (has(path) && is_plain(path)).then(|| format!("{{{{ page.{path} }}}}"))
}

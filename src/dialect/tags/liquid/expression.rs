//! What a Liquid output shows, as far as it can be known: constants, the front matter, the site's address and values.

use super::super::usual;
use crate::ast::{Address, Meaning};
use crate::meta::{Meta, Value};

/// The filters that are worked out, each as Liquid 5.4 and Jekyll 4.3 do.
pub(super) fn meaning(markup: &str, meta: &Meta) -> Meaning {
    let mut parts = split_outside_quotes(markup, '|').into_iter();
    let Some(first) = parts.next().map(str::trim) else { return Meaning::Unknown };
    let filters: Vec<&str> = parts.collect();
    if let (Some(key), true) = (page_key(first), filters.is_empty()) {
        return match shown(meta, &key) {
            Shown::Text(value) => Meaning::Param { key, value: Some(value) },
            Shown::Other => Meaning::Param { key, value: None },
            Shown::Nothing => Meaning::Unknown,
        };
    }
    if let (Some(key), true, None) = (first.strip_prefix("site."), filters.is_empty(), operand(first, meta)) {
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        return if is_key { Meaning::SiteValue(key.to_owned()) } else { Meaning::Unknown };
    }
    let Some(mut value) = operand(first, meta) else { return Meaning::Unknown };
    for filter in filters {
        match apply(value, filter.trim(), meta) {
            Some(next) => value = next,
            None => return Meaning::Unknown,
        }
    }
    value.into_meaning()
}

/// The text of a quoted string, or of a variable of the front matter.
pub(super) fn constant(markup: &str, meta: &Meta) -> Option<String> {
    match operand(markup.trim(), meta)? {
        Shape { has_host: false, has_base: false, text, .. } => Some(text),
        _ => None,
    }
}

/// A value: a text, in front of it perhaps the site's address, whose value only the site knows.
struct Shape {
    has_host: bool,
    has_base: bool,
    text: String,
    /// Whether it has become an address by a filter.
    is_address: bool,
}

impl Shape {
    fn text(text: impl Into<String>) -> Self {
        Shape { has_host: false, has_base: false, text: text.into(), is_address: false }
    }

    fn into_meaning(self) -> Meaning {
        if self.has_host || self.has_base || self.is_address {
            return Meaning::Address(Address { has_host: self.has_host, has_base: self.has_base, path: self.text });
        }
        Meaning::Text(self.text)
    }

    /// `self` followed by `next`; `None` if the site's address would come to stand in the middle.
    fn then(self, next: Shape) -> Option<Shape> {
        let is_empty = self.text.is_empty() && !self.has_base;
        match (next.has_host, next.has_base) {
            (false, false) => Some(Shape { text: self.text + &next.text, ..self }),
            (false, true) if is_empty => Some(Shape { has_host: self.has_host, ..next }),
            (true, _) if is_empty && !self.has_host => Some(next),
            _ => None,
        }
    }
}

fn operand(markup: &str, meta: &Meta) -> Option<Shape> {
    if let Some(text) = quoted(markup) {
        return Some(Shape::text(text));
    }
    if !markup.is_empty() && markup.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Shape::text(markup));
    }
    match markup {
        "site.url" => Some(Shape { has_host: true, ..Shape::text("") }),
        "site.baseurl" => Some(Shape { has_base: true, ..Shape::text("") }),
        _ => match shown(meta, &page_key(markup)?) {
            Shown::Text(text) => Some(Shape::text(text)),
            Shown::Other | Shown::Nothing => None,
        },
    }
}

fn apply(value: Shape, filter: &str, meta: &Meta) -> Option<Shape> {
    let (name, arguments) = filter.split_once(':').unwrap_or((filter, ""));
    let arguments: Vec<Shape> = split_outside_quotes(arguments, ',')
        .into_iter()
        .map(str::trim)
        .filter(|argument| !argument.is_empty())
        .map(|argument| operand(argument, meta))
        .collect::<Option<_>>()?;
    let mut arguments = arguments.into_iter();
    let (first, second) = (arguments.next(), arguments.next());
    match (name.trim(), first, second) {
        ("append", Some(next), None) => value.then(next),
        ("prepend", Some(front), None) => front.then(value),
        ("relative_url", None, None) => relative_url(value),
        ("absolute_url", None, None) => absolute_url(value),
        // What is left works on text, and the site's address is none that is known.
        _ if value.has_host || value.has_base => None,
        ("upcase", None, None) => Some(Shape::text(value.text.to_uppercase())),
        ("downcase", None, None) => Some(Shape::text(value.text.to_lowercase())),
        ("strip", None, None) => Some(Shape::text(value.text.trim())),
        ("escape" | "xml_escape", None, None) => Some(Shape::text(escape(&value.text))),
        ("remove", Some(what), None) => Some(Shape::text(value.text.replace(&what.text, ""))),
        ("replace", Some(what), Some(with)) => Some(Shape::text(value.text.replace(&what.text, &with.text))),
        _ => None,
    }
}

/// Jekyll 4.3, `URLFilters#relative_url`.
fn relative_url(value: Shape) -> Option<Shape> {
    if value.has_host || has_scheme(&value.text) {
        return Some(Shape { is_address: true, ..value });
    }
    if value.has_base || value.text.starts_with("//") {
        return None;
    }
    Some(Shape { has_host: false, has_base: true, text: address(&value.text)?, is_address: true })
}

/// Jekyll 4.3, `URLFilters#absolute_url`.
fn absolute_url(value: Shape) -> Option<Shape> {
    if value.has_host || has_scheme(&value.text) {
        return Some(Shape { is_address: true, ..value });
    }
    let text = if value.has_base { value.text } else { address(&value.text)? };
    Some(Shape { has_host: true, has_base: true, text, is_address: true })
}

/// A path with a slash in front, percent-encoded; `None` if it would be shortened too.
fn address(path: &str) -> Option<String> {
    if path.contains("./") || path.contains("//") {
        return None;
    }
    let mut out = String::new();
    if !path.is_empty() && !path.starts_with('/') {
        out.push('/');
    }
    for byte in path.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/?#%".contains(&byte);
        if is_plain {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    Some(out)
}

fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// `foo.bar` of `page.foo.bar` and of `page["foo"].bar`.
fn page_key(markup: &str) -> Option<String> {
    let path = markup.strip_prefix("page")?;
    let mut key = String::new();
    let mut rest = path;
    while !rest.is_empty() {
        let step;
        if let Some(named) = rest.strip_prefix('.') {
            let end = named.find(['.', '[']).unwrap_or(named.len());
            (step, rest) = named.split_at(end);
        } else {
            let inside = rest.strip_prefix('[')?;
            let (name, behind) = inside.split_once(']')?;
            step = quoted(name)?;
            rest = behind;
        }
        if step.is_empty() || !step.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-') {
            return None;
        }
        if !key.is_empty() {
            key.push('.');
        }
        key.push_str(step);
    }
    (!key.is_empty()).then_some(key)
}

enum Shown {
    /// The front matter has it and Liquid shows this.
    Text(String),
    /// The front matter has it, and what Liquid shows for it is none of a text's business: a list, a date.
    Other,
    /// The front matter does not have it; Jekyll may know it from elsewhere.
    Nothing,
}

fn shown(meta: &Meta, key: &str) -> Shown {
    // Jekyll makes something else of these than what is written there.
    const WORKED_OUT: [&str; 10] =
        ["url", "id", "content", "excerpt", "previous", "next", "collection", "path", "categories", "tags"];
    let mut steps = key.split('.');
    let first = steps.next().unwrap_or_default();
    let mut value = meta.get(first);
    for step in steps {
        value = value.and_then(Value::as_map).and_then(|map| map.get(step));
    }
    match value {
        None => Shown::Nothing,
        Some(_) if WORKED_OUT.contains(&first) => Shown::Other,
        Some(value) => usual::shown(value).map_or(Shown::Other, Shown::Text),
    }
}

/// The inside of a string in quotes of either kind.
pub(super) fn quoted(text: &str) -> Option<&str> {
    let quote = text.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let inside = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inside.contains(quote)).then_some(inside)
}

fn split_outside_quotes(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut start, mut quote) = (0, None);
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == separator => {
                parts.push(text.get(start..at).unwrap_or_default());
                start = at + c.len_utf8();
            }
            None => {}
        }
    }
    parts.push(text.get(start..).unwrap_or_default());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(markup: &str) -> String {
        let mut meta = Meta::new();
        meta.insert("title", "A b");
        meta.insert("image", "pics/é a.png");
        meta.insert("n", 5_i64);
        meta.insert("tags", Value::List(vec!["x".into()]));
        match meaning(markup, &meta) {
            Meaning::Text(text) => format!("={text}"),
            Meaning::Param { key, value } => format!("page {key} {value:?}"),
            Meaning::Address(address) => {
                let host = if address.has_host { "H" } else { "" };
                let base = if address.has_base { "B" } else { "" };
                format!("{host}{base} {}", address.path)
            }
            other => format!("{other:?}"),
        }
    }

    // What Jekyll 4.3.1 shows for each was looked up with `url: H`, `baseurl: B`.
    #[test]
    fn constants_are_worked_out() {
        for (markup, expected) in [
            ("'x'", "=x"),
            ("\"a | b\" | upcase", "=A | B"),
            ("\"/a\" | relative_url", "B /a"),
            ("\"a b\" | relative_url", "B /a%20b"),
            ("\"/a\" | absolute_url", "HB /a"),
            ("\"http://x/y\" | absolute_url", " http://x/y"),
            ("site.baseurl", "B "),
            ("site.url | append: \"/x\"", "H /x"),
            ("\"/x\" | prepend: site.baseurl", "B /x"),
            ("\"/x\" | prepend: site.baseurl | prepend: site.url", "HB /x"),
            ("site.url | append: site.baseurl | append: \"/x\"", "HB /x"),
            ("page.title", "page title Some(\"A b\")"),
            ("page['n']", "page n Some(\"5\")"),
            ("page.title | downcase", "=a b"),
            ("page.image | relative_url", "B /pics/%C3%A9%20a.png"),
            ("page.tags", "page tags None"),
            ("page.url", "Unknown"),
            ("site.title", "SiteValue(\"title\")"),
            ("x", "Unknown"),
            ("\"x\" | unheard_of", "Unknown"),
            ("\"x\" | append: site.url", "Unknown"),
            ("", "Unknown"),
        ] {
            assert_eq!(of(markup), expected, "{markup}");
        }
    }
}

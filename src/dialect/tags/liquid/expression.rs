//! What a Liquid output shows, as far as it can be known: constants, the front matter, the site's address and values.

use super::filters::apply;
use super::scope::Scope;
use super::value::{Known, Shape};
use crate::ast::Meaning;
use crate::meta::{Meta, Value};

/// What the output of `markup` means.
pub(super) fn meaning(markup: &str, scope: &Scope<'_>) -> Meaning {
    let mut parts = split_outside_quotes(markup, '|').into_iter();
    let Some(first) = parts.next().map(str::trim) else { return Meaning::Unknown };
    let filters: Vec<&str> = parts.collect();
    if filters.is_empty()
        && let Some(Found { key: Some(key), value, is_there: true }) =
            page_steps(first).map(|steps| find(scope.meta, &steps))
    {
        return Meaning::Param { key, value: value.and_then(|value| value.shown()) };
    }
    if let (Some(key), true, None) = (first.strip_prefix("site."), filters.is_empty(), operand(first, scope)) {
        let is_key = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
        return if is_key { Meaning::SiteValue(key.to_owned()) } else { Meaning::Unknown };
    }
    value(markup, scope).map_or(Meaning::Unknown, Known::into_meaning)
}

/// The value of an operand with its filters.
pub(super) fn value(markup: &str, scope: &Scope<'_>) -> Option<Known> {
    let mut parts = split_outside_quotes(markup, '|').into_iter();
    let first = operand(parts.next()?.trim(), scope);
    parts.fold(first, |value, filter| filtered(value?, filter, scope))
}

fn filtered(value: Known, filter: &str, scope: &Scope<'_>) -> Option<Known> {
    let (name, arguments) = filter.split_once(':').unwrap_or((filter, ""));
    let arguments: Vec<Known> = split_outside_quotes(arguments, ',')
        .into_iter()
        .map(str::trim)
        .filter(|argument| !argument.is_empty())
        .map(|argument| operand(argument, scope))
        .collect::<Option<_>>()?;
    apply(value, name.trim(), &arguments)
}

/// The text of a quoted string, or of a variable of the front matter.
pub(super) fn constant(markup: &str, scope: &Scope<'_>) -> Option<String> {
    operand(markup.trim(), scope)?.shown()
}

fn operand(markup: &str, scope: &Scope<'_>) -> Option<Known> {
    if let Some(text) = quoted(markup) {
        return Some(Known::Text(text.to_owned()));
    }
    match markup {
        "site.url" => return Some(Known::Place(Shape { has_host: true, ..Shape::default() })),
        "site.baseurl" => return Some(Known::Place(Shape { has_base: true, ..Shape::default() })),
        "nil" | "null" | "blank" | "empty" => return Some(Known::Nothing),
        "true" => return Some(Known::Truth(true)),
        "false" => return Some(Known::Truth(false)),
        _ => {}
    }
    let digits = markup.strip_prefix('-').unwrap_or(markup);
    let are_digits = |digits: &str| !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    match digits.split_once('.') {
        None if are_digits(digits) => return markup.parse().ok().map(Known::Whole),
        Some((whole, part)) if are_digits(whole) && are_digits(part) => {
            return markup.parse().ok().map(Known::Fraction);
        }
        _ => {}
    }
    match page_steps(markup) {
        Some(steps) => find(scope.meta, &steps).value,
        None => scope.variable(markup),
    }
}

/// One step of `page.foo["bar"][0]`.
enum Step<'m> {
    Name(&'m str),
    Index(i64),
}

/// The steps behind `page`.
fn page_steps(markup: &str) -> Option<Vec<Step<'_>>> {
    let mut steps = Vec::new();
    let mut rest = markup.strip_prefix("page")?;
    while !rest.is_empty() {
        let step;
        if let Some(named) = rest.strip_prefix('.') {
            let end = named.find(['.', '[']).unwrap_or(named.len());
            (step, rest) = named.split_at(end);
        } else {
            let inside = rest.strip_prefix('[')?;
            let (name, behind) = inside.split_once(']')?;
            rest = behind;
            if let Ok(index) = name.trim().parse() {
                steps.push(Step::Index(index));
                continue;
            }
            step = quoted(name.trim())?;
        }
        if step.is_empty() || !step.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-') {
            return None;
        }
        steps.push(Step::Name(step));
    }
    (!steps.is_empty()).then_some(steps)
}

/// What the front matter has at the end of some steps.
struct Found {
    /// The path of its keys; `None` if a step led into a list.
    key: Option<String>,
    /// What it is, if Liquid shows just that.
    value: Option<Known>,
    /// Whether there is anything: else Jekyll may know it from elsewhere.
    is_there: bool,
}

fn find(meta: &Meta, steps: &[Step<'_>]) -> Found {
    // Jekyll makes something else of these than what is written there.
    const WORKED_OUT: [&str; 10] =
        ["url", "id", "content", "excerpt", "previous", "next", "collection", "path", "categories", "tags"];
    let nothing = Found { key: None, value: None, is_there: false };
    let is_worked_out = matches!(steps.first(), Some(Step::Name(first)) if WORKED_OUT.contains(first));
    let mut path: Vec<&str> = Vec::new();
    let mut value: Option<&Value> = None;
    for (at, step) in steps.iter().enumerate() {
        let next = match (value, step) {
            (None, Step::Name(name)) => meta.get(name),
            (Some(Value::Map(map)), Step::Name(name)) => map.get(name),
            (Some(value), _) => {
                let known = Known::of(value).filter(|_| !is_worked_out);
                let known = known.and_then(|value| inside(value, steps.get(at..)?));
                return Found { key: None, value: known, is_there: true };
            }
            (None, Step::Index(_)) => None,
        };
        let (Some(found), Step::Name(name)) = (next, step) else { return nothing };
        path.push(name);
        value = Some(found);
    }
    let known = value.filter(|_| !is_worked_out).and_then(Known::of);
    Found { key: Some(path.join(".")), value: known, is_there: value.is_some() }
}

/// Steps into a value that is no map: `[0]`, `first`, `last`, `size`.
fn inside(value: Known, steps: &[Step<'_>]) -> Option<Known> {
    steps.iter().try_fold(value, |value, step| match (value, step) {
        (Known::List(values), Step::Index(index)) => {
            let distance = usize::try_from(index.unsigned_abs()).ok()?;
            let index = if *index < 0 { values.len().checked_sub(distance) } else { Some(distance) };
            Some(index.and_then(|index| values.get(index).cloned()).unwrap_or(Known::Nothing))
        }
        (value @ Known::List(_), Step::Name(name @ ("first" | "last" | "size"))) => apply(value, name, &[]),
        (value @ Known::Text(_), Step::Name(name @ "size")) => apply(value, name, &[]),
        _ => None,
    })
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
        meta.insert("list", Value::List(vec!["x".into(), "y".into(), 1_i64.into()]));
        meta.insert("off", false);
        meta.insert("nothing", Value::Null);
        match meaning(markup, &Scope::of(&meta)) {
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
            ("page.off", "page off Some(\"false\")"),
            ("page.nothing", "page nothing Some(\"\")"),
            ("page.list", "page list Some(\"xy1\")"),
            ("page.list[0]", "=x"),
            ("page.list[-1]", "=1"),
            ("page.list[7]", "="),
            ("page.list.size", "=3"),
            ("page.title.size", "=3"),
            ("page.tags[0]", "Unknown"),
            ("page.list | join: ', '", "=x, y, 1"),
            ("page.list | first | upcase", "=X"),
            ("page.nothing | default: 'q'", "=q"),
            ("page.missing | default: 'q'", "Unknown"),
            ("page.n | divided_by: 2 | plus: page.n | append: 'x'", "=7x"),
            ("page.n | divided_by: 0", "Unknown"),
            ("\"-7\" | divided_by: 2", "=-4"),
            ("3.50", "=3.5"),
            ("-3", "=-3"),
            ("nil", "="),
            ("'hELLO wORLD' | capitalize", "=Hello world"),
            ("'Ground control to Major Tom.' | truncate: 20", "=Ground control to..."),
            ("'a b c d' | truncatewords: 3, '--'", "=a b c--"),
            ("'a,b,,c,,' | split: ',' | join: ';'", "=a;b;;c"),
            ("'a b  c' | split: ' ' | last", "=c"),
            ("'abcdef' | slice: -3, 2", "=de"),
            ("'The _config.yml file é' | slugify", "=the-config-yml-file-é"),
            ("'a <b>bold</b> w' | strip_html", "=a bold w"),
            ("'&amp; <' | escape_once", "=&amp; &lt;"),
            ("\"it's\" | xml_escape", "=it&apos;s"),
            ("\"it's\" | escape", "=it&#39;s"),
            ("'a b&c/é' | cgi_escape", "=a+b%26c%2F%C3%A9"),
            ("'a b&c/é' | uri_escape", "=a%20b&c/%C3%A9"),
            ("'a~b*c' | url_encode", "=a~b%2Ac"),
            ("page.list | array_to_sentence_string", "=x, y, and 1"),
            ("page.list | jsonify", "=[\"x\",\"y\",1]"),
            ("'/a' | relative_url | append: '?x'", "B /a?x"),
        ] {
            assert_eq!(of(markup), expected, "{markup}");
        }
    }
}

//! Liquid's filters, and Jekyll's, as far as their results can be known: each as Liquid 5.4 and Jekyll 4.3 work it out.

use super::dates;
use super::value::{Known, Shape};

/// What `filter` makes of `value`; `None` if it cannot be known.
pub(super) fn apply(value: Known, filter: &str, arguments: &[Known]) -> Option<Known> {
    match (filter, arguments) {
        ("append", [next]) => Some(value.into_shape()?.then(next.clone().into_shape()?)?.known()),
        ("prepend", [front]) => Some(front.clone().into_shape()?.then(value.into_shape()?)?.known()),
        ("relative_url" | "absolute_url", []) if value == Known::Nothing => Some(value),
        ("relative_url", []) => relative_url(value.into_shape()?).map(Known::Place),
        ("absolute_url", []) => absolute_url(value.into_shape()?).map(Known::Place),
        ("default", [other]) => Some(if value.is_empty() { other.clone() } else { value }),
        // What is left works on what is known of the value, and the site's address is not.
        _ if matches!(value, Known::Place(_)) => None,
        ("jsonify", []) => json(&value).map(Known::Text),
        ("date" | "date_to_string" | "date_to_long_string" | "date_to_xmlschema" | "date_to_rfc822", _) => {
            dates::apply(&value.shown()?, filter, arguments).map(Known::Text)
        }
        _ => match &value {
            Known::List(values) => of_list(values, filter, arguments),
            _ => of_text(&value.shown()?, filter, arguments).or_else(|| of_number(&value, filter, arguments)),
        },
    }
}

fn of_text(text: &str, filter: &str, arguments: &[Known]) -> Option<Known> {
    let texts = arguments.iter().map(Known::shown).collect::<Option<Vec<_>>>()?;
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    Some(Known::Text(match (filter, texts.as_slice()) {
        ("upcase", []) => text.to_uppercase(),
        ("downcase", []) => text.to_lowercase(),
        ("capitalize", []) => capitalized(text),
        ("strip", []) => text.trim().to_owned(),
        ("lstrip", []) => text.trim_start().to_owned(),
        ("rstrip", []) => text.trim_end().to_owned(),
        ("strip_newlines", []) => text.replace("\r\n", "").replace('\n', ""),
        ("newline_to_br", []) => text.replace("\r\n", "\n").replace('\n', "<br />\n"),
        ("normalize_whitespace", []) => text.split_whitespace().collect::<Vec<_>>().join(" "),
        ("escape" | "h", []) => escape(text),
        ("xml_escape", []) => escape(text).replace("&#39;", "&apos;"),
        ("escape_once", []) => escape_once(text),
        ("strip_html", []) => strip_html(text),
        ("url_encode" | "cgi_escape", []) => percent(text, b"-._~").replace("%20", "+"),
        ("uri_escape", []) => percent(text, IN_ADDRESSES),
        ("slugify", []) => slug(text),
        ("remove", [what]) => text.replace(what, ""),
        ("remove_first", [what]) => text.replacen(what, "", 1),
        ("replace", [what, with]) => text.replace(what, with),
        ("replace_first", [what, with]) => text.replacen(what, with, 1),
        ("truncate", [] | [_] | [_, _]) => truncate(text, whole(arguments, 0, 50)?, texts.get(1).unwrap_or(&"...")),
        ("truncatewords", [] | [_] | [_, _]) => {
            truncate_words(text, whole(arguments, 0, 15)?, texts.get(1).unwrap_or(&"..."))
        }
        ("slice", [_] | [_, _]) => {
            let all: Vec<char> = text.chars().collect();
            let (start, end) = part(all.len(), whole(arguments, 0, 0)?, whole(arguments, 1, 1)?);
            all.get(start..end).unwrap_or_default().iter().collect()
        }
        ("size", []) => return Some(Known::Whole(i64::try_from(text.chars().count()).ok()?)),
        ("number_of_words", []) => return Some(Known::Whole(i64::try_from(text.split_whitespace().count()).ok()?)),
        ("split", [separator]) => return Some(Known::List(split(text, separator))),
        _ => return None,
    }))
}

fn of_list(values: &[Known], filter: &str, arguments: &[Known]) -> Option<Known> {
    let texts = || values.iter().map(Known::shown).collect::<Option<Vec<_>>>();
    Some(match (filter, arguments) {
        ("first", []) => values.first().cloned().unwrap_or(Known::Nothing),
        ("last", []) => values.last().cloned().unwrap_or(Known::Nothing),
        ("size", []) => Known::Whole(i64::try_from(values.len()).ok()?),
        ("join", []) => Known::Text(texts()?.join(" ")),
        ("join", [glue]) => Known::Text(texts()?.join(&glue.shown()?)),
        ("reverse", []) => Known::List(values.iter().rev().cloned().collect()),
        ("compact", []) => Known::List(values.iter().filter(|value| **value != Known::Nothing).cloned().collect()),
        ("uniq", []) => {
            let mut seen: Vec<Known> = Vec::new();
            for value in values.iter().take(MANY) {
                if !seen.contains(value) {
                    seen.push(value.clone());
                }
            }
            (values.len() <= MANY).then_some(Known::List(seen))?
        }
        ("sort", []) if values.iter().all(|value| matches!(value, Known::Text(_))) => {
            let mut texts = texts()?;
            texts.sort();
            Known::List(texts.into_iter().map(Known::Text).collect())
        }
        ("concat", [Known::List(more)]) => Known::List(values.iter().chain(more).cloned().collect()),
        ("slice", [_] | [_, _]) => {
            let (start, end) = part(values.len(), whole(arguments, 0, 0)?, whole(arguments, 1, 1)?);
            Known::List(values.get(start..end).unwrap_or_default().to_vec())
        }
        ("array_to_sentence_string", [] | [_]) => {
            let word = arguments.first().map_or(Some("and".to_owned()), Known::shown)?;
            let texts = texts()?;
            Known::Text(match texts.as_slice() {
                [] => String::new(),
                [one] => one.clone(),
                [one, other] => format!("{one} {word} {other}"),
                [first @ .., last] => format!("{}, {word} {last}", first.join(", ")),
            })
        }
        _ => return None,
    })
}

/// How many values a list may have for each to be compared with each.
const MANY: usize = 1000;

/// Whole numbers only.
fn of_number(value: &Known, filter: &str, arguments: &[Known]) -> Option<Known> {
    let of = |known: &Known| match known {
        Known::Whole(number) => Some(*number),
        Known::Text(text) => text.parse().ok(),
        _ => None,
    };
    let number = of(value)?;
    let other = arguments.iter().map(of).collect::<Option<Vec<_>>>()?;
    Some(Known::Whole(match (filter, other.as_slice()) {
        ("plus", [other]) => number.checked_add(*other)?,
        ("minus", [other]) => number.checked_sub(*other)?,
        ("times", [other]) => number.checked_mul(*other)?,
        ("divided_by", [other]) if *other > 0 => number.checked_div_euclid(*other)?,
        ("modulo", [other]) if *other > 0 => number.checked_rem_euclid(*other)?,
        ("abs", []) => number.checked_abs()?,
        ("round" | "ceil" | "floor", []) => number,
        ("at_least", [other]) => number.max(*other),
        ("at_most", [other]) => number.min(*other),
        _ => return None,
    }))
}

/// The whole number at `index` of the arguments.
fn whole(arguments: &[Known], index: usize, otherwise: i64) -> Option<i64> {
    match arguments.get(index) {
        None => Some(otherwise),
        Some(Known::Whole(number)) => Some(*number),
        Some(_) => None,
    }
}

/// The range of `count` things that begins at `start`, from the end if it is below zero, and holds `length`.
fn part(count: usize, start: i64, length: i64) -> (usize, usize) {
    let distance = usize::try_from(start.unsigned_abs()).unwrap_or(usize::MAX);
    let start = if start < 0 { count.checked_sub(distance).unwrap_or(count) } else { distance.min(count) };
    let end = start.saturating_add(usize::try_from(length).unwrap_or(0)).min(count);
    (start, end)
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(char::to_uppercase);
    first.into_iter().flatten().chain(chars.as_str().to_lowercase().chars()).collect()
}

fn truncate(text: &str, length: i64, end: &str) -> String {
    let length = usize::try_from(length).unwrap_or(0);
    if text.chars().count() <= length {
        return text.to_owned();
    }
    let kept = length.saturating_sub(end.chars().count());
    text.chars().take(kept).collect::<String>() + end
}

fn truncate_words(text: &str, words: i64, end: &str) -> String {
    let words = usize::try_from(words).unwrap_or(0).max(1);
    if text.split_whitespace().count() <= words {
        return text.to_owned();
    }
    text.split_whitespace().take(words).collect::<Vec<_>>().join(" ") + end
}

/// As Ruby's `String#split`: nothing is left of empty parts at the end, and a space means any white space.
fn split(text: &str, separator: &str) -> Vec<Known> {
    let mut parts: Vec<String> = match separator {
        " " => text.split_whitespace().map(str::to_owned).collect(),
        "" => text.chars().map(String::from).collect(),
        _ => text.split(separator).map(str::to_owned).collect(),
    };
    while parts.last().is_some_and(String::is_empty) {
        parts.pop();
    }
    parts.into_iter().map(Known::Text).collect()
}

fn json(value: &Known) -> Option<String> {
    Some(match value {
        Known::Nothing => "null".to_owned(),
        Known::Text(text) => serde_json::Value::from(text.as_str()).to_string(),
        Known::List(values) => {
            format!("[{}]", values.iter().map(json).collect::<Option<Vec<_>>>()?.join(","))
        }
        Known::Truth(_) | Known::Whole(_) | Known::Fraction(_) => value.shown()?,
        Known::Place(_) => return None,
    })
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

/// The same, but what is an entity already stays one.
fn escape_once(text: &str) -> String {
    let mut parts = text.split('&');
    let mut out = escape(parts.next().unwrap_or_default());
    for part in parts {
        let is_entity = part.split_once(';').is_some_and(|(name, _)| {
            let digits = |digits: &str, is: fn(&u8) -> bool| !digits.is_empty() && digits.as_bytes().iter().all(is);
            match name.strip_prefix('#') {
                Some(number) => match number.strip_prefix(['x', 'X']) {
                    Some(hex) => digits(hex, u8::is_ascii_hexdigit),
                    None => digits(number, u8::is_ascii_digit),
                },
                None => digits(name, u8::is_ascii_alphabetic),
            }
        });
        out.push_str(if is_entity { "&" } else { "&amp;" });
        out.push_str(&escape(part));
    }
    out
}

/// Text without its tags, and without scripts, styles and comments.
fn strip_html(html: &str) -> String {
    let mut text = html.to_owned();
    for (open, close) in [("<script", "</script>"), ("<!--", "-->"), ("<style", "</style>"), ("<", ">")] {
        let mut out = String::new();
        let mut rest = text.as_str();
        while let Some((before, inside)) = rest.split_once(open) {
            let Some((_, behind)) = inside.split_once(close) else { break };
            out.push_str(before);
            rest = behind;
        }
        out.push_str(rest);
        text = out;
    }
    text
}

/// Jekyll's usual slug: letters and digits, a hyphen for each run of others.
fn slug(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join("-").to_lowercase()
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
    let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
    Some(format!("{slash}{}", percent(path, IN_ADDRESSES)))
}

/// What stays as it is in an address, beside letters and digits.
const IN_ADDRESSES: &[u8] = b"-._~!$&'()*+,;=:@/?#%";

fn percent(text: &str, plain: &[u8]) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || plain.contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

//! Settings of a Jekyll site that change what its pages show, and that are not followed.

use super::super::passed_over::{Known, is_off, is_on};
use crate::error::Error;
use crate::meta::{Map, Value};

/// Those of kramdown that change what pages show (kramdown 2.4 and its GFM parser), but for `input`, `hard_wrap` and
/// `parse_block_html`, which are followed.
const KRAMDOWN: [Known; 14] = [
    Known { name: "auto_ids", is_followed: is_on, what: "headings have ids" },
    Known { name: "auto_id_prefix", is_followed: is_empty, what: "ids of headings have no prefix" },
    Known { name: "transliterated_header_ids", is_followed: is_off, what: "ids of headings keep their letters" },
    Known { name: "header_offset", is_followed: is_zero, what: "headings keep the levels that they are written with" },
    Known { name: "smart_quotes", is_followed: has_usual_quotes, what: "Hugo sets quotes as it does everywhere" },
    Known {
        name: "typographic_symbols",
        is_followed: is_empty,
        what: "Hugo sets dashes and dots as it does everywhere",
    },
    Known {
        name: "gfm_quirks",
        is_followed: has_usual_quirks,
        what: "lists, headings, quotations and fences end a paragraph, and dashes and dots are set",
    },
    Known { name: "parse_span_html", is_followed: is_on, what: "Markdown in tags of running text is read" },
    Known { name: "html_to_native", is_followed: is_off, what: "HTML stays HTML" },
    Known { name: "remove_line_breaks_for_cjk", is_followed: is_off, what: "the ends of lines are spaces" },
    Known { name: "math_engine", is_followed: is_mathjax, what: "formulas are passed through for MathJax" },
    Known { name: "footnote_nr", is_followed: is_one, what: "footnotes count from 1" },
    Known { name: "toc_levels", is_followed: has_all_levels, what: "tables of contents have headings of all levels" },
    Known { name: "link_defs", is_followed: is_empty, what: "links that only the configuration defines are text" },
];

const MARKDOWN: Known = Known {
    name: "markdown",
    is_followed: |value| value.as_str().is_some_and(|name| name.eq_ignore_ascii_case("kramdown")),
    what: "Markdown is read as kramdown reads it",
};

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Map(map) => map.is_empty(),
        _ => false,
    }
}

fn is_number(value: &Value, wanted: i64) -> bool {
    matches!(value, Value::Integer(number) if number.as_i64() == Some(wanted))
}

fn is_zero(value: &Value) -> bool {
    is_number(value, 0)
}

fn is_one(value: &Value) -> bool {
    is_number(value, 1)
}

/// Words of a list, or of a text with commas between them.
fn words(value: &Value) -> Option<Vec<String>> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Integer(number) => Some(number.to_string()),
        _ => None,
    };
    match value {
        Value::List(items) => items.iter().map(text).collect(),
        Value::String(words) => Some(words.split(',').map(|word| word.trim().to_owned()).collect()),
        _ => None,
    }
}

fn has_usual_quotes(value: &Value) -> bool {
    words(value).is_some_and(|words| words == ["lsquo", "rsquo", "ldquo", "rdquo"])
}

fn has_usual_quirks(value: &Value) -> bool {
    words(value).is_some_and(|words| words == ["paragraph_end"])
}

fn has_all_levels(value: &Value) -> bool {
    let is_range = value.as_str().is_some_and(|range| range.trim() == "1..6");
    is_range || words(value).is_some_and(|words| words == ["1", "2", "3", "4", "5", "6"])
}

fn is_mathjax(value: &Value) -> bool {
    value.as_str() == Some("mathjax")
}

/// Whether kramdown is to show quotes, dashes and dots as they are written: Hugo can do that too, all or nothing.
pub(crate) fn has_plain_typography(map: &Map) -> bool {
    const SYMBOLS: [(&str, &str); 7] = [
        ("mdash", "---"),
        ("ndash", "--"),
        ("hellip", "..."),
        ("laquo", "<<"),
        ("raquo", ">>"),
        ("laquo_space", "<< "),
        ("raquo_space", " >>"),
    ];
    let Some(kramdown) = map.get("kramdown").and_then(Value::as_map) else { return false };
    let quotes = kramdown.get("smart_quotes").and_then(words).unwrap_or_default();
    let symbols = kramdown.get("typographic_symbols").and_then(Value::as_map);
    // By name, or by number.
    let is_plain = |word: &str, name: &str, number: &str| word == name || word == number;
    let are_plain = match quotes.as_slice() {
        [first, second, third, fourth] => {
            [first, second].iter().all(|word| is_plain(word, "apos", "39"))
                && [third, fourth].iter().all(|word| is_plain(word, "quot", "34"))
        }
        _ => false,
    };
    are_plain
        && symbols.is_some_and(|symbols| {
            let is_said = |(name, text): &(&str, &str)| symbols.get(name).and_then(Value::as_str) == Some(*text);
            // What stands beside spaces is seldom named.
            let (needed, others) = SYMBOLS.split_at(5);
            needed.iter().all(is_said) && others.iter().all(|symbol| !symbols.contains_key(symbol.0) || is_said(symbol))
        })
}

/// What there is to tell of the configuration, each at its place in it.
pub(super) fn passed_over(map: &Map) -> Vec<Error> {
    let is_plain = has_plain_typography(map);
    let tell = |known: &Known, name: &str, map: &Map| {
        let entry = map.entry(known.name)?;
        Some(known.told(name, &entry.value)?.at(entry.span))
    };
    let mut told: Vec<Error> = tell(&MARKDOWN, MARKDOWN.name, map).into_iter().collect();
    if let Some(kramdown) = map.get("kramdown").and_then(Value::as_map) {
        let is_left = |known: &&Known| !is_plain || !matches!(known.name, "smart_quotes" | "typographic_symbols");
        let found = KRAMDOWN.iter().filter(is_left);
        told.extend(found.filter_map(|known| tell(known, &format!("kramdown.{}", known.name), kramdown)));
    }
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::jekyll::Config;

    fn told(text: &str) -> Vec<String> {
        let config = Config::parse(text, false, &mut ()).unwrap();
        let line = |error: &Error| error.span().map_or(0, |span| text[..span.start].matches('\n').count() + 1);
        passed_over(&config.map).iter().map(|error| format!("{}: {}", line(error), error.message())).collect()
    }

    #[test]
    fn only_what_is_not_followed_is_told() {
        let usual = "markdown: kramdown\nkramdown:\n  input: GFM\n  auto_ids: true\n  smart_quotes: lsquo,rsquo,ldquo,rdquo\n  \
                     toc_levels: 1..6\n  hard_wrap: true\n  syntax_highlighter: rouge\n";
        assert_eq!(told(usual), [""; 0]);
        let other = "markdown: redcarpet\nkramdown:\n  auto_ids: false\n  smart_quotes: [lsquo, rsquo, laquo, raquo]\n";
        assert_eq!(
            told(other),
            [
                "1: the setting `markdown` is not followed: Markdown is read as kramdown reads it",
                "3: the setting `kramdown.auto_ids` is not followed: headings have ids",
                "4: the setting `kramdown.smart_quotes` is not followed: Hugo sets quotes as it does everywhere",
            ]
        );
        let plain = "kramdown:\n  smart_quotes: apos,apos,quot,quot\n  typographic_symbols: {mdash: ---, ndash: --, hellip: ..., \
                     laquo: '<<', raquo: '>>'}\n";
        assert_eq!(told(plain), [""; 0]);
    }
}

//! Values that are known, and whether conditions hold.

use super::super::filters;
pub(super) use super::super::value::Known;

type Lookup<'l> = &'l dyn Fn(&str) -> Option<Known>;

/// A value with its filters.
pub(super) fn expression(markup: &str, lookup: Lookup<'_>) -> Option<Known> {
    let mut parts = split_outside_quotes(markup, &["|"]).into_iter();
    let mut value = operand(parts.next()?.trim(), lookup)?;
    for filter in parts {
        let (name, arguments) = filter.split_once(':').unwrap_or((filter, ""));
        let arguments =
            split_outside_quotes(arguments, &[","]).into_iter().map(str::trim).filter(|word| !word.is_empty());
        let arguments = arguments.map(|word| operand(word, lookup)).collect::<Option<Vec<_>>>()?;
        value = resolved(filters::apply(value, name.trim(), &arguments)?, lookup)?;
    }
    Some(value)
}

fn operand(word: &str, lookup: Lookup<'_>) -> Option<Known> {
    for quote in ['"', '\''] {
        if let Some(text) = word.strip_prefix(quote).and_then(|word| word.strip_suffix(quote)) {
            return (!text.contains(quote)).then(|| Known::Text(text.to_owned()));
        }
    }
    match word {
        "" | "nil" | "null" => Some(Known::Nothing),
        "true" => Some(Known::Truth(true)),
        "false" => Some(Known::Truth(false)),
        word => match word.parse::<i64>() {
            Ok(number) => Some(Known::Whole(number)),
            Err(_) => {
                let is_path = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
                if is_path && !word.starts_with(|c: char| c.is_ascii_digit()) { lookup(word) } else { None }
            }
        },
    }
}

/// Whether a condition holds: `and` and `or` from the right, as Liquid reads them.
pub(super) fn condition(markup: &str, lookup: Lookup<'_>) -> Option<bool> {
    let words = split_outside_quotes(markup, &[" ", "\n", "\t"]);
    let words: Vec<&str> = words.into_iter().map(str::trim).filter(|word| !word.is_empty()).collect();
    let mut clauses: Vec<(&[&str], &str)> = Vec::new();
    let mut start = 0;
    for (at, word) in words.iter().enumerate() {
        if matches!(*word, "and" | "or") {
            clauses.push((words.get(start..at)?, word));
            start = at + 1;
        }
    }
    let mut holds = clause(words.get(start..)?, lookup)?;
    for (words, joint) in clauses.into_iter().rev() {
        let own = clause(words, lookup)?;
        holds = if joint == "and" { own && holds } else { own || holds };
    }
    Some(holds)
}

fn clause(words: &[&str], lookup: Lookup<'_>) -> Option<bool> {
    match words {
        [one] => Some(operand(one, lookup)?.holds()),
        [left, "==", "empty"] => Some(operand(left, lookup)?.has_nothing_in_it()),
        [left, "!=", "empty"] => Some(!operand(left, lookup)?.has_nothing_in_it()),
        [left, sign, right] => {
            if matches!(*right, "blank" | "empty") {
                return None;
            }
            compare(&operand(left, lookup)?, sign, &operand(right, lookup)?)
        }
        _ => None,
    }
}

fn compare(left: &Known, sign: &str, right: &Known) -> Option<bool> {
    match (sign, left, right) {
        ("==", ..) => Some(left == right),
        ("!=" | "<>", ..) => Some(left != right),
        ("contains", Known::Text(left), right) => Some(left.contains(&right.shown()?)),
        ("contains", Known::List(items), right) => Some(items.contains(right)),
        ("contains", Known::Nothing, _) => Some(false),
        (">", Known::Whole(left), Known::Whole(right)) => Some(left > right),
        ("<", Known::Whole(left), Known::Whole(right)) => Some(left < right),
        (">=", Known::Whole(left), Known::Whole(right)) => Some(left >= right),
        ("<=", Known::Whole(left), Known::Whole(right)) => Some(left <= right),
        (">" | "<" | ">=" | "<=", Known::Nothing, _) | (">" | "<" | ">=" | "<=", _, Known::Nothing) => Some(false),
        _ => None,
    }
}

/// The value with the site's own address where that belongs.
fn resolved(value: Known, lookup: Lookup<'_>) -> Option<Known> {
    let Known::Place(shape) = value else { return Some(value) };
    let mut text = String::new();
    for (is_wanted, path) in [(shape.has_host, "site.url"), (shape.has_base, "site.baseurl")] {
        if is_wanted {
            text.push_str(&lookup(path)?.shown()?);
        }
    }
    Some(Known::Text(text + &shape.text))
}

/// The parts between any of `marks`, quoted text left whole.
pub(super) fn split_outside_quotes<'m>(markup: &'m str, marks: &[&str]) -> Vec<&'m str> {
    let (mut parts, mut start, mut at) = (Vec::new(), 0, 0);
    let mut quote = None;
    while let Some(c) = markup.get(at..).and_then(|rest| rest.chars().next()) {
        match quote {
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None => {
                if let Some(mark) = marks.iter().find(|mark| markup[at..].starts_with(**mark)) {
                    parts.push(&markup[start..at]);
                    at += mark.len();
                    start = at;
                    continue;
                }
            }
        }
        at += c.len_utf8();
    }
    parts.push(&markup[start..]);
    parts
}

//! Values that are known, what filters make of them, and whether conditions hold.

/// A value of Liquid.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Known {
    Nothing,
    Truth(bool),
    Number(i64),
    Text(String),
    List(Vec<Known>),
}

impl Known {
    /// What is shown of it; `None` for what no page would show.
    pub(crate) fn shown(&self) -> Option<String> {
        Some(match self {
            Known::Nothing => String::new(),
            Known::Truth(truth) => truth.to_string(),
            Known::Number(number) => number.to_string(),
            Known::Text(text) => text.clone(),
            Known::List(items) => items.iter().map(Known::shown).collect::<Option<String>>()?,
        })
    }

    /// Everything but nothing and false is true.
    fn holds(&self) -> bool {
        !matches!(self, Known::Nothing | Known::Truth(false))
    }

    fn is_empty(&self) -> bool {
        match self {
            Known::Text(text) => text.is_empty(),
            Known::List(items) => items.is_empty(),
            _ => false,
        }
    }
}

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
        value = apply(name.trim(), value, &arguments)?;
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
            Ok(number) => Some(Known::Number(number)),
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
        [left, "==", "empty"] => Some(operand(left, lookup)?.is_empty()),
        [left, "!=", "empty"] => Some(!operand(left, lookup)?.is_empty()),
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
        (">", Known::Number(left), Known::Number(right)) => Some(left > right),
        ("<", Known::Number(left), Known::Number(right)) => Some(left < right),
        (">=", Known::Number(left), Known::Number(right)) => Some(left >= right),
        ("<=", Known::Number(left), Known::Number(right)) => Some(left <= right),
        (">" | "<" | ">=" | "<=", Known::Nothing, _) | (">" | "<" | ">=" | "<=", _, Known::Nothing) => Some(false),
        _ => None,
    }
}

fn apply(filter: &str, value: Known, arguments: &[Known]) -> Option<Known> {
    let number = |index: usize| match arguments.get(index) {
        Some(Known::Number(number)) => Some(*number),
        _ => None,
    };
    if filter == "default" {
        let is_missing = !value.holds() || value.is_empty();
        return Some(if is_missing { arguments.first()?.clone() } else { value });
    }
    if let Known::List(items) = &value {
        return Some(match filter {
            "first" => items.first().cloned().unwrap_or(Known::Nothing),
            "last" => items.last().cloned().unwrap_or(Known::Nothing),
            "size" => Known::Number(i64::try_from(items.len()).ok()?),
            "join" => {
                let between = arguments.first().map_or(Some(" ".to_owned()), Known::shown)?;
                Known::Text(items.iter().map(Known::shown).collect::<Option<Vec<_>>>()?.join(&between))
            }
            _ => return None,
        });
    }
    if let ("plus" | "minus" | "times", Known::Number(left)) = (filter, &value) {
        let right = number(0)?;
        return match filter {
            "plus" => left.checked_add(right),
            "minus" => left.checked_sub(right),
            _ => left.checked_mul(right),
        }
        .map(Known::Number);
    }
    let text = value.shown()?;
    let argument = |index: usize| arguments.get(index).and_then(Known::shown);
    Some(Known::Text(match filter {
        "append" => text + &argument(0)?,
        "prepend" => argument(0)? + &text,
        "downcase" => text.to_lowercase(),
        "upcase" => text.to_uppercase(),
        "capitalize" => {
            let mut letters = text.chars();
            letters
                .next()
                .map(|first| first.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect())
                .unwrap_or_default()
        }
        "strip" => text.trim().to_owned(),
        "lstrip" => text.trim_start().to_owned(),
        "rstrip" => text.trim_end().to_owned(),
        "strip_newlines" => text.replace("\r\n", "").replace('\n', ""),
        "replace" => text.replace(&argument(0)?, &argument(1).unwrap_or_default()),
        "replace_first" => text.replacen(&argument(0)?, &argument(1).unwrap_or_default(), 1),
        "remove" => text.replace(&argument(0)?, ""),
        "remove_first" => text.replacen(&argument(0)?, "", 1),
        "escape" | "xml_escape" => crate::dialect::tags::usual::escape(&text),
        "slice" => slice(&text, number(0)?, arguments.get(1).map_or(Some(1), |_| number(1))?),
        "size" => return i64::try_from(text.chars().count()).ok().map(Known::Number),
        "split" => {
            let between = argument(0)?;
            let parts = text.split(&*between).map(|part| Known::Text(part.to_owned()));
            let mut parts: Vec<Known> = parts.collect();
            while parts.last().is_some_and(Known::is_empty) {
                parts.pop();
            }
            return (!between.trim().is_empty()).then_some(Known::List(parts));
        }
        _ => return None,
    }))
}

/// Characters from `start`, which counts from the end if it is negative.
fn slice(text: &str, start: i64, length: i64) -> String {
    let count = i64::try_from(text.chars().count()).unwrap_or(i64::MAX);
    let start = if start < 0 { start + count } else { start };
    match (usize::try_from(start), usize::try_from(length)) {
        (Ok(start), Ok(length)) => text.chars().skip(start).take(length).collect(),
        _ => String::new(),
    }
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

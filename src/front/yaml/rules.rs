//! How a scalar gets its type: the rules of each reader.

use super::{base64, timestamp};
use crate::format::Schema;
use crate::meta::{Float, Integer, Value};

/// Whose rules hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::front) enum Rules {
    /// SafeYAML 1.0.5 on libyaml, as in Jekyll 4.
    Jekyll,
    /// goccy/go-yaml 1.19, as in Hugo since 0.152.
    Hugo,
    /// The core schema of YAML 1.2.
    Core,
    /// The core schema and YAML 1.1's dates: what our own emitter writes comes back with its types.
    Own,
}

/// A tag, as far as generators know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag<'t> {
    /// `!!str`, `!!int` and the like: the word behind `!!`.
    Standard(&'t str),
    /// `!`: not to be guessed.
    NonSpecific,
    /// Any other.
    Other,
}

impl Rules {
    pub(in crate::front) fn of(schema: Schema) -> Self {
        match schema {
            Schema::Jekyll => Rules::Jekyll,
            Schema::Hugo => Rules::Hugo,
            Schema::Core => Rules::Core,
        }
    }

    /// The value of a scalar.
    pub(super) fn scalar(self, text: &str, is_plain: bool, tag: Option<Tag<'_>>) -> Value {
        match (self, tag) {
            // SafeYAML guesses from the text wherever the scalar has a tag, whichever it is.
            (_, Some(Tag::Standard("binary"))) => base64::text(text).map_or_else(|| text_value(text), Value::String),
            (Rules::Jekyll, Some(_)) => safe_yaml(text),
            (Rules::Hugo, Some(Tag::NonSpecific | Tag::Other)) if text.is_empty() && is_plain => Value::Null,
            // To goccy a tag that it does not know makes text.
            (Rules::Hugo, Some(Tag::Other)) | (_, Some(Tag::NonSpecific)) => text_value(text),
            (_, Some(Tag::Standard(name))) => self.tagged(text, name),
            (_, Some(Tag::Other) | None) if !is_plain => text_value(text),
            (_, Some(Tag::Other) | None) => self.plain(text),
        }
    }

    fn plain(self, text: &str) -> Value {
        match self {
            Rules::Jekyll => safe_yaml(text),
            Rules::Hugo => goccy(text),
            Rules::Core => core(text),
            Rules::Own => match text.as_bytes().first() {
                Some(b'0'..=b'9') => {
                    timestamp::date(text).or_else(|| timestamp::time(text)).unwrap_or_else(|| core(text))
                }
                _ => core(text),
            },
        }
    }

    fn tagged(self, text: &str, name: &str) -> Value {
        let guessed = self.plain(text);
        match name {
            "int" if matches!(guessed, Value::Integer(_)) => guessed,
            "float" => match guessed {
                Value::Integer(number) => {
                    let text = number.to_string();
                    text.parse::<f64>().map_or(Value::Integer(number), |value| Value::Float(value.into()))
                }
                Value::Float(_) => guessed,
                _ => text_value(text),
            },
            "bool" if matches!(guessed, Value::Bool(_)) => guessed,
            // Here goccy has YAML 1.1's words after all.
            "bool" if self == Rules::Hugo => match text.to_ascii_lowercase().as_str() {
                "yes" => Value::Bool(true),
                "no" => Value::Bool(false),
                _ => text_value(text),
            },
            "null" if self == Rules::Hugo || text.is_empty() || guessed == Value::Null => Value::Null,
            "timestamp" => match timestamp::any(text) {
                // To Go a time is an instant, and a day its midnight.
                Some(value) if self == Rules::Hugo => timestamp::in_utc(value),
                Some(value) => value,
                None => text_value(text),
            },
            _ => text_value(text),
        }
    }
}

fn text_value(text: &str) -> Value {
    Value::String(text.to_owned())
}

/// SafeYAML 1.0.5: `Transform` tries integer, float, null, truth and date in this order.
fn safe_yaml(text: &str) -> Value {
    safe_yaml_typed(text).unwrap_or_else(|| text_value(text))
}

fn safe_yaml_typed(text: &str) -> Option<Value> {
    match text.as_bytes().first() {
        None => return Some(Value::Null),
        Some(b'0'..=b'9' | b'+' | b'-' | b'.') => {
            return safe_yaml_integer(text)
                .or_else(|| safe_yaml_float(text))
                .or_else(|| timestamp::date(text))
                .or_else(|| timestamp::time(text));
        }
        Some(_) if text.len() > 5 => return None,
        Some(_) => {}
    }
    match text {
        "~" => Some(Value::Null),
        _ if !is_one_case(text) => None,
        _ => match text.to_ascii_lowercase().as_str() {
            "null" => Some(Value::Null),
            "yes" | "on" | "true" => Some(Value::Bool(true)),
            "no" | "off" | "false" => Some(Value::Bool(false)),
            _ => None,
        },
    }
}

/// `yes`, `Yes` or `YES`, not `yEs`.
fn is_one_case(text: &str) -> bool {
    let lower = |text: &str| text.bytes().all(|b| b.is_ascii_lowercase());
    lower(text)
        || text.bytes().all(|b| b.is_ascii_uppercase())
        || (text.as_bytes().first().is_some_and(u8::is_ascii_uppercase) && text.get(1..).is_some_and(lower))
}

fn safe_yaml_integer(text: &str) -> Option<Value> {
    let (sign, digits) = sign_of(text);
    let all = |digits: &str, is: fn(&u8) -> bool| {
        !digits.is_empty() && digits.bytes().all(|b| is(&b) || matches!(b, b'_' | b','))
    };
    let radix = match digits.as_bytes() {
        [b'0'] => 10,
        [b'0', b'x' | b'X', ..] if all(&digits[2..], u8::is_ascii_hexdigit) => 16,
        [b'0', b'b', ..] if all(&digits[2..], |b| matches!(b, b'0' | b'1')) => 2,
        [b'0', ..] if all(&digits[1..], |b| matches!(b, b'0'..=b'7')) => 8,
        [b'1'..=b'9', ..] if all(digits, u8::is_ascii_digit) => 10,
        [b'0'..=b'9', ..] => return safe_yaml_sexagesimal(text),
        _ => return None,
    };
    let digits = match radix {
        16 | 2 => &digits[2..],
        _ => digits,
    };
    integer(sign, &digits.replace(['_', ','], ""), radix)
}

/// `1:30` is 90, as a float: `Parse::Sexagesimal` adds floats up. `-1:30` is 30, for it negates once more.
fn safe_yaml_sexagesimal(text: &str) -> Option<Value> {
    let (whole, fraction) = text.split_once('.').map_or((text, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut parts = whole.split(':');
    let first = parts.next()?;
    let (sign, digits) = sign_of(first);
    if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit() || b == b'_') || !whole.contains(':') {
        return None;
    }
    let mut value = digits.replace('_', "").parse::<f64>().ok()?;
    if sign == "-" {
        value = -value;
    }
    for part in parts {
        let valid = matches!(part.as_bytes(), [b'0'..=b'9'] | [b'0'..=b'5', b'0'..=b'9']);
        value = value * 60.0 + part.parse::<f64>().ok().filter(|_| valid)?;
    }
    if let Some(fraction) = fraction {
        if !fraction.bytes().all(|b| b.is_ascii_digit() || b == b'_') {
            return None;
        }
        value += format!("0.{}", fraction.replace('_', "")).parse::<f64>().ok()?;
    }
    Some(Value::Float(if sign == "-" { -value } else { value }.into()))
}

fn safe_yaml_float(text: &str) -> Option<Value> {
    if let Some(special) = special_float(text) {
        return Some(special);
    }
    let (_, digits) = sign_of(text);
    let (mantissa, exponent) = match digits.find(['e', 'E']) {
        Some(at) => (&digits[..at], Some(&digits[at + 1..])),
        None => (digits, None),
    };
    let (whole, fraction) = mantissa.split_once('.')?;
    let valid = |digits: &str| digits.bytes().all(|b| b.is_ascii_digit() || b == b'_');
    let exponent_valid = exponent.is_none_or(|exponent| {
        exponent
            .strip_prefix(['+', '-'])
            .is_some_and(|digits| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
    });
    // Ruby's `Float()` wants a digit behind the point, and single underscores between digits.
    let ruby = |digits: &str| !digits.starts_with('_') && !digits.ends_with('_') && !digits.contains("__");
    if !valid(whole) || !valid(fraction) || fraction.is_empty() || !exponent_valid || !ruby(whole) || !ruby(fraction) {
        return safe_yaml_sexagesimal(text);
    }
    float(text)
}

/// goccy/go-yaml 1.19: `token.New` and `ToNumber`.
fn goccy(text: &str) -> Value {
    let typed = match text {
        "" | "null" | "Null" | "NULL" | "~" => Some(Value::Null),
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        _ => special_float(text).or_else(|| goccy_number(text)),
    };
    typed.unwrap_or_else(|| text_value(text))
}

fn goccy_number(text: &str) -> Option<Value> {
    if !matches!(text.as_bytes().first()?, b'0'..=b'9' | b'+' | b'-' | b'.') {
        return None;
    }
    let (sign, digits) = sign_of(text);
    let digits = digits.replace('_', "");
    let points = digits.bytes().filter(|&b| b == b'.').count();
    let (digits, radix) = match digits.as_bytes() {
        _ if points > 1 => return None,
        [b'0', b'x', ..] => (&digits[2..], 16),
        [b'0', b'o', ..] => (&digits[2..], 8),
        [b'0', b'b', ..] => (&digits[2..], 2),
        [b'0', _, ..] if points == 0 => (&digits[..], 8),
        // Go calls what passes the largest number an error, so it stays text.
        _ if points == 1 => {
            return float(text).filter(|value| !matches!(value, Value::Float(number) if number.value().is_infinite()));
        }
        _ => (&digits[..], 10),
    };
    // What no Go integer holds stays text.
    integer(sign, digits, radix).filter(|value| match value {
        Value::Integer(number) => {
            let text = number.to_string();
            if sign == "-" { text.parse::<i64>().is_ok() } else { text.parse::<u64>().is_ok() }
        }
        _ => false,
    })
}

/// YAML 1.2, section 10.3.2.
fn core(text: &str) -> Value {
    let typed = match text {
        "" | "null" | "Null" | "NULL" | "~" => Some(Value::Null),
        "true" | "True" | "TRUE" => Some(Value::Bool(true)),
        "false" | "False" | "FALSE" => Some(Value::Bool(false)),
        "+.inf" | "+.Inf" | "+.INF" => special_float(&text[1..]),
        _ => special_float(text).or_else(|| core_number(text)),
    };
    typed.unwrap_or_else(|| text_value(text))
}

fn core_number(text: &str) -> Option<Value> {
    if text.contains('_') {
        return None;
    }
    let (sign, digits) = sign_of(text);
    match digits.as_bytes() {
        [b'0', b'o', ..] if sign.is_empty() => integer("", &digits[2..], 8),
        [b'0', b'x', ..] if sign.is_empty() => integer("", &digits[2..], 16),
        [b'0'..=b'9' | b'.', ..] if digits.bytes().all(|b| b.is_ascii_digit()) => integer(sign, digits, 10),
        [b'0'..=b'9', ..] => float(text),
        [b'.', b'0'..=b'9', ..] => float(text),
        _ => None,
    }
}

fn sign_of(text: &str) -> (&str, &str) {
    text.split_at(usize::from(text.starts_with(['+', '-'])))
}

fn special_float(text: &str) -> Option<Value> {
    let number = match text {
        ".inf" | ".Inf" | ".INF" => f64::INFINITY,
        "-.inf" | "-.Inf" | "-.INF" => f64::NEG_INFINITY,
        ".nan" | ".NaN" | ".NAN" => f64::NAN,
        _ => return None,
    };
    Some(Value::Float(Float::with_text(number, text)))
}

fn float(text: &str) -> Option<Value> {
    let number = text.replace('_', "");
    // Rust also reads words.
    if !number.bytes().all(|b| matches!(b, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-')) {
        return None;
    }
    let value: f64 = number.parse().ok()?;
    Some(Value::Float(Float::with_text(value, text)))
}

/// Digits of a radix as a number of any size.
fn integer(sign: &str, digits: &str, radix: u32) -> Option<Value> {
    if digits.is_empty() || !digits.chars().all(|c| c.is_digit(radix)) {
        return None;
    }
    if radix == 10 {
        return Integer::parse(&format!("{sign}{digits}")).map(Value::Integer);
    }
    let number = i128::from_str_radix(digits, radix).ok()?;
    let sign = if sign == "-" { "-" } else { "" };
    Integer::parse(&format!("{sign}{number}")).map(Value::Integer)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(rules: Rules, text: &str) -> String {
        match rules.scalar(text, true, None) {
            Value::Integer(number) => number.to_string(),
            Value::Float(number) => format!("{:?}", number.value()),
            Value::String(text) => format!("'{text}'"),
            other => other.type_name().to_owned(),
        }
    }

    #[test]
    fn numbers_as_each_reader_has_them() {
        for (text, jekyll, hugo, core) in [
            ("010", "8", "8", "10"),
            ("08", "'08'", "'08'", "8"),
            ("0o10", "'0o10'", "8", "8"),
            ("0x1F", "31", "31", "31"),
            ("0b101", "5", "5", "'0b101'"),
            ("1_000", "1000", "1000", "'1_000'"),
            ("1,000", "1000", "'1,000'", "'1,000'"),
            ("1:30", "90.0", "'1:30'", "'1:30'"),
            ("190:20:30.15", "685230.15", "'190:20:30.15'", "'190:20:30.15'"),
            ("1e3", "'1e3'", "'1e3'", "1000.0"),
            ("1.0e+3", "1000.0", "1000.0", "1000.0"),
            ("1.", "'1.'", "1.0", "1.0"),
            (".5", "0.5", "0.5", "0.5"),
            ("-.inf", "-inf", "-inf", "-inf"),
            ("18446744073709551616", "18446744073709551616", "'18446744073709551616'", "18446744073709551616"),
            ("12e03", "'12e03'", "'12e03'", "12000.0"),
            ("-", "'-'", "'-'", "'-'"),
            (".", "'.'", "'.'", "'.'"),
            ("+1", "1", "1", "1"),
        ] {
            assert_eq!(shown(Rules::Jekyll, text), jekyll, "jekyll {text}");
            assert_eq!(shown(Rules::Hugo, text), hugo, "hugo {text}");
            assert_eq!(shown(Rules::Core, text), core, "core {text}");
        }
    }

    #[test]
    fn words_as_each_reader_has_them() {
        for (text, jekyll, hugo) in [
            ("yes", "bool", "'yes'"),
            ("No", "bool", "'No'"),
            ("OFF", "bool", "'OFF'"),
            ("yEs", "'yEs'", "'yEs'"),
            ("y", "'y'", "'y'"),
            ("True", "bool", "bool"),
            ("Null", "null", "null"),
            ("~", "null", "null"),
            ("2019-01-01", "date", "'2019-01-01'"),
        ] {
            assert_eq!(shown(Rules::Jekyll, text), jekyll, "jekyll {text}");
            assert_eq!(shown(Rules::Hugo, text), hugo, "hugo {text}");
        }
        assert_eq!(shown(Rules::Own, "2019-01-01 10:00:00"), "local-datetime");
    }
}

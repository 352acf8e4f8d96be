use std::fmt;

/// A whole number of any size, kept in canonical decimal digits.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Integer(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(i64),
    /// Canonical decimal digits of a number that no `i64` holds.
    Big(Box<str>),
}

impl Integer {
    /// Reads decimal digits with an optional sign; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, digits) = match text.as_bytes().first()? {
            b'-' => (true, &text[1..]),
            b'+' => (false, &text[1..]),
            _ => (false, text),
        };
        if digits.is_empty() || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        // No number of up to 18 digits is too large.
        if digits.len() <= 18 {
            let number = digits.bytes().fold(0, |number, digit| number * 10 + i64::from(digit - b'0'));
            return Some(Integer(Repr::Small(if negative { -number } else { number })));
        }
        let digits = digits.trim_start_matches('0');
        let canonical = match (digits.is_empty(), negative) {
            (true, _) => "0".to_owned(),
            (false, true) => format!("-{digits}"),
            (false, false) => digits.to_owned(),
        };
        Some(Integer(match canonical.parse() {
            Ok(small) => Repr::Small(small),
            Err(_) => Repr::Big(canonical.into()),
        }))
    }

    /// The number, if it fits.
    pub fn as_i64(&self) -> Option<i64> {
        match self.0 {
            Repr::Small(small) => Some(small),
            Repr::Big(_) => None,
        }
    }
}

impl From<i64> for Integer {
    fn from(value: i64) -> Self {
        Integer(Repr::Small(value))
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Small(small) => small.fmt(f),
            Repr::Big(digits) => f.write_str(digits),
        }
    }
}

impl fmt::Debug for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Integer({self})")
    }
}

/// A floating-point number with the text it was written as (`1.50`, `6.02e23`).
#[derive(Clone)]
pub struct Float {
    value: f64,
    text: Option<Box<str>>,
}

impl Float {
    /// A number read from `text`.
    pub fn with_text(value: f64, text: impl Into<Box<str>>) -> Self {
        Float { value, text: Some(text.into()) }
    }

    /// The number.
    pub fn value(&self) -> f64 {
        self.value
    }

    /// As it was written in the source, in the source's syntax.
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    /// The text if it is plain decimal that every syntax reads alike (`1.50`, `-2.5e-3`), else the shortest such text
    /// for the value; `None` for infinities and NaN, which each syntax spells in its own way.
    pub fn portable(&self) -> Option<String> {
        if !self.value.is_finite() {
            return None;
        }
        match self.text() {
            Some(text) if is_portable(text) => Some(text.to_owned()),
            _ => {
                let text = format!("{:?}", self.value);
                // Rust writes 1e21; YAML 1.1 and SafeYAML want the point.
                Some(match text.split_once('e') {
                    Some((mantissa, exponent)) => {
                        let point = if mantissa.contains('.') { "" } else { ".0" };
                        let sign = if exponent.starts_with('-') { "" } else { "+" };
                        format!("{mantissa}{point}e{sign}{exponent}")
                    }
                    None => text,
                })
            }
        }
    }
}

/// `-?(0|[1-9][0-9]*)\.[0-9]+([eE][-+][0-9]+)?`: a float in JSON, TOML, YAML 1.1 and YAML 1.2 alike.
fn is_portable(text: &str) -> bool {
    let unsigned = text.strip_prefix('-').unwrap_or(text);
    let Some((whole, rest)) = unsigned.split_once('.') else { return false };
    let (fraction, exponent) = match rest.split_once(['e', 'E']) {
        Some((fraction, exponent)) => (fraction, Some(exponent)),
        None => (rest, None),
    };
    let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    digits(whole)
        && (whole.len() == 1 || !whole.starts_with('0'))
        && digits(fraction)
        && exponent.is_none_or(|e| e.strip_prefix(['-', '+']).is_some_and(digits))
}

impl From<f64> for Float {
    fn from(value: f64) -> Self {
        Float { value, text: None }
    }
}

/// Equal if the numbers are, NaN with itself too; how they were written does not matter.
impl PartialEq for Float {
    fn eq(&self, other: &Self) -> bool {
        self.value == other.value || (self.value.is_nan() && other.value.is_nan())
    }
}

impl fmt::Debug for Float {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Float({:?})", self.value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_of_any_size_keep_their_digits() {
        let text = |s: &str| Integer::parse(s).map(|i| i.to_string());
        assert_eq!(text("+007").as_deref(), Some("7"));
        assert_eq!(text("-0").as_deref(), Some("0"));
        assert_eq!(text("-18446744073709551617").as_deref(), Some("-18446744073709551617"));
        assert_eq!(text("1_000"), None);
        assert_eq!(Integer::parse("9223372036854775808").and_then(|i| i.as_i64()), None);
    }

    #[test]
    fn floats_keep_a_text_that_all_syntaxes_read_alike() {
        let portable = |value, text: &str| Float::with_text(value, text).portable();
        assert_eq!(portable(1.5, "1.50").as_deref(), Some("1.50"));
        assert_eq!(portable(0.5, ".5").as_deref(), Some("0.5"));
        assert_eq!(portable(1e21, "1e21").as_deref(), Some("1.0e+21"));
        assert_eq!(portable(f64::INFINITY, ".inf"), None);
    }
}

//! The value of a Liquid expression, as far as it can be known, and the text that Liquid shows for it.

use crate::ast::{Address, Meaning};
use crate::meta::Value;

/// A value that is known.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Known {
    /// `nil`
    Nothing,
    Truth(bool),
    Whole(i64),
    /// Only shown, never reckoned with: Liquid reckons in decimals.
    Fraction(f64),
    Text(String),
    List(Vec<Known>),
    /// A text with the site's address in front, which only the site knows.
    Place(Shape),
}

impl Known {
    /// What the front matter says; `None` for what Liquid shows in a way of its own: maps, dates.
    pub(crate) fn of(value: &Value) -> Option<Self> {
        Some(match value {
            Value::Null => Known::Nothing,
            Value::Bool(truth) => Known::Truth(*truth),
            Value::Integer(number) => Known::Whole(number.as_i64()?),
            Value::Float(number) => Known::Fraction(number.value()),
            Value::String(text) => Known::Text(text.clone()),
            Value::List(values) => Known::List(values.iter().map(Known::of).collect::<Option<_>>()?),
            _ => return None,
        })
    }

    /// What Liquid shows for it.
    pub(crate) fn shown(&self) -> Option<String> {
        Some(match self {
            Known::Nothing => String::new(),
            Known::Truth(truth) => truth.to_string(),
            Known::Whole(number) => number.to_string(),
            // As Ruby writes it; it writes others with exponents.
            Known::Fraction(number) if (1e-3..1e15).contains(&number.abs()) || *number == 0.0 => format!("{number:?}"),
            Known::Fraction(_) | Known::Place(_) => return None,
            Known::Text(text) => text.clone(),
            Known::List(values) => values.iter().map(Known::shown).collect::<Option<_>>()?,
        })
    }

    /// Whether `default` takes its argument instead.
    pub(crate) fn is_empty(&self) -> bool {
        match self {
            Known::Nothing | Known::Truth(false) => true,
            Known::Text(text) => text.is_empty(),
            Known::List(values) => values.is_empty(),
            _ => false,
        }
    }

    /// Everything but nothing and false is true.
    pub(crate) fn holds(&self) -> bool {
        !matches!(self, Known::Nothing | Known::Truth(false))
    }

    /// Whether it is `empty`.
    pub(crate) fn has_nothing_in_it(&self) -> bool {
        matches!(self, Known::Text(_) | Known::List(_)) && self.is_empty()
    }

    /// The value as text with, perhaps, the site's address in front.
    pub(crate) fn into_shape(self) -> Option<Shape> {
        match self {
            Known::Place(shape) => Some(shape),
            known => known.shown().map(Shape::text),
        }
    }

    pub(crate) fn into_meaning(self) -> Meaning {
        match self {
            Known::Place(Shape { has_host, has_base, text, .. }) => {
                Meaning::Address(Address { has_host, has_base, path: text })
            }
            known => known.shown().map_or(Meaning::Unknown, Meaning::Text),
        }
    }
}

/// A text, in front of it perhaps the site's address, whose value only the site knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Shape {
    pub(crate) has_host: bool,
    pub(crate) has_base: bool,
    pub(crate) text: String,
    /// Whether it has become an address by a filter.
    pub(crate) is_address: bool,
}

impl Shape {
    pub(crate) fn text(text: impl Into<String>) -> Self {
        Shape { text: text.into(), ..Shape::default() }
    }

    /// The value that it is.
    pub(crate) fn known(self) -> Known {
        if self.has_host || self.has_base || self.is_address { Known::Place(self) } else { Known::Text(self.text) }
    }

    /// `self` followed by `next`; `None` if the site's address would come to stand in the middle.
    pub(crate) fn then(self, next: Shape) -> Option<Shape> {
        let is_empty = self.text.is_empty() && !self.has_base;
        match (next.has_host, next.has_base) {
            (false, false) => Some(Shape { text: self.text + &next.text, ..self }),
            (false, true) if is_empty => Some(Shape { has_host: self.has_host, ..next }),
            (true, _) if is_empty && !self.has_host => Some(next),
            _ => None,
        }
    }
}

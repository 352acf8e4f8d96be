//! Keys, and values that are neither lists nor tables.

use std::borrow::Cow;

use toml::value::Datetime;
use toml_parser::decoder::ScalarKind;
use toml_parser::parser::Event;
use toml_parser::{ParseError, Source};

use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::meta::{Date, Float, LocalDateTime, Offset, OffsetDateTime, Time, Value};

/// A key, or a part of a dotted one.
pub(super) fn key<'t>(source: Source<'t>, event: &Event) -> Result<Cow<'t, str>, ParseError> {
    let mut errors = None;
    let mut key = Cow::Borrowed("");
    if let Some(raw) = source.get(event) {
        raw.decode_key(&mut key, &mut errors);
    }
    errors.map_or(Ok(key), Err)
}

/// A value. What is read counts from `base`.
pub(super) fn value(source: Source<'_>, event: &Event, base: usize, sink: &mut dyn Sink) -> Result<Value, ParseError> {
    let Some(raw) = source.get(event) else { return Ok(Value::Null) };
    let mut errors = None;
    let mut text = Cow::Borrowed("");
    let kind = raw.decode_scalar(&mut text, &mut errors);
    if let Some(error) = errors {
        return Err(error);
    }
    let wrong = |message: String| ParseError::new(message).with_unexpected(event.span());
    Ok(match kind {
        ScalarKind::String => {
            // A line end within quotes is one line feed, however the file ends its lines; an escape is what it says.
            let has_line_ends = text.contains("\r\n") && !raw.as_str().contains("\\r");
            Value::String(if has_line_ends { text.replace("\r\n", "\n") } else { text.into_owned() })
        }
        ScalarKind::Boolean(truth) => Value::Bool(truth),
        ScalarKind::Integer(radix) => {
            let number = i64::from_str_radix(&text, radix.value());
            Value::from(number.map_err(|_| wrong("integer number overflowed".to_owned()))?)
        }
        ScalarKind::Float => {
            let number: f64 = text.parse().map_err(|_| wrong(kind.invalid_description().to_owned()))?;
            if number.is_infinite() && text.bytes().any(|byte| byte.is_ascii_digit()) {
                return Err(wrong("floating-point number overflowed".to_owned()));
            }
            Value::Float(Float::with_text(number, raw.as_str()))
        }
        ScalarKind::DateTime => {
            let datetime: Datetime = text.parse().map_err(|error| wrong(format!("{error}")))?;
            date(&datetime, raw.as_str()).unwrap_or_else(|| {
                let text = datetime.to_string();
                let message = format!("`{text}` is a time of no day: read as text");
                let span = Span::new(event.span().start(), event.span().end()).shift(base);
                sink.report(Diagnostic::new(&codes::TIME_AS_TEXT, message).at(span));
                Value::String(text)
            })
        }
    })
}

fn date(datetime: &Datetime, written: &str) -> Option<Value> {
    let day = datetime.date?;
    let date = Date::new(day.year, day.month, day.day)?;
    let Some(clock) = datetime.time else { return Some(Value::Date(date)) };
    let nanosecond = clock.nanosecond.unwrap_or_default();
    let fraction = written.split_once('.').map_or("", |(_, fraction)| fraction);
    let digits = fraction.bytes().take_while(u8::is_ascii_digit).count().min(9);
    let time =
        Time::new(clock.hour, clock.minute, clock.second.unwrap_or_default(), nanosecond, u8::try_from(digits).ok()?)?;
    let local = LocalDateTime { date, time };
    Some(match datetime.offset {
        None => Value::LocalDateTime(local),
        Some(toml::value::Offset::Z) => Value::OffsetDateTime(OffsetDateTime { local, offset: Offset::UTC }),
        Some(toml::value::Offset::Custom { minutes }) => {
            Value::OffsetDateTime(OffsetDateTime { local, offset: Offset::new(minutes)? })
        }
    })
}

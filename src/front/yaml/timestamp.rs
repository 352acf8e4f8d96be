//! Dates and times as YAML 1.1 has them (<https://yaml.org/type/timestamp.html>), in SafeYAML's narrower forms.

use crate::meta::{Date, LocalDateTime, Offset, OffsetDateTime, Time, Value};

/// A date with one or two digits for month and day, or a time.
pub(super) fn any(text: &str) -> Option<Value> {
    if let Some(value) = date(text).or_else(|| time(text)) {
        return Some(value);
    }
    let (year, rest) = digits(text, 4..=4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 1..=2)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 1..=2)?;
    rest.is_empty().then(|| Date::new(number(year)?, narrow(month)?, narrow(day)?).map(Value::Date))?
}

/// The same with midnight and UTC where it names neither time nor zone.
pub(super) fn in_utc(value: Value) -> Value {
    let local = match value {
        Value::LocalDateTime(local) => local,
        Value::Date(date) => match Time::new(0, 0, 0, 0, 0) {
            Some(time) => LocalDateTime { date, time },
            None => return Value::Date(date),
        },
        other => return other,
    };
    Value::OffsetDateTime(OffsetDateTime { local, offset: Offset::UTC })
}

/// The date, if the text is `2019-05-01` and there is such a day.
pub(super) fn date(text: &str) -> Option<Value> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let date = Date::new(number(&text[..4])?, narrow(&text[5..7])?, narrow(&text[8..])?)?;
    Some(Value::Date(date))
}

/// The time, if the text is one: day and time apart by `T` or white space, seconds, perhaps a fraction and an offset.
pub(super) fn time(text: &str) -> Option<Value> {
    let (year, rest) = digits(text, 4..=4)?;
    let (month, rest) = digits(rest.strip_prefix('-')?, 1..=2)?;
    let (day, rest) = digits(rest.strip_prefix('-')?, 1..=2)?;
    let rest = match rest.strip_prefix(['T', 't']) {
        Some(rest) => rest,
        None if rest.starts_with([' ', '\t']) => rest.trim_start_matches([' ', '\t']),
        None => return None,
    };
    let (hour, rest) = digits(rest, 1..=2)?;
    let (minute, rest) = digits(rest.strip_prefix(':')?, 2..=2)?;
    let (second, rest) = digits(rest.strip_prefix(':')?, 2..=2)?;
    let (fraction, rest) = match rest.strip_prefix('.') {
        Some(rest) => rest.split_at(rest.bytes().take_while(u8::is_ascii_digit).count()),
        None => ("", rest),
    };
    // Nobody counts in less than nanoseconds.
    let fraction = &fraction[..fraction.len().min(9)];
    let nanosecond = number(&format!("{fraction:0<9}"))?;
    let date = Date::new(number(year)?, narrow(month)?, narrow(day)?)?;
    // The midnight that ends a day is the one that begins the next.
    let (date, hour) = match (narrow(hour)?, minute, second, nanosecond) {
        (24, "00", "00", 0) => (next_day(date)?, 0),
        (hour, ..) => (date, hour),
    };
    let time = Time::new(hour, narrow(minute)?, narrow(second)?, nanosecond, u8::try_from(fraction.len()).ok()?)?;
    let local = LocalDateTime { date, time };
    match rest.trim_start_matches([' ', '\t']) {
        "" => Some(Value::LocalDateTime(local)),
        "Z" => Some(Value::OffsetDateTime(OffsetDateTime { local, offset: Offset::UTC })),
        zone => offset(zone).map(|offset| Value::OffsetDateTime(OffsetDateTime { local, offset })),
    }
}

fn next_day(date: Date) -> Option<Date> {
    Date::new(date.year, date.month, date.day + 1)
        .or_else(|| Date::new(date.year, date.month + 1, 1))
        .or_else(|| Date::new(date.year + 1, 1, 1))
}

/// `+2`, `+02`, `+0200`, `+02:00`.
fn offset(text: &str) -> Option<Offset> {
    let sign: i16 = match text.as_bytes().first()? {
        b'-' => -1,
        b'+' => 1,
        _ => return None,
    };
    let count = text[1..].bytes().take_while(u8::is_ascii_digit).count();
    let (hours, rest) = text[1..].split_at(count);
    let (hours, minutes) = match (hours.len(), rest) {
        (1 | 2, "") => (hours, "0"),
        (3 | 4, "") => hours.split_at(hours.len() - 2),
        (1 | 2, rest) => (hours, digits(rest.strip_prefix(':')?, 2..=2).filter(|(_, rest)| rest.is_empty())?.0),
        _ => return None,
    };
    let (hours, minutes): (i16, i16) = (number(hours)?, number(minutes)?);
    (minutes < 60).then(|| Offset::new(sign * (hours * 60 + minutes)))?
}

fn digits(text: &str, length: std::ops::RangeInclusive<usize>) -> Option<(&str, &str)> {
    let count = text.bytes().take_while(u8::is_ascii_digit).count();
    length.contains(&count).then(|| text.split_at(count))
}

fn number<N: std::str::FromStr>(text: &str) -> Option<N> {
    text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok())?
}

fn narrow(text: &str) -> Option<u8> {
    number(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_yaml_1_1() {
        let shown = |text: &str| match date(text).or_else(|| time(text)) {
            Some(Value::Date(date)) => date.to_string(),
            Some(Value::LocalDateTime(datetime)) => datetime.to_string(),
            Some(Value::OffsetDateTime(datetime)) => datetime.to_string(),
            _ => "-".to_owned(),
        };
        assert_eq!(shown("2019-05-01"), "2019-05-01");
        assert_eq!(shown("2019-5-1"), "-");
        assert_eq!(shown("2019-02-30"), "-");
        assert_eq!(shown("2019-5-1 1:02:03"), "2019-05-01T01:02:03");
        assert_eq!(shown("2019-05-01 12:09:07 -0530"), "2019-05-01T12:09:07-05:30");
        assert_eq!(shown("2019-05-01t12:09:07.5+2"), "2019-05-01T12:09:07.5+02:00");
        assert_eq!(shown("2019-05-01 12:09"), "-");
        assert_eq!(shown("2019-05-01 12:09:07 EST"), "-");
    }
}

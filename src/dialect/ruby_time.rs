//! Times as Ruby has them: what `Time.parse` makes of texts that nobody else would read alike, and how a time is shown
//! as text (Ruby 3.1, as Jekyll 4.3 uses it).

use jiff::civil;
use jiff::tz::TimeZone;

use super::clock;
use crate::date;
use crate::meta::{Date, LocalDateTime, OffsetDateTime, Time, Value};

/// A date that Ruby reads.
pub(super) struct Read {
    pub(super) date: Value,
    /// Whether day and month were told apart by Ruby's rule alone: day first.
    pub(super) is_day_first: bool,
}

/// The date that `text` is to Jekyll in a site of `zone`.
pub(super) fn recognize(text: &str, zone: Option<&str>) -> Option<Read> {
    let usual = |date| Read { date, is_day_first: false };
    // Where the site's zone is known, Jekyll's reading of names of zones counts.
    if let Some(zone) = zone
        && let Some(zoneless) = without_foreign_zone(text, zone)
        && let Some(date @ Value::LocalDateTime(_)) = date::recognize(&zoneless)
    {
        return Some(usual(date));
    }
    date::recognize(text).map(usual).or_else(|| numbers(text)).or_else(|| words(text).map(usual))
}

/// `01/05/2019` and `1-5-2019` are the first of May, `19-05-01` is too, and `2019-02-30` is the second of March.
fn numbers(text: &str) -> Option<Read> {
    let (first, rest) = digits(text.trim_start());
    let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
    let (second, rest) = digits(&rest[1..]);
    let (third, rest) = digits(rest.strip_prefix(separator)?);
    let number = |digits: &str| digits.parse::<u16>().ok();
    let (year, month, day) = match (first.len(), second.len(), third.len()) {
        (1 | 2, 1 | 2, 4) => (number(third)?, second, first),
        (2, 1 | 2, 1 | 2) => (century(number(first)?), second, third),
        (4, 1 | 2, 1 | 2) => (number(first)?, second, third),
        _ => return None,
    };
    let date = rolled(year, number(month)?.try_into().ok()?, number(day)?.try_into().ok()?)?;
    let date = date::recognize(&format!("{date}{rest}"))?;
    Some(Read { date, is_day_first: third.len() == 4 })
}

/// Ruby reads 69 to 99 as 1969 to 1999.
fn century(year: u16) -> u16 {
    if year < 69 { 2000 + year } else { 1900 + year }
}

/// Days up to the 31st that the month does not have are days of the next.
fn rolled(year: u16, month: u8, day: u8) -> Option<Date> {
    if let Some(date) = Date::new(year, month, day) {
        return Some(date);
    }
    let last = (28..=31).rev().find_map(|last| Date::new(year, month, last))?;
    let over = day.checked_sub(last.day).filter(|_| day <= 31)?;
    Date::new(year, month + 1, over)
}

/// `May 2019` is its first day; `1st of May 2019`.
fn words(text: &str) -> Option<Value> {
    if text.contains(" of ") {
        return date::recognize(&text.replacen(" of ", " ", 1));
    }
    let mut words = text.split_whitespace();
    let (month, year, end) = (words.next()?, words.next()?, words.next());
    let is_month = month.bytes().all(|b| b.is_ascii_alphabetic()) && year.len() == 4 && end.is_none();
    is_month.then(|| date::recognize(&format!("1 {text}")))?
}

fn digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

/// The text without the name of a zone in it, if it has one that Ruby does not know (`Time.zone_offset`): it knows `UTC`,
/// `GMT`, those of the United States, single letters, and those of the site's own zone. With any other, such as
/// `Europe/Amsterdam` or `GMT+2`, the time is read as if it had none.
fn without_foreign_zone(text: &str, zone: &str) -> Option<String> {
    const KNOWN: [&str; 11] = ["UTC", "UT", "GMT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"];
    let is_abbreviation = |word: &str| {
        (3..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase()) && !KNOWN.contains(&word)
    };
    let is_name = |word: &str| {
        let is_iana = word.starts_with(|c: char| c.is_ascii_uppercase()) && word.contains('/');
        is_iana
            || ["GMT", "UTC"]
                .iter()
                .any(|base| word.strip_prefix(base).is_some_and(|rest| rest.starts_with(['+', '-'])))
    };
    let word = text.split_whitespace().find(|word| is_abbreviation(word) || is_name(word))?;
    let own = TimeZone::get(zone).ok().is_some_and(|zone| {
        [1, 7].into_iter().any(|month| {
            let day = TimeZone::UTC.to_timestamp(civil::date(2019, month, 1).at(0, 0, 0, 0));
            day.is_ok_and(|day| zone.to_offset_info(day).abbreviation().eq_ignore_ascii_case(word))
        })
    });
    (!own).then(|| text.split_whitespace().filter(|other| *other != word).collect::<Vec<_>>().join(" "))
}

/// The instant as Ruby has it: it knows no leap second and takes one for the second behind it.
pub(super) fn without_leap_second(instant: OffsetDateTime) -> OffsetDateTime {
    let time = instant.local.time;
    if time.second != 60 {
        return instant;
    }
    let earlier = Time::new(time.hour, time.minute, 59, time.nanosecond, time.digits);
    let next = earlier.and_then(|time| clock::next_second(LocalDateTime { date: instant.local.date, time }));
    next.map_or(instant, |local| OffsetDateTime { local, ..instant })
}

/// What `Time#to_s` shows: a time without a zone is UTC, and shown in the site's.
pub(super) fn text(value: &Value, zone: Option<&str>) -> Option<Value> {
    let instant = match value {
        Value::LocalDateTime(local) => clock::in_zone(*local, zone)?,
        Value::OffsetDateTime(instant) => *instant,
        other => return super::keys::text(other),
    };
    let (date, time, minutes) = (instant.local.date, instant.local.time, instant.offset.minutes);
    let (sign, minutes) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
    Some(Value::String(format!(
        "{date} {:02}:{:02}:{:02} {sign}{:02}{:02}",
        time.hour,
        time.minute,
        time.second,
        minutes / 60,
        minutes % 60
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_rubys() {
        let read = |text| recognize(text, None).and_then(|read| super::super::keys::text(&read.date));
        for (text, meant) in [
            ("01/05/2019", "2019-05-01"),
            ("1-5-2019", "2019-05-01"),
            ("01.05.2019 10:00", "2019-05-01T10:00:00"),
            ("19-05-01", "2019-05-01"),
            ("99/12/31", "1999-12-31"),
            ("2019-02-30", "2019-03-02"),
            ("2019-04-31 10:00 +0100", "2019-05-01T10:00:00+01:00"),
            ("May 2019", "2019-05-01"),
            ("1st of May 2019", "2019-05-01"),
        ] {
            assert_eq!(read(text), Some(Value::from(meant)), "{text}");
        }
        for text in ["2019-13-01", "2019-02-32", "1-5-19", "11-9-2017x", "soon", "may be 2019"] {
            assert_eq!(read(text), None, "{text}");
        }
        assert!(recognize("01/05/2019", None).unwrap().is_day_first);
        assert!(!recognize("25/12/2019", None).unwrap().is_day_first);
    }

    #[test]
    fn zones_are_rubys() {
        let without = |zone| without_foreign_zone("Fri Sep  3 11:21:31 CEST 2021", zone);
        assert_eq!(without("America/New_York").as_deref(), Some("Fri Sep 3 11:21:31 2021"));
        assert_eq!(without("Europe/Amsterdam"), None);
        assert_eq!(without_foreign_zone("2019-03-31 01:30:00 EST", "Europe/Amsterdam"), None);
        let text = without_foreign_zone("2019-05-01 12:09:07 Europe/Amsterdam", "UTC");
        assert_eq!(text.as_deref(), Some("2019-05-01 12:09:07"));
        assert!(without_foreign_zone("2019-05-01 12:09:07 GMT+0200", "UTC").is_some());
    }

    #[test]
    fn a_leap_second_is_the_next_second() {
        let Some(Value::OffsetDateTime(leap)) = date::recognize("2016-12-31T23:59:60Z") else { panic!() };
        assert_eq!(without_leap_second(leap).to_string(), "2017-01-01T00:00:00Z");
    }

    #[test]
    fn times_are_shown_as_ruby_does() {
        let shown = |text: &str, zone| super::text(&date::recognize(text).unwrap(), zone);
        let new_york = Some("America/New_York");
        assert_eq!(shown("2019-01-02 10:00:00", new_york), Some(Value::from("2019-01-02 05:00:00 -0500")));
        assert_eq!(shown("2019-01-02 10:00:00", None), Some(Value::from("2019-01-02 10:00:00 +0000")));
        assert_eq!(shown("2019-01-02T10:00:00-03:30", new_york), Some(Value::from("2019-01-02 10:00:00 -0330")));
        assert_eq!(shown("2019-01-02", None), Some(Value::from("2019-01-02")));
    }
}

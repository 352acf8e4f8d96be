//! One recogniser for dates in every spelling that has a single reading, and the zones that they name.
//!
//! The order of day and month is never guessed: `11-9-2017` is no date here. Zones come from the bundled IANA database,
//! so that every machine reads alike.

mod words;
mod zone;

use words::{half_of_day, is_weekday, month, of_24_hours, twelve_hours, without_ordinal};
pub(crate) use zone::to_civil;
use zone::{Zone, abbreviation, in_named, take_offset, zone_of};

use crate::meta::{Date, LocalDateTime, Offset, OffsetDateTime, Time, Value};

/// Longer text is no date: the longest in use, JavaScript's `toString`, has about 70 characters.
const MAX_LENGTH: usize = 100;

/// The date, local datetime or offset datetime that `text` is, if it is one and in one reading only.
///
/// Fractions of a second keep their digits, a leap second its 60. A zone name becomes the offset that it has at that time.
pub fn recognize(text: &str) -> Option<Value> {
    let text = text.trim();
    // Every date has a digit, and most text that is none has a first character that no date has.
    let may_start = |c: char| c.is_ascii_digit() || c.is_ascii_alphabetic();
    if text.len() > MAX_LENGTH || !text.starts_with(may_start) || !text.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut reading = Reading::default();
    let mut rest = text;
    while !rest.is_empty() {
        rest = reading.take(rest)?;
    }
    reading.finish()
}

/// Whether `zone` is an IANA name or an offset from UTC.
pub fn is_zone(zone: &str) -> bool {
    zone_of(zone).is_some()
}

/// The instant at which clocks in `zone` show `local`; `None` if there is no such zone. Of two instants in autumn it is
/// the first; a time that spring skips is as much later as the clock was put forward.
pub fn at_zone(local: LocalDateTime, zone: &str) -> Option<OffsetDateTime> {
    match zone_of(zone)? {
        Zone::Offset(offset) => Some(OffsetDateTime { local, offset }),
        Zone::Named(zone) => in_named(local, &zone),
    }
}

/// What has been read of a date so far. Each part can be set once.
#[derive(Default)]
struct Reading {
    year: Option<u16>,
    month: Option<u8>,
    day: Option<u8>,
    time: Option<Time>,
    zone: Option<Zone>,
    /// Whether the zone is a name such as `UTC` that an offset may follow: `GMT+0200`.
    zone_is_base: bool,
    has_weekday: bool,
}

impl Reading {
    /// Reads the part that `text` begins with and gives back the rest; `None` if that is no part of a date, or one too
    /// many.
    fn take<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let first = text.chars().next()?;
        match first {
            ' ' | ',' | '\t' => Some(&text[1..]),
            '0'..='9' => self.take_number(text),
            '+' | '-' if self.has_date() || self.has_day_and_time() => self.take_zone_offset(text),
            '(' if self.zone.is_some() => text.ends_with(')').then_some(""),
            '[' if self.time.is_some() => self.take_bracketed(text),
            _ if first.is_ascii_alphabetic() => self.take_word(text),
            _ => None,
        }
    }

    fn has_date(&self) -> bool {
        self.year.is_some() && self.month.is_some() && self.day.is_some()
    }

    /// `Wed May  1 12:09:07 +0200 2019`: the year stands last.
    fn has_day_and_time(&self) -> bool {
        self.month.is_some() && self.day.is_some() && self.time.is_some()
    }

    fn take_number<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        if let Some((time, rest)) = take_time(text) {
            set(&mut self.time, time)?;
            return Some(rest);
        }
        if !self.has_date()
            && let Some(rest) = self.take_numeric_date(text)
        {
            return Some(rest);
        }
        let (digits, rest) = take_digits(text);
        match digits.len() {
            1 | 2 => {
                let number = digits.parse().ok()?;
                if let Some((hour, rest)) = twelve_hours(number, rest) {
                    set(&mut self.time, Time::new(hour, 0, 0, 0, 0)?)?;
                    return Some(rest);
                }
                set(&mut self.day, number)?;
                Some(without_ordinal(rest))
            }
            4 => self.take_year(digits).map(|()| rest),
            _ => None,
        }
    }

    /// A year that is said twice is one year: `2023-01-29 18:30:22 2023 -0800` is in use.
    fn take_year(&mut self, digits: &str) -> Option<()> {
        let year = digits.parse().ok()?;
        if self.year == Some(year) {
            return Some(());
        }
        set(&mut self.year, year)
    }

    /// `2019-05-01`, `2019/5/1`, `20190501T`, `1-May-2019`, and day and month in either order where only one can be.
    fn take_numeric_date<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (first, rest) = take_digits(text);
        if first.len() == 8 && (rest.is_empty() || rest.starts_with(['T', 't', ' '])) {
            self.take_year(&first[..4])?;
            set(&mut self.month, first[4..6].parse().ok()?)?;
            set(&mut self.day, first[6..].parse().ok()?)?;
            return Some(rest);
        }
        let separator = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.'))?;
        let rest = &rest[1..];
        let (second, month_name, rest) = match take_digits(rest) {
            ("", _) => {
                let (word, rest) = take_letters(rest);
                ("", Some(month(word)?), rest)
            }
            (digits, rest) => (digits, None, rest),
        };
        let (third, rest) = take_digits(rest.strip_prefix(separator)?);
        let short = |digits: &str| matches!(digits.len(), 1 | 2).then(|| digits.parse::<u8>().ok())?;
        let (year, month, day) = match (first.len(), third.len()) {
            (4, 1 | 2) => (first, month_name.or_else(|| short(second))?, short(third)?),
            (1 | 2, 4) => match (short(first)?, month_name) {
                (day, Some(month)) => (third, month, day),
                (a, None) => {
                    let b = short(second)?;
                    match (a, b) {
                        (a, b) if a == b => (third, a, a),
                        (day @ 13..=31, month @ 1..=12) | (month @ 1..=12, day @ 13..=31) => (third, month, day),
                        _ => return None,
                    }
                }
            },
            _ => return None,
        };
        self.take_year(year)?;
        set(&mut self.month, month)?;
        set(&mut self.day, day)?;
        Some(rest)
    }

    fn take_zone_offset<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        if self.zone_is_base {
            self.zone = None;
            self.zone_is_base = false;
        }
        let (offset, rest) = take_offset(text)?;
        set(&mut self.zone, Zone::Offset(offset))?;
        Some(rest)
    }

    /// `2019-05-01T12:09:07+02:00[Europe/Amsterdam]`: the offset says it already.
    fn take_bracketed<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (name, rest) = text[1..].split_once(']')?;
        let zone = zone_of(name)?;
        if self.zone.is_none() {
            self.zone = Some(zone);
        }
        Some(rest)
    }

    fn take_word<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let (letters, rest) = take_letters(text);
        if matches!(letters, "T" | "t") && self.has_date() && self.time.is_none() {
            return self.take_compact_time(rest);
        }
        if let Some((half, time)) = half_of_day(letters).zip(self.time) {
            self.time = Some(Time { hour: of_24_hours(time.hour, half)?, ..time });
            return Some(rest);
        }
        if let Some(month) = month(letters) {
            set(&mut self.month, month)?;
            return Some(rest.strip_prefix('.').unwrap_or(rest));
        }
        if is_weekday(letters) && !self.has_weekday {
            self.has_weekday = true;
            return Some(rest.strip_prefix('.').unwrap_or(rest));
        }
        if letters.eq_ignore_ascii_case("at") && self.has_date() {
            return Some(rest);
        }
        self.time?;
        if let Some(offset) = abbreviation(letters) {
            self.zone_is_base = offset == Offset::UTC && rest.starts_with(['+', '-']);
            set(&mut self.zone, Zone::Offset(offset))?;
            return Some(rest);
        }
        let end = text.find([' ', ',', '(', ')']).unwrap_or(text.len());
        let (name, rest) = text.split_at(end);
        set(&mut self.zone, zone_of(name)?)?;
        Some(rest)
    }

    /// Behind a `T`: `12:09:07` or `120907`.
    fn take_compact_time<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        if take_time(text).is_some() {
            return Some(text);
        }
        let (digits, rest) = take_digits(text);
        let two = |at: usize| digits.get(at..at + 2).map_or(Some(0), |digits| digits.parse().ok());
        if !matches!(digits.len(), 4 | 6) {
            return None;
        }
        set(&mut self.time, Time::new(two(0)?, two(2)?, two(4)?, 0, 0)?)?;
        Some(rest)
    }

    fn finish(self) -> Option<Value> {
        let date = Date::new(self.year?, self.month?, self.day?)?;
        let time = match (self.time, &self.zone) {
            (None, None) => return Some(Value::Date(date)),
            (None, Some(_)) => Time::new(0, 0, 0, 0, 0)?,
            (Some(time), _) => time,
        };
        let local = LocalDateTime { date, time };
        match self.zone {
            None => Some(Value::LocalDateTime(local)),
            Some(Zone::Offset(offset)) => Some(Value::OffsetDateTime(OffsetDateTime { local, offset })),
            Some(Zone::Named(zone)) => in_named(local, &zone).map(Value::OffsetDateTime),
        }
    }
}

fn set<T>(slot: &mut Option<T>, value: T) -> Option<()> {
    if slot.is_some() {
        return None;
    }
    *slot = Some(value);
    Some(())
}

fn take_digits(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_digit).count())
}

fn take_letters(text: &str) -> (&str, &str) {
    text.split_at(text.bytes().take_while(u8::is_ascii_alphabetic).count())
}

/// `9:05`, `12:09:07.250`; whether `am` or `pm` follows is looked at later.
fn take_time(text: &str) -> Option<(Time, &str)> {
    let (hour, rest) = take_digits(text);
    let (minute, rest) = take_digits(rest.strip_prefix(':')?);
    if !matches!(hour.len(), 1 | 2) || minute.len() != 2 {
        return None;
    }
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    let Some(after) = rest.strip_prefix(':') else {
        return Some((Time::new(hour, minute, 0, 0, 0)?, rest));
    };
    let (second, rest) = take_digits(after);
    if second.len() != 2 {
        return None;
    }
    let second = second.parse().ok()?;
    let fraction = rest.strip_prefix(['.', ',']).map(take_digits).filter(|(digits, _)| !digits.is_empty());
    let Some((digits, rest)) = fraction else {
        return Some((Time::new(hour, minute, second, 0, 0)?, rest));
    };
    // Beyond nanoseconds only zeros can be left out without loss.
    let (kept, beyond) = digits.split_at(digits.len().min(9));
    if beyond.bytes().any(|digit| digit != b'0') {
        return None;
    }
    let nanosecond = format!("{kept:0<9}").parse().ok()?;
    Some((Time::new(hour, minute, second, nanosecond, u8::try_from(kept.len()).ok()?)?, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match recognize(text) {
            Some(Value::Date(date)) => date.to_string(),
            Some(Value::LocalDateTime(datetime)) => datetime.to_string(),
            Some(Value::OffsetDateTime(datetime)) => datetime.to_string(),
            _ => "-".to_owned(),
        }
    }

    #[test]
    fn every_spelling_with_one_reading() {
        for (text, meant) in [
            ("2019-05-01", "2019-05-01"),
            ("2019-5-1", "2019-05-01"),
            ("2019/05/01", "2019-05-01"),
            ("2019.5.1", "2019-05-01"),
            ("20190501", "2019-05-01"),
            ("20190501T120907Z", "2019-05-01T12:09:07Z"),
            ("2019-May-01", "2019-05-01"),
            ("1-May-2019", "2019-05-01"),
            ("01.05.2019", "-"),
            ("25.12.2019", "2019-12-25"),
            ("12/25/2019", "2019-12-25"),
            ("5/5/2019", "2019-05-05"),
            ("2019-05-01T12:09:07+02:00", "2019-05-01T12:09:07+02:00"),
            ("2019-05-01t12:09:07z", "2019-05-01T12:09:07Z"),
            ("2019-05-01T12:09:07Z", "2019-05-01T12:09:07Z"),
            ("2019-05-01 12:09:07 +0200", "2019-05-01T12:09:07+02:00"),
            ("2019-05-01 12:09:07+02", "2019-05-01T12:09:07+02:00"),
            ("2019-05-01 12:09:07 -2:30", "2019-05-01T12:09:07-02:30"),
            ("2019-05-01 12:09:07 UTC", "2019-05-01T12:09:07Z"),
            ("2019-05-01 12:09:07 EST", "2019-05-01T12:09:07-05:00"),
            ("2019-05-01 12:09:07 Europe/Amsterdam", "2019-05-01T12:09:07+02:00"),
            ("2019-01-01 12:09 America/Argentina/Buenos_Aires", "2019-01-01T12:09:00-03:00"),
            ("2019-05-01T12:09:07+02:00[Europe/Amsterdam]", "2019-05-01T12:09:07+02:00"),
            ("2019-05-01 12:09:07", "2019-05-01T12:09:07"),
            ("2019-05-01 12:09", "2019-05-01T12:09:00"),
            ("2019-5-1 1:02:03", "2019-05-01T01:02:03"),
            ("2019-05-01 9:05", "2019-05-01T09:05:00"),
            ("2019-05-01T12:09:07.120Z", "2019-05-01T12:09:07.120Z"),
            ("2019-05-01T12:09:07.123456789+01:00", "2019-05-01T12:09:07.123456789+01:00"),
            ("2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"),
            ("Wed, 01 May 2019 12:09:07 +0200", "2019-05-01T12:09:07+02:00"),
            ("Wed, 1 May 2019 12:09:07 GMT", "2019-05-01T12:09:07Z"),
            ("1 May 2019 12:09 +0200 (CEST)", "2019-05-01T12:09:00+02:00"),
            ("15 Oct 2023", "2023-10-15"),
            ("March 2, 2020", "2020-03-02"),
            ("Monday, March 2nd, 2020", "2020-03-02"),
            ("Mar 2, 2020 10:30 PM", "2020-03-02T22:30:00"),
            ("Mar 2, 2020 12 AM", "2020-03-02T00:00:00"),
            ("Fri Sep  3 11:21:31 CEST 2021", "2021-09-03T11:21:31+02:00"),
            ("Fri Sep  3 11:21:31 2021", "2021-09-03T11:21:31"),
            ("Fri Sep 03 2021 11:21:31 GMT+0200 (Central European Summer Time)", "2021-09-03T11:21:31+02:00"),
            ("Wed May  1 12:09:07 +0200 2019", "2019-05-01T12:09:07+02:00"),
            ("2023-01-29 18:30:22 2023 -0800", "2023-01-29T18:30:22-08:00"),
        ] {
            assert_eq!(read(text), meant, "{text}");
        }
    }

    #[test]
    fn what_has_several_readings_or_none_is_no_date() {
        for text in [
            "11-9-2017",
            "9/11/2017",
            "15.45",
            "2019",
            "2019-05",
            "May 2019",
            "2019-02-30",
            "2019-13-01",
            "12:30",
            "",
            "yesterday",
            "2019-05-01 25:00",
            "2019-05-01 12:09:07 IST",
            "2019-05-01 12:09:07 Nowhere/City",
            "1 May 19",
            "2019-05-01 2019-05-02",
            "2019-05-01 12:09:07 +02:00 +03:00",
            "2019-05-01x",
            "May the 4th",
        ] {
            assert_eq!(read(text), "-", "{text}");
        }
    }

    #[test]
    fn a_local_time_in_a_zone() {
        let at = |text: &str, zone: &str| match recognize(text) {
            Some(Value::LocalDateTime(local)) => at_zone(local, zone).map(|placed| placed.to_string()),
            _ => None,
        };
        assert_eq!(at("2019-05-01 12:00", "Europe/Amsterdam").as_deref(), Some("2019-05-01T12:00:00+02:00"));
        assert_eq!(at("2019-01-01 12:00", "Europe/Amsterdam").as_deref(), Some("2019-01-01T12:00:00+01:00"));
        assert_eq!(at("2019-01-01 12:00", "+05:30").as_deref(), Some("2019-01-01T12:00:00+05:30"));
        assert_eq!(at("2019-01-01 12:00", "Moon/Base"), None);
        // Liberia was 44 minutes and 30 seconds behind Greenwich until 1972.
        assert_eq!(at("1971-01-01 12:00", "Africa/Monrovia").as_deref(), Some("1971-01-01T12:44:30Z"));
        assert!(is_zone("UTC") && is_zone("-08:00") && !is_zone("+25:00") && !is_zone(""));
    }
}

use std::fmt;

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(clippy::exhaustive_structs)] // the calendar has no further parts
pub struct Date {
    /// Year, 0 to 9999.
    pub year: u16,
    /// Month, from 1.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
}

impl Date {
    /// The day, if there is such a day in the Gregorian calendar and its year has at most four digits.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let year_i = i16::try_from(year).ok().filter(|y| *y <= 9999)?;
        jiff::civil::Date::new(year_i, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(Date { year, month, day })
    }
}

/// The two digits of a number below 100: dates are written too often for the usual way.
fn two(number: u8) -> [u8; 2] {
    [b'0' + number / 10 % 10, b'0' + number % 10]
}

impl fmt::Display for Date {
    /// `2019-05-01`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.year > 9999 || self.month > 99 || self.day > 99 {
            return write!(f, "{}-{}-{}", self.year, self.month, self.day);
        }
        let [century, year] = [self.year / 100, self.year % 100].map(|part| two(u8::try_from(part).unwrap_or(99)));
        let ([month, day], hyphen) = ([two(self.month), two(self.day)], b'-');
        let text = [century[0], century[1], year[0], year[1], hyphen, month[0], month[1], hyphen, day[0], day[1]];
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())
    }
}

/// A time of day.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Time {
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 60: a leap second is kept.
    pub second: u8,
    /// Nanosecond, 0 to 999,999,999.
    pub nanosecond: u32,
    /// How many digits the fraction of the second was written with, 0 to 9.
    pub digits: u8,
}

impl Time {
    /// The start of a day.
    pub const MIDNIGHT: Time = Time { hour: 0, minute: 0, second: 0, nanosecond: 0, digits: 0 };

    /// The time, if there is such a time of day. `nanosecond` is written with `digits` digits.
    pub fn new(hour: u8, minute: u8, second: u8, nanosecond: u32, digits: u8) -> Option<Self> {
        let valid = hour < 24 && minute < 60 && second <= 60 && nanosecond < 1_000_000_000 && digits <= 9;
        valid.then_some(Time { hour, minute, second, nanosecond, digits })
    }
}

/// Equal if they name the same moment of the day, however many digits the fraction has.
impl PartialEq for Time {
    fn eq(&self, other: &Self) -> bool {
        (self.hour, self.minute, self.second, self.nanosecond)
            == (other.hour, other.minute, other.second, other.nanosecond)
    }
}

impl Eq for Time {}

impl fmt::Display for Time {
    /// `12:09:07`, with the fraction in as many digits as it was written with.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.hour > 99 || self.minute > 99 || self.second > 99 {
            return write!(f, "{}:{}:{}", self.hour, self.minute, self.second);
        }
        let [hour, minute, second] = [self.hour, self.minute, self.second].map(two);
        let text = [hour[0], hour[1], b':', minute[0], minute[1], b':', second[0], second[1]];
        f.write_str(std::str::from_utf8(&text).unwrap_or_default())?;
        if self.digits == 0 && self.nanosecond == 0 {
            return Ok(());
        }
        let digits = format!("{:09}", self.nanosecond);
        let needed = digits.trim_end_matches('0').len().max(usize::from(self.digits)).clamp(1, 9);
        write!(f, ".{}", &digits[..needed])
    }
}

/// A day and a time of day, in no zone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs)] // a day and a time, forever
pub struct LocalDateTime {
    /// The day.
    pub date: Date,
    /// The time of day.
    pub time: Time,
}

impl fmt::Display for LocalDateTime {
    /// `2019-05-01T12:09:07`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.date.fmt(f)?;
        f.write_str("T")?;
        self.time.fmt(f)
    }
}

/// How far a local time is ahead of UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_structs)] // RFC 3339 has no further parts
pub struct Offset {
    /// Minutes east of UTC, within a day.
    pub minutes: i16,
}

impl Offset {
    /// No offset.
    pub const UTC: Offset = Offset { minutes: 0 };

    /// The offset, if it is less than a day.
    pub fn new(minutes: i16) -> Option<Self> {
        (minutes.unsigned_abs() < 24 * 60).then_some(Offset { minutes })
    }
}

impl fmt::Display for Offset {
    /// `+02:00`, or `Z` for UTC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.minutes == 0 {
            return f.write_str("Z");
        }
        let sign = if self.minutes < 0 { '-' } else { '+' };
        let minutes = self.minutes.unsigned_abs();
        write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
    }
}

/// A day and a time of day with its offset: one instant, and how a clock there showed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::exhaustive_structs)] // a local time and its offset, forever
pub struct OffsetDateTime {
    /// What the clock showed.
    pub local: LocalDateTime,
    /// How far that clock is ahead of UTC.
    pub offset: Offset,
}

impl fmt::Display for OffsetDateTime {
    /// RFC 3339: `2019-05-01T12:09:07+02:00`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.local.fmt(f)?;
        self.offset.fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar() {
        assert!(Date::new(2020, 2, 29).is_some());
        assert!(Date::new(2019, 2, 29).is_none());
        assert!(Date::new(2019, 13, 1).is_none());
        assert!(Date::new(10000, 1, 1).is_none());
    }

    #[test]
    fn fractions_keep_their_digits() {
        let text = |nanosecond, digits| Time::new(1, 2, 3, nanosecond, digits).unwrap().to_string();
        assert_eq!(text(0, 0), "01:02:03");
        assert_eq!(text(500_000_000, 3), "01:02:03.500");
        assert_eq!(text(123_456_789, 0), "01:02:03.123456789");
        assert_eq!(text(0, 3), "01:02:03.000");
    }
}

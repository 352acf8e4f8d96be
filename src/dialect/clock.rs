//! What a clock in another zone shows.

use jiff::civil;
use jiff::tz::TimeZone;

use crate::date;
use crate::meta::{Date, LocalDateTime, OffsetDateTime, Time};

/// What clocks in `zone` show at `instant`; in UTC without a zone, or if there is none of this name.
pub(super) fn local_in(instant: OffsetDateTime, zone: Option<&str>) -> LocalDateTime {
    shifted(instant, zone).unwrap_or(instant.local)
}

fn shifted(instant: OffsetDateTime, zone: Option<&str>) -> Option<LocalDateTime> {
    let minutes = |offset: i16| jiff::SignedDuration::from_mins(i64::from(offset));
    let utc = to_civil(instant.local)?.checked_sub(minutes(instant.offset.minutes)).ok()?;
    let Some(zone) = zone else { return from_civil(utc, instant.local.time.digits) };
    if let Ok(named) = TimeZone::get(zone) {
        let timestamp = TimeZone::UTC.to_timestamp(utc).ok()?;
        return from_civil(named.to_datetime(timestamp), instant.local.time.digits);
    }
    let fixed = date::at_zone(instant.local, zone)?.offset;
    from_civil(utc.checked_add(minutes(fixed.minutes)).ok()?, instant.local.time.digits)
}

fn to_civil(local: LocalDateTime) -> Option<civil::DateTime> {
    let (date, time) = (local.date, local.time);
    civil::DateTime::new(
        i16::try_from(date.year).ok()?,
        i8::try_from(date.month).ok()?,
        i8::try_from(date.day).ok()?,
        i8::try_from(time.hour).ok()?,
        i8::try_from(time.minute).ok()?,
        // A leap second belongs to its minute.
        i8::try_from(time.second.min(59)).ok()?,
        i32::try_from(time.nanosecond).ok()?,
    )
    .ok()
}

fn from_civil(civil: civil::DateTime, digits: u8) -> Option<LocalDateTime> {
    let date = Date::new(
        u16::try_from(civil.year()).ok()?,
        u8::try_from(civil.month()).ok()?,
        u8::try_from(civil.day()).ok()?,
    )?;
    let time = Time::new(
        u8::try_from(civil.hour()).ok()?,
        u8::try_from(civil.minute()).ok()?,
        u8::try_from(civil.second()).ok()?,
        u32::try_from(civil.subsec_nanosecond()).ok()?,
        digits,
    )?;
    Some(LocalDateTime { date, time })
}

/// The day as the calendar of addresses needs it: weekday, day of the year, week.
pub(super) fn calendar(date: Date) -> Option<civil::Date> {
    civil::Date::new(i16::try_from(date.year).ok()?, i8::try_from(date.month).ok()?, i8::try_from(date.day).ok()?).ok()
}

/// Midnight of `date`.
pub(super) fn midnight(date: Date) -> LocalDateTime {
    LocalDateTime { date, time: Time::MIDNIGHT }
}

/// The text without the abbreviation of a zone in it, if it has one that Ruby does not know (3.1, `Time.zone_offset`): it
/// knows `UTC`, `GMT`, those of the United States, single letters, and those of the site's own zone. With any other the
/// time is read as if it had none.
pub(super) fn without_foreign_abbreviation(text: &str, zone: &str) -> Option<String> {
    const KNOWN: [&str; 11] = ["UTC", "UT", "GMT", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT"];
    let is_abbreviation = |word: &str| {
        (3..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase()) && !KNOWN.contains(&word)
    };
    let word = text.split_whitespace().find(|word| is_abbreviation(word))?;
    let own = TimeZone::get(zone).ok().is_some_and(|zone| {
        [1, 7].into_iter().any(|month| {
            let day = TimeZone::UTC.to_timestamp(civil::date(2019, month, 1).at(0, 0, 0, 0));
            day.is_ok_and(|day| zone.to_offset_info(day).abbreviation().eq_ignore_ascii_case(word))
        })
    });
    (!own).then(|| text.split_whitespace().filter(|other| *other != word).collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn abbreviations_are_rubys() {
        let without = |zone| without_foreign_abbreviation("Fri Sep  3 11:21:31 CEST 2021", zone);
        assert_eq!(without("America/New_York").as_deref(), Some("Fri Sep 3 11:21:31 2021"));
        assert_eq!(without("Europe/Amsterdam"), None);
        assert_eq!(without_foreign_abbreviation("2019-03-31 01:30:00 EST", "Europe/Amsterdam"), None);
    }
}

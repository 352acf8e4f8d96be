//! Zones: offsets, abbreviations of one meaning, names of the IANA database.

use jiff::civil;
use jiff::tz::TimeZone;

use super::take_digits;
use crate::meta::{Date, LocalDateTime, Offset, OffsetDateTime, Time};

/// Zone abbreviations of one meaning, in minutes east of UTC: those of RFC 2822 (section 4.3), and others that one zone
/// alone has. `IST` and the like are missing because they have several.
const ABBREVIATIONS: &[(&str, i16)] = &[
    ("Z", 0),
    ("UT", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("EST", -300),
    ("EDT", -240),
    ("CST", -360),
    ("CDT", -300),
    ("MST", -420),
    ("MDT", -360),
    ("PST", -480),
    ("PDT", -420),
    ("AKST", -540),
    ("AKDT", -480),
    ("HST", -600),
    ("WET", 0),
    ("WEST", 60),
    ("CET", 60),
    ("CEST", 120),
    ("MET", 60),
    ("MEST", 120),
    ("EET", 120),
    ("EEST", 180),
    ("BST", 60),
    ("MSK", 180),
    ("SGT", 480),
    ("HKT", 480),
    ("AWST", 480),
    ("JST", 540),
    ("KST", 540),
    ("AEST", 600),
    ("AEDT", 660),
    ("NZST", 720),
    ("NZDT", 780),
];

/// What stands for a zone.
pub(super) enum Zone {
    Offset(Offset),
    Named(TimeZone),
}

pub(super) fn zone_of(text: &str) -> Option<Zone> {
    if let Some(offset) = abbreviation(text) {
        return Some(Zone::Offset(offset));
    }
    if text.starts_with(['+', '-']) {
        let (offset, rest) = take_offset(text)?;
        return rest.is_empty().then_some(Zone::Offset(offset));
    }
    TimeZone::get(text).ok().filter(|zone| zone.iana_name().is_some()).map(Zone::Named)
}

pub(super) fn abbreviation(text: &str) -> Option<Offset> {
    // RFC 3339 allows the small letter.
    let text = if text == "z" { "Z" } else { text };
    ABBREVIATIONS.iter().find(|(name, _)| *name == text).and_then(|&(_, minutes)| Offset::new(minutes))
}

/// The same time in jiff's words.
pub(crate) fn to_civil(local: LocalDateTime) -> Option<civil::DateTime> {
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

pub(super) fn in_named(local: LocalDateTime, zone: &TimeZone) -> Option<OffsetDateTime> {
    let time = local.time;
    let zoned = to_civil(local)?.to_zoned_datetime(zone.clone()).ok()?;
    let seconds = zoned.offset().seconds();
    // Offsets of before standard time have seconds, which RFC 3339 has no room for: the instant is kept in UTC.
    let (shown, offset) = if seconds % 60 == 0 {
        (zoned.datetime(), Offset::new(i16::try_from(seconds / 60).ok()?)?)
    } else {
        (zoned.with_time_zone(TimeZone::UTC).datetime(), Offset::UTC)
    };
    let second = u8::try_from(shown.second()).ok()? + time.second.saturating_sub(59);
    let local = LocalDateTime {
        date: Date::new(
            u16::try_from(shown.year()).ok()?,
            u8::try_from(shown.month()).ok()?,
            u8::try_from(shown.day()).ok()?,
        )?,
        time: Time::new(
            u8::try_from(shown.hour()).ok()?,
            u8::try_from(shown.minute()).ok()?,
            second,
            time.nanosecond,
            time.digits,
        )?,
    };
    Some(OffsetDateTime { local, offset })
}

/// `Z` aside, `+02`, `+2:00`, `+0200`, `+02:00`.
pub(super) fn take_offset(text: &str) -> Option<(Offset, &str)> {
    let sign: i16 = if text.starts_with('-') { -1 } else { 1 };
    let (digits, rest) = take_digits(text.get(1..)?);
    let (hours, minutes, rest) = match digits.len() {
        1 | 2 => match rest.strip_prefix(':').map(take_digits) {
            Some((minutes, rest)) if minutes.len() == 2 => (digits, minutes, rest),
            Some(_) => return None,
            None => (digits, "0", rest),
        },
        3 | 4 => (&digits[..digits.len() - 2], &digits[digits.len() - 2..], rest),
        _ => return None,
    };
    let (hours, minutes): (i16, i16) = (hours.parse().ok()?, minutes.parse().ok()?);
    if minutes > 59 {
        return None;
    }
    Some((Offset::new(sign * (hours * 60 + minutes))?, rest))
}

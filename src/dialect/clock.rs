//! What a clock in another zone shows.

use jiff::civil;
use jiff::tz::TimeZone;

use crate::date::{self, to_civil};
use crate::meta::{Date, LocalDateTime, Offset, OffsetDateTime, Time, Value};

/// What clocks in `zone` show at `instant`; in UTC without a zone, or if there is none of this name.
pub(crate) fn local_in(instant: OffsetDateTime, zone: Option<&str>) -> LocalDateTime {
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

/// A time in UTC as clocks in `zone` show it, with their offset.
pub(super) fn in_zone(utc: LocalDateTime, zone: Option<&str>) -> Option<OffsetDateTime> {
    let local = shifted(OffsetDateTime { local: utc, offset: Offset::UTC }, zone)?;
    let minutes = to_civil(local)?.duration_since(to_civil(utc)?).as_mins();
    Some(OffsetDateTime { local, offset: Offset::new(i16::try_from(minutes).ok()?)? })
}

/// So many seconds since 1970.
pub(super) fn since_1970(seconds: i64) -> Option<OffsetDateTime> {
    let timestamp = jiff::Timestamp::from_second(seconds).ok()?;
    let local = from_civil(TimeZone::UTC.to_datetime(timestamp), 0)?;
    Some(OffsetDateTime { local, offset: Offset::UTC })
}

/// The second behind this one.
pub(super) fn next_second(local: LocalDateTime) -> Option<LocalDateTime> {
    let next = to_civil(local)?.checked_add(jiff::SignedDuration::from_secs(1)).ok()?;
    from_civil(next, local.time.digits)
}

/// The seconds since 1970 at which `value` is; one without an offset is in `zone`.
pub(crate) fn seconds(value: &Value, zone: Option<&str>) -> Option<i64> {
    let placed = |local: LocalDateTime| {
        let in_utc = OffsetDateTime { local, offset: Offset::UTC };
        zone.and_then(|zone| date::at_zone(local, zone)).unwrap_or(in_utc)
    };
    let instant = match value {
        Value::Date(date) => placed(midnight(*date)),
        Value::LocalDateTime(local) => placed(*local),
        Value::OffsetDateTime(instant) => *instant,
        _ => return None,
    };
    let local = TimeZone::UTC.to_timestamp(to_civil(instant.local)?).ok()?;
    Some(local.as_second() - i64::from(instant.offset.minutes) * 60)
}

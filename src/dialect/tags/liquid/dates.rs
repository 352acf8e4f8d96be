//! Filters that write a date (Liquid 5.4, Jekyll 4.3's `date_filters.rb`).

use jiff::fmt::strtime;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ZonedDateTime, civil};

use super::value::Known;
use crate::meta::{LocalDateTime, Time, Value};

/// How Liquid shows a time: it is text then, which the filters read again.
const SHOWN: &str = "%Y-%m-%d %H:%M:%S %z";

/// A date as Liquid shows it where clocks run by `zone`, or by UTC if there is none.
pub(crate) fn shown(date: &Value, zone: Option<&str>) -> Option<String> {
    let zone = zone.map_or(Some(TimeZone::UTC), |zone| TimeZone::get(zone).ok())?;
    let local = |local: &LocalDateTime| local.to_string().parse::<civil::DateTime>().ok();
    let zoned = match date {
        Value::OffsetDateTime(instant) => instant.to_string().parse::<Timestamp>().ok()?.to_zoned_datetime(zone),
        Value::LocalDateTime(time) => local(time)?.to_zoned_datetime(zone).ok()?,
        Value::Date(date) => {
            let time = Time::new(0, 0, 0, 0, 0)?;
            local(&LocalDateTime { date: *date, time })?.to_zoned_datetime(zone).ok()?
        }
        _ => return None,
    };
    strtime::format(SHOWN, &zoned).ok()
}

/// What `filter` makes of a date in text; `None` if it is no date as Liquid shows one.
pub(super) fn apply(text: &str, filter: &str, arguments: &[Known]) -> Option<String> {
    let time = zoned(text)?;
    let format = match (filter, arguments) {
        ("date", [format]) => format.shown()?,
        ("date_to_string", []) => "%d %b %Y".to_owned(),
        ("date_to_long_string", []) => "%d %B %Y".to_owned(),
        ("date_to_xmlschema", []) => "%Y-%m-%dT%H:%M:%S%:z".to_owned(),
        ("date_to_rfc822", []) => "%a, %d %b %Y %H:%M:%S %z".to_owned(),
        _ => return None,
    };
    // Without a format Liquid leaves the date as it is.
    if format.is_empty() {
        return Some(text.to_owned());
    }
    strtime::format(&format, &time).ok()
}

fn zoned(text: &str) -> Option<ZonedDateTime> {
    strtime::parse(SHOWN, text).ok()?.to_zoned_datetime().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_date_is_shown_and_read_again() {
        let date = crate::date::recognize("2018-06-04 23:30:00 -0800").unwrap();
        let text = shown(&date, Some("Europe/Paris")).unwrap();
        assert_eq!(text, "2018-06-05 09:30:00 +0200");
        for (filter, arguments, expected) in [
            ("date", vec![Known::Text("%-d. %B %y, %A".to_owned())], Some("5. June 18, Tuesday")),
            ("date_to_string", vec![], Some("05 Jun 2018")),
            ("date_to_long_string", vec![], Some("05 June 2018")),
            ("date_to_xmlschema", vec![], Some("2018-06-05T09:30:00+02:00")),
            ("date_to_rfc822", vec![], Some("Tue, 05 Jun 2018 09:30:00 +0200")),
            ("date_to_string", vec![Known::Text("ordinal".to_owned())], None),
            ("date", vec![Known::Text("%é".to_owned())], None),
        ] {
            assert_eq!(apply(&text, filter, &arguments).as_deref(), expected, "{filter}");
        }
        assert_eq!(apply("yesterday", "date_to_string", &[]), None);
        assert_eq!(shown(&crate::date::recognize("2018-06-04").unwrap(), None).unwrap(), "2018-06-04 00:00:00 +0000");
    }
}

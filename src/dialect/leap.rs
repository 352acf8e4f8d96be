//! Leap seconds, for generators whose clocks have none.

use crate::diag::{Diagnostic, Sink, codes};
use crate::meta::{Entry, Meta, Value};

/// Makes each second 60 the one before, and says so: Go knows none, and Hugo 0.168 does not build a page with one.
pub(super) fn leave_out(meta: &mut Meta, generator: &str, sink: &mut dyn Sink) {
    let entries: Vec<&Entry> = meta.map.iter().filter(|entry| has_leap_second(&entry.value)).collect();
    for entry in &entries {
        let message = format!(
            "`{}` is in a leap second, which {generator} does not read: written as the second before",
            entry.key
        );
        sink.report(Diagnostic::new(&codes::LEAP_SECOND, message).at(entry.span));
    }
    if !entries.is_empty() {
        meta.map.values_mut().for_each(|(_, value)| end_leap_second(value));
    }
}

fn has_leap_second(value: &Value) -> bool {
    match value {
        Value::OffsetDateTime(datetime) => datetime.local.time.second == 60,
        Value::LocalDateTime(datetime) => datetime.time.second == 60,
        Value::List(items) => items.iter().any(has_leap_second),
        Value::Map(map) => map.iter().any(|entry| has_leap_second(&entry.value)),
        _ => false,
    }
}

fn end_leap_second(value: &mut Value) {
    match value {
        Value::OffsetDateTime(datetime) => datetime.local.time.second = datetime.local.time.second.min(59),
        Value::LocalDateTime(datetime) => datetime.time.second = datetime.time.second.min(59),
        Value::List(items) => items.iter_mut().for_each(end_leap_second),
        Value::Map(map) => map.values_mut().for_each(|(_, value)| end_leap_second(value)),
        _ => {}
    }
}

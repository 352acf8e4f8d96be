//! Dates.
#![allow(clippy::todo)]
use crate::meta::{LocalDateTime, OffsetDateTime, Value};
pub(crate) fn recognize(_: &str) -> Option<Value> { todo!() }
pub(crate) fn is_zone(_: &str) -> bool { todo!() }
pub(crate) fn at_zone(_: LocalDateTime, _: &str) -> Option<OffsetDateTime> { todo!() }

//! How values that TOML cannot say are written so that they come back.

use super::read;
use crate::meta::{Integer, Value};

/// What ends the comment that stands for a key without a value.
const NULL: &str = " = null # TOML has no null";

/// The comment behind a text that is a number too large for TOML.
pub(super) const INTEGER: &str = " an integer, too large for TOML";

/// The text of a comment that stands for the key without a value. `key` is written as TOML writes it.
pub(super) fn null(key: &str) -> String {
    format!(" {key}{NULL}")
}

/// The keys of the dotted key that such a comment names, if it is one, and the comment that follows on its line.
pub(super) fn null_key(comment: &str) -> Option<(Vec<String>, Option<&str>)> {
    let (key, rest) = comment.strip_prefix(' ')?.split_once(NULL)?;
    let trailing = rest.strip_prefix(" #");
    if trailing.is_none() && !rest.is_empty() {
        return None;
    }
    Some((read::keys(key)?, trailing))
}

/// The number that a text marked as one stands for.
pub(super) fn integer(text: &str) -> Option<Value> {
    Integer::parse(text).filter(|number| number.as_i64().is_none()).map(Value::Integer)
}

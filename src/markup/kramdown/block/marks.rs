//! Lines that are marks.

use crate::markup::kramdown::scan::{byte, rest_blank, spaces};

/// Behind the line of an end marker.
pub(super) fn end_marker(text: &str, at: usize) -> Option<usize> {
    (byte(text, at) == b'^').then(|| rest_blank(text, at + 1))?
}

/// Behind the line of a rule.
pub(super) fn rule_end(text: &str, at: usize) -> Option<usize> {
    let mut end = spaces(text, at, 3);
    let mark = byte(text, end);
    if !matches!(mark, b'*' | b'-' | b'_') {
        return None;
    }
    let mut count = 0;
    loop {
        match byte(text, end) {
            b' ' | b'\t' => {}
            b if b == mark => count += 1,
            b'\n' => return (count >= 3).then_some(end + 1),
            _ => return None,
        }
        end += 1;
    }
}

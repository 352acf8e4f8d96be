//! What stands between the parts of a result.

/// Adds what stands between two parts; an empty line where something that was printed begins or ends.
pub(super) fn push_gap(out: &mut String, gap: &str, needs_line: bool) {
    if !needs_line || out.trim_end_matches(' ').is_empty() {
        out.push_str(gap);
        return;
    }
    // White space at the start of the line belongs to what stood there before.
    let gap = match gap.rfind('\n') {
        _ if !gap.trim().is_empty() => gap.trim_end_matches([' ', '\t']),
        Some(at) => gap.get(..=at).unwrap_or_default(),
        None => "",
    };
    out.push_str(gap);
    if !out.ends_with('\n') {
        out.push('\n');
    }
    if !out.ends_with("\n\n") && !out.ends_with("\r\n\r\n") && !out.ends_with("\n\r\n") {
        out.push('\n');
    }
}

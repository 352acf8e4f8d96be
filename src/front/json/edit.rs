//! Changing JSON front matter entry by entry: what says the same keeps its bytes.

use std::collections::BTreeMap;

use super::value_to_json;
use crate::diag::Span;
use crate::meta::{Entry, Meta};
use crate::post::FrontText;

/// The object of `source` with the entries of `meta`. What stands between entries, white space and commas, is kept; a new
/// entry follows the others as the second follows the first. `None` if the object has no entries to go by.
pub(super) fn edit(source: &FrontText, meta: &Meta) -> Option<String> {
    let text = source.around.0.as_str();
    let old: Vec<&Entry> = source.meta.map.iter().collect();
    let (first, last) = (old.first()?, old.last()?);
    let mut spans = old.iter().map(|entry| entry.span);
    // A key that stands twice leaves its places out of order.
    if !spans.clone().zip(spans.by_ref().skip(1)).all(|(a, b)| a.end <= b.start) || meta.map.is_empty() {
        return None;
    }
    let separators: Vec<&str> = old
        .windows(2)
        .map(|pair| Span::new(pair[0].span.end, pair[1].span.start).slice(text))
        .collect::<Option<_>>()?;
    let usual = separators.first().copied().unwrap_or(", ");
    let indent = usual.rsplit_once('\n').map_or("", |(_, indent)| indent);
    let by_span: BTreeMap<Span, usize> = old.iter().enumerate().map(|(index, entry)| (entry.span, index)).collect();

    let mut out = Span::new(source.span.start, first.span.start).slice(text)?.to_owned();
    for (index, entry) in meta.map.iter().enumerate() {
        let at = by_span.get(&entry.span).copied().filter(|_| !entry.span.is_empty());
        if index > 0 {
            let own = at.and_then(|at| at.checked_sub(1)).and_then(|before| separators.get(before));
            out.push_str(own.copied().unwrap_or(usual));
        }
        match at.and_then(|at| old.get(at)) {
            Some(old) if *old == entry => out.push_str(entry.span.slice(text)?),
            _ => out.push_str(&written(entry, indent)?),
        }
    }
    out.push_str(Span::new(last.span.end, source.span.end).slice(text)?);
    Some(out)
}

/// An entry, its further lines indented as the first.
fn written(entry: &Entry, indent: &str) -> Option<String> {
    let key = serde_json::to_string(&entry.key).ok()?;
    let value = serde_json::to_string_pretty(&value_to_json(&entry.value)).ok()?;
    Some(format!("{key}: {}", value.replace('\n', &format!("\n{indent}"))))
}

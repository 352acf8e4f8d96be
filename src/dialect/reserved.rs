//! Keys of another generator whose names the target gives a meaning of its own: they stand under `params`, where the
//! target leaves them alone, and come back from there.

use super::names::CANONICAL;
use super::spelling;
use crate::diag::{Diagnostic, Severity, Sink, codes};
use crate::meta::{Entry, Map, Meta, Value};
use crate::post::Post;

/// Moves every entry that `is_reserved` under `params`, those in `restored` excepted.
pub(super) fn set_aside(
    meta: &mut Meta,
    restored: &[String],
    generator: &str,
    is_reserved: impl Fn(&Entry) -> bool,
    sink: &mut dyn Sink,
) {
    let reserved: Vec<Entry> =
        meta.map.iter().filter(|entry| is_reserved(entry) && !restored.contains(&entry.key)).cloned().collect();
    for entry in reserved {
        let params = match meta.get("params") {
            // What `params` itself was goes into the one that there is now.
            _ if entry.key == "params" => None,
            other => other,
        };
        match params {
            Some(Value::Map(params)) if !params.contains_key(&entry.key) => {}
            None => {
                if entry.key == "params" {
                    meta.map.remove("params");
                }
                meta.insert("params", Map::new());
            }
            Some(_) => {
                let message = format!(
                    "`{}` has no place: {generator} keeps the name for itself, and `params` is taken",
                    entry.key
                );
                sink.report(Diagnostic::new(&codes::KEY_DROPPED, message).at(entry.span));
                meta.remove(&entry.key);
                continue;
            }
        }
        let message = format!("`{}` is a name that {generator} keeps for itself: written as `params.{0}`", entry.key);
        let mut moved = Diagnostic::new(&codes::KEY_MOVED, message).at(entry.span);
        if ["tags", "categories"].iter().any(|terms| entry.key.eq_ignore_ascii_case(terms)) {
            moved.severity = Severity::Warning;
            moved = moved
                .help("Hugo takes terms from there too (since 0.123): give the key another name, with `--map` perhaps");
        }
        sink.report(moved);
        let key = entry.key.clone();
        if key != "params" {
            meta.map.remove(&key);
        }
        meta.nest_comments(&key, "params");
        if let Some(Value::Map(params)) = meta.map.get_mut("params") {
            params.insert_at(params.len(), entry);
        }
    }
}

/// The reverse: what stands under `params` only for its name goes back to top level.
pub(super) fn take_up(post: &mut Post, dialect: &'static str, is_reserved: impl Fn(&Entry) -> bool) {
    let Some(Value::Map(map)) = post.meta.get("params") else { return };
    let is_free = |key: &str| key == "params" || !post.meta.map.contains_key(key);
    let (lifted, kept): (Vec<Entry>, Vec<Entry>) =
        map.iter().cloned().partition(|entry| is_reserved(entry) && is_free(&entry.key));
    let Some(mut index) = post.meta.map.position("params").filter(|_| !lifted.is_empty()) else { return };
    if lifted.iter().any(|entry| entry.key == "params") {
        // It cannot stand beside itself: all or nothing.
        if !kept.is_empty() {
            return;
        }
    }
    if kept.is_empty() {
        post.meta.map.remove("params");
    } else {
        post.meta.insert("params", Map::from_unique(kept));
        index += 1;
    }
    for (offset, entry) in lifted.into_iter().enumerate() {
        let key = entry.key.clone();
        let written = Map::from_unique(vec![entry.clone()]);
        post.meta.map.insert_at(index + offset, entry);
        post.meta.lift_comments(&key, "params");
        spelling::remember(post, dialect, key, vec![("params".to_owned(), Value::Map(written))]);
    }
}

/// Whether the canonical post has the name for itself.
pub(super) fn is_canonical(key: &str) -> bool {
    CANONICAL.find(key).is_some()
}

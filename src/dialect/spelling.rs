//! Remembering how a source spelt what the canonical post spells otherwise, and putting it back.

use std::borrow::Cow;

use crate::meta::{Entry, Value};
use crate::post::{Post, Spelling};

/// Notes that `written` became the entry `key` of the canonical post; nothing written means that it came from elsewhere.
pub(super) fn remember(
    post: &mut Post,
    dialect: &'static str,
    key: impl Into<Cow<'static, str>>,
    written: Vec<(String, Value)>,
) {
    let key = key.into();
    if let Some(canonical) = post.meta.get(&key) {
        let spelling = Spelling::new(dialect, key, canonical.clone(), written);
        post.origin.spelling.push(spelling);
    }
}

/// Whether `dialect` made the value of `key`, unchanged since, of something that is no entry.
pub(super) fn is_made(post: &Post, dialect: &str, key: &str) -> bool {
    post.origin.spelling.iter().any(|spelling| {
        spelling.dialect == dialect
            && spelling.key == key
            && spelling.written.is_empty()
            && post.meta.get(key) == Some(&spelling.canonical)
    })
}

/// Puts back what `dialect` wrote for each canonical value that has not changed since. Gives the canonical names of the
/// keys that are now as written.
pub(super) fn restore(post: &mut Post, dialect: &str) -> Vec<String> {
    let spellings: Vec<Spelling> =
        post.origin.spelling.iter().filter(|spelling| spelling.dialect == dialect).cloned().collect();
    spellings.into_iter().filter_map(|spelling| put_back(post, spelling)).collect()
}

/// Puts back what any dialect wrote for `key`: for keys that no generator knows.
pub(super) fn restore_from_any(post: &mut Post, key: &str) {
    if let Some(spelling) = post.origin.spelling.iter().find(|spelling| spelling.key == key).cloned() {
        put_back(post, spelling);
    }
}

fn put_back(post: &mut Post, spelling: Spelling) -> Option<String> {
    let unchanged = post.meta.get(&spelling.key) == Some(&spelling.canonical);
    if let [(name, Value::Map(part))] = &spelling.written[..]
        && *name != *spelling.key
        && let Some(Value::Map(whole)) = post.meta.map.get_mut(name).filter(|_| unchanged)
    {
        if part.iter().any(|entry| whole.contains_key(&entry.key)) {
            return None;
        }
        // One of the entries that stood in a map: the others are there already.
        for entry in part {
            whole.insert(entry.key.clone(), entry.value.clone());
        }
        post.meta.map.remove(&spelling.key);
        post.meta.nest_comments(&spelling.key, name);
        return Some(spelling.key.into_owned());
    }
    let is_free = |key: &String| **key == *spelling.key || !post.meta.map.contains_key(key);
    if !unchanged || spelling.written.is_empty() || !spelling.written.iter().all(|(key, _)| is_free(key)) {
        return None;
    }
    let mut index = post.meta.map.position(&spelling.key).unwrap_or_default();
    let mut written = spelling.written.into_iter();
    if let Some((key, value)) = written.next() {
        // It stood in a map: so do its comments.
        if value.as_map().is_some_and(|map| map.get(&spelling.key) == Some(&spelling.canonical)) {
            post.meta.nest_comments(&spelling.key, &key);
        }
        post.meta.rename(&spelling.key, &key);
        post.meta.insert(key, value);
    }
    for (key, value) in written {
        index += 1;
        post.meta.map.insert_at(index, Entry::new(key, value));
    }
    Some(spelling.key.into_owned())
}

/// The names that the canonical keys `restored` have now.
pub(super) fn names_of(post: &Post, restored: &[String]) -> Vec<String> {
    let spelt = post.origin.spelling.iter().filter(|spelling| restored.iter().any(|key| *key == spelling.key));
    spelt.flat_map(|spelling| spelling.written.iter().map(|(name, _)| name.clone())).collect()
}

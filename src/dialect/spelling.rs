//! Remembering how a source spelt what the canonical post spells otherwise, and putting it back.

use crate::meta::{Entry, Value};
use crate::post::{Post, Spelling};

/// Notes that `written` became the entry `key` of the canonical post.
pub(super) fn remember(post: &mut Post, dialect: &str, key: &str, written: Vec<(String, Value)>) {
    if let Some(canonical) = post.meta.get(key) {
        let spelling = Spelling::new(dialect, key, canonical.clone(), written);
        post.origin.spelling.push(spelling);
    }
}

/// Puts back what `dialect` wrote for each canonical value that has not changed since. Gives the names of the keys that
/// are now as written.
pub(super) fn restore(post: &mut Post, dialect: &str) -> Vec<String> {
    let mut restored = Vec::new();
    let spellings: Vec<Spelling> =
        post.origin.spelling.iter().filter(|spelling| spelling.dialect == dialect).cloned().collect();
    for spelling in spellings {
        let unchanged = post.meta.get(&spelling.key) == Some(&spelling.canonical);
        let is_free = |key: &String| *key == spelling.key || !post.meta.map.contains_key(key);
        if !unchanged || spelling.written.is_empty() || !spelling.written.iter().all(|(key, _)| is_free(key)) {
            continue;
        }
        let mut index = post.meta.map.position(&spelling.key).unwrap_or_default();
        let mut written = spelling.written.into_iter();
        if let Some((key, value)) = written.next() {
            if value.as_map().is_some_and(|map| map.get(&spelling.key) == Some(&spelling.canonical)) {
                post.meta.nest_comments(&spelling.key, &key);
            }
            post.meta.rename(&spelling.key, &key);
            post.meta.insert(key.clone(), value);
            restored.push(key);
        }
        for (key, value) in written {
            index += 1;
            post.meta.map.insert_at(index, Entry::new(key.clone(), value));
            restored.push(key);
        }
    }
    restored
}

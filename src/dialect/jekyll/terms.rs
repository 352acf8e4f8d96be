//! Categories and tags as Jekyll 4.3 finds them (`Document#populate_categories`, `Utils.pluralized_array_from_hash`).

use super::NAME;
use crate::dialect::{file_name, keys, spelling};
use crate::meta::{Entry, Value};
use crate::post::Post;

/// Folders above `_posts`, then the plural, then the singular, each term once.
pub(super) fn categories(post: &mut Post) {
    let folders: Vec<Value> =
        post.path.as_deref().map(file_name::categories).unwrap_or_default().into_iter().map(Value::from).collect();
    if folders.is_empty() && is_plain(post, "categories", "category") {
        return;
    }
    let written = Written::of(post, "categories", "category");
    if folders.is_empty() && written.is_absent() {
        return;
    }
    let plural = written.plural.as_ref().map(plural_terms);
    let singular = written.singular.as_ref().and_then(singular_terms);
    // Anything but text and lists stops Jekyll: it stays as it is.
    if matches!(plural, Some(None)) && singular.is_none() {
        return;
    }
    let mut terms: Vec<Value> = Vec::new();
    for term in folders.into_iter().chain(plural.flatten().unwrap_or_default()).chain(singular.unwrap_or_default()) {
        if !terms.contains(&term) {
            terms.push(term);
        }
    }
    written.replace(post, "categories", terms);
}

/// The singular, else the plural.
pub(super) fn tags(post: &mut Post) {
    if is_plain(post, "tags", "tag") {
        return;
    }
    let written = Written::of(post, "tags", "tag");
    let terms = match written.singular.as_ref().and_then(singular_terms) {
        Some(terms) => terms,
        None => match written.plural.as_ref().and_then(plural_terms) {
            Some(terms) => terms,
            None => return,
        },
    };
    written.replace(post, "tags", terms);
}

/// Whether there is nothing to do: no singular, and a plural that is absent or a list of texts, each once.
fn is_plain(post: &Post, plural: &str, singular: &str) -> bool {
    let is_plain = |items: &[Value]| {
        items.iter().enumerate().all(|(index, item)| item.as_str().is_some() && !items[..index].contains(item))
    };
    !post.meta.map.contains_key(singular)
        && post
            .meta
            .get(plural)
            .is_none_or(|value| value.as_list().is_some_and(|items| items.len() < 64 && is_plain(items)))
}

/// What the post has under both names.
struct Written {
    plural: Option<Value>,
    singular: Option<Value>,
    entries: Vec<(String, Value)>,
}

impl Written {
    fn of(post: &Post, plural: &str, singular: &str) -> Self {
        let entries = post.meta.map.iter().filter(|entry| entry.key == plural || entry.key == singular);
        Written {
            plural: post.meta.get(plural).cloned(),
            singular: post.meta.get(singular).cloned(),
            entries: entries.map(|entry| (entry.key.clone(), entry.value.clone())).collect(),
        }
    }

    fn is_absent(&self) -> bool {
        self.entries.is_empty()
    }

    /// Puts `terms` where the first of the entries stands.
    fn replace(self, post: &mut Post, plural: &'static str, terms: Vec<Value>) {
        let is_same = self.singular.is_none() && self.plural.as_ref().and_then(Value::as_list) == Some(&terms);
        if is_same {
            return;
        }
        let mut entries = self.entries.iter();
        match entries.next() {
            Some((first, _)) => {
                for (key, _) in entries {
                    post.meta.remove(key);
                }
                post.meta.rename(first, plural);
            }
            None => {
                let end = post.meta.map.len();
                post.meta.map.insert_at(end, Entry::new(plural, Value::Null));
            }
        }
        post.meta.insert(plural, Value::List(terms));
        spelling::remember(post, NAME, plural, self.entries);
    }
}

/// Text is split on white space; of a list what is nothing is left out. `None` for anything else.
fn plural_terms(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Null => Some(Vec::new()),
        Value::String(text) => Some(text.split_whitespace().map(Value::from).collect()),
        Value::List(items) => Some(flat(items)),
        _ => None,
    }
}

/// Text is one term. `None` for nothing and for false, with which the plural counts.
fn singular_terms(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::Null | Value::Bool(false) => None,
        Value::List(items) => Some(flat(items)),
        other => Some(vec![keys::text(other).unwrap_or_else(|| other.clone())]),
    }
}

fn flat(items: &[Value]) -> Vec<Value> {
    let mut out = Vec::new();
    for item in items {
        match item {
            Value::Null => {}
            Value::List(inner) => out.extend(flat(inner)),
            other => out.push(keys::text(other).unwrap_or_else(|| other.clone())),
        }
    }
    out
}

//! Categories and tags as Jekyll 4.3 finds them (`Document#populate_categories`, `Utils.pluralized_array_from_hash`).

use super::NAME;
use crate::diag::{Diagnostic, Sink, codes};
use crate::dialect::{file_name, ruby_time, spelling};
use crate::meta::{Entry, Value};
use crate::post::Post;

/// Folders above `_posts`, then the plural, then the singular, each term once.
pub(super) fn categories(post: &mut Post, zone: Option<&str>) {
    let folders: Vec<Value> =
        post.path.as_deref().map(file_name::categories).unwrap_or_default().into_iter().map(Value::from).collect();
    if folders.is_empty() && is_plain(post, "categories", "category") {
        return;
    }
    let written = Written::of(post, "categories", "category");
    if folders.is_empty() && written.is_absent() {
        return;
    }
    let items = Items { zone, nothing: Some("") };
    let plural = written.plural.as_ref().map(|value| items.plural(value));
    let singular = written.singular.as_ref().and_then(|value| items.singular(value));
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
pub(super) fn tags(post: &mut Post, zone: Option<&str>, sink: &mut dyn Sink) {
    if is_plain(post, "tags", "tag") {
        return;
    }
    let written = Written::of(post, "tags", "tag");
    let items = Items { zone, nothing: None };
    let terms = match written.singular.as_ref().and_then(|value| items.singular(value)) {
        Some(terms) => terms,
        None => match written.plural.as_ref().and_then(|value| items.plural(value)) {
            Some(terms) => terms,
            None => {
                let Some(Entry { value, span, .. }) = post.meta.map.entry("tags") else { return };
                let message = format!("`tags` is a {}, and Jekyll gives the post none", value.type_name());
                sink.report(Diagnostic::new(&codes::TERMS_IGNORED, message).at(*span));
                Vec::new()
            }
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

/// Ruby's `String#split`: other white space than ASCII's does not count.
fn words(text: &str) -> Vec<Value> {
    text.split([' ', '\t', '\n', '\u{b}', '\u{c}', '\r', '\0'])
        .filter(|word| !word.is_empty())
        .map(Value::from)
        .collect()
}

/// How the items of lists are read.
#[derive(Clone, Copy)]
struct Items<'a> {
    /// The site's zone, in which times are shown.
    zone: Option<&'a str>,
    /// What an item that is nothing becomes: a category without a name, but no tag.
    nothing: Option<&'static str>,
}

impl Items<'_> {
    /// Text is split on white space. `None` for what is neither text nor a list.
    fn plural(self, value: &Value) -> Option<Vec<Value>> {
        match value {
            Value::Null => Some(Vec::new()),
            Value::String(text) => Some(words(text)),
            Value::List(items) => Some(self.flat(items)),
            _ => None,
        }
    }

    /// Text is one term. `None` for nothing and for false, with which the plural counts.
    fn singular(self, value: &Value) -> Option<Vec<Value>> {
        match value {
            Value::Null | Value::Bool(false) => None,
            Value::List(items) => Some(Items { nothing: None, ..self }.flat(items)),
            other => Some(vec![self.text(other)]),
        }
    }

    fn flat(self, items: &[Value]) -> Vec<Value> {
        let mut out = Vec::new();
        for item in items {
            match item {
                Value::Null => out.extend(self.nothing.map(Value::from)),
                Value::List(inner) => out.extend(self.flat(inner)),
                other => out.push(self.text(other)),
            }
        }
        out
    }

    fn text(self, value: &Value) -> Value {
        ruby_time::text(value, self.zone).unwrap_or_else(|| value.clone())
    }
}

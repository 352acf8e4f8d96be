//! Old addresses of a post: one list, however many keys it comes from.

use std::borrow::Cow;

use super::keys::{self, Names};
use super::spelling;
use super::table::KeyRow;
use crate::meta::{Entry, Value};
use crate::post::Post;

/// Makes one canonical list of all entries that are called one of `called`, each address in its canonical form. What is
/// neither text nor a list stays as it is.
pub(super) fn to_canonical(post: &mut Post, names: &Names, row: &KeyRow, called: &[&str]) {
    let is_one = |entry: &&Entry| {
        called.iter().any(|name| names.is(&entry.key, name)) && !matches!(entry.value, Value::Null | Value::Map(_))
    };
    let mut all = post.meta.map.iter().filter(is_one);
    if let (Some(Entry { key, value: Value::List(addresses), .. }), None) = (all.next(), all.next())
        && key == row.canonical
        && addresses.iter().all(|address| address.as_str().is_some_and(|text| is_canonical(names, text)))
    {
        return;
    }
    let found: Vec<(String, Value)> =
        post.meta.map.iter().filter(is_one).map(|entry| (entry.key.clone(), entry.value.clone())).collect();
    let Some((first, value)) = found.first() else { return };
    let mut addresses: Vec<Value> = Vec::new();
    for item in found.iter().filter_map(|(_, value)| items(value)).flatten() {
        let address = item.as_str().and_then(names.address).map(Cow::into_owned).map_or(item.clone(), Value::String);
        if found.len() == 1 || !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    let addresses = Value::List(addresses);
    if found.len() == 1 && first == row.canonical && *value == addresses {
        return;
    }
    let is_taken = |key: &str| post.meta.map.contains_key(key) && !found.iter().any(|(name, _)| name == key);
    if is_taken(row.canonical) {
        return;
    }
    for (name, _) in &found[1..] {
        post.meta.remove(name);
    }
    if first != row.canonical {
        post.meta.rename(first, row.canonical);
    }
    post.meta.insert(row.canonical, addresses);
    spelling::remember(post, names.dialect, row.canonical, found);
}

fn is_canonical(names: &Names, address: &str) -> bool {
    (names.address)(address).is_none_or(|canonical| canonical == address)
}

/// The addresses of one entry; `None` if it is nothing, or no such thing.
fn items(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::List(items) => Some(items.iter().map(|item| keys::text(item).unwrap_or(item.clone())).collect()),
        Value::Null | Value::Map(_) => None,
        single => Some(vec![keys::text(single).unwrap_or(single.clone())]),
    }
}

use super::Value;
use crate::diag::Span;

/// One key with its value and where it was written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Entry {
    /// The key.
    pub key: String,
    /// The value.
    pub value: Value,
    /// Key and value in the text that was read; empty for an entry that was not read.
    pub span: Span,
}

impl Entry {
    /// An entry that was not read from a text.
    pub fn new(key: impl Into<String>, value: impl Into<Value>) -> Self {
        Entry { key: key.into(), value: value.into(), span: Span::default() }
    }

    /// The same, read at `span`.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = span;
        self
    }
}

/// Two entries are equal if key and value are; where they were written does not matter.
impl PartialEq for Entry {
    fn eq(&self, other: &Self) -> bool {
        self.key == other.key && self.value == other.value
    }
}

/// Keys with values, in order, each key once.
///
/// A vector and not a hash map: front matter has few keys and their order is the user's. Readers that may meet many
/// keys find duplicates themselves and build it with [`from_unique`](Map::from_unique).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map {
    entries: Vec<Entry>,
}

impl Map {
    /// An empty map.
    pub const fn new() -> Self {
        Map { entries: Vec::new() }
    }

    /// A map of entries whose keys the caller knows to differ.
    pub fn from_unique(entries: Vec<Entry>) -> Self {
        Map { entries }
    }

    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Value> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The value of `key`, to change it.
    pub fn get_mut(&mut self, key: &str) -> Option<&mut Value> {
        self.entries.iter_mut().find(|entry| is(&entry.key, key)).map(|entry| &mut entry.value)
    }

    /// The entry of `key`.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| is(&entry.key, key))
    }

    /// Whether `key` is there.
    pub fn contains_key(&self, key: &str) -> bool {
        self.entry(key).is_some()
    }

    /// Where `key` stands, from 0.
    pub fn position(&self, key: &str) -> Option<usize> {
        self.entries.iter().position(|entry| is(&entry.key, key))
    }

    /// Sets `key`: in place where it stands already, else at the end. Gives back the value it had.
    pub fn insert(&mut self, key: impl Into<String>, value: impl Into<Value>) -> Option<Value> {
        let key = key.into();
        let len = self.entries.len();
        self.insert_at(len, Entry::new(key, value))
    }

    /// Sets an entry: in place where its key stands already, else before the entry at `index` (at the end if there is
    /// none). Gives back the value it had.
    pub fn insert_at(&mut self, index: usize, entry: Entry) -> Option<Value> {
        if let Some(slot) = self.get_mut(&entry.key) {
            return Some(std::mem::replace(slot, entry.value));
        }
        self.entries.insert(index.min(self.entries.len()), entry);
        None
    }

    /// Takes `key` out; the others keep their order.
    pub fn remove(&mut self, key: &str) -> Option<Value> {
        self.position(key).map(|index| self.entries.remove(index).value)
    }

    /// Gives the entry `from` the name `to`, in place. The caller knows that `to` is free.
    pub(super) fn rename(&mut self, from: &str, to: &str) -> bool {
        match self.entries.iter_mut().find(|entry| is(&entry.key, from)) {
            Some(entry) => {
                to.clone_into(&mut entry.key);
                true
            }
            None => false,
        }
    }

    /// The entries in order.
    pub fn iter(&self) -> std::slice::Iter<'_, Entry> {
        self.entries.iter()
    }

    /// The entries in order, to change their values.
    pub fn values_mut(&mut self) -> impl Iterator<Item = (&str, &mut Value)> {
        self.entries.iter_mut().map(|entry| (entry.key.as_str(), &mut entry.value))
    }

    /// How many entries.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}

/// Whether two keys are the same. Most that are not differ in length or in the first letter, and that is seen at once.
fn is(key: &str, other: &str) -> bool {
    key.len() == other.len() && key.as_bytes().first() == other.as_bytes().first() && key == other
}

impl<'a> IntoIterator for &'a Map {
    type Item = &'a Entry;
    type IntoIter = std::slice::Iter<'a, Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl IntoIterator for Map {
    type Item = Entry;
    type IntoIter = std::vec::IntoIter<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

/// Of two entries with one key the later wins, at the place of the first.
impl FromIterator<(String, Value)> for Map {
    fn from_iter<I: IntoIterator<Item = (String, Value)>>(iter: I) -> Self {
        let mut map = Map::new();
        for (key, value) in iter {
            map.insert(key, value);
        }
        map
    }
}

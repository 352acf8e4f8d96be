//! Building a map whose keys may come twice, in linear time.

use std::collections::HashMap;

use crate::meta::{Entry, Map, Value};

/// From how many entries on keys are looked up by hash.
const FEW: usize = 16;

/// Entries in order, each key once.
#[derive(Debug, Default)]
pub(super) struct MapBuilder {
    entries: Vec<Entry>,
    // hash: only looked up, never gone over.
    index: HashMap<String, usize>,
}

impl MapBuilder {
    /// Where `key` stands.
    pub(super) fn position(&self, key: &str) -> Option<usize> {
        if self.entries.len() <= FEW {
            return self.entries.iter().position(|entry| entry.key == key);
        }
        self.index.get(key).copied()
    }

    /// Sets an entry, in place where its key stands already. Says whether it did.
    pub(super) fn set(&mut self, entry: Entry) -> bool {
        let at = self.position(&entry.key);
        self.set_at(entry, at);
        at.is_some()
    }

    /// Sets an entry whose key stands at `at`, or nowhere yet.
    pub(super) fn set_at(&mut self, entry: Entry, at: Option<usize>) {
        if let Some(slot) = at.and_then(|at| self.entries.get_mut(at)) {
            *slot = entry;
            return;
        }
        let at = self.entries.len();
        if at >= FEW {
            if at == FEW {
                self.index.extend(self.entries.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)));
            }
            self.index.insert(entry.key.clone(), at);
        }
        self.entries.push(entry);
    }

    /// How many entries.
    pub(super) fn len(&self) -> usize {
        self.entries.len()
    }

    /// The entry at a place, to change it.
    pub(super) fn entry_mut(&mut self, at: usize) -> Option<&mut Entry> {
        self.entries.get_mut(at)
    }

    /// The value of `key`, to change it.
    pub(super) fn value_mut(&mut self, key: &str) -> Option<&mut Value> {
        let at = self.position(key)?;
        self.entries.get_mut(at).map(|entry| &mut entry.value)
    }

    /// Takes the entry of `key` out if it is the last.
    pub(super) fn pop(&mut self, key: &str) -> Option<Entry> {
        let entry = self.entries.pop_if(|entry| entry.key == key)?;
        self.index.remove(key);
        Some(entry)
    }

    /// The last entry.
    pub(super) fn last(&self) -> Option<&Entry> {
        self.entries.last()
    }

    /// The map.
    pub(super) fn finish(self) -> Map {
        Map::from_unique(self.entries)
    }
}

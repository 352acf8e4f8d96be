//! Sets of names that the keys of every post are looked up in.

use std::sync::LazyLock;

use super::table::{Cell, KEYS, KeyRow};
use crate::meta::{CANONICAL_KEYS, Map};

/// The longest name that a set may have.
const LONGEST: usize = 31;

/// Names, each with the number that it stands for. A key is compared with the names of its own length alone.
pub(super) struct NameSet {
    names: Vec<(&'static str, usize)>,
    /// Where the names of each length begin.
    starts: [usize; LONGEST + 2],
}

impl NameSet {
    /// The set of these names; none of them is longer than any key that means something.
    pub(super) fn new(names: impl IntoIterator<Item = (&'static str, usize)>) -> Self {
        let mut names: Vec<_> = names.into_iter().filter(|(name, _)| name.len() <= LONGEST).collect();
        names.sort_by_key(|(name, _)| name.len());
        let starts = std::array::from_fn(|length| names.partition_point(|(name, _)| name.len() < length));
        NameSet { names, starts }
    }

    /// What `key` stands for, in these very letters.
    pub(super) fn find(&self, key: &str) -> Option<usize> {
        let first = key.as_bytes().first()?;
        let is = |name: &str| name.as_bytes()[0] == *first && name == key;
        self.of_length(key.len()).iter().find(|(name, _)| is(name)).map(|(_, number)| *number)
    }

    /// What `key` stands for, whether in capitals or not.
    pub(super) fn find_in_any_case(&self, key: &str) -> Option<usize> {
        let first = key.as_bytes().first()?.to_ascii_lowercase();
        let is = |name: &str| name.as_bytes()[0].to_ascii_lowercase() == first && name.eq_ignore_ascii_case(key);
        self.of_length(key.len()).iter().find(|(name, _)| is(name)).map(|(_, number)| *number)
    }

    fn of_length(&self, length: usize) -> &[(&'static str, usize)] {
        match (self.starts.get(length), self.starts.get(length + 1)) {
            (Some(&from), Some(&to)) => &self.names[from..to],
            _ => &[],
        }
    }
}

/// The rows of the table, a bit for each.
#[derive(Clone, Copy)]
pub(super) struct Rows(u32);

const _: () = assert!(KEYS.len() <= 32, "a bit for each row");

impl Rows {
    /// The rows that `map` has a name of, as `set` has them.
    pub(super) fn named(map: &Map, set: &NameSet, any_case: bool) -> Self {
        let find = |key: &str| if any_case { set.find_in_any_case(key) } else { set.find(key) };
        Rows(map.iter().filter_map(|entry| find(&entry.key)).fold(0, |rows, row| rows | 1 << row))
    }

    /// The rows in the table's order.
    pub(super) fn iter(self) -> impl Iterator<Item = &'static KeyRow> {
        KEYS.iter().enumerate().filter(move |(row, _)| self.0 >> row & 1 == 1).map(|(_, row)| row)
    }
}

/// The names that a dialect reads the rows by.
pub(super) fn read_by(cell: fn(&KeyRow) -> Cell) -> NameSet {
    let names = |(number, row): (usize, &'static KeyRow)| {
        let named = match cell(row) {
            Cell::Names(called) | Cell::Themes(called) => called,
            Cell::Canonical | Cell::Rule(..) => std::slice::from_ref(&row.canonical),
        };
        named.iter().map(move |name| (*name, number))
    };
    NameSet::new(KEYS.iter().enumerate().flat_map(names))
}

/// The canonical names, each with its row.
pub(super) static CANONICAL: LazyLock<NameSet> =
    LazyLock::new(|| NameSet::new(CANONICAL_KEYS.into_iter().enumerate().map(|(row, name)| (name, row))));

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found() {
        for (row, name) in CANONICAL_KEYS.iter().enumerate() {
            assert_eq!(CANONICAL.find(name), Some(row));
            assert_eq!(CANONICAL.find_in_any_case(&name.to_uppercase()), Some(row));
            assert_eq!(CANONICAL.find(&name.to_uppercase()), None);
        }
        for other in ["", "dates", "dat", "a name that is far longer than any that means something"] {
            assert_eq!(CANONICAL.find(other), None);
            assert_eq!(CANONICAL.find_in_any_case(other), None);
        }
    }

    #[test]
    fn no_name_of_the_table_is_too_long() {
        let all = KEYS.iter().flat_map(|row| row.jekyll.names().iter().chain(row.hugo.names()).chain([&row.canonical]));
        assert!(all.into_iter().all(|name| name.len() <= LONGEST));
    }
}

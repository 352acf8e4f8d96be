//! The tables of a document while it is read: which keys they have, and by what right each came into being.

use std::borrow::Cow;

use super::sweep::{Kind, Nodes, Place};
use crate::diag::Span;
use crate::front::limits::MAX_DEPTH;
use crate::front::map::MapBuilder;
use crate::meta::{Entry, Map, Value};

pub(super) type Range = std::ops::Range<usize>;

/// One key of a dotted key.
pub(super) struct Key<'t> {
    pub(super) name: Cow<'t, str>,
    pub(super) range: Range,
}

/// Why a key has no place.
pub(super) enum Refused {
    /// It stands there already, or as something that has no keys.
    Twice(Range),
    /// It is nested beyond the limit.
    TooDeep(Range),
}

/// How keys are looked up on the way to a table.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    /// In `[a.b]`, or in no table but the one whose body this is.
    Plain,
    /// In `a.b = …`.
    Dotted,
}

/// What else than a value a key has.
enum Below {
    Table(usize),
    Array(Vec<usize>),
}

/// By what right a table is there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    /// Its own line, or braces.
    Own,
    /// The line of a table in it.
    Inner,
    /// A dotted key.
    Dotted,
}

#[derive(Default)]
struct Table {
    entries: MapBuilder,
    /// The entries whose value is not there yet, by their place.
    below: Vec<(usize, Below)>,
    origin: Option<Origin>,
    depth: usize,
    node: usize,
    range: Range,
}

/// All tables, each by its number.
pub(super) struct Tables<'t> {
    tables: Vec<Table>,
    /// The ways to all values, and where they stand: for the comments between. Empty if there are none.
    pub(super) nodes: Nodes<'t>,
    pub(super) places: Vec<Place>,
    has_comments: bool,
    base: usize,
}

impl<'t> Tables<'t> {
    /// The document itself.
    pub(super) const ROOT: usize = 0;

    /// A document without keys. What is read counts from `base`.
    pub(super) fn new(base: usize, has_comments: bool) -> Self {
        let root = Table { origin: Some(Origin::Own), depth: 1, ..Table::default() };
        Tables { tables: vec![root], nodes: Nodes::default(), places: Vec::new(), has_comments, base }
    }

    /// How deep a table stands.
    pub(super) fn depth(&self, table: usize) -> usize {
        self.tables.get(table).map_or(0, |table| table.depth)
    }

    pub(super) fn place(&mut self, kind: Kind, node: usize, range: &Range) {
        if self.has_comments {
            self.places.push(Place { range: range.clone(), node, kind });
        }
    }

    /// The way to the value of a key.
    pub(super) fn key_node(&mut self, table: usize, key: &Key<'t>) -> usize {
        let Some(table) = self.tables.get(table).filter(|_| self.has_comments) else { return Nodes::ROOT };
        self.nodes.key(table.node, key.name.clone())
    }

    /// The way to an item of a list.
    pub(super) fn item_node(&mut self, list: usize, index: usize) -> usize {
        if self.has_comments { self.nodes.index(list, index) } else { Nodes::ROOT }
    }

    /// A table between braces.
    pub(super) fn braces(&mut self, node: usize, depth: usize) -> usize {
        self.add(Table { origin: Some(Origin::Own), node, depth, ..Table::default() })
    }

    /// The table that `keys` lead to. Those on the way that are not there are made.
    pub(super) fn descend(&mut self, from: usize, keys: &[Key<'t>], way: Way) -> Result<usize, Refused> {
        let mut at = from;
        for key in keys {
            at = self.step(at, key, way)?;
        }
        Ok(at)
    }

    fn step(&mut self, from: usize, key: &Key<'t>, way: Way) -> Result<usize, Refused> {
        let twice = || Refused::Twice(key.range.clone());
        let parent = self.tables.get(from).ok_or_else(twice)?;
        let Some(position) = parent.entries.position(&key.name) else {
            let origin = if way == Way::Dotted { Origin::Dotted } else { Origin::Inner };
            let table = self.new_table(from, key, Some(origin), key.range.clone())?;
            if way == Way::Dotted {
                let node = self.tables.get(table).map_or(0, |table| table.node);
                self.place(Kind::Dotted, node, &key.range);
            }
            self.set_below(from, key, Below::Table(table));
            return Ok(table);
        };
        match parent.below(position) {
            None => Err(twice()),
            Some(Below::Array(tables)) => tables.last().copied().ok_or_else(twice),
            Some(&Below::Table(at)) => {
                let table = self.tables.get_mut(at).ok_or_else(twice)?;
                if way == Way::Dotted {
                    // A table with a line of its own is whole; one that only came with another's line may be added to.
                    if table.origin == Some(Origin::Own) {
                        return Err(twice());
                    }
                    table.origin = Some(Origin::Dotted);
                }
                Ok(at)
            }
        }
    }

    /// The table of a line `[keys.key]`.
    pub(super) fn header(&mut self, parent: usize, key: &Key<'t>, line: Range) -> Result<usize, Refused> {
        let twice = || Refused::Twice(key.range.clone());
        let above = self.tables.get(parent).ok_or_else(twice)?;
        let Some(position) = above.entries.position(&key.name) else {
            let table = self.new_table(parent, key, Some(Origin::Own), line)?;
            self.set_below(parent, key, Below::Table(table));
            return Ok(table);
        };
        let Some(&Below::Table(at)) = above.below(position) else { return Err(twice()) };
        let table = self.tables.get_mut(at).filter(|table| table.origin == Some(Origin::Inner)).ok_or_else(twice)?;
        table.origin = Some(Origin::Own);
        table.range = line;
        Ok(at)
    }

    /// The table of a line `[[keys.key]]`.
    pub(super) fn array_header(&mut self, parent: usize, key: &Key<'t>, line: Range) -> Result<usize, Refused> {
        let twice = || Refused::Twice(key.range.clone());
        let above = self.tables.get(parent).ok_or_else(twice)?;
        let (count, first) = match above.entries.position(&key.name).map(|at| above.below(at)) {
            None => (0, None),
            Some(Some(Below::Array(tables))) => (tables.len(), tables.first().copied()),
            Some(_) => return Err(twice()),
        };
        let list = match first.and_then(|first| self.tables.get(first)) {
            Some(first) => self.nodes.parent(first.node),
            None => self.key_node(parent, key),
        };
        let depth = self.deeper(parent, key)?;
        let node = self.item_node(list, count);
        let table = self.add(Table { origin: Some(Origin::Own), node, depth, range: line, ..Table::default() });
        if count == 0 {
            self.set_below(parent, key, Below::Array(vec![table]));
        } else if let Some(Below::Array(tables)) =
            self.tables.get_mut(parent).and_then(|above| above.below_mut(&key.name))
        {
            tables.push(table);
        }
        Ok(table)
    }

    /// Where the comments of a table's line belong.
    pub(super) fn place_header(&mut self, table: usize, line: &Range) {
        let node = self.tables.get(table).map_or(0, |table| table.node);
        self.place(Kind::Header, node, line);
    }

    /// Sets a key to a value. `way` says how its table was come by.
    pub(super) fn set(&mut self, at: usize, key: Key<'t>, value: Value, end: usize, way: Way) -> Result<(), Refused> {
        let twice = || Refused::Twice(key.range.clone());
        let table = self.tables.get_mut(at).ok_or_else(twice)?;
        let is_whole = table.origin == Some(Origin::Own);
        if table.entries.position(&key.name).is_some() || (way == Way::Dotted && is_whole) {
            return Err(twice());
        }
        let span = Span::new(key.range.start, end.max(key.range.start)).shift(self.base);
        table.entries.set_at(Entry { key: key.name.into_owned(), value, span }, None);
        Ok(())
    }

    /// What a table says, and where it ends.
    pub(super) fn finish(&mut self, at: usize) -> (Map, usize) {
        let Some(table) = self.tables.get_mut(at).map(std::mem::take) else { return Default::default() };
        let Table { mut entries, below, range, .. } = table;
        for (position, below) in below {
            let (value, span) = match below {
                Below::Table(at) => {
                    let start = self.start(at);
                    let (map, end) = self.finish(at);
                    (Value::Map(map), start..end)
                }
                Below::Array(tables) => {
                    let start = tables.first().map_or(0, |&first| self.start(first));
                    let mut end = start;
                    let items = tables.into_iter().map(|at| {
                        let (map, map_end) = self.finish(at);
                        end = map_end.max(end);
                        Value::Map(map)
                    });
                    (Value::List(items.collect()), start..end)
                }
            };
            if let Some(entry) = entries.entry_mut(position) {
                entry.value = value;
                entry.span = Span::new(span.start, span.end.max(span.start)).shift(self.base);
            }
        }
        let map = entries.finish();
        let end = map.iter().map(|entry| entry.span.end.saturating_sub(self.base)).max();
        (map, end.unwrap_or_default().max(range.end))
    }

    fn start(&self, table: usize) -> usize {
        self.tables.get(table).map_or(0, |table| table.range.start)
    }

    fn add(&mut self, table: Table) -> usize {
        self.tables.push(table);
        self.tables.len() - 1
    }

    fn new_table(
        &mut self,
        parent: usize,
        key: &Key<'t>,
        origin: Option<Origin>,
        range: Range,
    ) -> Result<usize, Refused> {
        let depth = self.deeper(parent, key)?;
        let node = self.key_node(parent, key);
        Ok(self.add(Table { origin, node, depth, range, ..Table::default() }))
    }

    fn deeper(&self, parent: usize, key: &Key<'_>) -> Result<usize, Refused> {
        let depth = self.depth(parent) + 1;
        if depth > MAX_DEPTH { Err(Refused::TooDeep(key.range.clone())) } else { Ok(depth) }
    }

    /// Keeps a place among the entries for a table that is still to be read.
    fn set_below(&mut self, parent: usize, key: &Key<'t>, below: Below) {
        if let Some(table) = self.tables.get_mut(parent) {
            let entry = Entry::new(key.name.clone().into_owned(), Value::Null);
            table.below.push((table.entries.len(), below));
            table.entries.set_at(entry, None);
        }
    }
}

impl Table {
    fn below(&self, position: usize) -> Option<&Below> {
        let found = self.below.binary_search_by_key(&position, |(position, _)| *position).ok()?;
        self.below.get(found).map(|(_, below)| below)
    }

    fn below_mut(&mut self, key: &str) -> Option<&mut Below> {
        let position = self.entries.position(key)?;
        let found = self.below.binary_search_by_key(&position, |(position, _)| *position).ok()?;
        self.below.get_mut(found).map(|(_, below)| below)
    }
}

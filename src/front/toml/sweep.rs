//! Comments in TOML: found between the places of keys and values, in the order of the text.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::marks;
use crate::front::trivia::{self, Trivia};
use crate::meta::{Comment, CommentPlace, Entry, Map, Meta, Step, Value};

/// A piece of the text that is no comment.
pub(super) struct Place {
    pub(super) range: std::ops::Range<usize>,
    /// The value it belongs to.
    pub(super) node: usize,
    pub(super) kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// `[name]`
    Header,
    /// The first of the keys in `name.key = …`, where it comes first.
    Dotted,
    Key,
    Value,
    Open,
    Close,
}

/// The values of a document, each with the one that it stands in: the way to any can be told, and few ever are.
#[derive(Default)]
pub(super) struct Nodes<'d> {
    nodes: Vec<(usize, Last<'d>)>,
}

/// The last step of a way.
enum Last<'d> {
    Key(Cow<'d, str>),
    Index(usize),
}

impl<'d> Nodes<'d> {
    /// The document itself.
    pub(super) const ROOT: usize = 0;

    /// The value of a key.
    pub(super) fn key(&mut self, parent: usize, key: Cow<'d, str>) -> usize {
        self.nodes.push((parent, Last::Key(key)));
        self.nodes.len()
    }

    /// An item of a list.
    pub(super) fn index(&mut self, parent: usize, index: usize) -> usize {
        self.nodes.push((parent, Last::Index(index)));
        self.nodes.len()
    }

    /// What a value stands in.
    pub(super) fn parent(&self, node: usize) -> usize {
        node.checked_sub(1).and_then(|at| self.nodes.get(at)).map_or(Self::ROOT, |(parent, _)| *parent)
    }

    fn path(&self, node: usize) -> Vec<Step> {
        let mut path = Vec::new();
        let mut node = node;
        while let Some((parent, last)) = node.checked_sub(1).and_then(|at| self.nodes.get(at)) {
            path.push(match last {
                Last::Key(key) => Step::Key(key.clone().into_owned()),
                Last::Index(index) => Step::Index(*index),
            });
            node = *parent;
        }
        path.reverse();
        path
    }
}

/// Going through a text from place to place.
pub(super) struct Sweep<'t, 'd> {
    toml: &'t str,
    nodes: &'t Nodes<'d>,
    gap: usize,
    pending: Vec<(usize, Trivia)>,
    comments: Vec<Comment>,
    /// The table whose body this is.
    table: usize,
    last: usize,
    /// Keys without a value: the table each stands in, the offset, and the keys from there.
    // hash: only looked up, never gone over.
    nulls: HashMap<Vec<Step>, Vec<(usize, String)>>,
    /// The keys among them that lead to others.
    // hash: only looked up.
    null_maps: HashSet<Vec<Step>>,
    integers: Vec<Vec<Step>>,
}

impl<'t, 'd> Sweep<'t, 'd> {
    pub(super) fn new(toml: &'t str, nodes: &'t Nodes<'d>) -> Self {
        Sweep {
            toml,
            nodes,
            gap: 0,
            pending: Vec::new(),
            comments: Vec::new(),
            table: Nodes::ROOT,
            last: Nodes::ROOT,
            // hash: see above.
            nulls: HashMap::new(),
            // hash: see above.
            null_maps: HashSet::new(),
            integers: Vec::new(),
        }
    }

    /// Finds the comments between `places`, which are in the order of the text, and what comments stand for in `map`.
    pub(super) fn run(mut self, places: Vec<Place>, map: Map) -> Meta {
        // Where a dotted key brings a table into being, comments above stand for that table.
        let mut created: Option<usize> = None;
        for place in places {
            self.gap_until(place.range.start);
            match place.kind {
                Kind::Header => {
                    self.end_of_table();
                    // Above a table in a table the empty line is TOML's habit, and no other syntax's.
                    if !self.pending.is_empty() && self.nodes.path(place.node).len() > 1 {
                        self.pending.retain(|(_, trivia)| trivia.text.is_some());
                    }
                    self.attach_before(place.node, None);
                    self.table = place.node;
                }
                Kind::Dotted => {
                    created.get_or_insert(place.node);
                    continue;
                }
                Kind::Key => self.attach_before(place.node, created.take()),
                Kind::Value | Kind::Open => self.attach(place.node, CommentPlace::Before),
                Kind::Close => self.attach(place.node, CommentPlace::End),
            }
            self.gap = self.gap.max(place.range.end);
            self.last = place.node;
        }
        self.gap_until(self.toml.len());
        self.end_of_table();
        self.attach_before(Nodes::ROOT, None);
        self.finish(map)
    }

    fn gap_until(&mut self, until: usize) {
        if until <= self.gap {
            return;
        }
        let mut found = Vec::new();
        trivia::scan(self.toml, self.gap..until, true, &mut found);
        let start = self.gap;
        self.gap = until;
        let mut found = found.into_iter();
        let Some(first) = found.next() else { return };
        if first.is_trailing {
            self.trailing(first);
        } else {
            self.pending.push((start, first));
        }
        self.pending.extend(found.map(|trivia| (start, trivia)));
    }

    fn trailing(&mut self, trivia: Trivia) {
        let path = self.nodes.path(self.last);
        if trivia.text.as_deref() == Some(marks::INTEGER) {
            self.integers.push(path);
        } else {
            self.comments.push(trivia::comment(path, CommentPlace::Trailing, trivia));
        }
    }

    fn attach(&mut self, node: usize, place: CommentPlace) {
        if self.pending.is_empty() {
            return;
        }
        let path = self.nodes.path(node);
        let pending = std::mem::take(&mut self.pending);
        self.comments.extend(pending.into_iter().map(|(_, trivia)| trivia::comment(path.clone(), place, trivia)));
    }

    /// What stands above the key at `path`. What is not indented belongs to `outer`, the table that the key brings into
    /// being, if it does; a comment that stands for a key without a value takes those above it.
    fn attach_before(&mut self, node: usize, outer: Option<usize>) {
        if self.pending.is_empty() {
            return;
        }
        let pending = std::mem::take(&mut self.pending);
        let group = self.take_nulls(pending);
        let path = self.nodes.path(node);
        let outer = outer.map(|outer| self.nodes.path(outer));
        let place = if path.is_empty() { CommentPlace::End } else { CommentPlace::Before };
        for trivia in group {
            let path = outer.as_ref().filter(|_| trivia.column == 0).unwrap_or(&path);
            self.comments.push(trivia::comment(path.clone(), place, trivia));
        }
    }

    /// Takes out the comments that stand for keys without a value, each with the comments above it and behind it.
    fn take_nulls(&mut self, pending: Vec<(usize, Trivia)>) -> Vec<Trivia> {
        let mut group: Vec<Trivia> = Vec::new();
        for (at, trivia) in pending {
            let Some((keys, behind)) = trivia.text.as_deref().and_then(marks::null_key) else {
                group.push(trivia);
                continue;
            };
            let path = self.null(at, keys);
            let above = group.drain(..).map(|trivia| trivia::comment(path.clone(), CommentPlace::Before, trivia));
            self.comments.extend(above);
            self.comments.extend(behind.map(|text| Comment::new(path, CommentPlace::Trailing, text)));
        }
        group
    }

    /// At the end of a table's body: what is indented belongs to it, as our own writer has it.
    fn end_of_table(&mut self) {
        let is_indented = |trivia: &Trivia| trivia.column > 0 && trivia.text.is_some();
        // A key without a value at the end of the body belongs to the table too, with what stands above it.
        let belongs =
            |trivia: &Trivia| is_indented(trivia) || trivia.text.as_deref().and_then(marks::null_key).is_some();
        let Some(count) = self.pending.iter().rposition(|(_, trivia)| belongs(trivia)).map(|at| at + 1) else { return };
        let rest = self.pending.split_off(count);
        let ended = std::mem::replace(&mut self.pending, rest);
        let group = self.take_nulls(ended);
        let table = self.nodes.path(self.table);
        self.comments.extend(group.into_iter().map(|trivia| trivia::comment(table.clone(), CommentPlace::End, trivia)));
    }

    fn null(&mut self, at: usize, keys: Vec<String>) -> Vec<Step> {
        let mut path = self.nodes.path(self.table);
        let leaf = keys.len().saturating_sub(1);
        for (index, key) in keys.into_iter().enumerate() {
            self.nulls.entry(path.clone()).or_default().push((at, key.clone()));
            path.push(Step::Key(key));
            if index < leaf {
                self.null_maps.insert(path.clone());
            }
        }
        path
    }

    fn finish(mut self, map: Map) -> Meta {
        let map = if self.nulls.is_empty() { map } else { self.with_nulls(map, &mut Vec::new()) };
        let mut meta = Meta::from(map);
        for path in std::mem::take(&mut self.integers) {
            let slot = value_at(&mut meta.map, &path);
            let number = slot.as_deref().and_then(Value::as_str).and_then(marks::integer);
            match (slot, number) {
                (Some(slot), Some(number)) => *slot = number,
                _ => self.comments.push(Comment::new(path, CommentPlace::Trailing, marks::INTEGER)),
            }
        }
        meta.comments = self.comments;
        meta
    }

    /// Puts the keys without a value between the others, each where its comment stands.
    fn with_nulls(&mut self, map: Map, path: &mut Vec<Step>) -> Map {
        let mut nulls = self.nulls.remove(path.as_slice()).unwrap_or_default();
        // hash: only looked up.
        let mut known: HashSet<String> = map.iter().map(|entry| entry.key.clone()).collect();
        nulls.retain(|(_, key)| known.insert(key.clone()));
        let mut nulls = nulls.into_iter().peekable();
        let mut entries: Vec<Entry> = Vec::with_capacity(map.len());
        for mut entry in map {
            while let Some((_, key)) = nulls.next_if(|(at, _)| *at < entry.span.start) {
                entries.push(self.null_entry(key, path));
            }
            path.push(Step::Key(entry.key.clone()));
            entry.value = self.below(entry.value, path);
            path.pop();
            entries.push(entry);
        }
        for (_, key) in nulls {
            entries.push(self.null_entry(key, path));
        }
        Map::from_unique(entries)
    }

    /// A key without a value, or one that leads to nothing but such keys.
    fn null_entry(&mut self, key: String, path: &mut Vec<Step>) -> Entry {
        path.push(Step::Key(key.clone()));
        let value =
            if self.null_maps.contains(path) { Value::Map(self.with_nulls(Map::new(), path)) } else { Value::Null };
        path.pop();
        Entry::new(key, value)
    }

    fn below(&mut self, value: Value, path: &mut Vec<Step>) -> Value {
        match value {
            Value::Map(map) => Value::Map(self.with_nulls(map, path)),
            Value::List(items) => {
                let items = items.into_iter().enumerate().map(|(index, item)| {
                    path.push(Step::Index(index));
                    let item = self.below(item, path);
                    path.pop();
                    item
                });
                Value::List(items.collect())
            }
            other => other,
        }
    }
}

fn value_at<'m>(map: &'m mut Map, path: &[Step]) -> Option<&'m mut Value> {
    let (Step::Key(key), rest) = path.split_first()? else { return None };
    rest.iter().try_fold(map.get_mut(key)?, |value, step| match (value, step) {
        (Value::Map(map), Step::Key(key)) => map.get_mut(key),
        (Value::List(items), Step::Index(index)) => items.get_mut(*index),
        _ => None,
    })
}

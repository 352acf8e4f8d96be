//! What all blocks are written with: lines and their prefixes, units, care.

use std::collections::{BTreeMap, BTreeSet};

use super::folds::Folds;
use super::setup::Setup;
use super::tokens::Tokens;
use crate::ast::same::Notes;
use crate::ast::{Attrs, Block, Inline};

/// What stands between two blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// A blank line.
    Blank,
    /// Nothing: the next line, as in the items of a tight list.
    Line,
}

/// How a block that did not come back as it was meant is written the next time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Care {
    /// Every mark as tags, every sign escaped.
    Careful,
    /// A container as its tags with Markdown inside.
    Tags,
    /// All of it as HTML.
    Raw,
}

/// The blocks that need care, by their place in memory: the tree does not move while it is written.
pub(super) type Cares = BTreeMap<usize, Care>;

pub(super) fn key(block: &Block) -> usize {
    std::ptr::from_ref(block).addr()
}

/// What has a place of its own in the output: a block among the outermost ones, or a tag around such.
#[derive(Clone, Debug)]
pub(super) enum Unit<'a> {
    Block(&'a Block),
    /// The start tag of an element around blocks.
    Open(&'a str, Option<&'a Attrs>, Vec<(&'static str, String)>),
    /// Its end tag.
    Close(&'a str),
    /// The number in front of a footnote.
    Label(&'a str),
    /// An item that holds text alone, tags and all.
    Item(&'a str, Option<&'a Attrs>, &'a [Inline]),
    /// An item that is all HTML.
    RawItem(&'a str, Option<&'a Attrs>, &'a [Block]),
}

/// Where a unit is.
#[derive(Clone, Debug)]
pub(super) struct UnitPlace<'a> {
    pub(super) unit: Unit<'a>,
    /// Where in the output it begins.
    pub(super) start: usize,
    /// The block whose tags are around it.
    pub(super) within: Option<usize>,
}

/// Writes blocks. Where a block begins, the prefix of its line is written already.
pub(super) struct Writer<'a> {
    pub(super) setup: &'a Setup,
    pub(super) cares: &'a Cares,
    pub(super) out: String,
    /// What every line begins with.
    pub(super) prefix: String,
    /// How long the line's prefix is if nothing else stands on the line.
    pub(super) empty_line: Option<usize>,
    /// Containers around that are not written as bare tags.
    pub(super) depth: usize,
    pub(super) notes: Notes,
    pub(super) folds: Folds,
    /// The units, in order.
    pub(super) units: Vec<UnitPlace<'a>>,
    /// The blocks whose tags are open.
    pub(super) around: Vec<usize>,
    /// Blocks around that are written with care.
    pub(super) careful: usize,
    /// What stands between a block and its neighbours.
    pub(super) gap: Gap,
    /// The last thing written is HTML that goes on to a blank line.
    pub(super) in_html: bool,
    /// A block was written right below such HTML, which swallowed it.
    pub(super) is_swallowed: bool,
    /// Lists in which that happened: they are written loose.
    pub(super) loosened: BTreeSet<usize>,
    /// Lists of which an item's text had to become a paragraph.
    pub(super) mixed: BTreeSet<usize>,
    /// The lists around.
    pub(super) lists: Vec<usize>,
    pub(super) tokens: Tokens<'a>,
    pub(super) run: String,
}

impl<'a> Writer<'a> {
    pub(super) fn new(setup: &'a Setup, cares: &'a Cares, capacity: usize) -> Self {
        Writer {
            setup,
            cares,
            out: String::with_capacity(capacity),
            prefix: String::new(),
            empty_line: None,
            depth: 0,
            notes: Notes::default(),
            folds: Folds::default(),
            units: Vec::new(),
            around: Vec::new(),
            careful: 0,
            gap: Gap::Blank,
            in_html: false,
            is_swallowed: false,
            loosened: BTreeSet::new(),
            mixed: BTreeSet::new(),
            lists: Vec::new(),
            tokens: Tokens::new(),
            run: String::with_capacity(512),
        }
    }

    /// Ends the line and begins the next one.
    pub(super) fn newline(&mut self) {
        if let Some(length) = self.empty_line {
            // Nothing stands on the line: its prefix needs no spaces at the end.
            let start = self.out.len() - length;
            let kept = self.out[start..].trim_end_matches(' ').len();
            self.out.truncate(start + kept);
        }
        self.out.push('\n');
        self.out.push_str(&self.prefix);
        self.empty_line = Some(self.prefix.len());
    }

    pub(super) fn put(&mut self, text: &str) {
        if !text.is_empty() {
            self.empty_line = None;
            self.out.push_str(text);
        }
    }

    /// Text of several lines.
    pub(super) fn put_lines(&mut self, text: &str) {
        if self.prefix.is_empty() && !text.starts_with('\n') {
            self.put(text);
            self.empty_line = if text.ends_with('\n') { Some(0) } else { self.empty_line };
            return;
        }
        let mut rest = text;
        while let Some(end) = memchr::memchr(b'\n', rest.as_bytes()) {
            self.put(&rest[..end]);
            self.newline();
            rest = &rest[end + 1..];
        }
        self.put(rest);
    }

    pub(super) fn gap(&mut self, gap: Gap) {
        self.newline();
        if gap == Gap::Blank {
            self.newline();
            self.in_html = false;
        }
        self.is_swallowed |= std::mem::take(&mut self.in_html);
    }

    pub(super) fn unit(&mut self, unit: Unit<'a>) {
        if self.depth == 0 {
            self.units.push(UnitPlace { unit, start: self.out.len(), within: self.around.last().copied() });
        }
    }

    pub(super) fn care(&self, block: &Block) -> Option<Care> {
        if self.cares.is_empty() { None } else { self.cares.get(&key(block)).copied() }
    }

    /// Writes what stands in a container whose lines begin with `prefix`.
    pub(super) fn inside(&mut self, prefix: &str, write: impl FnOnce(&mut Self)) {
        let length = self.prefix.len();
        self.prefix.push_str(prefix);
        self.depth += 1;
        write(self);
        self.depth -= 1;
        self.prefix.truncate(length);
        self.in_html = false;
    }
}

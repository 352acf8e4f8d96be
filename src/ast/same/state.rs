//! What of a stream so far decides how it goes on.

use std::borrow::Cow;

use super::names::{self, Class};
use super::pre::Pre;

/// What of the stream so far decides how it goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// Blocks that are open, the outermost of them.
    pub(super) frames: Vec<Frame>,
    /// How many are open in those.
    pub(super) deeper: usize,
    /// Inline tags not yet put out: they wait to learn whether anything follows in them. In exact mode a [`SPACE`]
    /// stands where the first white space was.
    pub(super) held: Vec<u8>,
    /// Where the held start tags begin, and whether each has attributes.
    pub(super) held_starts: Vec<(usize, bool)>,
    /// White space was read and waits for text.
    pub(super) space: bool,
    /// Something stands on the line: white space before anything is none.
    pub(super) on_line: bool,
    /// Bare text stands in a paragraph of its own.
    pub(super) implied: bool,
    /// Inline elements opened since the implied paragraph.
    pub(super) depth: usize,
    /// Elements around that keep white space, and the first newline of one is none.
    pub(super) keeps_space: usize,
    /// Newlines at the end of kept text that wait for more text.
    pub(super) newlines: usize,
    /// The `<pre>` around, for readers.
    pub(super) pre: Option<Pre>,
    /// How many of `svg` and `math` are around: in them a tag may close itself.
    pub(super) foreign: usize,
    /// The script or style that is open in a line of Markdown: what the line says is its text as it stands.
    pub(super) script: Option<&'static str>,
    /// How many elements are around that show something apart from the line that they stand in.
    pub(super) replaced: usize,
    pub(super) seam: Seam,
    /// The implied paragraph began where words touch. Only in an inline element that holds a block is there a line for
    /// them to touch on.
    pub(super) is_glued: bool,
}

/// What stands between the words at hand and those in front, where an inline element that holds blocks begins or ends:
/// no paragraph parts them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) enum Seam {
    /// A block's border, or no words in front.
    #[default]
    Apart,
    /// White space.
    Spaced,
    /// Nothing.
    Glued,
}

/// It shows in what is put out, once words follow.
impl PartialEq for Seam {
    fn eq(&self, _: &Seam) -> bool {
        true
    }
}

impl Eq for Seam {}

/// An open block.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) name: Cow<'static, str>,
    pub(super) class: Class,
    /// The element, or for a list one of its items, has attributes: it may be written as its tags, and its spacing does
    /// not count.
    pub(super) has_attrs: bool,
    pub(super) spacing: Spacing,
    /// What the last child was.
    pub(super) last: Last,
    pub(super) children: usize,
}

impl Frame {
    pub(super) fn new(name: &str, class: Class, has_attrs: bool) -> Self {
        let spacing = Spacing::default();
        Frame { name: names::owned(name), class, has_attrs, spacing, last: Last::Nothing, children: 0 }
    }

    /// Whether its spacing counts.
    pub(super) fn is_listed(&self) -> bool {
        matches!(&*self.name, "li" | "ul" | "ol")
    }
}

/// How its children were spaced so far shows when it ends.
impl PartialEq for Frame {
    fn eq(&self, other: &Frame) -> bool {
        // As a rule both names are one of a table: the deeper a document is, the more of them each block compares.
        (std::ptr::eq(&*self.name, &*other.name) || self.name == other.name) && self.class == other.class
    }
}

impl Eq for Frame {}

/// What is known of a list's items, or in an item of its children.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Spacing {
    pub(super) bare: bool,
    pub(super) paragraphs: bool,
    /// It does not count.
    pub(super) any: bool,
    /// More than one item, or one with more than one child.
    pub(super) several: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Last {
    #[default]
    Nothing,
    Bare,
    Block,
}

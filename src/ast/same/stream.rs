//! The canonical stream: what a document says as one run of bytes, so that comparing is comparing bytes.

use std::collections::BTreeSet;

use super::Equality;
use super::names::{self, Class};
use super::pre::Pre;

/// Marks in the stream. Text that holds one of these bytes has [`ESCAPE`] before it.
const OPEN: u8 = 1;
const NAME: u8 = 2;
const VALUE: u8 = 3;
const END: u8 = 4;
const CLOSE: u8 = 5;
const ESCAPE: u8 = 6;
/// The held place of a space; never in the stream.
const SPACE: u8 = 7;
const BROKEN: u8 = 14;
/// The spacing of a list that was loosened, or of which an item was: any goes.
const ANY_SPACING: u8 = 15;

/// A document, or a part of one, as canonical bytes.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    equality: Equality,
    out: Vec<u8>,
    /// What shows nothing, comments and scripts: where it stands among the words of a block does not count, its order
    /// does.
    hidden: Vec<u8>,
    pub(super) state: State,
    /// Whether it counts how a list is spaced. The proof looks at that too, and knows which lists were loosened.
    spacing: Option<BTreeSet<usize>>,
}

/// What of the stream so far decides how it goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct State {
    /// Blocks that are open.
    frames: Vec<Frame>,
    /// Inline tags not yet put out: they wait to learn whether anything follows in them. In exact mode a [`SPACE`]
    /// stands where the first white space was.
    held: Vec<u8>,
    /// Where the held start tags begin, and whether each has attributes.
    held_starts: Vec<(usize, bool)>,
    /// White space was read and waits for text.
    space: bool,
    /// Something stands on the line: white space before anything is none.
    on_line: bool,
    /// Bare text stands in a paragraph of its own.
    implied: bool,
    /// Inline elements opened since the implied paragraph.
    depth: usize,
    /// Elements around that keep white space, and the first newline of one is none.
    keeps_space: usize,
    /// Newlines at the end of kept text that wait for more text.
    newlines: usize,
    /// The `<pre>` around, for readers.
    pre: Option<Pre>,
    /// How many of `svg` and `math` are around: in them a tag may close itself.
    pub(super) foreign: usize,
}

/// An open block.
#[derive(Clone, Debug)]
struct Frame {
    name: String,
    class: Class,
    /// The element, or for a list one of its items, has attributes: it may be written as its tags, and its spacing does
    /// not count.
    has_attrs: bool,
    spacing: Spacing,
    /// What the last child was.
    last: Last,
    children: usize,
}

impl Frame {
    fn new(name: &str, class: Class, has_attrs: bool) -> Self {
        let spacing = Spacing::default();
        Frame { name: name.to_owned(), class, has_attrs, spacing, last: Last::Nothing, children: 0 }
    }

    /// Whether its spacing counts.
    fn is_listed(&self) -> bool {
        matches!(self.name.as_str(), "li" | "ul" | "ol")
    }
}

/// How its children were spaced so far shows when it ends.
impl PartialEq for Frame {
    fn eq(&self, other: &Frame) -> bool {
        (&self.name, self.class) == (&other.name, other.class)
    }
}

impl Eq for Frame {}

/// What is known of a list's items, or in an item of its children.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Spacing {
    bare: bool,
    paragraphs: bool,
    /// It does not count.
    any: bool,
    /// More than one item, or one with more than one child.
    several: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Last {
    #[default]
    Nothing,
    Bare,
    Block,
}

impl Stream {
    pub(crate) fn new(equality: Equality) -> Self {
        Stream { equality, out: Vec::new(), hidden: Vec::new(), state: State::default(), spacing: None }
    }

    /// The same, with a look at how lists are spaced, but for those at these places.
    pub(crate) fn with_spacing(mut self, loosened: BTreeSet<usize>) -> Self {
        self.spacing = Some(loosened);
        self
    }

    /// The spacing of the open list does not count if it is one of those.
    pub(super) fn loosen(&mut self, list: usize) {
        if self.spacing.as_ref().is_some_and(|loosened| loosened.contains(&list))
            && let Some(frame) = self.state.frames.last_mut()
        {
            frame.spacing.any = true;
        }
    }

    pub(crate) fn len(&self) -> usize {
        self.out.len()
    }

    pub(crate) fn is_exact(&self) -> bool {
        self.equality == Equality::Exact
    }

    /// Compares the first `length` bytes with those of `other` and takes them out of both.
    pub(crate) fn consume(&mut self, length: usize, other: &mut Stream) -> bool {
        let same = self.out.get(..length) == other.out.get(..length);
        self.out.drain(..length.min(self.out.len()));
        other.out.drain(..length.min(other.out.len()));
        for side in [self, other] {
            // A `<pre>` still open here was never closed: its tags stay.
            side.state.pre = None;
        }
        same
    }

    /// Everything that was put out and not taken.
    pub(crate) fn drain(&mut self) -> (Vec<u8>, Vec<u8>) {
        (std::mem::take(&mut self.out), std::mem::take(&mut self.hidden))
    }

    /// Whether both say the same since they were last [`clear`](Stream::clear)ed, and go on alike.
    pub(crate) fn agrees(&self, other: &Stream) -> bool {
        let is_alike = |(a, b): (&u8, &u8)| a == b || *a == ANY_SPACING && matches!(b, b'T' | b'L' | b'N');
        let same_out =
            self.out == other.out || self.out.len() == other.out.len() && self.out.iter().zip(&other.out).all(is_alike);
        same_out && self.hidden == other.hidden && self.state == other.state
    }

    /// Forgets what was put out.
    pub(crate) fn clear(&mut self) {
        self.out.clear();
        self.hidden.clear();
        self.state.pre = None;
    }

    /// Goes on as `other` does, whatever came before.
    pub(crate) fn resume_as(&mut self, other: &Stream) {
        self.state.clone_from(&other.state);
    }

    /// Ends what is open at the end of a document.
    pub(crate) fn finish(&mut self) {
        self.boundary();
    }

    /// A block begins or ends: text before and text behind are not one run.
    pub(crate) fn boundary(&mut self) {
        if self.state.implied {
            let is_whole = self.state.depth <= self.state.held_starts.len();
            self.out.push(if is_whole { CLOSE } else { BROKEN });
            self.out.extend_from_slice(b"p\x04");
            self.state.implied = false;
        }
        self.state.depth = 0;
        self.release(false);
        self.state.space = false;
        self.state.on_line = false;
    }

    /// A start tag. Attributes are sorted here.
    pub(crate) fn open<'a>(&mut self, name: &str, attrs: &mut [(&'a str, &'a str)]) {
        let name = canonical_name(name);
        if self.open_in_pre(name, attrs) {
            return;
        }
        match names::class(name) {
            Class::Inline => self.open_inline(name, attrs),
            Class::Hidden => put_start(&mut self.hidden, name, attrs),
            class => {
                self.boundary();
                self.note_child(name);
                put_start(&mut self.out, name, attrs);
                if !names::is_void(name) {
                    // The number of the first item is said by any list.
                    let has_attrs = attrs.iter().any(|(name, _)| *name != "start");
                    self.state.frames.push(Frame::new(name, class, has_attrs));
                }
            }
        }
        if names::keeps_space(name) {
            self.state.keeps_space += 1;
            self.state.newlines = 0;
        }
        if name == "br" {
            self.state.on_line = false;
            self.state.space = false;
        }
    }

    fn open_inline(&mut self, name: &str, attrs: &mut [(&str, &str)]) {
        if names::is_void(name) || names::is_replaced(name) {
            if name == "br" {
                self.drop_space();
            }
            self.show();
            put_start(&mut self.out, name, attrs);
            self.state.on_line = true;
            if !names::is_void(name) {
                self.state.depth += 1;
            }
            return;
        }
        if self.is_exact() {
            self.put_newlines(0);
        }
        self.state.depth += 1;
        self.state.held_starts.push((self.state.held.len(), !attrs.is_empty()));
        put_start(&mut self.state.held, name, attrs);
    }

    /// An end tag.
    pub(crate) fn close(&mut self, name: &str) {
        let name = canonical_name(name);
        if self.close_in_pre(name) {
            return;
        }
        if names::keeps_space(name) && self.state.keeps_space > 0 {
            // One newline at the end of kept text is none.
            self.put_newlines(1);
            self.state.keeps_space -= 1;
        }
        match names::class(name) {
            Class::Inline => self.close_inline(name),
            Class::Hidden => put_end(&mut self.hidden, name),
            _ if names::is_void(name) => put_end(&mut self.out, name),
            _ => {
                self.boundary();
                if let Some(index) = self.state.frames.iter().rposition(|frame| frame.name == name) {
                    let frame = self.state.frames.swap_remove(index);
                    self.state.frames.truncate(index);
                    self.close_frame(&frame);
                }
                put_end(&mut self.out, name);
            }
        }
    }

    fn close_inline(&mut self, name: &str) {
        if self.state.implied && self.state.depth == 0 {
            // The paragraph is in the element: it ends with it.
            self.boundary();
        }
        if names::is_void(name) {
            // `</br>` and the like: HTML has no such tags, so they are told apart from nothing.
            put_end(&mut self.out, name);
            return;
        }
        if self.is_exact() {
            if self.state.held_starts.pop().is_some() {
                // It is empty, and yet something that stands on its line.
                self.imply();
            }
            self.state.depth = self.state.depth.saturating_sub(1);
            put_end(&mut self.state.held, name);
            if !self.state.held.contains(&SPACE) {
                self.release(true);
            }
            return;
        }
        if let Some(&(start, has_attrs)) = self.state.held_starts.last() {
            let is_own = self.state.held.get(start + 1..).is_some_and(|held| {
                held.starts_with(name.as_bytes()) && matches!(held.get(name.len()), Some(&END | &NAME))
            });
            if is_own && !has_attrs {
                self.imply();
                self.state.held.truncate(start);
                self.state.held_starts.pop();
                self.state.depth = self.state.depth.saturating_sub(1);
                return;
            }
            self.show();
        }
        self.state.depth = self.state.depth.saturating_sub(1);
        put_end(&mut self.out, name);
    }

    /// A start tag in or of a `<pre>`, for readers; whether it is dealt with.
    fn open_in_pre<'a>(&mut self, name: &str, attrs: &mut [(&'a str, &'a str)]) -> bool {
        if self.is_exact() {
            return false;
        }
        if name == "pre" && self.state.pre.is_none() {
            let mut pre = Pre::default();
            let mut kept = pre.take_classes(attrs);
            self.boundary();
            self.note_child(name);
            put_start(&mut self.out, name, &mut kept);
            self.state.frames.push(Frame::new(name, Class::Leaf, false));
            self.state.keeps_space += 1;
            self.state.newlines = 0;
            self.state.pre = Some(pre);
            return true;
        }
        if self.state.pre.is_none() {
            return false;
        }
        self.put_newlines(0);
        let Some(pre) = &mut self.state.pre else { return false };
        if !matches!(name, "span" | "code") {
            pre.is_code = false;
            return false;
        }
        let mut kept = pre.take_classes(attrs);
        let start = self.out.len();
        put_start(&mut self.out, name, if name == "code" { &mut kept } else { attrs });
        pre.cuts.push(start..self.out.len());
        true
    }

    /// An end tag in or of a `<pre>`, for readers; whether it is dealt with.
    fn close_in_pre(&mut self, name: &str) -> bool {
        let Some(pre) = &mut self.state.pre else { return false };
        match name {
            "span" | "code" => {
                let start = self.out.len();
                put_end(&mut self.out, name);
                pre.cuts.push(start..self.out.len());
                true
            }
            "pre" => {
                self.put_newlines(1);
                if let Some(pre) = self.state.pre.take() {
                    pre.finish(&mut self.out);
                }
                self.state.newlines = 0;
                false
            }
            _ => false,
        }
    }

    /// Text; white space is collapsed unless an element around keeps it.
    pub(crate) fn text(&mut self, text: &str) {
        if self.state.keeps_space > 0 {
            return self.kept_text(text);
        }
        let is_space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c');
        let bytes = text.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            let start = at;
            while at < bytes.len() && !is_space(bytes[at]) {
                at += 1;
            }
            if at > start {
                self.show();
                put_text(&mut self.out, &bytes[start..at]);
                self.state.on_line = true;
            }
            if at < bytes.len() {
                self.space();
                while at < bytes.len() && is_space(bytes[at]) {
                    at += 1;
                }
            }
        }
    }

    /// White space.
    pub(crate) fn space(&mut self) {
        if self.state.on_line && !self.state.space {
            self.state.space = true;
            if self.is_exact() {
                self.state.held.push(SPACE);
            }
        }
    }

    fn drop_space(&mut self) {
        self.state.space = false;
        self.state.held.retain(|byte| *byte != SPACE);
    }

    fn kept_text(&mut self, text: &str) {
        let content = text.trim_end_matches('\n');
        if !content.is_empty() {
            self.put_newlines(0);
            self.show();
            self.state.on_line = true;
            put_text(&mut self.out, content.as_bytes());
        }
        self.state.newlines += text.len() - content.len();
    }

    fn put_newlines(&mut self, but: usize) {
        let count = std::mem::take(&mut self.state.newlines).saturating_sub(but);
        if count > 0 {
            self.show();
            self.out.resize(self.out.len() + count, b'\n');
        }
    }

    /// Text of a script or style, as it stands.
    pub(crate) fn hidden_text(&mut self, text: &str) {
        put_text(&mut self.hidden, text.as_bytes());
    }

    /// A comment. White space in it is collapsed; an empty one says nothing.
    pub(crate) fn comment(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        for word in text.split_ascii_whitespace() {
            put_text(&mut self.hidden, word.as_bytes());
            self.hidden.push(b' ');
        }
        self.hidden.push(END);
    }

    /// Something that the tokenizer makes nothing of.
    pub(crate) fn broken(&mut self, text: &str) {
        self.show();
        self.out.push(BROKEN);
        put_text(&mut self.out, text.trim().as_bytes());
        self.out.push(END);
    }

    /// Something visible follows: the paragraph that it implies, the space and the tags before it are put out.
    fn show(&mut self) {
        self.imply();
        self.release(true);
    }

    /// Bare text or an inline element makes a paragraph.
    fn imply(&mut self) {
        let exact = self.is_exact();
        let state = &mut self.state;
        let is_bare = match state.frames.last() {
            None => true,
            Some(frame) => !exact && frame.class == Class::Container,
        };
        if is_bare && !state.implied {
            self.note_bare();
            self.out.extend_from_slice(b"\x01p\x04");
            self.state.implied = true;
            self.state.depth = self.state.held_starts.len();
        }
    }

    /// Puts out what is held.
    fn release(&mut self, with_space: bool) {
        let state = &mut self.state;
        if self.equality == Equality::Exact {
            if state.held.contains(&SPACE) {
                let held = state.held.iter().filter(|byte| with_space || **byte != SPACE);
                self.out.extend(held.map(|byte| if *byte == SPACE { b' ' } else { *byte }));
            } else {
                self.out.extend_from_slice(&state.held);
            }
        } else {
            if state.space && with_space {
                self.out.push(b' ');
            }
            self.out.extend_from_slice(&state.held);
        }
        if with_space {
            // A second white space right behind is none.
            if state.space {
                state.on_line = false;
            }
            state.space = false;
        }
        state.held.clear();
        state.held_starts.clear();
    }

    /// Bare text begins in the innermost block.
    fn note_bare(&mut self) {
        let Some(frame) = self.state.frames.last_mut().filter(|frame| frame.is_listed()) else { return };
        if frame.last == Last::Block {
            // A paragraph is the only way to say it: the item is loose.
            frame.spacing.paragraphs = true;
        }
        frame.spacing.bare = true;
        frame.last = Last::Bare;
        frame.children += 1;
    }

    /// A block begins in the innermost block.
    fn note_child(&mut self, name: &str) {
        let Some(frame) = self.state.frames.last_mut().filter(|frame| frame.is_listed()) else { return };
        frame.last = Last::Block;
        frame.children += 1;
        frame.spacing.paragraphs |= name == "p";
    }

    /// An item tells its list about its spacing; a list tells the stream.
    fn close_frame(&mut self, frame: &Frame) {
        if self.is_exact() || self.spacing.is_none() {
            return;
        }
        match frame.name.as_str() {
            "li" => {
                if let Some(list) = self.state.frames.last_mut() {
                    list.spacing.bare |= frame.spacing.bare;
                    list.spacing.paragraphs |= frame.spacing.paragraphs;
                    list.spacing.several |= list.children > 1 || frame.children > 1;
                    list.has_attrs |= frame.has_attrs;
                }
            }
            "ul" | "ol" if frame.spacing.several && !frame.has_attrs => {
                self.out.push(match frame.spacing {
                    Spacing { any: true, .. } => ANY_SPACING,
                    Spacing { paragraphs: true, .. } => b'L',
                    Spacing { bare: true, .. } => b'T',
                    Spacing { .. } => b'N',
                });
            }
            _ => {}
        }
    }
}

/// Names that mean the same are one.
fn canonical_name(name: &str) -> &str {
    match name {
        "b" => "strong",
        "i" => "em",
        "s" | "strike" => "del",
        _ => name,
    }
}

fn put_start(out: &mut Vec<u8>, name: &str, attrs: &mut [(&str, &str)]) {
    out.push(OPEN);
    put_text(out, name.as_bytes());
    if attrs.len() > 1 {
        attrs.sort_unstable();
    }
    for (name, value) in attrs {
        out.push(NAME);
        put_text(out, name.as_bytes());
        out.push(VALUE);
        put_text(out, value.as_bytes());
    }
    out.push(END);
}

fn put_end(out: &mut Vec<u8>, name: &str) {
    out.push(CLOSE);
    put_text(out, name.as_bytes());
    out.push(END);
}

fn put_text(out: &mut Vec<u8>, text: &[u8]) {
    let is_mark = |byte: &u8| matches!(byte, 1..=7 | 14 | 15);
    if !text.iter().any(is_mark) {
        out.extend_from_slice(text);
        return;
    }
    for byte in text {
        if is_mark(byte) {
            // Not the byte itself: a held SPACE must stay the only 7.
            out.extend_from_slice(&[ESCAPE, byte + b'@']);
        } else {
            out.push(*byte);
        }
    }
}

//! The canonical stream: what a document says as one run of bytes, so that comparing is comparing bytes.

use std::collections::BTreeSet;

use super::Equality;
use super::marks::{
    ANY_SPACING, BROKEN, CLOSE, END, GLUED, MAX_FRAMES, NAME, SPACE, canonical_name, put_end, put_start, put_text,
};
use super::names::{self, Class};
use super::scan;
use super::state::{Frame, Seam, State};

/// A document, or a part of one, as canonical bytes.
#[derive(Clone, Debug)]
pub(crate) struct Stream {
    pub(super) equality: Equality,
    pub(super) out: Vec<u8>,
    /// What shows nothing, comments and scripts: where it stands among the words of a block does not count, its order
    /// does.
    pub(super) hidden: Vec<u8>,
    pub(super) state: State,
    /// Whether it counts how a list is spaced. The proof looks at that too, and knows which lists were loosened.
    pub(super) spacing: Option<BTreeSet<usize>>,
}

impl Stream {
    pub(crate) fn new(equality: Equality) -> Self {
        Stream { equality, out: Vec::new(), hidden: Vec::new(), state: State::default(), spacing: None }
    }

    /// The same, with a look at how lists are spaced, but for those at these places.
    pub(crate) fn with_spacing(mut self, loosened: BTreeSet<usize>) -> Self {
        self.spacing = Some(loosened);
        // The proof puts one block after the other into it.
        self.out.reserve(2048);
        self
    }

    pub(crate) fn is_exact(&self) -> bool {
        self.equality == Equality::Exact
    }

    /// Everything that was put out and not forgotten.
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.out
    }

    /// What shows nothing, all of it.
    pub(crate) fn hidden(&self) -> &[u8] {
        &self.hidden
    }

    /// Forgets the first `length` bytes. A `<pre>` still open here was never closed: its tags stay.
    pub(crate) fn forget(&mut self, length: usize) {
        self.out.drain(..length.min(self.out.len()));
        self.state.pre = None;
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

    /// Whether text without a paragraph around it stands on the line of what is beside it: in exact mode between two tags.
    pub(crate) fn is_line_between_tags(&self) -> bool {
        self.is_exact() && !self.state.frames.is_empty()
    }

    /// Ends what is open at the end of a document.
    pub(crate) fn finish(&mut self) {
        self.boundary();
    }

    /// A block begins or ends: text before and text behind are not one run.
    pub(crate) fn boundary(&mut self) {
        self.end_run();
        self.state.seam = Seam::Apart;
    }

    /// An inline element that holds blocks begins or ends. Text before and text behind are not one run, and yet they may
    /// touch.
    pub(crate) fn seam(&mut self) {
        if self.state.replaced > 0 {
            // No block stands in it.
            return;
        }
        if self.state.on_line {
            self.state.seam = if self.state.space { Seam::Spaced } else { Seam::Glued };
        }
        self.end_run();
    }

    /// A line of HTML begins or ends between blocks.
    pub(crate) fn line(&mut self) {
        self.space();
        self.seam();
    }

    fn end_run(&mut self) {
        if self.is_exact() && self.state.held_starts.is_empty() {
            // What is held is closed, so it stands in the paragraph.
            self.release(false);
        }
        if self.state.implied {
            let is_whole = self.state.depth <= self.state.held_starts.len();
            self.out.push(if is_whole { CLOSE } else { BROKEN });
            self.out.extend_from_slice(b"p\x04");
            if !is_whole && self.state.is_glued {
                self.out.push(GLUED);
            }
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
                if self.state.frames.len() >= MAX_FRAMES {
                    self.state.deeper += usize::from(!names::is_void(name));
                } else if !names::is_void(name) {
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
                self.state.replaced += 1;
            }
            return;
        }
        if self.is_exact() || self.state.keeps_space > 0 {
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
                if self.state.deeper > 0 {
                    self.state.deeper -= 1;
                } else if let Some(index) = self.state.frames.iter().rposition(|frame| frame.name == name) {
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
            self.seam();
        }
        if names::is_void(name) {
            // `</br>` and the like: HTML has no such tags, so they are told apart from nothing.
            put_end(&mut self.out, name);
            return;
        }
        if names::is_replaced(name) {
            // What stands in it is apart from the line around, white space at its end too.
            self.release(true);
            self.state.on_line = true;
            self.state.depth = self.state.depth.saturating_sub(1);
            self.state.replaced = self.state.replaced.saturating_sub(1);
            put_end(&mut self.out, name);
            return;
        }
        if self.is_exact() {
            if !self.state.held_starts.is_empty() {
                // It is empty, and yet something that stands on its line.
                self.imply();
                self.state.held_starts.pop();
            }
            self.state.depth = self.state.depth.saturating_sub(1);
            put_end(&mut self.state.held, name);
            if !self.state.space {
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

    /// Text; white space is collapsed unless an element around keeps it.
    pub(crate) fn text(&mut self, text: &str) {
        if self.state.keeps_space > 0 {
            return self.kept_text(text);
        }
        if self.state.script.is_some() {
            return self.hidden_text(text);
        }
        let is_space = |byte: u8| matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c');
        let bytes = text.as_bytes();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if is_space(*byte) {
                self.space();
                at += bytes[at..].iter().take_while(|byte| is_space(**byte)).count();
                continue;
            }
            let words = scan::words(&bytes[at..]);
            self.show();
            if words == 0 {
                // A control character.
                put_text(&mut self.out, &bytes[at..=at]);
                at += 1;
            } else {
                self.out.extend_from_slice(&bytes[at..at + words]);
                at += words;
            }
            self.state.on_line = true;
        }
    }

    /// White space.
    pub(crate) fn space(&mut self) {
        if self.state.on_line && !self.state.space {
            self.state.space = true;
            if self.is_exact() {
                self.state.held.push(SPACE);
            }
        } else if !self.state.on_line && matches!(self.state.seam, Seam::Glued) {
            self.state.seam = Seam::Spaced;
        }
    }

    fn drop_space(&mut self) {
        if std::mem::take(&mut self.state.space) {
            self.state.held.retain(|byte| *byte != SPACE);
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
    pub(super) fn show(&mut self) {
        self.imply();
        self.release(true);
    }

    /// Bare text or an inline element makes a paragraph.
    pub(super) fn imply(&mut self) {
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
            self.state.is_glued = matches!(std::mem::take(&mut self.state.seam), Seam::Glued);
        } else if matches!(std::mem::take(&mut self.state.seam), Seam::Glued) && !is_bare {
            self.out.push(GLUED);
        }
    }

    /// Puts out what is held.
    pub(super) fn release(&mut self, with_space: bool) {
        if self.state.held.is_empty() && !self.state.space {
            return;
        }
        let state = &mut self.state;
        if self.equality == Equality::Exact {
            if state.space {
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
}

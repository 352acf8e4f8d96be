//! How the items of lists are spaced, as far as a stream looks at that.

use super::marks::ANY_SPACING;
use super::state::{Frame, Last, Spacing};
use super::stream::Stream;

impl Stream {
    /// The spacing of the open list does not count if it is one of those.
    pub(super) fn loosen(&mut self, list: usize) {
        if self.spacing.as_ref().is_some_and(|loosened| loosened.contains(&list))
            && let Some(frame) = self.state.frames.last_mut()
        {
            frame.spacing.any = true;
        }
    }

    /// Bare text begins in the innermost block.
    pub(super) fn note_bare(&mut self) {
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
    pub(super) fn note_child(&mut self, name: &str) {
        let Some(frame) = self.state.frames.last_mut().filter(|frame| frame.is_listed()) else { return };
        frame.last = Last::Block;
        frame.children += 1;
        frame.spacing.paragraphs |= name == "p";
    }

    /// An item tells its list about its spacing; a list tells the stream.
    pub(super) fn close_frame(&mut self, frame: &Frame) {
        if self.is_exact() || self.spacing.is_none() {
            return;
        }
        match &*frame.name {
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

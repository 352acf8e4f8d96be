//! Whether two documents say the same.
//!
//! Both become one stream of HTML-level pieces: elements with their attributes, text with white space collapsed as CSS
//! does it. Raw HTML goes through a small tokenizer of our own, so that an [`Element`](super::Element) equals the raw
//! tags that say it in Markdown. Notation leaves no trace in the stream.

mod address;
mod alike;
pub(crate) mod html;
mod marks;
pub(crate) mod names;
mod pieces;
mod pre;
mod raw;
#[cfg(feature = "compare")]
mod read;
pub(crate) mod scan;
mod spacing;
mod state;
mod stream;

pub(crate) use alike::blocks as alike;
#[cfg(feature = "compare")]
pub(crate) use marks::{put_end, put_tag, put_text};
pub(crate) use pieces::{Notes, alert_class, is_flow, math_class};
pub(crate) use pre::{is_styling, language};
pub(crate) use raw::is_hidden;
#[cfg(feature = "compare")]
pub(crate) use read::{Piece, pieces};
pub(crate) use stream::Stream;

use super::{Block, Document};

/// How alike two documents must be to say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[allow(clippy::exhaustive_enums)] // the two of the design
pub enum Equality {
    /// What a reader sees and a link finds is the same. Bare text counts as a paragraph, code in any kind of `<pre>` as
    /// a code block; a list is loose if one of its items is; white space at the inner edge of an inline element counts
    /// as outside it; an empty inline element without attributes counts as nothing.
    #[default]
    Reader,
    /// The trees of elements are the same, but for bare text at the root, which equals a paragraph.
    Exact,
}

pub(super) fn same(a: &Document, b: &Document, equality: Equality) -> bool {
    blocks(&a.blocks, &b.blocks, equality)
}

/// Whether these blocks say the same.
pub(crate) fn blocks<'a>(a: &'a [Block], b: &'a [Block], equality: Equality) -> bool {
    alike(a, b) || sides_agree(Side::new(a, equality), Side::new(b, equality))
}

/// Whether these blocks are the same elements, text without a paragraph around it being none in one.
pub(crate) fn same_elements<'a>(a: &'a [Block], b: &'a [Block]) -> bool {
    let inside = |blocks: &'a [Block]| {
        let mut side = Side::new(blocks, Equality::Exact);
        side.stream.element("div", None, None);
        side
    };
    alike(a, b) || sides_agree(inside(a), inside(b))
}

fn sides_agree<'a>(mut left: Side<'a>, mut right: Side<'a>) -> bool {
    loop {
        // Whoever is behind goes on, so that neither side piles up.
        let (behind, ahead) =
            if left.rest().len() <= right.rest().len() { (&mut left, &mut right) } else { (&mut right, &mut left) };
        if !behind.advance() && !ahead.advance() {
            return left.rest() == right.rest() && left.stream.hidden() == right.stream.hidden();
        }
        let length = left.rest().len().min(right.rest().len());
        if left.rest().get(..length) != right.rest().get(..length) {
            return false;
        }
        left.take(length);
        right.take(length);
    }
}

/// One of two documents on its way into the stream.
struct Side<'a> {
    blocks: std::slice::Iter<'a, super::Block>,
    notes: Notes,
    stream: Stream,
    /// How many bytes of the stream were compared.
    taken: usize,
}

impl<'a> Side<'a> {
    fn new(blocks: &'a [Block], equality: Equality) -> Self {
        Side { blocks: blocks.iter(), notes: Notes::default(), stream: Stream::new(equality), taken: 0 }
    }

    /// Puts the next block into the stream; false if all are in it.
    fn advance(&mut self) -> bool {
        match self.blocks.next() {
            Some(block) => {
                self.stream.block(block, &mut self.notes);
                true
            }
            None => {
                self.stream.finish();
                false
            }
        }
    }

    /// What is in the stream and was not compared.
    fn rest(&self) -> &[u8] {
        self.stream.bytes().get(self.taken..).unwrap_or_default()
    }

    /// So many bytes of the rest were compared.
    fn take(&mut self, length: usize) {
        self.taken += length;
        // What is left moves to the front only when it is the smaller part: a long stream against many small blocks would
        // move with each of them.
        let is_most = self.taken * 2 >= self.stream.bytes().len();
        self.stream.forget(if is_most { std::mem::take(&mut self.taken) } else { 0 });
    }
}

#[cfg(test)]
mod tests {
    use super::super::{
        Attrs, Block, BlockKind, Document, Element, Heading, HeadingStyle, Inline, InlineKind, List, ListItem, Raw,
    };
    use super::Equality;

    fn document(kinds: Vec<BlockKind>) -> Document {
        Document::new(kinds.into_iter().map(Block::new).collect())
    }

    fn paragraph(inlines: Vec<Inline>) -> Document {
        document(vec![BlockKind::Paragraph(inlines)])
    }

    fn text(text: &str) -> Inline {
        Inline::new(InlineKind::Text(text.to_owned()))
    }

    fn raw(text: &str) -> Document {
        document(vec![BlockKind::Raw(Raw::html(text))])
    }

    fn strong(text_: &str) -> Inline {
        Inline::new(InlineKind::Strong(vec![text(text_)]))
    }

    #[test]
    fn notation_is_no_meaning() {
        let heading = |style| {
            let mut heading = Heading::new(1, vec![text("a")]);
            heading.style = style;
            document(vec![BlockKind::Heading(heading)])
        };
        assert!(heading(HeadingStyle::Atx).same_meaning(&heading(HeadingStyle::Setext)));
        let broken = paragraph(vec![text("a"), Inline::new(InlineKind::SoftBreak), text("b")]);
        assert!(broken.same_meaning(&paragraph(vec![text("a b")])));
    }

    #[test]
    fn words_attributes_and_nesting_are() {
        let plain = paragraph(vec![text("ab")]);
        assert!(!plain.same_meaning(&paragraph(vec![text("a")])));
        assert!(!plain.same_meaning(&paragraph(vec![text("a"), Inline::new(InlineKind::Emphasis(vec![text("b")]))])));
        let mut marked = plain.clone();
        marked.blocks[0].attrs = Some(Box::new(Attrs::from_unique(vec![("class".into(), "x".into())])));
        assert!(!plain.same_meaning(&marked));
        assert!(!raw("<p>a</b></p>").same_meaning(&raw("<p>a</i></p>")));
    }

    #[test]
    fn an_element_equals_its_raw_tags() {
        let attrs = Attrs::from_unique(vec![("class".into(), "x".into()), ("id".into(), "y".into())]);
        let inner = Block::new(BlockKind::Paragraph(vec![text("a"), strong("b")]));
        let element = Block::new(BlockKind::Element(Element::new("div", vec![inner.clone()]))).with_attrs(attrs);
        let element = Document::new(vec![element]);
        let open = Block::new(BlockKind::Raw(Raw::html("<div id=y class='x'>\n")));
        let close = Block::new(BlockKind::Raw(Raw::html("</div>\n")));
        assert!(element.same_meaning_as(&Document::new(vec![open, inner, close]), Equality::Exact));
        assert!(element.same_meaning(&raw("<div class=x id=y>\n<p>a<b>b</b></p>\n</div>")));
        assert!(!element.same_meaning(&raw("<div class=x id=z><p>a<b>b</b></p></div>")));
    }

    #[test]
    fn five_folds_and_exactness() {
        let folds = [
            ("<div>a</div>", "<div><p>a</p></div>"),
            ("<pre>a\n</pre>", "<pre><code>a\n</code></pre>"),
            ("<ul><li>a</li><li><p>b</p></li></ul>", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
            ("<p>a<b> b</b></p>", "<p>a <b>b</b></p>"),
            ("<p>a<b> </b>b<i></i></p>", "<p>a b</p>"),
        ];
        for (a, b) in folds {
            assert!(raw(a).same_meaning(&raw(b)), "{a} {b}");
            assert!(!raw(a).same_meaning_as(&raw(b), Equality::Exact), "{a} {b}");
        }
        assert!(raw("a <b>x</b>").same_meaning_as(&raw("<p>a <b>x</b></p>"), Equality::Exact));
        assert!(!raw("<p>a b</p>").same_meaning(&raw("<p>ab</p>")));
        assert!(!raw("<p>a<a name=x></a></p>").same_meaning(&raw("<p>a</p>")));
    }

    #[test]
    fn the_spacing_of_lists_is_not_seen_by_readers_but_exact() {
        let list = |kind: fn(Vec<Inline>) -> BlockKind| {
            let item = || ListItem::new(vec![Block::new(kind(vec![text("a")]))]);
            document(vec![BlockKind::List(List::bullets(vec![item(), item()]))])
        };
        assert!(list(BlockKind::Plain).same_meaning(&list(BlockKind::Paragraph)));
        assert!(!list(BlockKind::Plain).same_meaning_as(&list(BlockKind::Paragraph), Equality::Exact));
        assert!(list(BlockKind::Plain).same_meaning_as(&raw("<ul>\n<li>a</li>\n<li>a</li>\n</ul>"), Equality::Exact));
    }

    #[test]
    fn comments_count() {
        assert!(!raw("<p>a</p><!--more-->").same_meaning(&raw("<p>a</p>")));
        assert!(raw("<p>a</p><!--more-->").same_meaning(&raw("<p>a</p>\n<!--more-->\n")));
    }
}

//! Taking the tags out of a text before its markup is read, and putting them into the tree.

use std::collections::HashMap;
use std::sync::Arc;

use super::words::Words;
use crate::ast::{
    Attrs, Block, BlockKind, DefinitionKind, Document, Inline, InlineKind, Meaning, Place, PlacedTag, Row, TagDetails,
};
use crate::diag::{Diagnostic, Sink, Span};
use crate::format::TagLanguage;
use crate::meta::Meta;

/// A text with words in the places of its tags.
#[derive(Debug)]
pub(crate) struct Lifted {
    /// The text, to be read instead.
    pub(crate) text: String,
    /// The body in it.
    pub(crate) range: Span,
    tags: Vec<PlacedTag>,
    words: Words,
    /// Where each word stands in the text.
    places: Vec<Span>,
}

/// Takes the tags out of the part `span` of `text`; `None` if there are none.
pub(crate) fn lift(
    language: &dyn TagLanguage,
    text: &str,
    span: Span,
    meta: &Meta,
    sink: &mut dyn Sink,
) -> Option<Lifted> {
    let mut tags = language.scan(text, span, meta, sink);
    if tags.is_empty() {
        return None;
    }
    tags.shrink_to_fit();
    share_details(&mut tags);
    let words = Words::new(text);
    let (mut out, mut places, mut at) = (String::with_capacity(text.len()), Vec::with_capacity(tags.len()), 0);
    for (index, tag) in tags.iter().enumerate() {
        out.push_str(text.get(at..tag.span.start).unwrap_or_default());
        let start = out.len();
        match mark(tag) {
            Some(shown) => out.push_str(shown),
            None => out.push_str(&words.word(index)),
        }
        places.push(Span::new(start, out.len()));
        at = tag.span.end;
    }
    let length = text.len() - at;
    out.push_str(text.get(at..).unwrap_or_default());
    let range = Span::new(span.start, out.len() - length + span.end - at);
    Some(Lifted { text: out, range, tags, words, places })
}

/// Tags that are written alike mostly mean the same, and a text may hold very many of them: they share what is known of them.
fn share_details(tags: &mut [PlacedTag]) {
    // hash: only looked up
    let mut known: HashMap<&str, Arc<TagDetails>> = HashMap::new();
    for PlacedTag { tag, .. } in tags {
        let details = known.entry(&tag.text).or_insert_with(|| Arc::clone(&tag.details));
        if *details == tag.details {
            tag.details = Arc::clone(details);
        } else {
            *details = Arc::clone(&tag.details);
        }
    }
}

impl Lifted {
    /// The span of the text as it was that `span` of the text with words stands for.
    pub(crate) fn in_source(&self, span: Span) -> Span {
        if span.is_empty() && span.start == 0 {
            return span;
        }
        Span::new(self.offset(span.start, false), self.offset(span.end, true))
    }

    /// Inside a word, the start or the end of its tag.
    fn offset(&self, offset: usize, is_end: bool) -> usize {
        let before = self.places.partition_point(|place| place.start < offset);
        let Some((word, tag)) =
            before.checked_sub(1).and_then(|index| Some((self.places.get(index)?, self.tags.get(index)?)))
        else {
            return offset;
        };
        match offset.checked_sub(word.end) {
            Some(behind) => tag.span.end + behind,
            None if is_end => tag.span.end,
            None => tag.span.start,
        }
    }

    /// Makes tags of the words in `document`, which was read from the text with words, and spans of the text as it was.
    /// What only marks text as text is no tag in the tree, which knows text from tags. Gives the tags, each with what it
    /// stands in.
    pub(crate) fn put_back(self, document: &mut Document) -> Vec<PlacedTag> {
        let found = vec![Stand::default(); self.tags.len()];
        let mut work = PutBack { lifted: &self, found, last: 0, is_in_cell: false };
        work.blocks(&mut document.blocks);
        let found = work.found;
        let mut tags = self.tags;
        for (tag, Stand { place, is_whole, is_in_cell }) in tags.iter_mut().zip(found) {
            (tag.place, tag.is_whole, tag.is_in_cell) = (place, is_whole, is_in_cell);
        }
        tags
    }

    /// Reports to `sink` with spans of the text as it was.
    pub(crate) fn placed<'s>(&'s self, sink: &'s mut dyn Sink) -> impl FnMut(Diagnostic) + 's {
        move |mut diagnostic: Diagnostic| {
            diagnostic.span = diagnostic.span.map(|span| self.in_source(span));
            sink.report(diagnostic);
        }
    }
}

/// What a tag stands in.
#[derive(Clone, Copy, Default)]
struct Stand {
    place: Place,
    is_whole: bool,
    is_in_cell: bool,
}

struct PutBack<'l> {
    lifted: &'l Lifted,
    /// What each tag stands in, as far as it was found.
    found: Vec<Stand>,
    /// The tag that was put into running text last.
    last: usize,
    is_in_cell: bool,
}

/// Nodes lie at most [`MAX_DEPTH`](crate::ast::MAX_DEPTH) deep, so recursion is bounded.
impl PutBack<'_> {
    fn blocks(&mut self, blocks: &mut Vec<Block>) {
        let is_empty = |block: &Block| matches!(&block.kind, BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) if inlines.is_empty());
        blocks.retain_mut(|block| {
            let was_empty = is_empty(block);
            self.block(block);
            // It held nothing but marks that show nothing.
            was_empty || !is_empty(block)
        });
    }

    fn span(&self, span: &mut Span) {
        *span = self.lifted.in_source(*span);
    }

    fn block(&mut self, block: &mut Block) {
        self.span(&mut block.span);
        self.attrs(block.attrs.as_deref_mut());
        match &mut block.kind {
            BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => {
                self.inlines(inlines);
                if let [Inline { kind: InlineKind::Template(tag), .. }] = inlines.as_slice() {
                    if let Some(slot) = self.found.get_mut(self.last) {
                        slot.place = Place::Block;
                    }
                    block.kind = BlockKind::Template(tag.clone());
                }
            }
            BlockKind::Heading(heading) => self.inlines(&mut heading.content),
            BlockKind::BlockQuote(quote) => self.blocks(&mut quote.blocks),
            BlockKind::List(list) => {
                for item in &mut list.items {
                    self.span(&mut item.span);
                    self.attrs(item.attrs.as_deref_mut());
                    self.blocks(&mut item.kind.blocks);
                }
            }
            BlockKind::CodeBlock(code) => {
                let place = if code.fence.is_some() { Place::Code } else { Place::IndentedCode };
                self.text(&mut code.info, Place::Markup);
                self.text(&mut code.text, place);
            }
            BlockKind::Table(table) => {
                self.row(&mut table.head);
                for row in &mut table.rows {
                    self.row(row);
                }
            }
            BlockKind::DefinitionList(items) => {
                for item in items {
                    self.span(&mut item.span);
                    self.attrs(item.attrs.as_deref_mut());
                    match &mut item.kind {
                        DefinitionKind::Term(inlines) => self.inlines(inlines),
                        DefinitionKind::Definition(blocks) => self.blocks(blocks),
                    }
                }
            }
            BlockKind::FootnoteDefinition(note) => {
                self.text(&mut note.label, Place::Markup);
                self.blocks(&mut note.blocks);
            }
            BlockKind::Element(element) => {
                self.text(&mut element.name, Place::Markup);
                self.blocks(&mut element.children);
            }
            BlockKind::Raw(raw) => self.text(&mut raw.text, Place::Markup),
            BlockKind::ThematicBreak | BlockKind::Template(_) => {}
        }
    }

    fn row(&mut self, row: &mut Row) {
        self.span(&mut row.span);
        self.attrs(row.attrs.as_deref_mut());
        for cell in &mut row.kind {
            self.span(&mut cell.span);
            self.attrs(cell.attrs.as_deref_mut());
            self.is_in_cell = true;
            self.inlines(&mut cell.kind);
            self.is_in_cell = false;
        }
    }

    fn inlines(&mut self, inlines: &mut Vec<Inline>) {
        let words = &self.lifted.words;
        let has_words = |inline: &Inline| matches!(&inline.kind, InlineKind::Text(text) if words.are_in(text));
        if !inlines.iter().any(has_words) {
            for inline in inlines {
                self.inline(inline);
            }
            return;
        }
        for mut inline in std::mem::take(inlines) {
            match inline.kind {
                InlineKind::Text(text) if words.are_in(&text) => {
                    self.span(&mut inline.span);
                    self.split(&text, inline.span, inlines);
                }
                // A mark that shows nothing had the line to itself.
                InlineKind::SoftBreak
                    if matches!(inlines.last().map(|inline| &inline.kind), None | Some(InlineKind::SoftBreak)) => {}
                kind => {
                    inline.kind = kind;
                    self.inline(&mut inline);
                    inlines.push(inline);
                }
            }
        }
        while inlines.last().is_some_and(|inline| inline.kind == InlineKind::SoftBreak) {
            inlines.pop();
        }
    }

    /// Makes texts and tags of a text with words in it.
    fn split(&mut self, text: &str, span: Span, out: &mut Vec<Inline>) {
        let lifted = self.lifted;
        let (mut at, mut start) = (0, span.start);
        let mut plain = String::new();
        for (word, index) in lifted.words.find(text) {
            let (Some(tag), Some(slot)) = (lifted.tags.get(index), self.found.get_mut(index)) else { continue };
            *slot = Stand { place: Place::Text, is_whole: false, is_in_cell: self.is_in_cell };
            plain.push_str(text.get(at..word.start).unwrap_or_default());
            at = word.end;
            if let Some(constant) = constant(tag) {
                plain.push_str(constant);
                continue;
            }
            self.last = index;
            // From HTML the span of a text is that of its lines; then it is all there is to say.
            let is_inside = start <= tag.span.start && tag.span.end <= span.end;
            push_text(&mut plain, if is_inside { Span::new(start, tag.span.start) } else { span }, out);
            let tag_span = if is_inside { tag.span } else { span };
            out.push(Inline::new(InlineKind::Template(tag.tag.clone())).at(tag_span));
            start = if is_inside { tag.span.end } else { start };
        }
        plain.push_str(text.get(at..).unwrap_or_default());
        push_text(&mut plain, Span::new(start, span.end), out);
    }

    fn inline(&mut self, inline: &mut Inline) {
        self.span(&mut inline.span);
        self.attrs(inline.attrs.as_deref_mut());
        match &mut inline.kind {
            InlineKind::Code(code) => self.text(code, Place::Code),
            InlineKind::Emphasis(children) | InlineKind::Strong(children) | InlineKind::Strikethrough(children) => {
                self.inlines(children);
            }
            InlineKind::Link(link) => {
                self.text(&mut link.url, Place::Url);
                self.maybe(link.title.as_mut());
                self.inlines(&mut link.content);
            }
            InlineKind::Image(image) => {
                self.text(&mut image.url, Place::Url);
                self.text(&mut image.alt, Place::Markup);
                self.maybe(image.title.as_mut());
            }
            InlineKind::FootnoteReference(label) => self.text(label, Place::Markup),
            InlineKind::Math(math) => self.text(&mut math.text, Place::Markup),
            InlineKind::Element(element) => {
                self.text(&mut element.name, Place::Markup);
                self.inlines(&mut element.children);
            }
            InlineKind::Raw(raw) => self.text(&mut raw.text, Place::Markup),
            InlineKind::Text(_)
            | InlineKind::SoftBreak
            | InlineKind::HardBreak
            | InlineKind::TaskMarker(_)
            | InlineKind::Template(_) => {}
        }
    }

    fn maybe(&mut self, text: Option<&mut String>) {
        if let Some(text) = text {
            self.text(text, Place::Markup);
        }
    }

    fn attrs(&mut self, attrs: Option<&mut Attrs>) {
        let words = &self.lifted.words;
        let Some(attrs) = attrs else { return };
        if !attrs.iter().any(|(name, value)| words.are_in(name) || words.are_in(value)) {
            return;
        }
        let pairs = attrs.iter().map(|(name, value)| (name.to_owned(), value.to_owned())).collect::<Vec<_>>();
        let pairs = pairs.into_iter().map(|(mut name, mut value)| {
            let is_address = ["href", "src", "poster", "cite", "data", "action", "srcset"].contains(&name.as_str());
            self.text(&mut name, Place::Markup);
            self.text(&mut value, if is_address { Place::Url } else { Place::Markup });
            (name, value)
        });
        *attrs = Attrs::from_unique(pairs.collect());
    }

    /// Puts the tags' exact texts back into a text that is no running text.
    fn text(&mut self, text: &mut String, place: Place) {
        if !self.lifted.words.are_in(text) {
            return;
        }
        let (mut out, mut at) = (String::new(), 0);
        for (word, index) in self.lifted.words.find(text) {
            let Some(tag) = self.lifted.tags.get(index) else { continue };
            let (before, behind) =
                (text.get(..word.start).unwrap_or_default(), text.get(word.end..).unwrap_or_default());
            let seen = if place == Place::Markup {
                in_html(before, behind)
            } else {
                (place, before.is_empty() && behind.is_empty())
            };
            if let Some(slot) = self.found.get_mut(index) {
                let (place, is_whole) = seen;
                *slot = Stand { place, is_whole, is_in_cell: self.is_in_cell };
            }
            out.push_str(text.get(at..word.start).unwrap_or_default());
            out.push_str(constant(tag).unwrap_or(&tag.tag.text));
            at = word.end;
        }
        out.push_str(text.get(at..).unwrap_or_default());
        *text = out;
    }
}

fn push_text(text: &mut String, span: Span, out: &mut Vec<Inline>) {
    if !text.is_empty() {
        out.push(Inline::new(InlineKind::Text(std::mem::take(text))).at(span));
    }
}

/// The text that a tag stands for in every language, if it is no more than that: an escape, or a mark of a raw stretch.
pub(crate) fn constant(tag: &PlacedTag) -> Option<&str> {
    let is_escape = |text: &str| !text.contains(['&', '`', '*', '_', '[', ']', '\\', '\n']) && !text.contains("</");
    match &tag.tag.details.meaning {
        Meaning::RawMark => Some(""),
        Meaning::Text(text) if is_escape(text) => Some(text),
        _ => None,
    }
}

/// The text of one of the two marks of Hugo's escapes, `{{</*` and `*/>}}`. The markup reads it with what stands around it.
fn mark(tag: &PlacedTag) -> Option<&str> {
    match &tag.tag.details.meaning {
        Meaning::Text(text) if tag.tag.dialect == "hugo" && tag.tag.name.is_empty() => Some(text),
        _ => None,
    }
}

/// What a tag stands in, in raw HTML: an address, if an attribute for one begins right before it.
fn in_html(before: &str, behind: &str) -> (Place, bool) {
    let Some(quote) = before.chars().next_back().filter(|c| matches!(c, '"' | '\'')) else {
        return (Place::Markup, false);
    };
    let name = before.strip_suffix(quote).and_then(|before| before.trim_end().strip_suffix('='));
    let is_address =
        name.is_some_and(|name| ["href", "src", "poster"].iter().any(|word| name.trim_end().ends_with(word)));
    (if is_address { Place::Url } else { Place::Markup }, is_address && behind.starts_with(quote))
}

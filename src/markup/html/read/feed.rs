//! Feeds HTML to html5ever piece by piece, so that each node's place in the text is known and hostile text never makes
//! the parser slow.
//!
//! html5ever's time grows with the square of the open elements, of the attributes on one tag ([`many`] takes those), and of
//! the elements that it opens again for each unclosed `<b>`. Whatever would pass a limit is not fed: the element stays in the
//! tree as the text that it was written as, and is reported.

use std::borrow::Cow;

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{QuirksMode, create_element};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    CharacterTokens, CommentToken, StartTag, Tag, TagToken, Token, TokenSink, Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts};
use html5ever::{QualName, TokenizerResult, local_name, ns};

use super::super::names;
use super::arena::{self, Arena, Node};
use super::direct;
use super::many;
use super::scan::{self, Piece, PieceKind};
use super::tap::Tap;
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::format::Limits;

/// Elements that may be open at once, those that wait to be opened again included.
const MAX_OPEN: usize = 200;
/// How many nodes the parser holds when nothing is open.
const AROUND: usize = 3;

/// Parses the part `span` of `text`. The nodes' root is the `html` element that the document holds.
pub(super) fn parse(text: &str, span: Span, limits: &Limits, sink: &mut dyn Sink) -> Vec<Node> {
    let mut feed = Feed::new(text, span, limits);
    feed.run(sink);
    feed.finish(sink)
}

struct Feed<'t> {
    text: &'t str,
    end: usize,
    /// The body, shared by every piece that is fed.
    body: StrTendril,
    offset: usize,
    tokenizer: Tokenizer<Tap>,
    queue: BufferQueue,
    at: usize,
    /// Whether the tokenizer has nothing half read, so that it may be passed by.
    is_idle: bool,
    /// How many elements may be open.
    max_open: usize,
    /// How many attributes a tag may have.
    max_attributes: usize,
    /// How many elements were open when they were last counted, and how many nodes there were.
    counted: (usize, usize),
}

impl<'t> Feed<'t> {
    fn new(text: &'t str, span: Span, limits: &Limits) -> Self {
        let source = span.slice(text).unwrap_or_default();
        let arena = Arena::new(arena::estimate(source));
        let body = QualName::new(None, ns!(html), local_name!("body"));
        let context = create_element(&arena, body, Vec::new());
        // With scripts off what `noscript` holds would be elements, which could close those around it. It is kept as the
        // bytes that it is either way.
        let options =
            TreeBuilderOpts { scripting_enabled: true, quirks_mode: QuirksMode::NoQuirks, ..Default::default() };
        let builder = TreeBuilder::new_for_fragment(arena, context, None, options);
        Feed {
            text,
            end: span.end,
            body: StrTendril::from_slice(source),
            offset: span.start,
            tokenizer: Tokenizer::new(Tap::new(builder), TokenizerOpts { discard_bom: false, ..Default::default() }),
            queue: BufferQueue::default(),
            at: span.start,
            is_idle: true,
            // The body and what holds it are open too.
            max_open: limits.nesting.saturating_add(AROUND).min(MAX_OPEN),
            max_attributes: limits.attributes,
            counted: (0, 0),
        }
    }

    fn run(&mut self, sink: &mut dyn Sink) {
        while self.at < self.end {
            let raw = self.tap().raw.borrow().clone();
            if let Some(name) = raw {
                let piece = scan::next_raw_piece(self.text, &name, self.at, self.end);
                self.feed(&piece);
                continue;
            }
            let tag = self.tag();
            let piece = match &tag {
                Some((_, piece)) => piece.clone(),
                None => scan::next_piece(self.text, self.at, self.end),
            };
            match (self.limit(&piece), tag) {
                (Some(why), _) => self.keep(&piece, why, sink),
                (None, Some((tag, _))) => self.take(&piece, TagToken(tag)),
                (None, None) => self.feed(&piece),
            }
        }
    }

    fn tap(&self) -> &Tap {
        &self.tokenizer.sink
    }

    /// The tag that comes next, if it needs no tokenizer.
    fn tag(&self) -> Option<(Tag, Piece)> {
        let source = self.text.get(self.at..self.end).filter(|source| self.is_idle && source.starts_with('<'))?;
        let (tag, length) = direct::tag(source, &self.body, u32::try_from(self.at - self.offset).ok()?)?;
        let kind = if tag.kind == StartTag { PieceKind::StartTag } else { PieceKind::EndTag };
        Some((tag, Piece { kind, range: self.at..self.at + length }))
    }

    /// Gives the tree builder what the piece is.
    fn take(&mut self, piece: &Piece, token: Token) {
        self.go_to(piece);
        let _ = self.tap().process_token(token, 0);
    }

    fn go_to(&mut self, piece: &Piece) {
        self.at = piece.range.end;
        let tap = self.tap();
        tap.arena().here.set(Span::new(piece.range.start, piece.range.end));
        tap.is_text.set(piece.kind == PieceKind::Text);
    }

    fn feed(&mut self, piece: &Piece) {
        if self.is_idle
            && piece.kind == PieceKind::Text
            && let Some(text) = self.plain_text(piece)
        {
            return self.take(piece, CharacterTokens(text));
        }
        self.go_to(piece);
        let tap = self.tap();
        if self.has_many(piece) {
            // What is half read ends here; of an end tag without a name nothing comes.
            self.push(StrTendril::from("</>"));
            let tag = many::tag(&self.text[piece.range.clone()], scan::tag_name(self.text, piece));
            let _ = self.tap().process_token(TagToken(tag), 0);
            self.is_idle = true;
            return;
        }
        tap.has_token.set(false);
        if let Some(part) = self.part(piece) {
            self.push(part);
        }
        let source = &self.text[piece.range.clone()];
        self.is_idle = self.tap().raw.borrow().is_none()
            && match piece.kind {
                PieceKind::Text => direct::is_finished_text(source),
                PieceKind::StartTag | PieceKind::EndTag | PieceKind::Comment => self.tap().has_token.get(),
            };
    }

    fn has_many(&self, piece: &Piece) -> bool {
        piece.range.len() > many::MANY && self.tap().raw.borrow().is_none() && many::is_one(self.text, piece)
    }

    /// Gives the tokenizer what comes next.
    fn push(&self, text: StrTendril) {
        self.queue.push_back(text);
        // A script would run now; a name of an encoding would be heeded. Neither concerns a tree.
        while !matches!(self.tokenizer.feed(&self.queue), TokenizerResult::Done) {}
    }

    /// The text that the piece is, if it needs no tokenizer.
    fn plain_text(&self, piece: &Piece) -> Option<StrTendril> {
        match direct::text(&self.text[piece.range.clone()])? {
            Cow::Borrowed(_) => self.part(piece),
            Cow::Owned(text) => Some(StrTendril::from(text)),
        }
    }

    fn part(&self, piece: &Piece) -> Option<StrTendril> {
        let start = u32::try_from(piece.range.start - self.offset).ok()?;
        self.body.try_subtendril(start, u32::try_from(piece.range.len()).ok()?).ok()
    }

    /// Which limit the piece would pass.
    fn limit(&mut self, piece: &Piece) -> Option<&'static str> {
        if piece.kind != PieceKind::StartTag {
            return None;
        }
        let tag = &self.text[piece.range.clone()];
        if tag.len() > 2 * many::MANY.min(self.max_attributes) {
            let count = scan::count_attributes(tag);
            if count > self.max_attributes || count > many::MANY && !self.has_many(piece) {
                return Some("a tag has more attributes than this reader takes");
            }
        }
        let nodes = self.tap().arena().len();
        let (open, at_nodes) = self.counted;
        if open + (nodes - at_nodes) < self.max_open {
            return None;
        }
        let open = self.tap().count_open();
        self.counted = (open, nodes);
        if open >= self.max_open && !names::is_void(&scan::tag_name(self.text, piece).to_ascii_lowercase()) {
            return Some("elements lie in each other deeper than this reader takes");
        }
        // Unclosed `<b>` are opened again in each block that follows: short text, many nodes.
        if self.tap().reopened.get() > (piece.range.end - self.offset) / 8 + 512 {
            return Some("unclosed elements would be opened again too often");
        }
        None
    }

    /// Puts the element that begins with `piece` into the tree as the text that it is.
    fn keep(&mut self, piece: &Piece, why: &str, sink: &mut dyn Sink) {
        let span = Span::new(piece.range.start, self.element_end(piece));
        sink.report(
            Diagnostic::new(&codes::NESTED_TOO_DEEP, format!("{why}: the element was kept as raw HTML")).at(span),
        );
        self.at = span.end;
        let tap = self.tap();
        tap.arena().here.set(span);
        tap.arena().keep_next.set(true);
        if self.is_idle {
            let _ = tap.process_token(CommentToken(StrTendril::new()), 0);
        } else {
            // What is half read comes first.
            self.push(StrTendril::from("<!---->"));
            self.is_idle = true;
        }
    }

    /// Where the element ends that begins with `piece`: behind the end tag that balances it, or at the end of the body.
    fn element_end(&self, piece: &Piece) -> usize {
        let name = scan::tag_name(self.text, piece).to_ascii_lowercase();
        let mut at = piece.range.end;
        if names::is_void(&name) {
            return at;
        }
        let mut depth = 1_usize;
        while at < self.end {
            let piece = scan::next_piece(self.text, at, self.end);
            at = piece.range.end;
            let tag = match piece.kind {
                PieceKind::StartTag | PieceKind::EndTag => scan::tag_name(self.text, &piece),
                PieceKind::Text | PieceKind::Comment => continue,
            };
            if tag.eq_ignore_ascii_case(&name) {
                depth = if piece.kind == PieceKind::StartTag { depth + 1 } else { depth - 1 };
                if depth == 0 {
                    return at;
                }
            }
            if piece.kind == PieceKind::StartTag && names::has_raw_text(&tag.to_ascii_lowercase()) {
                let text = scan::next_raw_piece(self.text, tag, at, self.end);
                if text.kind == PieceKind::Text {
                    at = text.range.end;
                }
            }
        }
        self.end
    }

    fn finish(self, sink: &mut dyn Sink) -> Vec<Node> {
        self.tap().arena().here.set(Span::new(self.end, self.end));
        self.tokenizer.end();
        let (nodes, page_tag) = self.tokenizer.sink.finish();
        if let Some(span) = page_tag {
            let message =
                "the body holds tags of a whole page (`html`, `head`, `body` or a doctype); they were left out";
            sink.report(Diagnostic::new(&codes::PAGE_TAGS_DROPPED, message).at(span));
        }
        nodes
    }
}

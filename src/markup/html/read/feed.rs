//! Feeds HTML to html5ever piece by piece, so that each node's place in the text is known and hostile text never makes
//! the parser slow.
//!
//! html5ever's time grows with the square of the open elements, of the attributes on one tag ([`many`] takes those), and of
//! the elements that it opens again for each unclosed `<b>`. Whatever would pass a limit is not fed: the element stays in the
//! tree as the text that it was written as, and is reported.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};

use html5ever::buffer_queue::BufferQueue;
use html5ever::interface::{QuirksMode, create_element};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    CharacterTokens, CommentToken, DoctypeToken, EndTag, StartTag, TagToken, Token, TokenSink, TokenSinkResult,
    Tokenizer, TokenizerOpts,
};
use html5ever::tree_builder::{TreeBuilder, TreeBuilderOpts, TreeSink};
use html5ever::{LocalName, QualName, TokenizerResult, local_name, ns};

use super::super::names;
use super::arena::{self, Arena, Count, Id, Node};
use super::direct;
use super::many;
use super::scan::{self, Piece, PieceKind};
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::format::Limits;

/// Elements that may be open at once, those that wait to be opened again included.
const MAX_OPEN: usize = 200;
/// How many nodes the parser holds when nothing is open.
const AROUND: usize = 3;
/// How far back an end tag is matched with its start tag to find where an element ends.
const MAX_LOOK_BACK: usize = 256;

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
            let piece = match raw {
                Some(name) => scan::next_raw_piece(self.text, &name, self.at, self.end),
                None => scan::next_piece(self.text, self.at, self.end),
            };
            if self.tap().raw.borrow().is_none()
                && let Some(why) = self.limit(&piece)
            {
                self.keep(&piece, why, sink);
                continue;
            }
            self.feed(&piece);
        }
    }

    fn tap(&self) -> &Tap {
        &self.tokenizer.sink
    }

    fn feed(&mut self, piece: &Piece) {
        self.at = piece.range.end;
        let tap = self.tap();
        tap.arena().here.set(Span::new(piece.range.start, piece.range.end));
        tap.is_text.set(piece.kind == PieceKind::Text);
        if self.has_many(piece) {
            // What is half read ends here; of an end tag without a name nothing comes.
            self.push(StrTendril::from("</>"));
            let tag = many::tag(&self.text[piece.range.clone()], scan::tag_name(self.text, piece));
            let _ = self.tap().process_token(TagToken(tag), 0);
            self.is_idle = true;
            return;
        }
        if self.is_idle
            && let Some(token) = self.token(piece)
        {
            let _ = tap.process_token(token, 0);
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

    /// The token that the piece is, if it needs no tokenizer.
    fn token(&self, piece: &Piece) -> Option<Token> {
        let source = &self.text[piece.range.clone()];
        match piece.kind {
            PieceKind::Text => match direct::text(source)? {
                Cow::Borrowed(_) => self.part(piece),
                Cow::Owned(text) => Some(StrTendril::from(text)),
            }
            .map(CharacterTokens),
            PieceKind::StartTag | PieceKind::EndTag => {
                let start = u32::try_from(piece.range.start - self.offset).ok()?;
                direct::tag(source, &self.body, start).map(TagToken)
            }
            PieceKind::Comment => None,
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
        let tap = self.tokenizer.sink;
        if let Some(span) = tap.page_tag.get() {
            let message =
                "the body holds tags of a whole page (`html`, `head`, `body` or a doctype); they were left out";
            sink.report(Diagnostic::new(&codes::PAGE_TAGS_DROPPED, message).at(span));
        }
        tap.builder.sink.finish()
    }
}

/// Stands between tokenizer and tree builder and sees which token makes which node.
struct Tap {
    builder: TreeBuilder<Id, Arena>,
    /// The raw text element that the tokenizer is in.
    raw: RefCell<Option<LocalName>>,
    /// Whether the piece being fed is text. What of a text comes only with the next piece still belongs to it.
    is_text: Cell<bool>,
    /// Whether a tag or comment came since this was last unset.
    has_token: Cell<bool>,
    /// Elements whose end tag has not come.
    open: RefCell<Vec<(LocalName, Id)>>,
    /// How many nodes were made beyond one for each token.
    reopened: Cell<usize>,
    /// The first tag that belongs to a whole page.
    page_tag: Cell<Option<Span>>,
}

impl Tap {
    fn new(builder: TreeBuilder<Id, Arena>) -> Self {
        Tap {
            builder,
            raw: RefCell::new(None),
            is_text: Cell::new(false),
            has_token: Cell::new(false),
            open: RefCell::new(Vec::new()),
            reopened: Cell::new(0),
            page_tag: Cell::new(None),
        }
    }

    fn arena(&self) -> &Arena {
        &self.builder.sink
    }

    fn build(&self, token: Token, line_number: u64) -> TokenSinkResult<Id> {
        let before = self.arena().len();
        let result = self.builder.process_token(token, line_number);
        let more = (self.arena().len() - before).saturating_sub(1);
        self.reopened.set(self.reopened.get() + more);
        result
    }

    /// How many elements are open or wait to be opened again, and a few more.
    fn count_open(&self) -> usize {
        let count = Count::default();
        self.builder.trace_handles(&count);
        count.0.get()
    }

    fn start_tag(&self, name: LocalName, is_self_closing: bool, since: usize) {
        let arena = self.arena();
        let Some(id) = arena.newest(&name, since) else { return };
        if names::is_void(&name) || is_self_closing && arena.is_foreign(id) {
            arena.close(id, 0, true);
        } else {
            self.open.borrow_mut().push((name, id));
        }
    }

    fn end_tag(&self, name: &LocalName) {
        let mut open = self.open.borrow_mut();
        let depth = open.iter().rev().take(MAX_LOOK_BACK).position(|(open, _)| open == name);
        let Some(depth) = depth else { return };
        let span = self.arena().here.get();
        let first = open.len() - 1 - depth;
        for (index, (_, id)) in open.drain(first..).enumerate() {
            let is_own = index == 0;
            self.arena().close(id, if is_own { span.end } else { 0 }, is_own);
        }
    }

    fn note_page_tag(&self, name: &LocalName) {
        if matches!(*name, local_name!("html") | local_name!("head") | local_name!("body")) {
            self.note_page();
        }
    }

    fn note_page(&self) {
        if self.page_tag.get().is_none() {
            self.page_tag.set(Some(self.arena().here.get()));
        }
    }
}

impl TokenSink for Tap {
    type Handle = Id;

    fn process_token(&self, token: Token, line_number: u64) -> TokenSinkResult<Id> {
        let arena = self.arena();
        self.has_token.set(matches!(token, TagToken(_) | CommentToken(_)));
        match token {
            TagToken(tag) if tag.kind == StartTag => {
                let (name, is_self_closing, since) = (tag.name.clone(), tag.self_closing, arena.len());
                let result = self.build(TagToken(tag), line_number);
                self.note_page_tag(&name);
                if matches!(result, TokenSinkResult::RawData(_) | TokenSinkResult::Plaintext) {
                    *self.raw.borrow_mut() = Some(name.clone());
                }
                self.start_tag(name, is_self_closing, since);
                result
            }
            TagToken(tag) => {
                debug_assert_eq!(tag.kind, EndTag);
                let name = tag.name.clone();
                let result = self.build(TagToken(tag), line_number);
                *self.raw.borrow_mut() = None;
                self.end_tag(&name);
                result
            }
            CharacterTokens(_) if !self.is_text.get() => {
                let here = arena.here.get();
                arena.here.set(Span::new(here.start.saturating_sub(1), here.start));
                let result = self.build(token, line_number);
                arena.here.set(here);
                result
            }
            DoctypeToken(_) => {
                self.note_page();
                self.build(token, line_number)
            }
            _ => self.build(token, line_number),
        }
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

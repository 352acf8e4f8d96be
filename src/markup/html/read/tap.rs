//! Sees which token makes which node.

use std::cell::{Cell, RefCell};

use html5ever::tokenizer::{
    CharacterTokens, CommentToken, DoctypeToken, EndTag, StartTag, TagToken, Token, TokenSink, TokenSinkResult,
};
use html5ever::tree_builder::{TreeBuilder, TreeSink};
use html5ever::{LocalName, local_name};

use super::super::names;
use super::arena::{Arena, Count, Id, Node};
use crate::diag::Span;

/// How far back an end tag is matched with its start tag to find where an element ends.
const MAX_LOOK_BACK: usize = 256;

/// Stands between tokenizer and tree builder and sees which token makes which node.
pub(super) struct Tap {
    builder: TreeBuilder<Id, Arena>,
    /// The raw text element that the tokenizer is in.
    pub(super) raw: RefCell<Option<LocalName>>,
    /// Whether the piece being fed is text. What of a text comes only with the next piece still belongs to it.
    pub(super) is_text: Cell<bool>,
    /// Whether a tag or comment came since this was last unset.
    pub(super) has_token: Cell<bool>,
    /// Elements whose end tag has not come.
    open: RefCell<Vec<(LocalName, Id)>>,
    /// How many nodes were made beyond one for each token.
    pub(super) reopened: Cell<usize>,
    /// The first tag that belongs to a whole page.
    page_tag: Cell<Option<Span>>,
}

impl Tap {
    pub(super) fn new(builder: TreeBuilder<Id, Arena>) -> Self {
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

    pub(super) fn arena(&self) -> &Arena {
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
    pub(super) fn count_open(&self) -> usize {
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

    /// The tree, and the first tag that belongs to a whole page.
    pub(super) fn finish(self) -> (Vec<Node>, Option<Span>) {
        (self.builder.sink.finish(), self.page_tag.get())
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

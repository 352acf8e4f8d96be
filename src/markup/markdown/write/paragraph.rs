//! Paragraphs, and text without one.

use super::folds::Fold;
use super::html::Html;
use super::inline::{self, Unsayable, Within};
use super::line::Line;
use super::setup::Setup;
use super::starts;
use super::tags;
use super::writer::Writer;
use crate::ast::{Block, BlockKind, Inline};

impl<'a> Writer<'a> {
    /// A paragraph, or text without one.
    pub(super) fn paragraph(&mut self, block: &'a Block, inlines: &'a [Inline], line: Line) {
        let gap = self.gap;
        let is_bare = matches!(block.kind, BlockKind::Plain(_));
        let (before, inlines, behind) = edges(inlines, is_bare);
        for raw in before {
            self.raw_html(raw);
            self.gap(gap);
        }
        self.text(block, inlines, Line { is_first: true, in_body: self.out.is_empty(), ..line });
        for raw in behind {
            self.gap(gap);
            self.raw_html(raw);
        }
    }

    fn text(&mut self, block: &'a Block, inlines: &'a [Inline], line: Line) {
        if self.inlines(inlines, Within::Paragraph, line).is_err() {
            return self.raw_inlines(block, inlines);
        }
        match (&block.kind, self.run.is_empty()) {
            (BlockKind::Plain(_), true) => return,
            (BlockKind::Plain(_), false) if !line.in_item => self.folds.add(Fold::BareText),
            (BlockKind::Plain(_), false) => {}
            (_, true) => return self.raw_inlines(block, &[]),
            (_, false) => {}
        }
        self.put_run();
    }

    /// Makes Markdown of running text, in the buffer for it.
    pub(super) fn inlines(&mut self, inlines: &'a [Inline], within: Within, line: Line) -> Result<(), Unsayable> {
        self.run.clear();
        let careful;
        let setup = if self.careful > 0 {
            careful = Setup { is_careful: true, ..self.setup.clone() };
            &careful
        } else {
            self.setup
        };
        self.tokens.in_item = line.in_item;
        self.tokens.fill(inlines, setup, &mut self.notes);
        if self.tokens.list.is_empty() && !self.tokens.folds.is_empty() {
            // Empty elements and nothing else: they stay, or a paragraph would come of them or go.
            let exact = Setup { equality: crate::ast::Equality::Exact, ..setup.clone() };
            self.tokens.fill(inlines, &exact, &mut self.notes);
        }
        inline::write(&mut self.tokens, within, line, setup, &mut self.run)?;
        for fold in self.tokens.folds.drain(..) {
            self.folds.add(fold);
        }
        Ok(())
    }

    /// Puts out what [`inlines`](Writer::inlines) made.
    pub(super) fn put_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        self.put_lines(&run);
        self.run = run;
    }

    /// Running text that must be HTML, in a paragraph of its own.
    pub(super) fn raw_inlines(&mut self, block: &'a Block, inlines: &'a [Inline]) {
        let mut out = String::new();
        Html::new(&mut self.notes, &mut out).inlines(inlines);
        // Bare text needs no paragraph if what it begins with starts a block by itself.
        let is_bare = matches!(block.kind, BlockKind::Plain(_));
        let stands_alone = match starts::start_of(&out) {
            starts::Start::Block => true,
            starts::Start::Tag => starts::is_one_tag(&out),
            starts::Start::Marked => starts::is_inline(&out),
            starts::Start::Nothing => out.trim_ascii().is_empty(),
        };
        if is_bare && stands_alone {
            return self.put_html(out);
        }
        if is_bare {
            self.folds.add(Fold::BareText);
            self.mixed.extend(self.lists.last());
            // In exact mode a paragraph may not come of it: the list around gives way.
            self.is_swallowed |= self.setup.is_exact() && self.depth > 0;
        }
        let mut paragraph = String::with_capacity(out.len() + 7);
        tags::start_tag("p", block.attrs.iter().flat_map(|attrs| attrs.iter()), &mut paragraph);
        paragraph.push_str(out.trim_ascii());
        tags::end_tag("p", &mut paragraph);
        self.put_html(paragraph);
    }
}

/// What shows nothing at the ends of a run stands apart from its paragraph: a comment in front, for on the first line it
/// would make all of it HTML, and scripts and the like beside bare text, which are no part of the line.
fn edges(inlines: &[Inline], is_bare: bool) -> (Vec<&str>, &[Inline], Vec<&str>) {
    let hidden = |inline: &Inline, counts_comments: bool| {
        let crate::ast::InlineKind::Raw(raw) = &inline.kind else { return false };
        let text = raw.text.as_str();
        let is_comment = text.starts_with("<!--") && text.find("-->") == Some(text.len() - 3);
        raw.markup == "html" && (counts_comments && is_comment || is_bare && starts::is_hidden(text))
    };
    let is_blank = |inline: &Inline| match &inline.kind {
        crate::ast::InlineKind::SoftBreak => true,
        crate::ast::InlineKind::Text(text) => text.trim_ascii().is_empty(),
        _ => false,
    };
    let shows = |inline: &Inline, counts_comments| !is_blank(inline) && !hidden(inline, counts_comments);
    let Some(first) = inlines.iter().position(|inline| shows(inline, true)) else {
        return (Vec::new(), inlines, Vec::new());
    };
    let last = inlines.iter().rposition(|inline| shows(inline, false)).unwrap_or(first).max(first);
    let (before, rest) = inlines.split_at(first);
    let (shown, behind) = rest.split_at(last + 1 - first);
    // Without anything to set apart, white space at the ends is the run's own matter.
    (raws(before), shown, raws(behind))
}

fn raws(inlines: &[Inline]) -> Vec<&str> {
    let mut texts = Vec::new();
    for inline in inlines {
        if let crate::ast::InlineKind::Raw(raw) = &inline.kind {
            texts.push(raw.text.as_str());
        }
    }
    texts
}

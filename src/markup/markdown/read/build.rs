//! The tree while it is being built.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, LinkType, Tag};

use super::notation;
use super::open::{BlockParent, Frame, InlineParent, Open, Skipped};
use super::values::{
    alert, alignment, heading_attrs, is_inline, is_inline_end, pre_tag, push_alt, push_unix_lines, title_of, unix_lines,
};
use crate::ast::{
    Block, BlockKind, BlockQuote, Cell, CodeBlock, DefinitionItem, DefinitionKind, Document, FootnoteDefinition,
    Heading, Image, Inline, InlineElement, InlineKind, Link, LinkStyle, List, ListItem, MAX_DEPTH, Math, Node, Raw,
    Row, Table,
};
use crate::diag::{Diagnostic, Sink, Span, codes};
use crate::format::Limits;

/// Levels that a container may need below it before there is text: list, item, text, leaf; table, row, cell, leaf.
const ROOM: usize = 4;

/// Takes events and gives a document.
pub(super) struct Builder<'a> {
    /// The body.
    source: &'a str,
    /// Where the body stands in the text.
    offset: usize,
    blocks: Vec<Block>,
    /// The nodes that are open, the innermost last.
    open: Vec<Frame>,
    /// Set while a node that is kept as raw text goes by: how many starts are without their end.
    skipping: Option<Skipped>,
    /// How many nodes may be open.
    max_open: usize,
    /// Tags `<pre>` in lines of text that are open: what they hold keeps its line ends.
    open_pre: usize,
    sink: &'a mut dyn Sink,
}

impl<'a> Builder<'a> {
    pub(super) fn new(source: &'a str, offset: usize, limits: &Limits, sink: &'a mut dyn Sink) -> Self {
        // Where less is wished for, the last levels need no room of their own.
        let max_open = limits.nesting.saturating_add(ROOM).min(MAX_DEPTH);
        Builder { source, offset, blocks: Vec::new(), open: Vec::new(), skipping: None, max_open, open_pre: 0, sink }
    }

    pub(super) fn finish(mut self) -> Document {
        while !self.open.is_empty() {
            self.close();
        }
        Document::new(self.blocks)
    }

    pub(super) fn event(&mut self, event: Event<'_>, range: Range<usize>) {
        let span = Span::new(range.start, range.end).shift(self.offset);
        if let Some(skipped) = &mut self.skipping {
            match event {
                Event::Start(_) => skipped.depth += 1,
                Event::End(_) => skipped.depth -= 1,
                _ => {}
            }
            if skipped.depth == 0 {
                self.keep_raw();
            }
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, span),
            Event::End(end) => {
                if !is_inline_end(end) {
                    self.close_plain();
                }
                self.close();
            }
            Event::Text(text) => self.text(&text, span),
            Event::Html(html) => self.html(&html, span),
            Event::Rule => self.block(BlockKind::ThematicBreak, span),
            Event::Code(text) => self.leaf(InlineKind::Code(text.into_string()), span),
            Event::InlineMath(text) => self.leaf(InlineKind::Math(Math::new(false, text)), span),
            Event::DisplayMath(text) => self.leaf(InlineKind::Math(Math::new(true, text)), span),
            Event::InlineHtml(html) => {
                match pre_tag(&html) {
                    Some(true) => self.open_pre += 1,
                    Some(false) => self.open_pre = self.open_pre.saturating_sub(1),
                    None => {}
                }
                self.leaf(InlineKind::Raw(Raw::html(unix_lines(&html))), span);
            }
            Event::FootnoteReference(label) => self.leaf(InlineKind::FootnoteReference(label.into_string()), span),
            Event::SoftBreak => self.leaf(InlineKind::SoftBreak, span),
            Event::HardBreak => {
                self.leaf(InlineKind::HardBreak, span);
                if self.open_pre > 0 {
                    // A renderer ends the line of HTML too, and here that shows.
                    self.leaf(InlineKind::SoftBreak, span);
                }
            }
            Event::TaskListMarker(checked) => self.leaf(InlineKind::TaskMarker(checked), span),
        }
    }

    fn start(&mut self, tag: Tag<'_>, span: Span) {
        if matches!(self.open.last(), Some(Frame { open: Open::Image(_) | Open::Alt, .. })) {
            self.open.push(Frame { span, open: Open::Alt });
            return;
        }
        let is_block = !is_inline(&tag);
        if is_block {
            self.close_plain();
        } else {
            self.open_plain(span);
        }
        // An inline needs itself and a leaf.
        let needed = if is_block { ROOM } else { 2 };
        let is_part = matches!(
            tag,
            Tag::Item
                | Tag::TableHead
                | Tag::TableRow
                | Tag::TableCell
                | Tag::DefinitionListTitle
                | Tag::DefinitionListDefinition
        );
        if !is_part && self.open.len() + needed > self.max_open {
            let message = "what is nested deeper than this was kept as raw text";
            self.sink.report(Diagnostic::new(&codes::NESTED_TOO_DEEP, message).at(span));
            self.skipping = Some(Skipped { span, is_block, depth: 1 });
            return;
        }
        let open = self.opened(tag, span);
        self.open.push(Frame { span, open });
    }

    /// What the start of `tag` opens.
    fn opened(&mut self, tag: Tag<'_>, span: Span) -> Open {
        let blocks = |parent| Open::Blocks(parent, Vec::new());
        let inlines = |parent| Open::Inlines(parent, Vec::new());
        match tag {
            Tag::Paragraph => inlines(InlineParent::Paragraph),
            Tag::Heading { level, id, classes, attrs } => {
                inlines(InlineParent::Heading(level as u8, heading_attrs(id.as_deref(), &classes, &attrs)))
            }
            Tag::BlockQuote(kind) => blocks(BlockParent::Quote(kind.map(alert))),
            Tag::CodeBlock(CodeBlockKind::Indented) => Open::Code(CodeBlock::default()),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                Open::Code(CodeBlock::new(info, "").fence(notation::fence(self.source_of(span))))
            }
            // The option for metadata is never switched on.
            Tag::HtmlBlock | Tag::MetadataBlock(_) => Open::Html(String::new()),
            Tag::List(start) => Open::List(start, None, Vec::new()),
            Tag::Item => {
                let found = notation::marker(self.source_of(span));
                if let Some(Frame { open: Open::List(_, marker, _), .. }) = self.open.last_mut() {
                    *marker = marker.or(found);
                }
                blocks(BlockParent::Item)
            }
            Tag::FootnoteDefinition(label) => blocks(BlockParent::Footnote(label.into_string())),
            Tag::DefinitionList => Open::Definitions(Vec::new()),
            Tag::DefinitionListTitle => inlines(InlineParent::Term),
            Tag::DefinitionListDefinition => blocks(BlockParent::Definition),
            Tag::Table(columns) => Open::Table(columns.into_iter().map(alignment).collect(), Vec::new()),
            Tag::TableHead | Tag::TableRow => Open::Row(Vec::new()),
            Tag::TableCell => inlines(InlineParent::Cell),
            Tag::Emphasis => inlines(InlineParent::Emphasis),
            Tag::Strong => inlines(InlineParent::Strong),
            Tag::Strikethrough => inlines(InlineParent::Strikethrough),
            Tag::Superscript => inlines(InlineParent::Element("sup")),
            Tag::Subscript => inlines(InlineParent::Element("sub")),
            Tag::Link { link_type, dest_url, title, .. } => {
                let (style, scheme) = match link_type {
                    LinkType::Autolink => (LinkStyle::Autolink, ""),
                    LinkType::Email => (LinkStyle::Autolink, "mailto:"),
                    _ => (LinkStyle::Inline, ""),
                };
                inlines(InlineParent::Link(format!("{scheme}{dest_url}"), title_of(&title), style))
            }
            Tag::Image { dest_url, title, .. } => Open::Image(Image::new(dest_url, "").title(title_of(&title))),
        }
    }

    /// Ends the innermost open node and puts it where it belongs.
    fn close(&mut self) {
        let Some(Frame { span, open }) = self.open.pop() else { return };
        match open {
            Open::Blocks(parent, blocks) => self.close_blocks(parent, blocks, span),
            Open::Inlines(parent, inlines) => self.close_inlines(parent, inlines, span),
            Open::List(start, marker, items) => {
                let list = match start {
                    Some(start) => List::numbered(start, items),
                    None => List::bullets(items),
                };
                let marker = marker.unwrap_or(list.marker);
                self.block(BlockKind::List(list.marker(marker)), span);
            }
            Open::Definitions(items) => self.block(BlockKind::DefinitionList(items), span),
            Open::Table(alignments, mut rows) => {
                let head = if rows.is_empty() { Row::default() } else { rows.remove(0) };
                self.block(BlockKind::Table(Table::new(alignments, head, rows)), span);
            }
            Open::Row(cells) => {
                if let Some(Frame { open: Open::Table(_, rows), span: parent }) = self.open.last_mut() {
                    *parent = parent.cover(span);
                    rows.push(Row::new(cells).at(span));
                }
            }
            Open::Code(code) => self.block(BlockKind::CodeBlock(code), span),
            Open::Html(html) => self.block(BlockKind::Raw(Raw::html(html)), span),
            Open::Image(image) => self.inline(Inline::new(InlineKind::Image(image)).at(span)),
            Open::Alt => {}
        }
    }

    fn close_blocks(&mut self, parent: BlockParent, blocks: Vec<Block>, span: Span) {
        match parent {
            BlockParent::Quote(alert) => {
                let mut quote = BlockQuote::new(blocks);
                quote.alert = alert;
                self.block(BlockKind::BlockQuote(quote), span);
            }
            BlockParent::Footnote(label) => {
                self.block(BlockKind::FootnoteDefinition(FootnoteDefinition::new(label, blocks)), span);
            }
            BlockParent::Item => {
                if let Some(Frame { open: Open::List(_, _, items), span: parent }) = self.open.last_mut() {
                    *parent = parent.cover(span);
                    items.push(ListItem::new(blocks).at(span));
                }
            }
            BlockParent::Definition => self.definition(DefinitionKind::Definition(blocks), span),
        }
    }

    fn close_inlines(&mut self, parent: InlineParent, inlines: Vec<Inline>, span: Span) {
        let inline = match parent {
            InlineParent::Paragraph => return self.block(BlockKind::Paragraph(inlines), span),
            InlineParent::Plain => return self.block(BlockKind::Plain(inlines), span),
            InlineParent::Heading(level, attrs) => {
                let mut heading = Heading::new(level, inlines);
                heading.style = notation::heading_style(self.source_of(span));
                return self.push_block(Block::new(BlockKind::Heading(heading)).at(span).with_attrs(attrs));
            }
            InlineParent::Term => return self.definition(DefinitionKind::Term(inlines), span),
            InlineParent::Cell => {
                if let Some(Frame { open: Open::Row(cells), span: parent }) = self.open.last_mut() {
                    *parent = parent.cover(span);
                    cells.push(Cell::new(inlines).at(span));
                }
                return;
            }
            InlineParent::Emphasis => InlineKind::Emphasis(inlines),
            InlineParent::Strong => InlineKind::Strong(inlines),
            InlineParent::Strikethrough => InlineKind::Strikethrough(inlines),
            InlineParent::Element(name) => InlineKind::Element(InlineElement::new(name, inlines)),
            InlineParent::Link(url, title, style) => {
                InlineKind::Link(Link::new(url, inlines).title(title).style(style))
            }
        };
        self.inline(Inline::new(inline).at(span));
    }

    fn definition(&mut self, kind: DefinitionKind, span: Span) {
        if let Some(Frame { open: Open::Definitions(items), span: parent }) = self.open.last_mut() {
            *parent = parent.cover(span);
            items.push(DefinitionItem::new(kind).at(span));
        }
    }

    fn block(&mut self, kind: BlockKind, span: Span) {
        self.close_plain();
        self.push_block(Block::new(kind).at(span));
    }

    fn push_block(&mut self, block: Block) {
        match self.open.last_mut() {
            None => self.blocks.push(block),
            Some(Frame { open: Open::Blocks(_, blocks), span }) => {
                *span = span.cover(block.span);
                blocks.push(block);
            }
            // Blocks stand in what holds blocks, and nowhere else.
            Some(_) => {}
        }
    }

    /// Text that stands right in an item or a quotation opens a node of its own.
    fn open_plain(&mut self, span: Span) {
        if matches!(self.open.last(), None | Some(Frame { open: Open::Blocks(..), .. })) {
            self.open.push(Frame { span, open: Open::Inlines(InlineParent::Plain, Vec::new()) });
        }
    }

    fn close_plain(&mut self) {
        if matches!(self.open.last(), Some(Frame { open: Open::Inlines(InlineParent::Plain, _), .. })) {
            self.close();
        }
    }

    fn text(&mut self, text: &str, span: Span) {
        match self.open.last_mut() {
            Some(Frame { open: Open::Code(code), .. }) => return push_unix_lines(&mut code.text, text),
            Some(Frame { open: Open::Html(html), .. }) => return push_unix_lines(html, text),
            _ => {}
        }
        if !text.contains('\n') {
            return self.words(text, span);
        }
        // A newline that was written as `&#10;`.
        for (index, line) in text.split('\n').enumerate() {
            if index > 0 {
                self.leaf(InlineKind::SoftBreak, span);
            }
            self.words(line, span);
        }
    }

    fn words(&mut self, text: &str, span: Span) {
        if text.is_empty() {
            return;
        }
        if let Some(Frame { open: Open::Inlines(_, inlines), span: parent }) = self.open.last_mut()
            && let Some(Node { kind: InlineKind::Text(before), span: own, .. }) = inlines.last_mut()
        {
            before.push_str(text);
            *own = own.cover(span);
            *parent = parent.cover(span);
            return;
        }
        self.leaf(InlineKind::Text(text.to_owned()), span);
    }

    fn html(&mut self, html: &str, span: Span) {
        match self.open.last_mut() {
            Some(Frame { open: Open::Html(text), .. }) => push_unix_lines(text, html),
            _ => self.block(BlockKind::Raw(Raw::html(unix_lines(html))), span),
        }
    }

    fn leaf(&mut self, kind: InlineKind, span: Span) {
        self.open_plain(span);
        self.inline(Inline::new(kind).at(span));
    }

    fn inline(&mut self, inline: Inline) {
        let alt = self.open.iter_mut().rev().find_map(|frame| match &mut frame.open {
            Open::Alt => None,
            Open::Image(image) => Some(Some(image)),
            _ => Some(None),
        });
        if let Some(Some(image)) = alt {
            push_alt(&mut image.alt, &inline.kind);
        } else if let Some(Frame { open: Open::Inlines(_, inlines), span }) = self.open.last_mut() {
            *span = span.cover(inline.span);
            // Most elements hold one thing, and a hostile body has 100,000 of them.
            if inlines.is_empty() {
                inlines.reserve_exact(1);
            }
            inlines.push(inline);
        }
    }

    fn keep_raw(&mut self) {
        let Some(skipped) = self.skipping.take() else { return };
        let raw = Raw { markup: "markdown".to_owned(), text: unix_lines(self.source_of(skipped.span)) };
        if skipped.is_block {
            self.block(BlockKind::Raw(raw), skipped.span);
        } else {
            self.leaf(InlineKind::Raw(raw), skipped.span);
        }
    }

    fn source_of(&self, span: Span) -> &'a str {
        self.source.get(span.start - self.offset..span.end - self.offset).unwrap_or_default()
    }
}

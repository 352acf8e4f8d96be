//! What was written, read back: the parser's events go into the stream at once, without a tree between.
//!
//! It says of each event what the stream says of the node that the reader makes of it; a test holds the two together.

use std::iter::Peekable;
use std::ops::Range;

use pulldown_cmark::{Alignment, CodeBlockKind, CowStr, Event, LinkType, OffsetIter, Parser, Tag, TagEnd};

use super::super::read;
use crate::ast::same::{Notes, Stream, alert_class, is_hidden, math_class};
use crate::format::Extensions;

/// A Markdown text, block after block.
pub(super) struct Back<'t> {
    events: Peekable<OffsetIter<'t>>,
    notes: Notes,
    /// Links, tables and images that are open.
    open: Vec<Open<'t>>,
    /// The HTML block that is open.
    html: String,
}

enum Open<'t> {
    /// The columns, and where in its row the next cell stands.
    Table(Vec<Alignment>, usize, bool),
    /// What stands behind the language.
    Code(String),
    /// Address, title, and the words of the description so far.
    Image(CowStr<'t>, CowStr<'t>, String),
    /// Something in an image: only its words count.
    Alt,
}

impl<'t> Back<'t> {
    pub(super) fn new(text: &'t str, extensions: &Extensions) -> Self {
        let events = Parser::new_ext(text, read::options(extensions)).into_offset_iter().peekable();
        Back { events, notes: Notes::default(), open: Vec::new(), html: String::new() }
    }

    /// Where the next outermost block begins.
    pub(super) fn next_start(&mut self) -> Option<usize> {
        self.events.peek().map(|(_, range)| range.start)
    }

    /// Puts the next outermost block into the stream; where it ends.
    pub(super) fn block(&mut self, stream: &mut Stream) -> Option<usize> {
        let mut depth = 0_usize;
        let mut end = None;
        loop {
            let (event, Range { end: event_end, .. }) = self.events.next()?;
            match &event {
                Event::Start(_) => depth += 1,
                Event::End(_) => depth = depth.saturating_sub(1),
                _ => {}
            }
            // The first event is the whole block's.
            let block_end = *end.get_or_insert(event_end);
            self.event(event, stream);
            if depth == 0 {
                stream.seam();
                return Some(block_end);
            }
        }
    }

    fn event(&mut self, event: Event<'t>, stream: &mut Stream) {
        if self.open.iter().any(|open| matches!(open, Open::Image(..))) {
            return self.in_image(&event, stream);
        }
        match event {
            Event::Start(tag) => self.start(tag, stream),
            Event::End(end) => self.end(end, stream),
            Event::Text(text) => stream.text(&text),
            Event::Html(html) => self.html.push_str(&html),
            Event::InlineHtml(html) => stream.html(&html),
            Event::Code(text) => {
                stream.element("code", None, None);
                stream.text(&text);
                stream.close("code");
            }
            Event::SoftBreak => stream.text("\n"),
            Event::HardBreak => {
                stream.element("br", None, None);
                // It ends the line of HTML too.
                stream.text("\n");
            }
            Event::Rule => {
                stream.boundary();
                stream.element("hr", None, None);
                stream.boundary();
            }
            Event::InlineMath(text) => math(false, &text, stream),
            Event::DisplayMath(text) => math(true, &text, stream),
            Event::FootnoteReference(label) => stream.footnote_reference(&label, &mut self.notes),
            Event::TaskListMarker(checked) => stream.task(checked, None),
        }
    }

    fn start(&mut self, tag: Tag<'t>, stream: &mut Stream) {
        match tag {
            Tag::Paragraph => stream.element("p", None, None),
            Tag::Heading { level, id, classes, attrs } => {
                let names = ["h1", "h2", "h3", "h4", "h5", "h6"];
                let name = names.get(level as usize - 1).copied().unwrap_or("h6");
                let attrs = read::heading_attrs(id.as_deref(), &classes, &attrs);
                stream.element(name, Some(&attrs), None);
            }
            Tag::BlockQuote(kind) => {
                let class = kind.map(|kind| alert_class(read::alert(kind).as_str()));
                stream.element("blockquote", None, class.as_deref().map(|class| ("class", class)));
            }
            Tag::CodeBlock(kind) => {
                let info = match &kind {
                    CodeBlockKind::Indented => "",
                    CodeBlockKind::Fenced(info) => info.as_ref(),
                };
                let class = info.split_ascii_whitespace().next().map(|language| format!("language-{language}"));
                stream.element("pre", None, None);
                stream.element("code", None, class.as_deref().map(|class| ("class", class)));
                let rest = info.trim().split_once(|c: char| c.is_ascii_whitespace()).map(|(_, rest)| rest.to_owned());
                self.open.push(Open::Code(rest.unwrap_or_default()));
            }
            Tag::HtmlBlock | Tag::MetadataBlock(_) => self.html.clear(),
            Tag::List(None) => stream.element("ul", None, None),
            Tag::List(Some(start)) => stream.element("ol", None, [("start", start.to_string().as_str())]),
            Tag::Item => stream.element("li", None, None),
            Tag::FootnoteDefinition(label) => stream.footnote_start(&label, None, &mut self.notes),
            Tag::DefinitionList => stream.element("dl", None, None),
            Tag::DefinitionListTitle => stream.element("dt", None, None),
            Tag::DefinitionListDefinition => stream.element("dd", None, None),
            Tag::Table(columns) => {
                stream.element("table", None, None);
                self.open.push(Open::Table(columns, 0, true));
            }
            Tag::TableHead => {
                stream.element("thead", None, None);
                stream.element("tr", None, None);
            }
            Tag::TableRow => {
                if let Some(Open::Table(_, column, _)) = self.open.last_mut() {
                    *column = 0;
                }
                stream.element("tr", None, None);
            }
            Tag::TableCell => self.cell(stream),
            Tag::Emphasis => stream.element("em", None, None),
            Tag::Strong => stream.element("strong", None, None),
            Tag::Strikethrough => stream.element("del", None, None),
            Tag::Superscript => stream.element("sup", None, None),
            Tag::Subscript => stream.element("sub", None, None),
            Tag::Link { link_type, dest_url, title, .. } => {
                let title = Some(title.as_ref()).filter(|title| !title.is_empty());
                match link_type {
                    LinkType::Email => stream.link(&format!("mailto:{dest_url}"), title, None),
                    _ => stream.link(&dest_url, title, None),
                }
            }
            Tag::Image { dest_url, title, .. } => self.open.push(Open::Image(dest_url, title, String::new())),
        }
    }

    fn end(&mut self, end: TagEnd, stream: &mut Stream) {
        match end {
            TagEnd::Paragraph => stream.close("p"),
            TagEnd::Heading(level) => {
                let names = ["h1", "h2", "h3", "h4", "h5", "h6"];
                stream.close(names.get(level as usize - 1).copied().unwrap_or("h6"));
            }
            TagEnd::BlockQuote(_) => stream.close("blockquote"),
            TagEnd::CodeBlock => {
                stream.close("code");
                stream.close("pre");
                if let Some(Open::Code(rest)) = self.open.pop() {
                    stream.comment(&rest);
                }
            }
            TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                let is_hidden = is_hidden(&self.html);
                if !is_hidden {
                    stream.line();
                }
                stream.html(&self.html);
                if !is_hidden {
                    stream.line();
                }
            }
            TagEnd::List(is_numbered) => stream.close(if is_numbered { "ol" } else { "ul" }),
            TagEnd::Item => stream.close("li"),
            TagEnd::FootnoteDefinition => stream.close("div"),
            TagEnd::DefinitionList => stream.close("dl"),
            TagEnd::DefinitionListTitle => stream.close("dt"),
            TagEnd::DefinitionListDefinition => stream.close("dd"),
            TagEnd::Table => {
                self.open.pop();
                stream.close("tbody");
                stream.close("table");
            }
            TagEnd::TableHead => {
                if let Some(Open::Table(_, _, is_head)) = self.open.last_mut() {
                    *is_head = false;
                }
                stream.close("tr");
                stream.close("thead");
                stream.element("tbody", None, None);
            }
            TagEnd::TableRow => stream.close("tr"),
            TagEnd::TableCell => {
                let is_head = matches!(self.open.last(), Some(Open::Table(_, _, true)));
                stream.close(if is_head { "th" } else { "td" });
            }
            TagEnd::Emphasis => stream.close("em"),
            TagEnd::Strong => stream.close("strong"),
            TagEnd::Strikethrough => stream.close("del"),
            TagEnd::Superscript => stream.close("sup"),
            TagEnd::Subscript => stream.close("sub"),
            TagEnd::Link => stream.close("a"),
            TagEnd::Image => {}
        }
    }

    fn cell(&mut self, stream: &mut Stream) {
        let Some(Open::Table(columns, column, is_head)) = self.open.last_mut() else { return };
        let alignment = match columns.get(*column) {
            Some(Alignment::Left) => Some(("align", "left")),
            Some(Alignment::Center) => Some(("align", "center")),
            Some(Alignment::Right) => Some(("align", "right")),
            Some(Alignment::None) | None => None,
        };
        *column += 1;
        stream.element(if *is_head { "th" } else { "td" }, None, alignment);
    }

    /// An event in the description of an image, or its end.
    fn in_image(&mut self, event: &Event<'t>, stream: &mut Stream) {
        match event {
            Event::Start(_) => return self.open.push(Open::Alt),
            Event::End(_) => {
                if let Some(Open::Image(url, title, alt)) = self.open.pop() {
                    stream.image(&url, &alt, Some(title.as_ref()).filter(|title| !title.is_empty()), None);
                }
                return;
            }
            _ => {}
        }
        let image = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Image(_, _, alt) => Some(alt),
            _ => None,
        });
        let Some(alt) = image else { return };
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::Html(text) => alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => alt.push(' '),
            Event::InlineMath(text) => alt.extend(["$", text, "$"]),
            Event::DisplayMath(text) => alt.extend(["$$", text, "$$"]),
            Event::FootnoteReference(label) => alt.extend(["[", label, "]"]),
            Event::TaskListMarker(checked) => alt.push_str(if *checked { "[x]" } else { "[ ]" }),
            Event::Start(_) | Event::End(_) | Event::Rule => {}
        }
    }
}

fn math(display: bool, text: &str, stream: &mut Stream) {
    stream.element("span", None, [("class", math_class(display))]);
    stream.text(text);
    stream.close("span");
}

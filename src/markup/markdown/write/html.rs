//! What Markdown cannot say, as HTML that Markdown passes through.
//!
//! An HTML block ends at a blank line: what is made here goes through [`without_blank_lines`] unless its block ends at a
//! marker.

use super::tags;
use crate::ast::same::{Notes, alert_class, is_flow, math_class, names};
use crate::ast::{Alignment, Attrs, Block, BlockKind, CodeBlock, DefinitionKind, Inline, InlineKind, List, Row, Table};

/// Writes blocks and inlines as HTML.
#[derive(Debug)]
pub(super) struct Html<'n, 'o> {
    pub(super) notes: &'n mut Notes,
    pub(super) out: &'o mut String,
    /// Elements around that keep white space.
    keeps_space: usize,
    /// Where the start tag of such an element ends.
    kept_start: usize,
}

impl<'n, 'o> Html<'n, 'o> {
    pub(super) fn new(notes: &'n mut Notes, out: &'o mut String) -> Self {
        Html { notes, out, keeps_space: 0, kept_start: 0 }
    }

    /// A block.
    pub(super) fn block(&mut self, block: &Block) {
        let attrs = block.attrs.as_deref();
        match &block.kind {
            BlockKind::Paragraph(inlines) => self.leaf("p", attrs, inlines),
            BlockKind::Plain(inlines) => self.inlines(inlines),
            BlockKind::Heading(heading) => {
                let names = ["h1", "h2", "h3", "h4", "h5", "h6"];
                self.leaf(names[usize::from(heading.level.clamp(1, 6)) - 1], attrs, &heading.content);
            }
            BlockKind::BlockQuote(quote) => {
                let alert = quote.alert.map(|alert| alert_class(alert.as_str()));
                self.start("blockquote", attrs, alert.as_deref().map(|class| ("class", class)));
                self.blocks(&quote.blocks);
                self.end("blockquote");
            }
            BlockKind::List(list) => self.list(list, attrs),
            BlockKind::CodeBlock(code) => self.code_block(code, attrs),
            BlockKind::Table(table) => self.table(table, attrs),
            BlockKind::ThematicBreak => self.start("hr", attrs, None),
            BlockKind::DefinitionList(items) => {
                self.start("dl", attrs, None);
                for item in items {
                    self.line();
                    match &item.kind {
                        DefinitionKind::Term(inlines) => self.leaf("dt", item.attrs.as_deref(), inlines),
                        DefinitionKind::Definition(blocks) => {
                            self.start("dd", item.attrs.as_deref(), None);
                            self.blocks(blocks);
                            self.end("dd");
                        }
                    }
                }
                self.line();
                self.end("dl");
            }
            BlockKind::FootnoteDefinition(note) => {
                self.start("div", attrs, [("class", "footnote-definition"), ("id", note.label.as_str())]);
                self.footnote_label(&note.label);
                self.blocks(&note.blocks);
                self.end("div");
            }
            BlockKind::Element(element) => {
                self.start(&element.name, attrs, None);
                if !names::is_void(&element.name) {
                    let keeps_space = names::keeps_space(&element.name);
                    self.keeps_space += usize::from(keeps_space);
                    self.element_blocks(&element.name, &element.children);
                    self.keeps_space -= usize::from(keeps_space);
                    self.end(&element.name);
                }
            }
            BlockKind::Raw(raw) => self.raw(&raw.text),
            BlockKind::Template(tag) => self.out.push_str(&tag.text),
        }
    }

    /// The number of a footnote before its text, as pulldown-cmark writes it.
    pub(super) fn footnote_label(&mut self, label: &str) {
        tags::start_tag("sup", [("class", "footnote-definition-label")], self.out);
        let number = self.notes.number(label).to_string();
        self.out.push_str(&number);
        self.end("sup");
    }

    fn start<'a>(&mut self, name: &str, attrs: Option<&'a Attrs>, own: impl IntoIterator<Item = (&'a str, &'a str)>) {
        tags::start_tag(name, own.into_iter().chain(attrs.into_iter().flat_map(Attrs::iter)), self.out);
        if names::keeps_space(name) {
            self.kept_start = self.out.len();
        }
    }

    fn end(&mut self, name: &str) {
        tags::end_tag(name, self.out);
    }

    fn line(&mut self) {
        if self.keeps_space == 0 {
            self.out.push('\n');
        }
    }

    fn leaf(&mut self, name: &str, attrs: Option<&Attrs>, inlines: &[Inline]) {
        self.start(name, attrs, None);
        self.inlines(inlines);
        self.end(name);
    }

    /// The content of an element: where white space between blocks is nothing, each block stands on a line of its own.
    fn element_blocks(&mut self, name: &str, blocks: &[Block]) {
        let is_inline = !names::is_block(name) || self.keeps_space > 0;
        if is_inline || matches!(blocks, [Block { kind: BlockKind::Plain(_), .. }]) {
            for block in blocks {
                self.block(block);
            }
        } else if !blocks.is_empty() {
            self.blocks(blocks);
        }
    }

    fn blocks(&mut self, blocks: &[Block]) {
        if let [Block { kind: BlockKind::Plain(inlines), .. }] = blocks {
            return self.inlines(inlines);
        }
        self.blocks_behind(None, blocks);
    }

    /// Blocks behind a first one that is written.
    fn blocks_behind(&mut self, first: Option<&Block>, blocks: &[Block]) {
        let mut previous = first;
        for block in blocks {
            // White space beside text would be a space.
            if !(is_flow(block) && previous.is_some_and(is_flow)) {
                self.line();
            }
            self.block(block);
            previous = Some(block);
        }
        self.line();
    }

    fn list(&mut self, list: &List, attrs: Option<&Attrs>) {
        let start = list.start_to_say(attrs);
        let name = if list.start.is_some() { "ol" } else { "ul" };
        self.start(name, attrs, start.as_deref().map(|start| ("start", start)));
        for item in &list.items {
            self.line();
            self.item("li", item.attrs.as_deref(), &item.kind.blocks);
        }
        self.line();
        self.end(name);
    }

    /// An item.
    pub(super) fn item(&mut self, name: &str, attrs: Option<&Attrs>, blocks: &[Block]) {
        self.start(name, attrs, None);
        match blocks {
            // The text and what follows it on lines of their own.
            [first @ Block { kind: BlockKind::Plain(inlines), .. }, rest @ ..] => {
                self.inlines(inlines);
                if !rest.is_empty() {
                    self.blocks_behind(Some(first), rest);
                }
            }
            blocks => self.blocks(blocks),
        }
        self.end(name);
    }

    fn code_block(&mut self, code: &CodeBlock, attrs: Option<&Attrs>) {
        self.start("pre", attrs, None);
        let class = code.language().map(|language| format!("language-{language}"));
        self.start("code", None, class.as_deref().map(|class| ("class", class)));
        self.kept(&code.text);
        self.out.push_str("</code></pre>");
    }

    fn table(&mut self, table: &Table, attrs: Option<&Attrs>) {
        self.start("table", attrs, None);
        self.line();
        self.out.push_str("<thead>");
        self.row(&table.head, "th", &table.alignments);
        self.line();
        self.out.push_str("</thead>");
        self.line();
        self.out.push_str("<tbody>");
        for row in &table.rows {
            self.row(row, "td", &table.alignments);
        }
        self.line();
        self.out.push_str("</tbody>");
        self.line();
        self.end("table");
    }

    fn row(&mut self, row: &Row, name: &str, alignments: &[Alignment]) {
        self.line();
        self.start("tr", row.attrs.as_deref(), None);
        for (index, cell) in row.kind.iter().enumerate() {
            let style = match alignments.get(index) {
                Some(Alignment::Left) => Some("text-align: left"),
                Some(Alignment::Center) => Some("text-align: center"),
                Some(Alignment::Right) => Some("text-align: right"),
                Some(Alignment::None) | None => None,
            };
            self.start(name, cell.attrs.as_deref(), style.map(|style| ("style", style)));
            self.inlines(&cell.kind);
            self.end(name);
        }
        self.end("tr");
    }

    /// Running text.
    pub(super) fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            self.inline(inline);
        }
    }

    fn inline(&mut self, inline: &Inline) {
        let attrs = inline.attrs.as_deref();
        match &inline.kind {
            InlineKind::Text(text) => self.text(text),
            InlineKind::SoftBreak => self.text("\n"),
            InlineKind::HardBreak => self.start("br", attrs, None),
            InlineKind::Code(text) => {
                self.start("code", attrs, None);
                self.text(text);
                self.end("code");
            }
            InlineKind::Emphasis(children) => self.leaf("em", attrs, children),
            InlineKind::Strong(children) => self.leaf("strong", attrs, children),
            InlineKind::Strikethrough(children) => self.leaf("del", attrs, children),
            InlineKind::Link(link) => {
                tags::link_tag(link, attrs, self.out);
                self.inlines(&link.content);
                self.end("a");
            }
            InlineKind::Image(picture) => tags::image(picture, attrs, self.out),
            InlineKind::FootnoteReference(label) => {
                let number = self.notes.number(label);
                tags::footnote_reference(label, number, self.out);
            }
            InlineKind::Math(math) => {
                self.start("span", None, Some(("class", math_class(math.display))));
                self.text(&math.text);
                self.end("span");
            }
            InlineKind::TaskMarker(checked) => {
                tags::task(*checked, attrs, self.out);
                self.out.push(' ');
            }
            InlineKind::Element(element) => {
                self.start(&element.name, attrs, None);
                if !names::is_void(&element.name) {
                    let keeps_space = names::keeps_space(&element.name);
                    self.keeps_space += usize::from(keeps_space);
                    self.inlines(&element.children);
                    self.keeps_space -= usize::from(keeps_space);
                    self.end(&element.name);
                }
            }
            InlineKind::Raw(raw) => self.raw(&raw.text),
            InlineKind::Template(tag) => self.out.push_str(&tag.text),
        }
    }

    fn text(&mut self, text: &str) {
        if self.keeps_space > 0 {
            self.kept(text);
        } else {
            tags::escape(text, false, self.out);
        }
    }

    /// Text whose white space counts.
    fn kept(&mut self, text: &str) {
        if text.starts_with('\n') && self.out.len() == self.kept_start {
            // The first newline behind `<pre>` is no part of the text.
            self.out.push('\n');
        }
        tags::escape(text, false, self.out);
    }

    /// Raw HTML.
    fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::super::lines::without_blank_lines;
    use super::super::tags::start_tag;
    use super::*;

    #[test]
    fn no_blank_line_is_written() {
        let mut out = String::new();
        let code = Block::new(BlockKind::CodeBlock(CodeBlock::new("", "a\n\n\nb\n")));
        Html::new(&mut Notes::default(), &mut out).block(&code);
        assert_eq!(without_blank_lines(&out), "<pre><code>a&#10;&#10;\nb\n</code></pre>");
        assert_eq!(
            without_blank_lines("<p>a\n\n \nb<script>\n\nc\n\n</script>\n\n</p>"),
            "<p>a\nb\n\n<script>\n\nc\n\n</script>  </p>"
        );
    }

    #[test]
    fn values_are_quoted() {
        let mut out = String::new();
        start_tag("a", [("href", "/?a=1&b=\"2\"\n"), ("hidden", "")], &mut out);
        assert_eq!(out, "<a href=\"/?a=1&amp;b=&quot;2&quot;&#10;\" hidden>");
    }
}

//! Blocks, one function a kind.

use super::super::names;
use super::Writer;
use super::escape::{push_quoted, push_text};
use crate::ast::{
    Alignment, Attrs, Block, BlockKind, BlockQuote, CodeBlock, DefinitionItem, DefinitionKind, Element,
    FootnoteDefinition, List, ListItem, Raw, Row, Table, Tag,
};

impl<'a> Writer<'a> {
    pub(super) fn blocks(&mut self, blocks: &'a [Block]) {
        let mut before = None;
        for block in blocks {
            // Text behind an inline element stands on its line; behind other text or raw HTML nothing says so.
            if matches!(block.kind, BlockKind::Plain(_)) && before.is_some_and(|before| !is_inline(before)) {
                self.line();
            }
            self.block(block);
            before = Some(block);
        }
    }

    fn block(&mut self, block: &'a Block) {
        let attrs = block.attrs.as_deref();
        match &block.kind {
            BlockKind::Paragraph(inlines) => {
                self.line();
                self.open("p", attrs);
                self.inlines(inlines);
                self.out.push_str("</p>\n");
            }
            BlockKind::Plain(inlines) => self.inlines(inlines),
            BlockKind::Heading(heading) => {
                let name = ["h1", "h2", "h3", "h4", "h5", "h6"][usize::from(heading.level.clamp(1, 6)) - 1];
                self.line();
                self.open(name, attrs);
                self.inlines(&heading.content);
                self.close(name);
                self.out.push('\n');
            }
            BlockKind::BlockQuote(quote) => self.quote(quote, attrs),
            BlockKind::List(list) => self.list(list, attrs),
            BlockKind::CodeBlock(code) => self.code(code, attrs),
            BlockKind::Table(table) => self.table(table, attrs),
            BlockKind::ThematicBreak => {
                self.line();
                self.void("hr", attrs);
                self.out.push('\n');
            }
            BlockKind::DefinitionList(items) => self.definition_list(items, attrs),
            BlockKind::FootnoteDefinition(note) => self.footnote_definition(note, attrs),
            BlockKind::Element(element) => self.element(element, attrs),
            BlockKind::Raw(raw) => self.raw(raw),
            BlockKind::Template(tag) => self.template(tag),
        }
    }

    fn quote(&mut self, quote: &'a BlockQuote, attrs: Option<&Attrs>) {
        self.line();
        self.out.push_str("<blockquote");
        if let Some(alert) = quote.alert {
            self.out.push_str(" class=\"markdown-alert-");
            self.out.push_str(&alert.as_str().to_ascii_lowercase());
            self.out.push('"');
        }
        self.attrs(attrs);
        self.out.push_str(">\n");
        self.blocks(&quote.blocks);
        self.out.push_str("</blockquote>\n");
    }

    fn list(&mut self, list: &'a List, attrs: Option<&Attrs>) {
        self.line();
        let name = if list.start.is_some() { "ol" } else { "ul" };
        self.out.push('<');
        self.out.push_str(name);
        let is_written = attrs.is_some_and(|attrs| attrs.get("start").is_some());
        if let Some(start) = list.start.filter(|start| *start != 1 && !is_written) {
            self.out.push_str(" start=\"");
            self.out.push_str(&start.to_string());
            self.out.push('"');
        }
        self.attrs(attrs);
        self.out.push_str(">\n");
        list.items.iter().for_each(|item| self.item(item));
        self.close(name);
        self.out.push('\n');
    }

    fn item(&mut self, item: &'a ListItem) {
        self.line();
        self.open("li", item.attrs.as_deref());
        self.blocks(&item.kind.blocks);
        self.out.push_str("</li>\n");
    }

    fn code(&mut self, code: &CodeBlock, attrs: Option<&Attrs>) {
        self.line();
        self.open("pre", attrs);
        match code.info.split(' ').next().filter(|language| !language.is_empty() && code.fence.is_some()) {
            Some(language) => {
                self.out.push_str("<code class=\"language-");
                push_quoted(language, &mut self.out);
                self.out.push_str("\">");
            }
            None => self.out.push_str("<code>"),
        }
        push_text(&code.text, &mut self.out);
        self.out.push_str("</code></pre>\n");
    }

    fn table(&mut self, table: &'a Table, attrs: Option<&Attrs>) {
        self.open("table", attrs);
        self.out.push_str("<thead>");
        self.row(&table.head, "th", &table.alignments);
        self.out.push_str("</thead><tbody>\n");
        for row in &table.rows {
            self.row(row, "td", &table.alignments);
            self.out.push('\n');
        }
        self.out.push_str("</tbody></table>\n");
    }

    fn row(&mut self, row: &'a Row, name: &str, alignments: &[Alignment]) {
        self.open("tr", row.attrs.as_deref());
        for (index, cell) in row.kind.iter().enumerate() {
            self.out.push('<');
            self.out.push_str(name);
            self.out.push_str(match alignments.get(index) {
                Some(Alignment::Left) => " style=\"text-align: left\"",
                Some(Alignment::Center) => " style=\"text-align: center\"",
                Some(Alignment::Right) => " style=\"text-align: right\"",
                Some(Alignment::None) | None => "",
            });
            self.attrs(cell.attrs.as_deref());
            self.out.push('>');
            self.inlines(&cell.kind);
            self.close(name);
        }
        self.close("tr");
    }

    fn definition_list(&mut self, items: &'a [DefinitionItem], attrs: Option<&Attrs>) {
        self.line();
        self.open("dl", attrs);
        self.out.push('\n');
        for item in items {
            self.line();
            match &item.kind {
                DefinitionKind::Term(inlines) => {
                    self.open("dt", item.attrs.as_deref());
                    self.inlines(inlines);
                    self.out.push_str("</dt>\n");
                }
                DefinitionKind::Definition(blocks) => {
                    self.open("dd", item.attrs.as_deref());
                    self.blocks(blocks);
                    self.out.push_str("</dd>\n");
                }
            }
        }
        self.out.push_str("</dl>\n");
    }

    fn footnote_definition(&mut self, note: &'a FootnoteDefinition, attrs: Option<&Attrs>) {
        self.line();
        self.out.push_str("<div class=\"footnote-definition\" id=\"");
        push_quoted(&note.label, &mut self.out);
        self.out.push('"');
        self.attrs(attrs);
        self.out.push_str("><sup class=\"footnote-definition-label\">");
        let number = self.footnote(&note.label).to_string();
        self.out.push_str(&number);
        self.out.push_str("</sup>");
        self.blocks(&note.blocks);
        self.out.push_str("</div>\n");
    }

    fn element(&mut self, element: &'a Element, attrs: Option<&Attrs>) {
        let name = element.name.as_str();
        if !names::is_block(name) {
            return self.inline_element(element, attrs);
        }
        self.line();
        if names::is_void(name) {
            self.void(name, attrs);
            self.out.push('\n');
            return;
        }
        self.open(name, attrs);
        let is_exact = name == "pre";
        let start = self.out.len();
        let outer = self.is_exact;
        self.is_exact |= is_exact;
        if !is_exact && element.children.first().is_some_and(|first| !is_text(first)) {
            self.out.push('\n');
        }
        self.blocks(&element.children);
        // The parser drops a newline right behind `<pre>`.
        if is_exact && self.out[start..].starts_with('\n') {
            self.out.insert(start, '\n');
        }
        self.is_exact = outer;
        self.close(name);
        self.out.push('\n');
    }

    /// An inline element that holds blocks: what stands beside it stands on its line.
    fn inline_element(&mut self, element: &'a Element, attrs: Option<&Attrs>) {
        self.open(&element.name, attrs);
        self.may_begin = self.out.len();
        self.blocks(&element.children);
        if element.children.last().is_some_and(|last| !is_text(last) && !matches!(last.kind, BlockKind::Raw(_)))
            && self.out.ends_with('\n')
        {
            self.out.pop();
        }
        self.close(&element.name);
    }

    fn raw(&mut self, raw: &Raw) {
        if raw.markup == "html" {
            self.out.push_str(&raw.text);
        } else {
            self.line();
            self.out.push_str("<pre>");
            push_text(&raw.text, &mut self.out);
            self.out.push_str("</pre>\n");
        }
    }

    fn template(&mut self, tag: &Tag) {
        self.line();
        self.out.push_str(&tag.text);
        self.out.push('\n');
    }
}

/// Whether the block is text, or an element that stands in a line of text.
fn is_text(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Plain(_)) || is_inline(block)
}

fn is_inline(block: &Block) -> bool {
    matches!(&block.kind, BlockKind::Element(element) if !names::is_block(&element.name))
}

//! Blocks as Markdown, one function per kind.

use super::inline::Within;
use super::line::Line;
use super::wrap::bare_html;
use super::writer::{Care, Gap, Unit, Writer};
use crate::ast::{Attrs, Block, BlockKind, BlockQuote, FootnoteDefinition, Heading};

impl<'a> Writer<'a> {
    /// Blocks one after the other.
    pub(super) fn blocks(&mut self, blocks: &'a [Block], gap: Gap) {
        let mut last_marker = None;
        let mut index = 0;
        while let Some(block) = blocks.get(index) {
            let (before, empty_line) = (self.out.len(), self.empty_line);
            if index > 0 {
                self.gap(gap);
            }
            let start = self.out.len();
            self.gap = gap;
            let glued = self.glued_elements(&blocks[index..]);
            last_marker = if glued > 1 {
                self.glued(&blocks[index..index + glued]);
                None
            } else {
                self.block(block, gap, last_marker)
            };
            if self.out.len() == start && index > 0 {
                // It was nothing: no gap stands for it.
                self.out.truncate(before);
                self.empty_line = empty_line;
            }
            index += glued;
        }
    }

    /// One block; `last_marker` is the marker of a list right before it. Returns the marker if it is a list.
    fn block(&mut self, block: &'a Block, gap: Gap, last_marker: Option<char>) -> Option<char> {
        let is_careful = self.care(block) == Some(Care::Careful);
        self.careful += usize::from(is_careful);
        let marker = self.block_of_kind(block, gap, last_marker);
        self.careful -= usize::from(is_careful);
        marker
    }

    fn block_of_kind(&mut self, block: &'a Block, gap: Gap, last_marker: Option<char>) -> Option<char> {
        self.unit(Unit::Block(block));
        let care = self.care(block);
        match (care, &block.kind) {
            (Some(Care::Raw), BlockKind::Plain(inlines)) => {
                self.raw_inlines(block, inlines);
                return None;
            }
            (Some(Care::Raw), _) => {
                self.raw_block(block);
                return None;
            }
            _ => {}
        }
        let attrs = block.attrs.as_deref();
        let may_wrap = match &block.kind {
            BlockKind::Element(_) => true,
            BlockKind::BlockQuote(_) => attrs.is_some() || care == Some(Care::Tags),
            BlockKind::List(_) => care == Some(Care::Tags),
            _ => false,
        };
        if may_wrap && gap == Gap::Blank && self.is_wrapper(block) {
            self.element_of(block);
            return None;
        }
        match &block.kind {
            BlockKind::Paragraph(inlines) if attrs.is_none() => self.paragraph(block, inlines, Line::default()),
            BlockKind::Plain(inlines) if self.is_bare_in_tags() => match bare_html(inlines, &mut self.notes) {
                Some(html) => self.put_html(html),
                None => self.raw_inlines(block, inlines),
            },
            BlockKind::Plain(inlines) => self.paragraph(block, inlines, Line::default()),
            BlockKind::Heading(heading) => self.heading(block, heading),
            BlockKind::BlockQuote(quote) if attrs.is_none() => self.quote(block, quote),
            BlockKind::List(list) => return self.list(block, list, gap, last_marker),
            BlockKind::CodeBlock(code) => self.code(block, code),
            BlockKind::Table(table) => self.table(block, table, gap),
            BlockKind::ThematicBreak if attrs.is_none() => {
                // At the very start it would open front matter, below text underline it.
                let is_unsafe = self.out.is_empty() || gap == Gap::Line || self.is_in_hyphen_item();
                let rule = if is_unsafe { "***" } else { "---" };
                self.put(rule);
            }
            BlockKind::DefinitionList(items) => self.definitions(block, items, gap),
            BlockKind::FootnoteDefinition(note) => self.footnote(block, note),
            BlockKind::Element(element) if element.name == "pre" && self.folded_pre(block, &element.children) => {}
            BlockKind::Raw(raw) if raw.markup != "html" => self.put_lines(raw.text.trim_end_matches('\n')),
            BlockKind::Raw(raw) => self.raw_html(&raw.text),
            BlockKind::Template(tag) => self.put_lines(&tag.text),
            BlockKind::Paragraph(_) | BlockKind::BlockQuote(_) | BlockKind::ThematicBreak | BlockKind::Element(_) => {
                self.raw_block(block)
            }
        }
        None
    }

    /// Whether text of its own stands between tags here, and must stay without a paragraph.
    fn is_bare_in_tags(&self) -> bool {
        self.setup.is_exact() && self.depth == 0 && !self.around.is_empty()
    }

    /// Whether the line so far is a bullet that a rule of hyphens would become one with.
    fn is_in_hyphen_item(&self) -> bool {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        line.trim_end().ends_with('-')
    }

    fn heading(&mut self, block: &'a Block, heading: &'a Heading) {
        let suffix = match block.attrs.as_deref() {
            None => String::new(),
            Some(attrs) => match self.attribute_block(attrs) {
                Some(suffix) => suffix,
                None => return self.raw_block(block),
            },
        };
        if self.inlines(&heading.content, Within::Heading, Line::default()).is_err() {
            return self.raw_block(block);
        }
        let marks = "######".get(..usize::from(heading.level)).unwrap_or("######");
        self.put(marks);
        guard_heading_end(&mut self.run, self.setup.heading_attributes || self.setup.is_kramdown());
        if !self.run.is_empty() {
            self.put(" ");
            self.put_run();
        }
        if !suffix.is_empty() {
            self.put(" ");
            self.put(&suffix);
        }
    }

    /// `{#id .class name=value}`, if the target has it and can say all of these.
    fn attribute_block(&self, attrs: &Attrs) -> Option<String> {
        let is_word = |word: &str| {
            !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.'))
        };
        if !self.setup.heading_attributes && !self.setup.is_kramdown() {
            return None;
        }
        let mut words = Vec::new();
        for (name, value) in attrs.iter() {
            match name {
                "id" if is_word(value) => words.push(format!("#{value}")),
                // kramdown reads an id alone here.
                _ if self.setup.is_kramdown() => return None,
                "class" if !value.is_empty() && value.split(' ').all(is_word) => {
                    words.extend(value.split(' ').map(|class| format!(".{class}")));
                }
                _ if name != "class" && is_word(name) && is_word(value) => words.push(format!("{name}={value}")),
                _ => return None,
            }
        }
        Some(format!("{{{}}}", words.join(" ")))
    }

    fn quote(&mut self, block: &'a Block, quote: &'a BlockQuote) {
        let has_bare_text = || quote.blocks.iter().any(|block| matches!(block.kind, BlockKind::Plain(_)));
        if self.setup.is_exact() && has_bare_text() {
            return self.raw_block(block);
        }
        if quote.alert.is_some() && !self.setup.alerts {
            if !self.element_of(block) {
                self.raw_block(block);
            }
            return;
        }
        self.put(">");
        if let Some(alert) = quote.alert {
            self.put(" [!");
            self.put(alert.as_str());
            self.put("]");
        }
        self.inside("> ", |writer| {
            if quote.alert.is_some() {
                writer.newline();
            } else if !quote.blocks.is_empty() {
                writer.put(" ");
            }
            match quote.blocks.as_slice() {
                [first, rest @ ..]
                    if let BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) = &first.kind
                        && first.attrs.is_none()
                        && writer.care(first).is_none_or(|care| care == Care::Careful) =>
                {
                    writer.gap = Gap::Blank;
                    writer.paragraph(first, inlines, Line { in_quote: true, ..Line::default() });
                    if !rest.is_empty() {
                        writer.gap(Gap::Blank);
                        writer.blocks(rest, Gap::Blank);
                    }
                }
                blocks => writer.blocks(blocks, Gap::Blank),
            }
        });
    }

    fn footnote(&mut self, block: &'a Block, note: &'a FootnoteDefinition) {
        let is_label = |c: char| !c.is_whitespace() && !matches!(c, '[' | ']' | '\\' | '`' | '<' | '&');
        if !self.setup.footnotes || note.label.is_empty() || !note.label.chars().all(is_label) {
            if !self.element_of(block) {
                self.raw_block(block);
            }
            return;
        }
        self.notes.number(&note.label);
        self.put("[^");
        self.put(&note.label);
        self.put("]:");
        self.inside("    ", |writer| {
            if !note.blocks.is_empty() {
                writer.put(" ");
            }
            writer.blocks(&note.blocks, Gap::Blank);
        });
    }
}

/// Signs at the end of a heading that would be taken off: closing `#`s, and attributes where the target has them.
fn guard_heading_end(text: &mut String, has_attributes: bool) {
    let without = text.trim_end_matches('#');
    if without.len() < text.len() && (without.is_empty() || without.ends_with(' ')) {
        text.insert(without.len(), '\\');
    }
    if has_attributes && text.ends_with('}') && text.contains('{') {
        text.truncate(text.len() - 1);
        text.push_str("&#125;");
    }
}

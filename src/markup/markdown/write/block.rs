//! Blocks as Markdown, one function per kind.

use std::collections::{BTreeMap, BTreeSet};

use super::folds::{Fold, Folds};
use super::html::{self, Html};
use super::inline::{self, Unsayable, Within};
use super::line::Line;
use super::setup::Setup;
use super::tokens::Tokens;
use crate::ast::same::Notes;
use crate::ast::{Attrs, Block, BlockKind, BlockQuote, CodeBlock, FootnoteDefinition, Heading, Inline};

/// What stands between two blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// A blank line.
    Blank,
    /// Nothing: the next line, as in the items of a tight list.
    Line,
}

/// How a block that did not come back as it was meant is written the next time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Care {
    /// Every mark as tags, every sign escaped.
    Careful,
    /// A container as its tags with Markdown inside.
    Tags,
    /// All of it as HTML.
    Raw,
}

/// The blocks that need care, by their place in memory: the tree does not move while it is written.
pub(super) type Cares = BTreeMap<usize, Care>;

pub(super) fn key(block: &Block) -> usize {
    std::ptr::from_ref(block).addr()
}

/// What has a place of its own in the output: a block among the outermost ones, or a tag around such.
#[derive(Clone, Debug)]
pub(super) enum Unit<'a> {
    Block(&'a Block),
    /// The start tag of an element around blocks.
    Open(&'a str, Option<&'a Attrs>, Vec<(&'static str, String)>),
    /// Its end tag.
    Close(&'a str),
    /// The number in front of a footnote.
    Label(&'a str),
    /// An item that holds text alone, tags and all.
    Item(&'a str, Option<&'a Attrs>, &'a [Inline]),
    /// An item that is all HTML.
    RawItem(&'a str, Option<&'a Attrs>, &'a [Block]),
}

/// Where a unit is.
#[derive(Clone, Debug)]
pub(super) struct UnitPlace<'a> {
    pub(super) unit: Unit<'a>,
    /// Where in the output it begins.
    pub(super) start: usize,
    /// The block whose tags are around it.
    pub(super) within: Option<usize>,
}

/// Writes blocks. Where a block begins, the prefix of its line is written already.
pub(super) struct Writer<'a> {
    pub(super) setup: &'a Setup,
    pub(super) cares: &'a Cares,
    pub(super) out: String,
    /// What every line begins with.
    pub(super) prefix: String,
    /// How long the line's prefix is if nothing else stands on the line.
    empty_line: Option<usize>,
    /// Containers around that are not written as bare tags.
    pub(super) depth: usize,
    pub(super) notes: Notes,
    pub(super) folds: Folds,
    /// The units, in order.
    pub(super) units: Vec<UnitPlace<'a>>,
    /// The blocks whose tags are open.
    pub(super) around: Vec<usize>,
    /// Blocks around that are written with care.
    careful: usize,
    /// The last thing written is HTML that goes on to a blank line.
    in_html: bool,
    /// A block was written right below such HTML, which swallowed it.
    pub(super) is_swallowed: bool,
    /// Lists in which that happened: they are written loose.
    pub(super) loosened: BTreeSet<usize>,
    /// Lists of which an item's text had to become a paragraph.
    pub(super) mixed: BTreeSet<usize>,
    /// The lists around.
    pub(super) lists: Vec<usize>,
    tokens: Tokens<'a>,
    run: String,
}

impl<'a> Writer<'a> {
    pub(super) fn new(setup: &'a Setup, cares: &'a Cares, capacity: usize) -> Self {
        Writer {
            setup,
            cares,
            out: String::with_capacity(capacity),
            prefix: String::new(),
            empty_line: None,
            depth: 0,
            notes: Notes::default(),
            folds: Folds::default(),
            units: Vec::new(),
            around: Vec::new(),
            careful: 0,
            in_html: false,
            is_swallowed: false,
            loosened: BTreeSet::new(),
            mixed: BTreeSet::new(),
            lists: Vec::new(),
            tokens: Tokens::default(),
            run: String::new(),
        }
    }

    /// Ends the line and begins the next one.
    pub(super) fn newline(&mut self) {
        if let Some(length) = self.empty_line {
            // Nothing stands on the line: its prefix needs no spaces at the end.
            let start = self.out.len() - length;
            let kept = self.out[start..].trim_end_matches(' ').len();
            self.out.truncate(start + kept);
        }
        self.out.push('\n');
        self.out.push_str(&self.prefix);
        self.empty_line = Some(self.prefix.len());
    }

    pub(super) fn put(&mut self, text: &str) {
        if !text.is_empty() {
            self.empty_line = None;
            self.out.push_str(text);
        }
    }

    /// Text of several lines.
    pub(super) fn put_lines(&mut self, text: &str) {
        let mut rest = text;
        while let Some(end) = memchr::memchr(b'\n', rest.as_bytes()) {
            self.put(&rest[..end]);
            self.newline();
            rest = &rest[end + 1..];
        }
        self.put(rest);
    }

    pub(super) fn gap(&mut self, gap: Gap) {
        self.newline();
        if gap == Gap::Blank {
            self.newline();
            self.in_html = false;
        }
        self.is_swallowed |= std::mem::take(&mut self.in_html);
    }

    pub(super) fn unit(&mut self, unit: Unit<'a>) {
        if self.depth == 0 {
            self.units.push(UnitPlace { unit, start: self.out.len(), within: self.around.last().copied() });
        }
    }

    pub(super) fn care(&self, block: &Block) -> Option<Care> {
        if self.cares.is_empty() { None } else { self.cares.get(&key(block)).copied() }
    }

    /// Blocks one after the other.
    pub(super) fn blocks(&mut self, blocks: &'a [Block], gap: Gap) {
        let mut last_marker = None;
        for (index, block) in blocks.iter().enumerate() {
            let (before, empty_line) = (self.out.len(), self.empty_line);
            if index > 0 {
                self.gap(gap);
            }
            let start = self.out.len();
            last_marker = self.block(block, gap, last_marker);
            if self.out.len() == start && index > 0 {
                // It was nothing: no gap stands for it.
                self.out.truncate(before);
                self.empty_line = empty_line;
            }
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
        if care == Some(Care::Raw) {
            self.raw_block(block);
            return None;
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

    /// Whether the line so far is a bullet that a rule of hyphens would become one with.
    fn is_in_hyphen_item(&self) -> bool {
        let line = self.out.rsplit('\n').next().unwrap_or_default();
        line.trim_end().ends_with('-')
    }

    /// A paragraph, or text without one.
    pub(super) fn paragraph(&mut self, block: &'a Block, inlines: &'a [Inline], line: Line) {
        let line = Line { is_first: true, in_body: self.out.is_empty(), ..line };
        let inlines = self.leading_comments(inlines);
        if self.inlines(inlines, Within::Paragraph, line).is_ok() {
            let is_bare = matches!(block.kind, BlockKind::Plain(_));
            match (is_bare, self.run.is_empty()) {
                (true, true) => return,
                (false, true) => return self.raw_inlines(block, &[]),
                (true, false) if !line.in_item => self.folds.add(Fold::BareText),
                _ => {}
            }
            self.put_run();
        } else {
            self.raw_inlines(block, inlines);
        }
    }

    /// Comments at the start of a paragraph stand before it: on its first line they would make all of it HTML.
    fn leading_comments(&mut self, inlines: &'a [Inline]) -> &'a [Inline] {
        let comment = |inline: &'a Inline| match &inline.kind {
            crate::ast::InlineKind::Raw(raw) if raw.markup == "html" => {
                let text = raw.text.as_str();
                (text.starts_with("<!--") && text.find("-->") == Some(text.len() - 3)).then_some(text)
            }
            _ => None,
        };
        let mut rest = inlines;
        while let [first, others @ ..] = rest
            && let Some(text) = comment(first)
            && !others.is_empty()
        {
            self.put_lines(text);
            self.gap(Gap::Blank);
            rest = others;
        }
        rest
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

    /// Writes what stands in a container whose lines begin with `prefix`.
    pub(super) fn inside(&mut self, prefix: &str, write: impl FnOnce(&mut Self)) {
        let length = self.prefix.len();
        self.prefix.push_str(prefix);
        self.depth += 1;
        write(self);
        self.depth -= 1;
        self.prefix.truncate(length);
        self.in_html = false;
    }

    fn code(&mut self, block: &'a Block, code: &'a CodeBlock) {
        let attrs = block.attrs.as_deref();
        let is_styling = |attrs: &Attrs| attrs.iter().all(|(name, _)| crate::ast::same::is_styling(name));
        if !attrs.is_none_or(|attrs| !self.setup.is_exact() && is_styling(attrs)) || code.info.contains('\n') {
            return self.raw_block(block);
        }
        if attrs.is_some() {
            self.folds.add(Fold::Code);
        }
        self.fenced(code);
    }

    /// Fenced code. The fence is longer than any in the code.
    pub(super) fn fenced(&mut self, code: &CodeBlock) {
        let fence = code.fence.unwrap_or_default();
        let is_tilde = fence.character == '~' || code.info.contains('`');
        let character = if is_tilde { '~' } else { '`' };
        let runs = code.text.lines().map(|line| {
            let line = line.trim_start_matches(' ');
            line.len() - line.trim_start_matches(character).len()
        });
        let length = runs.max().map_or(3, |longest| (longest + 1).max(3)).max(fence.length);
        let marks: String = std::iter::repeat_n(character, length).collect();
        self.put(&marks);
        let mut info = String::new();
        info_string(code.info.trim(), &mut info);
        self.put(&info);
        self.newline();
        let text = code.text.strip_suffix('\n').unwrap_or(&code.text);
        if !code.text.is_empty() {
            self.put_lines(text);
            self.newline();
        }
        self.put(&marks);
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

    /// A block that is HTML already.
    fn raw_html(&mut self, text: &str) {
        let text = text.trim_matches(['\n', '\r']);
        self.put_lines(text);
    }

    /// A block as HTML.
    pub(super) fn raw_block(&mut self, block: &'a Block) {
        let mut out = String::new();
        Html::new(&mut self.notes, &mut out).block(block);
        self.put_html(out);
    }

    /// Running text that must be HTML, in a paragraph of its own.
    fn raw_inlines(&mut self, block: &'a Block, inlines: &'a [Inline]) {
        let mut out = String::new();
        Html::new(&mut self.notes, &mut out).inlines(inlines);
        // Bare text needs no paragraph if what it begins with starts a block by itself.
        let is_bare = matches!(block.kind, BlockKind::Plain(_));
        let stands_alone = match html::start_of(&out) {
            html::Start::Block => true,
            html::Start::Tag => html::is_one_tag(&out),
            html::Start::Marked => html::is_inline(&out),
            html::Start::Nothing => out.trim().is_empty(),
        };
        if is_bare && stands_alone {
            return self.put_html(out);
        }
        if is_bare {
            self.folds.add(Fold::BareText);
            self.mixed.extend(self.lists.last());
        }
        let mut paragraph = String::with_capacity(out.len() + 7);
        html::start_tag("p", block.attrs.iter().flat_map(|attrs| attrs.iter()), &mut paragraph);
        paragraph.push_str(out.trim());
        html::end_tag("p", &mut paragraph);
        self.put_html(paragraph);
    }

    /// HTML as a block. What only starts a block alone on its line gets a line of its own.
    fn put_html(&mut self, mut html: String) {
        if html::start_of(&html) == html::Start::Nothing || !html::is_sayable_start(&html) {
            // No line that begins like this starts an HTML block; after a comment anything is HTML to the end of the line.
            html.insert_str(0, "<!-- -->");
            let line = html::in_one_line(&html);
            return self.put(&line);
        }
        if html::start_of(&html) == html::Start::Tag
            && let Some(end) = html::first_tag_end(&html)
            && !html[end..].is_empty()
            && !html[end..].starts_with('\n')
        {
            html.insert(end, '\n');
        }
        let html = html.trim_matches('\n');
        if html::start_of(html) == html::Start::Marked && html::ends_at_its_marker(html) {
            self.put_lines(html);
        } else {
            let html = html::without_blank_lines(html).into_owned();
            self.put_lines(&html);
            self.in_html = true;
        }
    }

    /// Whether `<pre>` could be written as a code block: a fold.
    fn folded_pre(&mut self, block: &Block, children: &[Block]) -> bool {
        if self.setup.is_exact() {
            return false;
        }
        let Some(code) = super::pre::code_block(block.attrs.as_deref(), children) else { return false };
        self.folds.add(Fold::Code);
        self.fenced(&code);
        true
    }
}

/// What stands behind a fence: escapes and references are resolved there.
fn info_string(info: &str, out: &mut String) {
    for (at, c) in info.char_indices() {
        let rest = &info[at..];
        match c {
            '\\' if rest[1..].starts_with(|c: char| c.is_ascii_punctuation()) => out.push_str("\\\\"),
            '&' if super::escape::is_reference(rest) => out.push_str("&amp;"),
            c => out.push(c),
        }
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

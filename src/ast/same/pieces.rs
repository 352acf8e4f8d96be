//! What each kind of node puts into the [`Stream`].

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::super::{
    Alignment, Attrs, Block, BlockKind, CodeBlock, DefinitionKind, FootnoteDefinition, Inline, InlineKind, List, Row,
    Table,
};
use super::Stream;
use super::address::canonical_url;
use super::names::{self, Class};
use super::raw::is_hidden;

/// The numbers of footnotes: labels count up in the order in which they are first met.
#[derive(Clone, Debug, Default)]
pub(crate) struct Notes {
    numbers: BTreeMap<String, usize>,
}

impl Notes {
    /// The number of the footnote `label`.
    pub(crate) fn number(&mut self, label: &str) -> usize {
        if let Some(number) = self.numbers.get(label) {
            return *number;
        }
        let number = self.numbers.len() + 1;
        self.numbers.insert(label.to_owned(), number);
        number
    }
}

impl Stream {
    /// A block with everything in it.
    pub(crate) fn block(&mut self, block: &Block, notes: &mut Notes) {
        let is_flow = is_flow(block);
        let border = if matches!(block.kind, BlockKind::Raw(_)) { Stream::line } else { Stream::boundary };
        if !is_flow {
            border(self);
        }
        let attrs = block.attrs.as_deref();
        match &block.kind {
            BlockKind::Paragraph(inlines) => self.leaf("p", attrs, inlines, notes),
            BlockKind::Plain(inlines) => self.inlines(inlines, notes),
            BlockKind::Heading(heading) => {
                let name = ["h1", "h2", "h3", "h4", "h5", "h6"];
                let name = name[usize::from(heading.level.clamp(1, 6)) - 1];
                self.leaf(name, attrs, &heading.content, notes);
            }
            BlockKind::BlockQuote(quote) => {
                let alert = quote.alert.map(|alert| alert_class(alert.as_str()));
                self.element("blockquote", attrs, alert.as_deref().map(|class| ("class", class)));
                self.blocks(&quote.blocks, notes);
                self.close("blockquote");
            }
            BlockKind::List(list) => self.list(block, list, notes),
            BlockKind::CodeBlock(code) => self.code_block(code, attrs),
            BlockKind::Table(table) => self.table(table, attrs, notes),
            BlockKind::ThematicBreak => self.element("hr", attrs, None),
            BlockKind::DefinitionList(items) => {
                self.element("dl", attrs, None);
                for item in items {
                    match &item.kind {
                        DefinitionKind::Term(inlines) => self.leaf("dt", item.attrs.as_deref(), inlines, notes),
                        DefinitionKind::Definition(blocks) => {
                            self.element("dd", item.attrs.as_deref(), None);
                            self.blocks(blocks, notes);
                            self.close("dd");
                        }
                    }
                }
                self.close("dl");
            }
            BlockKind::FootnoteDefinition(note) => self.footnote(note, attrs, notes),
            BlockKind::Element(element) => {
                self.element(&element.name, attrs, None);
                self.blocks(&element.children, notes);
                if !names::is_void(&element.name) {
                    self.close(&element.name);
                }
            }
            BlockKind::Raw(raw) => self.raw(raw),
            BlockKind::Template(tag) => self.text(&tag.text),
        }
        if !is_flow {
            border(self);
        }
    }

    fn blocks(&mut self, blocks: &[Block], notes: &mut Notes) {
        for block in blocks {
            self.block(block, notes);
        }
    }

    /// A start tag with the attributes of a node and one that its kind says.
    pub(crate) fn element<'a>(
        &mut self,
        name: &str,
        attrs: Option<&'a Attrs>,
        own: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) {
        let own = own.into_iter();
        if attrs.is_none() && own.size_hint().1 == Some(0) {
            return self.open(name, &mut []);
        }
        let mut all: Vec<(&str, &str)> = own.collect();
        all.extend(attrs.into_iter().flat_map(Attrs::iter));
        self.start(name, &mut all);
    }

    /// A start tag, its attributes made canonical.
    pub(crate) fn start<'a>(&mut self, name: &str, attrs: &mut [(&'a str, &'a str)]) {
        match name {
            "td" | "th" => {
                for (name, value) in attrs.iter_mut().filter(|(name, _)| *name == "style") {
                    let declared = value.trim().trim_end_matches(';').split_once(':');
                    if let Some((property, alignment)) = declared
                        && property.trim().eq_ignore_ascii_case("text-align")
                    {
                        (*name, *value) = ("align", alignment.trim());
                    }
                }
            }
            "ol" if attrs.contains(&("start", "1")) => {
                let mut kept: Vec<_> = attrs.iter().copied().filter(|pair| *pair != ("start", "1")).collect();
                return self.open(name, &mut kept);
            }
            _ => {}
        }
        let address = match name {
            "a" => "href",
            "img" => "src",
            _ => return self.open(name, attrs),
        };
        let Some(index) = attrs.iter().position(|(name, _)| *name == address) else { return self.open(name, attrs) };
        match canonical_url(attrs[index].1) {
            Cow::Borrowed(_) => self.open(name, attrs),
            Cow::Owned(url) => {
                // The list borrows the address.
                let mut attrs: Vec<(&str, &str)> = attrs.to_vec();
                attrs[index].1 = &url;
                self.open(name, &mut attrs);
            }
        }
    }

    fn leaf(&mut self, name: &str, attrs: Option<&Attrs>, inlines: &[Inline], notes: &mut Notes) {
        self.element(name, attrs, None);
        self.inlines(inlines, notes);
        self.close(name);
    }

    fn list(&mut self, block: &Block, list: &List, notes: &mut Notes) {
        let attrs = block.attrs.as_deref();
        let name = if list.start.is_some() { "ol" } else { "ul" };
        let start = list.start_to_say(attrs);
        self.element(name, attrs, start.as_deref().map(|start| ("start", start)));
        for item in &list.items {
            self.element("li", item.attrs.as_deref(), None);
            self.blocks(&item.kind.blocks, notes);
            self.close("li");
        }
        self.loosen(std::ptr::from_ref(block).addr());
        self.close(name);
    }

    fn code_block(&mut self, code: &CodeBlock, attrs: Option<&Attrs>) {
        self.element("pre", attrs, None);
        let class = code.language().map(|language| format!("language-{language}"));
        self.element("code", None, class.as_deref().map(|class| ("class", class)));
        self.text(&code.text);
        self.close("code");
        self.close("pre");
        // What stands behind the language has no form in HTML.
        if let Some((_, rest)) = code.info.trim().split_once(|c: char| c.is_ascii_whitespace()) {
            self.comment(rest);
        }
    }

    fn table(&mut self, table: &Table, attrs: Option<&Attrs>, notes: &mut Notes) {
        self.element("table", attrs, None);
        self.element("thead", None, None);
        self.row(&table.head, "th", &table.alignments, notes);
        self.close("thead");
        self.element("tbody", None, None);
        for row in &table.rows {
            self.row(row, "td", &table.alignments, notes);
        }
        self.close("tbody");
        self.close("table");
    }

    fn row(&mut self, row: &Row, name: &str, alignments: &[Alignment], notes: &mut Notes) {
        self.element("tr", row.attrs.as_deref(), None);
        for (index, cell) in row.kind.iter().enumerate() {
            let alignment = match alignments.get(index) {
                Some(Alignment::Left) => Some(("align", "left")),
                Some(Alignment::Center) => Some(("align", "center")),
                Some(Alignment::Right) => Some(("align", "right")),
                Some(Alignment::None) | None => None,
            };
            self.element(name, cell.attrs.as_deref(), alignment);
            self.inlines(&cell.kind, notes);
            self.close(name);
        }
        self.close("tr");
    }

    /// A footnote is what pulldown-cmark makes of it in HTML.
    fn footnote(&mut self, note: &FootnoteDefinition, attrs: Option<&Attrs>, notes: &mut Notes) {
        self.footnote_start(&note.label, attrs, notes);
        self.blocks(&note.blocks, notes);
        self.close("div");
    }

    /// What stands in front of a footnote's text.
    pub(crate) fn footnote_start(&mut self, label: &str, attrs: Option<&Attrs>, notes: &mut Notes) {
        self.element("div", attrs, [("class", "footnote-definition"), ("id", label)]);
        self.footnote_label(label, notes);
    }

    /// The start tag of a link.
    pub(crate) fn link(&mut self, url: &str, title: Option<&str>, attrs: Option<&Attrs>) {
        if title.is_none() && attrs.is_none() {
            return self.start("a", &mut [("href", url)]);
        }
        let mut all = vec![("href", url)];
        all.extend(title.map(|title| ("title", title)));
        all.extend(attrs.into_iter().flat_map(Attrs::iter));
        self.start("a", &mut all);
    }

    /// An image.
    pub(crate) fn image(&mut self, url: &str, alt: &str, title: Option<&str>, attrs: Option<&Attrs>) {
        if title.is_none() && attrs.is_none() {
            return self.start("img", &mut [("src", url), ("alt", alt)]);
        }
        let mut all = vec![("src", url), ("alt", alt)];
        all.extend(title.map(|title| ("title", title)));
        all.extend(attrs.into_iter().flat_map(Attrs::iter));
        self.start("img", &mut all);
    }

    /// A reference to a footnote.
    pub(crate) fn footnote_reference(&mut self, label: &str, notes: &mut Notes) {
        self.open("sup", &mut [("class", "footnote-reference")]);
        let target = format!("#{label}");
        self.start("a", &mut [("href", target.as_str())]);
        self.text(&notes.number(label).to_string());
        self.close("a");
        self.close("sup");
    }

    /// The box of a task. A renderer puts white space behind it.
    pub(crate) fn task(&mut self, checked: bool, attrs: Option<&Attrs>) {
        let mut all = vec![("disabled", ""), ("type", "checkbox")];
        all.extend(checked.then_some(("checked", "")));
        all.retain(|(name, _)| attrs.is_none_or(|attrs| attrs.get(name).is_none()));
        all.extend(attrs.into_iter().flat_map(Attrs::iter));
        self.open("input", &mut all);
        self.space();
    }

    /// The number in front of a footnote.
    pub(crate) fn footnote_label(&mut self, label: &str, notes: &mut Notes) {
        self.open("sup", &mut [("class", "footnote-definition-label")]);
        self.text(&notes.number(label).to_string());
        self.close("sup");
    }

    /// Running text.
    pub(crate) fn inlines(&mut self, inlines: &[Inline], notes: &mut Notes) {
        for inline in inlines {
            self.inline(inline, notes);
        }
    }

    fn inline(&mut self, inline: &Inline, notes: &mut Notes) {
        let attrs = inline.attrs.as_deref();
        let mut around = |stream: &mut Stream, name: &str, children: &[Inline]| {
            stream.element(name, attrs, None);
            stream.inlines(children, notes);
            stream.close(name);
        };
        match &inline.kind {
            InlineKind::Text(text) => self.text(text),
            InlineKind::SoftBreak => self.text("\n"),
            InlineKind::HardBreak => self.element("br", attrs, None),
            InlineKind::Code(text) => {
                self.element("code", attrs, None);
                self.text(text);
                self.close("code");
            }
            InlineKind::Emphasis(children) => around(self, "em", children),
            InlineKind::Strong(children) => around(self, "strong", children),
            InlineKind::Strikethrough(children) => around(self, "del", children),
            InlineKind::Link(link) => {
                self.link(&link.url, link.title.as_deref(), attrs);
                self.inlines(&link.content, notes);
                self.close("a");
            }
            InlineKind::Image(image) => self.image(&image.url, &image.alt, image.title.as_deref(), attrs),
            InlineKind::FootnoteReference(label) => self.footnote_reference(label, notes),
            InlineKind::Math(math) => {
                self.open("span", &mut [("class", math_class(math.display))]);
                self.text(&math.text);
                self.close("span");
            }
            InlineKind::TaskMarker(checked) => self.task(*checked, attrs),
            InlineKind::Element(element) => {
                self.element(&element.name, attrs, None);
                self.inlines(&element.children, notes);
                if !names::is_void(&element.name) {
                    self.close(&element.name);
                }
            }
            InlineKind::Raw(raw) => self.raw(raw),
            InlineKind::Template(tag) => self.text(&tag.text),
        }
    }
}

/// Whether the text in front of the block and behind it may be on one line: bare text, an inline element that holds
/// blocks, what shows nothing.
pub(crate) fn is_flow(block: &Block) -> bool {
    match &block.kind {
        BlockKind::Plain(_) => true,
        BlockKind::Element(element) => names::class(&element.name) == Class::Inline,
        // Neither ends a line nor stands on one.
        BlockKind::Raw(raw) => is_hidden(&raw.text),
        _ => false,
    }
}

/// The class of an alert's block quote, as pulldown-cmark 0.13 writes it.
pub(crate) fn alert_class(alert: &str) -> String {
    format!("markdown-alert-{}", alert.to_ascii_lowercase())
}

/// The class of a formula, as pulldown-cmark 0.13 writes it.
pub(crate) fn math_class(display: bool) -> &'static str {
    if display { "math math-display" } else { "math math-inline" }
}

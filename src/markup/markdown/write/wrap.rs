//! Elements without a form in Markdown, as their tags with Markdown inside: tag, blank line, Markdown, blank line, tag.

use super::folds::Fold;
use super::html::Html;
use super::lines;
use super::starts::{self, Start};
use super::tags;
use super::writer::{Care, Gap, Unit, Writer, key};
use crate::ast::same::html::{Token, Tokens};
use crate::ast::same::{Notes, alert_class, names};
use crate::ast::{Attrs, Block, BlockKind, DefinitionKind, Inline, ListItem};

impl<'a> Writer<'a> {
    /// Writes the block as its tags with Markdown inside. False, and nothing is written, if it cannot be.
    pub(super) fn element_of(&mut self, block: &'a Block) -> bool {
        if !self.is_wrapper(block) {
            return false;
        }
        let attrs = block.attrs.as_deref();
        // Its tags and what is between them are units of their own.
        if self.units.last().is_some_and(|last| matches!(&last.unit, Unit::Block(unit) if key(unit) == key(block))) {
            self.units.pop();
        }
        self.around.push(key(block));
        match &block.kind {
            BlockKind::Element(element) if names::class(&element.name) == names::Class::Structure => {
                self.tags_of(&element.name, attrs, Vec::new(), |writer| writer.parts(&element.children));
            }
            BlockKind::Element(element) => self.tags(&element.name, attrs, &element.children),
            BlockKind::BlockQuote(quote) => {
                let class = quote.alert.map(|alert| alert_class(alert.as_str()));
                self.tags_of(
                    "blockquote",
                    attrs,
                    class.map(|class| ("class", class)).into_iter().collect(),
                    |writer| {
                        writer.content(&quote.blocks);
                    },
                );
            }
            BlockKind::List(list) => {
                let start = list.start_to_say(attrs).map(|start| ("start", start));
                let name = if list.start.is_some() { "ol" } else { "ul" };
                let has_bare = |item: &ListItem| {
                    item.kind.blocks.len() > 1
                        && item.kind.blocks.iter().any(|block| matches!(block.kind, BlockKind::Plain(_)))
                };
                if list.items.iter().any(has_bare) {
                    self.folds.add(Fold::LooseList);
                    self.loosened.insert(key(block));
                }
                self.tags_of(name, attrs, start.into_iter().collect(), |writer| writer.items(&list.items));
            }
            BlockKind::DefinitionList(items) => self.tags_of("dl", attrs, Vec::new(), |writer| {
                for item in items {
                    writer.newline();
                    match &item.kind {
                        DefinitionKind::Term(inlines) => {
                            writer.unit(Unit::Item("dt", item.attrs.as_deref(), inlines));
                            let mut out = String::new();
                            tags::start_tag("dt", item.attrs.iter().flat_map(|attrs| attrs.iter()), &mut out);
                            Html::new(&mut writer.notes, &mut out).inlines(inlines);
                            tags::end_tag("dt", &mut out);
                            let html = lines::without_blank_lines(&out).into_owned();
                            writer.put_lines(&html);
                        }
                        DefinitionKind::Definition(blocks) => writer.item("dd", item.attrs.as_deref(), blocks),
                    }
                }
                writer.newline();
            }),
            BlockKind::FootnoteDefinition(note) => {
                let own = vec![("class", "footnote-definition".to_owned()), ("id", note.label.clone())];
                self.tags_of("div", attrs, own, |writer| {
                    writer.unit(Unit::Label(&note.label));
                    let mut out = String::new();
                    Html::new(&mut writer.notes, &mut out).footnote_label(&note.label);
                    writer.put(&out);
                    writer.content(&note.blocks);
                });
            }
            _ => {}
        }
        self.around.pop();
        true
    }

    /// Whether the block can be written as its tags with Markdown inside.
    pub(super) fn is_wrapper(&self, block: &Block) -> bool {
        // kramdown reads no Markdown in block elements.
        if self.setup.is_kramdown() || self.care(block) == Some(Care::Raw) {
            return false;
        }
        match &block.kind {
            BlockKind::Element(element) => {
                let name = element.name.as_str();
                if names::class(name) == names::Class::Structure {
                    return name == "table" && self.depth == 0 && is_table(&element.children) && holds_rich_cell(block);
                }
                let holds_blocks = match names::class(name) {
                    names::Class::Container => true,
                    names::Class::Inline => {
                        !names::is_replaced(name) && !names::is_void(name) && !element.children.is_empty()
                    }
                    names::Class::Leaf | names::Class::Structure | names::Class::Hidden => false,
                };
                holds_blocks
                    && self.starts_block(name, block.attrs.as_deref())
                    && element.children.iter().all(|child| self.may_hold(name, child))
                    && !self.is_parted(&element.children)
            }
            BlockKind::BlockQuote(quote) => {
                quote.blocks.iter().all(|child| self.may_hold("blockquote", child)) && !self.is_parted(&quote.blocks)
            }
            BlockKind::List(_) => true,
            BlockKind::DefinitionList(_) => true,
            BlockKind::FootnoteDefinition(_) => true,
            _ => false,
        }
    }

    fn starts_block(&self, name: &str, attrs: Option<&Attrs>) -> bool {
        match starts::start_of(&format!("<{name}>")) {
            Start::Block => true,
            Start::Tag => {
                starts::is_tag_name(name)
                    && attrs.is_none_or(|attrs| attrs.iter().all(|(name, _)| starts::is_attribute_name(name)))
            }
            Start::Marked | Start::Nothing => false,
        }
    }

    /// Whether the child may stand as a block of its own in an element `name`: bare text would become a paragraph.
    fn may_hold(&self, name: &str, child: &Block) -> bool {
        let takes_text = matches!(
            name,
            "article"
                | "aside"
                | "blockquote"
                | "body"
                | "dd"
                | "div"
                | "figure"
                | "footer"
                | "header"
                | "li"
                | "main"
                | "nav"
                | "section"
                | "td"
                | "th"
        );
        match &child.kind {
            BlockKind::Plain(inlines) if self.setup.is_exact() => {
                takes_text && self.depth == 0 && bare_html(inlines, &mut self.notes.clone()).is_some()
            }
            BlockKind::Plain(_) => takes_text,
            _ => true,
        }
    }

    fn tags(&mut self, name: &'a str, attrs: Option<&'a Attrs>, blocks: &'a [Block]) {
        self.tags_of(name, attrs, Vec::new(), |writer| writer.content(blocks));
    }

    fn tags_of(
        &mut self,
        name: &'a str,
        attrs: Option<&'a Attrs>,
        own: Vec<(&'static str, String)>,
        content: impl FnOnce(&mut Self),
    ) {
        let mut tag = String::new();
        let pairs = own.iter().map(|(name, value)| (*name, value.as_str()));
        tags::start_tag(name, pairs.chain(attrs.into_iter().flat_map(Attrs::iter)), &mut tag);
        self.unit(Unit::Open(name, attrs, own));
        self.put(&tag);
        let start = self.out.len();
        content(self);
        if self.out.len() == start && starts::start_of(&tag) == Start::Tag {
            self.newline();
        }
        self.unit(Unit::Close(name));
        let mut tag = String::new();
        tags::end_tag(name, &mut tag);
        self.put(&tag);
    }

    /// Blocks between two tags. Tag follows tag on the next line; around Markdown there is a blank line.
    fn content(&mut self, blocks: &'a [Block]) {
        let (Some(first), Some(last)) = (blocks.first(), blocks.last()) else { return };
        self.gap(if self.begins_with_tag(first) { Gap::Line } else { Gap::Blank });
        self.blocks(blocks, Gap::Blank);
        self.gap(if self.begins_with_tag(last) { Gap::Line } else { Gap::Blank });
    }

    /// Whether the block is HTML up to a blank line, so that tags may stand right beside it.
    fn begins_with_tag(&self, block: &Block) -> bool {
        let BlockKind::Element(element) = &block.kind else { return false };
        names::starts_html_block(&element.name) && names::class(&element.name) != names::Class::Structure
    }

    /// Parts of a table, each on lines of its own: in its cells there may be Markdown.
    fn parts(&mut self, parts: &'a [Block]) {
        for part in parts {
            let BlockKind::Element(element) = &part.kind else { continue };
            self.newline();
            let (name, attrs) = (element.name.as_str(), part.attrs.as_deref());
            if !matches!(name, "td" | "th") {
                self.tags_of(name, attrs, Vec::new(), |writer| writer.parts(&element.children));
            } else if is_rich(&element.children) {
                self.item(name, attrs, &element.children);
            } else {
                self.raw_item(name, attrs, &element.children);
            }
        }
        self.newline();
    }

    fn raw_item(&mut self, name: &'a str, attrs: Option<&'a Attrs>, blocks: &'a [Block]) {
        self.unit(Unit::RawItem(name, attrs, blocks));
        let mut out = String::new();
        Html::new(&mut self.notes, &mut out).item(name, attrs, blocks);
        let html = lines::without_blank_lines(&out).into_owned();
        self.put_lines(&html);
    }

    fn items(&mut self, items: &'a [ListItem]) {
        for item in items {
            self.newline();
            self.item("li", item.attrs.as_deref(), &item.kind.blocks);
        }
        self.newline();
    }

    /// An item. The text of a list's item stays in its line if there is nothing else: a paragraph would set it apart.
    fn item(&mut self, name: &'a str, attrs: Option<&'a Attrs>, blocks: &'a [Block]) {
        if blocks.iter().any(|block| !self.may_hold(name, block)) || self.is_parted(blocks) {
            return self.raw_item(name, attrs, blocks);
        }
        if let ("li", [Block { kind: BlockKind::Plain(inlines), .. }]) = (name, blocks) {
            self.unit(Unit::Item(name, attrs, inlines));
            let mut out = String::new();
            tags::start_tag(name, attrs.into_iter().flat_map(Attrs::iter), &mut out);
            Html::new(&mut self.notes, &mut out).inlines(inlines);
            tags::end_tag(name, &mut out);
            let html = lines::without_blank_lines(&out).into_owned();
            self.put_lines(&html);
            return;
        }
        self.tags(name, attrs, blocks);
    }
}

/// Text between blocks as HTML that no paragraph comes of; `None` if Markdown would make one. It begins with a tag that can
/// stand alone on its line, for at the start of a text the space that follows is nothing.
pub(super) fn bare_html(inlines: &[Inline], notes: &mut Notes) -> Option<String> {
    let mut html = String::new();
    Html::new(notes, &mut html).inlines(inlines);
    let Some(Token::Start(tag)) = Tokens::new(&html).next() else { return None };
    let is_free = names::class(&tag.name) == names::Class::Inline
        && !names::is_replaced(&tag.name)
        && !names::is_void(&tag.name)
        && !names::keeps_space(&tag.name);
    (is_free && starts::is_sayable_start(&html) && starts::start_of(&html) == Start::Tag).then_some(html)
}

/// Whether these are the parts of a table, down to its cells, and nothing between them.
fn is_table(parts: &[Block]) -> bool {
    parts.iter().all(|part| match &part.kind {
        BlockKind::Element(element) => match element.name.as_str() {
            "thead" | "tbody" | "tfoot" | "tr" => is_table(&element.children),
            "td" | "th" => true,
            _ => false,
        },
        _ => false,
    })
}

fn holds_rich_cell(table: &Block) -> bool {
    let BlockKind::Element(element) = &table.kind else { return false };
    match element.name.as_str() {
        "td" | "th" => is_rich(&element.children),
        _ => element.children.iter().any(holds_rich_cell),
    }
}

/// Whether a cell holds what is long as HTML and short as Markdown.
fn is_rich(blocks: &[Block]) -> bool {
    blocks.iter().any(|block| {
        matches!(
            block.kind,
            BlockKind::List(_) | BlockKind::CodeBlock(_) | BlockKind::Heading(_) | BlockKind::BlockQuote(_)
        ) || matches!(block.kind, BlockKind::Paragraph(_)) && blocks.len() > 1
    })
}

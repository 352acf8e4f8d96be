//! A body as kramdown shows it: what is worked out on the way to HTML is put into the tree.

mod footnotes;
mod headings;

use crate::ast::{
    Block, BlockKind, DefinitionKind, Document, Element, Inline, InlineElement, InlineKind, Math, NodeRef, Raw, Step,
    Walk,
};

use crate::ast::visit::each_body;
use footnotes::Footnotes;
use headings::Headings;
pub(crate) use headings::heading_without_id;
pub(super) use headings::{put_ids, write_ids};

/// How a body is shown; the names are those of kramdown's own options.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Display {
    /// `input: GFM`: ids are made as GitHub's.
    pub gfm: bool,
    /// `auto_ids`: headings get ids.
    pub auto_ids: bool,
    /// `auto_id_prefix`.
    pub auto_id_prefix: String,
    /// `auto_id_stripping`: ids are made of what a heading shows, not of how it is written. GFM always does.
    pub auto_id_stripping: bool,
    /// `header_offset`.
    pub header_offset: i32,
    /// `toc_levels`.
    pub toc_levels: Vec<u8>,
    /// `footnote_nr`: the number of the first footnote.
    pub footnote_nr: usize,
    /// `footnote_backlink`: what leads back, as HTML.
    pub footnote_backlink: String,
    /// `footnote_backlink_inline`.
    pub footnote_backlink_inline: bool,
    /// `footnote_prefix`.
    pub footnote_prefix: String,
    /// `math_engine: mathjax`; without it formulas are shown with their dollars.
    pub mathjax: bool,
}

impl Default for Display {
    fn default() -> Self {
        Display {
            gfm: true,
            auto_ids: true,
            auto_id_prefix: String::new(),
            auto_id_stripping: false,
            header_offset: 0,
            toc_levels: vec![1, 2, 3, 4, 5, 6],
            footnote_nr: 1,
            footnote_backlink: "&#8617;".to_owned(),
            footnote_backlink_inline: false,
            footnote_prefix: String::new(),
            mathjax: true,
        }
    }
}

/// The body as kramdown 2.4's HTML has it: ids on headings, footnotes at the end, the table of contents, formulas as
/// MathJax finds them. `text` is what the body was read from.
pub fn shown(document: &Document, text: &str, display: &Display) -> Document {
    let mut display = display.clone();
    let mut document = document.clone();
    take_options(&mut document.blocks, &mut display);
    let mut notes = Footnotes::default();
    footnotes::take(&mut document.blocks, &mut notes);
    let mut headings = Headings::default();
    if display.auto_ids && display.gfm {
        headings.give_gfm_ids(&mut document.blocks, &display);
    }
    headings.give_native_ids(&mut document.blocks, text, &display);
    show_blocks(&mut document.blocks, &display, &mut notes);
    let section = notes.section(&display, &mut headings, text);
    place(&mut document.blocks, "footnotes", section, true);
    place(&mut document.blocks, "toc", headings.contents(), false);
    document
}

/// The table of contents of a body.
pub(super) fn contents(blocks: &[Block], source: &str, display: &Display) -> Vec<Block> {
    let mut blocks = blocks.to_vec();
    let mut headings = Headings::default();
    headings.give_gfm_ids(&mut blocks, display);
    headings.give_native_ids(&mut blocks, source, display);
    headings.contents()
}

/// Takes out what sets options, and sets them.
fn take_options(blocks: &mut Vec<Block>, display: &mut Display) {
    blocks.retain(|block| match &block.kind {
        BlockKind::Template(tag) if tag.dialect == "kramdown" && tag.name == "options" => {
            set_options(&tag.text, display);
            false
        }
        // What is meant for another format than HTML.
        BlockKind::Raw(raw) => matches!(raw.markup.as_str(), "html" | "kramdown"),
        _ => true,
    });
    for block in blocks {
        if let BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) = &block.kind {
            for step in Walk::inlines(inlines) {
                if let Step::Enter(NodeRef::Inline(Inline { kind: InlineKind::Template(tag), .. })) = step
                    && tag.dialect == "kramdown"
                {
                    set_options(&tag.text, display);
                }
            }
        }
        each_body(block, &mut |blocks| take_options(blocks, display));
    }
}

fn set_options(text: &str, display: &mut Display) {
    let mut list = super::attrs::List::default();
    let inside = text.strip_prefix("{::options").unwrap_or(text);
    let inside = inside.split('}').next().unwrap_or_default().trim_end_matches('/');
    list.parse(inside);
    for (name, value) in &list.pairs {
        match name.as_str() {
            "auto_ids" => display.auto_ids = value == "true",
            "auto_id_prefix" => value.clone_into(&mut display.auto_id_prefix),
            "footnote_nr" => display.footnote_nr = value.parse().unwrap_or(display.footnote_nr),
            "header_offset" => display.header_offset = value.parse().unwrap_or(display.header_offset),
            "toc_levels" => display.toc_levels = levels(value),
            _ => {}
        }
    }
}

/// `2..4` or `1,3`.
pub(super) fn levels(value: &str) -> Vec<u8> {
    if let Some((from, to)) = value.split_once("..") {
        let from = from.trim().parse().unwrap_or(1);
        return (from..=to.trim().parse().unwrap_or(6)).collect();
    }
    value.split(',').filter_map(|level| level.trim().parse().ok()).collect()
}

/// Puts blocks where a tag stands for them; at the end if there is none and `at_end`.
fn place(blocks: &mut Vec<Block>, name: &str, new: Vec<Block>, at_end: bool) {
    let mut new = Some(new);
    replace_tag(blocks, name, &mut new);
    if let Some(new) = new
        && at_end
    {
        blocks.extend(new);
    }
}

fn replace_tag(blocks: &mut Vec<Block>, name: &str, new: &mut Option<Vec<Block>>) {
    let is_tag = |block: &Block| matches!(&block.kind, BlockKind::Template(tag) if tag.dialect == "kramdown" && tag.name == name);
    if let Some(index) = blocks.iter().position(is_tag) {
        blocks.splice(index..=index, new.take().unwrap_or_default());
        return;
    }
    for block in blocks {
        each_body(block, &mut |blocks| replace_tag(blocks, name, new));
    }
}

/// Shows what is in the blocks, in the order in which kramdown prints it.
pub(super) fn show_blocks(blocks: &mut [Block], display: &Display, notes: &mut Footnotes) {
    for block in blocks {
        show_block(block, display, notes);
    }
}

fn show_block(block: &mut Block, display: &Display, notes: &mut Footnotes) {
    match &mut block.kind {
        BlockKind::Paragraph(inlines) => {
            if let [Inline { kind: InlineKind::Math(math @ Math { display: true, .. }), .. }] = inlines.as_slice() {
                let text = math.text.clone();
                show_formula(block, &text, display);
                return;
            }
            show_inlines(inlines, display, notes);
        }
        BlockKind::Plain(inlines) => show_inlines(inlines, display, notes),
        BlockKind::Heading(heading) => {
            let level = i32::from(heading.level) + display.header_offset;
            heading.level = u8::try_from(level.clamp(1, 6)).unwrap_or(1);
            show_inlines(&mut heading.content, display, notes);
        }
        BlockKind::Table(table) => {
            for cell in std::iter::once(&mut table.head).chain(&mut table.rows).flat_map(|row| &mut row.kind) {
                show_inlines(&mut cell.kind, display, notes);
                if cell.kind.is_empty() {
                    cell.kind.push(no_break_space());
                }
            }
        }
        BlockKind::DefinitionList(items) => {
            for item in items {
                match &mut item.kind {
                    DefinitionKind::Term(inlines) => show_inlines(inlines, display, notes),
                    DefinitionKind::Definition(blocks) => show_blocks(blocks, display, notes),
                }
            }
        }
        BlockKind::Element(element) => {
            let is_cell = matches!(element.name.as_str(), "td" | "th");
            if let [Block { kind: BlockKind::Plain(inlines), .. }] = element.children.as_mut_slice()
                && is_cell
                && inlines.is_empty()
            {
                inlines.push(no_break_space());
            }
            show_blocks(&mut element.children, display, notes);
        }
        _ => each_body(block, &mut |blocks| show_blocks(blocks, display, notes)),
    }
}

pub(super) fn no_break_space() -> Inline {
    Inline::new(InlineKind::Text("\u{a0}".to_owned()))
}

fn text(text: String) -> Inline {
    Inline::new(InlineKind::Text(text))
}

/// A formula between blocks.
fn show_formula(block: &mut Block, formula: &str, display: &Display) {
    if display.mathjax {
        let inside = Block::new(BlockKind::Plain(vec![text(format!("\\[{formula}\\]"))]));
        block.kind = match block.attrs {
            None => inside.kind,
            Some(_) => BlockKind::Element(Element::new("div", vec![inside])),
        };
        return;
    }
    let inside = Block::new(BlockKind::Plain(vec![text(format!("$$\n{formula}\n$$"))]));
    add_class(&mut block.attrs);
    block.kind = BlockKind::Element(Element::new("div", vec![inside]));
}

fn add_class(attrs: &mut Option<Box<crate::ast::Attrs>>) {
    let attrs = attrs.get_or_insert_default();
    let class = attrs.get("class").map_or_else(|| "kdmath".to_owned(), |class| format!("{class} kdmath"));
    attrs.set("class", class);
}

fn show_inlines(inlines: &mut [Inline], display: &Display, notes: &mut Footnotes) {
    for inline in inlines {
        match &mut inline.kind {
            InlineKind::Emphasis(kids) | InlineKind::Strong(kids) | InlineKind::Strikethrough(kids) => {
                show_inlines(kids, display, notes);
            }
            InlineKind::Link(link) => show_inlines(&mut link.content, display, notes),
            InlineKind::Element(element) => show_inlines(&mut element.children, display, notes),
            InlineKind::FootnoteReference(label) => inline.kind = notes.reference(label, display),
            InlineKind::TaskMarker(checked) => {
                let checked = if *checked { " checked=\"checked\"" } else { "" };
                inline.kind = InlineKind::Raw(Raw::html(format!(
                    "<input type=\"checkbox\" class=\"task-list-item-checkbox\" disabled=\"disabled\"{checked} />"
                )));
            }
            InlineKind::Math(math) => {
                let formula = math.text.clone();
                if display.mathjax && inline.attrs.is_none() {
                    inline.kind = InlineKind::Text(format!("\\({formula}\\)"));
                } else {
                    if !display.mathjax {
                        add_class(&mut inline.attrs);
                    }
                    let inside = vec![text(format!("${formula}$"))];
                    inline.kind = InlineKind::Element(InlineElement::new("span", inside));
                }
            }
            InlineKind::Raw(raw) if raw.markup != "html" => inline.kind = InlineKind::Text(String::new()),
            InlineKind::Template(tag) if tag.dialect == "kramdown" => {
                inline.kind = InlineKind::Text(String::new());
            }
            _ => {}
        }
    }
}

//! Makes the shared tree of the blocks that were read, and reads their running text.

use super::attrs::{self, apply_pairs};
use super::block::{Columns, El, End, Event, Kind, Paragraph, Parser, RawHtml, Section, SectionKind};
use super::scan::is_word;
use super::span;
use super::tables;
use super::text::Piece;
use crate::ast::{
    Alignment, Attrs, Block, BlockKind, BlockQuote, Cell, CodeBlock, DefinitionItem, DefinitionKind, Document, Element,
    Fence, FootnoteDefinition, Heading, Image, Inline, InlineKind, List, ListItem, ListItemContent, Math, Node, Raw,
    Row, Table, Tag,
};
use crate::diag::Span;

/// The document of a body that was read.
pub(super) fn document<'a>(parser: &mut Parser<'a>, root: El<'a>) -> Document {
    let mut maker = Maker { parser, in_footnote: false, has_toc: false, has_footnotes: false };
    Document::new(maker.blocks(root.kids))
}

struct Maker<'p, 'a> {
    parser: &'p mut Parser<'a>,
    in_footnote: bool,
    /// Whether a list stands for the table of contents already: only one does. The same for the footnotes.
    has_toc: bool,
    has_footnotes: bool,
}

impl<'a> Maker<'_, 'a> {
    fn blocks(&mut self, kids: Vec<El<'a>>) -> Vec<Block> {
        let mut out = Vec::with_capacity(kids.len());
        for el in kids {
            self.block(el, &mut out);
        }
        out
    }

    fn block(&mut self, el: El<'a>, out: &mut Vec<Block>) {
        let El { kind, span, ial, attrs: own, kids } = el;
        let mut pairs = own;
        if let Some(ial) = &ial {
            apply_pairs(&mut pairs, &self.parser.resolved(ial));
        }
        let has_ref = |name| ial.as_ref().is_some_and(|ial| ial.has_ref(name));
        let kind = match kind {
            Kind::Group | Kind::Blank { .. } => return,
            Kind::End(End::Footnote(index)) => {
                pairs.clear();
                match self.footnote(index) {
                    Some(kind) => kind,
                    None => return,
                }
            }
            Kind::End(End::Options) => {
                let text = pairs.drain(..).next().map(|(_, text)| text).unwrap_or_default();
                BlockKind::Template(Tag::new("kramdown", "options", text))
            }
            Kind::End(_) => return,
            Kind::Paragraph(paragraph) => return self.paragraph(paragraph, span, pairs, out),
            Kind::Heading { level, style, text } => {
                let mut heading = Heading::new(level, self.running(&text));
                heading.style = style;
                BlockKind::Heading(heading)
            }
            Kind::Quote => BlockKind::BlockQuote(BlockQuote::new(self.blocks(kids))),
            Kind::Code { text, fence } => {
                let language = attrs::decoded(take_language(&mut pairs));
                // Only a fence can name a language.
                let fence = fence.or((!language.is_empty()).then(Fence::default));
                BlockKind::CodeBlock(CodeBlock::new(language, text).fence(fence))
            }
            Kind::Rule => BlockKind::ThematicBreak,
            Kind::List { .. } if !self.has_toc && has_ref("toc") => {
                self.has_toc = true;
                BlockKind::Template(Tag::new("kramdown", "toc", self.source(span)))
            }
            Kind::List { .. } if !self.has_footnotes && has_ref("footnotes") => {
                self.has_footnotes = true;
                BlockKind::Template(Tag::new("kramdown", "footnotes", self.source(span)))
            }
            Kind::List { is_numbered, marker } => {
                let items = kids.into_iter().map(|item| self.item(item)).collect();
                let list = if is_numbered { List::numbered(1, items) } else { List::bullets(items) };
                BlockKind::List(list.marker(marker))
            }
            Kind::Definitions => {
                let prefix = ial.as_ref().and_then(|ial| id_prefix(&ial.refs));
                BlockKind::DefinitionList(
                    kids.into_iter().filter_map(|item| self.definition(item, prefix.as_deref())).collect(),
                )
            }
            Kind::Math(text) => {
                BlockKind::Paragraph(vec![Inline::new(InlineKind::Math(Math::new(true, text))).at(span)])
            }
            Kind::Table(table) => self.table(*table, span),
            Kind::Html { name } => BlockKind::Element(Element::new(name, self.blocks(kids))),
            Kind::Spans(piece) => BlockKind::Plain(self.running(&piece)),
            Kind::RawHtml(raw) => return self.raw_html(*raw, span, pairs, out),
            Kind::Comment(piece) => {
                pairs.clear();
                BlockKind::Raw(Raw::html(format!("{}\n", piece.as_str())))
            }
            Kind::Raw { markup, text } => {
                let mut raw = Raw::html(text);
                raw.markup = markup;
                pairs.clear();
                BlockKind::Raw(raw)
            }
            Kind::Deep(piece) => {
                let mut raw = Raw::html(piece.as_str());
                raw.markup = "kramdown".to_owned();
                BlockKind::Raw(raw)
            }
            Kind::Plain => BlockKind::Template(Tag::new(super::meant::MARK, "", "")),
            // Parts of lists, which the lists themselves take.
            Kind::Item | Kind::Term(_) | Kind::Definition => return,
        };
        out.push(node(kind, span, pairs));
    }

    fn running(&mut self, piece: &Piece<'a>) -> Vec<Inline> {
        let mut inlines = span::parse(self.parser, piece, self.in_footnote).inlines;
        inlines.pop_if(|last| matches!(last.kind, InlineKind::SoftBreak));
        inlines
    }

    /// What was written at `span`.
    fn source(&self, span: Span) -> String {
        span.slice(self.parser.whole).unwrap_or_default().to_owned()
    }

    fn paragraph(&mut self, paragraph: Paragraph<'a>, span: Span, pairs: Vec<(String, String)>, out: &mut Vec<Block>) {
        let running = span::parse(self.parser, &paragraph.text, self.in_footnote);
        let mut inlines = running.inlines;
        inlines.pop_if(|last| matches!(last.kind, InlineKind::SoftBreak));
        if running.is_standalone && !paragraph.is_plain {
            if let Some(image) = inlines.pop() {
                out.push(figure(image, span, pairs));
            }
            return;
        }
        if let Some(checked) = paragraph.task {
            let place = Span::new(span.start, paragraph.text.span().start.max(span.start));
            inlines.insert(0, Inline::new(InlineKind::TaskMarker(checked)).at(place));
        }
        if paragraph.is_plain {
            out.push(node(BlockKind::Plain(inlines), span, Vec::new()));
        } else {
            out.push(node(BlockKind::Paragraph(inlines), span, pairs));
        }
    }

    fn footnote(&mut self, index: usize) -> Option<BlockKind> {
        let footnote = self.parser.footnotes.get_mut(index)?;
        let label = footnote.label.clone();
        let kids = std::mem::take(&mut footnote.kids);
        let outer = std::mem::replace(&mut self.in_footnote, true);
        let blocks = self.blocks(kids);
        self.in_footnote = outer;
        Some(BlockKind::FootnoteDefinition(FootnoteDefinition::new(label, blocks)))
    }

    fn item(&mut self, item: El<'a>) -> ListItem {
        let El { span, ial, attrs: mut pairs, kids, .. } = item;
        if let Some(ial) = &ial {
            apply_pairs(&mut pairs, &self.parser.resolved(ial));
        }
        let content = ListItemContent::from(self.blocks(kids));
        let span = covering(span, content.blocks.iter().map(|block| block.span));
        let mut item = Node::new(content).at(span);
        item.attrs = attrs::finish(pairs);
        item
    }

    fn definition(&mut self, item: El<'a>, prefix: Option<&str>) -> Option<DefinitionItem> {
        let El { kind, span, ial, attrs: mut pairs, kids } = item;
        if let Some(ial) = &ial {
            apply_pairs(&mut pairs, &self.parser.resolved(ial));
        }
        let (kind, span) = match kind {
            Kind::Term(piece) => {
                let content = self.running(&piece);
                if let Some(prefix) = prefix
                    && !pairs.iter().any(|(name, _)| name == "id")
                {
                    let text =
                        if self.parser.settings.gfm { super::ids::text(&content) } else { piece.as_str().to_owned() };
                    pairs.push(("id".to_owned(), format!("{prefix}{}", super::ids::native(&text))));
                }
                (DefinitionKind::Term(content), span)
            }
            Kind::Definition => {
                let blocks = self.blocks(kids);
                let span = covering(span, blocks.iter().map(|block| block.span));
                (DefinitionKind::Definition(blocks), span)
            }
            _ => return None,
        };
        let mut item = Node::new(kind).at(span);
        item.attrs = attrs::finish(pairs);
        Some(item)
    }

    fn table(&mut self, table: Columns<'a>, span: Span) -> BlockKind {
        let Columns { alignments, mut sections } = table;
        let is_plain = matches!(sections.as_slice(), [head, body]
            if head.kind == SectionKind::Head && body.kind == SectionKind::Body && head.rows.len() == 1);
        let is_square = sections.iter().flat_map(|s| &s.rows).all(|(_, cells)| cells.len() == alignments.len());
        if is_plain && is_square {
            let body = sections.pop().map(|section| section.rows).unwrap_or_default();
            let head = sections.pop().and_then(|mut section| section.rows.pop());
            let mut row = |(span, cells): (Span, Vec<Piece<'a>>)| -> Row {
                let cells: Vec<Cell> = cells.iter().map(|cell| self.cell(cell, span)).collect();
                Node::new(cells).at(span)
            };
            let head = head.map(&mut row).unwrap_or_default();
            return BlockKind::Table(Table::new(alignments, head, body.into_iter().map(row).collect()));
        }
        let sections = sections.into_iter().map(|section| self.section(section, &alignments, span)).collect();
        BlockKind::Element(Element::new("table", sections))
    }

    fn cell(&mut self, piece: &Piece<'a>, row: Span) -> Cell {
        let span = piece.span();
        let span = Span::new(span.start.clamp(row.start, row.end), span.end.clamp(row.start, row.end));
        Node::new(self.running(piece)).at(span)
    }

    /// A part of a table that Markdown cannot say.
    fn section(&mut self, section: Section<'a>, alignments: &[Alignment], whole: Span) -> Block {
        let (name, cell_name) = match section.kind {
            SectionKind::Head => ("thead", "th"),
            SectionKind::Body => ("tbody", "td"),
            SectionKind::Foot => ("tfoot", "td"),
        };
        let rows: Vec<Block> = section
            .rows
            .into_iter()
            .map(|(span, cells)| {
                let cells = cells.iter().zip(alignments).map(|(cell, alignment)| {
                    let cell = self.cell(cell, span);
                    let plain = Block::new(BlockKind::Plain(cell.kind)).at(cell.span);
                    let mut element =
                        Block::new(BlockKind::Element(Element::new(cell_name, vec![plain]))).at(cell.span);
                    element.attrs = alignment_style(*alignment).map(Box::new);
                    element
                });
                let cells: Vec<Block> = cells.collect();
                Block::new(BlockKind::Element(Element::new("tr", cells))).at(span)
            })
            .collect();
        let span = match (rows.first(), rows.last()) {
            (Some(first), Some(last)) => first.span.cover(last.span),
            _ => Span::new(whole.start, whole.start),
        };
        Block::new(BlockKind::Element(Element::new(name, rows))).at(span)
    }

    /// HTML that is passed through: as it was written, or as kramdown mends it.
    fn raw_html(&mut self, raw: RawHtml<'a>, span: Span, pairs: Vec<(String, String)>, out: &mut Vec<Block>) {
        if !raw.is_mended && pairs.is_empty() {
            out.push(Block::new(BlockKind::Raw(Raw::html(format!("{}\n", raw.piece.as_str())))).at(span));
            return;
        }
        let buffer = raw.piece.buffer;
        let text = &*buffer.text;
        let part = |start: usize, end: usize| text.get(start..end).unwrap_or_default();
        let mut written = String::new();
        let mut from = span.start;
        let mut open: Vec<Option<String>> = Vec::new();
        let mut pairs = Some(pairs);
        for event in raw.events {
            match event {
                Event::Open(tag, start) => {
                    let name = part(start + 1, tag.name_end);
                    let lower = name.to_lowercase();
                    let is_html = tables::is_html(&lower);
                    let name = if is_html { lower } else { name.to_owned() };
                    let mut known = attrs::of_tag(part(tag.name_end, tag.attrs_end), is_html);
                    known.retain(|(name, _)| name != "markdown");
                    apply_pairs(&mut known, &pairs.take().unwrap_or_default());
                    let is_script = matches!(name.as_str(), "script" | "style");
                    let is_closed = (tag.is_closed && !is_script) || tables::is_void(&name);
                    written.push_str(&span::open_text(&name, &known, is_closed));
                    open.push((!is_closed).then_some(name));
                }
                Event::Close => {
                    if let Some(Some(name)) = open.pop() {
                        written.push_str("</");
                        written.push_str(&name);
                        written.push('>');
                    }
                }
                Event::Text(start, end) => written.push_str(&span::escape_text(part(start, end))),
                Event::Verbatim(start, end) => written.push_str(part(start, end)),
                Event::Markdown(el) => {
                    let place = Span::new(from, el.span.start.max(from));
                    from = el.span.end.max(from);
                    out.push(Block::new(BlockKind::Raw(Raw::html(std::mem::take(&mut written)))).at(place));
                    self.block(el, out);
                }
            }
        }
        written.push('\n');
        let place = Span::new(from.min(span.end), span.end);
        out.push(Block::new(BlockKind::Raw(Raw::html(written))).at(place));
    }
}

/// A block with its attributes, whose span covers what it holds.
fn node(kind: BlockKind, span: Span, pairs: Vec<(String, String)>) -> Block {
    let span = match &kind {
        BlockKind::BlockQuote(quote) => covering(span, quote.blocks.iter().map(|block| block.span)),
        BlockKind::Element(element) => covering(span, element.children.iter().map(|block| block.span)),
        BlockKind::FootnoteDefinition(note) => covering(span, note.blocks.iter().map(|block| block.span)),
        BlockKind::List(list) => covering(span, list.items.iter().map(|item| item.span)),
        BlockKind::DefinitionList(items) => covering(span, items.iter().map(|item| item.span)),
        BlockKind::Paragraph(inlines) | BlockKind::Plain(inlines) => covering(span, inlines.iter().map(|i| i.span)),
        _ => span,
    };
    // An empty id is none; but it keeps a heading from getting one.
    let has_no_id = matches!(kind, BlockKind::Heading(_))
        && pairs.iter().any(|(name, value)| name == "id" && value.trim().is_empty());
    let mut block = Block::new(kind).at(span);
    block.attrs = attrs::finish(pairs);
    if has_no_id {
        block.attrs.get_or_insert_default().set("id", "");
    }
    block
}

fn covering(span: Span, parts: impl Iterator<Item = Span>) -> Span {
    parts.filter(|part| !part.is_empty()).fold(span, Span::cover)
}

/// The language that a class names; the class is taken out.
fn take_language(pairs: &mut Vec<(String, String)>) -> String {
    const WORD: &str = "language-";
    let Some(index) = pairs.iter().position(|(name, _)| name == "class") else { return String::new() };
    let classes = &mut pairs[index].1;
    let starts_word = |at: &usize| *at == 0 || !classes.as_bytes().get(at - 1).is_some_and(|b| is_word(*b));
    let named = |at: &usize| classes.as_bytes().get(at + WORD.len()).is_some_and(|b| !b.is_ascii_whitespace());
    let Some(at) = classes.match_indices(WORD).map(|(at, _)| at).find(|at| starts_word(at) && named(at)) else {
        return String::new();
    };
    let from = at + WORD.len();
    let rest = classes.get(from..).unwrap_or_default();
    let language = rest.split_ascii_whitespace().next().unwrap_or_default().to_owned();
    let left = format!("{}{}", classes.get(..at).unwrap_or_default(), rest.get(language.len()..).unwrap_or_default());
    let left = left.trim();
    if left.is_empty() {
        pairs.remove(index);
    } else {
        left.clone_into(classes);
    }
    language
}

/// What ids of terms start with, if they are to have any.
fn id_prefix(refs: &[String]) -> Option<String> {
    refs.iter().find_map(|name| {
        let rest = name.strip_prefix("auto_ids")?;
        Some(rest.strip_prefix('-').unwrap_or_default().to_owned())
    })
}

fn alignment_style(alignment: Alignment) -> Option<Attrs> {
    let word = match alignment {
        Alignment::None => return None,
        Alignment::Left => "left",
        Alignment::Center => "center",
        Alignment::Right => "right",
    };
    Some(Attrs::from_unique(vec![("style".to_owned(), format!("text-align: {word}"))]))
}

/// An image that stands alone, with its description below it; class and id are the figure's.
fn figure(mut image: Inline, span: Span, pairs: Vec<(String, String)>) -> Block {
    let mut pairs = pairs;
    if let Some(attrs) = &mut image.attrs {
        for name in ["class", "id"] {
            if !pairs.iter().any(|(n, _)| n == name)
                && let Some(value) = attrs.remove(name)
            {
                pairs.push((name.to_owned(), value));
            }
        }
    }
    let caption = match &image.kind {
        InlineKind::Image(Image { alt, .. }) => alt.clone(),
        _ => String::new(),
    };
    let place = image.span;
    let caption = vec![Inline::new(InlineKind::Text(caption)).at(place)];
    let caption = Block::new(BlockKind::Plain(caption)).at(place);
    let caption = Block::new(BlockKind::Element(Element::new("figcaption", vec![caption]))).at(place);
    let image = Block::new(BlockKind::Plain(vec![image])).at(place);
    node(BlockKind::Element(Element::new("figure", vec![image, caption])), span, pairs)
}

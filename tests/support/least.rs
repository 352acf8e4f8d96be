//! How many bytes of a post's Markdown must be HTML, however it is written: the tags that Markdown has no form for, blocks
//! of running text with attributes, tables that it cannot say.

use postferry::Body;
use postferry::ast::{Attrs, Block, BlockKind, DefinitionKind, Document, Inline, InlineKind};
use postferry::format::{Markup, WriteOptions};
use postferry::markup::Html;

/// The least for a document, in bytes.
pub(crate) fn least_raw(document: &Document) -> usize {
    document.blocks.iter().map(block).sum()
}

/// The block as HTML.
fn html(block: &Block) -> usize {
    let mut out = String::new();
    Html.print(&Body::new(Document::new(vec![block.clone()])), &WriteOptions::default(), &mut out, &mut ()).unwrap();
    out.trim().len()
}

fn start_tag(name: &str, attrs: Option<&Attrs>) -> usize {
    let attrs = attrs.into_iter().flat_map(Attrs::iter);
    2 + name.len()
        + attrs.map(|(name, value)| 1 + name.len() + if value.is_empty() { 0 } else { 3 + value.len() }).sum::<usize>()
}

fn tags(name: &str, attrs: Option<&Attrs>) -> usize {
    start_tag(name, attrs) + 3 + name.len()
}

/// The tags of a container, if it has attributes.
fn tags_if_any(name: &str, attrs: Option<&Attrs>) -> usize {
    attrs.map_or(0, |attrs| tags(name, Some(attrs)))
}

fn blocks(blocks: &[Block]) -> usize {
    blocks.iter().map(block).sum()
}

fn block(node: &Block) -> usize {
    let attrs = node.attrs.as_deref();
    match &node.kind {
        BlockKind::Paragraph(_) | BlockKind::Heading(_) | BlockKind::Table(_) | BlockKind::ThematicBreak
            if attrs.is_some() =>
        {
            html(node)
        }
        BlockKind::Paragraph(inlines) if inlines.is_empty() => "<p></p>".len(),
        BlockKind::Paragraph(content) | BlockKind::Plain(content) => inlines(content, true),
        BlockKind::Heading(heading) => inlines(&heading.content, false),
        BlockKind::BlockQuote(quote) => tags_if_any("blockquote", attrs) + blocks(&quote.blocks),
        BlockKind::List(list) => {
            let has_attrs = attrs.is_some() || list.items.iter().any(|item| item.attrs.is_some());
            let own = if has_attrs { tags("ul", attrs) } else { 0 };
            let items = list.items.iter().map(|item| {
                let own = if has_attrs { tags("li", item.attrs.as_deref()) } else { 0 };
                own + blocks(&item.kind.blocks)
            });
            own + items.sum::<usize>()
        }
        BlockKind::CodeBlock(_) => match attrs {
            Some(attrs)
                if attrs.iter().any(|(name, _)| !matches!(name, "class" | "data-lang" | "tabindex" | "translate")) =>
            {
                html(node)
            }
            _ => 0,
        },
        BlockKind::Table(table) => {
            let cells = std::iter::once(&table.head).chain(&table.rows).flat_map(|row| &row.kind);
            cells.map(|cell| inlines(&cell.kind, false)).sum()
        }
        BlockKind::DefinitionList(items) => {
            let items = items.iter().map(|item| match &item.kind {
                // Its text stands in the block that its tag begins.
                DefinitionKind::Term(content) => {
                    tags("dt", item.attrs.as_deref()) + html(&Block::new(BlockKind::Plain(content.clone())))
                }
                DefinitionKind::Definition(content) => tags("dd", item.attrs.as_deref()) + blocks(content),
                _ => 0,
            });
            tags("dl", attrs) + items.sum::<usize>()
        }
        BlockKind::Element(element) => match element.name.as_str() {
            "pre" if is_code(attrs, &element.children) => 0,
            "pre" | "table" | "ul" | "ol" | "summary" | "figcaption" | "caption" | "legend" | "dt" | "p" | "h1"
            | "h2" | "h3" => html(node),
            name => tags(name, attrs) + blocks(&element.children),
        },
        BlockKind::Raw(raw) => raw.text.trim().len(),
        _ => 0,
    }
}

/// Whether a reader sees plain code in a `<pre>`.
fn is_code(attrs: Option<&Attrs>, children: &[Block]) -> bool {
    fn only_text(inlines: &[Inline]) -> bool {
        inlines.iter().all(|inline| match &inline.kind {
            InlineKind::Text(_) | InlineKind::Code(_) | InlineKind::SoftBreak => true,
            InlineKind::Element(element) => {
                matches!(element.name.as_str(), "span" | "code") && only_text(&element.children)
            }
            _ => false,
        })
    }
    attrs.is_none_or(|attrs| {
        attrs.iter().all(|(name, _)| matches!(name, "class" | "data-lang" | "tabindex" | "translate"))
    }) && children.iter().all(|child| matches!(&child.kind, BlockKind::Plain(inlines) if only_text(inlines)))
}

/// Running text. A break is a tag at its end, and wherever no line can end.
fn inlines(content: &[Inline], has_lines: bool) -> usize {
    if !content.is_empty() && content.iter().all(is_nothing) && content.iter().any(|inline| !is_blank(inline)) {
        // Empty elements alone in their block stay, or a paragraph would come of them or go.
        return html(&Block::new(BlockKind::Plain(content.to_vec())));
    }
    run(content, has_lines, true)
}

fn is_blank(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Text(text) => text.trim_ascii().is_empty(),
        InlineKind::SoftBreak => true,
        _ => false,
    }
}

/// Whether readers see nothing of it.
fn is_nothing(inline: &Inline) -> bool {
    match &inline.kind {
        InlineKind::Emphasis(content) | InlineKind::Strong(content) | InlineKind::Strikethrough(content) => {
            inline.attrs.is_none() && content.iter().all(is_nothing)
        }
        InlineKind::Element(element) => {
            inline.attrs.is_none()
                && !matches!(element.name.as_str(), "img" | "input" | "wbr" | "br")
                && element.children.iter().all(is_nothing)
        }
        _ => is_blank(inline),
    }
}

fn run(content: &[Inline], has_lines: bool, is_end: bool) -> usize {
    let last = content.iter().rposition(|inline| !is_blank(inline));
    let inlines = content.iter().enumerate().map(|(index, inline)| {
        let own = one(inline, has_lines, is_end && last.is_none_or(|last| index >= last));
        let before = index.checked_sub(1).and_then(|at| content.get(at));
        own + flanked(inline, before, content.get(index + 1))
    });
    inlines.sum()
}

/// Tags that stand for emphasis whose delimiters would be none: a sign inside its edge, a letter outside.
fn flanked(inline: &Inline, before: Option<&Inline>, after: Option<&Inline>) -> usize {
    let (name, content) = match &inline.kind {
        InlineKind::Emphasis(content) => ("em", content),
        InlineKind::Strong(content) => ("strong", content),
        _ => return 0,
    };
    let edge = |inline: Option<&Inline>, first: bool| match inline.map(|inline| &inline.kind) {
        Some(InlineKind::Text(text)) => {
            if first {
                text.chars().next()
            } else {
                text.chars().next_back()
            }
        }
        Some(InlineKind::SoftBreak | InlineKind::HardBreak) | None => Some(' '),
        Some(_) => Some('*'),
    };
    let is_letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let is_sign = |c: Option<char>| c.is_some_and(|c| !c.is_alphanumeric() && (c == '\u{a0}' || !c.is_whitespace()));
    let opens_badly = is_letter(edge(before, false)) && is_sign(edge(content.first(), true));
    let closes_badly = is_letter(edge(after, true)) && is_sign(edge(content.last(), false));
    if inline.attrs.is_none() && (opens_badly || closes_badly) { tags(name, None) } else { 0 }
}

fn one(inline: &Inline, has_lines: bool, is_last: bool) -> usize {
    let attrs = inline.attrs.as_deref();
    let around = |name: &str, content: &[Inline]| tags_if_any(name, attrs) + run(content, has_lines, is_last);
    match &inline.kind {
        InlineKind::Emphasis(content) => around("em", content),
        InlineKind::Strong(content) => around("strong", content),
        InlineKind::Strikethrough(content) => around("del", content),
        InlineKind::Code(_) => tags_if_any("code", attrs),
        InlineKind::HardBreak if attrs.is_some() || !has_lines || is_last => start_tag("br", attrs),
        InlineKind::Link(link) => {
            let own = " href=\"\"".len() + link.url.len() + link.title.as_ref().map_or(0, |title| 9 + title.len());
            let needs_tags = attrs.is_some() || link.title.as_deref() == Some("");
            // A line cannot end at the end of a link's text either.
            (if needs_tags { tags("a", attrs) + own } else { 0 }) + run(&link.content, has_lines, true)
        }
        InlineKind::Image(image) => {
            let own = " src=\"\" alt=\"\"".len() + image.url.len() + image.alt.len();
            let own = own + image.title.as_ref().map_or(0, |title| 9 + title.len());
            let needs_tag = attrs.is_some() || image.title.as_deref() == Some("");
            if needs_tag { start_tag("img", attrs) + own } else { 0 }
        }
        InlineKind::Element(_) if is_nothing(inline) => 0,
        InlineKind::Element(element) => tags(&element.name, attrs) + run(&element.children, has_lines, is_last),
        InlineKind::Raw(raw) => raw.text.len(),
        _ => 0,
    }
}

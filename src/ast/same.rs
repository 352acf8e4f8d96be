//! Whether two documents say the same: both become one stream of pieces, notation left out, and the streams are equal.

use super::{BlockKind, DefinitionKind, Document, Inline, InlineKind, NodeRef, Step};

pub(super) fn same(a: &Document, b: &Document) -> bool {
    Pieces::new(a).eq(Pieces::new(b))
}

/// What is left of a step when notation is gone.
#[derive(Debug, PartialEq)]
enum Piece<'a> {
    /// A node begins: what it is, what it says beside its children, and its attributes sorted by name.
    Enter(&'static str, Vec<Detail<'a>>, Vec<(&'a str, &'a str)>),
    /// Neighbouring texts, joined; a soft break is a space.
    Text(String),
    Leave,
}

#[derive(Debug, PartialEq)]
enum Detail<'a> {
    Text(&'a str),
    Maybe(Option<&'a str>),
    Number(Option<u64>),
    Flag(bool),
    Columns(&'a [super::Alignment]),
}

struct Pieces<'a> {
    steps: std::iter::Peekable<super::Walk<'a>>,
}

impl<'a> Pieces<'a> {
    fn new(document: &'a Document) -> Self {
        Pieces { steps: document.walk().peekable() }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        let mut text = String::new();
        while let Some(part) = self.steps.peek().and_then(as_text) {
            text.push_str(part);
            self.steps.next(); // the leaf is entered
            self.steps.next(); // and left
        }
        if !text.is_empty() {
            return Some(Piece::Text(text));
        }
        Some(match self.steps.next()? {
            Step::Leave(_) => Piece::Leave,
            Step::Enter(node) => {
                let (name, details) = describe(node);
                let mut attrs: Vec<_> = node.attrs().into_iter().flat_map(|attrs| attrs.iter()).collect();
                attrs.sort_unstable();
                Piece::Enter(name, details, attrs)
            }
        })
    }
}

fn as_text<'a>(step: &Step<'a>) -> Option<&'a str> {
    match step {
        Step::Enter(NodeRef::Inline(Inline { kind: InlineKind::Text(text), .. })) => Some(text),
        Step::Enter(NodeRef::Inline(Inline { kind: InlineKind::SoftBreak, .. })) => Some(" "),
        _ => None,
    }
}

fn describe(node: NodeRef<'_>) -> (&'static str, Vec<Detail<'_>>) {
    match node {
        NodeRef::Block(block) => describe_block(&block.kind),
        NodeRef::Inline(inline) => describe_inline(&inline.kind),
        NodeRef::Item(_) => ("item", vec![]),
        NodeRef::Definition(item) => match item.kind {
            DefinitionKind::Term(_) => ("term", vec![]),
            DefinitionKind::Definition(_) => ("definition", vec![]),
        },
        NodeRef::Row(_) => ("row", vec![]),
        NodeRef::Cell(_) => ("cell", vec![]),
    }
}

fn describe_block(kind: &BlockKind) -> (&'static str, Vec<Detail<'_>>) {
    use Detail::{Columns, Maybe, Number, Text};
    match kind {
        BlockKind::Paragraph(_) => ("paragraph", vec![]),
        BlockKind::Plain(_) => ("plain", vec![]),
        BlockKind::Heading(heading) => ("heading", vec![Number(Some(heading.level.into()))]),
        BlockKind::BlockQuote(quote) => ("quote", vec![Maybe(quote.alert.map(super::AlertKind::as_str))]),
        BlockKind::List(list) => ("list", vec![Number(list.start)]),
        BlockKind::CodeBlock(code) => ("code-block", vec![Text(&code.info), Text(&code.text)]),
        BlockKind::Table(table) => ("table", vec![Columns(&table.alignments)]),
        BlockKind::ThematicBreak => ("rule", vec![]),
        BlockKind::DefinitionList(_) => ("definitions", vec![]),
        BlockKind::FootnoteDefinition(note) => ("footnote", vec![Text(&note.label)]),
        BlockKind::Element(element) => ("element", vec![Text(&element.name)]),
        BlockKind::Raw(raw) => ("raw", vec![Text(&raw.markup), Text(&raw.text)]),
        BlockKind::Template(tag) => ("tag", vec![Text(&tag.dialect), Text(&tag.text)]),
    }
}

fn describe_inline(kind: &InlineKind) -> (&'static str, Vec<Detail<'_>>) {
    use Detail::{Flag, Maybe, Text};
    match kind {
        // Both are joined before; neither comes here.
        InlineKind::Text(text) => ("text", vec![Text(text)]),
        InlineKind::SoftBreak => ("text", vec![Text(" ")]),
        InlineKind::HardBreak => ("break", vec![]),
        InlineKind::Code(text) => ("code", vec![Text(text)]),
        InlineKind::Emphasis(_) => ("em", vec![]),
        InlineKind::Strong(_) => ("strong", vec![]),
        InlineKind::Strikethrough(_) => ("del", vec![]),
        InlineKind::Link(link) => ("link", vec![Text(&link.url), Maybe(link.title.as_deref())]),
        InlineKind::Image(image) => ("image", vec![Text(&image.url), Text(&image.alt), Maybe(image.title.as_deref())]),
        InlineKind::FootnoteReference(label) => ("footnote-reference", vec![Text(label)]),
        InlineKind::Math(math) => ("math", vec![Flag(math.display), Text(&math.text)]),
        InlineKind::TaskMarker(checked) => ("task", vec![Flag(*checked)]),
        InlineKind::Element(element) => ("inline-element", vec![Text(&element.name)]),
        InlineKind::Raw(raw) => ("inline-raw", vec![Text(&raw.markup), Text(&raw.text)]),
        InlineKind::Template(tag) => ("inline-tag", vec![Text(&tag.dialect), Text(&tag.text)]),
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Attrs, Block, BlockKind, Document, Heading, HeadingStyle, Inline, InlineKind};

    fn paragraph(inlines: Vec<Inline>) -> Document {
        Document::new(vec![Block::new(BlockKind::Paragraph(inlines))])
    }

    fn text(text: &str) -> Inline {
        Inline::new(InlineKind::Text(text.to_owned()))
    }

    #[test]
    fn notation_is_no_meaning() {
        let heading = |style| {
            let mut heading = Heading::new(1, vec![text("a")]);
            heading.style = style;
            Document::new(vec![Block::new(BlockKind::Heading(heading))])
        };
        assert!(heading(HeadingStyle::Atx).same_meaning(&heading(HeadingStyle::Setext)));
        let broken = paragraph(vec![text("a"), Inline::new(InlineKind::SoftBreak), text("b")]);
        assert!(broken.same_meaning(&paragraph(vec![text("a b")])));
    }

    #[test]
    fn words_attributes_and_nesting_are() {
        let plain = paragraph(vec![text("ab")]);
        assert!(!plain.same_meaning(&paragraph(vec![text("a")])));
        assert!(!plain.same_meaning(&paragraph(vec![text("a"), Inline::new(InlineKind::Emphasis(vec![text("b")]))])));
        let mut marked = plain.clone();
        marked.blocks[0].attrs = Some(Box::new(Attrs::from_unique(vec![("class".into(), "x".into())])));
        assert!(!plain.same_meaning(&marked));
    }
}

//! The kinds of nodes and what each holds.

use super::{Node, Tag};

/// A block: a paragraph, a list, a table.
pub type Block = Node<BlockKind>;
/// A piece of running text: words, emphasis, a link.
pub type Inline = Node<InlineKind>;
/// An item of a [`List`].
pub type ListItem = Node<ListItemContent>;
/// A term or a definition in a definition list.
pub type DefinitionItem = Node<DefinitionKind>;
/// A row of a [`Table`]; contains cells.
pub type Row = Node<Vec<Cell>>;
/// A cell of a [`Table`]; contains **inlines**.
pub type Cell = Node<Vec<Inline>>;

/// What a block is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum BlockKind {
    /// A paragraph, `<p>`. Contains **inlines**.
    Paragraph(Vec<Inline>),
    /// Bare text between blocks or in an item of a tight list: no `<p>` around it. Contains **inlines**.
    Plain(Vec<Inline>),
    /// A heading. Contains **inlines**.
    Heading(Heading),
    /// A quotation or an alert. Contains **blocks**.
    BlockQuote(BlockQuote),
    /// A list. Contains **items**. It is tight where its items hold [`Plain`](BlockKind::Plain) text and loose where
    /// they hold paragraphs.
    List(List),
    /// Code, shown as it stands. A leaf.
    CodeBlock(CodeBlock),
    /// A table that Markdown can say. Contains **rows** of **cells**. Any other table is an element.
    Table(Table),
    /// A rule, `<hr>`. A leaf.
    ThematicBreak,
    /// A definition list, `<dl>`. Contains **terms and definitions**.
    DefinitionList(Vec<DefinitionItem>),
    /// The text of a footnote, where it was written. Contains **blocks**.
    FootnoteDefinition(FootnoteDefinition),
    /// An HTML element that no other kind says. Contains **blocks**.
    Element(Element),
    /// Bytes of a markup, passed through. A leaf.
    Raw(Raw),
    /// A template tag on its own. A leaf.
    Template(Tag),
}

/// What a piece of running text is.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum InlineKind {
    /// Text with white space collapsed, no line break in it. A leaf.
    Text(String),
    /// A line break of the source that means a space. A leaf.
    SoftBreak,
    /// A line break that shows, `<br>`. A leaf.
    HardBreak,
    /// Code, `<code>`. A leaf.
    Code(String),
    /// `<em>`. Contains **inlines**.
    Emphasis(Vec<Inline>),
    /// `<strong>`. Contains **inlines**.
    Strong(Vec<Inline>),
    /// `<del>`. Contains **inlines**.
    Strikethrough(Vec<Inline>),
    /// `<a href>`. Contains **inlines**.
    Link(Link),
    /// `<img>`. A leaf.
    Image(Image),
    /// A mark that refers to a footnote by its label. A leaf.
    FootnoteReference(String),
    /// A formula. A leaf.
    Math(Math),
    /// The box of a task list, checked or not. A leaf, first in its item.
    TaskMarker(bool),
    /// An HTML element that no other kind says. Contains **inlines**.
    Element(InlineElement),
    /// Bytes of a markup, passed through. A leaf.
    Raw(Raw),
    /// A template tag in running text. A leaf.
    Template(Tag),
}

/// A heading.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// The text.
    pub content: Vec<Inline>,
    /// Notation.
    pub style: HeadingStyle,
}

impl Heading {
    /// An ATX heading.
    pub fn new(level: u8, content: Vec<Inline>) -> Self {
        Heading { level: level.clamp(1, 6), content, style: HeadingStyle::default() }
    }
}

/// Notation of a heading.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum HeadingStyle {
    /// `## Heading`
    #[default]
    Atx,
    /// The text with a line of `=` or `-` below.
    Setext,
}

/// A quotation.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct BlockQuote {
    /// Set if it is an alert (`> [!NOTE]`).
    pub alert: Option<AlertKind>,
    /// What is quoted.
    pub blocks: Vec<Block>,
}

impl BlockQuote {
    /// A quotation that is no alert.
    pub fn new(blocks: Vec<Block>) -> Self {
        BlockQuote { alert: None, blocks }
    }

    /// The same as an alert.
    #[must_use]
    pub fn alert(mut self, alert: AlertKind) -> Self {
        self.alert = Some(alert);
        self
    }
}

/// The five alerts of GitHub.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the names are all there is to say
#[non_exhaustive]
pub enum AlertKind {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

impl AlertKind {
    /// `NOTE`, as it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            AlertKind::Note => "NOTE",
            AlertKind::Tip => "TIP",
            AlertKind::Important => "IMPORTANT",
            AlertKind::Warning => "WARNING",
            AlertKind::Caution => "CAUTION",
        }
    }
}

/// A list.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct List {
    /// The number of the first item; `None` for bullets.
    pub start: Option<u64>,
    /// The items.
    pub items: Vec<ListItem>,
    /// Notation.
    pub marker: Marker,
}

impl List {
    /// A list of bullets.
    pub fn bullets(items: Vec<ListItem>) -> Self {
        List { start: None, items, marker: Marker::Hyphen }
    }

    /// A numbered list.
    pub fn numbered(start: u64, items: Vec<ListItem>) -> Self {
        List { start: Some(start), items, marker: Marker::Period }
    }

    /// The same, in another notation.
    #[must_use]
    pub fn marker(mut self, marker: Marker) -> Self {
        self.marker = marker;
        self
    }

    /// Whether no item holds a paragraph of its own: the items stand on lines right below each other.
    pub fn is_tight(&self) -> bool {
        let is_paragraph = |block: &Block| matches!(block.kind, BlockKind::Paragraph(_));
        !self.items.iter().any(|item| item.kind.blocks.iter().any(is_paragraph))
    }
}

/// Notation of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Marker {
    /// `- a`
    Hyphen,
    /// `* a`
    Asterisk,
    /// `+ a`
    Plus,
    /// `1. a`
    Period,
    /// `1) a`
    Parenthesis,
}

/// What an item of a list holds. Contains **blocks**; the box of a task item is a
/// [`TaskMarker`](InlineKind::TaskMarker), first in its first block.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ListItemContent {
    /// The blocks.
    pub blocks: Vec<Block>,
}

impl From<Vec<Block>> for ListItemContent {
    fn from(blocks: Vec<Block>) -> Self {
        ListItemContent { blocks }
    }
}

/// Code, shown as it stands.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct CodeBlock {
    /// What stands behind the fence: the language and whatever follows it.
    pub info: String,
    /// The code; its last line ends with a newline unless it is empty or HTML said otherwise.
    pub text: String,
    /// Notation; `None` for an indented block.
    pub fence: Option<Fence>,
}

impl CodeBlock {
    /// Fenced code in a language, which may be empty.
    pub fn new(info: impl Into<String>, text: impl Into<String>) -> Self {
        CodeBlock { info: info.into(), text: text.into(), fence: Some(Fence::default()) }
    }

    /// The same, in another notation.
    #[must_use]
    pub fn fence(mut self, fence: Option<Fence>) -> Self {
        self.fence = fence;
        self
    }

    /// The first word of `info`.
    pub fn language(&self) -> Option<&str> {
        self.info.split_ascii_whitespace().next()
    }
}

/// Notation of fenced code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fence {
    /// `` ` `` or `~`.
    pub character: char,
    /// How many at least.
    pub length: usize,
}

impl Fence {
    /// A fence of `length` times `character`.
    pub const fn new(character: char, length: usize) -> Self {
        Fence { character, length }
    }
}

impl Default for Fence {
    fn default() -> Self {
        Fence::new('`', 3)
    }
}

/// A table that Markdown can say: one head row, rows as wide, inlines only.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Table {
    /// One for each column.
    pub alignments: Vec<Alignment>,
    /// The head row; as many cells as columns.
    pub head: Row,
    /// The rows below it; as many cells each as columns.
    pub rows: Vec<Row>,
}

impl Table {
    /// A table.
    pub fn new(alignments: Vec<Alignment>, head: Row, rows: Vec<Row>) -> Self {
        Table { alignments, head, rows }
    }
}

impl Default for Row {
    fn default() -> Self {
        Node::new(Vec::new())
    }
}

/// How a column's text stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums)] // GFM has these four
pub enum Alignment {
    /// Nothing said.
    #[default]
    None,
    /// `:--`
    Left,
    /// `:-:`
    Center,
    /// `--:`
    Right,
}

/// A term or a definition.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum DefinitionKind {
    /// `<dt>`. Contains **inlines**.
    Term(Vec<Inline>),
    /// `<dd>`. Contains **blocks**.
    Definition(Vec<Block>),
}

/// The text of a footnote.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FootnoteDefinition {
    /// What references call it.
    pub label: String,
    /// Its text.
    pub blocks: Vec<Block>,
}

impl FootnoteDefinition {
    /// A footnote.
    pub fn new(label: impl Into<String>, blocks: Vec<Block>) -> Self {
        FootnoteDefinition { label: label.into(), blocks }
    }
}

/// An HTML element among blocks. Its attributes are the node's.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Element {
    /// The tag name, as HTML serializes it.
    pub name: String,
    /// What it contains.
    pub children: Vec<Block>,
}

impl Element {
    /// An element.
    pub fn new(name: impl Into<String>, children: Vec<Block>) -> Self {
        Element { name: name.into(), children }
    }
}

/// An HTML element in running text. Its attributes are the node's.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct InlineElement {
    /// The tag name, as HTML serializes it.
    pub name: String,
    /// What it contains.
    pub children: Vec<Inline>,
}

impl InlineElement {
    /// An element.
    pub fn new(name: impl Into<String>, children: Vec<Inline>) -> Self {
        InlineElement { name: name.into(), children }
    }
}

/// A link. Attributes beyond `href` and `title` are the node's.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Link {
    /// Where it goes, as HTML would give it (`href`).
    pub url: String,
    /// Its title; `None` is not the same as empty.
    pub title: Option<String>,
    /// The text.
    pub content: Vec<Inline>,
    /// Notation.
    pub style: LinkStyle,
}

impl Link {
    /// A link without a title.
    pub fn new(url: impl Into<String>, content: Vec<Inline>) -> Self {
        Link { url: url.into(), title: None, content, style: LinkStyle::default() }
    }

    /// The same, with a title.
    #[must_use]
    pub fn title(mut self, title: Option<String>) -> Self {
        self.title = title;
        self
    }

    /// The same, in another notation.
    #[must_use]
    pub fn style(mut self, style: LinkStyle) -> Self {
        self.style = style;
        self
    }
}

/// Notation of a link.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum LinkStyle {
    /// `[text](url)`, or a reference that was resolved.
    #[default]
    Inline,
    /// `<url>`
    Autolink,
}

/// An image. Attributes beyond `src`, `alt` and `title` are the node's.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Image {
    /// Where it is, as HTML would give it (`src`).
    pub url: String,
    /// What it shows, as plain text.
    pub alt: String,
    /// Its title; `None` is not the same as empty.
    pub title: Option<String>,
}

impl Image {
    /// An image without a title.
    pub fn new(url: impl Into<String>, alt: impl Into<String>) -> Self {
        Image { url: url.into(), alt: alt.into(), title: None }
    }

    /// The same, with a title.
    #[must_use]
    pub fn title(mut self, title: Option<String>) -> Self {
        self.title = title;
        self
    }
}

/// A formula.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Math {
    /// Whether it stands on a line of its own.
    pub display: bool,
    /// Its source between the delimiters.
    pub text: String,
}

impl Math {
    /// A formula.
    pub fn new(display: bool, text: impl Into<String>) -> Self {
        Math { display, text: text.into() }
    }
}

/// Bytes of a markup, passed through.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Raw {
    /// The markup's name, as a rule `html`.
    pub markup: String,
    /// The bytes.
    pub text: String,
}

impl Raw {
    /// Raw HTML.
    pub fn html(text: impl Into<String>) -> Self {
        Raw { markup: "html".to_owned(), text: text.into() }
    }
}

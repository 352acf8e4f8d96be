//! The pivot: [`Post`], what every reader gives and every writer takes.

use std::borrow::Cow;
use std::sync::Arc;

use crate::ast::{Block, Document, PlacedTag};
use crate::diag::{Diagnostic, Span};
use crate::format::{Markup, Schema};
use crate::meta::{Meta, Value};

/// One post: front matter, body, and the path it came from.
///
/// Between a reader and a writer its front matter is canonical: keys and types as
/// [`CANONICAL_KEYS`](crate::meta::CANONICAL_KEYS) names them, every other key as the source had it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Post {
    /// The front matter.
    pub meta: Meta,
    /// The body.
    pub body: Body,
    /// The path it came from, with `/` between its parts.
    pub path: Option<String>,
    /// What is known of the text it was read from.
    pub origin: Origin,
}

impl Post {
    /// A post of this front matter and body, read from nowhere.
    pub fn new(meta: Meta, body: Document) -> Self {
        Post { meta, body: Body::new(body), path: None, origin: Origin::default() }
    }

    /// The last part of the path without what follows its last dot.
    pub fn file_stem(&self) -> Option<&str> {
        let name = self.path.as_deref()?.rsplit('/').next()?;
        match name.rsplit_once('.') {
            Some((stem, _)) if !stem.is_empty() => Some(stem),
            _ => Some(name),
        }
    }
}

/// What is known of the text that a post was read from, for those who write the same format again.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Origin {
    /// The format it was read as, in the grammar of [`FormatSpec`](crate::FormatSpec); empty if it was not read.
    pub format: String,
    /// The format that it was first read as, where what was read is a post on its way: so a JSON post says.
    pub original: Option<String>,
    /// How the source spelt what the canonical post spells otherwise.
    pub spelling: Vec<Spelling>,
    /// The front matter as written, before any dialect touched it.
    pub front: Option<Arc<FrontText>>,
    /// What the reader took for granted, for the writer that makes use of it to say.
    pub assumed: Vec<Assumed>,
}

impl Origin {
    /// The format that the post was first written in.
    pub fn original(&self) -> &str {
        self.original.as_deref().unwrap_or(&self.format)
    }
}

/// What a reader took for granted in making the value of a canonical key.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Assumed {
    /// The canonical key.
    pub key: Cow<'static, str>,
    /// What, as a sentence without its full stop.
    pub what: Cow<'static, str>,
}

impl Assumed {
    /// An assumption.
    pub fn new(key: impl Into<Cow<'static, str>>, what: impl Into<Cow<'static, str>>) -> Self {
        Assumed { key: key.into(), what: what.into() }
    }
}

/// Front matter as it was written.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct FrontText {
    /// The syntax's name.
    pub syntax: String,
    /// Everything of the file that stands before the body, and everything behind it.
    pub around: (String, String),
    /// What it says.
    pub meta: Meta,
    /// The part without its fences, in the text that it was read from.
    pub span: Span,
    /// How it was read.
    pub schema: Schema,
}

impl FrontText {
    /// Front matter in `syntax`, written as `around` the body.
    pub fn new(syntax: impl Into<String>, around: (String, String), meta: Meta) -> Self {
        FrontText { syntax: syntax.into(), around, meta, span: Span::default(), schema: Schema::default() }
    }

    /// The same, read by `schema`, its part without fences at `span`.
    #[must_use]
    pub fn read_as(mut self, schema: Schema, span: Span) -> Self {
        self.schema = schema;
        self.span = span;
        self
    }
}

/// How a source spelt one canonical key. The dialect that wrote it puts the spelling back as long as the canonical
/// value has not changed.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Spelling {
    /// The dialect whose spelling it is.
    pub dialect: Cow<'static, str>,
    /// The canonical key.
    pub key: Cow<'static, str>,
    /// The canonical value that was made of it.
    pub canonical: Value,
    /// The keys and values as written; empty if the value came from elsewhere, the path say.
    pub written: Vec<(String, Value)>,
}

impl Spelling {
    /// A spelling.
    pub fn new(
        dialect: impl Into<Cow<'static, str>>,
        key: impl Into<Cow<'static, str>>,
        canonical: Value,
        written: Vec<(String, Value)>,
    ) -> Self {
        Spelling { dialect: dialect.into(), key: key.into(), canonical, written }
    }
}

/// The body of a post: its tree, and the text it was read from as long as the tree still says what the text says.
///
/// Whoever writes the markup that the text is in copies it instead of printing the tree. The methods that change single
/// top-level blocks keep the rest of the text; [`document_mut`](Body::document_mut) gives it up.
#[derive(Clone, Debug, Default)]
pub struct Body {
    document: Arc<Document>,
    source: Option<Arc<SourceText>>,
    /// The part of the source text that the blocks with a span stand in.
    range: Span,
    tags: Arc<Vec<PlacedTag>>,
    /// What the reading decided, for whoever does not copy the text.
    decided: Arc<Vec<Diagnostic>>,
}

/// A text that was read, and what it is.
#[derive(Debug)]
#[non_exhaustive]
pub struct SourceText {
    /// The markup of its body.
    pub markup: String,
    /// The extensions that its body was read with.
    pub extensions: crate::format::Extensions,
    /// The whole text; spans in the tree count from its start.
    pub text: String,
    /// Where the text stands in the file, if the file spells it otherwise, as JSON does: pairs of an offset in the text
    /// and the offset in the file from which on both run alike. Empty if text and file are the same.
    pub places: Vec<(usize, usize)>,
    /// The dialect whose template language ran over its body; empty if none did.
    pub tag_dialect: String,
    /// What read its body, for whoever reads it again with its tags said in another language.
    pub(crate) parser: Option<Parser>,
}

/// The markup that read a text.
#[derive(Clone)]
pub(crate) struct Parser(pub(crate) Arc<dyn Markup>);

impl std::fmt::Debug for Parser {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0.name())
    }
}

impl SourceText {
    /// A text whose body is in `markup`, read with these extensions.
    pub fn new(markup: impl Into<String>, extensions: crate::format::Extensions, text: impl Into<String>) -> Self {
        SourceText {
            markup: markup.into(),
            extensions,
            text: text.into(),
            places: Vec::new(),
            tag_dialect: String::new(),
            parser: None,
        }
    }

    /// The same, standing in a file that spells it otherwise; see [`places`](SourceText::places).
    #[must_use]
    pub fn placed(mut self, places: Vec<(usize, usize)>) -> Self {
        self.places = places;
        self
    }

    /// The span of the file that stands for `span` of the text.
    pub fn in_file(&self, span: Span) -> Span {
        let place = |offset: usize| {
            let run = self.places.partition_point(|&(text, _)| text <= offset).checked_sub(1);
            run.map_or(offset, |run| self.places[run].1 + (offset - self.places[run].0))
        };
        Span::new(place(span.start), place(span.end))
    }
}

impl Body {
    /// A body that was not read from a text.
    pub fn new(document: Document) -> Self {
        Body { document: Arc::new(document), ..Body::default() }
    }

    /// A body read from the part `range` of a text.
    pub fn read_from(document: Document, source: SourceText, range: Span) -> Self {
        Body { document: Arc::new(document), source: Some(Arc::new(source)), range, ..Body::default() }
    }

    /// The same, with the template tags of its text, in order.
    #[must_use]
    pub fn with_tags(mut self, tags: Vec<PlacedTag>) -> Self {
        self.tags = Arc::new(tags);
        self
    }

    /// The same, with what the reading decided where the text says one thing and means another.
    pub(crate) fn with_decided(mut self, decided: Vec<Diagnostic>) -> Self {
        self.decided = Arc::new(decided);
        self
    }

    /// What the reading decided: it counts where the body is written in another markup.
    pub(crate) fn decided(&self) -> &[Diagnostic] {
        &self.decided
    }

    /// The template tags of the text that the tree was read from, in order; whatever has become of the tree since. In
    /// running text a tag is a node; elsewhere, in an address or in code, its text stands as it was.
    pub fn tags(&self) -> &[PlacedTag] {
        &self.tags
    }

    /// The tree.
    pub fn document(&self) -> &Document {
        &self.document
    }

    /// The tree, to change it at will. The text it was read from is forgotten: whoever writes prints the whole tree.
    pub fn document_mut(&mut self) -> &mut Document {
        self.source = None;
        Arc::make_mut(&mut self.document)
    }

    /// The text that the tree was read from and the part of it that the body stands in. Top-level blocks with an empty
    /// span do not stand in it; what of it no block covers is white space or notation.
    pub fn source(&self) -> Option<(&SourceText, Span)> {
        self.source.as_deref().map(|source| (source, self.range))
    }

    /// The text of the body if every block still stands in it.
    pub fn text(&self) -> Option<(&SourceText, &str)> {
        let (source, range) = self.source()?;
        let untouched = self.document.blocks.iter().all(|block| !block.span.is_empty());
        untouched.then(|| range.slice(&source.text).map(|text| (source, text)))?
    }

    /// Gives `edit` one top-level block after the other until it says that it has changed one. That block is printed anew;
    /// the text of the others stays. Gives whether one was changed.
    pub fn edit_first(&mut self, mut edit: impl FnMut(&mut Block) -> bool) -> bool {
        let mut is_done = false;
        self.edit_each(|block| {
            let is_changed = !is_done && edit(block);
            is_done |= is_changed;
            is_changed
        });
        is_done
    }

    /// Gives `edit` each top-level block. Those of which it says that it has changed them are printed anew; the text of the
    /// others stays.
    pub(crate) fn edit_each(&mut self, mut edit: impl FnMut(&mut Block) -> bool) {
        let mut changed = Vec::new();
        for (index, block) in Arc::make_mut(&mut self.document).blocks.iter_mut().enumerate() {
            if edit(block) {
                changed.push((index, std::mem::take(&mut block.span)));
            }
        }
        // Blocks in front of all others stand before the text: it begins behind those that stood in it.
        let in_front = self.document.blocks.iter().take_while(|block| block.span.is_empty()).count();
        changed.retain(|(index, span)| *index < in_front && !span.is_empty());
        let Some((last, _)) = changed.last() else { return };
        let mut is_covered = last + 1 == in_front;
        for (_, span) in &changed {
            let gap = Span::new(self.range.start, span.start);
            let text = self.source.as_deref().map_or("", |source| gap.slice(&source.text).unwrap_or_default());
            is_covered &= text.trim().is_empty();
            self.range.start = span.end;
        }
        // Other blocks may lean on notation that stood there.
        if !is_covered {
            self.source = None;
        }
    }

    /// Puts a block in front of all others; the text of the others stays.
    pub fn insert_first(&mut self, mut block: Block) {
        block.span = Span::default();
        Arc::make_mut(&mut self.document).blocks.insert(0, block);
    }

    /// Takes the first block out, and its text.
    pub fn remove_first(&mut self) -> Option<Block> {
        if self.document.blocks.is_empty() {
            return None;
        }
        let block = Arc::make_mut(&mut self.document).blocks.remove(0);
        if !block.span.is_empty() {
            self.range.start = block.span.end.clamp(self.range.start, self.range.end);
        }
        Some(block)
    }
}

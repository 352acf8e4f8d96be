//! The seam for template tags: a dialect's [`TagLanguage`], and converters of one's own.

use std::fmt;
use std::sync::Arc;

use crate::ast::{Document, Place, PlacedTag, Tag};
use crate::diag::{Sink, Span};
use crate::meta::{Map, Meta, Value};

/// What holds for template tags on writing.
#[derive(Clone, Default)]
#[non_exhaustive]
pub struct TagOptions {
    /// Converters of one's own, asked in this order before any tag is translated as usual.
    pub converters: Vec<Arc<dyn TagConverter>>,
    /// The site's scheme and host, `https://example.org`, if known: Jekyll's `site.url`.
    pub site_url: Option<String>,
    /// The path that the site lives under, `/blog`, if known: Jekyll's `site.baseurl`. Empty is the root.
    pub base_path: Option<String>,
    /// Values of the source site's configuration: what Jekyll has as `site.key`, and Hugo as parameters of the site.
    pub site: Map,
}

impl TagOptions {
    /// Takes over values of the source site's configuration; its `url` and `baseurl` are the site's address.
    pub fn site_values(&mut self, values: Map) {
        let text = |key: &str| values.get(key).and_then(Value::as_str).map(str::to_owned);
        self.site_url = text("url").or(self.site_url.take());
        self.base_path = text("baseurl").or(self.base_path.take());
        for entry in &values {
            self.site.insert(entry.key.clone(), entry.value.clone());
        }
    }
}

impl fmt::Debug for TagOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TagOptions")
            .field("converters", &self.converters.len())
            .field("site_url", &self.site_url)
            .field("base_path", &self.base_path)
            .finish()
    }
}

/// Says template tags of one's own in another dialect. A closure is one.
///
/// ```
/// use postferry::ast::Tag;
/// use postferry::format::{TagConverter, TagText};
///
/// let gallery = |tag: &Tag, target: &str| match (tag.name.as_str(), target) {
///     ("gallery", "hugo") => Some(TagText::Tag(format!("{{{{< gallery {} >}}}}", tag.positional(0)?))),
///     _ => None,
/// };
/// let mut tag = Tag::new("jekyll", "gallery", "{% gallery 7 %}");
/// tag.details_mut().arguments.push(postferry::ast::Argument::new("7"));
/// assert_eq!(gallery.convert(&tag, "hugo"), Some(TagText::Tag("{{< gallery 7 >}}".to_owned())));
/// ```
pub trait TagConverter: Send + Sync {
    /// What stands for `tag` in the dialect `target`; `None` if this converter does not know.
    fn convert(&self, tag: &Tag, target: &str) -> Option<TagText>;
}

impl<F: Fn(&Tag, &str) -> Option<TagText> + Send + Sync> TagConverter for F {
    fn convert(&self, tag: &Tag, target: &str) -> Option<TagText> {
        self(tag, target)
    }
}

/// What is written for a template tag.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TagText {
    /// A tag of the target: the markup sees nothing of what is in it.
    Tag(String),
    /// Two tags of the target around the code that the tag holds.
    Around(String, String),
    /// Text in the markup that the body was read from, as if it had always stood there.
    Markup(String),
    /// HTML, in a body of either markup.
    Html(String),
    /// The code that the tag holds, as the markup writes code: what stands behind a fence.
    Code(String),
    /// A comment of HTML, which no reader sees.
    Comment(String),
}

/// Where and for whom a tag is said in another language.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct TagContext<'a> {
    /// What it stands in.
    pub place: Place,
    /// Whether it is all there is of the address that it stands in.
    pub is_whole: bool,
    /// The markup of the text that it stands in.
    pub markup: &'a str,
    /// The markup that is written.
    pub written_markup: &'a str,
    /// The front matter as it is written.
    pub meta: &'a Meta,
    /// What holds for tags.
    pub options: &'a TagOptions,
}

impl<'a> TagContext<'a> {
    /// A tag in running text of `markup`, which stays in that markup.
    pub fn new(markup: &'a str, meta: &'a Meta, options: &'a TagOptions) -> Self {
        TagContext { place: Place::Text, is_whole: false, markup, written_markup: markup, meta, options }
    }
}

/// Text that a template language would take for a tag and that is none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Literal {
    /// Where it stands.
    pub span: Span,
    /// How it is written; `None` if the language has no way to say it, and its first byte must be spelt as an entity.
    pub written: Option<String>,
}

impl Literal {
    /// A stretch of text and how it is written.
    pub fn new(span: Span, written: Option<String>) -> Self {
        Literal { span, written }
    }
}

/// A template language: the tags that a generator looks for in a body, before any markup is read.
pub trait TagLanguage: Send + Sync {
    /// The name of the dialect whose language it is.
    fn name(&self) -> &str;

    /// Finds the tags in the part `span` of `text`, a body with the front matter `meta`, in order and apart from each
    /// other. Tags that never end stay text and go to `sink`. Spans count from the start of `text`.
    fn scan(&self, text: &str, span: Span, meta: &Meta, sink: &mut dyn Sink) -> Vec<PlacedTag>;

    /// Code blocks of the body that say more than the markup can, as tags. Their place is [`Place::Fence`].
    fn fences(&self, document: &Document) -> Vec<PlacedTag> {
        let _ = document;
        Vec::new()
    }

    /// Says in this language what a tag of another one means; `None` if it has no words for it.
    fn say(&self, tag: &PlacedTag, context: &TagContext<'_>) -> Option<TagText>;

    /// What of `text`, in which nothing is a tag, this language would take for one, in order. `before_tag` says that a
    /// tag follows right behind.
    fn literals(&self, text: &str, before_tag: bool) -> Vec<Literal>;
}

//! Template tags: [`Tag`], what it means, and where one stood in a text.

use std::borrow::Cow;
use std::sync::Arc;

use crate::diag::Span;

/// A template tag: Liquid or a shortcode.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Tag {
    /// The dialect whose tag it is.
    pub dialect: Cow<'static, str>,
    /// The tag's name; empty for a Liquid output such as `{{ page.title }}`.
    pub name: String,
    /// Its exact text, delimiters included; of a tag that holds code or a comment, all up to the end of its closing tag.
    pub text: String,
    /// What else is known of it. Copies of the tag share it: a body of very many tags holds each of them twice.
    pub details: Arc<TagDetails>,
}

/// What a reader found inside a [`Tag`].
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct TagDetails {
    /// Its arguments, in order.
    pub arguments: Vec<Argument>,
    /// Whether it is the closing tag of a pair, as `{{< /note >}}` or `{% endnote %}`.
    pub closes: bool,
    /// What it holds, between opening and closing tag, where that is code or a comment and no text of the post.
    pub body: Option<String>,
    /// What it means.
    pub meaning: Meaning,
}

/// One argument of a tag.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Argument {
    /// Its name, if it is given by name.
    pub name: Option<String>,
    /// Its value without quotes; the name of a variable if it is no literal.
    pub value: String,
    /// Whether the value is what it says, rather than the name of a variable.
    pub is_literal: bool,
}

impl Argument {
    /// A literal given by position.
    pub fn new(value: impl Into<String>) -> Self {
        Argument { name: None, value: value.into(), is_literal: true }
    }

    /// The same, given by name.
    #[must_use]
    pub fn named(mut self, name: impl Into<String>) -> Self {
        self.name = Some(name.into());
        self
    }
}

impl Tag {
    /// A tag of which no more is known.
    pub fn new(dialect: impl Into<Cow<'static, str>>, name: impl Into<String>, text: impl Into<String>) -> Self {
        Tag { dialect: dialect.into(), name: name.into(), text: text.into(), details: Arc::default() }
    }

    /// The same, with what is known of it.
    #[must_use]
    pub fn with_details(mut self, details: TagDetails) -> Self {
        self.details = Arc::new(details);
        self
    }

    /// What is known of it, to be changed.
    pub fn details_mut(&mut self) -> &mut TagDetails {
        Arc::make_mut(&mut self.details)
    }

    /// The literal argument called `name`.
    pub fn named(&self, name: &str) -> Option<&str> {
        let is = |argument: &&Argument| argument.is_literal && argument.name.as_deref() == Some(name);
        self.details.arguments.iter().find(is).map(|argument| argument.value.as_str())
    }

    /// The literal argument at `index` among those without a name.
    pub fn positional(&self, index: usize) -> Option<&str> {
        let mut unnamed = self.details.arguments.iter().filter(|argument| argument.name.is_none());
        unnamed.nth(index).filter(|argument| argument.is_literal).map(|argument| argument.value.as_str())
    }
}

/// What a tag means, whatever the template language: what it takes to say it in another.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Meaning {
    /// Only the site that the tag was written for knows.
    #[default]
    Unknown,
    /// A constant: this text, read by the markup as if it stood there.
    Text(String),
    /// Shows nothing: an end of a stretch in which nothing is a tag.
    RawMark,
    /// A note that no reader sees.
    Comment(String),
    /// Code, shown as it stands. The code is the tag's body.
    Highlight(Highlight),
    /// The address of another page of the site.
    PageLink(PageLink),
    /// An address on this site.
    Address(Address),
    /// A value of the post's front matter.
    Param {
        /// Its key; a dot leads into a map.
        key: String,
        /// What the template language shows for it, if it is a plain value.
        value: Option<String>,
    },
    /// A value of the site's configuration, by its key.
    SiteValue(String),
    /// A picture, perhaps with a caption.
    Figure(Box<Figure>),
    /// A piece of another site, shown in the page.
    Embed(Embed),
    /// The start of a part that readers can fold away.
    DetailsStart(Details),
    /// The end of one.
    DetailsEnd,
    /// The start of a figure whose content stands in the text.
    FigureStart {
        /// Its `class`.
        class: Option<String>,
    },
    /// The end of one.
    FigureEnd {
        /// The text below it.
        caption: Option<String>,
    },
}

/// Code with a language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Highlight {
    /// The language; may be empty.
    pub language: String,
    /// How lines are numbered, if they are.
    pub numbers: Option<Numbers>,
    /// The lines that are marked, from 1: first and last of each stretch.
    pub marked: Vec<(u32, u32)>,
    /// The number of the first line, if it is not 1.
    pub first: Option<u32>,
    /// Whether it stands in running text.
    pub is_inline: bool,
}

/// How the lines of code are numbered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Numbers {
    /// In the generator's usual way.
    Usual,
    /// In a column of their own.
    Table,
    /// In front of each line.
    Inline,
}

/// The address of another page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct PageLink {
    /// The page's file, as the source names it, without its extension.
    pub page: String,
    /// What follows the page, `#part`; may be empty.
    pub fragment: String,
    /// Whether the address has scheme and host.
    pub is_absolute: bool,
}

/// An address on the site itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Address {
    /// Whether it begins with the site's scheme and host.
    pub has_host: bool,
    /// Whether the path that the site lives under stands before the rest.
    pub has_base: bool,
    /// The rest, as it is written in the address.
    pub path: String,
}

/// A picture with what stands around it. Texts are as the source's generator takes them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Figure {
    /// Where the picture is.
    pub src: String,
    /// Whether it stands in a `figure` of its own, rather than in running text.
    pub is_block: bool,
    /// Other attributes of the picture, in order: `alt`, `title`, `width`, `height`, `loading`, `class`.
    pub image: Vec<(String, String)>,
    /// The figure's `class`.
    pub class: Option<String>,
    /// The link around the picture: `href`, `target`, `rel`.
    pub link: Vec<(String, String)>,
    /// A heading in the caption.
    pub title: Option<String>,
    /// The caption, in Markdown.
    pub caption: Option<String>,
    /// To whom the picture is owed, and where they are.
    pub credit: (Option<String>, Option<String>),
}

/// A piece of another site.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Embed {
    /// A gist: its id, with the user in front if known, and one of its files.
    Gist {
        /// `id` or `user/id`.
        id: String,
        /// The file, if not all are shown.
        file: Option<String>,
    },
    /// A video at YouTube.
    Youtube {
        /// The video.
        id: String,
        /// Hugo's settings for it, as they are written: `start`, `end`, `title`, `class`, `loading`, `autoplay`,
        /// `controls`, `loop`, `mute`, `allowFullScreen`.
        settings: Vec<(String, String)>,
    },
    /// A video at Vimeo.
    Vimeo {
        /// The video.
        id: String,
        /// Hugo's settings for it: `title`, `class`, `loading`, `allowFullScreen`.
        settings: Vec<(String, String)>,
    },
    /// A post at X, once Twitter.
    Tweet {
        /// Who wrote it.
        user: String,
        /// Its number.
        id: String,
    },
    /// A post at Instagram.
    Instagram {
        /// The post.
        id: String,
    },
}

/// A part that readers can fold away.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Details {
    /// What stands there when it is folded, in Markdown.
    pub summary: String,
    /// Attributes of the element: `class`, `name`, `open`, `title`.
    pub attributes: Vec<(String, String)>,
}

/// A tag where it stood in a text.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct PlacedTag {
    /// The tag.
    pub tag: Tag,
    /// Its span in the text.
    pub span: Span,
    /// The tags in its body, where that is code; their spans count from the start of the body.
    pub inner: Vec<PlacedTag>,
    /// Whether white space before it, and behind it, is not shown.
    pub trims: (bool, bool),
    /// What it stands in.
    pub place: Place,
    /// Whether it is all there is of the address that it stands in.
    pub is_whole: bool,
    /// Whether it stands in a cell of a table that the markup itself knows.
    pub is_in_cell: bool,
}

impl PlacedTag {
    /// A tag at `span`, of whose place nothing is known.
    pub fn new(tag: Tag, span: Span) -> Self {
        PlacedTag {
            tag,
            span,
            inner: Vec::new(),
            trims: (false, false),
            place: Place::default(),
            is_whole: false,
            is_in_cell: false,
        }
    }
}

/// What a tag stands in, as the markup sees it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// A paragraph of its own.
    Block,
    /// Running text.
    Text,
    /// The address of a link or picture.
    Url,
    /// Fenced code, or code in running text.
    Code,
    /// Code by indentation.
    IndentedCode,
    /// It is a fence of the markup itself, with settings that the generator understands.
    Fence,
    /// An attribute or raw HTML.
    #[default]
    Markup,
}

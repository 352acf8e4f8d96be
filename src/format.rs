//! The seam: the traits that formats are made of. To write a plugin, this file is all there is to read;
//! for one with template tags, `format/tags.rs` too.
//!
//! A format for posts with front matter is put together from three parts: a [`FrontMatter`] syntax, a [`Markup`] and a
//! [`Dialect`]. A format that is a whole file of its own implements [`Reader`] and [`Writer`] directly. Either way it is
//! given a name in a [`Registry`](crate::Registry).

mod tags;

use std::fmt;

use crate::ast::Document;
use crate::diag::{Sink, Span};
use crate::error::Error;
use crate::key_map::KeyMap;
pub use crate::limits::Limits;
use crate::meta::{Map, Meta};
pub use crate::options::{Extensions, Proof, ReadOptions, Role, Site, WriteOptions};
use crate::post::{Body, FrontText, Post};

pub use tags::{Literal, TagContext, TagConverter, TagLanguage, TagOptions, TagText};

/// What a reader is given.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Input<'a> {
    /// The whole text, a byte order mark included.
    pub text: &'a str,
    /// The path it came from, with `/` between its parts. Dialects go by it: a folder `_posts`, a date in the file's name.
    pub path: Option<&'a str>,
    /// The folder, first in `path`, that the target's path is told from: `_posts` where all that lies in `_posts` is
    /// converted into another folder. Empty for the whole path.
    pub base: &'a str,
    /// The path that the post is going to have among the target's files, where that is not left to the dialect.
    pub target: Option<&'a str>,
}

impl<'a> Input<'a> {
    /// A text from nowhere.
    pub fn new(text: &'a str) -> Self {
        Input { text, path: None, base: "", target: None }
    }

    /// The same, from `path`.
    #[must_use]
    pub fn path(mut self, path: Option<&'a str>) -> Self {
        self.path = path;
        self
    }

    /// The same, with the target's path told from the folder `base`.
    #[must_use]
    pub fn base(mut self, base: &'a str) -> Self {
        self.base = base;
        self
    }

    /// The same, for a post that is going to have the path `target`.
    #[must_use]
    pub fn target(mut self, target: Option<&'a str>) -> Self {
        self.target = target;
        self
    }
}

/// Turns a text into a post.
pub trait Reader: Send + Sync {
    /// Reads one post. What is odd but readable goes to `sink`.
    ///
    /// # Errors
    /// If the text is not of this format: broken front matter is an error, for a post without its metadata is worse than
    /// none. The error has a span in the text.
    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<Post, Error>;
}

/// Turns a post into a text.
pub trait Writer: Send + Sync {
    /// Writes one post to `out`. Each thing of the post that the format cannot say goes to `sink` as a loss.
    ///
    /// # Errors
    /// If nothing sensible can be written.
    fn write(
        &self,
        post: &Post,
        options: &WriteOptions,
        out: &mut dyn fmt::Write,
        sink: &mut dyn Sink,
    ) -> Result<(), Error>;

    /// The path that the post has in this format, relative to where posts are written; `None` if the post has no path.
    fn path(&self, post: &Post) -> Option<String>;
}

/// How a YAML scalar without quotes gets its type, and what counts as a fence: each generator has its own rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Schema {
    /// As Jekyll reads it: SafeYAML 1.0.5 on libyaml's syntax.
    Jekyll,
    /// As Hugo reads it: goccy/go-yaml 1.19, in use since Hugo 0.152.
    Hugo,
    /// The core schema of YAML 1.2 (section 10.3).
    #[default]
    Core,
}

/// Where the front matter of a text stands, and where its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Split {
    /// The front matter without its fences.
    pub front: Span,
    /// The body. What stands before and behind it belongs to the front matter.
    pub body: Span,
}

impl Split {
    /// Front matter and body.
    pub fn new(front: Span, body: Span) -> Self {
        Split { front, body }
    }
}

/// A syntax of front matter: YAML between `---`, TOML between `+++`.
pub trait FrontMatter: Send + Sync {
    /// The word for it in a format, `yaml`.
    fn name(&self) -> &str;

    /// The extensions of the format that it knows: `trace`, if it has comments at the ends of lines.
    fn extensions(&self) -> &[&str] {
        &[]
    }

    /// Whether the title stands in it. Where it does not, a dialect may show it as the first heading.
    fn holds_title(&self) -> bool {
        true
    }

    /// Finds the front matter in a whole text, behind a byte order mark if there is one. `None` if there is none of this
    /// syntax.
    ///
    /// # Errors
    /// If it is opened and never closed.
    fn split(&self, text: &str, schema: Schema) -> Result<Option<Split>, Error>;

    /// Reads the part `front` of `text`. Spans of entries and errors count from the start of `text`.
    ///
    /// # Errors
    /// If it is not well-formed, or is anything but a map.
    fn parse(&self, text: &str, front: Span, schema: Schema, sink: &mut dyn Sink) -> Result<Meta, Error>;

    /// Writes a whole text: front matter with its fences, and the body as it stands. Each entry that the syntax cannot
    /// say goes to `sink`.
    ///
    /// # Errors
    /// If nothing sensible can be written.
    fn print(&self, meta: &Meta, body: &str, out: &mut dyn fmt::Write, sink: &mut dyn Sink) -> Result<(), Error>;

    /// The front matter of `source`, which is in this syntax, changed so that it says `meta` to a reader of `schema`: what
    /// stands before the body and behind it, with the fences. Entries that say the same keep their bytes, and so do the
    /// comments, empty lines and spaces around them.
    ///
    /// `None` if it cannot be changed so: then it is [`print`](FrontMatter::print)ed anew. Unless a syntax does better, that
    /// is where anything has changed at all.
    fn edit(&self, source: &FrontText, meta: &Meta, schema: Schema, sink: &mut dyn Sink) -> Option<(String, String)> {
        let _ = (schema, sink);
        (source.meta == *meta).then(|| source.around.clone())
    }
}

/// How bodies are written: HTML, Markdown.
pub trait Markup: Send + Sync {
    /// The word for it in a format, `markdown`.
    fn name(&self) -> &str;

    /// The extensions of its files without the dot, the one to write first.
    fn file_extensions(&self) -> &[&str];

    /// The extensions of the format that it knows.
    fn extensions(&self) -> &[&str] {
        &[]
    }

    /// Whether a body in the markup named `other` may be handed to [`parse`](Markup::parse) and mostly means the same: so
    /// between the flavours of Markdown.
    fn is_akin(&self, other: &str) -> bool {
        other == self.name()
    }

    /// Reads the part `span` of `text`. Spans of nodes count from the start of `text`.
    ///
    /// # Errors
    /// If a limit is passed. No body is ill-formed.
    fn parse(&self, text: &str, span: Span, extensions: &Extensions, sink: &mut dyn Sink) -> Result<Document, Error>;

    /// The same within limits that the user has set. A markup that does not know them reads as ever.
    ///
    /// # Errors
    /// As [`parse`](Markup::parse).
    fn parse_within(
        &self,
        limits: &Limits,
        text: &str,
        span: Span,
        extensions: &Extensions,
        sink: &mut dyn Sink,
    ) -> Result<Document, Error> {
        let _ = limits;
        self.parse(text, span, extensions, sink)
    }

    /// Writes a body. Where the text that it was read from says the same in this markup, that text is copied.
    ///
    /// # Errors
    /// If nothing sensible can be written.
    fn print(
        &self,
        body: &Body,
        options: &WriteOptions,
        out: &mut dyn fmt::Write,
        sink: &mut dyn Sink,
    ) -> Result<(), Error>;
}

/// What a dialect is told of the format it works in.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Context<'a> {
    /// The name of the front matter syntax that was found, or is written.
    pub front: &'a str,
    /// Whether the title stands in that front matter.
    pub holds_title: bool,
    /// The name of the markup that was found, or is written.
    pub markup: &'a str,
    /// The extensions that are on.
    pub extensions: &'a Extensions,
    /// The extension of the file that is written, without the dot, where posts have a path.
    pub file_extension: &'a str,
    /// What is known of the site that the post comes from, or goes to.
    pub site: &'a Site,
    /// What the user wants done with single keys. It is done outside the dialect, which only leaves the names in it alone.
    pub key_map: Option<&'a KeyMap>,
    /// The path that the post is going to have, where that is not left to the dialect.
    pub path: Option<&'a str>,
}

static NO_SITE: Site = Site {
    timezone: None,
    permalink: None,
    excerpt_separator: None,
    kramdown: Map::new(),
    defaults: Map::new(),
    role: None,
};

impl<'a> Context<'a> {
    /// A context of these parts, the title in the front matter, nothing known of the site.
    pub fn new(front: &'a str, markup: &'a str, extensions: &'a Extensions) -> Self {
        Context {
            front,
            holds_title: true,
            markup,
            extensions,
            file_extension: "",
            site: &NO_SITE,
            key_map: None,
            path: None,
        }
    }

    /// The same, with whether the title stands in the front matter.
    #[must_use]
    pub fn holds_title(mut self, holds_title: bool) -> Self {
        self.holds_title = holds_title;
        self
    }

    /// The same, for files with this extension.
    #[must_use]
    pub fn file_extension(mut self, extension: &'a str) -> Self {
        self.file_extension = extension;
        self
    }

    /// The same, for a post that is going to have this path.
    #[must_use]
    pub fn path(mut self, path: Option<&'a str>) -> Self {
        self.path = path;
        self
    }

    /// The same, for a post of this site.
    #[must_use]
    pub fn site(mut self, site: &'a Site) -> Self {
        self.site = site;
        self
    }

    /// The same, with what the user wants done with single keys.
    #[must_use]
    pub fn key_map(mut self, map: Option<&'a KeyMap>) -> Self {
        self.key_map = map;
        self
    }

    /// Whether the user has asked for a key of this name.
    pub fn is_named(&self, key: &str) -> bool {
        self.key_map.is_some_and(|map| map.names(key))
    }
}

/// What one generator means: its keys, dates, addresses and template tags.
pub trait Dialect: Send + Sync {
    /// The name, `hugo`.
    fn name(&self) -> &str;

    /// The extensions of the format that it knows.
    fn extensions(&self) -> &[&str] {
        &[]
    }

    /// How it reads YAML.
    fn schema(&self) -> Schema {
        Schema::Core
    }

    /// The markup that its Markdown files are in.
    fn markdown(&self) -> &str {
        "markdown"
    }

    /// The extensions that are on unless switched off.
    fn default_extensions(&self) -> &[&str] {
        &[]
    }

    /// The names of the folders that its posts lie in, by its own rules: `_posts`.
    fn post_folders(&self) -> &[&str] {
        &[]
    }

    /// How likely it is that front matter with these keys, from this path, is of this dialect: 0 for no sign of it, more
    /// for each sign. The format is detected by it where none is named.
    fn signs(&self, meta: &Meta, path: Option<&str>) -> u32 {
        let _ = (meta, path);
        0
    }

    /// The template language that runs over the body of a post with this front matter, if one does.
    fn tags(&self, meta: &Meta) -> Option<&dyn TagLanguage> {
        let _ = meta;
        None
    }

    /// Makes a post as this dialect wrote it canonical.
    ///
    /// # Errors
    /// If the post makes no sense in this dialect.
    fn normalize(&self, post: &mut Post, context: &Context<'_>, sink: &mut dyn Sink) -> Result<(), Error>;

    /// Makes a canonical post one of this dialect.
    ///
    /// # Errors
    /// If the post cannot be said in this dialect.
    fn localize(&self, post: &mut Post, context: &Context<'_>, sink: &mut dyn Sink) -> Result<(), Error>;

    /// Whether [`review`](Dialect::review) must see what was written of this post, read back from `text`. Where not, it is
    /// given an empty document: reading takes about as long as writing did.
    fn reads_back(&self, post: &Post, text: &str, context: &Context<'_>) -> bool {
        let _ = (post, text, context);
        true
    }

    /// Looks at the body as it was written and read back, and says what else the generator needs to show it as meant:
    /// settings, as a rule. `post` is the localized post.
    fn review(&self, post: &Post, written: &Document, context: &Context<'_>, sink: &mut dyn Sink) {
        let _ = (post, written, context, sink);
    }

    /// The path of a canonical post among this dialect's files, with the extension `extension`; `None` if it has no path.
    fn path(&self, post: &Post, extension: &str) -> Option<String> {
        let path = post.path.as_deref()?;
        let (folder, _) = path.rsplit_once('/').unwrap_or(("", path));
        let slash = if folder.is_empty() { "" } else { "/" };
        Some(format!("{folder}{slash}{}.{extension}", post.file_stem()?))
    }
}

// Registries and converters are shared between threads; a plugin that is not would fail far away from its cause.
const _: fn() = || {
    fn shared<T: Send + Sync + ?Sized>() {}
    shared::<dyn Reader>();
    shared::<dyn Writer>();
    shared::<dyn FrontMatter>();
    shared::<dyn Markup>();
    shared::<dyn Dialect>();
    shared::<Post>();
    shared::<Error>();
};

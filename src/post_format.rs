//! [`PostFormat`]: front matter syntax, markup and dialect put together into a format.

mod body;

use std::fmt;
use std::sync::Arc;

use crate::ast::Document;
use crate::diag::{Sink, Span, codes};
use crate::error::Error;
use crate::format::{
    Context, Dialect, FrontMatter, Input, Limits, Markup, ReadOptions, Reader, Split, WriteOptions, Writer,
};
use crate::markup::kramdown;
use crate::meta::Meta;
use crate::post::{Body, FrontText, Post, SourceText};
use crate::trace::{self, Back, Tracing};

pub(crate) use body::{Target, TargetDialect, print_body, read_body, tag_dialect};

/// Whether the tree of a body is CommonMark's reading of what was written: all of it stayed, and both Markdowns agree on it.
fn is_as_commonmark_reads(body: &Body, written: &str, markup: &str) -> bool {
    let stays = |(source, text): (&SourceText, &str)| source.markup == kramdown::NAME && text == written;
    let readings = body.document().readings.as_deref();
    markup == "markdown"
        && body.tags().is_empty()
        && readings.is_some_and(|readings| readings.others.is_empty())
        && body.text().is_some_and(stays)
}

/// The choices on one axis of a format: the one that is written, and those that are looked for on reading.
pub(crate) struct Axis<T: ?Sized> {
    /// What is written.
    pub(crate) written: Arc<T>,
    /// What is looked for on reading, in this order. One alone if the format names it.
    pub(crate) read: Vec<Arc<T>>,
}

impl<T: ?Sized> Clone for Axis<T> {
    fn clone(&self) -> Self {
        Axis { written: self.written.clone(), read: self.read.clone() }
    }
}

/// A format for posts with front matter.
pub(crate) struct PostFormat {
    /// The preset's name and the words for its extensions, as in `hugo` and `+math`.
    pub(crate) name: (String, String),
    /// The words that stand for the preset's own syntax and markup: they are left out of the format's name.
    pub(crate) usual: (String, String),
    pub(crate) front: Axis<dyn FrontMatter>,
    pub(crate) markup: Axis<dyn Markup>,
    pub(crate) dialect: Arc<dyn Dialect>,
    /// Every front matter syntax that there is: a post may come from any.
    pub(crate) fronts: Vec<Arc<dyn FrontMatter>>,
}

impl PostFormat {
    /// The name of this format where the parts are these, each left out where it is the usual one.
    pub(crate) fn name_with(&self, front: Option<&str>, markup: &str) -> String {
        let (preset, extensions) = &self.name;
        let (usual_front, usual_markup) = &self.usual;
        let mut name = preset.clone();
        if let Some(front) = front.filter(|front| front != usual_front) {
            name.push('+');
            name.push_str(front);
        }
        if markup != usual_markup {
            name.push('+');
            name.push_str(if markup == self.dialect.markdown() { "markdown" } else { markup });
        }
        name.push_str(extensions);
        name
    }

    /// The name of this format in notes on how a source spelt its front matter: it says the syntax, not the markup.
    fn label(&self, front: &str) -> String {
        if front == self.usual.0 { self.name.0.clone() } else { format!("{}+{front}", self.name.0) }
    }

    /// Notes on the localized `post` how its source spelt its front matter, where the source is of another syntax.
    fn annotate(&self, post: &mut Post) {
        let Some(source) = post.origin.front.as_ref().map(|source| source.syntax.clone()) else { return };
        let format = post.origin.format.clone();
        let Some(front) = self.fronts.iter().find(|front| front.name() == source) else { return };
        let name = format.split(['+', '-']).next().unwrap_or_default();
        let is_named = format.split(['+', '-']).skip(1).any(|word| word == source);
        let label = if is_named { format!("{name}+{source}") } else { name.to_owned() };
        let tracing = Tracing {
            label: &label,
            source: front.as_ref(),
            target: self.front.written.as_ref(),
            schema: self.dialect.schema(),
        };
        // Where it cannot be done, the way back has the same values in the usual spelling.
        let _ = tracing.annotate(post);
    }

    #[allow(clippy::type_complexity)] // a part and where it stands
    pub(crate) fn find_front(&self, text: &str) -> Result<Option<(&Arc<dyn FrontMatter>, Split)>, Error> {
        for front in &self.front.read {
            if let Some(split) = front.split(text, self.dialect.schema())? {
                return Ok(Some((front, split)));
            }
        }
        Ok(None)
    }

    /// Changes a text without front matter so that none is found in it: a body may begin or end as if it were some.
    fn bare(&self, text: &mut String) {
        let is_bare = |text: &str| matches!(self.find_front(text), Ok(None));
        if is_bare(text) {
            return;
        }
        text.insert(0, '\n');
        if !is_bare(text) {
            text.remove(0);
            text.push_str("\n<!-- postferry\n-->\n");
        }
    }

    fn find_markup(&self, path: Option<&str>) -> &Arc<dyn Markup> {
        let extension = path.and_then(|path| path.rsplit('/').next()?.rsplit_once('.')).map(|(_, extension)| extension);
        let by_extension = extension.and_then(|extension| {
            let has = |known: &&str| known.eq_ignore_ascii_case(extension);
            self.markup.read.iter().find(|markup| markup.file_extensions().iter().any(has))
        });
        // A file of an unknown kind is read as the first that may be read, which is the one that is written.
        by_extension.or(self.markup.read.first()).unwrap_or(&self.markup.written)
    }
}

impl Reader for PostFormat {
    fn read(&self, input: Input<'_>, options: &ReadOptions, sink: &mut dyn Sink) -> Result<Post, Error> {
        let text = input.text;
        let found = self.find_front(text)?;
        if let Some((_, split)) = &found {
            options.limits.check_front(split.front)?;
        }
        let (meta, body_span) = match &found {
            Some((front, split)) => (front.parse(text, split.front, self.dialect.schema(), sink)?, split.body),
            None => (Meta::new(), Span::new(byte_order_mark(text), text.len())),
        };

        let markup = self.find_markup(input.path);
        let mut extensions = options.extensions.only(markup.extensions());
        if markup.name() == kramdown::NAME {
            kramdown::extensions_of(&options.site.kramdown).for_each(|name| extensions.switch_on(name));
        }
        let language = self.dialect.tags(&meta);
        let source = SourceText::new(markup.name(), extensions, text);
        let body = read_body(markup, source, body_span, language, &meta, &options.limits, sink)?;

        let front_name = found.as_ref().map(|(front, _)| front.name());
        let mut post = Post::new(meta, crate::ast::Document::default());
        post.body = body;
        post.path = input.path.map(str::to_owned);
        post.origin.format = self.name_with(front_name, markup.name());
        if let Some(front) = front_name {
            let around = (text[..body_span.start].to_owned(), text[body_span.end..].to_owned());
            let span = found.as_ref().map(|(_, split)| split.front).unwrap_or_default();
            let front = FrontText::new(front, around, post.meta.clone()).read_as(self.dialect.schema(), span);
            post.origin.front = Some(Arc::new(front));
        }

        let context = Context::new(front_name.unwrap_or("none"), markup.name(), &options.extensions)
            .holds_title(found.as_ref().is_some_and(|(front, _)| front.holds_title()))
            .site(&options.site)
            .key_map(options.key_map.as_deref());
        if let Some(map) = &options.key_map {
            map.apply_to_source(&mut post.meta, sink);
        }
        self.dialect.normalize(&mut post, &context, sink)?;
        Ok(post)
    }
}

impl Writer for PostFormat {
    fn write(
        &self,
        post: &Post,
        options: &WriteOptions,
        out: &mut dyn fmt::Write,
        sink: &mut dyn Sink,
    ) -> Result<(), Error> {
        let (front, markup) = (&self.front.written, &self.markup.written);
        let context = Context::new(front.name(), markup.name(), &options.extensions)
            .holds_title(front.holds_title())
            .file_extension(markup.file_extensions().first().copied().unwrap_or_default())
            .path(options.path.as_deref())
            .site(&options.site)
            .key_map(options.key_map.as_deref());
        let label = self.label(front.name());
        let back = Back { label: &label, front: front.as_ref(), dialect: self.dialect.as_ref(), context: &context };
        let (mut post, noted) = match back.prepare(post) {
            Some((post, noted)) => (post, Some(noted)),
            None => (post.clone(), None),
        };
        self.dialect.localize(&mut post, &context, sink)?;
        if let Some(map) = &options.key_map {
            map.apply_to_target(&mut post.meta, sink);
        }
        if options.extensions.has(trace::NAME) {
            self.annotate(&mut post);
        }

        let extensions = options.extensions.only(markup.extensions());
        let printing = WriteOptions { extensions: extensions.clone(), ..options.clone() };
        let language = self.dialect.tags(&post.meta);
        let dialect = TargetDialect { name: self.dialect.name(), language, meta: &post.meta };
        let target = Target { markup: markup.as_ref(), options: &printing, dialect: Some(dialect) };
        let body = print_body(&post.body, &target, sink)?;
        let review = |written: &Document, sink: &mut dyn Sink| self.dialect.review(&post, written, &context, sink);
        if !self.dialect.reads_back(&post, &body, &context) {
            review(&Document::default(), sink);
        } else if is_as_commonmark_reads(&post.body, &body, markup.name()) {
            review(post.body.document(), sink);
        } else {
            let source = SourceText::new(markup.name(), extensions, body.as_str());
            let (whole, limits) = (Span::new(0, body.len()), Limits::default());
            let written = read_body(markup, source, whole, language, &post.meta, &limits, &mut ())?;
            review(written.document(), sink);
        }

        let mut text = String::new();
        // In the same syntax the source's own text is changed, not written anew; so is what its notes come to.
        let noted = noted.and_then(|noted| back.front_text(&mut post, &noted));
        let source = post.origin.front.as_deref().filter(|source| source.syntax == front.name());
        let around = noted.or_else(|| front.edit(source?, &post.meta, self.dialect.schema(), sink));
        match around {
            Some(around) => write_around(&around, &post.body, &body, &mut text),
            None => front.print(&post.meta, &body, &mut text, sink)?,
        }
        if front.name() == "none" {
            self.bare(&mut text);
        }
        // A body may begin with a byte order mark of its own; the one in front is the file's.
        if byte_order_mark(&text) > 0 {
            text.insert(0, BYTE_ORDER_MARK);
        }
        let written = if uses_crlf(&post.body) { out.write_str(&with_crlf(&text)) } else { out.write_str(&text) };
        written.map_err(|error| Error::new(&codes::WRITE_FAILED, "the output could not be written").caused_by(error))
    }

    fn path(&self, post: &Post) -> Option<String> {
        let extension = self.markup.written.file_extensions().first()?;
        self.dialect.path(post, extension)
    }
}

/// Writes the body between what stands before it and what stands behind it.
fn write_around((before, behind): &(String, String), source: &Body, body: &str, out: &mut String) {
    let before = before.trim_start_matches(BYTE_ORDER_MARK);
    out.push_str(before);
    if source.text().is_some_and(|(_, text)| text == body) {
        out.push_str(body);
    } else {
        let body = body.trim_start_matches(['\n', '\r']);
        let has_gap = before.is_empty() || before.ends_with("\n\n") || before.ends_with("\n\r\n");
        if !has_gap && !body.is_empty() {
            out.push('\n');
        }
        out.push_str(body);
        if !behind.is_empty() && !behind.starts_with(['\n', '\r']) && !body.is_empty() {
            out.push('\n');
        }
    }
    out.push_str(behind);
}

const BYTE_ORDER_MARK: char = '\u{feff}';

fn byte_order_mark(text: &str) -> usize {
    if text.starts_with(BYTE_ORDER_MARK) { BYTE_ORDER_MARK.len_utf8() } else { 0 }
}

/// Whether the text that the body came from ends every line in CR LF.
fn uses_crlf(body: &Body) -> bool {
    let Some((source, _)) = body.source() else { return false };
    let bytes = source.text.as_bytes();
    let mut newlines = memchr::memchr_iter(b'\n', bytes).peekable();
    newlines.peek().is_some() && newlines.all(|at| at > 0 && bytes[at - 1] == b'\r')
}

fn with_crlf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\n', "\r\n")
}

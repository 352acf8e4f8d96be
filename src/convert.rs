//! The main job: [`Converter`].

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use crate::detect::detect;
use crate::diag::{Diagnostic, Report, Sink, Span, codes};
use crate::error::Error;
use crate::format::{
    FrontMatter, Input, Proof, ReadOptions, Reader, Schema, Site, Split, TagConverter, TagOptions, WriteOptions, Writer,
};
use crate::key_map::KeyMap;
use crate::limits::Limits;
use crate::map_file::MapFile;
use crate::meta::Meta;
use crate::post::Post;
use crate::registry::{Format, Registry};
use crate::spec::FormatSpec;

/// Converts posts from one format into another.
///
/// It holds no state of the posts: share one among threads.
///
/// ```
/// use std::sync::Arc;
/// use postferry::{Converter, Input, Registry};
///
/// let converter = Converter::new(Arc::new(Registry::builtin()), None, &"hugo".parse()?)?;
/// let post = "---\ntitle: Hello\ndate: Wed, 01 May 2019 12:09:07 +0200\n---\n<p>A <b>bold</b> start.</p>\n";
/// let conversion = converter.convert(Input::new(post).path(Some("2019-05-01-hello.html")))?;
/// assert!(conversion.text.contains("date = 2019-05-01T12:09:07+02:00"));
/// assert!(conversion.text.ends_with("A **bold** start.\n"));
/// assert!(conversion.report.is_lossless());
/// # Ok::<(), postferry::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Converter {
    registry: Arc<Registry>,
    from: Option<Format>,
    to: Format,
    from_site: Site,
    to_site: Site,
    key_map: Option<Arc<KeyMap>>,
    tags: TagOptions,
    proof: Proof,
    limits: Limits,
}

/// A post that was read.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ReadPost {
    /// The post, canonical.
    pub post: Post,
    /// The format it was read as.
    pub from: FormatSpec,
    /// What there is to know about the reading.
    pub report: Report,
}

/// The front matter of a post as it was written: no dialect has touched it.
#[derive(Clone)]
#[non_exhaustive]
pub struct FrontPart {
    /// What it is written in.
    pub syntax: Arc<dyn FrontMatter>,
    /// By which rules it is read.
    pub schema: Schema,
    /// Where it stands, and where the body.
    pub split: Split,
    /// What it says.
    pub meta: Meta,
    /// What there is to know about the reading.
    pub report: Report,
}

/// A post that was converted.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Conversion {
    /// The text in the target format.
    pub text: String,
    /// The path of the post among the target's files, told from [`Input::base`], if the source had one.
    pub path: Option<String>,
    /// The format it was read as.
    pub from: FormatSpec,
    /// What was lost, changed or is good to know. Spans count from the start of the text that was read.
    pub report: Report,
}

impl Converter {
    /// A converter from `from`, detected for each post if not named, into `to`.
    ///
    /// # Errors
    /// If `registry` has no such format, or none that is read or written.
    pub fn new(registry: Arc<Registry>, from: Option<&FormatSpec>, to: &FormatSpec) -> Result<Self, Error> {
        let from = from.map(|from| registry.resolve(from)).transpose()?;
        let to = registry.resolve(to)?;
        if let Some(from) = &from {
            reader(from)?;
        }
        writer(&to)?;
        Ok(Converter {
            registry,
            from,
            to,
            from_site: Site::new(),
            to_site: Site::new(),
            key_map: None,
            tags: TagOptions::default(),
            proof: Proof::On,
            limits: Limits::default(),
        })
    }

    /// The same, with the zone of times that name none: an IANA name or an offset such as `+02:00`.
    ///
    /// # Errors
    /// If there is no such zone.
    pub fn timezone(mut self, zone: Option<String>) -> Result<Self, Error> {
        if let Some(zone) = zone.as_deref().filter(|zone| !crate::date::is_zone(zone)) {
            return Err(Error::new(&codes::TIMEZONE_UNKNOWN, format!("there is no time zone `{zone}`"))
                .help("name one of the IANA database, such as Europe/Amsterdam, or an offset, such as +02:00"));
        }
        self.from_site.timezone.clone_from(&zone);
        self.to_site.timezone = zone;
        Ok(self)
    }

    /// The same, for posts of this site. Its time zone is [`timezone`](Converter::timezone)'s unless it has one itself.
    #[must_use]
    pub fn from_site(mut self, site: Site) -> Self {
        let timezone = site.timezone.or(self.from_site.timezone);
        self.from_site = Site { timezone, ..site };
        self
    }

    /// The same, for posts that go to this site. Its time zone is [`timezone`](Converter::timezone)'s unless it has one
    /// itself.
    #[must_use]
    pub fn to_site(mut self, site: Site) -> Self {
        let timezone = site.timezone.or(self.to_site.timezone);
        self.to_site = Site { timezone, ..site };
        self
    }

    /// The same, with what the user wants done with single keys.
    #[must_use]
    pub fn key_map(mut self, map: Option<KeyMap>) -> Self {
        self.key_map = map.map(Arc::new);
        self
    }

    /// The same, with what the user wants done with single keys and template tags. Its table of tags is asked behind the
    /// converters that there are already.
    #[must_use]
    pub fn map_file(mut self, map: Option<MapFile>) -> Self {
        if let Some(MapFile { keys, tags, site }) = map {
            self.key_map = Some(Arc::new(keys));
            self.tags.converters.push(Arc::new(tags));
            self.tags.site_values(site);
        }
        self
    }

    /// The same, with what holds for template tags: converters of one's own, the site's address.
    #[must_use]
    pub fn tags(mut self, tags: TagOptions) -> Self {
        self.tags = tags;
        self
    }

    /// The same, with a converter of tags that is asked before all others.
    #[must_use]
    pub(crate) fn first_tags(mut self, converter: Arc<dyn TagConverter>) -> Self {
        self.tags.converters.insert(0, converter);
        self
    }

    /// The same, with or without the proof that what is written reads back as it was meant.
    #[must_use]
    pub fn proof(mut self, proof: Proof) -> Self {
        self.proof = proof;
        self
    }

    /// The same, with other limits to what a post may ask for.
    #[must_use]
    pub fn limits(mut self, limits: Limits) -> Self {
        self.limits = limits;
        self
    }

    /// The same, with an extension of the target's switched on.
    pub(crate) fn with_target_extension(mut self, name: &str) -> Self {
        self.to.extensions.switch_on(name);
        self
    }

    /// Reads one post.
    ///
    /// # Errors
    /// If it is not of the format; the error names path, line and column as far as there are.
    pub fn read(&self, input: Input<'_>) -> Result<ReadPost, Error> {
        self.read_unplaced(input).map_err(|error| error.in_path(input.path).locate(input.text))
    }

    /// Reads the front matter of one post, its body left out.
    ///
    /// # Errors
    /// As [`read`](Converter::read).
    pub fn read_head(&self, input: Input<'_>) -> Result<ReadPost, Error> {
        let head = || -> Result<ReadPost, Error> {
            let format = self.format(input)?;
            let Some(parts) = format.parts.as_ref() else { return self.read_unplaced(input) };
            let end = parts.find_front(input.text)?.map_or(0, |(_, split)| split.body.start);
            self.read_unplaced(Input { text: input.text.get(..end).unwrap_or_default(), ..input })
        };
        head().map_err(|error| error.in_path(input.path).locate(input.text))
    }

    /// Reads the front matter of one post, as it was written; `None` if it has none.
    ///
    /// # Errors
    /// If it is broken, or the format has no front matter beside a body, as `json` has none.
    pub fn read_front(&self, input: Input<'_>) -> Result<Option<FrontPart>, Error> {
        self.front_unplaced(input).map_err(|error| error.in_path(input.path).locate(input.text))
    }

    /// Converts one post. In the same format nothing changes: the text is the input's, byte for byte.
    ///
    /// # Errors
    /// If it is not of the format it is read as, or cannot be said in the target; the error names path, line and column as
    /// far as there are.
    pub fn convert(&self, input: Input<'_>) -> Result<Conversion, Error> {
        self.convert_settled(input, |_, _| ())
    }

    /// The same, for a post of which its site knows more than it says: `settle` puts that into it, canonical as it is.
    pub(crate) fn convert_settled(
        &self,
        input: Input<'_>,
        settle: impl FnOnce(&mut Post, &mut Report),
    ) -> Result<Conversion, Error> {
        self.convert_unplaced(input, settle).map_err(|error| error.in_path(input.path).locate(input.text))
    }

    fn format(&self, input: Input<'_>) -> Result<Cow<'_, Format>, Error> {
        match &self.from {
            Some(format) => Ok(Cow::Borrowed(format)),
            None => self.registry.resolve(&detect(&self.registry, input)).map(Cow::Owned),
        }
    }

    fn front_unplaced(&self, input: Input<'_>) -> Result<Option<FrontPart>, Error> {
        let format = self.format(input)?;
        let parts = format.parts.as_ref().ok_or_else(|| {
            Error::new(&codes::FRONT_NONE, format!("a post in the format `{}` has no front matter apart", format.name))
        })?;
        self.limits.check_text(input.text.len())?;
        let Some((syntax, split)) = parts.find_front(input.text)? else { return Ok(None) };
        self.limits.check_front(split.front)?;
        let schema = parts.dialect.schema();
        let mut report = Report::new();
        let meta = syntax.parse(input.text, split.front, schema, &mut report)?;
        Ok(Some(FrontPart { syntax: syntax.clone(), schema, split, meta, report }))
    }

    fn read_unplaced(&self, input: Input<'_>) -> Result<ReadPost, Error> {
        self.limits.check_text(input.text.len())?;
        let format = &*self.format(input)?;
        let mut report = Report::new();
        let mut options = ReadOptions {
            extensions: format.extensions.clone(),
            site: self.from_site.clone(),
            key_map: self.key_map.clone(),
            limits: self.limits,
        };
        // These are matters of reading, whichever side they are asked for.
        for word in ["clean", "as_shown"] {
            if self.to.extensions.has(word) {
                options.extensions.switch_on(word);
            }
        }
        let mut post = reader(format)?.read(input, &options, &mut report)?;
        if post.origin.format.is_empty() {
            post.origin.format.clone_from(&format.name);
        }
        let from = post.origin.format.parse()?;
        Ok(ReadPost { post, from, report })
    }

    fn convert_unplaced(
        &self,
        input: Input<'_>,
        settle: impl FnOnce(&mut Post, &mut Report),
    ) -> Result<Conversion, Error> {
        let ReadPost { mut post, from, mut report } = self.read_unplaced(input)?;
        settle(&mut post, &mut report);
        let writer = writer(&self.to)?;
        let path = match input.target {
            Some(target) => Some(target.to_owned()),
            None => target_path(writer.as_ref(), &mut post, input.base),
        };
        let mut text = String::new();
        if post.origin.format == self.to.name && self.key_map.is_none() && !self.to.extensions.has("clean") {
            text.push_str(input.text);
            return Ok(Conversion { text, path, from, report });
        }
        let options = WriteOptions::new(self.to.extensions.clone())
            .proof(self.proof)
            .tags(self.tags.clone())
            .site(self.to_site.clone())
            .path(input.target.map(str::to_owned))
            .key_map(self.key_map.clone());
        writer.write(&post, &options, &mut text, &mut report)?;
        if input.text.starts_with('\u{feff}') {
            let message = "the byte order mark at the start was left out";
            report.report(Diagnostic::new(&codes::BOM_DROPPED, message).at(Span::new(0, 3)));
        }
        Ok(Conversion { text, path, from, report })
    }
}

impl fmt::Debug for FrontPart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FrontPart")
            .field("syntax", &self.syntax.name())
            .field("meta", &self.meta)
            .finish_non_exhaustive()
    }
}

/// Reads bytes as UTF-8.
///
/// # Errors
/// If they are not; the error names the offset of the first byte that is not, and its line and column.
pub fn decode<'a>(bytes: &'a [u8], path: Option<&str>) -> Result<&'a str, Error> {
    std::str::from_utf8(bytes).map_err(|error| {
        let offset = error.valid_up_to();
        let valid = std::str::from_utf8(&bytes[..offset]).unwrap_or_default();
        Error::new(&codes::NOT_UTF8, format!("byte {offset} is not UTF-8 (0x{:02X})", bytes[offset]))
            .at(Span::new(offset, offset))
            .help(match bytes {
                [0xff, 0xfe, ..] => "the file looks like UTF-16: try --encoding utf-16le",
                [0xfe, 0xff, ..] => "the file looks like UTF-16: try --encoding utf-16be",
                _ => "name the file's encoding, for example --encoding windows-1252",
            })
            .caused_by(error)
            .in_path(path)
            .locate(valid)
    })
}

/// The path in the target, told from the folder `base`.
fn target_path(writer: &dyn Writer, post: &mut Post, base: &str) -> Option<String> {
    let whole = post.path.clone();
    let below = whole.as_deref().and_then(|path| path.strip_prefix(base)?.strip_prefix('/'));
    if let Some(path) = below.filter(|_| !base.is_empty()) {
        post.path = Some(path.to_owned());
    }
    let target = writer.path(post);
    post.path = whole;
    target
}

fn reader(format: &Format) -> Result<&Arc<dyn Reader>, Error> {
    let message = || format!("the format `{}` can be written, not read", format.name);
    format.reader.as_ref().ok_or_else(|| Error::new(&codes::FORMAT_DIRECTION, message()))
}

fn writer(format: &Format) -> Result<&Arc<dyn Writer>, Error> {
    let message = || format!("the format `{}` can be read, not written", format.name);
    format.writer.as_ref().ok_or_else(|| Error::new(&codes::FORMAT_DIRECTION, message()))
}

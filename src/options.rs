//! What holds for reading and writing one post, beside the format.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::format::TagOptions;
use crate::key_map::KeyMap;
use crate::limits::Limits;
use crate::meta::Map;

/// Names of extensions that are switched on, such as `math`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Extensions {
    names: BTreeSet<String>,
}

impl Extensions {
    /// None.
    pub fn new() -> Self {
        Extensions::default()
    }

    /// Whether `name` is on.
    pub fn has(&self, name: &str) -> bool {
        self.names.contains(name)
    }

    /// Switches `name` on.
    pub fn switch_on(&mut self, name: impl Into<String>) {
        self.names.insert(name.into());
    }

    /// Switches `name` off.
    pub fn switch_off(&mut self, name: &str) {
        self.names.remove(name);
    }

    /// The names, sorted.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(String::as_str)
    }

    /// The names that are among `known`: what a part of a format takes notice of.
    #[must_use]
    pub fn only(&self, known: &[&str]) -> Extensions {
        self.iter().filter(|name| known.contains(name)).collect()
    }
}

impl<S: Into<String>> FromIterator<S> for Extensions {
    fn from_iter<I: IntoIterator<Item = S>>(iter: I) -> Self {
        Extensions { names: iter.into_iter().map(Into::into).collect() }
    }
}

/// What a site's configuration says, as far as it changes what a post of it means. Nothing here is needed to convert a
/// post; what is not set is taken to be as the generator has it by default.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Site {
    /// The zone of times that name none: an IANA name or an offset such as `+02:00`. UTC if not set.
    pub timezone: Option<String>,
    /// The addresses of posts: in Jekyll a style such as `pretty` or a template such as `/:year/:title/`, in Hugo a
    /// template.
    pub permalink: Option<String>,
    /// What Jekyll's excerpts end at, where a post does not say it itself.
    pub excerpt_separator: Option<String>,
    /// How Jekyll's kramdown is set, by the names of its options: `input`, `hard_wrap`.
    pub kramdown: Map,
    /// Values of keys that a post does not have itself, such as Jekyll's `defaults` come to for the post's path.
    pub defaults: Map,
    /// What the file is in its site; told by its path if not set.
    pub role: Option<Role>,
}

/// What a file with front matter is in its site.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Role {
    /// A post or a draft.
    Post,
    /// A page of its own, whatever its name. The site's permalink is its template.
    Page,
    /// A document of this collection. The site's permalink is its template.
    Document(String),
}

impl Site {
    /// A site that leaves everything to its generator's defaults.
    pub fn new() -> Self {
        Site::default()
    }

    /// The same, with a time zone.
    #[must_use]
    pub fn timezone(mut self, timezone: Option<String>) -> Self {
        self.timezone = timezone;
        self
    }

    /// The same, with a permalink style or template.
    #[must_use]
    pub fn permalink(mut self, permalink: Option<String>) -> Self {
        self.permalink = permalink;
        self
    }

    /// The same, with an excerpt separator.
    #[must_use]
    pub fn excerpt_separator(mut self, separator: Option<String>) -> Self {
        self.excerpt_separator = separator;
        self
    }

    /// The same, with what kramdown is set to.
    #[must_use]
    pub fn kramdown(mut self, options: Map) -> Self {
        self.kramdown = options;
        self
    }

    /// The same, with values for keys that posts do not have.
    #[must_use]
    pub fn defaults(mut self, defaults: Map) -> Self {
        self.defaults = defaults;
        self
    }

    /// The same, for files that are this in it.
    #[must_use]
    pub fn role(mut self, role: Option<Role>) -> Self {
        self.role = role;
        self
    }
}

/// What holds for reading one post, beside the format.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct ReadOptions {
    /// The extensions that are on.
    pub extensions: Extensions,
    /// The site that the post comes from.
    pub site: Site,
    /// What the user wants done with single keys.
    pub key_map: Option<Arc<KeyMap>>,
    /// How much a post may ask for.
    pub limits: Limits,
}

/// What holds for writing one post, beside the format.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct WriteOptions {
    /// The extensions that are on.
    pub extensions: Extensions,
    /// The site that the post goes to.
    pub site: Site,
    /// What the user wants done with single keys.
    pub key_map: Option<Arc<KeyMap>>,
    /// What holds for template tags.
    pub tags: TagOptions,
    /// Whether what is written is read back and compared.
    pub proof: Proof,
    /// The path that the post is going to have among the target's files, where that is not left to the dialect.
    pub path: Option<String>,
}

impl WriteOptions {
    /// With these extensions, and with the proof.
    pub fn new(extensions: Extensions) -> Self {
        WriteOptions { extensions, ..WriteOptions::default() }
    }

    /// The same, with or without the proof.
    #[must_use]
    pub fn proof(mut self, proof: Proof) -> Self {
        self.proof = proof;
        self
    }

    /// The same, with what holds for template tags.
    #[must_use]
    pub fn tags(mut self, tags: TagOptions) -> Self {
        self.tags = tags;
        self
    }

    /// The same, for a post that goes to this site.
    #[must_use]
    pub fn site(mut self, site: Site) -> Self {
        self.site = site;
        self
    }

    /// The same, for a post that is going to have this path.
    #[must_use]
    pub fn path(mut self, path: Option<String>) -> Self {
        self.path = path;
        self
    }

    /// The same, with what the user wants done with single keys.
    #[must_use]
    pub fn key_map(mut self, map: Option<Arc<KeyMap>>) -> Self {
        self.key_map = map;
        self
    }
}

/// Whether what is written is read back and compared with what was meant. Where it differs it is written again as raw
/// HTML, and what differs even so is reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[allow(clippy::exhaustive_enums)] // on or off
pub enum Proof {
    /// It is.
    #[default]
    On,
    /// It is not: what is written is taken on trust, and faster.
    Off,
}

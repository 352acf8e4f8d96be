//! What becomes of every file of a site, and where every old address lands: [`Plan`].

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::folders::Left;
use super::from_hugo::HugoSite;
use super::groups::{Bases, Groups, Markup};
use super::head::{Head, head};
use super::jekyll::{
    Config, Includes, Kind, Output, SourceFile, Tree, of_other_page, of_static, output, read_config, shortcode_name,
    walk,
};
use super::links::{Links, SiteValues};
use super::route::{self, Route};
use super::workers::Workers;
use crate::diag::codes;
use crate::error::Error;
use crate::format::{Proof, TagOptions};
use crate::map_file::MapFile;

/// What becomes of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Fate {
    /// A post or a draft, converted.
    Post,
    /// A page, converted.
    Page,
    /// A document of a collection, converted.
    Document,
    /// Copied to its old address.
    Static,
    /// Written to its old address without its front matter: a page that is no HTML and has nothing to work out.
    Text,
    /// Copied as data.
    Data,
    /// Put in the places that ask for it, or made a shortcode.
    Include,
    /// Listed: a layout is made anew.
    Layout,
    /// What the old site worked out and no content is: a feed, a style sheet in Sass.
    NotContent,
    /// Could not be read or has no place; the report says why.
    Failed,
}

impl Fate {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Fate::Post => "post",
            Fate::Page => "page",
            Fate::Document => "document",
            Fate::Static => "static",
            Fate::Text => "text",
            Fate::Data => "data",
            Fate::Include => "include",
            Fate::Layout => "layout",
            Fate::NotContent => "not-content",
            Fate::Failed => "failed",
        }
    }

    /// Whether it is converted.
    pub const fn is_content(self) -> bool {
        matches!(self, Fate::Post | Fate::Page | Fate::Document)
    }
}

/// A file with its fate.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Item {
    /// The path in the source.
    pub path: Box<str>,
    /// What becomes of it.
    pub fate: Fate,
    /// Its old address: the file that was written.
    pub address: Option<Box<str>>,
    /// The path in the target, if it is written there.
    pub target: Option<Box<str>>,
    /// Whether it was not published: then its address is none of the old site's.
    pub is_draft: bool,
    /// The same, for its day is still to come.
    pub is_future: bool,
    pub(super) group: usize,
}

/// Something to tell of a file, before any is converted.
#[derive(Debug)]
#[non_exhaustive]
pub struct Problem {
    /// The file.
    pub path: Box<str>,
    /// What is wrong.
    pub error: Error,
}

/// How to go about it.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Wishes {
    /// The zone of times that name none.
    pub timezone: Option<String>,
    /// What the user wants done with single keys and tags.
    pub map: Option<MapFile>,
    /// Whether what is written is read back.
    pub proof: Proof,
    /// Extensions of the target's format, such as `hugo_0_111`.
    pub extensions: Vec<String>,
    /// The time, in seconds since 1970: what was to be published later was no part of the old site.
    pub now: Option<i64>,
}

/// A whole site, and what becomes of it.
#[derive(Debug)]
#[non_exhaustive]
pub struct Plan {
    /// The folder of the old site.
    pub root: PathBuf,
    /// The configuration on the side of Jekyll: as it was read, or as it is going to be written.
    pub config: Config,
    /// The zone of times that name none.
    pub timezone: Option<String>,
    /// The files, sorted by path.
    pub items: Vec<Item>,
    /// Addresses that lead to another: the address, and the file whose page it leads to.
    pub aliases: BTreeMap<Box<str>, usize>,
    /// The layouts that files ask for.
    pub layouts: BTreeSet<Box<str>>,
    /// What is no part of the site.
    pub left: Vec<Left>,
    /// What went wrong so far.
    pub problems: Vec<Problem>,
    pub(super) now: Option<i64>,
    pub(super) route: &'static Route,
    pub(super) groups: Groups,
    pub(super) includes: Arc<Includes>,
    /// What is known of the old site, if it is Hugo's.
    pub(super) hugo: HugoSite,
}

impl Plan {
    /// Reads the Jekyll site at `root`, which is not to be found below `output`.
    ///
    /// # Errors
    /// If its configuration is broken, or its folder cannot be read.
    pub fn jekyll(root: &Path, output: Option<&Path>, wishes: Wishes, workers: &impl Workers) -> Result<Self, Error> {
        let (config, config_path, told) = read_config(root)?;
        let problem = |error| Problem { path: config_path.into(), error };
        let unreadable = |error: std::io::Error| {
            Error::new(&codes::READ_FAILED, format!("`{}` cannot be read", root.display())).caused_by(error)
        };
        let Tree { files, left } = walk(root, &config, output).map_err(unreadable)?;
        let timezone = wishes.timezone.clone().or_else(|| config.timezone.clone());
        let mut bases = Bases::new(timezone.as_deref(), &wishes)?;
        let mut plan = Plan {
            root: root.to_owned(),
            timezone,
            items: Vec::with_capacity(files.len()),
            aliases: BTreeMap::new(),
            layouts: BTreeSet::new(),
            left,
            problems: told.into_iter().map(problem).collect(),
            now: wishes.now,
            route: &route::TO_HUGO,
            groups: Groups::default(),
            includes: Arc::default(),
            hugo: HugoSite::default(),
            config,
        };
        plan.includes = Arc::new(plan.read_includes(&files));
        let mut heads = plan.place(files, &mut bases, workers);
        plan.includes.shortcodes.settle(shortcode_name);
        let terms = plan.terms(&heads);
        plan.land(&mut heads);
        plan.layouts = heads.iter_mut().flatten().filter_map(|head| head.layout.take()).collect();
        super::placing::place(&mut plan, &terms);
        plan.read_alike(&heads, &wishes.extensions);
        let tags = plan.tag_options();
        plan.groups.set_tags(&tags, wishes.map);
        Ok(plan)
    }

    /// Gives each file its fate, and reads the heads of those with front matter.
    fn place(&mut self, files: Vec<SourceFile>, bases: &mut Bases, workers: &impl Workers) -> Vec<Option<Head>> {
        if files.iter().any(|file| matches!(self.fate(file), (_, Some(Markup::Markdown)))) {
            bases.has_markdown();
        }
        let mut jobs = Vec::with_capacity(files.len());
        for file in files {
            let (fate, markup) = self.fate(&file);
            let group = match markup {
                Some(markup) => bases.group(&mut self.groups, &self.config, &file, markup),
                None => 0,
            };
            let address = match fate {
                Fate::Static => of_static(&self.config, &file).map(String::into_boxed_str),
                _ => None,
            };
            jobs.push((self.items.len(), file.kind, markup.is_some()));
            self.items.push(Item {
                path: file.path,
                fate,
                address,
                target: None,
                is_draft: false,
                is_future: false,
                group,
            });
        }
        let this = &*self;
        workers.map(jobs, |(index, kind, has_front)| {
            let item = this.items.get(index).filter(|_| has_front)?;
            Some(head(this, index, item, kind))
        })
    }

    /// What a file is to become as far as its name says, and the markup to read it as.
    fn fate(&self, file: &SourceFile) -> (Fate, Option<Markup>) {
        let output = output(&self.config, &file.path);
        let content = match file.kind {
            Kind::Static => return (Fate::Static, None),
            Kind::CollectionFile(index) => {
                let is_written = self.config.collections.get(index).is_some_and(|collection| collection.output);
                return (if is_written { Fate::Static } else { Fate::NotContent }, None);
            }
            Kind::Data => return (Fate::Data, None),
            Kind::Include => return (Fate::Include, None),
            Kind::Layout => return (Fate::Layout, None),
            Kind::Document(index) if !self.config.collections.get(index).is_some_and(|one| one.output) => {
                return (Fate::NotContent, None);
            }
            Kind::Post | Kind::Draft => Fate::Post,
            Kind::Document(_) => Fate::Document,
            Kind::Page => Fate::Page,
        };
        match output {
            Output::FromMarkdown => (content, Some(Markup::Markdown)),
            Output::FromHtml => (content, Some(Markup::Html)),
            Output::FromSass => (Fate::NotContent, Some(Markup::Html)),
            Output::Same => (Fate::Text, Some(Markup::Html)),
        }
    }

    /// Addresses, as far as heads say them; and each address once.
    pub(super) fn land(&mut self, heads: &mut [Option<Head>]) {
        let mut claims: BTreeMap<Box<str>, usize> = BTreeMap::new();
        for index in 0..self.items.len() {
            if let Some(head) = heads.get_mut(index).and_then(Option::as_mut) {
                if let Some(error) = head.error.take() {
                    self.fail(index, error);
                    continue;
                }
                self.take_head(index, head);
            }
            let item = &self.items[index];
            let Some(address) = item.address.clone() else { continue };
            if address.split('/').any(|part| part == "..") {
                self.fail(index, outside(&address));
            } else if item.fate != Fate::NotContent {
                match claims.get(&address) {
                    Some(&other) => {
                        let error = claimed_twice(&address, &self.items[other].path, self.route.from);
                        self.fail(index, error);
                    }
                    None => {
                        claims.insert(address, index);
                    }
                }
            }
        }
        for (index, head) in heads.iter().enumerate() {
            let aliases = head.iter().flat_map(|head| &head.aliases).filter(|_| self.items[index].fate.is_content());
            for alias in aliases {
                if let Some(&other) = claims.get(alias).filter(|other| **other != index) {
                    let message = format!("the alias `{alias}` is claimed by {} too", self.items[other].path);
                    let error = Error::new(&codes::ALIAS_TWICE, message);
                    self.problems.push(Problem { path: self.items[index].path.clone(), error });
                } else {
                    claims.insert(alias.clone(), index);
                    self.aliases.insert(alias.clone(), index);
                }
            }
        }
    }

    /// What the head of a file says of its address.
    fn take_head(&mut self, index: usize, head: &Head) {
        let item = &mut self.items[index];
        item.is_draft = head.is_draft;
        item.is_future = head.is_future;
        if (head.has_liquid || head.is_draft) && item.fate == Fate::Text {
            item.fate = Fate::NotContent;
        }
        item.address = match item.fate {
            Fate::Text if head.is_page => {
                Some(of_other_page(&item.path, head.permalink.as_deref(), Output::Same).into())
            }
            Fate::NotContent if head.is_page => {
                let output = output(&self.config, &item.path);
                Some(of_other_page(&item.path, head.permalink.as_deref(), output).into())
            }
            _ => head.address.clone(),
        };
    }

    fn fail(&mut self, index: usize, error: Error) {
        if let Some(item) = self.items.get_mut(index) {
            item.fate = Fate::Failed;
            self.problems.push(Problem { path: item.path.clone(), error });
        }
    }

    /// The terms of the two taxonomies that Hugo has by itself.
    fn terms(&self, heads: &[Option<Head>]) -> BTreeMap<&'static str, BTreeSet<String>> {
        let mut terms = BTreeMap::from([("categories", BTreeSet::new()), ("tags", BTreeSet::new())]);
        for head in heads.iter().flatten() {
            for (taxonomy, term) in &head.terms {
                if let Some(terms) = terms.get_mut(taxonomy).filter(|terms| !terms.contains(&**term)) {
                    terms.insert(term.to_string());
                }
            }
        }
        terms
    }

    fn tag_options(&self) -> TagOptions {
        let mut options = TagOptions::default();
        options.converters.push(Arc::new(Links::new(&self.items, &self.config)));
        options.converters.push(Arc::new(super::jekyll::IncludeTags(self.includes.clone())));
        options.converters.push(Arc::new(SiteValues::new(&self.config)));
        options.base_path = Some(self.config.baseurl.clone());
        options.site_url = (!self.config.url.is_empty()).then(|| self.config.url.clone());
        options.site = self.config.map.clone();
        options
    }

    /// The name, without its extension, of the old site's feed: whoever follows it goes on to do so at its address.
    pub fn feed(&self) -> Option<&str> {
        let feeds = self.items.iter().filter(|item| item.fate == Fate::NotContent);
        let name = |item: &'_ Item| {
            let name = item.address.as_deref()?.strip_prefix('/')?.strip_suffix(".xml")?;
            ["feed", "atom", "rss"].into_iter().find(|known| *known == name)
        };
        let made_by_plugin = || self.config.has_plugin("jekyll-feed").then_some("feed");
        feeds.filter_map(name).next().or_else(made_by_plugin)
    }

    /// The generator of the old site, and that of the new one.
    pub const fn generators(&self) -> (&'static str, &'static str) {
        (self.route.from, self.route.to)
    }

    /// Whether the old site is Hugo's and has a theme.
    pub fn has_theme(&self) -> bool {
        self.hugo.config.get("theme").is_some()
    }

    /// The file of the old site.
    pub fn source(&self, item: &Item) -> PathBuf {
        self.root.join(&*item.path)
    }
}

fn outside(address: &str) -> Error {
    Error::new(&codes::OUTPUT_OUTSIDE, format!("the address `{address}` leads out of the site"))
        .help("correct its permalink")
}

fn claimed_twice(address: &str, other: &str, from: &str) -> Error {
    Error::new(&codes::ADDRESS_TWICE, format!("the address `{address}` is that of {other} too")).help(format!(
        "of the two {from} shows the one that it writes last: remove the other, or give it an address of its own"
    ))
}

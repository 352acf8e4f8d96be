//! A Hugo site as Hugo reads it, on its way to another generator: [`HugoSite`].

mod cascade;
mod config;
mod head;
mod passed_over;
mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use cascade::Cascades;
pub(crate) use config::{Config, Ugly, get};
pub(crate) use head::Hidden;
use head::PageHead;
use passed_over::passed_over;
pub(crate) use walk::Place;
use walk::{Kind, SourceFile, walk};

use super::groups::{Groups, Markup};
use super::jekyll;
use super::plan::{Fate, Item, Plan, Problem, Wishes};
use super::route;
use super::to_jekyll;
use super::workers::Workers;
use crate::convert::Converter;
use crate::diag::codes;
use crate::dialect::clean_part;
use crate::error::Error;
use crate::format::{Role, Site};
use crate::meta::{Date, Map};
use crate::registry::Registry;

/// Sections that are blogs, whatever else there is.
const BLOGS: [&str; 6] = ["post", "posts", "blog", "news", "articles", "journal"];

/// What is known of a page beside its item.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) place: Place,
    pub(crate) hidden: Option<Hidden>,
    pub(crate) day: Option<Date>,
}

/// A page that Hugo makes by itself, with what it has in a list.
#[derive(Clone, Debug)]
pub(crate) struct ListPage {
    pub(crate) address: Box<str>,
    pub(crate) title: Box<str>,
    /// Whether the new site gets one too.
    pub(crate) is_made: bool,
}

/// A Hugo site.
#[derive(Default)]
pub(crate) struct HugoSite {
    pub(crate) config: Config,
    /// By the numbers of their items.
    pub(crate) pages: BTreeMap<usize, Page>,
    pub(crate) lists: Vec<ListPage>,
    /// Whether some body has the mark of a summary.
    pub(crate) has_more: bool,
    /// The section of the blog.
    pub(crate) main: Box<str>,
    /// The address that leads on to the page of the first language, where there are several.
    pub(crate) home_alias: Option<Box<str>>,
    pub(crate) shortcodes: to_jekyll::Shortcodes,
    pub(crate) links: Arc<to_jekyll::Pages>,
}

impl fmt::Debug for HugoSite {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HugoSite").field("pages", &self.pages.len()).finish_non_exhaustive()
    }
}

impl HugoSite {
    pub(crate) fn map(&self) -> &Map {
        &self.config.map
    }

    pub(crate) fn lists(&self) -> &[ListPage] {
        &self.lists
    }
}

/// The folder at a page's address, in which what lies beside it is found.
pub(crate) fn folder_of(address: &str) -> String {
    match address.strip_suffix(".html") {
        Some(bare) => format!("{bare}/"),
        None => address.to_owned(),
    }
}

impl Plan {
    /// Reads the Hugo site at `root`, which is not to be found below `output`.
    ///
    /// # Errors
    /// If its configuration is broken, or its folder cannot be read.
    pub fn hugo(root: &Path, output: Option<&Path>, wishes: Wishes, workers: &impl Workers) -> Result<Self, Error> {
        let config = Config::read(root)?;
        let unreadable = |error: std::io::Error| {
            Error::new(&codes::READ_FAILED, format!("`{}` cannot be read", root.display())).caused_by(error)
        };
        let (files, left) = walk(root, &config, output).map_err(unreadable)?;
        let zone = wishes.timezone.clone().or_else(|| config.timezone.clone()).unwrap_or_else(|| "UTC".to_owned());
        let mut plan = Plan {
            root: root.to_owned(),
            timezone: Some(zone),
            items: Vec::with_capacity(files.len()),
            aliases: BTreeMap::new(),
            layouts: BTreeSet::new(),
            left,
            problems: Vec::new(),
            now: wishes.now,
            route: &route::TO_JEKYLL,
            groups: Groups::default(),
            includes: Arc::default(),
            hugo: HugoSite { config, ..HugoSite::default() },
            config: jekyll::Config::default(),
        };
        let places = plan.take_files(&files);
        plan.group(&places, &wishes)?;
        let heads = plan.heads(&places, workers);
        plan.land_pages(heads, &files, &places);
        to_jekyll::settle(&mut plan);
        let tags = to_jekyll::tag_options(&plan);
        plan.groups.set_tags(&tags, wishes.map);
        Ok(plan)
    }

    /// Gives each file its fate, and says where the pages are.
    fn take_files(&mut self, files: &[SourceFile]) -> Vec<Option<(Place, Markup)>> {
        let mut places = Vec::with_capacity(files.len());
        for file in files {
            let mut address = None;
            let mut place = None;
            let fate = match &file.kind {
                Kind::Content(at, markup) => {
                    place = Some((at.clone(), *markup));
                    // What it is exactly its date says.
                    Fate::Page
                }
                Kind::Foreign(at) => {
                    let language = self.hugo.config.languages.get(at.language);
                    let prefix = language.map_or("", |language| &language.prefix);
                    address = Some(format!("{prefix}{}", head::by_folder(at)).into_boxed_str());
                    let message = format!("`{}` is in a format that is not converted", name(&file.path));
                    let error = Error::new(&codes::CONTENT_FORMAT, message).help("it is copied to `_not-converted`");
                    self.problems.push(Problem { path: file.path.clone(), error });
                    Fate::Failed
                }
                Kind::Part => {
                    let message = "it is a part of the page beside it, and only a layout shows it".to_owned();
                    self.problems
                        .push(Problem { path: file.path.clone(), error: Error::new(&codes::PAGE_PART, message) });
                    Fate::NotContent
                }
                Kind::Resource { .. } => Fate::Static,
                Kind::Static(below) => {
                    address = Some(format!("/{below}").into_boxed_str());
                    Fate::Static
                }
                Kind::Data(_) => Fate::Data,
                Kind::Layout => Fate::Layout,
            };
            places.push(place);
            self.items.push(Item {
                path: file.path.clone(),
                fate,
                address,
                target: None,
                is_draft: false,
                is_future: false,
                group: 0,
            });
        }
        places
    }

    /// Makes the converters: for each markup, template of addresses and set of values two, for pages and for posts.
    fn group(&mut self, places: &[Option<(Place, Markup)>], wishes: &Wishes) -> Result<(), Error> {
        let registry = Arc::new(Registry::builtin());
        let zone = self.timezone.clone();
        let converter = |from: &str, to: &str| -> Result<Converter, Error> {
            let converter = Converter::new(registry.clone(), Some(&from.parse()?), &to.parse()?)?.proof(wishes.proof);
            converter.timezone(zone.clone())
        };
        let markdown = converter("hugo+markdown", "jekyll+markdown")?;
        let html = converter("hugo+html", "jekyll+html")?;
        let cascades = self.cascades(places, &markdown);
        let mut numbers: BTreeMap<(Markup, Option<String>, String), usize> = BTreeMap::new();
        for (index, place) in places.iter().enumerate() {
            let Some((place, markup)) = place else { continue };
            let config = &self.hugo.config;
            let template = config.permalink(place.section()).filter(|_| !place.is_branch()).map(str::to_owned);
            let values = cascades.of(place, config);
            let key = (*markup, template.clone(), format!("{values:?}"));
            let base = if *markup == Markup::Markdown { &markdown } else { &html };
            let groups = &mut self.groups;
            let number = *numbers.entry(key).or_insert_with(|| {
                let site = Site::new().timezone(zone.clone()).permalink(template).defaults(values.clone());
                let one = base.clone().from_site(site);
                groups.add(one.clone(), values.clone());
                groups.add(one, values) - 1
            });
            if let Some(item) = self.items.get_mut(index) {
                item.group = number;
            }
        }
        let unknown = cascades.unknown.into_iter().map(|key| {
            let message = format!("`cascade` aims by `{key}`, which is not known: it was taken to hold");
            Error::new(&codes::SETTING_PASSED_OVER, message)
        });
        let path = self.hugo.config.path.clone();
        let told: Vec<Error> = passed_over(&self.hugo.config).chain(unknown).collect();
        self.problems.extend(told.into_iter().map(|error| Problem { path: path.clone(), error }));
        Ok(())
    }

    fn cascades(&self, places: &[Option<(Place, Markup)>], converter: &Converter) -> Cascades {
        let mut cascades = Cascades::new(&self.hugo.config);
        for (item, place) in self.items.iter().zip(places) {
            let Some((place, _)) = place.as_ref().filter(|(place, _)| place.is_branch()) else { continue };
            let front = head::front(converter, self, item, &place.path());
            if let Some(value) = front.ok().and_then(|(own, _)| get(&own, "cascade").cloned()) {
                cascades.add(Some(place.language), &place.folder, &value);
            }
        }
        cascades.sort();
        cascades
    }

    fn heads(&self, places: &[Option<(Place, Markup)>], workers: &impl Workers) -> Vec<Option<PageHead>> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_secs());
        let now = i64::try_from(now).unwrap_or(i64::MAX);
        workers.map((0..places.len()).collect(), |index| {
            let ((place, _), item) = places.get(index)?.as_ref().zip(self.items.get(index))?;
            Some(head::head(self, &self.hugo.config, item, place, now))
        })
    }

    /// Addresses: of pages, of what lies beside them, and of what Hugo makes by itself.
    fn land_pages(&mut self, heads: Vec<Option<PageHead>>, files: &[SourceFile], places: &[Option<(Place, Markup)>]) {
        self.hugo.main = self.main_section(&heads, places);
        let mut terms: BTreeSet<(usize, Box<str>, Box<str>)> = BTreeSet::new();
        let mut plain = Vec::with_capacity(heads.len());
        for (index, (head, place)) in heads.into_iter().zip(places).enumerate() {
            let (Some(head), Some((place, _))) = (head, place) else {
                plain.push(None);
                continue;
            };
            if head.head.error.is_none() {
                self.hugo.has_more |= head.has_more;
                if head.hidden.is_none() {
                    terms.extend(head.terms.into_iter().map(|(name, term)| (place.language, name, term)));
                }
                let page = Page { place: place.clone(), hidden: head.hidden, day: head.day };
                if self.is_post(&page) {
                    self.items[index].fate = Fate::Post;
                    self.items[index].group += 1;
                }
                self.hugo.pages.insert(index, page);
            }
            plain.push(Some(head.head));
        }
        self.place_resources(files, &plain);
        self.land(&mut plain);
        self.layouts = plain.iter_mut().flatten().filter_map(|head| head.layout.take()).collect();
        self.list_pages(&terms);
    }

    /// The section that is the blog: as the site says, else by its name, else the one with the most dates.
    fn main_section(&self, heads: &[Option<PageHead>], places: &[Option<(Place, Markup)>]) -> Box<str> {
        let said = self.hugo.config.get("params.mainSections").or_else(|| self.hugo.config.get("mainSections"));
        let said = said.and_then(|said| said.as_str().or_else(|| said.as_list()?.first()?.as_str()));
        if let Some(said) = said {
            return said.to_lowercase().into();
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for (head, place) in heads.iter().zip(places) {
            let (Some(head), Some((place, _))) = (head, place) else { continue };
            if head.day.is_some() && !place.is_branch() && !place.section().is_empty() {
                *counts.entry(place.section()).or_default() += 1;
            }
        }
        let most = counts.iter().max_by_key(|(section, count)| (BLOGS.contains(*section), **count));
        most.map_or("", |(section, _)| section).into()
    }

    /// Whether it is a post to Jekyll: dated, or to be, and in the blog.
    fn is_post(&self, page: &Page) -> bool {
        let section = page.place.section().to_lowercase();
        let is_blog = *section == *self.hugo.main || BLOGS.contains(&section.as_str());
        let is_dated = page.day.is_some() || page.hidden == Some(Hidden::Draft);
        is_blog && !section.is_empty() && is_dated && !page.place.is_branch()
    }

    /// What lies beside a page has its address below the page's, or its folder's.
    fn place_resources(&mut self, files: &[SourceFile], heads: &[Option<super::head::Head>]) {
        let mut bundles: BTreeMap<(usize, &str), (String, bool)> = BTreeMap::new();
        for (index, page) in &self.hugo.pages {
            let address = heads.get(*index).and_then(Option::as_ref).and_then(|head| head.address.as_deref());
            if let Some(address) = address.filter(|_| matches!(&*page.place.stem, "index" | "_index")) {
                let is_shown = !matches!(page.hidden, Some(Hidden::Draft | Hidden::Future | Hidden::Expired));
                bundles.insert((page.place.language, &page.place.folder), (folder_of(address), is_shown));
            }
        }
        let mut found: Vec<(usize, String, bool)> = Vec::new();
        for (index, file) in files.iter().enumerate() {
            let Kind::Resource { language, folder, below } = &file.kind else { continue };
            let of_folder = || {
                let parts: Vec<String> = folder.split('/').filter(|part| !part.is_empty()).map(clean_part).collect();
                let prefix = self.hugo.config.languages.get(*language).map_or("", |language| &language.prefix);
                let slash = if parts.is_empty() { "" } else { "/" };
                (format!("{prefix}/{}{slash}", parts.join("/")), true)
            };
            // A page in one language may stand beside files that name none.
            let of_any = || bundles.iter().find(|((_, known), _)| *known == &**folder).map(|(_, found)| found.clone());
            let own = bundles.get(&(*language, folder)).cloned();
            let (base, is_shown) = own.or_else(of_any).unwrap_or_else(of_folder);
            found.push((index, format!("{base}{below}"), is_shown));
        }
        for (index, address, is_shown) in found {
            self.items[index].address = Some(address.into());
            self.items[index].is_draft = !is_shown;
        }
    }

    /// The pages that Hugo makes without a file: home, sections, taxonomies and their terms.
    fn list_pages(&mut self, terms: &BTreeSet<(usize, Box<str>, Box<str>)>) {
        let taken: BTreeSet<&str> = self.items.iter().filter_map(|item| item.address.as_deref()).collect();
        let mut lists: BTreeMap<String, (String, bool)> = BTreeMap::new();
        for (number, language) in self.hugo.config.languages.iter().enumerate() {
            let pages = self.hugo.pages.values().filter(|page| page.place.language == number && page.hidden.is_none());
            let sections: BTreeSet<&str> =
                pages.clone().map(|page| page.place.section()).filter(|section| !section.is_empty()).collect();
            if pages.count() == 0 {
                continue;
            }
            lists.insert(format!("{}/", language.prefix), (language.title.clone().unwrap_or_default(), true));
            for section in sections {
                let address = format!("{}/{}/", language.prefix, clean_part(section));
                lists.insert(address, (titled(section), true));
            }
            for taxonomy in &self.hugo.config.taxonomies {
                lists.insert(format!("{}/{}/", language.prefix, clean_part(taxonomy)), (titled(taxonomy), false));
            }
            for (_, taxonomy, term) in terms.iter().filter(|(language, ..)| *language == number) {
                let address =
                    format!("{}/{}/{}/", language.prefix, clean_part(taxonomy), clean_part(term).trim_matches('/'));
                lists.insert(address, (term.to_string(), false));
            }
        }
        let lists = lists.into_iter().filter(|(address, _)| !taken.contains(address.as_str()));
        let main = self.hugo.config.languages.first().filter(|main| main.prefix.is_empty());
        if let Some(main) = main.filter(|_| self.hugo.config.languages.len() > 1) {
            self.hugo.home_alias = Some(format!("/{}/", main.code).into());
        }
        self.hugo.lists = lists
            .map(|(address, (title, is_made))| ListPage { address: address.into(), title: title.into(), is_made })
            .collect();
    }

    /// What the new site's posts, or pages, are written for.
    pub(super) fn write_for_jekyll(&mut self, number: usize, is_post: bool, permalink: String) {
        let role = if is_post { Role::Post } else { Role::Page };
        let site = Site::new()
            .timezone(self.timezone.clone())
            .permalink(Some(permalink))
            .excerpt_separator(Some("<!--more-->".to_owned()))
            .role(Some(role));
        self.groups.write_for(number, site);
    }
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// `release-notes` as a title.
fn titled(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut is_start = true;
    for c in name.replace(['-', '_'], " ").chars() {
        match is_start {
            true => out.extend(c.to_uppercase()),
            false => out.push(c),
        }
        is_start = c == ' ';
    }
    out
}

//! `ref` and `relref`: the address of another page.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::ast::{Meaning, Tag};
use crate::format::{TagConverter, TagText};
use crate::site::from_hugo::Page;
use crate::site::links::encoded;
use crate::site::plan::Plan;

/// The addresses of pages, by every end of their paths; `None` where two pages have the same.
#[derive(Debug, Default)]
pub(crate) struct Pages {
    base: String,
    host: String,
    pages: BTreeMap<String, Option<Box<str>>>,
}

impl Pages {
    pub(super) fn new(plan: &Plan) -> Self {
        let config = &plan.hugo.config;
        let mut pages: BTreeMap<String, Option<Box<str>>> = BTreeMap::new();
        for (index, page) in plan.hugo.pages.iter().filter(|(_, page)| page.hidden.is_none()) {
            let Some(address) = plan.items.get(*index).and_then(|item| item.address.clone()) else { continue };
            let path = page.place.path().to_lowercase();
            let whole = path.strip_prefix("content/").unwrap_or(&path);
            let (bare, number) = (bare(whole), page.place.language);
            // The whole path says which page is meant, whatever else ends so.
            pages.insert(format!("{number}:/{bare}"), Some(address.clone()));
            let ends = bare.match_indices('/').filter_map(|(at, _)| bare.get(at + 1..));
            for end in ends.chain([bare]) {
                pages
                    .entry(format!("{number}:{end}"))
                    .and_modify(|known| {
                        if known.as_ref() != Some(&address) {
                            *known = None;
                        }
                    })
                    .or_insert_with(|| Some(address.clone()));
            }
        }
        Pages { base: config.base.clone(), host: config.host.clone(), pages }
    }
}

/// What the links of one page mean: they are told from its folder first, then from the root, then by their ends.
pub(super) fn of_page(pages: &Arc<Pages>, page: &Page) -> Links {
    Links { pages: pages.clone(), language: page.place.language, folder: page.place.folder.to_lowercase() }
}

pub(super) struct Links {
    pages: Arc<Pages>,
    language: usize,
    folder: String,
}

impl Links {
    fn address(&self, page: &str) -> Option<&str> {
        let page = page.to_lowercase();
        let (all, number) = (&self.pages.pages, self.language);
        let at = |path: String| all.get(&format!("{number}:/{}", bare(&path))).and_then(|found| found.as_deref());
        if let Some(whole) = page.strip_prefix('/') {
            return at(whole.to_owned());
        }
        let below = |folder: &str| at(joined(folder, &page));
        let above = self.folder.rsplit_once('/').map_or("", |(above, _)| above);
        let by_end = || {
            all.get(&format!("{number}:{}", bare(page.trim_start_matches("../")))).and_then(|found| found.as_deref())
        };
        below(&self.folder).or_else(|| below(above)).or_else(|| below("")).or_else(by_end)
    }
}

/// The path of `page` told from `folder`.
fn joined(folder: &str, page: &str) -> String {
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in page.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    parts.join("/")
}

/// A path without its extension, and without the name that a folder's page has.
fn bare(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let path = [".md", ".markdown", ".html"].iter().find_map(|extension| path.strip_suffix(extension)).unwrap_or(path);
    let path = path.strip_suffix("/_index").or_else(|| path.strip_suffix("/index")).unwrap_or(path);
    if matches!(path, "_index" | "index") { "" } else { path }
}

impl TagConverter for Links {
    fn convert(&self, tag: &Tag, target: &str) -> Option<TagText> {
        let Meaning::PageLink(link) = &tag.details.meaning else { return None };
        if target != "jekyll" || tag.dialect != "hugo" {
            return None;
        }
        let Pages { base, host, .. } = &*self.pages;
        let host = if link.is_absolute { host.as_str() } else { "" };
        // Of the page itself only a part may be named.
        if link.page.is_empty() {
            return Some(TagText::Markup(link.fragment.clone()));
        }
        Some(TagText::Markup(format!("{host}{base}{}{}", encoded(self.address(&link.page)?), link.fragment)))
    }
}

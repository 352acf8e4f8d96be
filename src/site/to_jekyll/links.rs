//! `ref` and `relref`: the address of another page.

use std::collections::BTreeMap;

use crate::ast::{Meaning, Tag};
use crate::format::{TagConverter, TagText};
use crate::site::links::encoded;
use crate::site::plan::Plan;

/// The addresses of pages, by every end of their paths; `None` where two pages have the same.
pub(super) struct Links {
    base: String,
    host: String,
    pages: BTreeMap<String, Option<Box<str>>>,
}

impl Links {
    pub(super) fn new(plan: &Plan) -> Self {
        let config = &plan.hugo.config;
        let mut pages: BTreeMap<String, Option<Box<str>>> = BTreeMap::new();
        for (index, page) in plan.hugo.pages.iter().filter(|(_, page)| page.place.language == 0) {
            let Some(address) = plan.items.get(*index).and_then(|item| item.address.clone()) else { continue };
            let path = page.place.path().to_lowercase();
            let whole = path.strip_prefix("content/").unwrap_or(&path);
            let bare = bare(whole);
            let ends: Vec<&str> = bare.match_indices('/').filter_map(|(at, _)| bare.get(at + 1..)).collect();
            // The whole path says which page is meant, whatever else ends so.
            pages.insert(format!("/{bare}"), Some(address.clone()));
            for end in ends.into_iter().chain([bare]) {
                pages
                    .entry(end.to_owned())
                    .and_modify(|known| {
                        if known.as_ref() != Some(&address) {
                            *known = None;
                        }
                    })
                    .or_insert_with(|| Some(address.clone()));
            }
        }
        Links { base: config.base.clone(), host: config.host.clone(), pages }
    }

    fn address(&self, page: &str) -> Option<&str> {
        let page = page.to_lowercase();
        let below = bare(page.trim_start_matches('/').trim_start_matches("./").trim_start_matches("../"));
        let whole = self.pages.get(&format!("/{below}"));
        whole.or_else(|| self.pages.get(below))?.as_deref()
    }
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
        let host = if link.is_absolute { self.host.as_str() } else { "" };
        Some(TagText::Markup(format!("{host}{}{}{}", self.base, encoded(self.address(&link.page)?), link.fragment)))
    }
}

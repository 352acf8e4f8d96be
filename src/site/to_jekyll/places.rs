//! Where in a Jekyll site everything lies.

use std::collections::BTreeSet;

use crate::diag::codes;
use crate::error::Error;
use crate::meta::Value;
use crate::site::from_hugo::{Hidden, Page};
use crate::site::hugo::{Names, is_portable};
use crate::site::plan::{Fate, Item, Plan, Problem};

/// Folders at the root that mean something to Jekyll, or that it never reads.
const OWN: [&str; 8] = ["_posts", "_drafts", "_data", "_includes", "_layouts", "_sass", "_site", "_plugins"];

/// What Jekyll leaves out even if nobody says so.
const EXCLUDED: [&str; 4] = ["gemfiles", "Gemfile", "Gemfile.lock", "node_modules"];

/// The same below `vendor`.
const VENDOR: [&str; 4] = ["vendor/bundle/", "vendor/cache/", "vendor/gems/", "vendor/ruby/"];

/// What Jekyll works out if it begins with front matter, whatever that says.
const WORKED_OUT: [&str; 7] = [".md", ".markdown", ".mkd", ".mkdn", ".mkdown", ".scss", ".sass"];

/// Gives every file that is written its path in the target.
pub(super) fn place(plan: &mut Plan) {
    let mut names = Names::default();
    let mut targets: Vec<Option<String>> = vec![None; plan.items.len()];
    let mut problems: Vec<(usize, Error)> = Vec::new();
    for (index, item) in plan.items.iter().enumerate() {
        let target = match item.fate {
            Fate::Static => item.address.as_deref().and_then(|address| address.strip_prefix('/')).map(str::to_owned),
            Fate::Data => {
                let below = item.path.strip_prefix(plan.hugo.config.data_dir.as_str()).unwrap_or(&item.path);
                Some(format!("_data{}", super::data::renamed(below)))
            }
            Fate::NotContent | Fate::Failed => Some(set_aside(item)),
            _ => continue,
        };
        let Some(target) = target else { continue };
        if item.fate == Fate::Static && OWN.iter().any(|own| target.split('/').next() == Some(own)) {
            let message = format!("Jekyll keeps the folder of `{target}` for itself");
            problems.push((index, Error::new(&codes::FILE_NOT_SERVED, message)));
            targets[index] = Some(set_aside(item));
            continue;
        }
        if !names.take(&target) {
            let message = format!("some file systems do not tell `{target}` from another file of the site");
            problems.push((index, Error::new(&codes::NAME_NOT_PORTABLE, message)));
        }
        targets[index] = Some(target);
    }
    for (index, item) in plan.items.iter().enumerate().filter(|(_, item)| item.fate.is_content()) {
        let Some(page) = plan.hugo.pages.get(&index) else { continue };
        targets[index] = Some(match item.fate {
            Fate::Post => post(plan, item, page, &mut names),
            _ => self::page(item, page, &mut names),
        });
    }
    for (index, target) in targets.into_iter().enumerate() {
        let Some(target) = target else { continue };
        if !is_portable(&target) {
            let error = Error::new(&codes::NAME_NOT_PORTABLE, format!("`{target}` is no name on every file system"));
            problems.push((index, error));
        }
        plan.items[index].target = Some(target.into());
    }
    let is_worked_out = |item: &&Item| {
        let target = item.target.as_deref().unwrap_or_default();
        item.fate == Fate::Static
            && WORKED_OUT.iter().any(|extension| target.ends_with(extension))
            && std::fs::read(plan.source(item)).is_ok_and(|bytes| is_opened(&bytes))
    };
    for (index, item) in plan.items.iter().enumerate().filter(|(_, item)| is_worked_out(item)) {
        let message = format!("`{}` begins with front matter, so Jekyll makes a page of it", item.path);
        problems.push((index, Error::new(&codes::FILE_NOT_SERVED, message)));
    }
    for (index, error) in problems {
        let item = &mut plan.items[index];
        if error.code() == &codes::FILE_NOT_SERVED {
            item.fate = Fate::Failed;
            item.target = Some(set_aside(item).into());
        }
        plan.problems.push(Problem { path: item.path.clone(), error });
    }
    let served = plan.items.iter().filter(|item| matches!(item.fate, Fate::Static | Fate::Page));
    let copies = served.filter_map(|item| item.target.as_deref());
    let skipped = skipped(copies.chain(plan.aliases.keys().map(|alias| alias.trim_matches('/'))));
    if !skipped.is_empty() {
        let list: Vec<Value> = skipped.into_iter().map(Value::from).collect();
        plan.config.map.insert("include", list);
    }
}

/// Where lies what has no place in the new site; Jekyll does not read it.
fn set_aside(item: &Item) -> String {
    format!("_not-converted/{}", item.path)
}

/// The extension of what is written.
fn extension(item: &Item) -> &'static str {
    let is_html = [".html", ".htm"].iter().any(|html| item.path.to_ascii_lowercase().ends_with(html));
    if is_html { ".html" } else { ".md" }
}

/// `_posts/2019-05-01-mali.md`, in the folders that it was in below its section.
fn post(plan: &Plan, item: &Item, page: &Page, names: &mut Names) -> String {
    let place = &page.place;
    let own_folder = match &*place.stem {
        "index" => place.folder.rsplit_once('/').map_or("", |(above, _)| above),
        _ => &place.folder,
    };
    let below = own_folder.strip_prefix(&*plan.hugo.main).filter(|rest| rest.is_empty() || rest.starts_with('/'));
    let is_draft = page.hidden == Some(Hidden::Draft);
    let mut folders = vec![if is_draft { "_drafts" } else { "_posts" }];
    let languages = &plan.hugo.config.languages;
    folders.extend(languages.get(place.language).map(|language| language.code.as_str()).filter(|_| place.language > 0));
    folders.extend(below.unwrap_or(own_folder).split('/').filter(|part| !part.is_empty()));
    let address = item.address.as_deref().unwrap_or_default().trim_end_matches('/');
    let address = address.strip_suffix(".html").unwrap_or(address);
    let slug = address.rsplit('/').next().unwrap_or_default();
    let slug = if slug.is_empty() { "post" } else { slug };
    let date = page.day.filter(|_| !is_draft).map(|day| format!("{day}-")).unwrap_or_default();
    names.jekyll(&folders, &format!("{date}{slug}"), extension(item))
}

/// The path that gives the address by itself.
fn page(item: &Item, page: &Page, names: &mut Names) -> String {
    let address = item.address.as_deref().unwrap_or_default();
    let bare = address.strip_suffix(".html").unwrap_or(address);
    let mut folders: Vec<&str> = bare.split('/').filter(|part| !part.is_empty()).collect();
    let is_index = matches!(&*page.place.stem, "index" | "_index") && address.ends_with('/') || folders.is_empty();
    let stem = if is_index { "index" } else { folders.pop().unwrap_or("index") };
    names.jekyll(&folders, stem, extension(item))
}

/// The names that Jekyll reads only if it is told to.
fn skipped<'i>(targets: impl Iterator<Item = &'i str>) -> BTreeSet<String> {
    let mut out = BTreeSet::new();
    for target in targets {
        out.extend(VENDOR.iter().filter(|folder| target.starts_with(**folder)).map(|folder| (*folder).to_owned()));
        for (depth, part) in target.split('/').enumerate() {
            let is_hidden = part.starts_with(['_', '.', '#']) || part.ends_with('~');
            if is_hidden || (depth == 0 && EXCLUDED.contains(&part)) {
                out.insert(part.to_owned());
            }
        }
    }
    out
}

/// Whether Jekyll would take the file for one with front matter.
pub(super) fn is_opened(bytes: &[u8]) -> bool {
    let line = bytes.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
    line.ends_with(b"\n") && line.strip_prefix(b"---").is_some_and(|rest| rest.iter().all(u8::is_ascii_whitespace))
}

/// Front matter that goes before that of such a file, which is text behind it.
pub(super) fn own_front(item: &Item) -> String {
    let address = item.address.as_deref().unwrap_or_default();
    let address = crate::dialect::jekyll_address::to_permalink(address);
    format!("---\nlayout: none\npermalink: {}\nrender_with_liquid: false\n---\n", crate::front::yaml_text(&address))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_is_seen_as_jekyll_sees_it() {
        assert!(is_opened(b"--- \r\na: b\n") && is_opened(b"---\n"));
        assert!(!is_opened(b"---") && !is_opened(b"---a\n") && !is_opened(b"\n---\n"));
    }
}

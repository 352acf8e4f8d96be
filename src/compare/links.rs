//! The links of a page and the ids that links may lead to.

use super::address::{Site, Target};
use super::hash::Hash;
use super::page::Page;
use super::said::is_heading;
use crate::markup::arena::Id;

/// What a page has of links and of places that they lead to.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// Links into the site that lead nowhere: what is linked, how it is written, and whether it is a part of the page,
    /// such as an image.
    pub(super) broken: Vec<Broken>,
    /// Links to a place in another page of the site.
    pub(super) anchors: Vec<Anchor>,
    /// All ids and names that links may lead to, hashed and sorted.
    pub(super) ids: Vec<u64>,
    /// The ids of headings.
    pub(super) headings: Vec<String>,
}

/// A link that leads nowhere.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Broken {
    pub(super) address: String,
    pub(super) written: String,
    pub(super) is_part: bool,
}

/// A link to a place in another page.
#[derive(Debug)]
pub(super) struct Anchor {
    pub(super) file: usize,
    pub(super) id: u64,
    pub(super) written: String,
}

impl Links {
    /// Collects them from these elements of the page at `address`. Headings count only where `is_content` says.
    pub(super) fn of(
        page: &Page,
        elements: &[Id],
        site: &Site,
        address: &str,
        is_content: &dyn Fn(Id) -> bool,
    ) -> Links {
        let mut links = Links::default();
        let mut here = Vec::new();
        let own = site.reach(address).ok();
        for &id in elements {
            let name = page.name(id);
            for anchor in [page.attr(id, "id"), page.attr(id, "name").filter(|_| name == "a")].into_iter().flatten() {
                links.ids.push(Hash::of(anchor));
                if is_content(id) && names_heading(page, id) {
                    links.headings.push(anchor.to_owned());
                }
            }
            each_url(page, id, &mut |url, is_part| match site.target(url, address) {
                Target::Missing(missing) => {
                    links.broken.push(Broken { address: missing, written: url.to_owned(), is_part });
                }
                // The top of a page is always there.
                Target::File { fragment: Some(fragment), .. } if is_part || fragment.eq_ignore_ascii_case("top") => {}
                Target::File { file, fragment: Some(fragment) } => {
                    let anchor = Anchor { file, id: Hash::of(&fragment), written: url.to_owned() };
                    if own == Some(file) { here.push(anchor) } else { links.anchors.push(anchor) }
                }
                Target::File { .. } | Target::Outside => {}
            });
        }
        links.ids.sort_unstable();
        links.ids.dedup();
        for anchor in here.into_iter().filter(|anchor| links.ids.binary_search(&anchor.id).is_err()) {
            let address = format!("#{:x}", anchor.id);
            links.broken.push(Broken { address, written: anchor.written, is_part: false });
        }
        links.broken.sort_unstable();
        links.broken.dedup_by(|a, b| a.address == b.address && a.is_part == b.is_part);
        links
    }

    /// Whether a heading or anything else has this id.
    pub(super) fn has_id(&self, id: &str) -> bool {
        self.ids.binary_search(&Hash::of(id)).is_ok()
    }
}

/// Whether the element is a heading, or an anchor at the start of one.
fn names_heading(page: &Page, id: Id) -> bool {
    is_heading(page.name(id))
        || page.name(id) == "a" && page.parent(id).is_some_and(|parent| is_heading(page.name(parent)))
}

/// Calls `work` with each address that an element has, and whether what is there is a part of the page.
fn each_url(page: &Page, id: Id, work: &mut dyn FnMut(&str, bool)) {
    let (plain, is_part): (&[&str], bool) = match page.name(id) {
        "a" | "area" => (&["href"], false),
        "img" | "source" | "audio" | "track" | "embed" | "input" => (&["src"], true),
        "video" => (&["src", "poster"], true),
        "script" | "iframe" => (&["src"], true),
        "object" => (&["data"], true),
        "link" if loads(page, id) => (&["href"], true),
        _ => return,
    };
    plain.iter().filter_map(|name| page.attr(id, name)).for_each(|url| work(url, is_part));
    for candidate in page.attr(id, "srcset").unwrap_or_default().split(", ") {
        if let Some(url) = candidate.split_ascii_whitespace().next() {
            work(url, true);
        }
    }
}

/// Whether a browser fetches what the `link` names.
fn loads(page: &Page, id: Id) -> bool {
    let rel = page.attr(id, "rel").unwrap_or_default();
    rel.split_ascii_whitespace()
        .any(|word| ["stylesheet", "icon", "manifest"].iter().any(|known| word.eq_ignore_ascii_case(known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_places_are_found() {
        let files = ["index.html", "a.html", "x.png", "s.css"];
        let site = Site::new(files.map(str::to_owned).to_vec());
        let page = Page::parse(
            "<link rel=stylesheet href=s.css><link rel=prev href=/no><h2 id=one>1</h2><h3><a name=two></a>2</h3><p id=p>\
             <a href=#one>x</a><a href=#three>x</a><a href=a.html#y>x</a><a href=/gone/>x</a><a href='/gone/'>again</a>\
             <img src=x.png srcset='x.png 1x, y.png 2x'><a href=https://example.org/>x</a><a href=#top>x</a>",
        )
        .unwrap();
        let links = Links::of(&page, &page.elements(), &site, "/", &|_| true);
        let broken: Vec<_> = links.broken.iter().map(|broken| (broken.written.as_str(), broken.is_part)).collect();
        assert_eq!(broken, [("#three", false), ("/gone/", false), ("y.png", true)]);
        assert_eq!(links.anchors.len(), 1);
        assert_eq!(links.headings, ["one", "two"]);
        assert!(links.has_id("p") && !links.has_id("y"));
    }
}

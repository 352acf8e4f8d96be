//! Where on a site's pages the content stands, found by what the pages have in common: what nearly all have, at the same
//! place, is the frame; the lowest element that holds what is left is the content.

use std::collections::BTreeMap;

use super::hash::Hash;
use super::page::{Page, Step};
use crate::markup::arena::Id;

/// So many pages at least must be looked at to know what they have in common.
const FEWEST: usize = 3;
/// How much of a page's own text, in percent, the content must hold.
const SHARE: usize = 80;
/// On how many of the pages looked at, in percent, a kind of content must be found to count as one.
const VOTES: usize = 10;

/// The places of content on a site: names of elements with ids and classes from `body` down, the most frequent first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    places: Vec<String>,
}

/// What is known of an element while places are looked for.
struct Own {
    id: Id,
    /// The length of the text in it that is the page's own.
    own: usize,
}

impl Content {
    /// Looks for content on some pages of a site. `None` if the pages do not tell.
    pub(super) fn find(pages: &[&Page]) -> Option<Content> {
        if pages.len() < FEWEST {
            return None;
        }
        let mut seen: BTreeMap<(u64, u64), usize> = BTreeMap::new();
        for page in pages {
            let mut texts = texts(page);
            texts.sort_unstable();
            texts.dedup();
            texts.into_iter().for_each(|text| *seen.entry(text).or_default() += 1);
        }
        // What a third of them share is no page's own. Few pages share less by chance than many do.
        let common = (pages.len() / 3).max(2);
        let is_own = |text: &(u64, u64)| seen.get(text).is_none_or(|count| *count < common);
        let has_frame = seen.values().any(|count| *count >= common);
        let mut votes: BTreeMap<String, usize> = BTreeMap::new();
        for page in pages {
            if let Some(root) = root(page, &is_own) {
                *votes.entry(place_name(page, root)).or_default() += 1;
            }
        }
        let mut places: Vec<(String, usize)> = votes.into_iter().collect();
        places.retain(|(_, count)| *count >= 2 && count * 100 >= pages.len() * VOTES);
        places.sort_by_key(|(place, count)| (std::cmp::Reverse(*count), place.clone()));
        let found: usize = places.iter().map(|(_, count)| count).sum();
        // Pages without any frame are content from end to end, and a vote of few tells nothing.
        if !has_frame || found * 2 < pages.len() {
            return None;
        }
        Some(Content { places: places.into_iter().map(|(place, _)| place).collect() })
    }

    /// The element of a page that holds its content.
    pub(super) fn root(&self, page: &Page) -> Option<Id> {
        let body = page.first("body")?;
        self.places.iter().find_map(|place| {
            let mut found = vec![body];
            for step in place.split(" > ").skip(1) {
                let below = found.iter().flat_map(|&id| page.children(id));
                found = below.filter(|&id| page.is_element(id) && step_name(page, id) == step).collect();
            }
            match found.as_slice() {
                [id] => Some(*id),
                _ => None,
            }
        })
    }

    /// The places, as they are told.
    pub(super) fn places(&self) -> &[String] {
        &self.places
    }
}

/// The texts of a page, each by the place it stands at and what it says.
fn texts(page: &Page) -> Vec<(u64, u64)> {
    let mut found = Vec::new();
    each_text(page, &mut |place, text, _| found.push((place, Hash::of(text))));
    found
}

/// An element with its place.
type Placed = (Id, u64);

/// Calls `work` with each text, the place of what it stands in, and the elements around it.
fn each_text(page: &Page, work: &mut dyn FnMut(u64, &str, &[Placed])) {
    let mut open: Vec<Placed> = Vec::new();
    page.walk(Page::ROOT, &mut |step, id| {
        match step {
            Step::Enter if page.is_element(id) => {
                if matches!(page.name(id), "script" | "style" | "head" | "template" | "noscript") {
                    return false;
                }
                let above = open.last().map_or(0, |(_, place)| *place);
                open.push((id, place(page, id, above)));
            }
            Step::Enter => {
                let text = page.text(id).map(str::trim).filter(|text| !text.is_empty());
                if let (Some(text), Some((_, place))) = (text, open.last()) {
                    work(*place, text, &open);
                }
            }
            Step::Leave if page.is_element(id) => {
                open.pop();
            }
            Step::Leave => {}
        }
        true
    });
}

fn place(page: &Page, id: Id, above: u64) -> u64 {
    let mut hash = Hash(above);
    hash.add(page.name(id).as_bytes());
    hash.0
}

/// The lowest element that holds nearly all of a page's own text.
fn root(page: &Page, is_own: &dyn Fn(&(u64, u64)) -> bool) -> Option<Id> {
    let mut elements: BTreeMap<Id, Own> = BTreeMap::new();
    each_text(page, &mut |place, text, open| {
        if is_own(&(place, Hash::of(text))) {
            for (id, _) in open {
                elements.entry(*id).or_insert(Own { id: *id, own: 0 }).own += text.len();
            }
        }
    });
    let whole = elements.values().map(|own| own.own).max()?;
    let mut at = page.first("body")?;
    loop {
        let below = page.children(at).filter_map(|id| elements.get(&id));
        let heaviest = below.max_by_key(|own| own.own);
        match heaviest.filter(|own| own.own * 100 >= whole * SHARE && is_structural(page.name(own.id))) {
            Some(own) => at = own.id,
            None => return Some(at),
        }
    }
}

/// Whether content as a whole may stand in such an element.
fn is_structural(name: &str) -> bool {
    matches!(name, "body" | "div" | "main" | "article" | "section" | "td" | "table" | "tbody" | "tr" | "center")
}

/// `body > main > div.content`.
fn place_name(page: &Page, id: Id) -> String {
    let around = std::iter::successors(Some(id), |&id| page.parent(id)).take_while(|&id| page.name(id) != "html");
    let mut names: Vec<String> = around.map(|id| step_name(page, id)).collect();
    names.reverse();
    names.join(" > ")
}

/// An element in a place: its name with its id and classes, but for those with digits, which are one page's own.
fn step_name(page: &Page, id: Id) -> String {
    let mut name = page.name(id).to_owned();
    // The classes of `body` tell what kind of page it is, which is no place.
    if name == "body" {
        return name;
    }
    let has_digit = |word: &&str| word.bytes().any(|byte| byte.is_ascii_digit());
    if let Some(id) = page.attr(id, "id").filter(|id| !has_digit(id)) {
        name.extend(["#", id]);
    }
    for class in page.classes(id).filter(|class| !has_digit(class)) {
        name.extend([".", class]);
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(number: usize) -> Page {
        let words: String = (0..40).map(|word| format!("w{} ", word * number)).collect();
        Page::parse(&format!(
            "<body class=p{number}><nav><a>Home</a><a>About</a></nav><div class='wrap x{number}'><main><h1>T{number}</h1>\
             <div class=text><p>{words}</p><p>{words}{number}</p></div></main><aside>Same for all</aside></div>\
             <footer>Mine</footer></body>"
        ))
        .unwrap()
    }

    #[test]
    fn content_is_what_pages_do_not_share() {
        let pages: Vec<Page> = (1..9).map(page).collect();
        let content = Content::find(&pages.iter().collect::<Vec<_>>()).unwrap();
        assert_eq!(content.places(), ["body > div.wrap > main > div.text"]);
        let root = content.root(&pages[3]).unwrap();
        assert!(pages[3].text_of(root).starts_with("w0 w4 "));
        assert_eq!(content.root(&Page::parse("<p>x").unwrap()), None);
    }

    #[test]
    fn pages_that_do_not_tell_are_told_of() {
        let pages: Vec<Page> = (1..9).map(page).collect();
        assert_eq!(Content::find(&[&pages[0], &pages[1]]), None);
        let bare: Vec<Page> = (1..9).map(|n| Page::parse(&format!("<p>only {n}</p>")).unwrap()).collect();
        assert_eq!(Content::find(&bare.iter().collect::<Vec<_>>()), None);
    }
}

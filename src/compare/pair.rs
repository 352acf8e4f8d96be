//! Two pages beside each other.

use super::address::Site;
use super::content::Content;
use super::finding::{Finding, Kind};
use super::links::Links;
use super::page::Page;
use super::said::{Said, View};
use super::typography;
use super::words;
use super::{Options, Selector};
use crate::markup::arena::Id;

/// How the pages of two sites are looked at.
pub(super) struct Gaze<'g> {
    pub(super) options: &'g Options,
    pub(super) old: &'g Site,
    pub(super) new: &'g Site,
    /// Where content stands on either site, if both tell.
    pub(super) content: Option<(Content, Content)>,
    /// Whether what stands around the content is compared too.
    pub(super) has_same_frame: bool,
}

/// Which of the two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    Old,
    New,
}

/// A page with what is looked at in it.
pub(super) struct Looked<'p> {
    page: &'p Page,
    address: &'p str,
    which: Which,
    ignored: Vec<bool>,
    /// The elements in whose insides everything is compared; `None` is the whole page.
    roots: Option<Vec<Id>>,
    pub(super) links: Links,
}

impl Gaze<'_> {
    /// Looks at a page.
    pub(super) fn look<'p>(&self, page: &'p Page, address: &'p str, which: Which) -> Looked<'p> {
        let elements = page.elements();
        let ignored = self.ignored(page, &elements);
        let is_seen = |id: &Id| !ignored.get(*id as usize).copied().unwrap_or(false);
        let roots = match &self.options.select {
            Some(select) => Some(outermost(page, elements.iter().copied().filter(|&id| select.matches(page, id)))),
            None => self.content.as_ref().and_then(|(old, new)| {
                let content = if which == Which::Old { old } else { new };
                content.root(page).map(|root| vec![root])
            }),
        };
        let inside = roots.as_ref().map(|roots| inside(page, roots));
        let is_content =
            |id: Id| inside.as_ref().is_none_or(|inside| inside.get(id as usize).copied().unwrap_or(false));
        let has_links = |id: &Id| self.options.select.is_none() || is_content(*id);
        let site = self.site(which);
        let linking: Vec<Id> = elements.iter().copied().filter(is_seen).filter(has_links).collect();
        // In a frame that both sites share a heading is as much to be found as in the content.
        let is_everywhere = self.options.select.is_none() && self.has_same_frame;
        let mut links = Links::of(page, &linking, site, address, &|id| is_everywhere || is_content(id));
        if self.options.select.is_some() {
            // Links lead to places outside of what was selected too.
            links.ids = Links::of(page, &elements, site, address, &|_| false).ids;
        }
        Looked { page, address, which, ignored, roots, links }
    }

    fn site(&self, which: Which) -> &Site {
        if which == Which::Old { self.old } else { self.new }
    }

    /// What is left out, with everything in it.
    fn ignored(&self, page: &Page, elements: &[Id]) -> Vec<bool> {
        if self.options.ignore.is_empty() {
            return Vec::new();
        }
        let is_named = |id: Id| self.options.ignore.iter().any(|selector: &Selector| selector.matches(page, id));
        let named: Vec<Id> = elements.iter().copied().filter(|&id| is_named(id)).collect();
        let mut ignored = inside(page, &named);
        named.iter().for_each(|&id| ignored[id as usize] = true);
        ignored
    }

    /// How a link is compared: by where it leads in the new site. `None` if as it is written.
    fn link(&self, url: &str, looked: &Looked<'_>) -> Option<String> {
        let site = self.site(looked.which);
        let (to, rest) = site.spelling(url, looked.address)?;
        let address = to.map_or_else(|address| address, |file| site.address_of(file));
        let end = self.new.reach(&address).map(|file| self.new.address_of(file));
        Some(end.unwrap_or(address) + &rest)
    }

    fn said(&self, looked: &Looked<'_>, part: Part<'_>) -> Said {
        let link = |url: &str| if self.options.is_exact { None } else { self.link(url, looked) };
        let view = View { page: looked.page, ignored: &looked.ignored, is_exact: self.options.is_exact, link: &link };
        match part {
            Part::Inside(roots) => view.inside(roots),
            Part::Around(hole) => view.around(hole),
        }
    }

    /// The content of a page, or all of it.
    fn said_content(&self, looked: &Looked<'_>, whole: bool) -> Said {
        match &looked.roots {
            Some(roots) if !whole => self.said(looked, Part::Inside(roots)),
            _ => self.said(looked, Part::Around(None)),
        }
    }

    /// A number for the text of a page's content.
    pub(super) fn text_hash(&self, looked: &Looked<'_>) -> u64 {
        self.said_content(looked, false).text_hash()
    }

    /// Whether two pages have the same around their content. `None` if the content is not known.
    pub(super) fn frames_agree(&self, old: &Looked<'_>, new: &Looked<'_>) -> Option<bool> {
        let hole = |looked: &Looked<'_>| looked.roots.as_ref().and_then(|roots| roots.first().copied());
        let (old_hole, new_hole) = (hole(old)?, hole(new)?);
        Some(self.said(old, Part::Around(Some(old_hole))) == self.said(new, Part::Around(Some(new_hole))))
    }

    /// The differences between two pages, but for links that are broken.
    pub(super) fn differences(&self, old: &Looked<'_>, new: &Looked<'_>) -> Vec<Finding> {
        let mut found = Vec::new();
        self.titles(old, new, &mut found);
        // Pages of which only one has a content that is known are compared whole.
        let is_whole = self.options.select.is_none() && (old.roots.is_none() || new.roots.is_none());
        let (old_said, new_said) = (self.said_content(old, is_whole), self.said_content(new, is_whole));
        if old_said != new_said {
            found.extend(words::differences(&old_said, &new_said));
        }
        if !is_whole && self.has_same_frame && self.options.select.is_none() {
            let hole = |looked: &Looked<'_>| looked.roots.as_ref().and_then(|roots| roots.first().copied());
            let old_frame = self.said(old, Part::Around(hole(old)));
            let new_frame = self.said(new, Part::Around(hole(new)));
            if old_frame != new_frame {
                found.extend(words::differences(&old_frame, &new_frame));
            }
        }
        let lost = old.links.headings.iter().filter(|id| !new.links.has_id(id));
        found.extend(lost.map(|id| Finding::new(Kind::HeadingId, id.as_str(), "")));
        found
    }

    fn titles(&self, old: &Looked<'_>, new: &Looked<'_>, found: &mut Vec<Finding>) {
        let title = |looked: &Looked<'_>| {
            let id = looked.page.first("title")?;
            let is_ignored = looked.ignored.get(id as usize).copied().unwrap_or(false);
            (!is_ignored).then(|| looked.page.text_of(id))
        };
        let (old, new) = (title(old).unwrap_or_default(), title(new).unwrap_or_default());
        let is_same =
            if self.options.is_exact { old == new } else { typography::plain(&old) == typography::plain(&new) };
        if !is_same {
            found.push(Finding::new(Kind::Title, old, new));
        }
    }

    /// The links of the new page that led somewhere in the old, or were not there, and lead nowhere.
    pub(super) fn broken(&self, old: Option<&Looked<'_>>, new: &Looked<'_>) -> Vec<Finding> {
        let was_broken =
            |address: &str| old.is_some_and(|old| old.links.broken.iter().any(|broken| broken.address == address));
        let broken = new.links.broken.iter().filter(|broken| !was_broken(&broken.address));
        broken
            .map(|broken| {
                let kind = if broken.is_part { Kind::ImageBroken } else { Kind::LinkBroken };
                Finding::new(kind, "", broken.written.as_str())
            })
            .collect()
    }
}

enum Part<'r> {
    Inside(&'r [Id]),
    Around(Option<Id>),
}

/// Which nodes stand in these elements.
fn inside(page: &Page, roots: &[Id]) -> Vec<bool> {
    let mut inside = vec![false; page.len()];
    for &root in roots {
        page.walk(root, &mut |_, id| {
            if id != root {
                inside[id as usize] = true;
            }
            true
        });
    }
    inside
}

/// Those elements that do not stand in others of them.
fn outermost(page: &Page, elements: impl Iterator<Item = Id>) -> Vec<Id> {
    let mut found: Vec<Id> = Vec::new();
    let mut taken = vec![false; page.len()];
    for id in elements.collect::<Vec<_>>() {
        if !taken.get(id as usize).copied().unwrap_or(false) {
            page.walk(id, &mut |_, below| {
                taken[below as usize] = true;
                true
            });
            found.push(id);
        }
    }
    found
}

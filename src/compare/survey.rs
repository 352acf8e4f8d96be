//! What is to be known of two sites before their pages are compared.

use std::collections::BTreeMap;
use std::io::Read;
use std::sync::OnceLock;

use super::address::{Site, address, is_page, redirect_list};
use super::content::Content;
use super::page::{Page, may_redirect};
use super::pair::{Gaze, Which};
use super::{Options, SiteFiles, Spread, page_text};

/// How many pages of a site are looked at for what they have in common.
const SAMPLE: usize = 60;

/// Does a piece of work for each of `count` things; the results are in their order.
pub(super) fn each<T: Send + Sync>(count: usize, spread: Spread<'_>, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let slots: Vec<OnceLock<T>> = std::iter::repeat_with(OnceLock::new).take(count).collect();
    spread(count, &|index| {
        if let Some(slot) = slots.get(index) {
            slot.get_or_init(|| work(index));
        }
    });
    slots.into_iter().filter_map(OnceLock::into_inner).collect()
}

/// The files of a site, with where its addresses lead on to.
pub(super) fn site(files: &dyn SiteFiles, spread: Spread<'_>) -> Site {
    let mut site = Site::new(files.files());
    let redirects = each(site.files().len(), spread, |index| {
        let path = site.files().get(index).filter(|path| is_page(path))?;
        redirect(files, path).map(|to| (address(path), to))
    });
    site.base = base(files, &site);
    for (from, to) in redirects.into_iter().flatten() {
        let to = absolute(&to, &from);
        site.add_redirect(&from, &to);
    }
    if let Ok(list) = page_text(files, "_redirects") {
        redirect_list(&list).for_each(|(from, to)| site.add_listed(from, to));
    }
    site
}

/// A redirect's address as it stands in a page, from the site's root.
fn absolute(to: &str, from: &str) -> String {
    if to.starts_with('/') || to.contains(':') {
        return to.to_owned();
    }
    let folder = from.rfind('/').map_or("/", |at| &from[..=at]);
    format!("{folder}{to}")
}

fn redirect(files: &dyn SiteFiles, path: &str) -> Option<String> {
    const LONGEST: u64 = 16 << 10;
    let mut bytes = Vec::new();
    files.open(path).ok()?.take(LONGEST).read_to_end(&mut bytes).ok()?;
    let html = String::from_utf8_lossy(&bytes);
    if !may_redirect(&html) {
        return None;
    }
    Page::parse(&html)?.redirect().map(|to| to.into_owned())
}

/// What stands in front of a site's addresses in whole ones, as most pages' canonical links have it.
fn base(files: &dyn SiteFiles, site: &Site) -> Option<String> {
    let mut votes: BTreeMap<String, usize> = BTreeMap::new();
    for file in sample(site) {
        let Some(path) = site.files().get(file) else { continue };
        let Some(page) = page_text(files, path).ok().and_then(|html| Page::parse(&html)) else { continue };
        let canonical = page.elements().into_iter().find_map(|id| {
            let is_canonical = page.name(id) == "link" && page.attr(id, "rel") == Some("canonical");
            page.attr(id, "href").filter(|_| is_canonical).map(str::to_owned)
        });
        let address = address(path);
        let base = canonical.as_deref().filter(|url| url.contains("://")).and_then(|url| url.strip_suffix(&address));
        if let Some(base) = base {
            *votes.entry(base.to_owned()).or_default() += 1;
        }
    }
    votes.into_iter().max_by_key(|(_, count)| *count).map(|(base, _)| base)
}

/// Pages from all over a site.
fn sample(site: &Site) -> Vec<usize> {
    let pages: Vec<usize> = site
        .files()
        .iter()
        .enumerate()
        .filter(|(file, path)| is_page(path) && !site.is_redirect(*file))
        .map(|(file, _)| file)
        .collect();
    let step = pages.len().div_ceil(SAMPLE).max(1);
    pages.into_iter().step_by(step).collect()
}

/// Where the content stands on either site.
pub(super) fn contents(old: &dyn SiteFiles, new: &dyn SiteFiles, gaze: &Gaze<'_>) -> Option<(Content, Content)> {
    let content = |files: &dyn SiteFiles, site: &Site| {
        let paths = sample(site).into_iter().filter_map(|file| site.files().get(file));
        let pages: Vec<Page> = paths.filter_map(|path| Page::parse(&page_text(files, path).ok()?)).collect();
        Content::find(&pages.iter().collect::<Vec<_>>())
    };
    Some((content(old, gaze.old)?, content(new, gaze.new)?))
}

/// Whether both sites have the same around their content: on at least half of the pages looked at.
pub(super) fn has_same_frame(old: &dyn SiteFiles, new: &dyn SiteFiles, gaze: &Gaze<'_>) -> bool {
    let (mut same, mut all) = (0, 0);
    for file in sample(gaze.old) {
        let agree = || {
            let old_path = gaze.old.files().get(file)?;
            let old_address = address(old_path);
            let new_path = gaze.new.files().get(gaze.new.reach(&old_address).ok()?)?;
            let new_address = address(new_path);
            let old_page = Page::parse(&page_text(old, old_path).ok()?)?;
            let new_page = Page::parse(&page_text(new, new_path).ok()?)?;
            let old = gaze.look(&old_page, &old_address, Which::Old);
            let new = gaze.look(&new_page, &new_address, Which::New);
            gaze.frames_agree(&old, &new)
        };
        if let Some(agree) = agree() {
            all += 1;
            same += usize::from(agree);
        }
    }
    all > 0 && same * 2 >= all
}

impl<'g> Gaze<'g> {
    /// Looks at both sites as a whole.
    pub(super) fn survey(
        options: &'g Options,
        (old, old_site): (&dyn SiteFiles, &'g Site),
        (new, new_site): (&dyn SiteFiles, &'g Site),
    ) -> Gaze<'g> {
        let mut gaze = Gaze { options, old: old_site, new: new_site, content: None, has_same_frame: true };
        if options.select.is_none() {
            gaze.content = contents(old, new, &gaze);
            gaze.has_same_frame = gaze.content.is_none() || has_same_frame(old, new, &gaze);
        }
        gaze
    }
}

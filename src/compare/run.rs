//! The comparison of two sites from end to end.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

use super::address::{Site, address, is_page};
use super::finding::{Finding, Kind};
use super::jobs::{End, Job, jobs};
use super::links::Anchor;
use super::page::Page;
use super::pair::{Gaze, Looked, Which};
use super::report::{Kinds, PageReport, Report, Status, Totals};
use super::survey::{self, each};
use super::{Options, SiteFiles, Spread, feeds, page_text};

/// Compares two built sites.
pub fn compare(old: &dyn SiteFiles, new: &dyn SiteFiles, options: &Options, spread: Spread<'_>) -> Report {
    let (old_site, new_site) = (survey::site(old, spread), survey::site(new, spread));
    let gaze = Gaze::survey(options, (old, &old_site), (new, &new_site));
    let work = Work { old, new, gaze: &gaze };
    let jobs = jobs(&old_site, &new_site);
    let done = each(jobs.len(), spread, |index| jobs.get(index).map(|job| work.job(job)).unwrap_or_default());
    finish(&gaze, &jobs, done)
}

/// What came of a job.
#[derive(Default)]
struct Done {
    report: Option<PageReport>,
    kinds: Kinds,
    /// Which page of the new site it was that was looked at, and the ids in it.
    ids: Option<(usize, Vec<u64>)>,
    anchors: Vec<Anchor>,
    /// The same of the old page: its file and ids, and its links to places in others.
    old_ids: Option<(usize, Vec<u64>)>,
    old_anchors: Vec<(usize, u64)>,
    /// A page that one of the sites lacks: its text.
    text: Option<u64>,
}

struct Work<'w> {
    old: &'w dyn SiteFiles,
    new: &'w dyn SiteFiles,
    gaze: &'w Gaze<'w>,
}

impl Work<'_> {
    fn job(&self, job: &Job) -> Done {
        match job {
            Job::Page { old, end, owns } => self.page(*old, end, *owns),
            Job::File { old, new } => self.file(*old, *new),
            Job::NewPage { new } => self.new_page(*new),
            Job::NewFile { new } => {
                let mut done = Done::at(self.gaze.new, *new);
                done.find(Status::New, Finding::new(Kind::AddressNew, "", ""));
                done
            }
        }
    }

    fn page(&self, file: usize, end: &End, owns: bool) -> Done {
        let mut done = Done::at(self.gaze.old, file);
        let old_address = done.address();
        // A page that only led elsewhere is what it led to.
        let old_end = self.gaze.old.reach(&old_address);
        match (end, old_end) {
            (End::Nowhere, Ok(file)) => {
                done.find(Status::Missing, Finding::new(Kind::AddressMissing, "", ""));
                done.text = self.text(file);
            }
            (End::Nowhere, Err(_)) => done.find(Status::Missing, Finding::new(Kind::AddressMissing, "", "")),
            (End::Elsewhere(new), Err(old)) if *new == old => {}
            (End::Elsewhere(new), old) => {
                let old = old.map_or_else(
                    |end| end,
                    |file| self.gaze.old.files().get(file).map_or(String::new(), |path| address(path)),
                );
                done.find(Status::Differs, Finding::new(Kind::Redirect, old, new.clone()));
            }
            (End::Page(new), Err(old)) => {
                let new = self.gaze.new.address_of(*new);
                done.find(Status::Differs, Finding::new(Kind::Redirect, old, new));
            }
            (End::Page(new), Ok(old)) => {
                let leads_alike = old != file
                    && self.gaze.old.files().get(old).and_then(|path| self.gaze.new.reach(&address(path)).ok())
                        == Some(*new);
                self.moved(&mut done, old == file, *new);
                if !leads_alike || owns {
                    self.pair(&mut done, old, *new, owns);
                }
            }
        }
        done
    }

    /// Notes where a page has gone that had its own address.
    fn moved(&self, done: &mut Done, was_page: bool, new: usize) {
        let to = self.gaze.new.address_of(new);
        let from = done.address();
        if let Some(report) = done.report.as_mut().filter(|_| was_page && to != from) {
            report.moved_to = Some(to.clone());
            if self.gaze.options.is_exact {
                done.find(Status::Differs, Finding::new(Kind::Redirect, from, to));
            }
        }
    }

    fn pair(&self, done: &mut Done, old_file: usize, new_file: usize, owns: bool) {
        let (Some(old_path), Some(new_path)) =
            (self.gaze.old.files().get(old_file), self.gaze.new.files().get(new_file))
        else {
            return;
        };
        let texts = (page_text(self.old, old_path), page_text(self.new, new_path));
        let (old_text, new_text) = match texts {
            (Ok(old), Ok(new)) => (old, new),
            (Err(error), _) | (_, Err(error)) => return done.fail(error.to_string()),
        };
        let (old_address, new_address) = (address(old_path), address(new_path));
        let (Some(old_page), Some(new_page)) = (Page::parse(&old_text), Page::parse(&new_text)) else {
            if old_text != new_text {
                done.fail("its elements lie too deep in one another to be compared".to_owned());
            }
            return;
        };
        let mut old = self.gaze.look(&old_page, &old_address, Which::Old);
        let mut new = self.gaze.look(&new_page, &new_address, Which::New);
        let is_known_same = old_text == new_text && old_address == new_address && self.gaze.options.is_exact;
        if !is_known_same {
            done.add(self.gaze.differences(&old, &new));
        }
        if owns {
            done.add(self.gaze.broken(Some(&old), &new));
            done.old_anchors = old.links.anchors.iter().map(|anchor| (anchor.file, anchor.id)).collect();
            done.old_ids = Some((old_file, std::mem::take(&mut old.links.ids)));
            done.take_links(new_file, &mut new);
        }
    }

    fn new_page(&self, file: usize) -> Done {
        let mut done = Done::at(self.gaze.new, file);
        done.find(Status::New, Finding::new(Kind::AddressNew, "", ""));
        let Some(path) = self.gaze.new.files().get(file) else { return done };
        let Some(page) = page_text(self.new, path).ok().and_then(|html| Page::parse(&html)) else { return done };
        let new_address = address(path);
        let mut looked = self.gaze.look(&page, &new_address, Which::New);
        done.text = Some(self.gaze.text_hash(&looked));
        done.add(self.gaze.broken(None, &looked));
        done.take_links(file, &mut looked);
        done
    }

    fn text(&self, file: usize) -> Option<u64> {
        let path = self.gaze.old.files().get(file)?;
        let page = Page::parse(&page_text(self.old, path).ok()?)?;
        Some(self.gaze.text_hash(&self.gaze.look(&page, &address(path), Which::Old)))
    }

    fn file(&self, old: usize, new: Option<usize>) -> Done {
        let mut done = Done::at(self.gaze.old, old);
        let old_path = self.gaze.old.files().get(old).map(String::as_str).unwrap_or_default();
        let Some(new_path) = new.and_then(|file| self.gaze.new.files().get(file)) else {
            done.find(Status::Missing, Finding::new(Kind::AddressMissing, "", ""));
            return done;
        };
        match self.bytes(old_path, new_path) {
            Ok(None) => {}
            Ok(Some((old, new))) => {
                let bytes = |count: u64| format!("{count} byte{}", if count == 1 { "" } else { "s" });
                done.find(Status::Differs, Finding::new(Kind::Bytes, bytes(old), bytes(new)));
            }
            Err(error) => done.fail(error.to_string()),
        }
        done
    }

    /// The lengths of two files if their bytes differ; nothing if they are the same.
    fn bytes(&self, old: &str, new: &str) -> std::io::Result<Option<(u64, u64)>> {
        if !self.gaze.options.is_exact && feeds::is_feed(old) && feeds::is_feed(new) {
            let (old, new) = (page_text(self.old, old)?, page_text(self.new, new)?);
            let is_same = feeds::without_build_time(&old) == feeds::without_build_time(&new);
            return Ok((!is_same).then_some((old.len() as u64, new.len() as u64)));
        }
        let (mut old, mut new) = (self.old.open(old)?, self.new.open(new)?);
        let (mut old_length, mut new_length, mut is_same) = (0, 0, true);
        loop {
            let (old_piece, new_piece) = (piece(&mut old)?, piece(&mut new)?);
            is_same &= old_piece == new_piece;
            old_length += old_piece.len() as u64;
            new_length += new_piece.len() as u64;
            if old_piece.is_empty() && new_piece.is_empty() {
                return Ok((!is_same).then_some((old_length, new_length)));
            }
        }
    }
}

fn piece(file: &mut dyn Read) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    file.take(64 << 10).read_to_end(&mut bytes)?;
    Ok(bytes)
}

impl Done {
    fn at(site: &Site, file: usize) -> Done {
        Done { report: Some(PageReport::new(site.address_of(file))), ..Done::default() }
    }

    fn address(&self) -> String {
        self.report.as_ref().map(|report| report.address.clone()).unwrap_or_default()
    }

    fn add(&mut self, findings: Vec<Finding>) {
        if let Some(report) = &mut self.report {
            report.add(findings, &mut self.kinds);
        }
    }

    fn find(&mut self, status: Status, finding: Finding) {
        self.add(vec![finding]);
        if let Some(report) = &mut self.report {
            report.status = status;
        }
    }

    fn fail(&mut self, why: String) {
        if let Some(report) = &mut self.report {
            report.status = Status::Failed;
            report.failure = Some(why);
        }
    }

    fn take_links(&mut self, file: usize, looked: &mut Looked<'_>) {
        self.ids = Some((file, std::mem::take(&mut looked.links.ids)));
        self.anchors = std::mem::take(&mut looked.links.anchors);
    }
}

/// Links between pages, and texts that are found elsewhere, can be told once all pages have been looked at.
fn finish(gaze: &Gaze<'_>, jobs: &[Job], mut done: Vec<Done>) -> Report {
    broken_anchors(gaze, &mut done);
    found_elsewhere(jobs, &mut done);
    let pages = |site: &Site, which: fn(&str) -> bool| site.files().iter().filter(|path| which(path)).count();
    let redirects = (0..gaze.new.files().len()).filter(|&file| gaze.new.is_redirect(file)).count();
    let mut totals = Totals {
        old_pages: pages(gaze.old, is_page),
        new_pages: pages(gaze.new, is_page) - redirects,
        old_files: pages(gaze.old, |path| !is_page(path)),
        new_files: pages(gaze.new, |path| !is_page(path)),
        ..Totals::default()
    };
    let mut kinds = Kinds::default();
    let mut told = Vec::new();
    for done in done {
        kinds.add(done.kinds);
        let Some(report) = done.report else { continue };
        totals.moved += usize::from(report.moved_to.is_some());
        if report.status == Status::Same {
            totals.same += 1
        } else {
            totals.differing += 1
        }
        if report.status != Status::Same || report.moved_to.is_some() {
            told.push(report);
        }
    }
    totals.kinds = kinds.into_map();
    let content = gaze.content.as_ref().map(|(old, new)| (old.places().to_vec(), new.places().to_vec()));
    Report { version: 1, totals, content, notes: notes(gaze), pages: told }
}

fn notes(gaze: &Gaze<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    match &gaze.content {
        _ if gaze.options.select.is_some() => {}
        None => notes.push(
            "what the pages have in common does not tell where their content stands: they are compared whole"
                .to_owned(),
        ),
        Some(_) if !gaze.has_same_frame => {
            notes.push(
                "what stands around the content differs from page to page: only the content is compared".to_owned(),
            );
        }
        Some(_) => {}
    }
    notes
}

/// Links to a place in another page that is not there, unless the old page had the same and that was not there either.
fn broken_anchors(gaze: &Gaze<'_>, done: &mut [Done]) {
    let ids: BTreeMap<usize, Vec<u64>> = done.iter_mut().filter_map(|done| done.ids.take()).collect();
    let old_ids: BTreeMap<usize, Vec<u64>> = done.iter_mut().filter_map(|done| done.old_ids.take()).collect();
    let lacks = |ids: &BTreeMap<usize, Vec<u64>>, file: usize, id: u64| {
        ids.get(&file).is_some_and(|ids| ids.binary_search(&id).is_err())
    };
    let in_new = |file: usize| gaze.new.reach(&address(gaze.old.files().get(file)?)).ok();
    for done in done {
        let old_anchors = std::mem::take(&mut done.old_anchors).into_iter();
        let mut told: BTreeSet<(usize, u64)> = old_anchors
            .filter(|&(file, id)| lacks(&old_ids, file, id))
            .filter_map(|(file, id)| Some((in_new(file)?, id)))
            .collect();
        let anchors = std::mem::take(&mut done.anchors).into_iter();
        let broken =
            anchors.filter(|anchor| lacks(&ids, anchor.file, anchor.id) && told.insert((anchor.file, anchor.id)));
        let findings = broken.map(|anchor| Finding::new(Kind::LinkBroken, "", anchor.written)).collect();
        done.add(findings);
    }
}

/// Tells of a page that is gone where its text is now.
fn found_elsewhere(jobs: &[Job], done: &mut [Done]) {
    let mut texts: BTreeMap<u64, String> = BTreeMap::new();
    for (job, done) in jobs.iter().zip(&*done) {
        if let (Job::NewPage { .. }, Some(text)) = (job, done.text) {
            texts.entry(text).or_insert_with(|| done.address());
        }
    }
    for done in done {
        let Some(report) = &mut done.report else { continue };
        let Some(found) = done.text.filter(|_| report.status == Status::Missing).and_then(|text| texts.get(&text))
        else {
            continue;
        };
        let missing = report.findings.iter_mut().filter(|finding| finding.kind == Kind::AddressMissing);
        missing.for_each(|finding| finding.new.clone_from(found));
    }
}

//! `--prove`: both sites built by their own generators under bare layouts, and compared.

mod build;
mod built;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;
use std::path::Path;

use postferry::compare::{Finding, Kind, Options, PageReport, Report, Selector, Status, compare};
use postferry::diag::codes;
use postferry::site::{Fate, Plan};

use super::journal::{Journal, ToldOf};
use crate::cli::Stop;
use crate::cli::message::Message;
use crate::cli::threads::Threads;
use crate::cli::visible::visible_line;
pub(super) use build::Programs;
use built::Built;

/// How many pages of a kind are named on the terminal.
const PAGES: usize = 10;

/// What every post may be told, whatever it holds: it says nothing of why one differs.
const USUAL: [&str; 5] = ["hugo-config", "date-without-zone", "tag-address", "key-moved", "null-as-comment"];

/// What the proof found.
pub(super) struct Proved {
    pub(super) report: Report,
    /// What the migration said of the file behind an address that differs.
    pub(super) reasons: BTreeMap<String, Vec<ToldOf>>,
    compared: usize,
}

/// Builds both sites and compares them.
pub(super) fn prove(
    programs: &Programs,
    plan: &Plan,
    journal: &mut Journal,
    output: &Path,
    threads: &Threads,
) -> Result<Proved, Stop> {
    let work = tempfile::tempdir().map_err(|error| stop("no room for the proof", &error))?;
    let old = programs.old_site(plan, work.path())?;
    let new = programs.new_site(plan, output, work.path())?;
    let content = plan.items.iter().filter(|item| item.fate.is_content());
    let content: BTreeSet<String> = content.map(|item| file_of(item.address.as_deref())).collect();
    let unreadable = |error: io::Error| stop("what was built cannot be read", &error);
    let old = Built::new(&old, &content).map_err(unreadable)?;
    let new = Built::new(&new, &content).map_err(unreadable)?;
    let main = Selector::parse("main").map_err(|error| Stop::Failed(Box::new(Message::from_error(&error))))?;
    let options = Options::default().select(Some(main));
    let spread = |count: usize, work: &(dyn Fn(usize) + Sync)| {
        threads.map((0..count).collect(), work);
    };
    let mut report = compare(&old, &new, &options, &spread);
    leave_out(&mut report, plan);
    let reasons = reasons(&report, plan, journal).map_err(unreadable)?;
    let compared = report.totals.same + report.totals.differing;
    Ok(Proved { report, reasons, compared })
}

/// The file that is served at an address.
fn file_of(address: Option<&str>) -> String {
    let address = address.unwrap_or_default();
    let index = if address.ends_with('/') { "index.html" } else { "" };
    format!("{}{index}", address.trim_start_matches('/'))
}

/// What the new site has beside the old one's addresses is its generator's own: lists, feeds. A feed, a map of the site or
/// a style sheet that the old site worked out is listed elsewhere. And a page that went without a layout had no title to compare.
fn leave_out(report: &mut Report, plan: &Plan) {
    let not_content = plan.items.iter().filter(|item| item.fate == Fate::NotContent);
    let not_content: BTreeSet<&str> = not_content.filter_map(|item| item.address.as_deref()).collect();
    let own = plan.items.iter().filter_map(|item| item.address.as_deref());
    let own: BTreeSet<&str> = own.chain(plan.aliases.keys().map(|alias| &**alias)).collect();
    // Of Hugo's pages those that no file is behind are lists and feeds.
    let is_list = |address: &str| plan.generators().0 == "Hugo" && !own.contains(address);
    let is_other = |page: &PageReport| {
        let address = page.address.strip_suffix(".map").unwrap_or(&page.address);
        page.status == Status::New || not_content.contains(address) || is_list(&page.address)
    };
    let has_no_title = |finding: &Finding| finding.kind == Kind::Title && finding.old.is_empty();
    let totals = &mut report.totals;
    report.pages.retain_mut(|page| {
        let is_other = is_other(page);
        page.findings.retain(|finding| {
            let is_left = is_other || has_no_title(finding);
            if let Some(count) = totals.kinds.get_mut(finding.kind.as_str()).filter(|_| is_left) {
                *count -= 1;
            }
            !is_left
        });
        let is_same = page.findings.is_empty() && page.more == 0 && page.failure.is_none();
        if page.status != Status::Same && (is_other || is_same) {
            totals.differing -= 1;
            totals.same += usize::from(!is_other);
        }
        !is_other && (!is_same || page.moved_to.is_some())
    });
    totals.kinds.retain(|_, count| *count > 0);
}

fn reasons(report: &Report, plan: &Plan, journal: &mut Journal) -> io::Result<BTreeMap<String, Vec<ToldOf>>> {
    let mut of_path: BTreeMap<&str, &str> = BTreeMap::new();
    let differing = report.pages.iter().filter(|page| page.status != Status::Same).map(|page| page.address.as_str());
    let differing: BTreeSet<&str> = differing.collect();
    for item in &plan.items {
        if let Some(address) = item.address.as_deref().filter(|address| differing.contains(address)) {
            of_path.insert(&item.path, address);
        }
    }
    let mut reasons: BTreeMap<String, Vec<ToldOf>> = BTreeMap::new();
    journal.each(|entry| {
        if let Some(address) = of_path.get(entry.path.as_str()) {
            let told = entry.told.into_iter().filter(|told| !USUAL.contains(&told.code.as_str()));
            reasons.entry((*address).to_owned()).or_default().extend(told);
        }
        Ok(())
    })?;
    for problem in &plan.problems {
        if let Some(address) = of_path.get(&*problem.path) {
            reasons.entry((*address).to_owned()).or_default().push(ToldOf::of_error(&problem.error));
        }
    }
    Ok(reasons)
}

impl Proved {
    /// Whether something differs of which the migration said nothing.
    pub(super) fn is_silent(&self) -> bool {
        self.differing().any(|page| self.reason(page).is_none())
    }

    fn differing(&self) -> impl Iterator<Item = &PageReport> {
        self.report.pages.iter().filter(|page| page.status != Status::Same)
    }

    fn reason(&self, page: &PageReport) -> Option<&ToldOf> {
        let reasons = self.reasons.get(&page.address)?;
        reasons.iter().find(|told| told.severity != "note").or_else(|| reasons.first())
    }

    /// What is told on the terminal.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        let same = self.compared - self.report.totals.differing;
        let _ = writeln!(out, "proof: {same} of {} addresses show the same under bare layouts", self.compared);
        let (told, silent): (Vec<_>, Vec<_>) = self.differing().partition(|page| self.reason(page).is_some());
        let kinds = [
            ("differ, as was said", "differs, as was said", told),
            ("differ, and nothing says why", "differs, and nothing says why", silent),
        ];
        for (several, one, pages) in kinds {
            match pages.len() {
                0 => continue,
                1 => writeln!(out, "  1 {one}"),
                more => writeln!(out, "  {more} {several}"),
            }
            .unwrap_or_default();
            for page in pages.iter().take(PAGES) {
                let kinds: Vec<&str> = Kind::ALL
                    .iter()
                    .filter(|kind| page.findings.iter().any(|finding| finding.kind == **kind))
                    .map(|kind| kind.as_str())
                    .collect();
                let why = match self.reason(page) {
                    Some(told) => format!("{}: {}", told.code, told.message),
                    None => page.findings.first().map(Finding::message).unwrap_or_default(),
                };
                let line = format!("{} ({}) {}", page.address, kinds.join(", "), shortened(&why));
                let _ = writeln!(out, "      {}", visible_line(&line));
            }
            if pages.len() > PAGES {
                let _ = writeln!(out, "      ...");
            }
        }
        out
    }
}

fn shortened(text: &str) -> String {
    const LONGEST: usize = 140;
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text.to_owned(),
    }
}

fn stop(what: &str, error: &io::Error) -> Stop {
    let text = format!("{what}: {}", crate::cli::output::describe(error));
    Stop::Failed(Box::new(Message::new(&codes::PROOF_STOPPED, text)))
}

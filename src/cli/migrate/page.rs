//! `report.html`: the files of which there is something to tell, old and new side by side.

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use postferry::compare::document;
use postferry::site::{Item, Plan};

use super::journal::{Entry, ToldOf};
use super::prove::Proved;

/// How many files are listed, and of how many the source is shown: more than that a browser on a phone does not like.
const LISTED: usize = 2_000;
const SHOWN: usize = 200;

/// How many bytes of a source are shown.
const MOST: usize = 16_000;

/// The whole page.
pub(super) fn page(plan: &Plan, entries: &[Entry], output: &Path, proved: Option<&Proved>) -> String {
    let mut out = String::new();
    totals(plan, entries, proved, &mut out);
    let mut listed: Vec<&Entry> = entries.iter().filter(|entry| !entry.told.is_empty()).collect();
    listed.sort_by_key(|entry| (Reverse(weight(entry)), entry.path.clone()));
    let codes: BTreeSet<&str> =
        listed.iter().flat_map(|entry| entry.told.iter().map(|told| told.code.as_str())).collect();
    out.push_str(
        "<div class=\"filter\"><input id=\"text\" type=\"search\" placeholder=\"Filter by file or words\" \
         aria-label=\"Filter by file or words\"><select id=\"kind\" aria-label=\"What was told\"><option value=\"\">All</option>",
    );
    for code in &codes {
        let _ = write!(out, "<option>{code}</option>");
    }
    out.push_str(
        "</select></div>\n<p id=\"shown\" class=\"faint\" role=\"status\"></p>\n<table>\n<thead><tr><th>File</th><th>What</th>\
         <th>How often</th></tr></thead>\n<tbody>\n",
    );
    for (index, entry) in listed.iter().take(LISTED).enumerate() {
        let found = plan.items.binary_search_by(|item| (*item.path).cmp(&entry.path));
        let Some(item) = found.ok().and_then(|at| plan.items.get(at)) else { continue };
        row(plan, item, entry, output, index < SHOWN, &mut out);
    }
    out.push_str("</tbody>\n</table>\n");
    if let Some(more) = listed.len().checked_sub(LISTED).filter(|more| *more > 0) {
        let _ = writeln!(out, "<p class=\"faint\">{more} more are in report.json.</p>");
    }
    document("What became of the site", &out)
}

/// Losses before warnings before notes.
fn weight(entry: &Entry) -> usize {
    let weigh = |told: &ToldOf| match told.severity.as_str() {
        "loss" => 2,
        "warning" => 1,
        _ => 0,
    };
    entry.told.iter().map(weigh).max().unwrap_or_default()
}

fn totals(plan: &Plan, entries: &[Entry], proved: Option<&Proved>, out: &mut String) {
    let content = plan.items.iter().filter(|item| item.fate.is_content()).count();
    let with = |least: usize| entries.iter().filter(|entry| !entry.told.is_empty() && weight(entry) >= least).count();
    out.push_str("<ul class=\"totals\">\n");
    let mut item = |count: usize, what: &str| {
        let _ = writeln!(out, "<li><b>{count}</b>{what}</li>");
    };
    item(plan.items.len(), "files of the old site");
    item(content, "converted");
    item(with(2), "with losses");
    item(with(1), "with warnings or losses");
    item(plan.problems.len(), "of which something stood in the way");
    out.push_str("</ul>\n");
    for problem in &plan.problems {
        let _ = writeln!(out, "<p>{}: {}</p>", escaped(&problem.path), escaped(problem.error.message()));
    }
    if let Some(proved) = proved {
        let _ =
            writeln!(out, "<p><a href=\"proof.html\">{}</a></p>", escaped(proved.text().lines().next().unwrap_or("")));
    }
}

fn row(plan: &Plan, item: &Item, entry: &Entry, output: &Path, has_source: bool, out: &mut String) {
    let codes: BTreeSet<&str> = entry.told.iter().map(|told| told.code.as_str()).collect();
    let listed = codes.iter().copied().collect::<Vec<_>>().join(" ");
    let _ = write!(out, "<tr data-kinds=\"{listed}\"><td><details><summary>{}</summary>", escaped(&entry.path));
    if let (Some(address), Some(target)) = (&item.address, &item.target) {
        let _ = write!(out, "<p class=\"faint\">{} is {}</p>", escaped(address), escaped(target));
    }
    for told in &entry.told {
        let line = told.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        let help = told.help.as_deref().map(|help| format!(" ({})", help.trim())).unwrap_or_default();
        let _ = write!(
            out,
            "<p><span class=\"kind\">{}</span>{line}{}<span class=\"faint\">{}</span></p>",
            told.code,
            escaped(&told.message),
            escaped(&help)
        );
    }
    if has_source && weight(entry) > 0 {
        let read = |path: &Path| fs::read(path).map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
        let old = read(&plan.source(item)).unwrap_or_default();
        let new = item.target.as_deref().and_then(|target| read(&output.join(target)).ok()).unwrap_or_default();
        let lost: BTreeSet<usize> =
            entry.told.iter().filter(|told| told.severity != "note").filter_map(|told| told.line).collect();
        out.push_str("<div class=\"sides\"><div data-side=\"old\">");
        lines(&old, &lost, out);
        out.push_str("</div><div data-side=\"new\">");
        lines(&new, &BTreeSet::new(), out);
        out.push_str("</div></div>");
    }
    out.push_str("</details></td><td>");
    for code in &codes {
        let _ = write!(out, "<span class=\"kind\">{code}</span>");
    }
    let _ = writeln!(out, "</td><td class=\"count\">{}</td></tr>", entry.told.len());
}

/// The lines of a source, those of which something is told marked.
fn lines(source: &str, marked: &BTreeSet<usize>, out: &mut String) {
    let mut size = 0;
    for (index, line) in source.lines().enumerate() {
        size += line.len();
        if size > MOST {
            out.push('…');
            return;
        }
        let line = escaped(line);
        match marked.contains(&(index + 1)) {
            true => out.push_str(&format!("<del>{line}</del>\n")),
            false => out.push_str(&format!("{line}\n")),
        }
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\0', "\u{fffd}")
}

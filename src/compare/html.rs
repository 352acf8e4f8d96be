//! The report as a page.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::finding::{Finding, Kind, Mark};
use super::report::{PageReport, Report, Status};

const STYLE: &str = include_str!("report.css");
const SCRIPT: &str = include_str!("report.js");

/// How many pages are listed: more than that a browser on a phone does not like. `report.json` has all.
const MOST: usize = 2_000;

/// A page in the style of the report that needs no network: a heading, and what stands below it. A table of it whose rows
/// say in `data-kinds` of what kind they are can be filtered by fields with the ids `text` and `kind`; how many are left is
/// said at the id `shown`.
pub fn document(title: &str, body: &str) -> String {
    let title = Escaped(title);
    let script = if body.contains("<tbody>") { format!("<script>\n{SCRIPT}</script>\n") } else { String::new() };
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<h1>{title}</h1>\n{body}{script}</body>\n</html>\n"
    )
}

/// The whole report as one page.
pub(super) fn page(report: &Report) -> String {
    let mut out = String::new();
    let verdict = if report.is_same() { "The two sites are the same to a reader" } else { "The two sites differ" };
    totals(report, &mut out);
    for note in &report.notes {
        let _ = writeln!(out, "<p class=\"faint\">{}</p>", Escaped(note));
    }
    if let Some((old, new)) = &report.content {
        let places = |places: &[String]| places.join(", ");
        let _ = writeln!(
            out,
            "<p class=\"faint\">Content: <span class=\"tag\">{}</span> in the old site, <span class=\"tag\">{}</span> in the new.</p>",
            Escaped(&places(old)),
            Escaped(&places(new))
        );
    }
    if !report.pages.is_empty() {
        table(report, &mut out);
    }
    document(verdict, &out)
}

fn totals(report: &Report, out: &mut String) {
    let totals = &report.totals;
    out.push_str("<ul class=\"totals\">\n");
    let mut item = |count: usize, what: &str| {
        let _ = writeln!(out, "<li><b>{count}</b>{what}</li>");
    };
    item(totals.old_pages, "pages before");
    item(totals.new_pages, "pages now");
    item(totals.same, "pages and files the same");
    item(totals.differing, "with differences");
    if totals.moved > 0 {
        item(totals.moved, "moved, with a redirect");
    }
    for kind in Kind::ALL {
        if let Some(count) = totals.kinds.get(kind.as_str()) {
            item(*count, title(kind));
        }
    }
    out.push_str("</ul>\n");
}

fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::AddressMissing => "addresses gone",
        Kind::AddressNew => "addresses new",
        Kind::Redirect => "redirects changed",
        Kind::Title => "titles changed",
        Kind::Text => "texts changed",
        Kind::Dom => "elements or attributes changed",
        Kind::Link => "links changed",
        Kind::Image => "images changed",
        Kind::HeadingId => "heading ids lost",
        Kind::LinkBroken => "links broken",
        Kind::ImageBroken => "images or parts broken",
        Kind::Bytes => "files changed",
    }
}

fn table(report: &Report, out: &mut String) {
    out.push_str(
        "<div class=\"filter\"><input id=\"text\" type=\"search\" placeholder=\"Filter by address or words\" \
         aria-label=\"Filter by address or words\"><select id=\"kind\" aria-label=\"Kind of difference\">\
         <option value=\"\">All kinds</option>",
    );
    for kind in Kind::ALL.into_iter().filter(|kind| report.totals.kinds.contains_key(kind.as_str())) {
        let _ = write!(out, "<option value=\"{}\">{}</option>", kind.as_str(), title(kind));
    }
    out.push_str(
        "</select></div>\n<p id=\"shown\" class=\"faint\" role=\"status\"></p>\n<table>\n<thead><tr><th>Address</th>\
         <th>What</th><th>Differences</th></tr></thead>\n<tbody>\n",
    );
    report.pages.iter().take(MOST).for_each(|page| row(page, out));
    out.push_str("</tbody>\n</table>\n");
    if let Some(more) = report.pages.len().checked_sub(MOST).filter(|more| *more > 0) {
        let _ = writeln!(out, "<p class=\"faint\">{more} more are in report.json.</p>");
    }
}

fn row(page: &PageReport, out: &mut String) {
    let kinds: BTreeSet<&str> = page.findings.iter().map(|finding| finding.kind.as_str()).collect();
    let listed = kinds.iter().copied().collect::<Vec<_>>().join(" ");
    let _ = write!(out, "<tr data-kinds=\"{listed}\"><td>");
    let shown: Vec<&Finding> = page.findings.iter().filter(|finding| !is_said(finding)).collect();
    if shown.is_empty() {
        let _ = write!(out, "{}", Escaped(&page.address));
    } else {
        let _ = write!(out, "<details><summary>{}</summary>", Escaped(&page.address));
        shown.into_iter().for_each(|finding| self::finding(finding, out));
        if page.more > 0 {
            let _ = write!(out, "<p class=\"faint\">and {} more</p>", page.more);
        }
        out.push_str("</details>");
    }
    if let Some(to) = &page.moved_to {
        let _ = write!(out, "<p class=\"faint\">now at {}</p>", Escaped(to));
    }
    if let Some(why) = &page.failure {
        let _ = write!(out, "<p class=\"faint\">{}</p>", Escaped(why));
    }
    out.push_str("</td><td>");
    match page.status {
        Status::Same => out.push_str("<span class=\"kind\">moved</span>"),
        Status::Failed => out.push_str("<span class=\"kind\">not compared</span>"),
        _ => kinds.iter().for_each(|kind| {
            let _ = write!(out, "<span class=\"kind\">{kind}</span>");
        }),
    }
    let _ = writeln!(out, "</td><td class=\"count\">{}</td></tr>", page.count());
}

/// Whether the row says all of it.
fn is_said(finding: &Finding) -> bool {
    matches!(finding.kind, Kind::AddressMissing | Kind::AddressNew) && finding.new.is_empty()
}

fn finding(finding: &Finding, out: &mut String) {
    let _ = write!(out, "<div class=\"finding\"><span class=\"kind\">{}</span>", finding.kind.as_str());
    let Some(change) = &finding.change else {
        if matches!(finding.kind, Kind::Title) {
            out.push_str("<div class=\"sides\"><div data-side=\"old\"><del>");
            let _ = write!(
                out,
                "{}</del></div><div data-side=\"new\"><ins>{}",
                Escaped(&finding.old),
                Escaped(&finding.new)
            );
            out.push_str("</ins></div></div></div>\n");
        } else {
            let _ = writeln!(out, "{}</div>", Escaped(&finding.message().replace('`', "")));
        }
        return;
    };
    out.push_str("<div class=\"sides\">");
    for (side, marks, element) in [("old", &change.old, "del"), ("new", &change.new, "ins")] {
        let _ = write!(out, "<div data-side=\"{side}\">{}", Escaped(change.before.trim_start()));
        marks.iter().for_each(|mark| self::mark(mark, element, out));
        let _ = write!(out, "{}</div>", Escaped(change.behind.trim_end()));
    }
    out.push_str("</div></div>\n");
}

fn mark(mark: &Mark, element: &str, out: &mut String) {
    let class = if mark.is_tag { " class=\"tag\"" } else { "" };
    // A space is no part of the word that it stands before.
    let text = mark.text.trim_start_matches(' ');
    let space = if text.len() < mark.text.len() { " " } else { "" };
    let _ = write!(out, "{space}<{element}{class}>{}</{element}>", Escaped(text));
}

/// Text as HTML.
struct Escaped<'t>(&'t str);

impl std::fmt::Display for Escaped<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for c in self.0.chars() {
            match c {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                '\0' => f.write_char('\u{fffd}')?,
                c => f.write_char(c)?,
            }
        }
        Ok(())
    }
}

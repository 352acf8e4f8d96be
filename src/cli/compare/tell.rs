//! What a comparison found, on standard output.

use std::io::{self, BufWriter, Write};

use postferry::compare::{Kind, PageReport, Report, Status};
use serde_json::{Value, json};

use crate::cli::args::{CompareArgs, MessageFormat};
use crate::cli::visible::visible_line;
use crate::cli::words::count;

/// How many differences of a page, and how many pages, are told to people; all are in the report.
const FINDINGS: usize = 5;
const PAGES: usize = 100;

pub(super) fn tell(report: &Report, args: &CompareArgs) -> io::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match args.message_format {
        MessageFormat::Human => human(report, args, &mut out)?,
        MessageFormat::Short => short(report, &mut out)?,
        MessageFormat::Json => lines(report, &mut out)?,
    }
    out.flush()
}

fn human(report: &Report, args: &CompareArgs, out: &mut dyn Write) -> io::Result<()> {
    let differing: Vec<&PageReport> = report.pages.iter().filter(|page| page.status != Status::Same).collect();
    for page in differing.iter().take(PAGES) {
        writeln!(out, "{}", visible_line(&page.address))?;
        for finding in page.findings.iter().take(FINDINGS) {
            writeln!(out, "  {}: {}", finding.kind.as_str(), shortened(&visible_line(&finding.message())))?;
        }
        if page.count() > FINDINGS.min(page.findings.len()) {
            writeln!(out, "  and {} more", page.count() - FINDINGS.min(page.findings.len()))?;
        }
        if let Some(why) = &page.failure {
            writeln!(out, "  not compared: {}", visible_line(why))?;
        }
    }
    if differing.len() > PAGES {
        writeln!(out, "and {} more with differences", differing.len() - PAGES)?;
    }
    if !differing.is_empty() {
        writeln!(out)?;
    }
    summary(report, out)?;
    match &args.report {
        Some(folder) => writeln!(out, "the report is {}", folder.join("report.html").display()),
        None if report.is_same() => Ok(()),
        None => writeln!(out, "--report DIR shows every difference word by word"),
    }
}

fn summary(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    let totals = &report.totals;
    for note in &report.notes {
        writeln!(out, "note: {note}")?;
    }
    let files = |pages: usize, files: usize| format!("{} and {}", count(pages, "page"), count(files, "other file"));
    let (old, new) = (files(totals.old_pages, totals.old_files), files(totals.new_pages, totals.new_files));
    if old == new {
        writeln!(out, "{old} on either side")?
    } else {
        writeln!(out, "{old} before, {new} now")?
    }
    let moved = if totals.moved > 0 {
        format!(", {} of them at a new address with a redirect", totals.moved)
    } else {
        String::new()
    };
    if report.is_same() {
        return writeln!(out, "the two sites are the same to a reader{moved}");
    }
    let kinds =
        Kind::ALL.iter().filter_map(|kind| Some(format!("{} {}", totals.kinds.get(kind.as_str())?, kind.as_str())));
    let kinds: Vec<String> = kinds.collect();
    let kinds = if kinds.is_empty() { String::new() } else { format!(": {}", kinds.join(", ")) };
    writeln!(out, "{} the same{moved}; {} with differences{kinds}", totals.same, totals.differing)
}

fn short(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for page in &report.pages {
        let address = visible_line(&page.address);
        for finding in &page.findings {
            let code = finding.kind.code();
            let message = finding.message();
            writeln!(out, "{address}: {}[{}]: {}", code.severity, code.name, shortened(&visible_line(&message)))?;
        }
        if page.more > 0 {
            writeln!(out, "{address}: and {} more", page.more)?;
        }
        if let Some(why) = &page.failure {
            writeln!(out, "{address}: warning[not-compared]: {}", visible_line(why))?;
        }
    }
    Ok(())
}

/// An object for each difference, and one with the totals at the end.
fn lines(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    for page in &report.pages {
        for finding in &page.findings {
            let code = finding.kind.code();
            let line = json!({
                "address": page.address,
                "kind": finding.kind.as_str(),
                "code": code.name,
                "severity": code.severity.as_str(),
                "old": finding.old,
                "new": finding.new,
                "message": finding.message(),
            });
            writeln!(out, "{line}")?;
        }
        if page.findings.is_empty() || page.more > 0 {
            let line = json!({
                "address": page.address,
                "status": page.status.as_str(),
                "moved_to": page.moved_to,
                "more": page.more,
                "failure": page.failure,
            });
            writeln!(out, "{line}")?;
        }
    }
    let totals = serde_json::to_value(&report.totals).unwrap_or(Value::Null);
    let line = json!({ "totals": totals, "notes": report.notes, "content": report.content, "same": report.is_same() });
    writeln!(out, "{line}")
}

/// A message that fits some lines of a terminal.
fn shortened(message: &str) -> String {
    const LONGEST: usize = 300;
    match message.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", &message[..at]),
        None => message.to_owned(),
    }
}

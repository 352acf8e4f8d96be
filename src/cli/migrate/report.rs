//! `report.json`: everything there is to know, file by file; and `report.html` beside it.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use postferry::diag::codes;
use postferry::site::Plan;
use serde_json::json;

use super::journal::{Entry, Journal};
use super::page;
use super::prove::Proved;
use super::summary::is_logic;
use crate::cli::message::Message;
use crate::cli::{Stop, output};

/// Writes the report into `folder`: `report.json`, one file's entry after the other, and `report.html`.
pub(super) fn write(
    folder: &Path,
    plan: &Plan,
    journal: &mut Journal,
    site: &Path,
    proved: Option<&Proved>,
) -> Result<(), Stop> {
    let path = folder.join("report.json");
    let mut written = || -> io::Result<()> {
        fs::create_dir_all(folder)?;
        let part = folder.join("report.json.part");
        let mut out = BufWriter::new(File::create(&part)?);
        out.write_all(b"{\"files\":[")?;
        let mut entries = Vec::new();
        journal.each(|entry| {
            if !entry.told.is_empty() {
                entries.push(entry);
            }
            Ok(())
        })?;
        entries.sort_by(|a: &Entry, b: &Entry| a.path.cmp(&b.path));
        fs::write(folder.join("report.html"), page::page(plan, &entries, site, proved))?;
        if let Some(proved) = proved {
            fs::write(folder.join("proof.html"), proved.report.to_html())?;
        }
        let mut told = entries.into_iter().peekable();
        for (index, item) in plan.items.iter().enumerate() {
            while told.next_if(|entry| *entry.path < *item.path).is_some() {}
            let of_item = told.next_if(|entry| *entry.path == *item.path);
            let failed = plan.problems.iter().find(|problem| problem.path == item.path);
            let line = json!({
                "path": item.path,
                "fate": item.fate.as_str(),
                "target": item.target,
                "address": item.address,
                "error": failed.map(|problem| problem.error.message()),
                "has_logic": of_item.as_ref().is_some_and(|entry| entry.told.iter().any(is_logic)),
                "told": of_item.map(|entry| entry.told).unwrap_or_default(),
            });
            out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
            serde_json::to_writer(&mut out, &line)?;
        }
        out.write_all(b"\n]")?;
        if let Some(proved) = proved {
            out.write_all(b",\n\"proof\":")?;
            serde_json::to_writer(&mut out, &proved.report)?;
        }
        out.write_all(b"}\n")?;
        out.flush()?;
        fs::rename(&part, &path)
    };
    written().map_err(|error| {
        let text = format!("{} cannot be written: {}", path.display(), output::describe(&error));
        Stop::Failed(Box::new(Message::new(&codes::WRITE_FAILED, text)))
    })
}

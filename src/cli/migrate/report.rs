//! `report.json`: everything there is to know, file by file.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::Path;

use postferry::diag::codes;
use postferry::site::Plan;
use serde_json::json;

use super::journal::Journal;
use super::summary::is_logic;
use crate::cli::message::Message;
use crate::cli::{Stop, output};

/// Writes the report into `folder`, one file's entry after the other.
pub(super) fn write(folder: &Path, plan: &Plan, journal: &mut Journal) -> Result<(), Stop> {
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
        out.write_all(b"\n]}\n")?;
        out.flush()?;
        fs::rename(&part, &path)
    };
    written().map_err(|error| {
        let text = format!("{} cannot be written: {}", path.display(), output::describe(&error));
        Stop::Failed(Box::new(Message::new(&codes::WRITE_FAILED, text)))
    })
}

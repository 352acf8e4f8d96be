//! `postferry compare`: whether two built sites are the same to a reader.

mod tell;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use postferry::compare::{Options, Report, Selector, compare};
use postferry::diag::codes;

use super::args::CompareArgs;
use super::message::Message;
use super::output::{self, Existing};
use super::site_files::Folder;
use super::threads::Threads;
use super::{End, Stop};

pub(super) fn run(args: &CompareArgs) -> Result<End, Stop> {
    let selector = |text: &String| Selector::parse(text).map_err(|error| Stop::Usage(usage(&error)));
    let select = args.select.as_ref().map(selector).transpose()?;
    let ignore = args.ignore.iter().map(selector).collect::<Result<Vec<_>, _>>()?;
    let (old, new) = (folder(&args.old)?, folder(&args.new)?);
    let mut options = Options::default().exact(args.exact).select(select);
    for selector in ignore {
        options = options.ignore(selector);
    }
    let threads = Threads::new(args.jobs);
    let spread = |count: usize, work: &(dyn Fn(usize) + Sync)| {
        threads.map((0..count).collect(), work);
    };
    let report = compare(&old, &new, &options, &spread);
    if let Some(folder) = &args.report {
        write(folder, &report)?;
    }
    tell::tell(&report, args)?;
    Ok(if report.is_same() { End::Done } else { End::Failed })
}

fn usage(error: &postferry::Error) -> String {
    let help = error.help_text().map(|help| format!("; {help}")).unwrap_or_default();
    format!("{}{help}", error.message())
}

/// A folder of a built site with all its files.
fn folder(path: &Path) -> Result<Folder, Stop> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => return Err(Stop::Usage(format!("{} is no folder: compare takes two built sites", path.display()))),
        Err(error) => {
            return Err(Stop::Usage(format!("{} cannot be read: {}", path.display(), output::describe(&error))));
        }
    }
    let shown: Arc<str> = path.display().to_string().into();
    Folder::new(path).map_err(|error| {
        let text = format!("the folder cannot be read: {}", output::describe(&error));
        Stop::Failed(Message::new(&codes::READ_FAILED, text).about(&shown).into())
    })
}

/// Writes `report.json` and `report.html` into a folder.
fn write(folder: &Path, report: &Report) -> Result<(), Stop> {
    for (name, text) in [("report.json", report.to_json()), ("report.html", report.to_html())] {
        let path = folder.join(name);
        let shown: Arc<str> = path.display().to_string().into();
        output::write(&path, &text, Existing::Replace).map_err(|error| {
            let text = format!("the report cannot be written: {}", output::describe(&error));
            Stop::Failed(Message::new(&codes::WRITE_FAILED, text).about(&shown).into())
        })?;
    }
    Ok(())
}

//! `postferry migrate`: a whole site.

mod direction;
mod journal;
mod page;
mod prove;
mod report;
mod summary;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use postferry::diag::codes;
use postferry::format::Proof;
use postferry::site::{Done, Fate, Plan, Wishes, Writing};
use postferry::{Error, Setting};

use super::args::{MessageFormat, MigrateArgs};
use super::message::Message;
use super::reading::map_file;
use super::render::Renderer;
use super::threads::Threads;
use super::{End, Stop, output, print, terminal};
use direction::Direction;
use journal::{Entry, Journal};
use prove::Programs;
use summary::Summary;

/// How many files are done between two looks at how it goes.
const ROUND: usize = 256;

pub(super) fn run(args: &MigrateArgs) -> Result<End, Stop> {
    let direction = Direction::of(args)?;
    let wishes = wishes(args)?;
    let programs = args.prove.then(Programs::find).transpose()?;
    let threads = Threads::new(args.jobs);
    let plan = match direction {
        Direction::ToHugo => Plan::jekyll(&args.source, Some(&args.output), wishes, &threads),
        Direction::ToJekyll => Plan::hugo(&args.source, Some(&args.output), wishes, &threads),
    };
    let plan = plan.map_err(stop)?;
    let target = (!args.dry_run).then(|| args.output.clone());
    let writing = Writing::new(&plan, target);
    let mut journal = match &writing.output {
        Some(folder) => match Journal::open(folder, &args.source, writing.plan_mark(), args.resume)? {
            Some(journal) => Some(journal),
            None => return print(&format!("{} is finished: nothing is left to do\n", folder.display())),
        },
        None => None,
    };
    let mut told = Told { summary: Summary::default(), settings: BTreeSet::new(), failed: 0 };
    for problem in &plan.problems {
        told.error(&problem.error, &problem.path, None);
    }
    convert(&writing, &threads, journal.as_mut(), &mut told)?;
    if writing.output.is_some() {
        writing.rest(&told.settings, !args.no_layouts).map_err(stop)?;
    }
    let proved = match (&programs, &mut journal) {
        (Some(programs), Some(journal)) => Some(prove::prove(programs, &plan, journal, &args.output, &threads)),
        _ => None,
    };
    // The site is whole whatever comes of the proof.
    let (proved, stopped) = match proved {
        Some(Err(stop)) => (None, Some(stop)),
        Some(Ok(proved)) => (Some(proved), None),
        None => (None, None),
    };
    if let (Some(folder), Some(journal)) = (&args.report, &mut journal) {
        report::write(folder, &plan, journal, &args.output, proved.as_ref())?;
    }
    if let Some(journal) = journal {
        journal.close()?;
    }
    print(&told.summary.text(&plan, args, told.failed, proved.as_ref()))?;
    if let Some(stop) = stopped {
        return Err(stop);
    }
    let is_silent = proved.is_some_and(|proved| proved.is_silent());
    Ok(if told.failed > 0 || is_silent { End::Failed } else { End::Done })
}

/// What has been told, and what the new site needs.
struct Told {
    summary: Summary,
    settings: BTreeSet<Setting>,
    failed: usize,
}

impl Told {
    fn error(&mut self, error: &Error, path: &str, progress: Option<&ProgressBar>) {
        let message = Message::from_error(error).about(&Arc::from(path));
        if error.code().severity < postferry::Severity::Error {
            self.summary.add(error.code(), error.code().severity, &message.place(), error.message());
            return;
        }
        self.failed += 1;
        let text = Renderer::new(MessageFormat::Human, terminal::is_styled()).render(&message, None);
        match progress {
            Some(progress) => progress.suspend(|| terminal::tell(&text)),
            None => terminal::tell(&text),
        }
    }

    fn entry(&mut self, entry: &Entry, writing: &Writing<'_>) {
        writing.note_stubs(entry.stubs.iter().map(String::as_str));
        self.settings.extend(entry.settings());
        for told in &entry.told {
            self.summary.add_entry(&entry.path, told);
        }
    }
}

fn convert(
    writing: &Writing<'_>,
    threads: &Threads,
    mut journal: Option<&mut Journal>,
    told: &mut Told,
) -> Result<(), Stop> {
    let jobs = writing.jobs();
    let progress = progress_bar(jobs.len());
    for round in jobs.chunks(ROUND) {
        let before = journal.as_deref();
        let done = threads.map(round.to_vec(), |index| {
            let path = writing.plan.items.get(index).map_or("", |item| &item.path);
            let source = writing.source_mark(index);
            match before.and_then(|journal| journal.finished(path)) {
                Some(entry) if entry.source == source && writing.is_there(index, entry.written) => {
                    (index, Err(entry.clone()))
                }
                _ => (index, Ok((source, writing.one(index)))),
            }
        });
        let mut entries = Vec::with_capacity(done.len());
        for (index, done) in done {
            let Some(item) = writing.plan.items.get(index) else { continue };
            match done {
                Err(entry) => told.entry(&entry, writing),
                Ok((_, Done { error: Some(error), .. })) if error.code() == &codes::WRITE_FAILED => {
                    return Err(cannot_write(&error));
                }
                Ok((_, Done { error: Some(error), .. })) => told.error(&error, &item.path, Some(&progress)),
                Ok((source, done)) => {
                    let entry = Entry::new(item, source, &done);
                    told.entry(&entry, writing);
                    entries.push(entry);
                }
            }
        }
        if let Some(journal) = &mut journal {
            journal.add(&entries)?;
        }
        progress.inc(round.len() as u64);
    }
    progress.finish_and_clear();
    Ok(())
}

fn cannot_write(error: &Error) -> Stop {
    let why = std::error::Error::source(error).and_then(|source| source.downcast_ref::<std::io::Error>());
    let why = why.map(output::describe).unwrap_or_default();
    let text = format!("{}: {why}", error.message());
    Stop::Failed(Box::new(
        Message::new(&codes::WRITE_FAILED, text).help("once that is mended, the same command with --resume goes on"),
    ))
}

fn stop(error: Error) -> Stop {
    let why = std::error::Error::source(&error).and_then(|source| source.downcast_ref::<std::io::Error>());
    let mut message = Message::from_error(&error);
    if let Some(why) = why {
        message.text = format!("{}: {}", message.text, output::describe(why));
    }
    Stop::Failed(Box::new(message))
}

fn wishes(args: &MigrateArgs) -> Result<Wishes, Stop> {
    let mut wishes = Wishes::default();
    wishes.timezone.clone_from(&args.timezone);
    wishes.map = args.map.as_deref().map(map_file).transpose()?;
    let to = args.to.as_deref().unwrap_or_default();
    wishes.extensions = to.split('+').skip(1).map(str::to_owned).collect();
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    wishes.now = now.ok().map(|now| now.as_secs().cast_signed());
    wishes.proof = if args.no_proof { Proof::Off } else { Proof::On };
    Ok(wishes)
}

fn progress_bar(files: usize) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(files as u64), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:40} {human_pos}/{human_len} files, {per_sec}, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

/// How many files have this fate.
fn count(plan: &Plan, fate: Fate) -> usize {
    plan.items.iter().filter(|item| item.fate == fate).count()
}

//! Converted posts go where they belong.

use std::fs;
use std::io::{self, IsTerminal};
use std::path::Path;
use std::time::Duration;

use postferry::diag::codes;
use similar::TextDiff;

use super::claims::{Place, places};
use super::gather::{Job, Sought, shown};
use super::tell::{Teller, Told};
use super::work::{Made, Worker};
use super::{Deed, Plan, Target};
use crate::cli::message::Message;
use crate::cli::output::{self, Existing};
use crate::cli::panics;
use crate::cli::threads::Threads;
use crate::cli::visible::visible;
use crate::cli::{Stop, print};

/// How many posts are written at once; what went wrong is told between two such rounds.
const ROUND: usize = 256;

/// How long the smallest difference is searched for; then one that is good enough is shown.
const LONGEST_SEARCH: Duration = Duration::from_secs(2);

/// A post with its place.
struct Delivery<'a> {
    job: &'a Job,
    place: Place,
    text: Option<String>,
}

/// Writes the posts, lists them or shows what would change.
pub(super) fn deliver(
    plan: &Plan,
    worker: &Worker<'_>,
    jobs: &[Sought],
    made: Vec<Made<'_>>,
    threads: &Threads,
    teller: &mut Teller,
) -> Result<(), Stop> {
    let places = places(&plan.target, plan.deed, jobs, &made);
    let mut deliveries = Vec::with_capacity(made.len());
    for (made, place) in made.into_iter().zip(places) {
        match place {
            Ok(place) => deliveries.push(Delivery { job: made.job, place, text: made.text }),
            Err(message) => teller.tell_one(*message),
        }
    }
    // It is made before the first post is written, and not again: if it goes meanwhile, what was written is gone with it.
    let folder = match (&plan.target, plan.deed) {
        (Target::Folder(folder), Deed::Write(_)) if !deliveries.is_empty() => Some(folder.as_path()),
        _ => None,
    };
    // If it cannot be made, each post says why.
    let _ = folder.map(fs::create_dir_all);
    let mut deliveries = deliveries.into_iter().peekable();
    while deliveries.peek().is_some() {
        let round = deliveries.by_ref().take(ROUND).collect();
        let one = |delivery: Delivery<'_>| {
            let job = delivery.job;
            panics::guard(|| one(plan.deed, worker, folder, delivery))
                .unwrap_or_else(|message| Done::Failed(vec![worker.show((*message).about(&job.shown), None)]))
        };
        for done in threads.map(round, |delivery| if worker.interrupt.came() { Done::Not } else { one(delivery) }) {
            match done {
                Done::Written => teller.wrote(),
                Done::Stood => teller.stood(),
                Done::Shown(text) => {
                    teller.wrote();
                    print(&text)?;
                }
                Done::Failed(told) => teller.tell(told),
                Done::Not => {}
            }
        }
    }
    Ok(())
}

/// What became of one post.
enum Done {
    Written,
    /// It stood there already, as it would have been written.
    Stood,
    /// It goes to standard output.
    Shown(String),
    Failed(Vec<Told>),
    /// The run was interrupted before its turn came.
    Not,
}

fn one(deed: Deed, worker: &Worker<'_>, folder: Option<&Path>, delivery: Delivery<'_>) -> Done {
    let Delivery { job, place, text } = delivery;
    if deed == Deed::List {
        return Done::Shown(format!("{} -> {}\n", visible_on_terminal(&job.shown), visible_on_terminal(&name(&place))));
    }
    let text = match text.map_or_else(|| worker.convert_again(job), Ok) {
        Ok(text) => text,
        Err(told) => return Done::Failed(told),
    };
    match (deed, &place) {
        (Deed::Diff, _) => diff(worker, job, &place, &text).map_or_else(Done::Failed, Done::Shown),
        (Deed::Write(existing), Place::File(file)) => match output::write_in(folder, file, &text, existing) {
            Ok(()) => Done::Written,
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists && output::says(file, &text) => Done::Stood,
            Err(error) => {
                Done::Failed(vec![worker.show(write_failed(&error, &place, existing).about(&job.shown), None)])
            }
        },
        _ => Done::Shown(text),
    }
}

fn write_failed(error: &io::Error, place: &Place, existing: Existing) -> Message {
    let name = name(place);
    if error.kind() == io::ErrorKind::AlreadyExists && existing == Existing::Keep {
        let text = format!("{name} exists and was left as it is");
        return Message::new(&codes::OUTPUT_EXISTS, text).help("add --force to replace it");
    }
    Message::new(&codes::WRITE_FAILED, format!("{name} cannot be written: {}", output::describe(error)))
}

fn name(place: &Place) -> String {
    match place {
        Place::Stdout => "-".to_owned(),
        Place::File(file) | Place::Nowhere(file) => shown(file).to_string(),
    }
}

/// From what stands at the place, or else from the source, to the converted text.
fn diff(worker: &Worker<'_>, job: &Job, place: &Place, text: &str) -> Result<String, Vec<Told>> {
    let standing = match place {
        Place::File(file) if file.is_file() => Some(file.as_path()),
        _ => None,
    };
    let (old, old_name) = match standing {
        Some(file) => (worker.reading.file(file), shown(file)),
        None => (job.text(worker.reading), job.shown.clone()),
    };
    let old = old.map_err(|unread| {
        let message = Message::from_error(&unread.error).about(&old_name);
        vec![worker.show(message, unread.text.as_deref())]
    })?;
    let new_name = match place {
        Place::Stdout => job.shown.to_string(),
        Place::File(_) | Place::Nowhere(_) => name(place),
    };
    let diff = TextDiff::configure().timeout(LONGEST_SEARCH).diff_lines(old.as_str(), text);
    Ok(visible_on_terminal(&diff.unified_diff().header(&old_name, &new_name).to_string()))
}

/// What is shown to a person is made fit to be shown; what goes to a program stays as it is.
fn visible_on_terminal(text: &str) -> String {
    if io::stdout().is_terminal() { visible(text).into_owned() } else { text.to_owned() }
}

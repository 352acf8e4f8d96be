//! Posts are converted, all of them before the first is written.

use std::collections::BTreeMap;

use postferry::{Conversion, Converter, Error, Input, LineIndex, Severity};

use super::gather::{Job, Sought};
use super::tell::{Teller, Told};
use crate::cli::message::Message;
use crate::cli::panics;
use crate::cli::reading::Reading;
use crate::cli::render::Renderer;
use crate::cli::threads::Threads;

/// How many posts are handed to the threads at once. Messages are told between two such rounds.
const ROUND: usize = 256;

/// How many bytes of converted text are kept until they are written. Posts past that are converted again when their turn
/// comes, which only runs of many thousands of posts come to.
const KEPT: usize = 256 << 20;

/// How many messages of one code people are shown of one post; the others are counted.
const FULL: usize = 8;

/// What converts one post.
pub(super) struct Worker<'a> {
    pub(super) reading: &'a Reading,
    pub(super) converter: &'a Converter,
    pub(super) renderer: Renderer,
    /// Whether messages for people are shown in full, not only errors.
    pub(super) is_full: bool,
}

/// A post that was converted.
pub(super) struct Made<'j> {
    pub(super) job: &'j Job,
    /// Its path in the target.
    pub(super) path: Option<String>,
    /// Its text, if it was kept.
    pub(super) text: Option<String>,
}

/// What became of one job.
pub(super) struct Outcome {
    conversion: Option<Conversion>,
    told: Vec<Told>,
}

/// Converts every job, and tells of each in order.
pub(super) fn convert_all<'j>(
    worker: &Worker<'_>,
    jobs: &'j [Sought],
    threads: &Threads,
    teller: &mut Teller,
) -> Vec<Made<'j>> {
    let mut made = Vec::with_capacity(jobs.len());
    let mut kept = 0;
    for round in jobs.chunks(ROUND) {
        let progress = teller.progress();
        let outcomes = threads.map(round.iter().collect(), |job| {
            let outcome = match job {
                Ok(job) => worker.convert(job),
                Err(message) => Outcome { conversion: None, told: vec![worker.show((**message).clone(), None)] },
            };
            progress.inc(1);
            outcome
        });
        for (job, outcome) in round.iter().zip(outcomes) {
            teller.tell(outcome.told);
            let (Ok(job), Some(Conversion { text, path, from, .. })) = (job, outcome.conversion) else { continue };
            if worker.reading.from.is_none() {
                teller.detected(from.to_string());
            }
            kept += text.len();
            let path = path.map(|path| format!("{}{path}", job.prefix));
            made.push(Made { job, path, text: (kept <= KEPT).then_some(text) });
        }
    }
    teller.progress().finish_and_clear();
    made
}

impl Worker<'_> {
    /// Reads and converts one post.
    pub(super) fn convert(&self, job: &Job) -> Outcome {
        let text = match job.text(self.reading) {
            Ok(text) => text,
            Err(unread) => return self.failed(&unread.error, job, unread.text.as_deref()),
        };
        let input = Input::new(&text).path(job.path.as_deref()).base(&job.base);
        match panics::guard(|| self.converter.convert(input)) {
            Ok(Ok(conversion)) => {
                let told = self.told(&conversion, job, &text);
                Outcome { conversion: Some(conversion), told }
            }
            Ok(Err(error)) => self.failed(&error, job, Some(&text)),
            Err(message) => Outcome { conversion: None, told: vec![self.show((*message).about(&job.shown), None)] },
        }
    }

    /// The text of one post that was converted and told of before; the errors if it has become another since.
    pub(super) fn convert_again(&self, job: &Job) -> Result<String, Vec<Told>> {
        let Outcome { conversion, told } = self.convert(job);
        conversion.map(|conversion| conversion.text).ok_or(told)
    }

    fn failed(&self, error: &Error, job: &Job, source: Option<&str>) -> Outcome {
        let message = Message::from_error(error).about(&job.shown);
        Outcome { conversion: None, told: vec![self.show(message, source)] }
    }

    fn told(&self, conversion: &Conversion, job: &Job, source: &str) -> Vec<Told> {
        if conversion.report.is_empty() {
            return Vec::new();
        }
        let lines = LineIndex::new(source);
        let mut messages: Vec<Message> = conversion
            .report
            .diagnostics()
            .iter()
            .map(|diagnostic| Message::from_diagnostic(diagnostic, &job.shown, &lines))
            .collect();
        // In the order of the file; what has no place comes last.
        messages.sort_by_key(|message| message.span.map_or(usize::MAX, |span| span.start));
        let mut shown: BTreeMap<&str, usize> = BTreeMap::new();
        let show = |message: Message| {
            let count = shown.entry(message.code.name).or_default();
            *count += 1;
            if self.renderer.is_human() && *count > FULL {
                Told { message, rendered: None }
            } else {
                self.show(message, Some(source))
            }
        };
        messages.into_iter().map(show).collect()
    }

    /// Shows what is to be shown of a message while its source is at hand.
    pub(super) fn show(&self, message: Message, source: Option<&str>) -> Told {
        let is_full = self.is_full || message.severity == Severity::Error || !self.renderer.is_human();
        let rendered = is_full.then(|| self.renderer.render(&message, source));
        Told { message, rendered }
    }
}

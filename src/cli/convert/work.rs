//! Posts are converted, all of them before the first is written.

use std::collections::BTreeMap;

use postferry::{Conversion, Converter, Error, Input, LineIndex, Severity};

use super::gather::{Job, Sought};
use super::tell::{Teller, Told};
use crate::cli::interrupt::Interrupt;
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
    /// Whether the user wants no more.
    pub(super) interrupt: Interrupt,
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
#[derive(Default)]
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
                _ if worker.interrupt.came() => Outcome::default(),
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
    fn convert(&self, job: &Job) -> Outcome {
        panics::guard(|| self.convert_unguarded(job)).unwrap_or_else(|message| Outcome {
            conversion: None,
            told: vec![self.show((*message).about(&job.shown), None)],
        })
    }

    fn convert_unguarded(&self, job: &Job) -> Outcome {
        let text = match job.text(self.reading) {
            Ok(text) => text,
            Err(unread) => return self.failed(&unread.error, job, unread.text.as_deref()),
        };
        let input = Input::new(&text).path(job.path.as_deref()).base(&job.base);
        match self.converter.convert(input) {
            Ok(conversion) => {
                let told = self.told(&conversion, job, &text);
                Outcome { conversion: Some(conversion), told }
            }
            Err(error) => self.failed(&error, job, Some(&text)),
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

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use clap::Parser;

    use super::*;
    use crate::cli::End;
    use crate::cli::args::{Cli, Command, MessageFormat};
    use crate::cli::convert::gather::Gather;
    use crate::cli::panics::tests::falls_over;
    use crate::cli::volume::Volume;

    #[test]
    fn a_post_on_which_the_program_falls_over_fails_alone() {
        panics::install();
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in [("a", "fine"), ("b", "fall over"), ("c", "fine too")] {
            fs::write(folder.path().join(name).with_extension("txt"), text).unwrap();
        }
        let path = folder.path().to_str().unwrap();
        let Ok(Cli { command: Command::Convert(args), .. }) =
            Cli::try_parse_from(["postferry", "convert", path, "-f", "brittle", "-t", "html"])
        else {
            panic!("the arguments are right");
        };
        let reading = Reading::new(&args.reading).ok().unwrap().with_registry(falls_over());
        let converter = reading.converter(&"brittle".parse().unwrap()).ok().unwrap();
        for jobs in [1, 3] {
            let found = Gather::new(&reading, None, None).all(&[Path::new(path).to_owned()]);
            let mut teller = Teller::new(MessageFormat::Short, Volume::Usual, found.jobs.len(), false);
            let worker = Worker {
                reading: &reading,
                converter: &converter,
                renderer: teller.renderer(),
                is_full: false,
                interrupt: Interrupt::default(),
            };
            let outcome = worker.convert(found.jobs[1].as_ref().unwrap());
            let told = &outcome.told[0];
            assert!(outcome.conversion.is_none());
            assert!(told.message.file.as_deref().unwrap().ends_with("/b.txt"));
            assert_eq!(told.message.code.name, "panicked");
            assert!(told.message.text.contains("the ferry sank"), "{}", told.message.text);

            let threads = Threads::new(std::num::NonZeroUsize::new(jobs));
            let made = convert_all(&worker, &found.jobs, &threads, &mut teller);
            let texts: Vec<_> = made.iter().map(|made| made.text.as_deref().unwrap()).collect();
            assert_eq!(texts, ["fine", "fine too"]);
            assert_eq!(teller.finish(None), End::Failed);
        }
    }
}

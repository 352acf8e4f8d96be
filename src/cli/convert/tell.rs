//! What the user is told while posts are converted, and at the end: [`Teller`].

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use postferry::Severity;
use postferry::diag::codes;

use super::Target;
use super::summary::Summary;
use crate::cli::End;
use crate::cli::args::MessageFormat;
use crate::cli::message::Message;
use crate::cli::render::Renderer;
use crate::cli::terminal;
use crate::cli::volume::Volume;
use crate::cli::words::count;

/// A message, and what it looks like if it is shown in full.
pub(super) struct Told {
    pub(super) message: Message,
    pub(super) rendered: Option<String>,
}

/// Tells messages as they come, sums up those that are not shown in full, and knows how the run ends.
pub(super) struct Teller {
    renderer: Renderer,
    volume: Volume,
    is_full: bool,
    is_strict: bool,
    posts: usize,
    progress: ProgressBar,
    errors: usize,
    losses: usize,
    written: usize,
    /// How many stood already as they would have been written.
    stood: usize,
    summary: Summary,
    detected: BTreeMap<String, usize>,
}

impl Teller {
    /// For a run that converts so many posts.
    pub(super) fn new(format: MessageFormat, volume: Volume, posts: usize, is_strict: bool) -> Self {
        let renderer = Renderer::new(format, terminal::is_styled());
        let progress = progress_bar(posts, renderer.is_human() && volume.tells_progress());
        Teller {
            renderer,
            volume,
            is_full: posts == 1 || volume == Volume::Full,
            is_strict,
            posts,
            progress,
            errors: 0,
            losses: 0,
            written: 0,
            stood: 0,
            summary: Summary::default(),
            detected: BTreeMap::new(),
        }
    }

    pub(super) fn renderer(&self) -> Renderer {
        self.renderer.clone()
    }

    /// Whether messages for people are told in full, which one post's are.
    pub(super) fn is_full(&self) -> bool {
        self.is_full
    }

    /// How far the run is.
    pub(super) fn progress(&self) -> ProgressBar {
        self.progress.clone()
    }

    /// Tells the messages of one post.
    pub(super) fn tell(&mut self, told: Vec<Told>) {
        for Told { message, rendered } in told {
            match message.severity {
                Severity::Error => self.errors += 1,
                Severity::Loss => self.losses += 1,
                _ => {}
            }
            if !self.volume.tells(message.severity) {
                continue;
            }
            match rendered {
                Some(text) => self.progress.suspend(|| terminal::tell(&text)),
                None => self.summary.add(&message),
            }
        }
    }

    /// Tells a message that is about no place in a post.
    pub(super) fn tell_one(&mut self, message: Message) {
        let is_full = self.is_full || message.severity == Severity::Error || !self.renderer.is_human();
        let rendered = is_full.then(|| self.renderer.render(&message, None));
        self.tell(vec![Told { message, rendered }]);
    }

    /// Notes that a post was found to be in `format`.
    pub(super) fn detected(&mut self, format: String) {
        *self.detected.entry(format).or_default() += 1;
    }

    /// Notes that a post was written.
    pub(super) fn wrote(&mut self) {
        self.written += 1;
    }

    /// Notes that a post stood already as it would have been written.
    pub(super) fn stood(&mut self) {
        self.stood += 1;
    }

    /// Tells that the user ended the run, and how to go on.
    pub(super) fn interrupted(&mut self, target: &Target) {
        let (text, help) = match target {
            Target::Folder(_) if self.written + self.stood > 0 => (
                format!(
                    "interrupted: {} of {} were written, each of them whole",
                    self.written + self.stood,
                    count(self.posts, "post")
                ),
                "run the same command again to go on: posts that stand as they would be written stay, the others are written",
            ),
            _ => ("interrupted: nothing was written".to_owned(), "run the same command again"),
        };
        self.tell_one(Message::new(&codes::INTERRUPTED, text).help(help));
    }

    /// Sums up, and says how the run ended. `done` tells what was done with the posts that were converted.
    pub(super) fn finish(self, done: Option<&str>) -> End {
        if self.renderer.is_human() {
            terminal::tell(&self.last_words(done));
        }
        match self.errors > 0 || (self.is_strict && self.losses > 0) {
            true => End::Failed,
            false => End::Done,
        }
    }

    fn last_words(&self, done: Option<&str>) -> String {
        let mut out = self.summary.text(self.is_full);
        if let Some(done) = done.filter(|_| self.volume.tells_progress()) {
            let formats: Vec<String> =
                self.detected.iter().map(|(format, count)| format!("{count} {format}")).collect();
            let read_as =
                if formats.is_empty() { String::new() } else { format!(" (read as: {})", formats.join(", ")) };
            let failed = if self.errors > 0 { format!("; {}", count(self.errors, "error")) } else { String::new() };
            let stood = if self.stood > 0 { format!(", {} stood there already", self.stood) } else { String::new() };
            let _ = writeln!(out, "{} {done}{stood}{read_as}{failed}", count(self.written, "post"));
        }
        out
    }
}

fn progress_bar(posts: usize, is_human: bool) -> ProgressBar {
    if posts < 2 || !is_human || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(Some(posts as u64), ProgressDrawTarget::stderr());
    match ProgressStyle::with_template("{bar:40} {pos}/{len} posts, {eta} left") {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}

//! What a conversion has to say beside its output: [`Diagnostic`]s, gathered in a [`Report`] through a [`Sink`].
//!
//! A diagnostic never stops a conversion: output exists, and here is what to know about it. What stops a conversion is an
//! [`Error`](crate::Error). Both carry a [`Code`] out of the one list in [`codes`].

mod code;
pub mod codes;
mod fold;
mod position;

use std::borrow::Cow;
use std::fmt;

pub use code::Code;
pub(crate) use fold::Fold;
pub use position::{LineIndex, Position};

/// A range of bytes in the text that was read, `start` included and `end` not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(clippy::exhaustive_structs)] // a pair of offsets, forever
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset of the byte after the last.
    pub end: usize,
}

impl Span {
    /// The span from `start` up to `end`.
    pub const fn new(start: usize, end: usize) -> Self {
        Span { start, end }
    }

    /// Length in bytes.
    pub const fn len(self) -> usize {
        self.end.saturating_sub(self.start)
    }

    /// Whether it covers no byte.
    pub const fn is_empty(self) -> bool {
        self.end <= self.start
    }

    /// The smallest span that covers both.
    #[must_use]
    pub fn cover(self, other: Span) -> Span {
        Span::new(self.start.min(other.start), self.end.max(other.end))
    }

    /// The span moved `by` bytes towards the end: from offsets in a part to offsets in the whole.
    #[must_use]
    pub const fn shift(self, by: usize) -> Span {
        Span::new(self.start + by, self.end + by)
    }

    /// The text it covers, if it lies in `text` on character boundaries.
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }
}

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Severity {
    /// Nothing was lost; something is good to know.
    Note,
    /// The source has something odd, or the result needs a look.
    Warning,
    /// Something of the source is not in the output. `--strict` makes it a failure.
    Loss,
    /// There is no output for this post. Only an [`Error`](crate::Error) has it.
    Error,
}

impl Severity {
    /// The word for it: `note`, `warning`, `loss` or `error`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Loss => "loss",
            Severity::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing to know about a conversion that gave output.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Diagnostic {
    /// Which kind of thing, from the list in [`codes`] or a plugin's own.
    pub code: &'static Code,
    /// How much it matters; the code's own severity unless changed.
    pub severity: Severity,
    /// Where in the text that was read, if the place is known.
    pub span: Option<Span>,
    /// What happened, one line, with the names and values concerned.
    pub message: String,
    /// What to do about it, if there is something to do.
    pub help: Option<Cow<'static, str>>,
    /// Settings of the target's site that the output leans on: what the help says, for programs.
    pub settings: Vec<Setting>,
}

/// One setting of a site's configuration.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Setting {
    /// The table it stands in, its names joined by dots: `markup.goldmark.renderer`.
    pub table: Cow<'static, str>,
    /// The setting as TOML: `unsafe = true`.
    pub entry: Cow<'static, str>,
}

impl Setting {
    /// A setting.
    pub fn new(table: impl Into<Cow<'static, str>>, entry: impl Into<Cow<'static, str>>) -> Self {
        Setting { table: table.into(), entry: entry.into() }
    }

    /// Settings as TOML, each table once.
    pub fn to_toml<'a>(settings: impl IntoIterator<Item = &'a Setting>) -> String {
        let mut sorted: Vec<&Setting> = settings.into_iter().collect();
        sorted.sort();
        sorted.dedup();
        let (mut out, mut table) = (String::new(), "");
        for setting in sorted {
            if setting.table != table {
                table = &setting.table;
                out.push_str(&format!("[{table}]\n"));
            }
            out.push_str(&format!("{}\n", setting.entry));
        }
        out
    }
}

impl Diagnostic {
    /// A diagnostic without a place.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Diagnostic {
            code,
            severity: code.severity,
            span: None,
            message: message.into(),
            help: None,
            settings: Vec::new(),
        }
    }

    /// The same, at `span`.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// The same, at `span` if there is one.
    #[must_use]
    pub fn at_opt(mut self, span: Option<Span>) -> Self {
        self.span = span;
        self
    }

    /// The same, with what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same, leaning on these settings of the target's site: they are the help too.
    #[must_use]
    pub fn settings(mut self, settings: Vec<Setting>) -> Self {
        self.help = Some(Setting::to_toml(&settings).into());
        self.settings = settings;
        self
    }
}

/// Where diagnostics go. Implemented for `()` (drops them), `Vec<Diagnostic>`, [`Report`] and closures.
pub trait Sink {
    /// Takes one diagnostic.
    fn report(&mut self, diagnostic: Diagnostic);
}

impl Sink for () {
    fn report(&mut self, _: Diagnostic) {}
}

impl Sink for Vec<Diagnostic> {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.push(diagnostic);
    }
}

impl<F: FnMut(Diagnostic)> Sink for F {
    fn report(&mut self, diagnostic: Diagnostic) {
        self(diagnostic);
    }
}

/// All diagnostics of one conversion, in the order they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// An empty report.
    pub fn new() -> Self {
        Report::default()
    }

    /// The diagnostics, in the order they were found.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }

    /// The diagnostics themselves.
    pub fn into_diagnostics(self) -> Vec<Diagnostic> {
        self.diagnostics
    }

    /// Whether nothing was lost: notes and warnings may be there.
    pub fn is_lossless(&self) -> bool {
        self.diagnostics.iter().all(|d| d.severity < Severity::Loss)
    }

    /// Whether there is nothing in it at all.
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

impl Sink for Report {
    fn report(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

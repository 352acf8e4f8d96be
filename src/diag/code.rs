use std::fmt;

use super::Severity;

/// A kind of diagnostic or error: a stable kebab-case name with its explanation.
///
/// The built-in ones stand in [`codes`](super::codes); a plugin declares its own as a `static`:
///
/// ```
/// use postferry::{Code, Severity};
///
/// static GALLERY_DROPPED: Code = Code::new("gallery-dropped", Severity::Loss, "a gallery has no form in the target")
///     .explain("The target has no gallery. Its pictures are listed one after the other instead.");
/// assert_eq!(GALLERY_DROPPED.name, "gallery-dropped");
/// ```
#[derive(Debug)]
#[non_exhaustive]
pub struct Code {
    /// The name that `postferry explain` takes. It never changes once released.
    pub name: &'static str,
    /// The severity of a diagnostic of this kind, unless it says otherwise.
    pub severity: Severity,
    /// What it is, in one line.
    pub title: &'static str,
    /// What happened, why, and what to do, as Markdown paragraphs.
    pub explanation: &'static str,
    /// An input that brings it about, with a line on what comes of it; empty if none helps.
    pub example: &'static str,
}

impl Code {
    /// A code without explanation or example.
    pub const fn new(name: &'static str, severity: Severity, title: &'static str) -> Self {
        Code { name, severity, title, explanation: "", example: "" }
    }

    /// The same, with an explanation.
    #[must_use]
    pub const fn explain(mut self, explanation: &'static str) -> Self {
        self.explanation = explanation;
        self
    }

    /// The same, with an example.
    #[must_use]
    pub const fn example(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }
}

/// Two codes are the same if their names are.
impl PartialEq for Code {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Code {}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

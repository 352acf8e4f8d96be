//! [`Message`]: one thing to tell the user, whatever it is shown as.

use std::borrow::Cow;
use std::sync::Arc;

use postferry::{Code, Diagnostic, Error, LineIndex, Position, Severity, Span};

/// An error or a diagnostic, with its place as the user knows it.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// The file as the user named it.
    pub(crate) file: Option<Arc<str>>,
    pub(crate) position: Option<Position>,
    /// Where in the text that was read.
    pub(crate) span: Option<Span>,
    pub(crate) severity: Severity,
    pub(crate) code: &'static Code,
    pub(crate) text: String,
    pub(crate) help: Option<String>,
}

impl Message {
    /// A message of the run itself.
    pub(crate) fn new(code: &'static Code, text: impl Into<String>) -> Self {
        Message { file: None, position: None, span: None, severity: code.severity, code, text: text.into(), help: None }
    }

    /// The same, about `file`.
    pub(crate) fn about(mut self, file: &Arc<str>) -> Self {
        self.file = Some(file.clone());
        self
    }

    /// The same, with what to do.
    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// What stopped a post, or the whole run.
    pub(crate) fn from_error(error: &Error) -> Self {
        Message {
            file: error.path().map(Arc::from),
            position: error.position(),
            span: error.span(),
            severity: Severity::Error,
            code: error.code(),
            text: error.message().to_owned(),
            help: error.help_text().map(str::to_owned),
        }
    }

    /// What is to be known about a post, found in the text that `lines` tells of.
    pub(crate) fn from_diagnostic(diagnostic: &Diagnostic, file: &Arc<str>, lines: &LineIndex<'_>) -> Self {
        Message {
            file: Some(file.clone()),
            position: diagnostic.span.map(|span| lines.position(span.start)),
            span: diagnostic.span,
            severity: diagnostic.severity,
            code: diagnostic.code,
            text: diagnostic.message.clone(),
            help: diagnostic.help.clone().map(Cow::into_owned),
        }
    }

    /// `file:line:column`, as far as known; empty if nothing is.
    pub(crate) fn place(&self) -> String {
        match (&self.file, self.position) {
            (Some(file), Some(position)) => format!("{file}:{position}"),
            (Some(file), None) => file.to_string(),
            (None, Some(position)) => position.to_string(),
            (None, None) => String::new(),
        }
    }
}

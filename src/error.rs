use std::fmt;

use crate::diag::{Code, LineIndex, Position, Span};

/// Why there is no output for a post.
///
/// One word wide. The layer that knows a fact adds it: a parser the [`span`](Error::span), the converter the
/// [`path`](Error::path) and, from the text, the [`position`](Error::position). `Display` gives
/// `path:line:column: message`, as far as known.
pub struct Error(Box<Inner>);

struct Inner {
    code: &'static Code,
    message: String,
    help: Option<String>,
    span: Option<Span>,
    position: Option<Position>,
    path: Option<String>,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

impl Error {
    /// An error of the kind `code`. The message is one line with the names and values concerned.
    pub fn new(code: &'static Code, message: impl Into<String>) -> Self {
        Error(Box::new(Inner {
            code,
            message: message.into(),
            help: None,
            span: None,
            position: None,
            path: None,
            source: None,
        }))
    }

    /// The same, at `span` of the text that was read.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.0.span = Some(span);
        self
    }

    /// The same, with what to do about it.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.0.help = Some(help.into());
        self
    }

    /// The same, caused by `source`.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    /// The same, with the path of the post, unless it has one already.
    #[must_use]
    pub fn in_path(mut self, path: Option<&str>) -> Self {
        if self.0.path.is_none() {
            self.0.path = path.map(str::to_owned);
        }
        self
    }

    /// The same, with line and column found from the span in `text`.
    #[must_use]
    pub fn locate(mut self, text: &str) -> Self {
        if let (None, Some(span)) = (self.0.position, self.0.span) {
            self.0.position = Some(LineIndex::new(text).position(span.start));
        }
        self
    }

    /// The kind of error.
    pub fn code(&self) -> &'static Code {
        self.0.code
    }

    /// What happened, in one line, without the place.
    pub fn message(&self) -> &str {
        &self.0.message
    }

    /// What to do about it, if there is something to do.
    pub fn help_text(&self) -> Option<&str> {
        self.0.help.as_deref()
    }

    /// Where in the text that was read.
    pub fn span(&self) -> Option<Span> {
        self.0.span
    }

    /// Line and column, once [`locate`](Error::locate)d.
    pub fn position(&self) -> Option<Position> {
        self.0.position
    }

    /// The path of the post.
    pub fn path(&self) -> Option<&str> {
        self.0.path.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.0.path {
            write!(f, "{path}:")?;
        }
        if let Some(position) = self.0.position {
            write!(f, "{position}:")?;
        }
        if self.0.path.is_some() || self.0.position.is_some() {
            f.write_str(" ")?;
        }
        f.write_str(&self.0.message)
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("code", &self.0.code.name)
            .field("message", &self.0.message)
            .field("span", &self.0.span)
            .field("path", &self.0.path)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0.source.as_deref().map(|source| source as _)
    }
}

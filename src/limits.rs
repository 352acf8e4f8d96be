//! [`Limits`]: how much a post may ask for.

use crate::diag::{Span, codes};
use crate::error::Error;

/// How much a post may ask for. Input is hostile; no real post comes near. Past a limit a post is an error, never half read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How long a post may be, in bytes.
    pub text: usize,
    /// How long its front matter may be, in bytes. The values that YAML's aliases repeat may be as many as the front matter
    /// has bytes, or 10,000.
    pub front: usize,
}

impl Default for Limits {
    /// 100 MB for a post, 32 MB of them for its front matter.
    fn default() -> Self {
        Limits { text: 100 << 20, front: 32 << 20 }
    }
}

impl Limits {
    /// The same, with this many bytes for a post.
    #[must_use]
    pub fn text(mut self, bytes: usize) -> Self {
        self.text = bytes;
        self
    }

    /// The same, with this many bytes for front matter.
    #[must_use]
    pub fn front(mut self, bytes: usize) -> Self {
        self.front = bytes;
        self
    }

    /// Whether a text of so many bytes may be read.
    ///
    /// # Errors
    /// If it is too long.
    pub fn check_text(&self, bytes: usize) -> Result<(), Error> {
        if bytes <= self.text {
            return Ok(());
        }
        // The place is where reading stops, and what is behind it need not have been read.
        Err(Error::new(&codes::TEXT_TOO_LONG, format!("the text is longer than {} bytes", self.text))
            .at(Span::new(0, 0))
            .help("if it is a post all the same, raise the limit: --limit text=SIZE"))
    }

    pub(crate) fn check_front(&self, front: Span) -> Result<(), Error> {
        if front.len() <= self.front {
            return Ok(());
        }
        let message = format!("the front matter is longer than {} bytes", self.front);
        Err(Error::new(&codes::FRONT_TOO_LARGE, message)
            .at(Span::new(front.start, front.start))
            .help("if it is meant to be, raise the limit: --limit front=SIZE"))
    }
}

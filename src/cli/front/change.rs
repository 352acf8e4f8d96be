//! Posts whose front matter says something else, or says it in another syntax.

use std::sync::Arc;

use postferry::diag::codes;
use postferry::format::{FrontMatter, Schema, Split};
use postferry::front::FrontDocument;
use postferry::meta::{Entry, Map};
use postferry::{Diagnostic, Error, FrontPart, Severity};

/// A post with what its front matter is to say.
pub(super) struct Changed<'a> {
    pub(super) text: &'a str,
    /// The front matter that it has.
    pub(super) part: Option<&'a FrontPart>,
    /// The same, changed.
    pub(super) document: &'a FrontDocument,
    /// The syntax to write.
    pub(super) syntax: Arc<dyn FrontMatter>,
}

/// What became of it.
pub(super) struct Written {
    pub(super) text: String,
    /// What the syntax cannot say.
    pub(super) losses: Vec<Diagnostic>,
}

impl Changed<'_> {
    /// The front matter alone, without its fences.
    pub(super) fn front(&self) -> Result<Written, Error> {
        let Written { text, losses } = self.whole()?;
        let split = self.syntax.split(&text, self.schema())?;
        let front = split.and_then(|split| split.front.slice(&text)).unwrap_or_default();
        let newline = if front.is_empty() || front.ends_with('\n') { "" } else { "\n" };
        Ok(Written { text: format!("{front}{newline}"), losses })
    }

    /// The whole post. Its body stays byte for byte, and of the front matter what need not change.
    pub(super) fn whole(&self) -> Result<Written, Error> {
        let is_same_syntax = self.part.is_some_and(|part| part.syntax.name() == self.syntax.name());
        if is_same_syntax {
            let written = self.written(|losses| self.document.text(losses))?;
            if self.says_it(&written.text) {
                return Ok(written);
            }
        }
        let written = self.written(|losses| self.printed(losses))?;
        if self.says_it(&written.text) {
            return Ok(written);
        }
        let why = format!("written as {}, the front matter would not read back the same", self.syntax.name());
        Err(Error::new(&codes::FRONT_VALUE, why))
    }

    fn written(&self, write: impl FnOnce(&mut Vec<Diagnostic>) -> Result<String, Error>) -> Result<Written, Error> {
        let mut losses = Vec::new();
        let text = write(&mut losses)?;
        losses.retain(|diagnostic| diagnostic.severity >= Severity::Loss);
        let text = if uses_crlf(self.text) { text.replace("\r\n", "\n").replace('\n', "\r\n") } else { text };
        Ok(Written { text, losses })
    }

    fn schema(&self) -> Schema {
        self.part.map(|part| part.schema).unwrap_or_default()
    }

    /// The front matter written anew, and what stands behind it as it stands.
    fn printed(&self, losses: &mut Vec<Diagnostic>) -> Result<String, Error> {
        if self.part.is_none() && self.document.meta().is_empty() {
            return Ok(self.text.to_owned());
        }
        let mut front = self.document.print(self.syntax.name(), losses)?;
        let mark = if self.text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
        let behind = match self.part {
            Some(part) => behind(self.text, part.split).unwrap_or_default(),
            None => self.text.strip_prefix(mark).unwrap_or_default(),
        };
        if self.part.is_none() && !behind.is_empty() && !behind.starts_with(['\n', '\r']) {
            front.push('\n');
        }
        Ok(format!("{mark}{front}{behind}"))
    }

    /// Whether a text has the front matter that is meant, in whatever order, and behind it what there was.
    fn says_it(&self, text: &str) -> bool {
        let read = || {
            let Some(split) = self.syntax.split(text, self.schema()).ok()? else { return Some((Map::new(), text)) };
            Some((self.syntax.parse(text, split.front, self.schema(), &mut ()).ok()?.map, behind(text, split)?))
        };
        let Some((map, rest)) = read() else { return false };
        let is_kept = match self.part {
            Some(part) => behind(self.text, part.split) == Some(rest),
            None => rest.trim_start_matches(['\u{feff}', '\n']) == self.text.trim_start_matches(['\u{feff}', '\n']),
        };
        let meant = &self.document.meta().map;
        let has = |entry: &Entry| map.get(&entry.key) == Some(&entry.value);
        is_kept && map.len() == meant.len() && meant.iter().all(has)
    }
}

/// What follows the line that closes the front matter; the body where that stands in front of it.
fn behind(text: &str, split: Split) -> Option<&str> {
    if split.body.start < split.front.end {
        return split.body.slice(text);
    }
    let close = text.get(split.front.end..split.body.start)?;
    let line_end = split.front.end + close.trim_end().len();
    let rest = text.get(line_end..)?;
    rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).or(Some(rest))
}

/// Whether every line ends in CR LF.
fn uses_crlf(text: &str) -> bool {
    text.contains('\n') && text.split_inclusive('\n').all(|line| line.ends_with("\r\n") || !line.ends_with('\n'))
}

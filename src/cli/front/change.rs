//! Front matter with other values, or in another syntax: [`Changed`].

use std::sync::Arc;

use postferry::diag::codes;
use postferry::format::{FrontMatter, Schema, Split};
use postferry::meta::{Entry, Map, Meta};
use postferry::{Diagnostic, Error, FrontPart, Severity, Span};

/// A post whose front matter is to say something else, or otherwise.
pub(super) struct Changed<'a> {
    pub(super) text: &'a str,
    /// The front matter that it has.
    pub(super) part: Option<&'a FrontPart>,
    /// What it is to say.
    pub(super) meta: &'a Meta,
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
        if let Some(part) = self.part.filter(|part| part.syntax.name() == self.syntax.name()) {
            if part.meta.map == self.meta.map {
                return Ok(Written { text: self.text.to_owned(), losses: Vec::new() });
            }
            if let Some(text) = edit(self.text, part, self.meta).filter(|text| self.says_it(text)) {
                return Ok(Written { text, losses: Vec::new() });
            }
        }
        let mut losses = Vec::new();
        let text = self.reprint(&mut losses)?;
        if !self.says_it(&text) {
            let why = format!("written as {}, the front matter would not read back the same", self.syntax.name());
            return Err(Error::new(&codes::FRONT_VALUE, why));
        }
        losses.retain(|diagnostic| diagnostic.severity >= Severity::Loss);
        Ok(Written { text, losses })
    }

    fn schema(&self) -> Schema {
        self.part.map(|part| part.schema).unwrap_or_default()
    }

    /// The front matter written anew, and what stands behind it as it stands.
    fn reprint(&self, losses: &mut Vec<Diagnostic>) -> Result<String, Error> {
        let mut front = String::new();
        self.syntax.print(self.meta, "", &mut front, losses)?;
        let mark = if self.text.starts_with('\u{feff}') { "\u{feff}" } else { "" };
        let behind = match self.part {
            Some(part) => behind(self.text, part.split).unwrap_or_default(),
            None => self.text.strip_prefix(mark).unwrap_or_default(),
        };
        if self.part.is_none() && !behind.is_empty() && !behind.starts_with(['\n', '\r']) {
            front.push('\n');
        }
        Ok(format!("{mark}{}{behind}", with_line_ends_of(self.text, front)))
    }

    /// Whether a text has the front matter that is meant, in whatever order, and the body that there was.
    fn says_it(&self, text: &str) -> bool {
        let read = || {
            let split = self.syntax.split(text, self.schema()).ok()??;
            Some((self.syntax.parse(text, split.front, self.schema(), &mut ()).ok()?, split.body.slice(text)?))
        };
        let Some((meta, body)) = read() else { return false };
        let old_body = match self.part {
            Some(part) => part.split.body.slice(self.text).unwrap_or_default(),
            None => self.text.trim_start_matches('\u{feff}'),
        };
        let has = |entry: &Entry| meta.get(&entry.key) == Some(&entry.value);
        meta.map.len() == self.meta.map.len() && self.meta.map.iter().all(has) && body.ends_with(old_body)
    }
}

/// What follows the line that closes the front matter.
fn behind(text: &str, split: Split) -> Option<&str> {
    let close = text.get(split.front.end..split.body.start)?;
    let line_end = split.front.end + close.trim_end().len();
    let rest = text.get(line_end..)?;
    rest.strip_prefix("\r\n").or_else(|| rest.strip_prefix('\n')).or(Some(rest))
}

/// The text with only those entries changed that say something else; `None` if that cannot be done entry by entry.
fn edit(text: &str, part: &FrontPart, meta: &Meta) -> Option<String> {
    let mut edits: Vec<(Span, String)> = Vec::new();
    let mut added = String::new();
    for entry in &meta.map {
        match part.meta.map.entry(&entry.key) {
            Some(old) if old.value == entry.value => {}
            Some(old) if !old.span.is_empty() => {
                let written = written(part, entry)?;
                let ends_line = old.span.slice(text)?.ends_with('\n');
                edits.push((old.span, if ends_line { format!("{written}\n") } else { written }));
            }
            Some(_) => return None,
            None => {
                added.push_str(&written(part, entry)?);
                added.push('\n');
            }
        }
    }
    if !added.is_empty() {
        let (at, added) = place_of_new(text, part, added)?;
        edits.push((Span::new(at, at), added));
    }
    edits.sort_by_key(|(span, _)| span.start);
    let mut out = String::with_capacity(text.len());
    let mut done = 0;
    for (span, new) in edits {
        out.push_str(text.get(done..span.start)?);
        out.push_str(&with_line_ends_of(text, new));
        done = span.end;
    }
    out.push_str(text.get(done..)?);
    Some(out)
}

/// One entry as the syntax writes it, without a newline at its end.
fn written(part: &FrontPart, entry: &Entry) -> Option<String> {
    let mut lost: Vec<Diagnostic> = Vec::new();
    let mut whole = String::new();
    let alone = Meta::from(Map::from_unique(vec![entry.clone()]));
    part.syntax.print(&alone, "", &mut whole, &mut lost).ok()?;
    let split = part.syntax.split(&whole, part.schema).ok()??;
    let front = split.front.slice(&whole)?.trim();
    let front = front.strip_prefix('{').and_then(|front| front.strip_suffix('}')).map_or(front, str::trim);
    let is_lossless = lost.iter().all(|diagnostic| diagnostic.severity < Severity::Loss);
    is_lossless.then(|| front.to_owned())
}

/// Where new entries stand, and how: behind the others, but in TOML before the first table.
fn place_of_new(text: &str, part: &FrontPart, added: String) -> Option<(usize, String)> {
    let front = part.split.front;
    match part.syntax.name() {
        "yaml" => {
            let newline = if front.slice(text)?.is_empty() || front.slice(text)?.ends_with('\n') { "" } else { "\n" };
            let added = if newline.is_empty() { added } else { format!("\n{}", added.trim_end()) };
            Some((front.end, added))
        }
        "toml" => {
            let mut at = front.start;
            for line in front.slice(text)?.split_inclusive('\n') {
                if line.trim_start().starts_with('[') {
                    return Some((at, added));
                }
                at += line.len();
            }
            Some((front.end, added))
        }
        _ => None,
    }
}

/// `new` with the line ends of `text`, which its first one tells.
fn with_line_ends_of(text: &str, new: String) -> String {
    let first = text.split_inclusive('\n').next().unwrap_or_default();
    if first.ends_with("\r\n") { new.replace('\n', "\r\n") } else { new }
}

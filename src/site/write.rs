//! Writing the new site, one file after the other: [`Writing`].

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use super::groups::in_collections;
use super::hugo;
use super::jekyll::Kind;
use super::page::page_values;
use super::plan::{Fate, Item, Plan};
use crate::convert::decode;
use crate::diag::{Diagnostic, LineIndex, Position, Setting, Sink, Span, codes};
use crate::dialect::tags::Partly;
use crate::error::Error;
use crate::format::Input;

/// The folder in the target that is there only while it is being written.
pub(super) const WORK: &str = ".postferry";

/// Writes what a plan says.
#[derive(Debug)]
#[non_exhaustive]
pub struct Writing<'p> {
    /// What is written.
    pub plan: &'p Plan,
    /// The folder of the new site; `None` to convert and write nothing.
    pub output: Option<PathBuf>,
}

/// What became of one file.
#[derive(Debug, Default)]
#[non_exhaustive]
pub struct Done {
    /// What there is to know, each with its place in the source.
    pub diagnostics: Vec<(Diagnostic, Option<Position>)>,
    /// Why there is no output.
    pub error: Option<Error>,
    /// What the content leans on.
    pub settings: Vec<Setting>,
    /// The shortcodes of the site that it has.
    pub stubs: Vec<String>,
    /// The bytes that were written, as a number that tells them from others.
    pub mark: u64,
}

impl<'p> Writing<'p> {
    /// Writes `plan` into the folder `output`, or nowhere.
    pub fn new(plan: &'p Plan, output: Option<PathBuf>) -> Self {
        Writing { plan, output }
    }

    /// The files that are converted or copied, by their numbers in the plan.
    pub fn jobs(&self) -> Vec<usize> {
        let items = self.plan.items.iter().enumerate();
        items.filter(|(_, item)| item.target.is_some() && item.fate != Fate::Failed).map(|(index, _)| index).collect()
    }

    /// A number that tells this plan from one that would write anything else.
    pub fn plan_mark(&self) -> u64 {
        let mut all = Vec::new();
        for item in &self.plan.items {
            let parts = [&*item.path, item.address.as_deref().unwrap_or("-"), item.target.as_deref().unwrap_or("-")];
            parts.iter().for_each(|part| {
                all.extend_from_slice(part.as_bytes());
                all.push(0);
            });
        }
        all.extend_from_slice(format!("{:?}{:?}", self.plan.config.map, self.plan.timezone).as_bytes());
        mark(&all)
    }

    /// A number that changes when the source of a file does; 0 if it cannot be told.
    pub fn source_mark(&self, index: usize) -> u64 {
        let metadata = self.plan.items.get(index).and_then(|item| fs::metadata(self.plan.source(item)).ok());
        let Some(metadata) = metadata else { return 0 };
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        mark(format!("{} {:?}", metadata.len(), modified).as_bytes())
    }

    /// Whether the file of an earlier run stands there whole.
    pub fn is_there(&self, index: usize, written: u64) -> bool {
        let Some((output, item)) = self.output.as_ref().zip(self.plan.items.get(index)) else { return false };
        let Some(standing) = item.target.as_deref().and_then(|target| fs::read(output.join(target)).ok()) else {
            return false;
        };
        match item.fate {
            Fate::Static | Fate::Data => fs::read(self.plan.source(item)).is_ok_and(|source| source == standing),
            _ => mark(&standing) == written,
        }
    }

    /// Converts or copies one file of the plan.
    pub fn one(&self, index: usize) -> Done {
        let Some(item) = self.plan.items.get(index) else { return Done::default() };
        let Some(target) = item.target.as_deref() else { return Done::default() };
        let written = match item.fate {
            Fate::Post | Fate::Page | Fate::Document => self.convert(index, item, target),
            Fate::Text => self.text(index, item, target),
            _ => self.copy(index, item, target),
        };
        written.unwrap_or_else(|error| Done { error: Some(error.in_path(Some(&item.path))), ..Done::default() })
    }

    fn bytes(&self, item: &Item) -> Result<Vec<u8>, Error> {
        fs::read(self.plan.source(item))
            .map_err(|error| Error::new(&codes::READ_FAILED, "it cannot be read").caused_by(error))
    }

    fn convert(&self, index: usize, item: &Item, target: &str) -> Result<Done, Error> {
        let bytes = self.bytes(item)?;
        let text = decode(&bytes, Some(&item.path))?;
        let Some(converter) = self.plan.groups.converter(item.group) else { return Ok(Done::default()) };
        let kind = if item.fate == Fate::Page { Kind::Page } else { Kind::Post };
        let path = in_collections(&self.plan.config, &item.path, kind);
        let partly = self.partly(item, text);
        let source = partly.as_ref().map_or(text, |partly| &partly.text);
        let conversion = converter.convert(Input::new(source).path(Some(path)).target(Some(target)))?;
        let mut report = conversion.report;
        let mut stubs = note_stubs(source, &conversion.text, &mut report);
        let mut written = conversion.text;
        if let Some((with_shortcodes, names)) = self.with_shortcodes(item, text, &written) {
            written = with_shortcodes;
            stubs.extend(names);
        }
        let mut done = Done { mark: mark(written.as_bytes()), stubs, ..Done::default() };
        if !report.is_empty() {
            let lines = LineIndex::new(text);
            for diagnostic in report.into_diagnostics() {
                done.settings.extend(diagnostic.settings.iter().cloned());
                let start = |span: Span| partly.as_ref().map_or(span.start, |partly| partly.source(span.start));
                let place = diagnostic.span.map(|span| lines.position(start(span)));
                done.diagnostics.push((diagnostic, place));
            }
        }
        self.put(index, target, written.as_bytes())?;
        Ok(done)
    }

    /// The file with what leans on its own front matter and variables worked out, if there is any of that in it.
    fn partly(&self, item: &Item, text: &str) -> Option<Partly> {
        const SIGNS: [&str; 7] = ["page.", "assign", "capture", "unless", "case", "if", "include"];
        if !(text.contains("{%") || text.contains("{{")) || !SIGNS.iter().any(|sign| text.contains(sign)) {
            return None;
        }
        let (values, start) = page_values(self.plan, item, text)?;
        let (head, body) = text.split_at_checked(start)?;
        Some(self.plan.includes.partly(body, &values)?.behind(head))
    }

    /// The text with shortcodes where the includes of the source stood, if there are any.
    fn with_shortcodes(&self, item: &Item, source: &str, written: &str) -> Option<(String, Vec<String>)> {
        let includes = &self.plan.includes;
        if includes.shortcodes.is_empty() || !source.contains("include") {
            return None;
        }
        let (values, start) = page_values(self.plan, item, source)?;
        let shown = includes.shown(source.get(start..)?, &values);
        let body = written.get(..3).and_then(|mark| written.find(&format!("\n{mark}"))).unwrap_or_default();
        includes.shortcodes.put(written, body, &shown)
    }

    /// What stands behind the front matter.
    fn text(&self, index: usize, item: &Item, target: &str) -> Result<Done, Error> {
        let bytes = self.bytes(item)?;
        let text = decode(&bytes, Some(&item.path))?;
        let Some(converter) = self.plan.groups.converter(item.group) else { return Ok(Done::default()) };
        let front = converter.read_front(Input::new(text).path(Some(&item.path)))?;
        let start = front.map_or(0, |front| front.split.body.start);
        let body = text.get(start..).unwrap_or_default();
        let body = self.plan.includes.worked_out(body).unwrap_or_else(|| body.to_owned());
        self.put(index, target, body.as_bytes())?;
        Ok(Done { mark: mark(body.as_bytes()), ..Done::default() })
    }

    fn copy(&self, index: usize, item: &Item, target: &str) -> Result<Done, Error> {
        let Some(output) = &self.output else { return Ok(Done::default()) };
        let part = part(output, index);
        let copied = fs::copy(self.plan.source(item), &part).and_then(|length| {
            let metadata = fs::metadata(&part)?;
            let mut permissions = metadata.permissions();
            if permissions.readonly() {
                // What is only to be read in the old site may be changed in the new one.
                #[allow(clippy::permissions_set_readonly_false)] // a file of our own, in a folder of our own
                permissions.set_readonly(false);
                fs::set_permissions(&part, permissions)?;
            }
            into_place(&part, &output.join(target))?;
            Ok(length)
        });
        match copied {
            Ok(length) => Ok(Done { mark: length, ..Done::default() }),
            Err(error) => Err(write_failed(target, error)),
        }
    }

    fn put(&self, index: usize, target: &str, bytes: &[u8]) -> Result<(), Error> {
        let Some(output) = &self.output else { return Ok(()) };
        put(output, &part(output, index), target, bytes).map_err(|error| write_failed(target, error))
    }

    /// Notes that a file that is finished has these shortcodes, which show nothing yet.
    pub fn note_stubs<'s>(&self, names: impl Iterator<Item = &'s str>) {
        names.for_each(|name| self.plan.includes.ask(name));
    }

    /// Writes what belongs to no single file: the configuration with `settings`, shortcodes and, if wanted, layouts. Gives
    /// their paths.
    ///
    /// # Errors
    /// If one cannot be written.
    pub fn rest(&self, settings: &BTreeSet<Setting>, with_layouts: bool) -> Result<Vec<String>, Error> {
        let plan = self.plan;
        let mut files: Vec<(String, String)> = Vec::new();
        files.push((
            "hugo.toml".to_owned(),
            hugo::config(&plan.config, plan.timezone.as_deref(), plan.feed(), settings),
        ));
        if with_layouts {
            files.extend(hugo::LAYOUTS.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
        }
        let stubs =
            plan.includes.asked_for().into_iter().map(|(name, text)| (format!("layouts/shortcodes/{name}.html"), text));
        files.extend(stubs);
        files.push(("postferry-urls.csv".to_owned(), super::urls::table(plan)));
        for (path, text) in &files {
            self.put(usize::MAX, path, text.as_bytes())?;
        }
        Ok(files.into_iter().map(|(path, _)| path).collect())
    }
}

/// Writes a file beside where it belongs, and gives it its name once it is whole.
pub(super) fn put(output: &Path, part: &Path, target: &str, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(part)?;
    file.write_all(bytes)?;
    drop(file);
    into_place(part, &output.join(target))
}

fn into_place(part: &Path, path: &Path) -> io::Result<()> {
    match fs::rename(part, path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::rename(part, path)
        }
        renamed => renamed,
    }
}

fn part(output: &Path, index: usize) -> PathBuf {
    output.join(WORK).join(format!("{index}.part"))
}

fn write_failed(target: &str, error: io::Error) -> Error {
    Error::new(&codes::WRITE_FAILED, format!("{target} cannot be written")).caused_by(error)
}

/// Tells these bytes from others (FNV-1a).
pub(super) fn mark(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |mark, byte| (mark ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// Says of each include that became a shortcode without anything in it, and gives their names.
fn note_stubs(source: &str, written: &str, sink: &mut dyn Sink) -> Vec<String> {
    let (mut from, mut names) = (0, Vec::new());
    for (at, _) in written.match_indices("{{< include-") {
        let name = written[at + "{{< ".len()..].split([' ', '}']).next().unwrap_or_default();
        let found = source[from..].find("{% include ").or_else(|| source[from..].find("{%"));
        let start = found.map_or(0, |found| from + found);
        from = found.map_or(from, |found| from + found + 2);
        let message = format!("an include became the shortcode `{name}`, which shows nothing yet");
        let diagnostic = Diagnostic::new(&codes::INCLUDE_STUB, message).at(Span::new(start, start));
        sink.report(diagnostic.help(format!("say in layouts/shortcodes/{name}.html what it is to show")));
        names.push(name.to_owned());
    }
    names
}

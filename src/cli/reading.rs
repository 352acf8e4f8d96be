//! What the arguments about reading mean.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use postferry::diag::codes;
use postferry::{Converter, Error, FormatSpec, Limits, MapFile, Registry, Site};

use super::args::{Limit, ReadingArgs};
use super::decode::{Decode, Unread};
use super::{Stop, output};

/// How posts are read.
pub(crate) struct Reading {
    pub(crate) registry: Arc<Registry>,
    pub(crate) from: Option<FormatSpec>,
    pub(crate) decode: Decode,
    timezone: Option<String>,
    permalink: Option<String>,
    pub(crate) limits: Limits,
    /// How many entries a folder may have.
    pub(crate) max_entries: usize,
}

/// How many entries a folder may have where nothing else is said.
const MAX_ENTRIES: usize = 1_000_000;

impl Reading {
    pub(crate) fn new(args: &ReadingArgs) -> Result<Self, Stop> {
        let (mut limits, mut max_entries) = (Limits::default(), MAX_ENTRIES);
        for limit in &args.limit {
            match *limit {
                Limit::Text(bytes) => limits.text = bytes,
                Limit::Front(bytes) => limits.front = bytes,
                Limit::Entries(count) => max_entries = count,
            }
        }
        Ok(Reading {
            limits,
            max_entries,
            registry: Arc::new(Registry::builtin()),
            from: args.from.as_deref().map(str::parse).transpose().map_err(Stop::Names)?,
            decode: Decode::named(args.encoding.as_deref()).map_err(Stop::Names)?,
            timezone: args.timezone.clone(),
            permalink: args.permalink.clone(),
        })
    }

    /// The same, with other formats.
    #[cfg(test)]
    pub(crate) fn with_registry(mut self, registry: Registry) -> Self {
        self.registry = Arc::new(registry);
        self
    }

    /// What converts the posts that are read into the format `to`.
    pub(crate) fn converter(&self, to: &FormatSpec) -> Result<Converter, Stop> {
        Converter::new(self.registry.clone(), self.from.as_ref(), to)
            .and_then(|converter| converter.timezone(self.timezone.clone()))
            .map(|converter| converter.from_site(Site::new().permalink(self.permalink.clone())).limits(self.limits))
            .map_err(Stop::Names)
    }

    /// The text of the file at `path`.
    pub(crate) fn file(&self, path: &Path) -> Result<String, Unread> {
        let read = || {
            let file = File::open(path)?;
            let length = file.metadata()?.len();
            self.bytes(file, length)
        };
        let bytes = read().map_err(|error| Unread { error: read_failed(&error), text: None })?;
        self.text(bytes)
    }

    /// The bytes of `input`, which has about so many. No more are read than a post may have, and one: a file may grow faster
    /// than it is read, and a device has no end.
    pub(crate) fn bytes(&self, input: impl Read, length: u64) -> io::Result<Vec<u8>> {
        let most = (self.limits.text as u64).saturating_add(1);
        let mut bytes = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or_default());
        input.take(most).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// The text that the bytes are.
    pub(crate) fn text(&self, bytes: Vec<u8>) -> Result<String, Unread> {
        self.limits.check_text(bytes.len()).map_err(|error| Unread { error: error.locate(""), text: None })?;
        self.decode.text(bytes)
    }
}

/// The wishes about keys and tags in the file at `path`.
pub(crate) fn map_file(path: &Path) -> Result<MapFile, Stop> {
    let text = user_file(path)?;
    MapFile::parse(&text).map_err(|error| Stop::in_file(error, path, text))
}

/// The text of a file that says what the user wants.
pub(crate) fn user_file(path: &Path) -> Result<String, Stop> {
    let failed = |error: io::Error| Stop::Names(read_failed(&error).in_path(Some(&path.to_string_lossy())));
    std::fs::read_to_string(path).map_err(failed)
}

/// The error for a file or folder that the system does not let be read.
pub(crate) fn read_failed(error: &io::Error) -> Error {
    Error::new(&codes::READ_FAILED, format!("it cannot be read: {}", output::describe(error)))
}

//! What the arguments about reading mean.

use std::io;
use std::path::Path;
use std::sync::Arc;

use postferry::diag::codes;
use postferry::{Converter, Error, FormatSpec, MapFile, Registry, Site};

use super::args::ReadingArgs;
use super::decode::{Decode, Unread};
use super::{Stop, output};

/// How posts are read.
pub(crate) struct Reading {
    pub(crate) registry: Arc<Registry>,
    pub(crate) from: Option<FormatSpec>,
    pub(crate) decode: Decode,
    timezone: Option<String>,
    permalink: Option<String>,
}

impl Reading {
    pub(crate) fn new(args: &ReadingArgs) -> Result<Self, Stop> {
        Ok(Reading {
            registry: Arc::new(Registry::builtin()),
            from: args.from.as_deref().map(str::parse).transpose().map_err(Stop::Names)?,
            decode: Decode::named(args.encoding.as_deref()).map_err(Stop::Names)?,
            timezone: args.timezone.clone(),
            permalink: args.permalink.clone(),
        })
    }

    /// What converts the posts that are read into the format `to`.
    pub(crate) fn converter(&self, to: &FormatSpec) -> Result<Converter, Stop> {
        Converter::new(self.registry.clone(), self.from.as_ref(), to)
            .and_then(|converter| converter.timezone(self.timezone.clone()))
            .map(|converter| converter.from_site(Site::new().permalink(self.permalink.clone())))
            .map_err(Stop::Names)
    }

    /// The text of the file at `path`.
    pub(crate) fn file(&self, path: &Path) -> Result<String, Unread> {
        let bytes = std::fs::read(path).map_err(|error| Unread { error: read_failed(&error), text: None })?;
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

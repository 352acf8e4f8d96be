//! A built site on disk.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use postferry::compare::SiteFiles;

/// The files of a folder.
pub(crate) struct Folder {
    root: PathBuf,
    files: Vec<String>,
}

impl Folder {
    /// Every file below `root`, hidden ones too: `.well-known` is part of a site. A folder of version control is not.
    pub(crate) fn new(root: &Path) -> io::Result<Folder> {
        let mut files = Vec::new();
        let walk = WalkBuilder::new(root)
            .standard_filters(false)
            .follow_links(true)
            .filter_entry(|entry| entry.file_name() != ".git")
            .build();
        for entry in walk {
            let entry = entry.map_err(|error| error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()))?;
            if !entry.file_type().is_some_and(|kind| kind.is_file()) {
                continue;
            }
            let Ok(path) = entry.path().strip_prefix(root) else { continue };
            // A name that is not UTF-8 is no address either.
            let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
            files.extend(parts.map(|parts| parts.join("/")));
        }
        Ok(Folder { root: root.to_owned(), files })
    }
}

impl SiteFiles for Folder {
    fn files(&self) -> Vec<String> {
        self.files.clone()
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(self.root.join(path))?))
    }
}

//! The folders of a site on disk: [`Folders`].

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What is no part of the site, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Left {
    /// The path in the site; of a folder with `/` at its end.
    pub path: String,
    /// Why, as part of a sentence.
    pub why: &'static str,
    /// Whether somebody may have wanted it: then it is said.
    pub is_odd: bool,
}

/// What stands under a name.
pub(super) enum Entry {
    Folder,
    File,
    Nothing,
}

/// The folders below a root. Nothing in them is written to.
pub(super) struct Folders<'a> {
    pub(super) root: &'a Path,
    real_root: PathBuf,
    /// Where the new site goes; it is no part of the old one.
    output: Option<PathBuf>,
    /// The folder that the old site is built into.
    destination: &'a str,
    /// What was left so far.
    pub(super) left: Vec<Left>,
}

impl<'a> Folders<'a> {
    /// The folders below `root`, without those that sites are built into.
    pub(super) fn new(root: &'a Path, output: Option<&Path>, destination: &'a str) -> io::Result<Self> {
        let real_root = fs::canonicalize(root)?;
        let output = output.and_then(|output| fs::canonicalize(output).ok());
        Ok(Folders { root, real_root, output, destination, left: Vec::new() })
    }

    pub(super) fn leave(&mut self, path: &str, why: &'static str, is_odd: bool) {
        self.left.push(Left { path: path.to_owned(), why, is_odd });
    }

    /// All files below a folder, by their paths below it.
    pub(super) fn below(&mut self, folder: &str, with_hidden: bool) -> Vec<String> {
        let (mut found, mut folders) = (Vec::new(), vec![String::new()]);
        while let Some(below) = folders.pop() {
            let whole = join(folder, &below);
            for name in self.names(whole.trim_end_matches('/')).unwrap_or_default() {
                if name.starts_with('.') && !with_hidden {
                    continue;
                }
                let path = join(&below, &name);
                match self.entry(&join(folder, &path)) {
                    Entry::Folder => folders.push(path),
                    Entry::File => found.push(path),
                    Entry::Nothing => {}
                }
            }
        }
        found
    }

    pub(super) fn names(&mut self, folder: &str) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.root.join(folder))? {
            match entry?.file_name().into_string() {
                Ok(name) => names.push(name),
                Err(name) => {
                    let path = join(folder, &name.to_string_lossy());
                    self.leave(&path, "its name is not UTF-8", true);
                }
            }
        }
        names.sort_unstable();
        Ok(names)
    }

    /// What stands at `path`. Links inside the site are followed, out of it not; so none leads round in a circle, a folder
    /// that holds the link is not gone into again.
    pub(super) fn entry(&mut self, path: &str) -> Entry {
        let whole = self.root.join(path);
        let Ok(own) = fs::symlink_metadata(&whole) else { return Entry::Nothing };
        let mut leave = |why| {
            self.left.push(Left { path: path.to_owned(), why, is_odd: true });
            Entry::Nothing
        };
        if !own.is_symlink() {
            return match own.file_type() {
                kind if kind.is_dir() && self.output.is_some() && fs::canonicalize(&whole).ok() == self.output => {
                    Entry::Nothing
                }
                kind if kind.is_dir() && path == self.destination => Entry::Nothing,
                kind if kind.is_dir() => Entry::Folder,
                kind if kind.is_file() => Entry::File,
                _ => leave("it is neither a file nor a folder"),
            };
        }
        let (Ok(real), Ok(metadata)) = (fs::canonicalize(&whole), fs::metadata(&whole)) else {
            return leave("it is a link that leads nowhere");
        };
        if !real.starts_with(&self.real_root) {
            return leave("it is a link that leads out of the site");
        }
        let parent = whole.parent().and_then(|parent| fs::canonicalize(parent).ok());
        if metadata.is_dir() {
            if parent.is_some_and(|parent| parent.starts_with(&real)) {
                return leave("it is a link to a folder that it lies in");
            }
            return Entry::Folder;
        }
        if metadata.is_file() { Entry::File } else { leave("it is neither a file nor a folder") }
    }
}

pub(super) fn join(folder: &str, name: &str) -> String {
    match (folder.is_empty(), name.is_empty()) {
        (true, _) => name.to_owned(),
        (_, true) => folder.to_owned(),
        _ => format!("{folder}/{name}"),
    }
}

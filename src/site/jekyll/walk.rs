//! The files of a site, each with what it is (Jekyll 4.3, `reader.rb` and its readers).

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::Path;

use super::config::Config;
use super::filter::Filter;
use crate::site::folders::{Entry, Folders, Left, join};

/// What a file is to Jekyll.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// In `_posts`, its name begins with a date.
    Post,
    /// In `_drafts`.
    Draft,
    /// With front matter, in the folder of the collection with this number.
    Document(usize),
    /// With front matter, elsewhere.
    Page,
    /// Copied as it is.
    Static,
    /// Without front matter, in the folder of the collection with this number.
    CollectionFile(usize),
    /// Below `_data`.
    Data,
    /// Below `_includes`.
    Include,
    /// Below `_layouts`.
    Layout,
}

/// One file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceFile {
    /// The path in the site, with `/` between its parts.
    pub path: Box<str>,
    /// What it is.
    pub kind: Kind,
}

/// All that there is in the folder of a site.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    /// The files that are part of the site, sorted by path.
    pub files: Vec<SourceFile>,
    /// What is not.
    pub left: Vec<Left>,
}

/// Finds the files of the site at `root`. What lies at `output` is none of it.
///
/// # Errors
/// If the folder cannot be read.
pub(crate) fn walk(root: &Path, config: &Config, output: Option<&Path>) -> io::Result<Tree> {
    let mut walker = Walker {
        folders: Folders::new(root, output, &config.destination)?,
        config,
        filter: Filter::new(config),
        files: Vec::new(),
        seen: BTreeSet::new(),
    };
    walker.folder("")?;
    walker.included();
    for (index, collection) in config.collections.iter().enumerate() {
        walker.collection(index, &collection.label);
    }
    let folders = &config.folders;
    for (folder, kind) in
        [(&folders.data, Kind::Data), (&folders.includes, Kind::Include), (&folders.layouts, Kind::Layout)]
    {
        for path in walker.folders.below(folder, true) {
            walker.take(&format!("{folder}/{path}"), kind);
        }
    }
    let mut files = walker.files;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Tree { files, left: walker.folders.left })
}

struct Walker<'a> {
    folders: Folders<'a>,
    config: &'a Config,
    filter: Filter,
    files: Vec<SourceFile>,
    seen: BTreeSet<String>,
}

impl Walker<'_> {
    fn take(&mut self, path: &str, kind: Kind) {
        if self.seen.insert(path.to_owned()) {
            self.files.push(SourceFile { path: path.into(), kind });
        }
    }

    fn leave(&mut self, path: &str, why: &'static str, is_odd: bool) {
        self.folders.leave(path, why, is_odd);
    }

    /// The folder and those below it (`read_directories`).
    fn folder(&mut self, first: &str) -> io::Result<()> {
        let mut folders = vec![first.to_owned()];
        while let Some(folder) = folders.pop() {
            let names = match self.folders.names(&folder) {
                Ok(names) => names,
                Err(error) if folder.is_empty() => return Err(error),
                Err(_) => {
                    self.leave(&format!("{folder}/"), "it cannot be read", true);
                    continue;
                }
            };
            for name in names {
                let path = join(&folder, &name);
                match self.folders.entry(&path) {
                    Entry::Folder if !self.filter.takes(&folder, &name, true) => self.note_folder(&path, &name),
                    Entry::Folder => folders.push(path),
                    Entry::File if !self.filter.takes(&folder, &name, false) => {
                        self.leave(&path, "Jekyll does not read it", false);
                    }
                    Entry::File => self.page_or_static(&path),
                    Entry::Nothing => {}
                }
            }
            self.posts(&folder);
        }
        Ok(())
    }

    fn note_folder(&mut self, path: &str, name: &str) {
        let folders = &self.config.folders;
        let has_meaning = matches!(name, "_posts" | "_drafts")
            || [&folders.data, &folders.includes, &folders.layouts].contains(&&path.to_owned())
            || self.config.collections.iter().any(|collection| self.collection_folder(&collection.label) == path);
        if !has_meaning {
            self.leave(&format!("{path}/"), "Jekyll does not read it", false);
        }
    }

    fn page_or_static(&mut self, path: &str) {
        let kind = if self.has_front(path) { Kind::Page } else { Kind::Static };
        self.take(path, kind);
    }

    /// Posts and drafts of a folder (`post_reader.rb`).
    fn posts(&mut self, folder: &str) {
        let collections = &self.config.collections_dir;
        if !collections.is_empty() && !folder.starts_with(collections.as_str()) {
            return;
        }
        for (special, kind) in [("_posts", Kind::Post), ("_drafts", Kind::Draft)] {
            let base = join(folder, special);
            for entry in self.folders.below(&base, false) {
                let path = format!("{base}/{entry}");
                let name = entry.rsplit('/').next().unwrap_or(&entry);
                if !self.filter.takes(&base, &entry, false) {
                    self.leave(&path, "Jekyll does not read it", false);
                } else if !(kind == Kind::Draft || is_dated(name)) || !name.contains('.') {
                    self.leave(&path, "its name does not begin with a date, so it is no post", true);
                } else {
                    self.take(&path, kind);
                }
            }
        }
    }

    /// Files that are named in `include` (`read_included_excludes`).
    fn included(&mut self) {
        for path in self.config.include.clone() {
            let path = path.trim_start_matches("./").trim_start_matches('/').to_owned();
            if matches!(self.folders.entry(&path), Entry::File) {
                self.page_or_static(&path);
            }
        }
    }

    fn collection_folder(&self, label: &str) -> String {
        join(&self.config.collections_dir, &format!("_{label}"))
    }

    fn collection(&mut self, index: usize, label: &str) {
        let folder = self.collection_folder(label);
        let base = format!("_{label}");
        for entry in self.folders.below(&folder, true) {
            let path = format!("{folder}/{entry}");
            if !self.filter.takes(&base, &entry, false) {
                self.leave(&path, "Jekyll does not read it", false);
                continue;
            }
            let kind = if self.has_front(&path) { Kind::Document(index) } else { Kind::CollectionFile(index) };
            self.take(&path, kind);
        }
    }

    /// Whether the first line opens front matter (`Utils.has_yaml_header?`).
    fn has_front(&self, path: &str) -> bool {
        let Ok(file) = fs::File::open(self.folders.root.join(path)) else { return false };
        let mut line = Vec::new();
        // Nothing that is longer opens any.
        let mut reader = BufReader::with_capacity(256, file.take(256));
        if reader.read_until(b'\n', &mut line).is_err() || !line.ends_with(b"\n") {
            return false;
        }
        line.strip_prefix(b"---").is_some_and(|rest| rest.iter().all(u8::is_ascii_whitespace))
    }
}

/// `2019-05-01-`: the days are looked at later, as Jekyll does.
fn is_dated(name: &str) -> bool {
    let mut parts = name.splitn(4, '-');
    let mut digits = |length: std::ops::RangeInclusive<usize>| {
        parts.next().is_some_and(|part| length.contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
    };
    digits(2..=4) && digits(1..=2) && digits(1..=2) && parts.next().is_some()
}

//! The files of a site, each with what it is (Jekyll 4.3, `reader.rb` and its readers).

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use super::config::Config;
use super::filter::Filter;

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
    let real_root = fs::canonicalize(root)?;
    let mut walker = Walker {
        root,
        real_root,
        config,
        filter: Filter::new(config),
        output: output.and_then(|output| fs::canonicalize(output).ok()),
        tree: Tree::default(),
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
        for path in walker.below(folder, true) {
            walker.take(&format!("{folder}/{path}"), kind);
        }
    }
    let mut tree = walker.tree;
    tree.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(tree)
}

struct Walker<'a> {
    root: &'a Path,
    real_root: PathBuf,
    config: &'a Config,
    filter: Filter,
    output: Option<PathBuf>,
    tree: Tree,
    seen: BTreeSet<String>,
}

/// What stands under a name.
enum Entry {
    Folder,
    File,
    Nothing,
}

impl Walker<'_> {
    fn take(&mut self, path: &str, kind: Kind) {
        if self.seen.insert(path.to_owned()) {
            self.tree.files.push(SourceFile { path: path.into(), kind });
        }
    }

    fn leave(&mut self, path: &str, why: &'static str, is_odd: bool) {
        self.tree.left.push(Left { path: path.to_owned(), why, is_odd });
    }

    /// The folder and those below it (`read_directories`).
    fn folder(&mut self, first: &str) -> io::Result<()> {
        let mut folders = vec![first.to_owned()];
        while let Some(folder) = folders.pop() {
            let names = match self.names(&folder) {
                Ok(names) => names,
                Err(error) if folder.is_empty() => return Err(error),
                Err(_) => {
                    self.leave(&format!("{folder}/"), "it cannot be read", true);
                    continue;
                }
            };
            for name in names {
                let path = join(&folder, &name);
                match self.entry(&path) {
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
            for entry in self.below(&base, false) {
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
            if matches!(self.entry(&path), Entry::File) {
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
        for entry in self.below(&folder, true) {
            let path = format!("{folder}/{entry}");
            if !self.filter.takes(&base, &entry, false) {
                self.leave(&path, "Jekyll does not read it", false);
                continue;
            }
            let kind = if self.has_front(&path) { Kind::Document(index) } else { Kind::CollectionFile(index) };
            self.take(&path, kind);
        }
    }

    /// All files below a folder, by their paths below it.
    fn below(&mut self, folder: &str, with_hidden: bool) -> Vec<String> {
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

    fn names(&mut self, folder: &str) -> io::Result<Vec<String>> {
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
    fn entry(&mut self, path: &str) -> Entry {
        let whole = self.root.join(path);
        let Ok(own) = fs::symlink_metadata(&whole) else { return Entry::Nothing };
        let mut leave = |why| {
            self.tree.left.push(Left { path: path.to_owned(), why, is_odd: true });
            Entry::Nothing
        };
        if !own.is_symlink() {
            return match own.file_type() {
                kind if kind.is_dir() && self.output.is_some() && fs::canonicalize(&whole).ok() == self.output => {
                    Entry::Nothing
                }
                kind if kind.is_dir() && path == self.config.destination => Entry::Nothing,
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

    /// Whether the first line opens front matter (`Utils.has_yaml_header?`).
    fn has_front(&self, path: &str) -> bool {
        let Ok(file) = fs::File::open(self.root.join(path)) else { return false };
        let mut line = Vec::new();
        // Nothing that is longer opens any.
        let mut reader = BufReader::with_capacity(256, file.take(256));
        if reader.read_until(b'\n', &mut line).is_err() || !line.ends_with(b"\n") {
            return false;
        }
        line.strip_prefix(b"---").is_some_and(|rest| rest.iter().all(u8::is_ascii_whitespace))
    }
}

fn join(folder: &str, name: &str) -> String {
    match (folder.is_empty(), name.is_empty()) {
        (true, _) => name.to_owned(),
        (_, true) => folder.to_owned(),
        _ => format!("{folder}/{name}"),
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

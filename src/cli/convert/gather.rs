//! Which posts there are to convert.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use ignore::{DirEntry, WalkBuilder};
use postferry::Error;
use postferry::diag::codes;

use super::crowd::{Count, Crowd};
use crate::cli::decode::Unread;
use crate::cli::message::Message;
use crate::cli::reading::{Reading, read_failed};

/// Folders of version control: what lies in them is no post, whatever it is called.
const VERSION_CONTROL: [&str; 4] = [".git", ".hg", ".svn", ".jj"];

/// One post to convert.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    /// Where its bytes are.
    pub(crate) source: Source,
    /// What messages call it.
    pub(crate) shown: Arc<str>,
    /// The path that the library goes by, from the folder on that posts of its kind lie in.
    pub(crate) path: Option<String>,
    /// The part of `path` that the output's path leaves out.
    pub(crate) base: String,
    /// The folder with a slash, or nothing, that the output's path has before what the library makes of `path`.
    pub(crate) prefix: String,
}

/// Where the bytes of a post are.
#[derive(Clone, Debug)]
pub(crate) enum Source {
    File(PathBuf),
    /// They came from a pipe, which can be read once only: standard input, as a rule.
    Bytes(Arc<[u8]>),
}

impl Job {
    /// The text of the post.
    pub(crate) fn text(&self, reading: &Reading) -> Result<String, Unread> {
        match &self.source {
            Source::File(file) => reading.file(file),
            Source::Bytes(bytes) => reading.text(bytes.to_vec()),
        }
    }

    /// The post's file, if it is in one.
    pub(crate) fn file(&self) -> Option<&Path> {
        match &self.source {
            Source::File(file) => Some(file),
            Source::Bytes(_) => None,
        }
    }
}

/// A post, or what keeps it from being looked at.
pub(crate) type Sought = Result<Job, Box<Message>>;

/// What was found where posts were looked for.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The posts, each folder's sorted by name, and in their places what could not be looked at.
    pub(crate) jobs: Vec<Sought>,
    /// What lies there that is no post.
    pub(crate) notes: Vec<Message>,
}

impl Found {
    /// Adds the post that a pipe gives, whose name, if it has one, means nothing.
    fn once(&mut self, pipe: impl Read, shown: Arc<str>, reading: &Reading) {
        match reading.bytes(pipe, 0) {
            Ok(bytes) => {
                let source = Source::Bytes(bytes.into());
                self.jobs.push(Ok(Job { source, shown, path: None, base: String::new(), prefix: String::new() }));
            }
            Err(error) => self.error(&read_failed(&error), &shown),
        }
    }

    fn error(&mut self, error: &Error, file: &Arc<str>) {
        self.jobs.push(Err(Message::from_error(error).about(file).into()));
    }
}

/// Tells posts from other files, and how their paths count.
pub(crate) struct Gather<'a> {
    /// The extensions of posts, of all formats or of the one that was named.
    extensions: Vec<String>,
    /// The names of folders that posts lie in.
    post_folders: Vec<&'a str>,
    /// The folder that is written to: what lies there is no input.
    output: Option<PathBuf>,
    reading: &'a Reading,
}

impl<'a> Gather<'a> {
    /// For posts of the format `from`, or of any.
    pub(crate) fn new(reading: &'a Reading, from: Option<&str>, output: Option<&Path>) -> Self {
        let registry = &reading.registry;
        let formats = registry.formats();
        let is_read = |name: &str| from.is_none_or(|from| from == name);
        Gather {
            extensions: formats
                .into_iter()
                .filter(|format| format.reads && is_read(&format.name))
                .flat_map(|format| format.file_extensions)
                .collect(),
            post_folders: registry.post_folders(),
            output: output.and_then(|output| fs::canonicalize(output).ok()),
            reading,
        }
    }

    /// The posts of `inputs`, in their order. A file that is named is a post, whatever its extension.
    pub(crate) fn all(&self, inputs: &[PathBuf]) -> Found {
        let mut found = Found::default();
        for input in inputs {
            match fs::metadata(input) {
                _ if input.as_os_str() == "-" => found.once(io::stdin().lock(), STDIN.into(), self.reading),
                Ok(metadata) if metadata.is_dir() => self.folder(input, &mut found),
                Ok(metadata) if !metadata.is_file() => match File::open(input) {
                    Ok(pipe) => found.once(pipe, shown(input), self.reading),
                    Err(error) => found.error(&read_failed(&error), &shown(input)),
                },
                Ok(_) => {
                    let folder = input.parent().unwrap_or(Path::new(""));
                    found.jobs.push(Ok(job(input, folder, &self.base(folder))));
                }
                Err(error) => found.error(&read_failed(&error), &shown(input)),
            }
        }
        found
    }

    fn folder(&self, folder: &Path, found: &mut Found) {
        let output = self.output.clone();
        let own = own_folders(folder);
        if let Some(note) = left_folders(folder, &own) {
            found.notes.push(note);
        }
        let walk = WalkBuilder::new(folder)
            .standard_filters(false)
            .follow_links(true)
            .sort_by_file_name(OsStr::cmp)
            .filter_entry(move |entry| is_looked_into(entry, &own, output.as_deref()))
            .build();
        let base = self.base(folder);
        let mut left = Left::default();
        let mut crowd = Crowd::new(self.reading.max_entries);
        for entry in walk {
            match entry.as_ref().map(|entry| crowd.count(entry)) {
                Ok(Count::Within) | Err(_) => {}
                Ok(Count::First) => {
                    let parent = entry.as_ref().ok().and_then(|entry| entry.path().parent()).unwrap_or(folder);
                    found.error(&crowd.error(), &shown(parent));
                    continue;
                }
                Ok(Count::Beyond) => continue,
            }
            match entry {
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_dir()) => {}
                Ok(entry) if !self.is_post(entry.path()) => left.count(entry.path()),
                Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                    found.jobs.push(Ok(job(entry.path(), folder, &base)));
                }
                // To read a pipe or a device that somebody forgot in a folder may never end.
                Ok(entry) => {
                    let error = Error::new(&codes::READ_FAILED, "it cannot be read: it is neither a file nor a folder");
                    found.error(&error, &shown(entry.path()));
                }
                Err(error) => self.walk_error(&error, folder, found, &mut left),
            }
        }
        if let Some(note) = left.note(folder) {
            found.notes.push(note);
        }
    }

    fn is_post(&self, path: &Path) -> bool {
        let extension = path.extension().and_then(OsStr::to_str);
        extension.is_some_and(|extension| self.extensions.iter().any(|known| known.eq_ignore_ascii_case(extension)))
    }

    /// The end of the folder's path that begins with a folder that posts lie in, `_posts` of `site/_posts`, or at the root of
    /// the site, where one is known by its configuration: `blog/_posts` of `site/blog/_posts`. What lies above is of no
    /// generator's concern.
    fn base(&self, folder: &Path) -> String {
        let mut whole = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
        if whole.components().any(|part| part == Component::ParentDir) {
            whole = fs::canonicalize(&whole).unwrap_or(whole);
        }
        let parts: Vec<_> = whole.components().map(|part| part.as_os_str().to_string_lossy()).collect();
        let is_post_folder = |part: &Cow<'_, str>| self.post_folders.iter().any(|known| *known == part.as_ref());
        let Some(posts) = parts.iter().rposition(is_post_folder) else { return String::new() };
        let root = whole.ancestors().find(|folder| is_site_root(folder)).map(|root| root.components().count());
        let start = root.filter(|root| *root <= posts).unwrap_or(posts);
        parts.get(start..).unwrap_or_default().join("/")
    }

    fn walk_error(&self, error: &ignore::Error, folder: &Path, found: &mut Found, left: &mut Left) {
        let (path, error) = at_path(error, folder);
        match error {
            ignore::Error::Loop { ancestor, child } => {
                let text = format!("the link is not followed: it leads back to {}", shown(ancestor));
                let error = Error::new(&codes::DIRECTORY_LOOP, text)
                    .help("remove the link, or name the folders that hold posts");
                found.error(&error, &shown(child));
            }
            // A link that leads nowhere, in the place of a picture.
            _ if path.is_symlink() && !self.is_post(path) => left.count(path),
            error => {
                let error = match error.io_error() {
                    Some(error) => read_failed(error),
                    None => Error::new(&codes::READ_FAILED, format!("it cannot be read: {error}")),
                };
                found.error(&error, &shown(path));
            }
        }
    }
}

fn job(file: &Path, folder: &Path, base: &str) -> Job {
    let below = slashed(file.strip_prefix(folder).unwrap_or(file));
    // A site below the folder, in `docs` say: its posts go by its root.
    let inner = file.ancestors().skip(1).take_while(|above| *above != folder && above.starts_with(folder));
    let root = inner.filter(|_| base.is_empty()).find(|above| is_site_root(above));
    let prefix = root.and_then(|root| root.strip_prefix(folder).ok()).map(slashed).unwrap_or_default();
    let (below, prefix) = match below.strip_prefix(&prefix).and_then(|below| below.strip_prefix('/')) {
        Some(below) if !prefix.is_empty() => (below.to_owned(), format!("{prefix}/")),
        _ => (below, String::new()),
    };
    let path = if base.is_empty() { below } else { format!("{base}/{below}") };
    Job { source: Source::File(file.to_owned()), shown: shown(file), path: Some(path), base: base.to_owned(), prefix }
}

/// Whether the folder is the root of a Jekyll site.
fn is_site_root(folder: &Path) -> bool {
    SITE_FILES.iter().any(|name| folder.join(name).is_file())
}

/// The configuration of a Jekyll site.
const SITE_FILES: [&str; 3] = ["_config.yml", "_config.yaml", "_config.toml"];

/// What messages call standard input.
pub(crate) const STDIN: &str = "<stdin>";

/// What makes a folder the root of a generator's site, and which of its folders hold no posts: what pages are made with, and
/// the pages that were made.
const SITES: [(&[&str], &[&str]); 2] = [
    (&SITE_FILES, &["_data", "_includes", "_layouts", "_plugins", "_sass", "_site"]),
    (
        &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"],
        &["archetypes", "assets", "data", "i18n", "layouts", "public", "resources", "themes"],
    ),
];

/// The folders in this one that are the site's own, if it is the root of a site.
fn own_folders(folder: &Path) -> Vec<&'static str> {
    let is_root = |files: &[&str]| files.iter().any(|name| folder.join(name).is_file());
    let of_site = |(files, folders): &(&[&str], &'static [&'static str])| if is_root(files) { *folders } else { &[] };
    SITES.iter().flat_map(of_site).copied().filter(|name| folder.join(name).is_dir()).collect()
}

/// The note about folders that were left out because they are the site's own.
fn left_folders(folder: &Path, own: &[&str]) -> Option<Message> {
    let text = format!("of this site, folders without posts were left alone: {}", own.join(", "));
    (!own.is_empty()).then(|| {
        let help = "name the folder of its posts to convert nothing else";
        Message::new(&codes::SITE_FOLDERS, text).about(&shown(folder)).help(help)
    })
}

fn is_looked_into(entry: &DirEntry, own: &[&str], output: Option<&Path>) -> bool {
    if entry.depth() == 0 || !entry.file_type().is_some_and(|kind| kind.is_dir()) {
        return true;
    }
    if entry.depth() == 1 && own.iter().any(|name| entry.file_name() == *name) {
        return false;
    }
    let is_output = || output.is_some_and(|output| fs::canonicalize(entry.path()).is_ok_and(|path| path == output));
    !VERSION_CONTROL.iter().any(|name| entry.file_name() == *name) && !is_output()
}

fn at_path<'e>(error: &'e ignore::Error, folder: &'e Path) -> (&'e Path, &'e ignore::Error) {
    match error {
        ignore::Error::WithPath { path, err } => at_path(err, path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => at_path(err, folder),
        error => (folder, error),
    }
}

/// The path as it is shown.
pub(crate) fn shown(path: &Path) -> Arc<str> {
    Arc::from(path.strip_prefix(".").unwrap_or(path).to_string_lossy())
}

/// The path with `/` between its parts.
fn slashed(path: &Path) -> String {
    let parts = path.components().filter(|part| *part != Component::CurDir);
    parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// How many kinds of files that are no posts are named.
const KINDS: usize = 8;

/// Files of a folder that are no posts, counted by extension.
#[derive(Debug, Default)]
struct Left {
    by_extension: BTreeMap<String, usize>,
}

impl Left {
    fn count(&mut self, path: &Path) {
        let extension = path.extension().map_or(String::new(), |extension| format!(".{}", extension.to_string_lossy()));
        *self.by_extension.entry(extension).or_default() += 1;
    }

    fn note(&self, folder: &Path) -> Option<Message> {
        let mut counts: Vec<(&str, usize)> =
            self.by_extension.iter().map(|(name, count)| (name.as_str(), *count)).collect();
        counts.sort_by_key(|&(name, count)| (Reverse(count), name.is_empty(), name));
        let total: usize = counts.iter().map(|(_, count)| count).sum();
        let mut kinds: Vec<String> = counts
            .iter()
            .take(KINDS)
            .map(|(name, count)| match *name {
                "" => format!("{count} without extension"),
                name => format!("{count} {name}"),
            })
            .collect();
        let others: usize = counts.iter().skip(KINDS).map(|(_, count)| count).sum();
        if others > 0 {
            kinds.push(format!("{others} of other kinds"));
        }
        let files =
            if total == 1 { "1 file is no post and was" } else { &format!("{total} files are no posts and were") };
        let text = format!("{files} left alone: {}", kinds.join(", "));
        (total > 0).then(|| Message::new(&codes::FILES_LEFT, text).about(&shown(folder)))
    }
}

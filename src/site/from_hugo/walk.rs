//! The files of a Hugo site, each with what it is (Hugo 0.168).

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read as _};
use std::path::Path;

use super::config::{Config, FILES};
use crate::site::folders::{Entry, Folders, Left};
use crate::site::groups::Markup;

/// A file of the content, by where it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The number of its language.
    pub(crate) language: usize,
    /// The folder below the content's, without slashes at its ends.
    pub(crate) folder: Box<str>,
    /// The name without its extension, and without a language.
    pub(crate) stem: Box<str>,
    /// The extension, without its dot.
    pub(crate) extension: Box<str>,
}

impl Place {
    /// The path as one of a site with a single language.
    pub(crate) fn path(&self) -> String {
        let slash = if self.folder.is_empty() { "" } else { "/" };
        format!("content/{}{slash}{}.{}", self.folder, self.stem, self.extension)
    }

    /// The section that it belongs to; a page in a folder of its own belongs to the folder above.
    pub(crate) fn section(&self) -> &str {
        let folder = match &*self.stem {
            "index" => self.folder.rsplit_once('/').map_or("", |(above, _)| above),
            _ => &self.folder,
        };
        folder.split('/').next().unwrap_or_default()
    }

    /// Whether it is the page of a folder.
    pub(crate) fn is_branch(&self) -> bool {
        &*self.stem == "_index"
    }
}

/// What a file is to Hugo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A page.
    Content(Place, Markup),
    /// A page in a format that needs a program of its own.
    Foreign(Place),
    /// A page that only its bundle shows.
    Part,
    /// A file beside pages: the folder that it belongs to, in this language, and its path below that.
    Resource {
        language: usize,
        folder: Box<str>,
        below: Box<str>,
    },
    /// Copied as it is.
    Static(Box<str>),
    Data(Box<str>),
    Layout,
}

/// One file of a site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SourceFile {
    pub(crate) path: Box<str>,
    pub(crate) kind: Kind,
}

/// What of a folder at the root is no content, and why it is left.
const LEFT: [(&str, &str); 6] = [
    ("archetypes", "it is for new posts of Hugo"),
    ("assets", "Hugo works it out, and only layouts ask for it"),
    ("i18n", "only layouts ask for it"),
    ("themes", "a theme of Hugo"),
    ("resources", "Hugo's own"),
    ("_vendor", "modules of Hugo"),
];

const MARKDOWN: [&str; 3] = ["md", "markdown", "mdown"];
const HTML: [&str; 2] = ["html", "htm"];
const FOREIGN: [&str; 9] = ["ad", "adoc", "asciidoc", "rst", "org", "pdc", "pandoc", "emacs", "rmd"];

/// Finds the files of the site at `root`. What lies at `output` is none of it.
///
/// # Errors
/// If the folder cannot be read.
pub(crate) fn walk(root: &Path, config: &Config, output: Option<&Path>) -> io::Result<(Vec<SourceFile>, Vec<Left>)> {
    let mut walker = Walker {
        folders: Folders::new(root, output, &config.publish_dir)?,
        config,
        files: Vec::new(),
        seen: BTreeSet::new(),
    };
    let contents: Vec<&str> = config.languages.iter().map(|language| language.content.as_str()).collect();
    for (index, folder) in contents.iter().enumerate() {
        if !contents[..index].contains(folder) {
            walker.content(folder);
        }
    }
    for folder in &config.static_dirs {
        // Of two files at one address the later one is shown.
        walker.all(folder, |below| Kind::Static(below.into()));
    }
    walker.all(&config.data_dir, |below| Kind::Data(below.into()));
    walker.all("layouts", |_| Kind::Layout);
    walker.root()?;
    walker.files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok((walker.files, walker.folders.left))
}

struct Walker<'a> {
    folders: Folders<'a>,
    config: &'a Config,
    files: Vec<SourceFile>,
    seen: BTreeSet<String>,
}

impl Walker<'_> {
    fn take(&mut self, path: String, kind: Kind) {
        if self.seen.insert(path.clone()) {
            self.files.push(SourceFile { path: path.into(), kind });
        }
    }

    fn all(&mut self, folder: &str, kind: impl Fn(&str) -> Kind) {
        for below in self.folders.below(folder, true) {
            self.take(format!("{folder}/{below}"), kind(&below));
        }
    }

    /// What lies at the root and is no part of the site.
    fn root(&mut self) -> io::Result<()> {
        let config = self.config;
        let tops: BTreeSet<&str> = config
            .languages
            .iter()
            .map(|language| language.content.as_str())
            .chain(config.static_dirs.iter().map(String::as_str))
            .chain([config.data_dir.as_str(), "layouts", "config"])
            .filter_map(|folder| folder.split('/').next())
            .collect();
        for name in self.folders.names("")? {
            if tops.contains(name.as_str()) || FILES.contains(&name.as_str()) || name.starts_with('.') {
                continue;
            }
            let known = LEFT.iter().find(|(folder, _)| *folder == name);
            match (self.folders.entry(&name), known) {
                (Entry::Folder, Some((_, why))) => {
                    let is_odd = !matches!(name.as_str(), "archetypes" | "resources");
                    self.folders.leave(&format!("{name}/"), why, is_odd);
                }
                (Entry::Folder, None) => self.folders.leave(&format!("{name}/"), "Hugo does not read it", false),
                (Entry::File, _) => self.folders.leave(&name, "Hugo does not read it", false),
                (Entry::Nothing, _) => {}
            }
        }
        Ok(())
    }

    fn content(&mut self, folder: &str) {
        let is_read = |part: &str| !part.starts_with(['.', '#']) && !part.ends_with('~');
        let mut paths = Vec::new();
        for below in self.folders.below(folder, true) {
            if below.split('/').all(is_read) {
                paths.push(below);
            } else {
                self.folders.leave(&format!("{folder}/{below}"), "Hugo does not read it", false);
            }
        }
        let usual = self.config.languages.iter().position(|language| language.content == folder).unwrap_or(0);
        let places: Vec<(String, Place, Option<Markup>)> = paths
            .into_iter()
            .map(|path| {
                let place = self.place(&path, usual);
                let markup = markup(&place.extension)
                    .filter(|markup| *markup == Markup::Markdown || self.has_front(&format!("{folder}/{path}")));
                (path, place, markup)
            })
            .collect();
        // A folder with an `index` is one page, and all below it belongs to that.
        let bundles: BTreeSet<Box<str>> = places
            .iter()
            .filter(|(_, place, markup)| &*place.stem == "index" && markup.is_some())
            .map(|(_, place, _)| place.folder.clone())
            .collect();
        for (below, place, markup) in places {
            let kind = kind(&below, place, markup, &bundles);
            self.take(format!("{folder}/{below}"), kind);
        }
    }

    /// Whether a file begins with front matter; HTML that does not is no page.
    fn has_front(&self, path: &str) -> bool {
        let mut start = [0; 64];
        let Ok(count) = fs::File::open(self.folders.root.join(path)).and_then(|mut file| file.read(&mut start)) else {
            return false;
        };
        let text = String::from_utf8_lossy(start.get(..count).unwrap_or_default()).into_owned();
        let text = text.trim_start_matches('\u{feff}').trim_start();
        ["---", "+++", "{"].iter().any(|mark| text.starts_with(mark)) && !text.starts_with("{{")
    }

    /// Where a file stands; its language is that of its name if the site knows it.
    fn place(&self, path: &str, usual: usize) -> Place {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let (stem, extension) = match name.rsplit_once('.') {
            Some((stem, extension)) if !stem.is_empty() => (stem, extension),
            _ => (name, ""),
        };
        let of_name = stem.rsplit_once('.').and_then(|(before, code)| {
            let code = code.to_lowercase();
            Some((before, self.config.languages.iter().position(|language| language.code == code)?))
        });
        let (stem, language) = of_name.unwrap_or((stem, usual));
        Place { language, folder: folder.into(), stem: stem.into(), extension: extension.into() }
    }
}

fn kind(below: &str, place: Place, markup: Option<Markup>, bundles: &BTreeSet<Box<str>>) -> Kind {
    let folders = |folder: &str| bundles.contains(folder).then(|| folder.to_owned());
    let mut bundle = None;
    for (at, _) in place.folder.match_indices('/').chain([(place.folder.len(), "")]) {
        bundle = bundle.or_else(|| place.folder.get(..at).and_then(folders));
    }
    let is_foreign = FOREIGN.iter().any(|known| place.extension.eq_ignore_ascii_case(known));
    match bundle {
        Some(bundle) => {
            let is_page = *bundle == *place.folder && &*place.stem == "index";
            match markup {
                Some(markup) if is_page => Kind::Content(place, markup),
                Some(_) => Kind::Part,
                None if is_foreign => Kind::Part,
                None => {
                    let rest = below.strip_prefix(bundle.as_str()).unwrap_or(below).trim_start_matches('/');
                    Kind::Resource { language: place.language, folder: bundle.into(), below: rest.into() }
                }
            }
        }
        None => match markup {
            Some(markup) => Kind::Content(place, markup),
            None if is_foreign => Kind::Foreign(place),
            None => {
                let name = below.rsplit('/').next().unwrap_or(below).into();
                Kind::Resource { language: place.language, folder: place.folder, below: name }
            }
        },
    }
}

fn markup(extension: &str) -> Option<Markup> {
    let is = |known: &[&str]| known.iter().any(|one| extension.eq_ignore_ascii_case(one));
    if is(&MARKDOWN) {
        Some(Markup::Markdown)
    } else if is(&HTML) {
        Some(Markup::Html)
    } else {
        None
    }
}

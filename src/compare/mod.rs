//! Whether two built sites are the same to a reader, page by page.
//!
//! It knows nothing of generators: it compares two folders of HTML. Addresses, titles, visible text, elements, the ids of
//! headings, links and images, and the bytes of other files; what no reader notices is no difference (see
//! [`Options::is_exact`]).
//!
//! ```
//! use postferry::compare::{MemorySite, Options, compare, one_by_one};
//!
//! let old = MemorySite::from([("index.html", "<p class='a' id=x>He said \"no\"...</p>")]);
//! let new = MemorySite::from([("index.html", "<p id=x class=a>\nHe said “no”…\n</p>")]);
//! let report = compare(&old, &new, &Options::default(), &one_by_one);
//! assert!(report.is_same());
//! ```

mod address;
mod content;
mod feeds;
mod finding;
mod hash;
mod html;
mod jobs;
mod links;
mod page;
mod pair;
mod report;
mod run;
mod said;
mod select;
mod survey;
mod typography;
mod words;

use std::collections::BTreeMap;
use std::io::{self, Read};

pub use finding::{Change, Finding, Kind, Mark};
pub use html::document;
pub use report::{PageReport, Report, Status, Totals};
pub use run::compare;
pub use select::Selector;

/// How sites are compared.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options {
    /// Whether what no reader notices counts too: how quotes, dashes and dots are set, the five folds of reader equality,
    /// white space, the order of attributes, the tags of highlighters, ids that headings have got, how a link within the
    /// site is spelt, and that an address is reached by a redirect.
    pub is_exact: bool,
    /// What is compared of a page. Without it, the content is found by what the pages of a site have in common.
    pub select: Option<Selector>,
    /// What is left out of every page.
    pub ignore: Vec<Selector>,
}

impl Options {
    /// The same, exact or not.
    #[must_use]
    pub fn exact(mut self, is_exact: bool) -> Self {
        self.is_exact = is_exact;
        self
    }

    /// The same, with only this of a page compared.
    #[must_use]
    pub fn select(mut self, select: Option<Selector>) -> Self {
        self.select = select;
        self
    }

    /// The same, with this left out too.
    #[must_use]
    pub fn ignore(mut self, ignore: Selector) -> Self {
        self.ignore.push(ignore);
        self
    }
}

/// The files of a built site, wherever they are.
pub trait SiteFiles: Sync {
    /// The paths of all files from the site's root, with `/` between their parts.
    fn files(&self) -> Vec<String>;

    /// The bytes of a file.
    ///
    /// # Errors
    /// If it cannot be read.
    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>>;
}

/// A site that is held in memory.
#[derive(Clone, Debug, Default)]
pub struct MemorySite {
    files: BTreeMap<String, Vec<u8>>,
}

impl<P: Into<String>, B: Into<Vec<u8>>, const N: usize> From<[(P, B); N]> for MemorySite {
    fn from(files: [(P, B); N]) -> Self {
        files.into_iter().collect()
    }
}

impl<P: Into<String>, B: Into<Vec<u8>>> FromIterator<(P, B)> for MemorySite {
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Self {
        MemorySite { files: files.into_iter().map(|(path, bytes)| (path.into(), bytes.into())).collect() }
    }
}

impl SiteFiles for MemorySite {
    fn files(&self) -> Vec<String> {
        self.files.keys().cloned().collect()
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        match self.files.get(path) {
            Some(bytes) => Ok(Box::new(bytes.as_slice())),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

/// How much work there is, and how each piece is done: [`one_by_one`], or on threads of the caller's.
pub type Spread<'s> = &'s dyn Fn(usize, &(dyn Fn(usize) + Sync));

/// Does `count` pieces of work one after the other.
pub fn one_by_one(count: usize, work: &(dyn Fn(usize) + Sync)) {
    (0..count).for_each(work);
}

/// The text of a page. What is not UTF-8 is read as windows-1252, as browsers do without a word about it.
fn page_text(files: &dyn SiteFiles, path: &str) -> io::Result<String> {
    let mut bytes = Vec::new();
    files.open(path)?.read_to_end(&mut bytes)?;
    Ok(match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => error.as_bytes().iter().map(|&byte| char::from(byte)).collect(),
    })
}

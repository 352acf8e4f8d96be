//! Where content lies in a Hugo site.

use std::collections::{BTreeMap, BTreeSet};

use crate::dialect::clean_part;

/// As long as a name may be, with room for what tells it from another.
const LONGEST: usize = 200;

/// Gives every file a path of its own, whatever file system it is written to.
#[derive(Debug, Default)]
pub(crate) struct Names {
    taken: BTreeSet<String>,
}

impl Names {
    /// The path `folder/name.md`, or one like it that is free. Names of the old site are kept as far as Hugo reads
    /// nothing else in them.
    pub(crate) fn content(&mut self, folders: &[&str], stem: &str) -> String {
        let mut folder = String::from("content");
        for part in folders {
            folder.push('/');
            folder.push_str(&clean(part, false));
        }
        let stem = clean(stem, true);
        self.free(&folder, &stem, ".md")
    }

    /// The path of a page or post of Jekyll, or one like it that is free.
    pub(crate) fn jekyll(&mut self, folders: &[&str], stem: &str, extension: &str) -> String {
        let mut folder = String::new();
        for (depth, part) in folders.iter().enumerate() {
            let is_own = depth == 0 && matches!(*part, "_posts" | "_drafts");
            folder.push_str(&if is_own { (*part).to_owned() } else { clean(part, false) });
            folder.push('/');
        }
        let stem = clean(stem, false);
        self.free(folder.trim_end_matches('/'), &stem, extension).trim_start_matches('/').to_owned()
    }

    /// The path of the page that a folder's own address shows.
    pub(crate) fn branch(&mut self, folders: &[&str]) -> Option<String> {
        let mut path = String::from("content");
        for part in folders {
            path.push('/');
            path.push_str(&clean(part, false));
        }
        path.push_str("/_index.md");
        self.take(&path).then_some(path)
    }

    /// Whether the path was free; it is not any more.
    pub(crate) fn take(&mut self, path: &str) -> bool {
        self.taken.insert(key(path))
    }

    fn free(&mut self, folder: &str, stem: &str, extension: &str) -> String {
        let mut path = format!("{folder}/{stem}{extension}");
        let mut number = 2;
        while !self.take(&path) {
            path = format!("{folder}/{stem}-{number}{extension}");
            number += 1;
        }
        path
    }
}

/// What some file system takes for the same name.
fn key(path: &str) -> String {
    path.to_lowercase()
}

/// A part of a path that Hugo and every file system read as a name and nothing else.
fn clean(part: &str, is_file: bool) -> String {
    let mut out = String::with_capacity(part.len());
    for c in part.chars() {
        match c {
            // Hugo reads a language or an output format behind a dot.
            '.' => out.push('-'),
            c if c.is_alphanumeric() || c == '_' || (!c.is_ascii() && !c.is_control()) => out.push(c),
            '-' => out.push('-'),
            _ if out.ends_with('-') => {}
            _ => out.push('-'),
        }
    }
    let mut end = out.len().min(LONGEST);
    while !out.is_char_boundary(end) {
        end -= 1;
    }
    out.truncate(end);
    let name = out.trim_start_matches('_').trim_end_matches(' ').to_owned();
    match name.as_str() {
        "" => "page".to_owned(),
        // A bundle, to Hugo.
        "index" if is_file => "index-page".to_owned(),
        name if is_reserved(name) => format!("{name}-page"),
        _ => name,
    }
}

/// Whether Windows keeps the name for a device.
fn is_reserved(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or(name).to_ascii_lowercase();
    matches!(stem.as_str(), "con" | "prn" | "aux" | "nul")
        || (stem.len() == 4
            && (stem.starts_with("com") || stem.starts_with("lpt"))
            && stem.ends_with(|c: char| c.is_ascii_digit()))
}

/// Whether every file system takes the path.
pub(crate) fn is_portable(path: &str) -> bool {
    path.split('/').all(|part| {
        !is_reserved(part)
            && !part.ends_with(['.', ' '])
            && part.len() <= 255
            && !part.contains(|c: char| c.is_control() || "<>:\"|?*\\".contains(c))
    })
}

/// The addresses for which Hugo makes a page by itself, each with the file that can be that page: home, the sections of
/// these content files, the taxonomies and their terms.
pub(crate) fn branches<'a>(
    content: impl Iterator<Item = &'a str>,
    terms: &BTreeMap<&'static str, BTreeSet<String>>,
) -> BTreeMap<String, String> {
    let mut out = BTreeMap::from([("/".to_owned(), "content/_index.md".to_owned())]);
    for path in content {
        let below = path.strip_prefix("content/").unwrap_or(path);
        if let Some((top, _)) = below.split_once('/') {
            out.insert(format!("/{}/", clean_part(top)), format!("content/{top}/_index.md"));
        }
        if let Some(folder) = below.strip_suffix("/_index.md") {
            let parts: Vec<String> = folder.split('/').map(clean_part).collect();
            out.insert(format!("/{}/", parts.join("/")), path.to_owned());
        }
    }
    for (taxonomy, terms) in terms {
        out.insert(format!("/{taxonomy}/"), format!("content/{taxonomy}/_index.md"));
        for term in terms {
            let part = clean_part(term);
            let is_name = part.chars().all(|c| c.is_alphanumeric() || !c.is_ascii() || "-_+~@".contains(c));
            if is_name && is_portable(&part) {
                out.insert(format!("/{taxonomy}/{part}/"), format!("content/{taxonomy}/{part}/_index.md"));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_kept_and_differ() {
        let mut names = Names::default();
        assert_eq!(names.content(&["posts"], "2019-05-01-mali"), "content/posts/2019-05-01-mali.md");
        assert_eq!(names.content(&["posts"], "2019-05-01-Mali"), "content/posts/2019-05-01-Mali-2.md");
        assert_eq!(names.content(&["_pages"], "a b.nl"), "content/pages/a-b-nl.md");
        assert_eq!(names.content(&[], "con"), "content/con-page.md");
        assert_eq!(names.content(&["x"], "index"), "content/x/index-page.md");
        assert_eq!(names.content(&[], &"é".repeat(300)).len(), "content/.md".len() + LONGEST);
        assert!(!is_portable("a/COM1.txt") && !is_portable("a?b") && is_portable("a/b.txt"));
    }
}

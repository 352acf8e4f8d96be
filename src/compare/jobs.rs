//! Which addresses there are to look at.

use std::collections::BTreeSet;

use super::address::{Site, address, is_page};

/// One address to look at.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Job {
    /// A page of the old site. `owns` says that it is the one that the new page's own links are told with.
    Page {
        old: usize,
        end: End,
        owns: bool,
    },
    /// Another file of the old site.
    File {
        old: usize,
        new: Option<usize>,
    },
    /// A page that only the new site has.
    NewPage {
        new: usize,
    },
    NewFile {
        new: usize,
    },
}

/// Where an address of the old site leads in the new.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum End {
    Page(usize),
    /// Out of the site, or to what is no page: the address there.
    Elsewhere(String),
    Nowhere,
}

/// Everything that is to be done, in the order of the report.
pub(super) fn jobs(old: &Site, new: &Site) -> Vec<Job> {
    let mut jobs = Vec::new();
    let mut owned = BTreeSet::new();
    let mut reached = BTreeSet::new();
    let ends: Vec<End> = old.files().iter().map(|path| end(path, new)).collect();
    // A page belongs to the address that it has itself, else to the first that leads to it.
    for (path, end) in old.files().iter().zip(&ends) {
        if let End::Page(file) = end
            && new.files().get(*file) == Some(path)
        {
            owned.insert(*file);
        }
    }
    for (file, (path, end)) in old.files().iter().zip(ends).enumerate() {
        if !is_page(path) {
            let answer = new.file(path).or_else(|| new.reach(&address(path)).ok());
            reached.extend(answer);
            jobs.push(Job::File { old: file, new: answer });
            continue;
        }
        let mut owns = false;
        if let End::Page(new_file) = end {
            let is_own = new.files().get(new_file) == Some(path);
            owns = is_own || owned.insert(new_file);
            reached.insert(new_file);
        }
        jobs.push(Job::Page { old: file, end, owns });
    }
    let rest = new.files().iter().enumerate().filter(|(file, _)| !reached.contains(file) && !new.is_redirect(*file));
    jobs.extend(rest.filter(|(_, path)| path.as_str() != "_redirects").map(|(file, path)| match is_page(path) {
        true => Job::NewPage { new: file },
        false => Job::NewFile { new: file },
    }));
    jobs
}

fn end(path: &str, new: &Site) -> End {
    let address = address(path);
    match new.reach(&address) {
        Ok(file) => match new.files().get(file) {
            Some(path) if is_page(path) => End::Page(file),
            Some(path) => End::Elsewhere(format!("/{path}")),
            None => End::Nowhere,
        },
        Err(end) if end != address => End::Elsewhere(end),
        Err(_) => End::Nowhere,
    }
}

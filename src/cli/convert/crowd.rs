//! How many entries a folder has: [`Crowd`] stops at a limit.

use ignore::DirEntry;
use postferry::Error;
use postferry::diag::codes;

/// Counts the entries of each folder on the way down to where a walk is.
pub(super) struct Crowd {
    limit: usize,
    /// For each folder from the outermost one on, how many of its entries came.
    counts: Vec<usize>,
}

/// How an entry stands to the limit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Count {
    Within,
    /// It is the first beyond.
    First,
    Beyond,
}

impl Crowd {
    pub(super) fn new(limit: usize) -> Self {
        Crowd { limit, counts: Vec::new() }
    }

    pub(super) fn count(&mut self, entry: &DirEntry) -> Count {
        let Some(depth) = entry.depth().checked_sub(1) else { return Count::Within };
        self.counts.resize(depth + 1, 0);
        self.counts[depth] += 1;
        // What lies in a folder beyond the limit is beyond it too.
        match self.counts.iter().find(|count| **count > self.limit) {
            None => Count::Within,
            Some(_)
                if self.counts[depth] == self.limit + 1 && self.counts[..depth].iter().all(|c| *c <= self.limit) =>
            {
                Count::First
            }
            Some(_) => Count::Beyond,
        }
    }

    pub(super) fn error(&self) -> Error {
        Error::new(&codes::FOLDER_TOO_FULL, format!("the folder has more than {} entries", self.limit))
            .help("if they are posts, raise the limit: --limit entries=N")
    }
}

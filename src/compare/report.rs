//! What the comparison of two sites found.

use std::collections::BTreeMap;

use serde::Serialize;

use super::finding::{Finding, Kind};

/// All that was found.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct Report {
    /// The version of this form of report.
    pub version: u32,
    /// How many of what.
    pub totals: Totals,
    /// Where the content was found on the old and on the new site; `None` if the pages did not tell, or it was selected.
    pub content: Option<(Vec<String>, Vec<String>)>,
    /// What is to be known about the comparison as a whole.
    pub notes: Vec<String>,
    /// Every address of which there is something to tell, in the order of addresses: first the old site's.
    pub pages: Vec<PageReport>,
}

/// How many of what.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Totals {
    /// Pages of the old site.
    pub old_pages: usize,
    /// Pages of the new site, those that only lead elsewhere left out.
    pub new_pages: usize,
    /// Other files of the old site.
    pub old_files: usize,
    /// Other files of the new site.
    pub new_files: usize,
    /// Pages and files without a difference.
    pub same: usize,
    /// Pages and files with one.
    pub differing: usize,
    /// Addresses that lead on to another in the new site, and did not in the old.
    pub moved: usize,
    /// How many differences of each kind.
    pub kinds: BTreeMap<&'static str, usize>,
}

/// How it is with an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Status {
    /// Both sites have it, and it is the same.
    Same,
    /// Both sites have it, and it differs.
    Differs,
    /// It is gone.
    Missing,
    /// It is new.
    New,
    /// It could not be read or compared.
    Failed,
}

impl Status {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Same => "same",
            Status::Differs => "differs",
            Status::Missing => "missing",
            Status::New => "new",
            Status::Failed => "failed",
        }
    }
}

/// One page, or another file.
#[derive(Clone, Debug, Serialize)]
#[non_exhaustive]
pub struct PageReport {
    /// Its address on the old site, or on the new if the old has it not.
    pub address: String,
    /// How it is with it.
    pub status: Status,
    /// Where the new site has it, if somewhere else.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub moved_to: Option<String>,
    /// Its differences; of very many, the first.
    pub findings: Vec<Finding>,
    /// How many differences there are beyond those.
    pub more: usize,
    /// Why it could not be compared.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

/// How many differences of a page are kept, and how many bytes of them: what comes then nobody reads.
const MOST: usize = 40;
const MOST_BYTES: usize = 6_000;

impl PageReport {
    pub(super) fn new(address: String) -> Self {
        PageReport { address, status: Status::Same, moved_to: None, findings: Vec::new(), more: 0, failure: None }
    }

    /// Adds differences, counts all and keeps the first.
    pub(super) fn add(&mut self, findings: Vec<Finding>, kinds: &mut Kinds) {
        for finding in findings {
            if self.status == Status::Same {
                self.status = Status::Differs;
            }
            kinds.count(finding.kind);
            let size: usize = self.findings.iter().map(size).sum();
            if self.findings.len() < MOST && size < MOST_BYTES {
                self.findings.push(finding.shortened());
            } else {
                self.more += 1;
            }
        }
    }

    /// How many differences it has.
    pub fn count(&self) -> usize {
        self.findings.len() + self.more
    }
}

fn size(finding: &Finding) -> usize {
    finding.old.len() + finding.new.len()
}

/// How many differences of each kind.
#[derive(Clone, Debug, Default)]
pub(super) struct Kinds(BTreeMap<&'static str, usize>);

impl Kinds {
    pub(super) fn count(&mut self, kind: Kind) {
        *self.0.entry(kind.as_str()).or_default() += 1;
    }

    pub(super) fn add(&mut self, other: Kinds) {
        for (kind, count) in other.0 {
            *self.0.entry(kind).or_default() += count;
        }
    }

    pub(super) fn into_map(self) -> BTreeMap<&'static str, usize> {
        self.0
    }
}

impl Report {
    /// Whether nothing differs.
    pub fn is_same(&self) -> bool {
        self.totals.differing == 0
    }

    /// The report as JSON.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The report as one page of HTML that needs nothing else.
    pub fn to_html(&self) -> String {
        super::html::page(self)
    }
}

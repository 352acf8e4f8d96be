//! Which way a site goes: what is done for one pair of generators and no other.

use std::collections::BTreeSet;
use std::fmt;

use super::hugo;
use super::plan::{Item, Plan};
use super::write::{Done, Writing};
use crate::diag::Setting;
use crate::error::Error;

/// The files of a site that come from no single file: path and text.
pub(super) type Files = Vec<(String, String)>;

/// One way.
pub(super) struct Route {
    /// The generator of the old site.
    pub(super) from: &'static str,
    /// The generator of the new one.
    pub(super) to: &'static str,
    /// Writes what becomes of one file to its target.
    pub(super) one: fn(&Writing<'_>, usize, &Item, &str) -> Result<Done, Error>,
    /// What belongs to no single file: the configuration with these settings and, if wanted, layouts.
    pub(super) rest: fn(&Plan, &BTreeSet<Setting>, bool) -> Files,
    /// Whether the new generator writes something of the kind at an address that is not content.
    pub(super) is_made: fn(&str, &Plan) -> bool,
}

impl fmt::Debug for Route {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} to {}", self.from, self.to)
    }
}

pub(super) static TO_HUGO: Route = Route {
    from: "Jekyll",
    to: "Hugo",
    one: |writing, index, item, target| writing.to_hugo(index, item, target),
    rest: rest_of_hugo,
    is_made: is_made_by_hugo,
};

pub(super) static TO_JEKYLL: Route = Route {
    from: "Hugo",
    to: "Jekyll",
    one: super::to_jekyll::one,
    rest: super::to_jekyll::rest,
    is_made: |_, _| false,
};

fn rest_of_hugo(plan: &Plan, settings: &BTreeSet<Setting>, with_layouts: bool) -> Files {
    let config = hugo::config(&plan.config, plan.timezone.as_deref(), plan.feed(), settings);
    let mut files = vec![("hugo.toml".to_owned(), config)];
    if with_layouts {
        files.extend(hugo::LAYOUTS.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())));
    }
    let stubs = plan.includes.asked_for().into_iter();
    files.extend(stubs.map(|(name, text)| (format!("layouts/shortcodes/{name}.html"), text)));
    files
}

/// Whether Hugo writes something of the kind there by itself.
fn is_made_by_hugo(address: &str, plan: &Plan) -> bool {
    let feed = plan.feed().unwrap_or("index");
    address == "/sitemap.xml" || address.strip_prefix('/').and_then(|name| name.strip_suffix(".xml")) == Some(feed)
}
